"""Estimates as pages show them: component by component, with the arithmetic, the tier before and after, and what is held."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from engine.app.dealwright import Dealwright
from engine.app.line_causes import line_title, slice_row, step_row
from engine.app.reading import component_title, rule_of
from engine.app.views.estimates import EstimateRow, OtherLine, PlaceRow
from engine.core.incentives.estimates import ComponentChange, component_of, effective_rate
from engine.core.incentives.explain import arithmetic, step_words
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.next_amounts import Climb
from engine.core.incentives.standing import Standing
from engine.core.incentives.trace import position_text
from engine.core.money import Money
from engine.core.numerals import shown_number
from engine.core.problems import Place
from engine.core.records import Deal
from engine.core.rules.header import Title
from engine.core.rules.plan import Commission, Tier

_WORTH_A_NOTE = frozenset({
    "measure.not_set", "gate.met", "gate.not_met", "per_deal.lowered", "per_deal.raised", "multiply.times", "multiply.not_set",
    "cap.lost", "cap.carried_forward", "cap.budget", "plan_cap.lowered", "draw.recovered", "release.in_parts",
})  # fmt: skip
"""Steps that somebody who asks what a deal would bring must not overlook."""


def estimate_row(
    dw: Dealwright, change: ComponentChange, deals: Mapping[str, Deal], climb: Climb | None = None
) -> EstimateRow:
    """One component's part of an estimate."""
    fresh = [one.line for one in change.changes if one.fresh]
    base = _credited(fresh, _plan_currency(change))
    rate = effective_rate(change.earned, base) if base else None
    others = (
        OtherLine(one.line.key, _other_title(dw, one.line, deals), one.earned)
        for one in change.changes
        if not one.fresh
    )
    return EstimateRow(
        change.component, component_title(dw, change.version, change.component), _place(dw, change), change.earned,
        change.held, _percent(rate) if rate is not None else "", "; ".join(filter(None, map(arithmetic, fresh))),
        tuple(slice_row(slice, line) for line in fresh for slice in line.slices if slice.scale != "rate"),
        tuple(step_row(step, line) for line in fresh for step in line.steps),
        _standing(dw, change), tuple(others), tuple(_notes(fresh)), _climb(dw, change, climb) if climb else Title(),
    )  # fmt: skip


def _plan_currency(change: ComponentChange) -> str:
    """The currency in which tiers and credits are; what is earned may be paid in another."""
    return change.changes[0].line.plan_currency


def _credited(lines: list[EarningLine], currency: str) -> Money | None:
    """What the new lines were credited with; None where they come from a fixed amount."""
    found = [
        step.after for line in lines if line.source_kind == "credit" for step in line.steps if step.name == "credit"
    ]
    total = sum((after for after in found if after is not None), Fraction(0))
    return Money(total.numerator, currency) if found and total.denominator == 1 else None


def _other_title(dw: Dealwright, line: EarningLine, deals: Mapping[str, Deal]) -> Title:
    deal = deals.get(line.deal)
    name = str(deal.facts.get("name") or line.deal) if deal else ""
    return Title(name, name) if name else line_title(dw, line)


def _place(dw: Dealwright, change: ComponentChange) -> Place:
    _, component = component_of(dw.rulebook, change.version, change.component)
    rule = rule_of(dw, change.version)
    return component.place if component else rule.header.place if rule else Place("")


def _notes(lines: list[EarningLine]) -> Iterator[Title]:
    """The steps worth a note, each once."""
    told = {}
    for step in (step for line in lines for step in line.steps):
        if f"{step.name}.{step.code}" in _WORTH_A_NOTE and dict(step.particulars).get("factor") != "1":
            told[step_words(step, "en")] = step_words(step, "zh")
    return (Title(en, zh) for en, zh in told.items())


def _standing(dw: Dealwright, change: ComponentChange) -> PlaceRow | None:
    """Where the window stands before and after; None where there is no place to stand on."""
    _, component = component_of(dw.rulebook, change.version, change.component)
    if change.before is None or change.after is None or not isinstance(component, Commission):
        return None
    tiers = component.rates.tiers
    before, after = (position(place, _plan_currency(change)) for place in (change.before, change.after))
    rates = (tier_shown(tiers[place.tier]) for place in (change.before, change.after))
    return PlaceRow(change.window, before, after, *rates)


def position(place: Standing, currency: str) -> str:
    """A place as people read it; percents to two digits for the eye."""
    return (
        _percent(place.position)
        if place.scale == "attainment"
        else position_text(place.scale, place.position, currency)
    )


def _percent(ratio: Fraction) -> str:
    """`87.5%`, `≈ 33.33%`."""
    sign, size = ("-" if ratio < 0 else ""), abs(ratio)
    shown = Fraction((size * 10_000 * 2 + 1) // 2, 100)
    return f"{'' if shown == size * 100 else '≈ '}{sign}{shown_number(shown)}%"


def tier_shown(tier: Tier) -> str:
    """What a tier pays: `6%`, or its amount."""
    if tier.rate is not None:
        return f"{shown_number(tier.rate * 100)}%"
    return str(tier.flat or tier.per_unit or "0")


def _climb(dw: Dealwright, change: ComponentChange, climb: Climb) -> Title:
    """How far it is to the next tier and what going there pays, in words."""
    scale = change.before.scale if change.before else "amount"
    size = position_text("count" if scale == "count" else "amount", climb.missing, _plan_currency(change))
    start = position_text(scale, climb.tier.start, _plan_currency(change))
    rate = tier_shown(climb.tier)
    en, zh = f"{size} more reach {start}, where {rate} begins", f"再计入 {size} 即达 {start}，进入 {rate} 一档"
    if climb.pays is not None:
        en, zh = f"{en}; that alone would pay {climb.pays}", f"{zh}；仅此一段可得 {climb.pays}"
    return Title(en, zh)
