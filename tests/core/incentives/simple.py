"""Plans, credits and inputs made by hand, for tests that vary them by the thousand."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from engine.core.formulas import Facts, Trace
from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.earnings import calculate_window
from engine.core.incentives.gathering import WindowInputs
from engine.core.incentives.lines import EarningLine
from engine.core.money import Money, Rounding
from engine.core.periods import Period
from engine.core.problems import Place
from engine.core.records import Cause, Credit
from engine.core.rules.company import Company
from engine.core.rules.header import Header, InForce, Title
from engine.core.rules.plan import Clawback, Commission, Limit, Plan, RateTable, ReleasePart, Tier

PLACE = Place("plan.yaml", 1, 1)
SPAN = InForce(date(2020, 1, 1))
YEAR = Period("2026", "year", date(2026, 1, 1), date(2027, 1, 1))
NEW_YEAR = datetime(2026, 1, 1, 4, tzinfo=UTC)


def company(starts: tuple[int, int] = (1, 1), week_starts: int = 0) -> Company:
    """A company with a fiscal year."""
    head = Header("company", "c", "company:c@1", Place("company.yaml"), SPAN)
    hours = (time(9), time(18))
    return Company(head, "CNY", "Asia/Shanghai", ("zh",), starts, week_starts, hours, Rounding.HALF_UP, (), (), "cn")


COMPANY = company()


class Named:
    """A formula that is one fact."""

    def __init__(self, name: str) -> None:
        self.source, self.place, self.reads = name, PLACE, frozenset({name})

    def value(self, facts: Facts) -> object:
        """The fact's value."""
        return facts.get(self.source)

    def holds(self, facts: Facts) -> bool:
        """True when the fact is true."""
        return facts.get(self.source) is True

    def trace(self, facts: Facts) -> Trace:
        """The fact."""
        return Trace(self.source, str(facts.get(self.source)))


def table(
    method: str, starts: Iterable[Fraction | int], rates: Iterable[Fraction] | None = None, flats: Sequence[int] = (),
    by: str = "amount", crosses: str = "split",
) -> RateTable:  # fmt: skip
    """A rate table by amount in minor units of CNY."""
    begun = [Fraction(start) for start in starts]
    cells = list(rates) if rates is not None else [None] * len(begun)
    fixed = [Money(flat, "CNY") for flat in flats] or [None] * len(begun)
    tiers = tuple(Tier(start, rate, flat, None, PLACE) for start, rate, flat in zip(begun, cells, fixed, strict=True))
    return RateTable(by, None, method, crosses, tiers, None, PLACE)


def plan_of(
    rates: RateTable, *, cap: Limit | None = None, per_deal: Limit | None = None, multiply: str = "", gate: str = "",
    gate_kind: str = "from_first", clawback: Clawback | None = None, release: tuple[ReleasePart, ...] = (),
    rounding: Rounding = Rounding.HALF_UP,
) -> tuple[Plan, Commission]:  # fmt: skip
    """A plan with one commission, measured over the year."""
    component = Commission(
        "c", Title(), "sales", "year", "", rates, Named(gate) if gate else None, gate_kind, per_deal,
        Named(multiply) if multiply else None, cap, release, clawback, None, PLACE,
    )  # fmt: skip
    head = Header("plan", "p", "plan:p@1", PLACE, SPAN)
    return Plan(head, None, "CNY", "quarter", (), (component,), "none", rounding), component


def credit(number: int, minor: int, day: int | None = None, **facts: object) -> Credit:
    """The credit of deal D<number>, one a day from the first of January on."""
    at = NEW_YEAR + timedelta(days=number if day is None else day)
    cause = Cause("plan:p@1", PLACE, f"test/{number:04d}", "", tuple(sorted(facts.items())))
    return Credit(
        f"credit-{number:04d}", "sales", "ann", f"D{number}", f"test/{number:04d}", at.date(), at, Money(minor, "CNY"),
        Money(minor, "CNY"), Fraction(1), "direct", "p", cause,
    )  # fmt: skip


def credits(amounts: Iterable[int], factors: Sequence[Fraction] = ()) -> list[Credit]:
    """One credit for each amount, in order."""
    found = [credit(number, minor) for number, minor in enumerate(amounts)]
    for number, factor in enumerate(factors[: len(found)]):
        facts = (("factor", factor),)
        found[number] = replace(found[number], cause=replace(found[number].cause, facts=facts))
    return found


def undo(record: Credit, day: int, how: str = "deal.cancelled") -> Credit:
    """The credit as undone on a day of the year."""
    on = (NEW_YEAR + timedelta(days=day)).date()
    return replace(record, undone_on=on, undone_by=f"test/undo-{record.id}", undone_as=how)


def calculate(
    made: tuple[Plan, Commission], own: Iterable[Credit], *, as_of: date = date(2027, 12, 31), quota: int | None = None,
    facts: Facts | None = None, carried: int | None = None, progress: dict[str, DealProgress] | None = None,
) -> tuple[EarningLine, ...]:  # fmt: skip
    """The lines of the year."""
    inputs = WindowInputs(
        as_of, COMPANY, None if quota is None else Money(quota, "CNY"), progress or {}, facts or {},
        None if carried is None else Money(carried, "CNY"),
    )  # fmt: skip
    return calculate_window(*made, "ann", YEAR, own, inputs)


def total(lines: Iterable[EarningLine]) -> int:
    """What the lines earn, in minor units."""
    return sum(line.earned.minor for line in lines)
