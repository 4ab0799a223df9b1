"""The plan's cap: the most that all components of a plan together pay one payee in a period, line by line.

The lines of a period are taken in one order, by day, then by the place of their component, then by key. Each pays what
room the cap still has for it, gross of clawback. What a clawback takes of a line it takes in proportion of what the
line paid, and makes that room again for the lines after it. A negative line first eats what was withheld before it.
So without clawbacks a line is the difference of two running totals, each bounded by the cap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from engine.core.incentives.adjustments import released, released_share
from engine.core.incentives.lines import EarningLine, Step
from engine.core.incentives.plan_desk import PlanDesk, retold
from engine.core.incentives.proration import part_of, scaled
from engine.core.incentives.trace import payable_step, release_step
from engine.core.money import Money, Rounding, rounded
from engine.core.periods import Period, period_of
from engine.core.rules.plan import Commission, Plan, ReleasePart
from engine.core.rules.plan_terms import PlanCap

WHOLE_TIME = "plan"
"""The period that is the plan's whole time, all its versions together."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """One line under the cap, in minor units: what it pays gross, what a clawback takes of that, what is withheld."""

    paid: int
    taken: int
    withheld: int


@dataclass(slots=True)
class Room:
    """A period's running total: `paid` stands after clawbacks, `excess` is withheld."""

    paid: int = 0
    excess: int = 0

    def take(self, gross: int, taken: int, at_most: int | None, rounding: Rounding) -> Bounded:
        """Moves the total on by a line: its gross amount, and what a clawback took of it."""
        paid = gross if at_most is None else self._paid(gross, at_most)
        back = rounded(taken * paid, gross, rounding) if gross else taken
        withheld = (gross - taken) - (paid - back)
        self.paid += paid - back
        self.excess += withheld
        return Bounded(paid, back, withheld)

    def _paid(self, gross: int, at_most: int) -> int:
        """What of a line's gross amount the cap lets through."""
        if gross >= 0:
            return min(gross, max(0, at_most - self.paid))
        return gross + min(-gross, max(0, self.excess))


def within_cap(desk: PlanDesk, lines: Sequence[EarningLine]) -> tuple[EarningLine, ...]:
    """The lines as the cap leaves them, in the order given; after them what was carried from one period into the next."""
    if not any(plan.cap for plan in desk.versions):
        return tuple(lines)
    walk = _Walk(desk)
    for line in sorted(lines, key=walk.order):
        walk.take(line)
    walk.until(date.max)
    return (*(walk.found[line.key] for line in lines), *walk.carried)


class _Walk:
    """One walk over a plan's lines in their order."""

    def __init__(self, desk: PlanDesk) -> None:
        self.desk = desk
        self.rooms: dict[str, Room] = {}
        self.open: dict[str, tuple[Period, PlanCap]] = {}
        self.found: dict[str, EarningLine] = {}
        self.carried: list[EarningLine] = []
        self.places = {
            (plan.header.version, part.id): n for plan in desk.versions for n, part in enumerate(plan.components)
        }

    def order(self, line: EarningLine) -> tuple[date, int, str]:
        """The one order of a plan's lines."""
        return line.on, self.places.get((line.version, line.component), -1), line.key

    def take(self, line: EarningLine) -> None:
        """The next line, once what earlier periods carried into its own stands before it."""
        self.until(line.on)
        plan = next(plan for plan in self.desk.versions if plan.header.version == line.version)
        self.found[line.key] = self._bounded(plan, line, plan.cap)

    def until(self, day: date) -> None:
        """Ends the periods that ended by that day, and by the last day looked at; each may carry into the next."""
        while ended := self._first_ended(day):
            period, cap = self.open.pop(ended)
            excess = self.rooms[ended].excess
            if cap.excess == "carried_forward" and excess > 0:
                self._carry(period, Money(excess, cap.at_most.currency), cap)

    def _first_ended(self, day: date) -> str | None:
        ended = [
            (period.end, name)
            for name, (period, _) in self.open.items()
            if period.end <= day and period.end <= self.desk.as_of
        ]
        return min(ended)[1] if ended else None

    def _carry(self, period: Period, amount: Money, cap: PlanCap) -> None:
        """The line of what a period withheld, first in the period that follows, under that period's own cap."""
        window = period_of(period.end, period.kind, self.desk.rulebook.company)
        plan = self.desk.version_on(window.start)
        told = {"credit": Step("credit", "carried", (("amount", str(amount)),), Fraction(amount.minor))}
        line = self.desk.line(
            plan, "plan_cap", ("carried", "carried"), window.id, window.start, amount, cap.place, told
        )
        self.carried.append(self._bounded(plan, line, plan.cap))

    def _bounded(self, plan: Plan, line: EarningLine, cap: PlanCap | None) -> EarningLine:
        """The line under the cap of its plan version; without one it stays as it is, and takes no room from another's."""
        if cap is None:
            return line
        period = _period(self.desk, cap, line.on)
        self.open[period.id] = (period, cap)
        share = part_of(plan, "cap", period, self.desk.presence.present, self.desk.rulebook)
        at_most = scaled(cap.at_most, share, plan.rounding)
        room = self.rooms.setdefault(period.id, Room())
        gross = line.earned.minor + line.taken_back.minor
        found = room.take(gross, line.taken_back.minor, at_most.minor, plan.rounding)
        return _changed(self.desk, plan, line, found, at_most, cap)


def _period(desk: PlanDesk, cap: PlanCap, day: date) -> Period:
    """The cap's period in which a day lies."""
    if cap.per == WHOLE_TIME:
        return Period(WHOLE_TIME, WHOLE_TIME, date.min, date.max)
    return period_of(day, cap.per, desk.rulebook.company)


def _changed(
    desk: PlanDesk, plan: Plan, line: EarningLine, found: Bounded, at_most: Money, cap: PlanCap
) -> EarningLine:
    """The line with what the cap left of it, told in its steps."""
    currency, before = plan.currency, line.earned.minor + line.taken_back.minor
    if found.paid == before:
        step = Step("plan_cap", "within", (("cap", str(at_most)), ("per", cap.per)), line.exact)
        return retold(line, step)
    earned, taken = Money(found.paid - found.taken, currency), Money(found.taken, currency)
    share = _share(desk, plan, line, earned)
    out = released(earned, share, plan.rounding)
    code, withheld = cap.excess if found.paid < before else "absorbed", abs(before - found.paid)
    told = (("cap", str(at_most)), ("per", cap.per), ("withheld", str(Money(withheld, currency))))
    line = replace(
        line, earned=earned, released=out, exact=Fraction(found.paid), taken_back=taken,
        withheld=line.withheld + Money(found.withheld, currency),
    )  # fmt: skip
    return retold(
        line, Step("plan_cap", code, told, Fraction(found.paid)), *_clawback(line, taken),
        release_step(share, bool(_parts(plan, line)), out), payable_step(earned, out),
    )  # fmt: skip


def _clawback(line: EarningLine, taken: Money) -> list[Step]:
    """The clawback's step with what it takes of what the cap left."""
    step = next(step for step in line.steps if step.name == "clawback")
    if "taken" not in dict(step.particulars):
        return []
    return [replace(step, particulars=tuple({**dict(step.particulars), "taken": str(taken)}.items()))]


def _parts(plan: Plan, line: EarningLine) -> tuple[ReleasePart, ...]:
    component = next((part for part in plan.components if part.id == line.component), None)
    return component.release if isinstance(component, Commission) and line.source_kind == "credit" else ()


def _share(desk: PlanDesk, plan: Plan, line: EarningLine, earned: Money) -> Fraction:
    """How much of the line is released to date, as its component says; all of it where nothing is left to hold."""
    parts = _parts(plan, line)
    if not parts or (line.taken_back and earned.minor <= 0):
        return Fraction(1)
    return released_share(parts, desk.progress.get(line.deal), desk.as_of)
