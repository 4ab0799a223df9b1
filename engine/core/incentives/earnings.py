"""Earnings: what a component pays one payee in one window, line by line. A pure function; the amount is the lines' sum.

The running total is bounded by the cap and rounded; a line is the difference of two rounded totals, so that neither
slicing a deal nor batching a calculation changes what is paid by a single cent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from engine.core.formulas import Facts
from engine.core.incentives.adjustments import DealProgress, Undoing, capped, released, released_share
from engine.core.incentives.lines import EarningLine, line_key
from engine.core.incentives.measures import measured, movements
from engine.core.incentives.trace import Told, carried_steps, steps_of
from engine.core.incentives.walk import Walk, Worth, attained, credited, left
from engine.core.money import Money, Rounding, rounded
from engine.core.periods import Period, period_of
from engine.core.records import Cause, Credit
from engine.core.rules.company import Company
from engine.core.rules.plan import Commission, Plan


@dataclass(frozen=True, slots=True)
class WindowInputs:
    """What a window's pay depends on besides plan and credits.

    `as_of` is the last day that is looked at. `progress` tells by deal what releases wait for. `facts` are those of the
    payee and of the window (`owner.*`, `scorecard.*`). `carried` is what the window before carried forward.
    `at_end` are attainments at the window's end, for formulas that ask for more than their own measure.
    """

    as_of: date
    company: Company
    quota: Money | None = None
    progress: Mapping[str, DealProgress] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    carried: Money | None = None
    at_end: Facts = field(default_factory=dict)


@dataclass(slots=True)
class _Totals:
    """The running total of a window before and after its cap: exact, and as rounded so far."""

    component: Commission
    rounding: Rounding
    before: Fraction = Fraction(0)

    def add(self, exact: Fraction) -> tuple[Fraction, int, int]:
        """Adds an amount: what it is exact after the cap, what it pays in whole minor units, what the cap withholds."""
        cap, after = self.component.cap, self.before + exact
        paid = _whole(capped(after, cap), self.rounding) - _whole(capped(self.before, cap), self.rounding)
        gross = _whole(after, self.rounding) - _whole(self.before, self.rounding)
        exact = capped(after, cap) - capped(self.before, cap)
        self.before = after
        return exact, paid, gross - paid


@dataclass(slots=True)
class _Tally:
    """What one credit came to. Whole numbers are minor units; `taken` is positive."""

    worth: Worth
    exact: Fraction = Fraction(0)
    paid: int = 0
    withheld: int = 0
    taken: int = 0
    undone: Undoing | None = None
    unwound: Worth | None = None


def calculate_window(
    plan: Plan, component: Commission, payee: str, window: Period, credits: Iterable[Credit], inputs: WindowInputs
) -> tuple[EarningLine, ...]:
    """Every line of a commission for one payee and window, in the order of its credits; carried excess first.

    `credits` may hold more than the window's: those of other names and days are left alone. Raises EvaluationError
    where something that the rules need is missing: a quota (E063), one currency (E061, E062).
    """
    own = measured(component, (c for c in credits if c.payee == payee and c.on <= inputs.as_of), window, plan.currency)
    walk = _walk(plan, component, window, own, inputs)
    totals = _Totals(component, plan.rounding)
    first = _carried_line(plan, component, payee, window, inputs, totals)
    tallies: dict[str, _Tally] = {}
    for movement in movements(own, component.clawback, inputs.as_of):
        credit = movement.credit
        if movement.undone is None:
            worth = credited(walk, credit)
            tallies[credit.id] = _Tally(worth, *totals.add(worth.final))
        else:
            tally = tallies[credit.id]
            tally.undone, tally.unwound = movement.undone, left(walk, movement, tally.worth)
            _take_back(tally, totals, plan.rounding)
    made = _Maker(plan, component, payee, window, inputs)
    mine = (credit for credit in own if plan.header.in_force.covers(credit.on))
    return (*first, *(made.line(credit, tallies[credit.id]) for credit in mine))


def carried_forward(component: Commission, lines: Sequence[EarningLine]) -> Money | None:
    """What a window's cap kept back and hands to the next window; None where excess is lost or there is none."""
    if component.cap is None or component.cap.excess != "carried_forward" or not lines:
        return None
    return Money.total((line.withheld for line in lines), lines[0].earned.currency)


def _walk(plan: Plan, component: Commission, window: Period, own: Sequence[Credit], inputs: WindowInputs) -> Walk:
    """The walk at its start. A gate that pays from the first is asked once, of the window as it stands at the end."""
    kinds = [component.measured_over, *(["period"] if component.measured_over == plan.period else []), window.id]
    names = tuple(f"attainment({component.of},{kind})" for kind in kinds)
    walk = Walk(component, inputs.quota, inputs.facts, names, plan.header.in_force, at_end=inputs.at_end)
    if component.gate is not None and component.gate_kind == "from_first":
        end = Walk(component, inputs.quota, {}, walk.names)
        gone = {
            m.credit.id
            for m in movements(own, component.clawback, inputs.as_of)
            if m.undone and m.undone.reverses_attainment
        }
        end.amount = Fraction(sum(credit.amount.minor for credit in own if credit.id not in gone))
        day = {"event.on": min(window.last_on, inputs.as_of)}
        walk.gate_holds = component.gate.holds({**inputs.facts, **day, **attained(end)})
    return walk


def _take_back(tally: _Tally, totals: _Totals, rounding: Rounding) -> None:
    """Books the share of an undone credit: exactly of what it earned, or what leaving from the top is worth."""
    assert tally.undone is not None and tally.unwound is not None, "the caller has set them"
    if tally.undone.from_top:
        _, paid, withheld = totals.add(tally.unwound.final * tally.undone.share)
        tally.taken, tally.withheld = -paid, tally.withheld + withheld
    else:
        tally.taken = _whole(tally.paid * tally.undone.share, rounding)


def _whole(exact: Fraction, rounding: Rounding) -> int:
    return rounded(exact.numerator, exact.denominator, rounding)


def _carried_line(
    plan: Plan, component: Commission, payee: str, window: Period, inputs: WindowInputs, totals: _Totals
) -> tuple[EarningLine, ...]:
    """The line of what the window before carried forward, if it carried anything."""
    if not inputs.carried:
        return ()
    exact, paid, withheld = totals.add(Fraction(inputs.carried.minor))
    earned, kept = Money(paid, plan.currency), Money(withheld, plan.currency)
    return (
        EarningLine(
            line_key(plan.header.id, component.id, window.id, payee, "carried"), plan.header.id, plan.header.version,
            component.id, window.id, payee, "carried", "carried", "", "", window.start,
            period_of(window.start, plan.period, inputs.company).id, earned, earned, exact, kept,
            Money.zero(plan.currency), (), carried_steps(plan, component, inputs.carried, earned),
            Cause(plan.header.version, component.place, ""),
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes lines of one component, payee and window."""

    plan: Plan
    component: Commission
    payee: str
    window: Period
    inputs: WindowInputs

    def line(self, credit: Credit, tally: _Tally) -> EarningLine:
        """The line of one credit, with its trace."""
        plan, component, inputs = self.plan, self.component, self.inputs
        earned = Money(tally.paid - tally.taken, plan.currency)
        share = released_share(component.release, inputs.progress.get(credit.deal), inputs.as_of)
        if tally.undone and earned.minor <= 0:
            # Nothing is left that could be held: what was taken back beyond it is owed at once.
            share = Fraction(1)
        out = released(earned, share, plan.rounding)
        kept, taken = Money(tally.withheld, plan.currency), Money(tally.taken, plan.currency)
        told = Told(
            plan, component, credit, tally.worth, inputs.quota, tally.exact, kept, tally.undone, taken, share, earned,
            out,
        )  # fmt: skip
        unwound = tally.unwound.slices if tally.unwound else ()
        return EarningLine(
            line_key(plan.header.id, component.id, self.window.id, self.payee, credit.id), plan.header.id,
            plan.header.version, component.id, self.window.id, self.payee, credit.id, "credit", credit.deal,
            credit.event, credit.on, period_of(credit.on, plan.period, inputs.company).id, earned, out, tally.exact,
            kept, taken, tally.worth.slices, steps_of(told), credit.cause, unwound,
        )  # fmt: skip
