"""Why a payee did not get a rate or an amount, as an explanation: reasons in words, conditions, and the rows of the rule."""

from collections.abc import Mapping

from engine.app.dealwright import Dealwright
from engine.app.estimate_questions import read_amount, read_day
from engine.app.estimating import problem_of
from engine.app.line_causes import line_title
from engine.app.next_amount import name_of, note_look, payee_seen
from engine.app.payee_books import payee_books
from engine.app.reading import Around, around, component_title, header_title
from engine.app.refusals import Problems, not_done
from engine.app.views.choices import Belongs
from engine.app.views.explaining import CauseLink, ConditionRow, Explanation, RuleExcerpt
from engine.app.views.users import User
from engine.app.why import excerpt, trace_rows
from engine.app.words import word
from engine.core.events import RULE_EVENTS
from engine.core.formulas import EvaluationError
from engine.core.incentives.payees import Payee
from engine.core.incentives.reasons import Reason
from engine.core.incentives.why_not_paid import Asked, WhyNot, why_not
from engine.core.money import Money
from engine.core.numerals import Unreadable, exact_number
from engine.core.problems import Problem
from engine.core.rules.header import Title
from engine.core.rules.plan import Commission

AT_MOST = 5
"""Lines that an answer leads to."""


def why_not_pay(
    dw: Dealwright, payee: str, component: str, wanted: str, on: str, viewer: User
) -> Explanation | Problems:
    """Why not that rate (`9%`) or amount, or with nothing wanted, why no more; or what is wrong with the question.

    Raises NotThere, NotYours; another's pay being looked at is written in the audit trail.
    """
    chosen = payee or viewer.person
    with dw.database.unit() as unit:
        who = payee_seen(unit, chosen, viewer)
        asked, day = read_wanted(dw, component, wanted), read_day(dw, on)
        problems = tuple(one for one in (asked, day) if isinstance(one, Problem))
        if problems or isinstance(asked, Problem) or isinstance(day, Problem):
            return problems
        books = payee_books(unit, who.id)
        try:
            found = why_not(dw.rulebook, who, books, asked, day)
        except EvaluationError as error:
            return (problem_of(error, who.id),)
        known = around(unit, {line.deal for line in found.lines if line.deal})
    note_look(dw, viewer, who.id, {"why_not": component})
    return _explained(dw, who, found, wanted, known)


def read_wanted(dw: Dealwright, component: str, text: str) -> Asked | Problem:
    """What is asked about: a rate, an amount, or nothing in particular. E153 for anything else."""
    shown = text.strip()
    if not shown:
        return Asked(component)
    if shown.endswith("%"):
        try:
            return Asked(component, rate=exact_number(shown[:-1].strip()) / 100)
        except Unreadable:
            return not_done("E153", text=text)
    amount = read_amount(shown, _currency(dw, component))
    return Asked(component, amount=amount) if isinstance(amount, Money) else not_done("E153", text=text)


def _currency(dw: Dealwright, component: str) -> str:
    """The currency of the plan that has the component, else the company's."""
    plans = (plan for plan in dw.rulebook.plans if any(part.id == component for part in plan.components))
    plan = next(plans, None)
    return plan.currency if plan else dw.rulebook.company.currency


def _explained(dw: Dealwright, who: Payee, found: WhyNot, wanted: str, known: Around) -> Explanation:
    names = _names(dw, who, found, known)
    said = [reason.words(names) for reason in found.reasons]
    links = [CauseLink(line_title(dw, line), line.key) for line in found.lines[-AT_MOST:]]
    rows = tuple(row for reason in found.reasons for row in _condition(dw, reason, known))
    return Explanation(
        f"{who.id}/{found.component}", "why_not_pay", _title(names, found, wanted), said[0], Belongs(frozenset({who.id})),
        rules=_excerpts(dw, found), conditions=rows, causes=tuple(links), release=dw.rulebook.fingerprint,
        reasons=tuple(said[1:]),
    )  # fmt: skip


def _title(names: Mapping[str, Title], found: WhyNot, wanted: str) -> Title:
    title = names.get(found.component, Title(found.component, found.component))
    if not wanted.strip():
        return Title(f"{title.show('en')}: why no more?", f"{title.show('zh')}：为什么没有更多？")
    return Title(f"{title.show('en')}: why not {wanted}?", f"{title.show('zh')}：为什么不是 {wanted}？")


def _names(dw: Dealwright, who: Payee, found: WhyNot, known: Around) -> dict[str, Title]:
    """The titles of everything that reasons name by id."""
    names = {event: word(event) for event in RULE_EVENTS} | {who.id: name_of(who)}
    names |= {id: title for id in known.deals if (title := known.named(id))}
    for plan in dw.rulebook.plans:
        names[plan.header.id] = header_title(plan.header)
        names |= {part.id: component_title(dw, plan.header.version, part.id) for part in plan.components}
    return names


def _condition(dw: Dealwright, reason: Reason, known: Around) -> tuple[ConditionRow, ...]:
    """The condition behind a reason, with what it found."""
    return trace_rows(dw, reason.condition, dict(reason.facts), known) if reason.condition else ()


def _excerpts(dw: Dealwright, found: WhyNot) -> tuple[RuleExcerpt, ...]:
    """The rows of the rate table, or where the component stands, with the lines that the reasons name standing out."""
    if found.plan is None or found.part is None:
        places = [reason.place for reason in found.reasons if reason.place.line]
        version = next(
            (p.header.version for p in dw.rulebook.plans if places and p.header.place.file == places[0].file), ""
        )
        return excerpt(dw, version, places[0]) if places else ()
    start = found.part.rates.place if isinstance(found.part, Commission) else found.part.place
    named = {reason.place.line for reason in found.reasons if reason.place.file == start.file}
    marked = tuple(sorted(line for line in named if start.line - 2 <= line <= start.line + 20)) or (start.line,)
    return excerpt(dw, found.plan.header.version, start, marked)
