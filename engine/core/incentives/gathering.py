"""From credits to rows: the windows of payees for which a component is calculated at once, as the kernel takes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from engine.core.formulas import EvaluationError, Facts, Formula
from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.measures import Movement, measured, movements
from engine.core.incentives.table_rows import read_by
from engine.core.incentives.worth import Asked, exact, scale_of
from engine.core.kernel.component import Rows
from engine.core.money import Money
from engine.core.periods import Period
from engine.core.records import Credit
from engine.core.rules.company import Company
from engine.core.rules.plan import Commission, Plan

ONE, ZERO = Fraction(1), Fraction(0)
_PLAIN, _OTHER = Asked(ONE, "none"), Asked(ONE, "other_version")


@dataclass(frozen=True, slots=True)
class WindowInputs:
    """What a window's pay depends on besides plan and credits.

    `as_of` is the last day that is looked at. `progress` tells by deal what releases wait for. `facts` are those of the
    payee and of the window (`owner.*`, `scorecard.*`). `carried` is what the window before carried forward. `at_end` are
    attainments at the window's end, for formulas that ask for more than their own measure.
    """

    as_of: date
    company: Company
    quota: Money | None = None
    progress: Mapping[str, DealProgress] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    carried: Money | None = None
    at_end: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segment:
    """One payee's window of a component: the credits that are paid on, those that only measure (where the position is
    that of another credit), and everything that moves or is paid, in order."""

    payee: str
    window: Period
    inputs: WindowInputs
    credits: tuple[Credit, ...]
    movements: tuple[Movement, ...]
    measuring: tuple[Credit, ...] = ()


def segment_of(
    plan: Plan, component: Commission, payee: str, window: Period, credits: Sequence[Credit], inputs: WindowInputs
) -> Segment:
    """The payee's window. `credits` may hold more than the window's: those of other names and days are left alone."""
    known = [credit for credit in credits if credit.payee == payee and credit.on <= inputs.as_of]
    own = measured(component, component.of, known, window, plan.currency)
    other = component.rates.position_of
    measuring = measured(component, other, known, window, plan.currency) if other else ()
    if own and scale_of(component.rates) == "attainment" and not inputs.quota:
        raise EvaluationError("E063", component.place, payee=payee, measure=component.measure, component=component.id)
    moving = movements((*own, *measuring), component.clawback, inputs.as_of)
    return Segment(payee, window, inputs, own, moving, measuring)


def asked(plan: Plan, component: Commission, segment: Segment) -> dict[str, Asked]:
    """By credit, what the component's formulas say of it."""
    facts, gate = _Facts(plan, component, segment), None
    if facts.idle:
        own = (movement.credit for movement in segment.movements if movement.undone is None)
        return {credit.id: _PLAIN if plan.header.in_force.covers(credit.on) else _OTHER for credit in own}
    if component.gate is not None and component.gate_kind == "from_first":
        gate = component.gate.holds(facts.at_the_end())
    found: dict[str, Asked] = {}
    for movement, so_far in zip(segment.movements, facts.amounts(), strict=True):
        if movement.undone is None:
            found[movement.credit.id] = _asked(plan, component, movement.credit, facts, so_far, gate)
    return found


def rows_of(component: Commission, segments: Sequence[Segment], told: Sequence[Mapping[str, Asked]]) -> Rows:
    """The rows of all segments."""
    credits: list[tuple[Credit, Asked]] = []
    starts, at = [0], list[int]()
    for segment, say in zip(segments, told, strict=True):
        own = (*segment.credits, *segment.measuring)
        # An estimate walks a window twice, without and with what is supposed: a credit has a row in each.
        number = {id(credit): row for row, credit in enumerate(own, start=len(credits))}
        credits += [(credit, say[credit.id]) for credit in own]
        at += [number[id(movement.credit)] for movement in segment.movements]
        starts.append(len(at))
    moves = [movement for segment in segments for movement in segment.movements]
    return Rows(
        base=[credit.amount.minor if credit.name == component.of else 0 for credit, _ in credits],
        length=_lengths(component, [credit for credit, _ in credits]),
        place=None if component.rates.by_formula is None else [say.place or ZERO for _, say in credits],
        factor=[_part(say.factor or ZERO, credit.pays) for credit, say in credits],
        paid=[say.paid for _, say in credits],
        starts=starts,
        credit=at,
        leaves=[movement.undone is not None for movement in moves],
        moves=[movement.undone is None or movement.undone.reverses_attainment for movement in moves],
        through=[movement.undone is None or movement.undone.from_top for movement in moves],
        share=[_share(movement) for movement in moves],
    )


def units_of(component: Commission, segment: Segment) -> int:
    """What a position of 1 on the rate table is, on the scale of credits: the quota where it goes by attainment."""
    quota = segment.inputs.quota
    return quota.minor if scale_of(component.rates) == "attainment" and quota else 1


def highest_of(component: Commission, segment: Segment) -> Fraction:
    """The position above which nothing counts."""
    return (component.rates.highest or ZERO) * units_of(component, segment)


def _lengths(component: Commission, credits: Sequence[Credit]) -> list[Fraction] | None:
    """How far each credit moves the measure; None where each does by its amount."""
    by_count, measure = scale_of(component.rates) == "count", component.measure
    if not by_count and measure == component.of and all(credit.weight == 1 for credit in credits):
        return None
    lengths = (credit.units if by_count else credit.amount.minor * credit.weight for credit in credits)
    return [way if credit.name == measure else ZERO for way, credit in zip(lengths, credits, strict=True)]


def _part(factor: Fraction, pays: Fraction) -> Fraction:
    """The factor for who is paid a share; nearly everybody is paid the whole."""
    return factor if pays.numerator == pays.denominator else factor * pays


def _share(movement: Movement) -> Fraction:
    """The share of the credit's money that goes through the tiers: none where exactly what it earned is taken."""
    if movement.undone is None:
        return ONE
    return movement.undone.share if movement.undone.from_top else ZERO


def _asked(
    plan: Plan, component: Commission, credit: Credit, facts: "_Facts", so_far: Fraction, gate: bool | None
) -> Asked:
    """What the component's formulas say of one credit, as far as the measure has come with it."""
    says, how = "other_version", ""
    factor: Fraction | None = ONE
    if plan.header.in_force.covers(credit.on):
        says = _gate(component, facts.of(credit, so_far), gate)
    if component.multiply is not None:
        known = facts.of(credit, so_far, component.multiply)
        factor, how = _number(component.multiply.value(known)), read_by(component.multiply, known)
    formula = component.rates.by_formula
    if formula is None:
        return Asked(factor, says, how=how)
    known = facts.of(credit, so_far, formula)
    place = _number(formula.value(known))
    return Asked(factor, says, place, place is not None, read_by(formula, known), how)


def _gate(component: Commission, facts: Facts, of_window: bool | None) -> str:
    if component.gate is None:
        return "none"
    holds = of_window if of_window is not None else component.gate.holds(facts)
    return "met" if holds else "not_met"


def _number(value: object) -> Fraction | None:
    return None if value is None else exact(value)


class _Facts:
    """What the component's formulas may look at, credit by credit: nothing is put together when they ask for nothing."""

    def __init__(self, plan: Plan, component: Commission, segment: Segment) -> None:
        formulas = [component.multiply, component.gate, component.rates.by_formula]
        self.idle = not any(formulas)
        self._segment = segment
        kinds = [component.measured_over, *(["period"] if component.measured_over == plan.period else [])]
        self._measure = component.measure
        self._names = tuple(f"attainment({self._measure},{kind})" for kind in (*kinds, segment.window.id))

    def of(self, credit: Credit, so_far: Fraction, formula: Formula | None = None) -> Facts:
        """The event's facts as they were, the payee's and the window's over them, and the attainment so far.

        A formula that asks for more than the running attainment of its own measure gets those of the window's end.
        """
        at_end = self._segment.inputs.at_end
        found = {**dict(credit.cause.facts), **self._segment.inputs.facts, **self._attained(so_far)}
        more = formula is not None and formula.reads & (at_end.keys() - set(self._names))
        return {**found, **at_end} if more else found

    def amounts(self) -> list[Fraction]:
        """The measure after each movement."""
        found, total = [], ZERO
        for movement in self._segment.movements:
            if movement.credit.name != self._measure:
                pass
            elif movement.undone is None:
                total += movement.credit.amount.minor * movement.credit.weight
            elif movement.undone.reverses_attainment:
                total -= movement.credit.amount.minor * movement.credit.weight
            found.append(total)
        return found

    def at_the_end(self) -> Facts:
        """Those of the window, and the attainment as it stands at the end."""
        amounts, inputs = self.amounts(), self._segment.inputs
        day = min(self._segment.window.last_on, inputs.as_of)
        return {**inputs.facts, "event.on": day, **self._attained(amounts[-1] if amounts else ZERO)}

    def _attained(self, amount: Fraction) -> Facts:
        quota = self._segment.inputs.quota
        return dict.fromkeys(self._names, amount / quota.minor) if quota else {}
