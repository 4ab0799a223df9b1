"""One walk through a window: each credit, and each reversal, in order, and what it is worth before cap and rounding."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from engine.core.formulas import EvaluationError, Facts, Formula
from engine.core.incentives.adjustments import bounded
from engine.core.incentives.lines import Slice
from engine.core.incentives.measures import Movement
from engine.core.incentives.rates import (
    NOWHERE,
    ZERO,
    Standing,
    Stretch,
    counted,
    earned_by,
    is_standing,
    scale_of,
    standing_at,
    standing_slices,
)
from engine.core.incentives.table_rows import read_by
from engine.core.money import Money
from engine.core.records import Credit
from engine.core.rules.header import InForce
from engine.core.rules.plan import Commission, Limit


@dataclass(frozen=True, slots=True)
class Worth:
    """What one movement is worth: its slices, their sum, the sum within the bounds per deal, and that times its factor.

    `before` and `after` are positions on the scale. `gate` is none, met, not_met, or other_version (counted here, paid
    by another version of the plan). `factor` None: it is not set, which pays nothing. `rows` and `how`
    tell what a rate's and a factor's tables read. Amounts are exact minor units.
    """

    slices: tuple[Slice, ...] = ()
    raw: Fraction = ZERO
    limited: Fraction = ZERO
    final: Fraction = ZERO
    before: Fraction | None = None
    after: Fraction | None = None
    factor: Fraction | None = Fraction(1)
    gate: str = "none"
    rows: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """A credit that is being paid on, as a standing method must know it to re-rate it."""

    base: Fraction
    units: Fraction
    factor: Fraction

    def within(self, standing: Standing, limit: Limit | None) -> Fraction:
        """Its amount at a standing, within the bounds per deal, before its factor."""
        return bounded(standing.rate * self.base + standing.per_unit * self.units, limit)


@dataclass(slots=True)
class Walk:
    """Where the measure stands.

    `facts` are those of the payee and the window; `names` the facts that tell the attainment. Credits on days when the
    plan version is not `in_force` count for the measure, but another version pays them. `crest` is the highest
    position.
    """

    component: Commission
    quota: Money | None
    facts: Facts
    names: tuple[str, ...] = ()
    in_force: InForce | None = None
    gate_holds: bool | None = None
    position: Fraction | None = None
    crest: Fraction | None = None
    amount: Fraction = ZERO
    counting: int = 0
    standing: Standing = NOWHERE
    rated: dict[str, Rated] = field(default_factory=dict)
    at_end: Facts = field(default_factory=dict)

    def asked(self, formula: Formula, facts: Facts) -> Facts:
        """The facts for a formula: with the attainments at the window's end where it asks for more than the running
        one of its own measure."""
        return {**facts, **self.at_end} if formula.reads & (self.at_end.keys() - set(self.names)) else facts


def credited(walk: Walk, credit: Credit) -> Worth:
    """What a credit is worth where the measure stands, and the walk moved on by it."""
    way = _moved(walk, credit, 1)
    facts = _facts(walk, credit)
    gate = _gate(walk, facts) if walk.in_force is None or walk.in_force.covers(credit.on) else "other_version"
    factor, how = _factor(walk, facts)
    plain = Worth(before=way.before, after=way.after, factor=factor, gate=gate, how=how)
    if walk.component.rates.by_formula is not None:
        place = _alone(walk, facts)
        if place is None:
            return replace(plain, before=None, after=None)
        way = Stretch(None, place, way.base, (None, place))
        formula = walk.component.rates.by_formula
        plain = replace(plain, rows=read_by(formula, walk.asked(formula, facts)))
    if gate in ("not_met", "other_version"):
        return plain
    table, (start, end) = walk.component.rates, way.ends
    rated = Rated(way.base, counted(table, end) - counted(table, start), factor or ZERO)
    return _worth(walk, credit.id, way, rated, 1, plain)


def left(walk: Walk, movement: Movement, earlier: Worth) -> Worth:
    """What taking a credit back is worth, from the top tier down (negative), and the walk moved back where it must."""
    undone, credit = movement.undone, movement.credit
    assert undone is not None, "only an undone credit leaves"
    kept = (walk.position, walk.crest, walk.amount, walk.counting)
    way = _moved(walk, credit, -1)
    if walk.component.rates.by_formula is not None:
        way = Stretch(earlier.after, None, way.base, (earlier.after, None))
    plain = Worth(before=way.before, after=way.after, factor=earlier.factor, gate=earlier.gate)
    paid_on = walk.rated.get(credit.id)
    worth = _worth(walk, credit.id, way, paid_on, -1, plain) if paid_on and undone.from_top else plain
    if undone.reverses_attainment:
        walk.rated.pop(credit.id, None)
    else:
        walk.position, walk.crest, walk.amount, walk.counting = kept
    return worth


def exact(value: object) -> Fraction:
    """A formula's number: minor units of money, a ratio, a count."""
    minor = getattr(value, "minor", value)
    if isinstance(minor, bool) or not isinstance(minor, int | Fraction):
        raise TypeError(f"{value!r} is no number")
    return Fraction(minor)


def attained(walk: Walk) -> Mapping[str, object]:
    """The attainment so far under every name that a rule of this component may use."""
    if not walk.quota:
        return {}
    return dict.fromkeys(walk.names, walk.amount / Fraction(walk.quota.minor))


def _moved(walk: Walk, credit: Credit, sign: int) -> Stretch:
    """The stretch that a credit goes, or goes back; nothing counted has no position.

    A return does not lower the crest. What is undone lowers it by its own length, as if it had never been.
    """
    length, before, crest = _length(walk, credit), walk.position, walk.crest
    walk.amount += sign * credit.amount.minor
    walk.counting += sign
    walk.position = (before or ZERO) + sign * length if walk.counting else None
    if walk.position is None:
        walk.crest = None
    else:
        walk.crest = max((crest or ZERO) if sign > 0 else (crest or ZERO) - length, walk.position)
    return Stretch(before, walk.position, Fraction(sign * credit.amount.minor), (crest, walk.crest))


def _length(walk: Walk, credit: Credit) -> Fraction:
    """How far a credit goes on the scale. E063 where attainment is wanted and there is no quota to measure it by."""
    scale = scale_of(walk.component.rates)
    if scale == "count":
        return credit.units
    if scale != "attainment":
        return Fraction(credit.amount.minor)
    if not walk.quota:
        component = walk.component
        raise EvaluationError("E063", component.place, payee=credit.payee, measure=component.of, component=component.id)
    return credit.amount / walk.quota


def _alone(walk: Walk, facts: Facts) -> Fraction | None:
    """The place of a credit that is rated by itself, by a formula's value; None when the value is not set."""
    formula = walk.component.rates.by_formula
    value = formula.value(walk.asked(formula, facts)) if formula else None
    return None if value is None else exact(value)


def _facts(walk: Walk, credit: Credit) -> Facts:
    """The event's facts as they were, the payee's and the window's over them, and the attainment so far."""
    component = walk.component
    if component.multiply is None and component.gate is None and component.rates.by_formula is None:
        return {}
    return {**dict(credit.cause.facts), **walk.facts, **attained(walk)}


def _gate(walk: Walk, facts: Facts) -> str:
    if walk.component.gate is None:
        return "none"
    holds = walk.gate_holds if walk.gate_holds is not None else walk.component.gate.holds(facts)
    return "met" if holds else "not_met"


def _factor(walk: Walk, facts: Facts) -> tuple[Fraction | None, str]:
    """The factor, and what its tables read."""
    formula = walk.component.multiply
    if formula is None:
        return Fraction(1), ""
    facts = walk.asked(formula, facts)
    value = formula.value(facts)
    return None if value is None else exact(value), read_by(formula, facts)


def _worth(walk: Walk, id: str, way: Stretch, rated: Rated, sign: int, plain: Worth) -> Worth:
    """`plain` with the amounts of one movement; the walk remembers what is being paid on."""
    if is_standing(walk.component.rates):
        worth = _at_standing(walk, id, way, rated, sign, plain)
    else:
        slices = earned_by(walk.component.rates, way)
        raw = _sum(slice.amount for slice in slices)
        limited = bounded(raw, walk.component.per_deal)
        worth = replace(plain, slices=slices, raw=raw, limited=limited, final=limited * rated.factor)
    if sign > 0:
        walk.rated[id] = rated
    else:
        del walk.rated[id]
    return replace(worth, before=way.before, after=way.after)


def _at_standing(walk: Walk, id: str, way: Stretch, rated: Rated, sign: int, plain: Worth) -> Worth:
    """The credit at the standing that it reaches, the tier's fixed amount, and all others re-rated to that standing."""
    limit, alone = walk.component.per_deal, walk.component.rates.by_formula is not None
    was = standing_at(walk.component.rates, way.before) if alone else walk.standing
    now = standing_at(walk.component.rates, way.after)
    rerates = not alone and (was.rate, was.per_unit) != (now.rate, now.per_unit)
    others = [other for key, other in walk.rated.items() if key != id] if rerates else []
    at = now if sign > 0 else was
    slices = standing_slices(walk.component.rates, way, at, now.flat - was.flat, sign * rated.base, sign * rated.units)
    limited = bounded(_sum(slice.amount for slice in slices), limit)
    changes = [(other.within(now, limit) - other.within(was, limit), other.factor) for other in others]
    slices += _rerated(walk, was, now, others, way)
    if not alone:
        walk.standing = now
    return replace(
        plain,
        slices=slices,
        raw=_sum(slice.amount for slice in slices),
        limited=limited + _sum(change for change, _ in changes),
        final=limited * rated.factor + _sum(change * factor for change, factor in changes),
    )


def _rerated(walk: Walk, was: Standing, now: Standing, others: Sequence[Rated], way: Stretch) -> tuple[Slice, ...]:
    """What the change of tier makes of everything before: the difference of the rates on all of it."""
    table = walk.component.rates
    head, at = (now.tier, scale_of(table), ZERO, way.before or ZERO), table.tiers[now.tier].place
    changes = (
        (now.rate - was.rate, _sum(other.base for other in others)),
        (now.per_unit - was.per_unit, _sum(other.units for other in others)),
    )
    return tuple(Slice("rerated", *head, rate, base, rate * base, at) for rate, base in changes if rate and base)


def _sum(amounts: Iterable[Fraction]) -> Fraction:
    return sum(amounts, ZERO)
