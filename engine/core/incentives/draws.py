"""Draws and guarantees: what lifts a payee's pay of a period to an amount, and how a draw is recovered.

A draw is settled period by period, of ended periods only, from what was earned in each after caps and clawbacks: less
than the draw is topped up and becomes a balance, more than it pays the balance back. Source: Siebel Incentive
Compensation, recoverable draw (top-up at the end of the period, not an advance at its start).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate

from engine.core.incentives.adjustments import later
from engine.core.incentives.lines import EarningLine, Step
from engine.core.incentives.plan_desk import PlanDesk
from engine.core.incentives.presence import within
from engine.core.incentives.proration import part_of, scaled
from engine.core.incentives.trace import percent
from engine.core.money import Money
from engine.core.periods import Period, period_of
from engine.core.rules.plan import Plan
from engine.core.rules.plan_terms import Draw, Guarantee


@dataclass(frozen=True, slots=True)
class DrawPeriod:
    """One ended period: what was earned in it, and its draw in minor units (0: not on the plan then, or it has ended).

    `recovering`: recovery has begun. `runs`: the draw has not ended. `last`: it ends with this period.
    """

    earned: int
    draw: int
    recovering: bool = True
    runs: bool = True
    last: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What a period moves, in minor units, none of it negative, and the balance before and after it."""

    topped_up: int
    recovered: int
    forgiven: int
    before: int
    after: int


def settled(terms: Draw, period: DrawPeriod, balance: int) -> Settled:
    """One period settled against the balance that the periods before left."""
    if not period.runs and terms.forgives:
        return Settled(0, 0, balance, balance, 0)
    topped_up = max(0, period.draw - period.earned) if period.draw else 0
    recovered = 0 if topped_up or not period.recovering else _recovered(terms, period, balance)
    left = balance - recovered + (topped_up if terms.owed_back else 0)
    forgiven = left if period.last and terms.forgives else 0
    return Settled(topped_up, recovered, forgiven, balance, left - forgiven)


def _recovered(terms: Draw, period: DrawPeriod, balance: int) -> int:
    """What is taken back: the balance, at most the rate of what there is to take from, at most the amount a period."""
    there = period.earned - (period.draw if terms.recover == "from_above_draw" else 0)
    share = max(0, there) * terms.rate
    most = [balance, share.numerator // share.denominator]
    return min([*most, terms.at_most.minor] if terms.at_most else most)


class EarnedByDay:
    """What lines earned between two days, found without adding all of them up again."""

    def __init__(self, lines: Iterable[EarningLine]) -> None:
        ordered = sorted((line.on, line.earned.minor) for line in lines)
        self.days = [on for on, _ in ordered]
        self.totals = list(accumulate((minor for _, minor in ordered), initial=0))

    def between(self, start: date, end: date) -> int:
        """Minor units of the lines of the days [start, end)."""
        return self.totals[bisect_left(self.days, end)] - self.totals[bisect_left(self.days, start)]


def draw_lines(desk: PlanDesk, lines: Sequence[EarningLine]) -> Iterator[EarningLine]:
    """The lines of the plan's draw, period by period: topped up, recovered, forgiven; none where nothing moved."""
    earned, balance = EarnedByDay(lines), 0
    begins: date | None = None
    for plan, terms, window, start in _periods(desk):
        begins = begins or (later(window.start, terms.starts_after) if terms.starts_after else window.start)
        runs = plan.draw is terms and (terms.ends is None or start < terms.ends)
        draw, share = _amount(desk, plan, "draw", terms, window) if runs else (Money.zero(plan.currency), Fraction(1))
        ends = terms.ends is not None and window.end >= terms.ends
        period = DrawPeriod(earned.between(start, window.end), draw.minor, start >= begins, runs, ends)
        found = settled(terms, period, balance)
        balance = found.after
        yield from _told(desk, plan, terms, window, period, found, share)


def _periods(desk: PlanDesk) -> Iterator[tuple[Plan, Draw, Period, date]]:
    """Every ended draw period from the payee's first day on, with the version in force on its first day, the terms of its
    draw (after it has ended, of the last one), and the day from which on earnings count: its first, or where the period
    before ended when the versions have periods of two lengths."""
    first = desk.presence.first_on
    with_draw = [plan.header.in_force.from_on for plan in desk.versions if plan.draw]
    if first is None or not with_draw:
        return
    day, terms, settled_to = max(first, min(with_draw)), None, date.min
    while True:
        plan = desk.version_on(day)
        terms = plan.draw or terms
        assert terms is not None, "the first version looked at has a draw"
        window = period_of(day, terms.per, desk.rulebook.company)
        if window.last_on > desk.as_of:
            return
        yield plan, terms, window, max(window.start, settled_to)
        day = settled_to = window.end


def _amount(desk: PlanDesk, plan: Plan, what: str, terms: Draw | Guarantee, window: Period) -> tuple[Money, Fraction]:
    """The amount of a period and the part of it that the payee was there for; nothing when they were not on the plan."""
    if not within(desk.presence.on_plan, window):
        return Money.zero(terms.amount.currency), Fraction(1)
    share = part_of(plan, what, window, desk.presence.present, desk.rulebook)
    return scaled(terms.amount, share, plan.rounding), share


def _told(
    desk: PlanDesk, plan: Plan, terms: Draw, window: Period, period: DrawPeriod, found: Settled, share: Fraction
) -> Iterator[EarningLine]:
    """The lines of what a period moved."""
    currency, between = plan.currency, found.before - found.recovered + (found.topped_up if terms.owed_back else 0)
    moves = (
        ("draw", "topped_up" if terms.owed_back else "given", found.topped_up, found.before, between),
        ("recovery", "recovered", -found.recovered, found.before, between),
        ("forgiven", "forgiven", found.forgiven, between, found.after),
    )
    for source, code, minor, before, after in moves:
        if minor:
            amount = Money(0 if source == "forgiven" else minor, currency)
            sums = (period.earned, period.draw, abs(minor), before, after)
            names = ("earned", "draw", "amount", "before", "after")
            told = tuple((name, str(Money(sum, currency))) for name, sum in zip(names, sums, strict=True))
            step = Step("draw", code, told, amount.exact.minor)
            steps = lift_steps(plan, window, Money(period.earned, currency), share, step)
            kind = "recovery" if source == "recovery" else "draw"
            yield desk.line(plan, "draw", (source, kind), window.id, window.last_on, amount, terms.place, steps)


def lift_steps(plan: Plan, window: Period, earned: Money, share: Fraction, draw: Step) -> dict[str, Step]:
    """The steps of a line that lifts pay that have something to say: what was earned, the part of the period, the lift."""
    particulars = (("amount", str(earned)), ("period", window.id))
    steps = {"credit": Step("credit", "earned", particulars, earned.exact.minor), "draw": draw}
    if share != 1:
        steps["proration"] = Step("proration", plan.proration, (("share", percent(share)),))
    return steps


def guarantee_lines(desk: PlanDesk, lines: Sequence[EarningLine]) -> Iterator[EarningLine]:
    """The lines that lift a period's pay to what is guaranteed; nothing of it is owed back."""
    first = desk.presence.first_on
    with_guarantee = [plan.header.in_force.from_on for plan in desk.versions if plan.guarantee]
    if first is None or not with_guarantee:
        return
    earned = EarnedByDay(lines)
    day, settled_to = max(first, min(with_guarantee)), date.min
    while day <= desk.as_of:
        plan = desk.version_on(day)
        terms = plan.guarantee
        window = period_of(day, terms.per if terms else plan.period, desk.rulebook.company)
        if terms and desk.open.meets(window) and window.last_on <= desk.as_of and _lasts(desk, terms, window, first):
            amount, share = _amount(desk, plan, "guarantee", terms, window)
            have = earned.between(max(window.start, settled_to), window.end)
            if amount.minor > have:
                yield _guaranteed(desk, plan, terms, window, Money(have, plan.currency), amount, share)
        day = settled_to = window.end


def _lasts(desk: PlanDesk, terms: Guarantee, window: Period, first: date) -> bool:
    """True while the guarantee runs, counted from the beginning of the payee's first period on the plan."""
    begun = period_of(first, terms.per, desk.rulebook.company).start
    return terms.lasts is None or window.start < later(begun, terms.lasts)


def _guaranteed(
    desk: PlanDesk, plan: Plan, terms: Guarantee, window: Period, have: Money, amount: Money, share: Fraction
) -> EarningLine:
    missing = amount - have
    told = (("earned", str(have)), ("guarantee", str(amount)), ("amount", str(missing)))
    steps = lift_steps(plan, window, have, share, Step("draw", "guaranteed", told, missing.exact.minor))
    source = ("guarantee", "guarantee")
    return desk.line(plan, "guarantee", source, window.id, window.last_on, missing, terms.place, steps)
