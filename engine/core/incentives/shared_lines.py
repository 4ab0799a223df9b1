"""Lines of pools and contests: one a payee and window, dated on the window's last day, with the steps that led there.

A trace tells the payee's own figures, and of a pool what is shared; never what another one has.
"""

from fractions import Fraction

from engine.core.incentives.contests import Placing
from engine.core.incentives.lines import EarningLine, Step, line_key
from engine.core.incentives.pools import PoolShare
from engine.core.incentives.trace import (
    eligible_step,
    in_full,
    payable_step,
    percent,
    release_step,
    rounding_step,
    text,
)
from engine.core.money import Money
from engine.core.numerals import shown_number
from engine.core.periods import Period, period_of
from engine.core.records import Cause
from engine.core.rules.plan import Contest, Plan, Pool
from engine.core.rules.rulebook import Rulebook

_CENT = Fraction(1, 10_000)


def pool_line(plan: Plan, pool: Pool, payee: str, share: PoolShare, rulebook: Rulebook) -> EarningLine:
    """A member's line: the pool, its gate, the share and how it was found, the cents that did not divide."""
    steps = {
        "credit": _pool_step(plan, pool, share),
        "gate": _gate_step(pool, share),
        "rate": _share_step(plan, pool, share),
        "proration": Step(
            "proration", plan.proration if share.present != 1 else "none", (("share", percent(share.present)),)
        ),
        "rounding": _remainder_step(share),
    }
    return _line(plan, pool, payee, share.window, "pool", share.part, share.exact, steps, rulebook, share.facts)


def contest_line(plan: Plan, contest: Contest, payee: str, placing: Placing, rulebook: Rulebook) -> EarningLine:
    """A competitor's line: what counts of theirs, their place, their prize; nothing is earned without one."""
    figure = text(placing.amount, plan.currency)
    told = (
        ("measure", contest.rank_by), ("amount", figure), ("place", str(placing.place)), ("tied", str(placing.tied)),
        ("at_least", str(contest.at_least or "")), ("prize", str(placing.prize)), ("ties", contest.ties),
    )  # fmt: skip
    tied = placing.tied > 1 and placing.code == "won"
    code = f"tied_{contest.ties}" if tied else placing.code
    among = (("measure", contest.rank_by), ("amount", figure), ("period", placing.window.id), ("group", placing.group))
    steps = {
        "credit": Step("credit", "contest_of" if placing.group else "contest", among, placing.amount),
        "rate": Step("rate", f"contest_{code}", told, Fraction(placing.prize.minor)),
    }
    exact = Fraction(placing.prize.minor)
    return _line(plan, contest, payee, placing.window, "contest", placing.prize, exact, steps, rulebook)


def _pool_step(plan: Plan, pool: Pool, share: PoolShare) -> Step:
    """What the pool is, and of what."""
    told = (
        ("pool", str(share.pool)), ("period", share.window.id), ("measure", pool.of), ("team", share.team),
        ("measured", text(share.measured, plan.currency)), ("rate", percent(pool.share or Fraction(0))),
        ("formula", pool.amount.source if pool.amount else ""),
    )  # fmt: skip
    code = "pool_amount" if pool.amount else "pool_of_team" if share.team else "pool"
    return Step("credit", code, told, Fraction(share.pool.minor))


def _gate_step(pool: Pool, share: PoolShare) -> Step:
    if pool.gate is None:
        return Step("gate", "none")
    told = (("condition", pool.gate.source), ("place", str(pool.gate.place)), ("kind", pool.gate_kind))
    return Step("gate", share.gate, told)


def _share_step(plan: Plan, pool: Pool, share: PoolShare) -> Step:
    """The member's part of the pool, and how it was found."""
    if share.gate == "not_met" or not share.weights:
        return Step("rate", "no_share", (), Fraction(0))
    ratio = share.weight / share.weights
    weight, weights = shown_number(share.weight), shown_number(share.weights)
    if pool.shared == "by credits":
        weight, weights = text(share.weight, plan.currency), text(share.weights, plan.currency)
    told = (
        ("share", _percent(ratio)), ("sharers", str(share.sharers)), ("weight", weight), ("weights", weights),
        ("formula", pool.weights.source if pool.weights else ""),
    )  # fmt: skip
    return Step("rate", f"shared_{pool.shared.replace(' ', '_')}", told, share.exact)


def _percent(ratio: Fraction) -> str:
    """A share for people, to the hundredth of a percent; `≈` where it is not exact."""
    shown = (ratio / _CENT + Fraction(1, 2)).__floor__() * _CENT
    return f"{'' if shown == ratio else '≈ '}{percent(shown)}"


def _remainder_step(share: PoolShare) -> Step:
    """How the cents that do not divide were settled."""
    told = (("exact", text(share.exact, share.pool.currency)), ("part", str(share.part)))
    return Step("rounding", "remainder" if share.exact.denominator != 1 else "exact", told, share.exact)


def _line(
    plan: Plan, component: Pool | Contest, payee: str, window: Period, kind: str, earned: Money, exact: Fraction,
    steps: dict[str, Step], rulebook: Rulebook, facts: tuple[tuple[str, object], ...] = (),
) -> EarningLine:  # fmt: skip
    """The line; it is released at once, and `steps` are those in which it differs from others."""
    head, zero = plan.header, Money.zero(plan.currency)
    told = {
        "eligible": eligible_step(plan),
        "release": release_step(Fraction(1), False, earned),
        "rounding": rounding_step(plan.rounding, exact, plan.currency),
        "payable": payable_step(earned, earned),
        **steps,
    }
    return EarningLine(
        line_key(head.id, component.id, window.id, payee, kind), head.id, head.version, component.id, window.id, payee,
        kind, kind, "", "", window.last_on, period_of(window.last_on, plan.period, rulebook.company).id, earned, earned,
        exact, zero, zero, (), in_full(told), Cause(head.version, component.place, "", rulebook.fingerprint, facts),
    )  # fmt: skip
