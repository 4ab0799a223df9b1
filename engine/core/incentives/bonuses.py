"""Bonuses and fees: lines for grants that events earned, first come within a budget, and for targets of a period."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from engine.core.formulas import EvaluationError, Facts
from engine.core.incentives.adjustments import undoing
from engine.core.incentives.budgets import Given, within_budget
from engine.core.incentives.gathering import WindowInputs
from engine.core.incentives.lines import EarningLine, Step, line_key
from engine.core.incentives.table_rows import read_by
from engine.core.incentives.trace import (
    clawback_step,
    eligible_step,
    in_full,
    multiply_step,
    payable_step,
    percent,
    release_step,
    rounding_step,
)
from engine.core.incentives.worth import exact
from engine.core.money import ExactMoney, Money, Rounding, rounded
from engine.core.periods import Period, period_of
from engine.core.records import Cause, Grant
from engine.core.rules.plan import Bonus, Plan
from engine.core.rules.programme import Programme


def bonus_lines(
    plan: Plan, bonus: Bonus, payee: str, window: Period, grants: Sequence[Grant], inputs: WindowInputs,
    given: Mapping[str, Given] | None = None,
) -> tuple[EarningLine, ...]:  # fmt: skip
    """The lines of a bonus for each event, for one payee and window.

    `given` is what each grant gets of its budgets; without it, `grants` are those of every payee: a budget is shared.
    """
    if given is None:
        given = within_budget(grants, inputs.as_of, bonus.budget_per_person, bonus.count_at_most)
    own = (grant for grant in grants if grant.payee == payee and grant.id in given and window.contains(grant.on))
    ordered = sorted(own, key=lambda grant: (grant.at, grant.event, grant.id))
    return tuple(_bonus_line(plan, bonus, window, grant, given[grant.id], inputs) for grant in ordered)


def referral_lines(
    programme: Programme, payee: str, window: Period, grants: Sequence[Grant], inputs: WindowInputs
) -> tuple[EarningLine, ...]:
    """The lines of a partner's referral fees in a window. A fee has no clawback; a win that was reopened voids it."""
    of = programme.header.id
    own = (g for g in grants if (g.plan, g.payee) == (of, payee) and window.contains(g.on) and g.on <= inputs.as_of)
    steps = {"eligible": Step("eligible", "programme", (("plan", of), ("place", str(programme.header.place))))}
    made = []
    for grant in sorted(own, key=lambda grant: (grant.at, grant.event, grant.id)):
        undone = undoing(grant, None, inputs.as_of)
        taken = grant.amount if undone else Money.zero(grant.amount.currency)
        steps["clawback"] = clawback_step(undone, taken, grant.undone_by, grant.undone_on is not None)
        made.append(
            _line(
                grant,
                programme.header.version,
                window,
                grant.amount.exact,
                Fraction(1),
                grant.amount,
                taken,
                steps,
                inputs.company.rounding,
            )
        )
    return tuple(made)


def target_lines(
    plan: Plan, bonus: Bonus, payee: str, window: Period, present: Fraction, inputs: WindowInputs
) -> tuple[EarningLine, ...]:
    """The line of a bonus paid once a period, from the period's last day on; nothing before.

    `present` is the part of the period that the payee was on the plan (`proration.part_of`); it scales the target. A
    factor that is not set yet pays nothing until it is.
    """
    if bonus.on or inputs.as_of < window.last_on or (bonus.in_force and not bonus.in_force.covers(window.last_on)):
        return ()
    target = bonus.amount.value(inputs.facts)
    if not isinstance(target, Money | ExactMoney):
        raise EvaluationError("E067", bonus.place, credit=bonus.id, formula=bonus.amount.source, event=window.id)
    factor = _factor(bonus, inputs.facts)
    whole = Fraction(target.minor) * (factor or 0)
    amount = ExactMoney(whole * present, plan.currency).rounded(plan.rounding)
    steps = in_full({
        "eligible": eligible_step(plan),
        "credit": Step("credit", "target", (("amount", str(target)), ("period", window.id)), Fraction(target.minor)),
        "multiply": _multiply_step(bonus, factor, whole, inputs.facts),
        "proration": _proration_step(plan, present, whole * present),
        "release": release_step(Fraction(1), False, amount),
        "rounding": rounding_step(plan.rounding, whole * present, plan.currency),
        "payable": payable_step(amount, amount),
    })  # fmt: skip
    reads = bonus.amount.reads | (bonus.multiply.reads if bonus.multiply else frozenset())
    facts = tuple((name, inputs.facts[name]) for name in sorted(reads) if name in inputs.facts)
    zero, head = Money.zero(plan.currency), plan.header
    # Two versions of a plan within one period each pay their own part, on lines of their own.
    source = "target" if head.in_force.from_on <= window.start else f"target {head.in_force.from_on}"
    return (
        EarningLine(
            line_key(head.id, bonus.id, window.id, payee, source), head.id, head.version, bonus.id, window.id, payee,
            "target", "target", "", "", window.last_on, period_of(window.last_on, plan.period, inputs.company).id,
            amount, amount, whole * present, zero, zero, (), steps, Cause(head.version, bonus.place, "", "", facts),
        ),
    )  # fmt: skip


def _bonus_line(
    plan: Plan, bonus: Bonus, window: Period, grant: Grant, found: Given, inputs: WindowInputs
) -> EarningLine:
    given = found.amount
    facts = {**dict(grant.cause.facts), **inputs.facts}
    factor = _factor(bonus, facts)
    amount = given.minor * (factor or Fraction(0))
    earned = ExactMoney(amount, given.currency).rounded(plan.rounding)
    undone = undoing(grant, bonus.clawback, inputs.as_of)
    taken = Money(_whole(earned.minor * undone.share, plan.rounding) if undone else 0, given.currency)
    steps = {
        "eligible": eligible_step(plan),
        "cap": _budget_step(bonus, grant, found),
        "multiply": _multiply_step(bonus, factor, amount, facts),
        "clawback": clawback_step(undone, taken, grant.undone_by, grant.undone_on is not None),
    }
    version = plan.header.version
    return _line(grant, version, window, ExactMoney(amount, given.currency), factor, given, taken, steps, plan.rounding)


def _multiply_step(bonus: Bonus, factor: Fraction | None, after: Fraction, facts: Facts) -> Step:
    if bonus.multiply is None:
        return multiply_step(factor, "", after)
    return multiply_step(factor, bonus.multiply.source, after, read_by(bonus.multiply, facts))


def _proration_step(plan: Plan, present: Fraction, after: Fraction) -> Step:
    return Step("proration", plan.proration if present != 1 else "none", (("share", percent(present)),), after)


def _budget_step(bonus: Bonus, grant: Grant, given: Given) -> Step:
    """Which budget kept something back, or that none did."""
    if grant.budget is None and bonus.budget_per_person is None and bonus.count_at_most is None:
        return Step("cap", "none")
    bounds = {"budget": grant.budget, "person": bonus.budget_per_person, "count": bonus.count_at_most}
    told = (("budget", str(bounds.get(given.bound) or 0)), ("withheld", str(grant.amount - given.amount)))
    code = {"none": "within", "budget": "budget", "person": "budget_per_person", "count": "count"}[given.bound]
    return Step("cap", code, told, Fraction(given.amount.minor))


def _line(
    grant: Grant, version: str, window: Period, amount: ExactMoney, factor: Fraction | None, given: Money, taken: Money,
    steps: Mapping[str, Step], rounding: Rounding,
) -> EarningLine:  # fmt: skip
    """A grant's line; `steps` are those that are not the same for every grant."""
    earned = amount.rounded(rounding) - taken
    told = {
        "credit": Step(
            "credit",
            "grant",
            (*grant.arithmetic, ("event", grant.event), ("deal", grant.deal), ("on", grant.on.isoformat())),
            Fraction(grant.amount.minor),
        ),
        "release": release_step(Fraction(1), False, earned),
        "rounding": rounding_step(rounding, amount.minor, amount.currency),
        "payable": payable_step(earned, earned),
        **steps,
    }
    return EarningLine(
        line_key(grant.plan, grant.component, window.id, grant.payee, grant.id), grant.plan, version, grant.component,
        window.id, grant.payee, grant.id, "grant", grant.deal, grant.event, grant.on, window.id, earned, earned,
        amount.minor, grant.amount - given, taken, (), in_full(told), grant.cause,
    )  # fmt: skip


def _factor(bonus: Bonus, facts: Facts) -> Fraction | None:
    if bonus.multiply is None:
        return Fraction(1)
    value = bonus.multiply.value(facts)
    return None if value is None else exact(value)


def _whole(amount: Fraction, rounding: Rounding) -> int:
    return rounded(amount.numerator, amount.denominator, rounding)
