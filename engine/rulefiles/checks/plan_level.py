"""Plans as a whole: caps, draws, guarantees and ramps that can act, and do not work against each other."""

from collections.abc import Iterator
from fractions import Fraction

from engine.core.incentives.adjustments import later
from engine.core.money import Money
from engine.core.problems import Problem
from engine.core.rules.plan import Bonus, Commission, Component, Plan
from engine.core.rules.plan_terms import Draw
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.checks.finding import Path, finding

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ZH = {"month": "月", "quarter": "季", "half": "半年", "year": "年", "plan": "方案有效期"}
_WHATS = {"draw": "预支", "guarantee": "保底"}


def caps_leave_room_for_what_is_promised(rulebook: Rulebook) -> Iterator[Problem]:
    """R305 for a cap below the draw or the guarantee of the same plan, brought to the same length of time."""
    for plan in rulebook.plans:
        promises = (("draw", plan.draw), ("guarantee", plan.guarantee))
        for what, promise in promises:
            if plan.cap and promise and _below(plan.cap.at_most, plan.cap.per, promise.amount, promise.per):
                params = {
                    "cap": str(plan.cap.at_most), "per": plan.cap.per, "per_zh": _ZH[plan.cap.per], "what": what,
                    "what_zh": _WHATS[what], "amount": str(promise.amount), "each": promise.per, "each_zh": _ZH[promise.per],
                }  # fmt: skip
                yield finding(rulebook, plan.header, ("cap", "at_most"), "R305", **params)


def _below(cap: Money, per: str, amount: Money, each: str) -> bool:
    """True when the cap is below the amount for the same time; a cap of the plan's whole time is compared as it is."""
    if cap.currency != amount.currency:
        return False
    times = Fraction(_MONTHS[per], _MONTHS[each]) if per in _MONTHS else Fraction(1)
    return cap.minor < amount.minor * times


def pay_is_lifted_in_one_way(rulebook: Rulebook) -> Iterator[Problem]:
    """R306 for a plan with more than one of a draw, a guarantee, and a guarantee of its ramp."""
    for plan in rulebook.plans:
        ramped = plan.ramp is not None and plan.ramp.guarantee is not None
        if plan.draw and plan.guarantee:
            yield finding(rulebook, plan.header, ("guarantee",), "R306")
        elif ramped and (plan.draw or plan.guarantee):
            yield finding(rulebook, plan.header, ("ramp", "guarantee"), "R306")


def ramps_have_a_quota(rulebook: Rulebook) -> Iterator[Problem]:
    """R307 for a ramp in a plan without a quota."""
    for plan in rulebook.plans:
        quotas = [part.quota for part in plan.components if isinstance(part, Commission) and part.quota]
        if plan.ramp and not quotas:
            yield finding(rulebook, plan.header, ("ramp",), "R307")


def ramps_guarantee_something(rulebook: Rulebook) -> Iterator[Problem]:
    """R312 for a ramp's guarantee in a plan that has no on-target pay."""
    for plan in rulebook.plans:
        if plan.ramp and plan.ramp.guarantee is not None and not any(map(_has_target, plan.components)):
            yield finding(rulebook, plan.header, ("ramp", "guarantee"), "R312")


def _has_target(part: Component) -> bool:
    if isinstance(part, Commission):
        return bool(part.quota) and part.rates.by in ("attainment", "amount")
    return isinstance(part, Bonus) and not part.on


def draws_can_act(rulebook: Rulebook) -> Iterator[Problem]:
    """R308 for a draw that cannot be recovered, R309 for one that ends before it begins, R310 for one without the end at
    which it would be forgiven."""
    for plan in rulebook.plans:
        if plan.draw:
            yield from _draw(rulebook, plan, plan.draw)


def _draw(rulebook: Rulebook, plan: Plan, draw: Draw) -> Iterator[Problem]:
    start = plan.header.in_force.from_on
    if draw.ends and draw.ends <= start:
        params = {"ends": draw.ends.isoformat(), "start": start.isoformat()}
        yield finding(rulebook, plan.header, ("draw", "ends"), "R309", **params)
    elif draw.kind == "forgiven" and draw.ends is None:
        yield finding(rulebook, plan.header, ("draw", "kind"), "R310")
    elif draw.owed_back and draw.rate == 0:
        why = {"why_en": "its rate is 0%", "why_zh": "收回比例为 0%"}
        yield finding(rulebook, plan.header, ("draw", "rate"), "R308", **why)
    elif draw.forgives and draw.ends and draw.starts_after and later(start, draw.starts_after) >= draw.ends:
        why = {
            "why_en": f"what is left on {draw.ends} is forgiven, and recovery begins {draw.starts_after} after the first period",
            "why_zh": f"余额于 {draw.ends} 免收，而收回要到首期之后 {draw.starts_after} 才开始",
        }
        yield finding(rulebook, plan.header, ("draw", "starts_after"), "R308", **why)


def amounts_are_something(rulebook: Rulebook) -> Iterator[Problem]:
    """R311 for an amount at plan level that is not positive."""
    for plan in rulebook.plans:
        for path, money in plan_amounts(plan):
            if money.minor <= 0 and path[0] != "ramp":
                yield finding(rulebook, plan.header, path, "R311", key=".".join(map(str, path)), found=str(money))


def plan_amounts(plan: Plan) -> Iterator[tuple[Path, Money]]:
    """The amounts that a plan writes out for itself, with their paths."""
    cap, draw, guarantee = plan.cap, plan.draw, plan.guarantee
    written: dict[Path, Money | None] = {
        ("cap", "at_most"): cap.at_most if cap else None,
        ("draw", "amount"): draw.amount if draw else None,
        ("draw", "at_most"): draw.at_most if draw else None,
        ("guarantee", "amount"): guarantee.amount if guarantee else None,
        ("quota_rounding",): plan.quota_rounding,
    }
    yield from ((path, money) for path, money in written.items() if money is not None)
    steps = enumerate(plan.ramp.months if plan.ramp else ())
    yield from ((("ramp", "months", number), step) for number, step in steps if isinstance(step, Money))
