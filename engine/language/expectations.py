"""What the place of an expression in a rule asks of its type: `when:` a condition, `amount:` money, …"""

from dataclasses import dataclass

from engine.core.fact_types import FactKind
from engine.language.checking.types import Type


@dataclass(frozen=True, slots=True)
class Expectation:
    """The kinds that are fine. A ratio, which is a number that came out of a division, is fine where a percent is."""

    kinds: tuple[FactKind, ...]

    def met_by(self, kind: Type) -> bool:
        """True when an expression of that type may stand there."""
        return kind.kind in self.kinds or (kind.ratio and FactKind.PERCENT in self.kinds)


CONDITION = Expectation((FactKind.BOOL,))
MONEY = Expectation((FactKind.MONEY,))
NUMBER = Expectation((FactKind.NUMBER,))
PERCENT = Expectation((FactKind.PERCENT,))
FACTOR = Expectation((FactKind.NUMBER, FactKind.PERCENT))
QUANTITY = Expectation((FactKind.MONEY, FactKind.NUMBER))
SCORE = Expectation((FactKind.NUMBER, FactKind.PERCENT, FactKind.MONEY))
DATE = Expectation((FactKind.DATE,))
PERSON = Expectation((FactKind.PERSON,))
PARTY = Expectation((FactKind.PERSON, FactKind.PARTNER))
