"""Why a payee did not get a rate or an amount: every reason as data, with its place, found in the lines themselves.

The same lines are read that a payout would post on that day, so that the answer cannot differ from the pay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.core.incentives.lines import EarningLine
from engine.core.incentives.owed import owed
from engine.core.incentives.own_parts import of_oneself, pays_by_oneself
from engine.core.incentives.payee_desk import Books
from engine.core.incentives.payees import Payee, payee_facts, pays
from engine.core.incentives.reasons import Reason, reason
from engine.core.incentives.reasons_of_lines import reasons_of_lines
from engine.core.incentives.standing import Standing, next_tier, quota_in, standing
from engine.core.incentives.trace import percent, position_text, text
from engine.core.incentives.windows import window_of
from engine.core.money import ExactMoney, Money
from engine.core.periods import Period
from engine.core.records import Person
from engine.core.rules.plan import Bonus, Commission, Component, OwnComponent, Plan, Tier
from engine.core.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Asked:
    """What a payee asks: not this rate (a ratio), not this amount; neither: why nothing, or why not more."""

    component: str
    rate: Fraction | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answer: reasons in the order in which they bear, the lines that were read, and where the window stands.

    `reached` is True when what was asked for is paid already.
    """

    payee: str
    component: str
    on: date
    reasons: tuple[Reason, ...]
    lines: tuple[EarningLine, ...] = ()
    plan: Plan | None = None
    part: Component | None = None
    window: Period | None = None
    standing: Standing | None = None
    reached: bool = False


@dataclass(frozen=True, slots=True)
class _Desk:
    """One question at work."""

    rulebook: Rulebook
    payee: Payee
    books: Books
    asked: Asked
    on: date
    plan: Plan
    part: OwnComponent
    window: Period
    lines: tuple[EarningLine, ...]

    @property
    def currency(self) -> str:
        """The plan's."""
        return self.plan.currency


def why_not(rulebook: Rulebook, payee: Payee, books: Books, asked: Asked, on: date) -> WhyNot:
    """Why the payee did not get what is asked, as known on that day. Raises EvaluationError as `owed` does."""
    found = [(plan, part) for plan in rulebook.plans for part in plan.components if part.id == asked.component]
    if not found:
        names = sorted({part.id for plan in rulebook.plans for part in plan.components})
        return _only(payee, asked, on, reason("no_component", component=asked.component, components=", ".join(names)))
    plan, part = next((pair for pair in found if pair[0].header.in_force.covers(on)), found[-1])
    refused = unpaid(plan, part, payee, on)
    if refused:
        return _only(payee, asked, on, refused)
    if not isinstance(part, Commission | Bonus) or not pays_by_oneself(part):
        return _only(payee, asked, on, reason("of_everybody", part.place, component=part.id))
    kind = part.measured_over if isinstance(part, Commission) else plan.period
    window = window_of(on, kind, rulebook.company, plan)
    every = owed(of_oneself(rulebook), payee, books, on)
    lines = tuple(
        line for line in every if (line.plan, line.component, line.window) == (plan.header.id, part.id, window.id)
    )
    return _answer(_Desk(rulebook, payee, books, asked, on, plan, part, window, lines))


def _only(payee: Payee, asked: Asked, on: date, said: Reason) -> WhyNot:
    return WhyNot(payee.id, asked.component, on, (said,))


def unpaid(plan: Plan, part: Component, payee: Payee, on: date) -> Reason | None:
    """Why the plan does not pay the payee on that day at all, or None."""
    told = {"payee": payee.id, "plan": plan.header.id, "on": on.isoformat(), "component": part.id}
    span = plan.header.in_force
    if not span.covers(on):
        days = {"from": span.from_on.isoformat(), "until": str(span.until_on or "–")}
        return reason("plan_not_in_force", plan.header.place, **told, **days)
    if isinstance(payee, Person) and not payee.employed(on):
        return reason("not_employed", plan.header.place, **told)
    if not pays(plan, payee, on):
        if plan.pays is None:
            return reason("partners_not_asked_for", plan.header.place, **told)
        return reason(
            "not_on_plan", plan.pays.place, plan.pays, payee_facts(payee, on), **told, condition=plan.pays.source
        )
    if part.in_force is not None and not part.in_force.covers(on):
        return reason("component_not_in_force", part.place, **told)
    return None


def _answer(desk: _Desk) -> WhyNot:
    place = _standing(desk)
    reached, reasons = False, list[Reason]()
    if isinstance(desk.part, Commission):
        reached, reasons = _of_commission(desk, desk.part, place)
    elif isinstance(desk.part, Bonus):
        reasons = list(_of_bonus(desk, desk.part))
    earned = Money.total((line.earned for line in desk.lines), desk.currency)
    told = {"component": desk.part.id, "earned": str(earned), "window": desk.window.id}
    reasons += reasons_of_lines(desk.part, desk.lines, desk.window, desk.currency)
    reasons.append(reason("earned", desk.part.place, **told))
    if desk.asked.amount is not None and desk.asked.amount.currency == desk.currency:
        reasons.append(_of_amount(desk, earned, desk.asked.amount))
        reached = reached or earned >= desk.asked.amount
    return WhyNot(
        desk.payee.id, desk.asked.component, desk.on, tuple(reasons), desk.lines, desk.plan, desk.part, desk.window, place,
        reached,
    )  # fmt: skip


def _standing(desk: _Desk) -> Standing | None:
    if not isinstance(desk.part, Commission):
        return None
    quota = quota_in(desk.lines)
    return standing(desk.part, desk.payee.id, desk.window, desk.books.credits, quota, desk.on)


def _of_amount(desk: _Desk, earned: Money, wanted: Money) -> Reason:
    code = "amount_reached" if earned >= wanted else "amount_missed"
    return reason(code, desk.part.place, wanted=str(wanted), missing=str(wanted - earned))


def _of_commission(desk: _Desk, part: Commission, place: Standing | None) -> tuple[bool, list[Reason]]:
    """Whether the wanted rate is reached, and what stands between."""
    if not desk.lines:
        return False, [_no_credit(desk, part), *_way_from_nothing(desk, part)]
    if desk.asked.rate is None:
        above = next_tier(part, place) if place else None
        return False, list(_below(desk, part, place, above[1])) if place and above else []
    tier = next((tier for tier in part.rates.tiers if tier.rate == desk.asked.rate), None)
    if tier is None:
        tiers = ", ".join(_tier(desk, one) for one in part.rates.tiers)
        return False, [
            reason("no_such_rate", part.rates.place, component=part.id, wanted=percent(desk.asked.rate), tiers=tiers)
        ]
    if place is None:
        return False, []
    if place.missing(tier.start) > 0:
        return False, list(_below(desk, part, place, tier))
    return True, list(_reached(desk, part, place, tier))


def _no_credit(desk: _Desk, part: Commission) -> Reason:
    return reason("no_credit", part.place, measure=part.measure, payee=desk.payee.id, window=desk.window.id)


def _way_from_nothing(desk: _Desk, part: Commission) -> Iterator[Reason]:
    """What would reach the wanted tier, where that can be said without a quota."""
    tier = next((tier for tier in part.rates.tiers if tier.rate == desk.asked.rate), None)
    if tier is None or desk.asked.rate is None or part.rates.by not in ("amount", "count"):
        return
    told = {"measure": part.measure, "until": desk.window.last_on.isoformat(), "events": _events(desk.rulebook, part)}
    yield reason("would_change", tier.place, **told, missing=_size(desk, part, tier.start))


def _events(rulebook: Rulebook, part: Commission) -> str:
    """The event types on which the measure is credited."""
    found = {rule.on for plan in rulebook.plans for rule in plan.credits if rule.name == part.measure}
    return ", ".join(sorted(found))


def _below(desk: _Desk, part: Commission, place: Standing, tier: Tier) -> Iterator[Reason]:
    """How far below the tier the window stands, and what would change it."""
    missing = place.missing(tier.start)
    told = {**_placed(desk, part, place, tier), "measure": part.measure, "missing": _size(desk, part, missing)}
    yield reason("below", tier.place, **told)
    if place.scale == "attainment":
        yield reason("missed_by", tier.place, **told, points=percent(tier.start - place.position))
    else:
        yield reason("missed_by_amount", tier.place, **told)
    events, until = _events(desk.rulebook, part), desk.window.last_on.isoformat()
    yield reason("would_change", tier.place, **told, until=until, events=events)


def _reached(desk: _Desk, part: Commission, place: Standing, tier: Tier) -> Iterator[Reason]:
    """The tier is reached; where only what lies above pays at its rate, how much that is."""
    told = _placed(desk, part, place, tier)
    yield reason("reached", tier.place, **told)
    if part.rates.method == "marginal":
        own = [s for line in desk.lines for s in line.slices if part.rates.tiers[s.tier] is tier]
        base, amount = (sum((getattr(s, name) for s in own), Fraction(0)) for name in ("base", "amount"))
        yield reason(
            "reached_part", tier.place, **told, base=text(base, desk.currency), amount=text(amount, desk.currency)
        )


def _placed(desk: _Desk, part: Commission, place: Standing, tier: Tier) -> dict[str, str]:
    shown = {name: position_text(place.scale, at, desk.currency)
             for name, at in (("start", tier.start), ("position", place.position))}  # fmt: skip
    return {
        **shown,
        "wanted": _rate(desk, tier),
        "window": desk.window.id,
        "tier": _rate(desk, part.rates.tiers[place.tier]),
    }


def _size(desk: _Desk, part: Commission, size: Fraction) -> str:
    return position_text("count" if part.rates.by == "count" else "amount", size, desk.currency)


def _tier(desk: _Desk, tier: Tier) -> str:
    scale = desk.part.rates.by if isinstance(desk.part, Commission) else "amount"
    return f"{_rate(desk, tier)} ({position_text(scale, tier.start, desk.currency)})"


def _rate(desk: _Desk, tier: Tier) -> str:
    """What a tier pays: `6%`, or its amount."""
    if tier.rate is not None:
        return percent(tier.rate)
    amount = tier.flat or tier.per_unit
    return str(amount or ExactMoney(Fraction(0), desk.currency))


def _of_bonus(desk: _Desk, part: Bonus) -> Iterator[Reason]:
    """Why a bonus was not given: no event met its condition, or its period has not ended."""
    if not part.on and desk.on < desk.window.last_on:
        yield reason("not_ended", part.place, window=desk.window.id, until=desk.window.last_on.isoformat())
    elif part.on and not desk.lines:
        condition, where = (part.when.source, part.when.place) if part.when else ("", part.place)
        told = {"events": part.on, "payee": desk.payee.id, "window": desk.window.id, "condition": condition}
        yield reason("no_grant", where, part.when, **told)
