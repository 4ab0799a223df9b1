"""What depends on everybody: shares of pools, places in contests, ranks, and what is left of budgets.

It is found once for a whole calculation. What a payee is owed then depends on their own records and their own part of
this, so that payees can be calculated apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from engine.core.formulas import EvaluationError, Facts, Formula
from engine.core.incentives.budgets import Given, within_budget
from engine.core.incentives.contests import Placing, placings
from engine.core.incentives.counting import Everybody, Question, answers, everybody, questions
from engine.core.incentives.open_days import EVERY_DAY, OpenDays
from engine.core.incentives.payees import Payee
from engine.core.incentives.pools import PoolShare, pool_shares
from engine.core.incentives.roster import Roster
from engine.core.incentives.windows import PLAN, plan_window
from engine.core.periods import Period, next_period, period_of
from engine.core.records import Credit, Grant, Quota
from engine.core.rules.plan import Bonus, Commission, Component, Contest, Plan, Pool
from engine.core.rules.rulebook import Rulebook

Part = tuple[str, str]
"""A plan's version and the id of its component."""


@dataclass(slots=True)
class Mine:
    """One payee's part of what depends on everybody.

    `shares` and `places` are by component, in the order of windows; an error stands where a rule lacks something.
    `ranks` are facts by component and window; `failed` is what kept them out of all of it; `given` is what each grant gets of its budgets, by the grant's id.
    """

    shares: dict[Part, list[PoolShare | EvaluationError]] = field(default_factory=dict)
    places: dict[Part, list[Placing | EvaluationError]] = field(default_factory=dict)
    ranks: dict[tuple[Part, str], Facts | EvaluationError] = field(default_factory=dict)
    failed: EvaluationError | None = None
    given: dict[str, Given] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Together:
    """Everybody's part, by payee."""

    by_payee: Mapping[str, Mine] = field(default_factory=dict)

    def of(self, payee: str) -> Mine:
        """The payee's part; an empty one for who has none."""
        return self.by_payee.get(payee, Mine())


def together(
    rulebook: Rulebook,
    payees: Iterable[Payee],
    credits: Iterable[Credit],
    grants: Iterable[Grant],
    as_of: date,
    quotas: Sequence[Quota] = (),
    open: OpenDays = EVERY_DAY,
    first_on: date | None = None,
) -> Together:
    """Everything that depends on more than one payee, as known on a day. Pure; the order of records does not matter.

    Nothing is raised: an error goes to those whose pay it concerns. `quotas` are for gates that ask an attainment. Where
    not every day is `open`, only windows with open days are found, and credits of other days need not be there; then
    `first_on` is the day of the first credit of all.
    """
    roster = Roster.of(rulebook, payees)
    who = everybody(rulebook, roster, credits, quotas, as_of)
    found: dict[str, Mine] = {id: Mine() for id in roster.payees}
    first_on = first_on or min((credit.on for named in who.credits.values() for credit in named), default=as_of)
    by_component: dict[tuple[str, str], list[Grant]] = {}
    for grant in grants:
        by_component.setdefault((grant.plan, grant.component), []).append(grant)
    for plan in rulebook.plans:
        for component in plan.components:
            _add(found, who, plan, component, first_on, open)
            if isinstance(component, Bonus):
                _add_given(found, plan, component, by_component.get((plan.header.id, component.id), ()), as_of)
    for id, error in roster.failed.items():
        found[id].failed = error
    return Together(found)


def _add(
    found: Mapping[str, Mine], who: Everybody, plan: Plan, component: Component, first_on: date, open: OpenDays
) -> None:
    """Adds the shares, places and ranks of one component."""
    part = (plan.header.version, component.id)
    if isinstance(component, Pool):
        for window in filter(open.meets, _ended(who, plan, component, first_on)):
            for id, share in pool_shares(who, plan, component, window).items():
                found[id].shares.setdefault(part, []).append(share)
    elif isinstance(component, Contest):
        for window in filter(open.meets, _ended(who, plan, component, first_on)):
            for id, placing in placings(who, plan, component, window).items():
                found[id].places.setdefault(part, []).append(placing)
    else:
        _add_ranks(found, who, plan, component, first_on, open)


def _ended(who: Everybody, plan: Plan, component: Pool | Contest, first_on: date) -> Iterator[Period]:
    """The windows that have ended, and on whose last day the component was in force; the plan pays nobody outside it."""
    span = component.in_force
    for window in _windows(who, plan, component.measured_over, first_on):
        if window.last_on <= who.as_of and (span is None or span.covers(window.last_on)):
            yield window


def _windows(who: Everybody, plan: Plan, kind: str, first_on: date) -> Iterator[Period]:
    """The windows from the plan's first day on, or from the first credit where it has always been in force."""
    company, begins = who.rulebook.company, plan.header.in_force.from_on
    if kind == PLAN:
        yield plan_window(plan, company)
        return
    window = period_of(first_on if begins == date.min else begins, kind, company)
    until = plan.header.in_force.until_on
    while window.start <= who.as_of and (until is None or window.start < until):
        yield window
        window = next_period(window, company)


def _add_ranks(
    found: Mapping[str, Mine], who: Everybody, plan: Plan, component: Commission | Bonus, first_on: date,
    open: OpenDays,
) -> None:  # fmt: skip
    """Adds the ranks that a component's formulas ask, as facts of each of its windows."""
    reads = {name for formula in window_formulas(component) for name in formula.reads}
    asked = tuple(one for one in questions(reads) if one.function == "rank")
    part = (plan.header.version, component.id)
    kind = component.measured_over if isinstance(component, Commission) else plan.period
    for window in filter(open.meets, _windows(who, plan, kind, first_on)) if asked else ():
        for id, mine in found.items():
            mine.ranks[part, window.id] = _answered(who, plan, component, window, id, asked)


def _answered(
    who: Everybody, plan: Plan, component: Component, window: Period, payee: str, asked: Sequence[Question]
) -> Facts | EvaluationError:
    """The answers, or what is lacking for them."""
    try:
        return answers(who, plan, component, window, payee, asked)
    except EvaluationError as error:
        return error


def needs_credits(rulebook: Rulebook) -> bool:
    """Whether some plan has a pool or contest, or asks a rank: all that needs everybody's credits."""
    parts = (component for plan in rulebook.plans for component in plan.components)
    return any(isinstance(part, Pool | Contest) or asks_ranks(part) for part in parts)


def asks_ranks(component: Component) -> bool:
    """Whether a commission's or bonus's formulas ask a rank."""
    return isinstance(component, Commission | Bonus) and any(
        name.startswith("rank(") for formula in window_formulas(component) for name in formula.reads
    )


def window_formulas(component: Commission | Bonus) -> tuple[Formula, ...]:
    """The formulas of a component that are asked of a window, and so may ask a rank."""
    formulas = [component.multiply]
    if isinstance(component, Commission):
        formulas += [component.gate, component.rates.by_formula]
    elif not component.on:
        formulas.append(component.amount)
    return tuple(formula for formula in formulas if formula)


def _add_given(found: Mapping[str, Mine], plan: Plan, bonus: Bonus, grants: Sequence[Grant], as_of: date) -> None:
    """Adds what each grant of a bonus gets. Each version of a plan has its own budgets."""
    own = [grant for grant in grants if plan.header.in_force.covers(grant.on)]
    given = within_budget(own, as_of, bonus.budget_per_person, bonus.count_at_most)
    for grant in own:
        if grant.payee in found and grant.id in given:
            found[grant.payee].given[grant.id] = given[grant.id]
