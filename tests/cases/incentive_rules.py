"""Published incentive cases as rule files: what writes plans as sales operations would, and plays their events."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from engine.core.currencies import exponent
from engine.core.incentives.lines import EarningLine
from engine.core.money import Money
from engine.core.records import Share
from tests.core.incentives.world import World, rulebook

Case = Mapping[str, Any]
Tiers = Sequence[tuple[object, str]]

VOCABULARY = """
vocabulary: published
deal:
  units: {type: number, title: {en: Units, zh: 件数}}
  category: {type: text, title: {en: Category, zh: 类别}}
  product: {type: text, title: {en: Product, zh: 产品}}
  variant: {type: text, title: {en: Variant, zh: 款式}}
  kind_of: {type: text, title: {en: What it is, zh: 类别}}
  contract: {type: money, title: {en: Contract a year, zh: 年度合同}}
  second: {type: person, title: {en: Second in line, zh: 第二人}}
  third: {type: person, title: {en: Third in line, zh: 第三人}}
  planned: {type: money, title: {en: Forecast, zh: 预测}}
  billable: {type: money, title: {en: Billable, zh: 可开票}}
  billed: {type: money, title: {en: Billed, zh: 已开票}}
"""


def exact(value: object) -> Fraction:
    """A number of the case file, exactly as it was printed."""
    return Fraction(str(value))


def money(value: object, currency: str = "CNY") -> Money:
    """An amount of the case file."""
    minor = exact(value) * 10 ** exponent(currency)
    assert minor.denominator == 1, f"{value} has more decimals than {currency}"
    return Money(minor.numerator, currency)


def text(value: object) -> str:
    """A number as a rule writes it."""
    return format(Decimal(str(value)).normalize(), "f")


def percent(value: object) -> str:
    """A percentage as a rule writes it."""
    return f"{text(value)}%"


def tiers(rows: Iterable[tuple[object, str]]) -> str:
    """Tiers as rule lines: (start, what it pays)."""
    return "\n".join(f"        - {{from: {start}, {pays}}}" for start, pays in rows)


@dataclass(frozen=True)
class Table:
    """One commission component. `rows` are (start, `rate: 5%`); `more` are further keys, one a line."""

    rows: Tiers
    by: str = "amount"
    method: str = "marginal"
    of: str = "sales"
    id: str = "c"
    block: str = ""
    more: tuple[str, ...] = ()

    def yaml(self) -> str:
        """The component as rule text."""
        block = f"\n      block: {self.block}" if self.block else ""
        more = "".join(f"\n    {line}" for line in self.more)
        return (
            f"  - commission: {self.id}\n    of: {self.of}\n    measured_over: year\n    rates:\n      by: {self.by}\n"
            f"      method: {self.method}{block}\n      tiers:\n{tiers(self.rows)}{more}\n"
        )


SALES = "{credit: sales, on: deal.won, to: {split: deal.team, rest: deal.owner}}"
UNITS = "{credit: sales, on: deal.won, counts: deal.units, to: {split: deal.team, rest: deal.owner}}"
RECEIVED = "release: [{share: 100%, on: payment.received, pro_rata: yes}]"


def plan(
    *components: Table | str, credits: Sequence[str] = (SALES,), currency: str = "CNY", pays: str = "", id: str = "p"
) -> str:
    """A plan file. Components may be written out as text."""
    who = f"pays: {pays}\n" if pays else ""
    listed = "".join(f"  - {credit}\n" for credit in credits)
    parts = "".join(part.yaml() if isinstance(part, Table) else part for part in components)
    first = f"plan: {id}\ntitle: {{en: Case, zh: 案例}}\nin_force: {{from: 2026-01-01, until: 2027-01-01}}\n"
    made = f"credits:\n{listed}" if listed else ""
    return f"{first}{who}currency: {currency}\nperiod: year\n{made}components:\n{parts}"


@dataclass
class Play:
    """A company under the rules of a case, with deals won one after another in the order of their numbers."""

    files: Mapping[str, str]
    currency: str = "CNY"
    owner: str = "ann"
    world: World = field(init=False)
    count: int = 0

    def __post_init__(self) -> None:
        self.world = World(rulebook(**{"vocabulary": VOCABULARY, **self.files}))

    def win(
        self,
        amount: object,
        *,
        owner: str = "",
        team: Mapping[str, object] | None = None,
        currency: str = "",
        **facts: object,
    ) -> str:
        """A deal won on the next day of January; its id."""
        self.count += 1
        deal, day = f"D{self.count}", f"2026-01-{self.count:02d}"
        for person in team or ():
            if self.world.state.person(person) is None:
                self.world.person(person)
        shares = tuple(Share(person, exact(share) / 100) for person, share in (team or {}).items())
        body = {**facts, **({"team": shares} if shares else {})}
        self.world.win(deal, money(amount, currency or self.currency), day, owner or self.owner, **body)
        return deal

    def lines(self, payee: str = "") -> tuple[EarningLine, ...]:
        """The payee's lines."""
        return self.world.lines(payee or self.owner)

    def total(self, payee: str = "") -> Fraction:
        """What is earned, in whole units of the currency."""
        return units(sum(line.earned.minor for line in self.lines(payee)), self.lines(payee))

    def unrounded(self, payee: str = "") -> Fraction:
        """What is earned before the rounding to the cent, in whole units of the currency."""
        return units(sum((line.exact for line in self.lines(payee)), Fraction(0)), self.lines(payee))

    def by_deal(self, payee: str = "") -> dict[str, Fraction]:
        """What each deal earned, in whole units, in order."""
        found: dict[str, Fraction] = {}
        for line in self.lines(payee):
            found[line.deal] = found.get(line.deal, Fraction(0)) + units(line.earned.minor, (line,))
        return found


def units(minor: Fraction | int, lines: Sequence[EarningLine]) -> Fraction:
    """Minor units of the lines' currency as whole units."""
    return Fraction(minor) / 10 ** exponent(lines[0].earned.currency) if lines else Fraction(0)


Translation = Callable[[Case], Mapping[str, object]]
