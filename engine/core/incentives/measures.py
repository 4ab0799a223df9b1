"""Measures: in which order credits count, and when an undone credit leaves again. Order never depends on delivery."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from engine.core.formulas import EvaluationError
from engine.core.incentives.adjustments import Undoing, undoing
from engine.core.money import Money
from engine.core.periods import Period
from engine.core.records import Credit
from engine.core.rules.plan import Clawback, Commission

Order = tuple[date, int, datetime, str, str]


@dataclass(frozen=True, slots=True)
class Movement:
    """A credit that counts (`undone` None), or leaves again."""

    credit: Credit
    undone: Undoing | None = None

    @property
    def order(self) -> Order:
        """Credits by moment, event and id; what is undone on a day leaves after all that was credited that day."""
        return _order(self.credit) if self.undone is None else (self.undone.on, 1, *_order(self.credit)[2:])


def in_order(credits: Iterable[Credit]) -> tuple[Credit, ...]:
    """The credits in the one order in which they count."""
    return tuple(sorted(credits, key=_order))


def _order(credit: Credit) -> Order:
    return (credit.on, 0, credit.at, credit.event, credit.id)


def movements(credits: Sequence[Credit], policy: Clawback | None, as_of: date) -> tuple[Movement, ...]:
    """Everything that moves the measure up to that day, in order."""
    known = [credit for credit in credits if credit.on <= as_of]
    back = [(credit, undoing(credit, policy, as_of)) for credit in known if credit.undone_on is not None]
    found = [*map(Movement, known), *(Movement(credit, undone) for credit, undone in back if undone)]
    return tuple(sorted(found, key=lambda movement: movement.order))


def measured(
    component: Commission, name: str, credits: Iterable[Credit], window: Period, currency: str
) -> tuple[Credit, ...]:
    """The credits of that name in a window, while the component is in force. E062 for one in another currency."""
    span = component.in_force
    named = (credit for credit in credits if credit.name == name and window.contains(credit.on))
    found = in_order(credit for credit in named if span is None or span.covers(credit.on))
    for credit in found:
        if credit.amount.currency != currency:
            found_, at = str(credit.amount), component.place
            raise EvaluationError("E062", at, credit=credit.name, found=found_, currency=currency, event=credit.event)
    return found


def attainment(credits: Iterable[Credit], quota: Money | None) -> Fraction | None:
    """Measure ÷ quota, as a ratio; None without a quota, or with one of zero."""
    if not quota:
        return None
    return Money.total((credit.amount for credit in credits), quota.currency) / quota
