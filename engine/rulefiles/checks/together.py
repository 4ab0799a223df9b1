"""Pools, contests and ranks: their credits exist, and their formulas ask only what is known of several people."""

from collections.abc import Iterable, Iterator

from engine.core.formulas import Formula
from engine.core.incentives.counting import Question, questions
from engine.core.incentives.together import window_formulas
from engine.core.problems import Problem
from engine.core.rules.plan import Bonus, Commission, Component, Contest, Plan, Pool
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.checks.finding import finding, formulas_in, listed
from engine.rulefiles.values import nearest_first

_LENGTHS = ("week", "month", "quarter", "half", "year")
_PERSON = ("owner", "owner.", "person", "person.", "partner", "partner.")
_DAY = "event.on"
"""Asked wherever amounts of two currencies may meet; a pool answers with its window's last day."""

_MEMBER = (*_PERSON, _DAY, "team.", "attainment(", "rank(")


def shared_credits_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """R240 for a pool or contest of credits that no plan makes."""
    known = list(dict.fromkeys(rule.name for plan in rulebook.plans for rule in plan.credits))
    for plan in rulebook.plans:
        for number, component in enumerate(plan.components):
            of, key = ("", "")
            if isinstance(component, Pool):
                of, key = component.of, "of"
            elif isinstance(component, Contest):
                of, key = component.rank_by, "rank_by"
            if of and of not in known:
                names = listed(nearest_first(of, known))
                yield finding(rulebook, plan.header, ("components", number, key), "R240", found=of, known=names)


def pools_ask_what_is_known(rulebook: Rulebook) -> Iterator[Problem]:
    """R341 for a fact that is not known of a member, or of the pool as a whole."""
    for plan in rulebook.plans:
        for pool in (component for component in plan.components if isinstance(component, Pool)):
            yield from _unknown(pool.members, _PERSON, "a member of a pool", "奖金池的成员", "owner.*, partner.*")
            for formula in (pool.gate, pool.weights):
                known = "owner.*, partner.*, team.<credit>, team.members, attainment(…), rank(…)"
                yield from _unknown(formula, _MEMBER, "a member of a pool", "奖金池的成员", known)
            known = "team.<credit>, team.members"
            yield from _unknown(pool.amount, ("team.", _DAY, "rank("), "a pool as a whole", "奖金池整体", known)


def _unknown(formula: Formula | None, allowed: tuple[str, ...], en: str, zh: str, known: str) -> Iterator[Problem]:
    """R341 for each fact of a formula that begins with nothing allowed. A name without a dot must be it exactly."""
    for name in sorted(formula.reads if formula else ()):
        if not any(name == start or (start[-1] in ".(" and name.startswith(start)) for start in allowed):
            params = {"found": name, "whom_en": en, "whom_zh": zh, "known": known}
            yield _at(formula, "R341", **params)


def ranks_are_known_where_they_are_asked(rulebook: Rulebook) -> Iterator[Problem]:
    """R339 for a rank asked where none is supplied, R340 for one that cannot be found."""
    credits = {rule.name for plan in rulebook.plans for rule in plan.credits}
    supplied: set[int] = set()
    for plan in rulebook.plans:
        for component in plan.components:
            for formula in _asked_of_windows(component):
                supplied.add(id(formula))
                yield from _unanswerable(formula, _window_kind(plan, component), plan.period, credits)
    for rule in rulebook.rules():
        for formula in formulas_in(rule):
            for one in _ranks(formula.reads) if id(formula) not in supplied else ():
                yield _at(formula, "R339", found=one.fact)


def commissions_need_not_wait_for_a_rank(rulebook: Rulebook) -> Iterator[Problem]:
    """R342, a warning, for a factor that has no value before a rank is known. Told where it reads nothing but ranks."""
    for plan in rulebook.plans:
        for component in plan.components:
            factor = component.multiply if isinstance(component, Commission) else None
            ranks = [one for one in _ranks(factor.reads) if one.period[0].isalpha()] if factor else []
            if factor and ranks and factor.reads == {one.fact for one in ranks} and factor.value({}) is None:
                yield _at(factor, "R342", found=ranks[0].fact)


def _asked_of_windows(component: Component) -> list[Formula]:
    """The formulas of a component to which ranks are supplied."""
    found: list[Formula | None] = []
    if isinstance(component, Pool):
        found = [component.gate, component.weights]
    elif not isinstance(component, Contest):
        found = list(window_formulas(component))
    return [formula for formula in found if formula is not None]


def _window_kind(plan: Plan, component: Component) -> str:
    return plan.period if isinstance(component, Bonus) else component.measured_over


def _unanswerable(formula: Formula, window: str, period: str, credits: set[str]) -> Iterator[Problem]:
    """R340 for a rank by what is no credit, or over a part of the window, of which each window has several."""
    for one in _ranks(formula.reads):
        over = period if one.period == "period" else one.period
        if one.measure not in credits:
            why = (f"`{one.measure}` is not a credit of a plan", f"`{one.measure}` 不是方案的业绩")
        elif over in _LENGTHS and over in _LENGTHS[: (*_LENGTHS, window).index(window)]:
            why = (f"a {over} is only a part of the {window} that is paid", f"{over} 只是所计 {window} 的一部分")
        else:
            continue
        yield _at(formula, "R340", found=one.fact, why_en=why[0], why_zh=why[1], window=window)


def _ranks(reads: Iterable[str]) -> Iterator[Question]:
    return (one for one in questions(reads) if one.function == "rank")


def _at(formula: Formula | None, code: str, **params: str) -> Problem:
    """A problem under a whole formula."""
    assert formula is not None, "only what is written can be wrong"
    return Problem(code, formula.place, params, width=len(formula.source))
