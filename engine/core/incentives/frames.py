"""What all lines of one component under one version of a plan have in common: what their traces tell of the rules.

A line keeps its own numbers and its frame, so that what it tells stays what it was when the rules change.
"""

from dataclasses import dataclass
from fractions import Fraction

from engine.core.incentives.worth import scale_of
from engine.core.money import Rounding
from engine.core.problems import Place
from engine.core.rules.plan import Commission, Limit, Plan


@dataclass(frozen=True, slots=True)
class Frame:
    """`condition` is whom the plan pays, at `place` (empty: everybody); `formula` what rates credits, `multiply` what their
    factor is, `gate` their condition: sources, empty where there is none. `scale` is what positions count, `tiers` are
    the places of the rate table's rows. `in_parts`: it is released step by step."""

    plan: str
    condition: str
    place: Place
    currency: str
    rounding: Rounding
    method: str
    scale: str
    formula: str
    highest: Fraction | None
    tiers: tuple[Place, ...]
    gate: str
    gate_place: Place
    gate_kind: str
    per_deal: Limit | None
    multiply: str
    cap: Limit | None
    in_parts: bool


def frame_of(plan: Plan, component: Commission) -> Frame:
    """The frame of the component's lines."""
    rates, gate = component.rates, component.gate
    return Frame(
        plan=plan.header.id,
        condition=plan.pays.source if plan.pays else "",
        place=plan.pays.place if plan.pays else plan.header.place,
        currency=plan.currency,
        rounding=plan.rounding,
        method=rates.method,
        scale=scale_of(rates),
        formula=rates.by_formula.source if rates.by_formula else "",
        highest=rates.highest,
        tiers=tuple(tier.place for tier in rates.tiers),
        gate=gate.source if gate else "",
        gate_place=gate.place if gate else component.place,
        gate_kind=component.gate_kind,
        per_deal=component.per_deal,
        multiply=component.multiply.source if component.multiply else "",
        cap=component.cap,
        in_parts=bool(component.release),
    )
