"""Scorecards: weights are whole, points can be worked out, and whoever asks for a score can have one."""

from collections.abc import Container, Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from engine.core.formulas import Formula
from engine.core.incentives.score_facts import PREFIX, SATISFACTION, SUBJECTS, asks_scorecard, window_formulas
from engine.core.numerals import shown_number
from engine.core.problems import Problem
from engine.core.rules.ladder import Ladder
from engine.core.rules.plan import Commission, Component, OwnComponent, Plan
from engine.core.rules.rulebook import Rulebook
from engine.core.rules.scorecard import Scorecard
from engine.rulefiles.checks.finding import Path, finding, formulas_in, listed, twice

_ROLE = frozenset({"owner.role", "person.role"})


def kpis_have_one_id_each(rulebook: Rulebook) -> Iterator[Problem]:
    """R214 for a KPI or a grade that stands before."""
    for card in rulebook.scorecards:
        yield from twice(rulebook, card.header, ((kpi.id, ("kpis", n, "kpi")) for n, kpi in enumerate(card.kpis)))
        grades = ((grade.grade, ("grades", n, "grade")) for n, grade in enumerate(card.grades))
        yield from twice(rulebook, card.header, grades)


def weights_total_100(rulebook: Rulebook) -> Iterator[Problem]:
    """R321 when the KPIs' weights do not total 100 %, with each of them by name."""
    for card in rulebook.scorecards:
        total = sum((kpi.weight for kpi in card.kpis), Fraction(0))
        if total != 1:
            each = ", ".join(f"{kpi.id} {_percent(kpi.weight)}" for kpi in card.kpis)
            yield finding(rulebook, card.header, ("kpis",), "R321", total=_percent(total), each=each)


def points_can_be_worked_out(rulebook: Rulebook) -> Iterator[Problem]:
    """R323 for a line that does not rise from one place to another; R324, R325 for bands and grades out of order."""
    for card in rulebook.scorecards:
        for number, kpi in enumerate(card.kpis):
            path = ("kpis", number, "scoring")
            if kpi.linear and (kpi.linear.start == kpi.linear.end or kpi.linear.floor >= kpi.linear.ceiling):
                yield finding(rulebook, card.header, (*path, "linear"), "R323")
            yield from _rising(rulebook, card, (*path, "bands"), [band.start for band in kpi.bands])
        yield from _rising(rulebook, card, ("grades",), [grade.start for grade in card.grades])


def _rising(rulebook: Rulebook, card: Scorecard, path: Path, starts: list[Fraction]) -> Iterator[Problem]:
    if starts and starts[0] != 0:
        yield finding(rulebook, card.header, (*path, 0, "from"), "R325")
    for number, (before, start) in enumerate(pairwise(starts), 1):
        if start <= before:
            yield finding(rulebook, card.header, (*path, number, "from"), "R324")


def values_can_be_known(rulebook: Rulebook) -> Iterator[Problem]:
    """R322 for what a scorecard reads and nobody can tell of a person and a period."""
    counted = {measure.name: measure for measure in rulebook.measures()}
    own = [name for name, one in counted.items() if _of_person(name) and not one.within]
    summed = {rule.name for plan in rulebook.plans for rule in plan.credits}
    summed |= {name for name in own if counted[name].function == "sum"}
    for card in rulebook.scorecards:
        for kpi in card.kpis:
            if kpi.value:
                yield from _unknown(kpi.value, counted.keys() - set(own), summed)
        if card.scores:
            yield from _unknown(card.scores, {*counted, *SATISFACTION}, ())


def _unknown(formula: Formula, not_known: Container[str], attained: Container[str]) -> Iterator[Problem]:
    """R322 for each name that is neither a fact of the person nor an attainment that can be worked out."""
    for name in sorted(formula.reads):
        asked, _, measure = name.partition("(")
        of_period = asked == "attainment" and measure.rpartition(",")[0] in attained
        if not of_period and not (_of_person(name) and name not in not_known):
            yield _at(formula, "R322", found=name)


def _of_person(name: str) -> bool:
    return name.partition(".")[0] in SUBJECTS


def scores_are_asked_where_they_are_known(rulebook: Rulebook) -> Iterator[Problem]:
    """R320 for `scorecard.*` in what is decided when an event comes; a score is known of a period only.
    R418 for customers' answers about a person, which only a scorecard counts."""
    for rule in rulebook.rules():
        if isinstance(rule, Ladder | Scorecard):
            continue
        known = [id(f) for c in rule.components for f in window_formulas(c)] if isinstance(rule, Plan) else []
        for formula in formulas_in(rule):
            yield from (_at(formula, "R418", found=name) for name in sorted(formula.reads) if name in SATISFACTION)
            for name in sorted(formula.reads) if id(formula) not in known else ():
                if name.startswith(PREFIX):
                    yield _at(formula, "R320", found=name)


def scorecards_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """R226 where no scorecard scores those whom the plan pays, R328 where two do, R329 where it has no grades; R043 where
    one is named for nothing."""
    for plan in rulebook.plans:
        for component in plan.components:
            if not isinstance(component, OwnComponent):
                continue
            if asks_scorecard(component):
                yield from _asked(rulebook, plan, component)
            elif component.scorecard:
                path = ("components", plan.components.index(component), "scorecard")
                why = {"why_en": "nothing here asks `scorecard.*`", "why_zh": "此处没有用到 `scorecard.*`"}
                yield finding(rulebook, plan.header, path, "R043", key="scorecard", **why)


def _asked(rulebook: Rulebook, plan: Plan, component: OwnComponent) -> Iterator[Problem]:
    cards = list(_candidates(rulebook, plan, component))
    formula, name = next(
        (f, n) for f in window_formulas(component) for n in sorted(f.reads) if n.startswith(PREFIX)
    )  # fmt: skip
    paid = [role for role in rulebook.company.roles if _holds(plan.pays, role)]
    without = [role for role in paid if not any(_may_score(card, role) for card in cards)]
    # A scorecard scores people; whom a plan pays because of a partner's facts never has a score.
    without += ["partner"] if plan.pays and any(n.startswith("partner") for n in plan.pays.reads) else []
    if not cards or without:
        yield _at(
            formula, "R226", found=name, roles=listed(without), period=_window(plan, component), known=_listed(rulebook)
        )
    ids = {card.header.id for card in cards for role in paid if _holds(card.scores, role)}
    clash = [role for role in paid if len({c.header.id for c in cards if _holds(c.scores, role)}) > 1]
    if clash:
        yield _at(formula, "R328", roles=listed(clash), known=listed(sorted(ids)))
    yield from _without_grades(component, [card for card in cards if any(_may_score(card, role) for role in paid)])


def _without_grades(component: Component, cards: Iterable[Scorecard]) -> Iterator[Problem]:
    bare = listed(card.header.id for card in cards if not card.grades)
    for formula in window_formulas(component) if bare != listed(()) else ():
        for name in sorted(formula.reads & {"scorecard.grade", "scorecard.multiplier"}):
            yield _at(formula, "R329", found=name, scorecard=bare)


def _candidates(rulebook: Rulebook, plan: Plan, component: OwnComponent) -> Iterator[Scorecard]:
    """The scorecards that the component may ask: of its window's kind, at some time when the plan is in force."""
    for card in rulebook.scorecards:
        named = component.scorecard in ("", card.header.id)
        if named and card.period == _window(plan, component) and card.header.in_force.overlaps(plan.header.in_force):
            yield card


def _window(plan: Plan, component: Component) -> str:
    return component.measured_over if isinstance(component, Commission) else plan.period


def _holds(formula: Formula | None, role: str) -> bool:
    """True when a condition holds by the role alone."""
    return formula is None or (formula.reads <= _ROLE and formula.holds(dict.fromkeys(_ROLE, role)))


def _may_score(card: Scorecard, role: str) -> bool:
    """False only where it is certain: the scorecard looks at nothing but the role, and not at this one."""
    return card.scores is None or not card.scores.reads <= _ROLE or _holds(card.scores, role)


def _listed(rulebook: Rulebook) -> str:
    return listed(dict.fromkeys(f"{card.header.id} ({card.period})" for card in rulebook.scorecards))


def _at(formula: Formula, code: str, **params: str) -> Problem:
    return Problem(code, formula.place, params, width=len(formula.source))


def _percent(ratio: Fraction) -> str:
    return f"{shown_number(ratio * 100)}%"
