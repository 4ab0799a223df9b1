"""One walk through a window: each credit, and each reversal, in order, and what it is worth before cap and rounding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from engine.core.formulas import EvaluationError, Facts
from engine.core.incentives.adjustments import bounded
from engine.core.incentives.lines import Slice
from engine.core.incentives.measures import Movement
from engine.core.incentives.rates import NOWHERE, ZERO, Standing, Stretch, counted, earned_by, is_standing, scale_of, standing_at
from engine.core.money import Money
from engine.core.records import Credit
from engine.core.rules.plan import Commission, Limit


@dataclass(frozen=True, slots=True)
class Worth:
    """What one movement is worth: its slices, their sum, the sum within the bounds per deal, and that times its factor.

    `before` and `after` are positions on the scale. `gate` is none, met or not_met. `factor` None: it is not set, which
    pays nothing. All amounts are exact minor units.
    """

    slices: tuple[Slice, ...] = ()
    raw: Fraction = ZERO
    limited: Fraction = ZERO
    final: Fraction = ZERO
    before: Fraction | None = None
    after: Fraction | None = None
    factor: Fraction | None = Fraction(1)
    gate: str = "none"


Parts = tuple[tuple[Slice, ...], Fraction, Fraction, Fraction]
_NO_PARTS: Parts = ((), ZERO, ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class Rated:
    """A credit that is being paid on, as a standing method must know it to re-rate it."""

    base: Fraction
    units: Fraction
    factor: Fraction

    def within(self, standing: Standing, limit: Limit | None) -> Fraction:
        """Its amount at a standing, within the bounds per deal, before its factor."""
        return bounded(standing.rate * self.base + standing.per_unit * self.units, self.base, limit)


@dataclass(slots=True)
class Walk:
    """Where the measure stands. `facts` are those of the payee and the window; `names` the facts that tell the attainment."""

    component: Commission
    quota: Money | None
    facts: Facts
    names: tuple[str, ...] = ()
    gate_holds: bool | None = None
    position: Fraction | None = None
    amount: Fraction = ZERO
    counting: int = 0
    standing: Standing = NOWHERE
    rated: dict[str, Rated] = field(default_factory=dict)


def credited(walk: Walk, credit: Credit) -> Worth:
    """What a credit is worth where the measure stands, and the walk moved on by it."""
    before, after, length = _moved(walk, credit, 1)
    facts = _facts(walk, credit)
    gate = _gate(walk, facts)
    factor = _factor(walk.component, facts)
    place = _alone(walk, facts) if walk.component.rates.by_formula else (before, after)
    if gate == "not_met" or place is None:
        return Worth(before=before, after=after, factor=factor, gate=gate)
    units = place[1] if walk.component.rates.by_formula else length
    worth = _worth(walk, credit.id, place, Rated(Fraction(credit.amount.minor), units or ZERO, factor or ZERO), 1)
    return Worth(*worth, *place, factor, gate)


def left(walk: Walk, movement: Movement, earlier: Worth) -> Worth:
    """What taking a credit back is worth, from the top tier down (negative), and the walk moved back where it must."""
    undone, credit = movement.undone, movement.credit
    assert undone is not None, "only an undone credit leaves"
    kept = (walk.position, walk.amount, walk.counting)
    before, after, length = _moved(walk, credit, -1)
    place = (earlier.after, earlier.before) if walk.component.rates.by_formula else (before, after)
    rated = Rated(Fraction(credit.amount.minor), length, earlier.factor or ZERO)
    worth = _worth(walk, credit.id, place, rated, -1) if undone.from_top and credit.id in walk.rated else _NO_PARTS
    if undone.reverses_attainment:
        walk.rated.pop(credit.id, None)
    else:
        walk.position, walk.amount, walk.counting = kept
    return Worth(*worth, before, after, earlier.factor, earlier.gate)


def _moved(walk: Walk, credit: Credit, sign: int) -> tuple[Fraction | None, Fraction | None, Fraction]:
    """The position before and after, and the length between them; nothing counted has no position."""
    before, length = walk.position, _length(walk, credit)
    walk.amount += sign * credit.amount.minor
    walk.counting += sign
    walk.position = (before or ZERO) + sign * length if walk.counting else None
    return before, walk.position, length


def _length(walk: Walk, credit: Credit) -> Fraction:
    """How far a credit goes on the scale. E055 where attainment is wanted and there is no quota to measure it by."""
    scale = scale_of(walk.component.rates)
    if scale == "count":
        return credit.units
    if scale != "attainment":
        return Fraction(credit.amount.minor)
    if not walk.quota:
        component = walk.component
        raise EvaluationError("E055", component.place, payee=credit.payee, measure=component.of, component=component.id)
    return credit.amount / walk.quota


def _alone(walk: Walk, facts: Facts) -> tuple[Fraction | None, Fraction | None] | None:
    """The way of a credit that is rated by itself, by a formula's value; None when the value is not set."""
    formula = walk.component.rates.by_formula
    assert formula is not None, "the caller has looked"
    value = formula.value(facts)
    return None if value is None else (None, exact(value))


def exact(value: object) -> Fraction:
    """A formula's number: minor units of money, a ratio, a count."""
    minor = getattr(value, "minor", value)
    if isinstance(minor, bool) or not isinstance(minor, int | Fraction):
        raise TypeError(f"a rate table cannot be read at {value!r}")
    return Fraction(minor)


def _facts(walk: Walk, credit: Credit) -> Facts:
    """The event's facts as they were, the payee's and the window's over them, and the attainment so far."""
    component = walk.component
    if component.multiply is None and component.gate is None and component.rates.by_formula is None:
        return {}
    return {**dict(credit.cause.facts), **walk.facts, **attained(walk)}


def attained(walk: Walk) -> Mapping[str, object]:
    """The attainment so far under every name that a rule of this component may use."""
    if not walk.quota:
        return {}
    return dict.fromkeys(walk.names, walk.amount / Fraction(walk.quota.minor))


def _gate(walk: Walk, facts: Facts) -> str:
    if walk.component.gate is None:
        return "none"
    holds = walk.gate_holds if walk.gate_holds is not None else walk.component.gate.holds(facts)
    return "met" if holds else "not_met"


def _factor(component: Commission, facts: Facts) -> Fraction | None:
    if component.multiply is None:
        return Fraction(1)
    value = component.multiply.value(facts)
    return None if value is None else exact(value)




def _worth(walk: Walk, id: str, place: tuple[Fraction | None, Fraction | None], rated: Rated, sign: int) -> Parts:
    """Slices, raw, limited and final amount of one movement; the walk remembers what is being paid on."""
    table = walk.component.rates
    if is_standing(table):
        parts = _at_standing(walk, id, place, rated, sign)
    else:
        slices = earned_by(table, Stretch(*place, sign * rated.base))
        raw = sum((slice.amount for slice in slices), ZERO)
        limited = bounded(raw, sign * rated.base, walk.component.per_deal)
        parts = (slices, raw, limited, limited * rated.factor)
    if sign > 0:
        walk.rated[id] = rated
    else:
        del walk.rated[id]
    return parts


def _at_standing(
    walk: Walk, id: str, place: tuple[Fraction | None, Fraction | None], rated: Rated, sign: int
) -> Parts:
    """The credit at the standing that it reaches, the tier's fixed amount, and all others re-rated to that standing."""
    table, limit = walk.component.rates, walk.component.per_deal
    alone = table.by_formula is not None
    now = standing_at(table, place[1] if sign > 0 or not alone else place[0])
    was = NOWHERE if alone else walk.standing
    rerates = not alone and (was.rate, was.per_unit) != (now.rate, now.per_unit)
    others = [other for key, other in walk.rated.items() if key != id] if rerates else []
    own = Rated(rated.base, counted(table, rated.units), rated.factor)
    rating = now if sign > 0 or alone else was
    flat = sign * now.flat if alone else now.flat - was.flat
    slices = (*_own_slices(walk, rating, own, place, sign), *_flat_slice(walk, now, flat, place))
    limited = bounded(sign * own.within(rating, None) + flat, sign * own.base, limit)
    change = [(other.within(now, limit) - other.within(was, limit), other.factor) for other in others]
    again = _rerated(walk, was, now, others, place)
    walk.standing = walk.standing if alone else now
    raw = sum((slice.amount for slice in (*slices, *again)), ZERO)
    final = limited * own.factor + sum((amount * factor for amount, factor in change), ZERO)
    return (*slices, *again), raw, limited + sum((amount for amount, _ in change), ZERO), final


def _own_slices(
    walk: Walk, standing: Standing, own: Rated, place: tuple[Fraction | None, Fraction | None], sign: int
) -> tuple[Slice, ...]:
    """The credit's own amount at the reached tier."""
    table, tier = walk.component.rates, standing.tier
    head, at = (tier, scale_of(table), *Stretch(*place, own.base).ends), table.tiers[tier].place
    found = []
    if standing.rate:
        found.append(Slice("rate", *head, standing.rate, sign * own.base, sign * standing.rate * own.base, at))
    if standing.per_unit:
        found.append(Slice("per_unit", *head, standing.per_unit, sign * own.units, sign * standing.per_unit * own.units, at))
    return tuple(found)


def _flat_slice(
    walk: Walk, standing: Standing, flat: Fraction, place: tuple[Fraction | None, Fraction | None]
) -> tuple[Slice, ...]:
    """The change of the fixed amount, where there is one."""
    table = walk.component.rates
    ends = Stretch(*place, ZERO).ends
    at = table.tiers[standing.tier].place
    return (Slice("flat", standing.tier, scale_of(table), *ends, flat, Fraction(1), flat, at),) if flat else ()


def _rerated(
    walk: Walk, was: Standing, now: Standing, others: list[Rated], place: tuple[Fraction | None, Fraction | None]
) -> tuple[Slice, ...]:
    """What the change of tier makes of everything before: the difference of the rates on all of it."""
    table = walk.component.rates
    head, at = (now.tier, scale_of(table), ZERO, place[0] or ZERO), table.tiers[now.tier].place
    sums = ((now.rate - was.rate, sum((o.base for o in others), ZERO)), (now.per_unit - was.per_unit, sum((o.units for o in others), ZERO)))
    return tuple(Slice("rerated", *head, rate, base, rate * base, at) for rate, base in sums if rate and base)
