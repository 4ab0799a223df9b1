"""What a deal would earn whom if it were won, for the payees whom the viewer may see. Nothing is recorded of the deal.

Looking at another's estimate is looking at their pay: it is allowed to the same people and leaves the same trace.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine.app.access import NotThere, NotYours, may, sees_pay_of
from engine.app.dealwright import Dealwright
from engine.app.estimate_questions import days_of, moment_of, read_amount, read_day
from engine.app.estimate_rows import estimate_row
from engine.app.payee_books import payee_books, payees_named
from engine.app.reading import Around, around, header_title
from engine.app.refusals import Problems, not_done
from engine.app.views.choices import Belongs
from engine.app.views.estimates import DealEstimate, Hindrance, PayeeEstimate
from engine.app.views.explaining import ConditionRow, FactRow
from engine.app.views.users import User
from engine.app.why import fact_title, value_title
from engine.core.events import Event
from engine.core.formulas import EvaluationError
from engine.core.incentives.estimates import of_win
from engine.core.incentives.payees import Payee
from engine.core.incentives.supposed import Supposed, suppose
from engine.core.incentives.why_not_paid import unpaid
from engine.core.money import Money
from engine.core.outcomes import Missing, Refused
from engine.core.problems import Place, Problem
from engine.core.records import Deal
from engine.core.rules.header import Title
from engine.core.rules.plan import Commission
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.state import SqlState


@dataclass(frozen=True, slots=True)
class _Question:
    """One question, read: the deal and what surrounds it, as which event it is supposed to be won."""

    deal: Deal
    known: Around
    belongs: Belongs
    amount: Money | None
    on: date
    viewer: User


def estimate_deal(dw: Dealwright, id: str, amount: str, on: str, viewer: User) -> DealEstimate:
    """What the deal would earn, supposed to be won on that day for that amount (empty: its own).

    Raises NotThere, NotYours; another's pay being looked at is written in the audit trail.
    """
    with dw.lock, dw.database.unit() as unit:
        found = _asked(dw, unit, id, amount, on, viewer)
        view = _answer(dw, unit, found) if isinstance(found, _Question) else found
    for payee in view.payees:
        if payee.payee != viewer.person:
            _note(dw, viewer, payee.payee, id)
    return view


def _note(dw: Dealwright, viewer: User, payee: str, deal: str) -> None:
    dw.database.run(
        lambda unit: AuditTrail(unit).write(dw.now(), viewer.actor, "pay.viewed", payee, {"estimate": deal})
    )


def _asked(dw: Dealwright, unit: Unit, id: str, amount: str, on: str, viewer: User) -> "_Question | DealEstimate":
    """The question, or a view that says what is wrong with it."""
    deal, known, belongs = visible_deal(dw, unit, id, viewer)
    own = deal.facts.get("amount")
    own = own if isinstance(own, Money) else None
    wanted = read_amount(amount, own.currency if own else dw.rulebook.company.currency) if amount.strip() else own
    day = read_day(dw, on)
    problems = tuple(found for found in (wanted, day, *_of_deal(deal, wanted)) if isinstance(found, Problem))
    if problems or isinstance(wanted, Problem) or isinstance(day, Problem):
        return _view(dw, deal, belongs, own, date.min, problems, (amount, on))
    return _Question(deal, known, belongs, wanted, day, viewer)


def _of_deal(deal: Deal, amount: Money | Problem | None) -> Iterator[Problem]:
    if deal.status != "open":
        yield not_done("E150", deal=deal.id, status=deal.status)
    elif amount is None:
        yield not_done("E156", deal=deal.id)


def visible_deal(dw: Dealwright, unit: Unit, id: str, viewer: User) -> tuple[Deal, Around, Belongs]:
    """The deal, when the viewer may see it. Raises NotThere, NotYours."""
    deal = SqlState(unit).deal(id)
    if deal is None:
        raise NotThere(id)
    known = around(unit, [id])
    people = [deal.owner, *(share.person for share in deal.team), str(deal.facts.get("sdr") or "")]
    belongs = known.belongs(people, dw.now().date())
    if not may(viewer, "deal.see", belongs):
        raise NotYours(id)
    return deal, known, belongs


def _view(
    dw: Dealwright, deal: Deal, belongs: Belongs, amount: Money | None, on: date, problems: Problems,
    asked: tuple[str, str], payees: Sequence[PayeeEstimate] = (), hindrance: Hindrance | None = None,
) -> DealEstimate:  # fmt: skip
    name = str(deal.facts.get("name") or deal.id)
    return DealEstimate(deal.id, name, belongs, amount, on, days_of(dw), tuple(payees), hindrance, problems, asked)


def _answer(dw: Dealwright, unit: Unit, asked: _Question) -> DealEstimate:
    """The estimate itself."""
    told = (str(asked.amount or ""), str(asked.on))
    supposed = _supposed(dw, unit, asked)
    if isinstance(supposed, Problem):
        return _view(dw, asked.deal, asked.belongs, asked.amount, asked.on, (supposed,), told)
    if not supposed.stands and supposed.refused:
        problem, why = not_done("E155", deal=asked.deal.id), _hindrance(dw, supposed.refused, asked.known)
        return _view(dw, asked.deal, asked.belongs, asked.amount, asked.on, (problem,), told, (), why)
    ids = [id for id in _whom(asked, supposed) if sees_pay_of(asked.viewer, id)]
    payees = [_of_payee(dw, unit, payee, supposed, asked) for payee in payees_named(unit, ids)]
    hindrance = _hindrance(dw, supposed.refused, asked.known) if supposed.refused else None
    return _view(dw, asked.deal, asked.belongs, asked.amount, asked.on, (), told, payees, hindrance)


def _whom(asked: _Question, supposed: Supposed) -> list[str]:
    """Everybody who would be credited; the viewer too when they work on the deal, to be told why they are not."""
    on_it = asked.viewer.person in asked.belongs.people
    more = [asked.viewer.person] if on_it and asked.viewer.person not in supposed.payees else []
    return [*supposed.payees, *more]


def _supposed(dw: Dealwright, unit: Unit, asked: _Question) -> Supposed | Problem:
    """What the supposed event would bring; the problem where a rule cannot be evaluated."""
    at, body = moment_of(dw, asked.on), {"amount": asked.amount} if asked.amount else {}
    key = f"{asked.deal.id}:{asked.on}"
    event = Event("deal.won", asked.deal.id, "estimate", key, at, asked.on, asked.viewer.person, body)
    try:
        return suppose(event, SqlState(unit), dw.rulebook, dw.match)
    except EvaluationError as error:
        return problem_of(error, asked.deal.id)


def problem_of(error: EvaluationError, about: str) -> Problem:
    """What could not be evaluated, as a problem."""
    return Problem(error.code, error.place or Place(about), error.params)


def _of_payee(dw: Dealwright, unit: Unit, payee: Payee, supposed: Supposed, asked: _Question) -> PayeeEstimate:
    """One payee's part, or the problem that stands in its way."""
    name = asked.known.person(payee.id)
    try:
        found = of_win(dw.rulebook, payee, payee_books(unit, payee.id), supposed, asked.on)
    except EvaluationError as error:
        return PayeeEstimate(payee.id, name, problem=problem_of(error, payee.id))
    deals = around(unit, {one.line.deal for part in found.components for one in part.changes if one.line.deal}).deals
    rows = tuple(estimate_row(dw, part, deals) for part in found.components)
    nothing = () if rows else tuple(_nothing(dw, payee, supposed, asked))
    return PayeeEstimate(payee.id, name, found.earned, found.held, rows, nothing)


def _nothing(dw: Dealwright, payee: Payee, supposed: Supposed, asked: _Question) -> Iterator[Title]:
    """Why the deal would bring this payee nothing."""
    names = {record.name for record in supposed.credits if record.payee == payee.id}
    if payee.id not in supposed.payees:
        yield Title("no rule would credit anything of this deal to them", "没有规则会将此商机计入其名下")
    told = {payee.id: asked.known.person(payee.id)} | {
        plan.header.id: header_title(plan.header) for plan in dw.rulebook.plans
    }
    for plan in dw.rulebook.plans:
        wanted = [part for part in plan.components if isinstance(part, Commission) and part.of in names]
        reasons = (unpaid(plan, part, payee, asked.on) for part in wanted if plan.header.in_force.covers(asked.on))
        yield from (reason.words(told) for reason in reasons if reason)


def refusal_words(refused: Refused) -> Title:
    """A refusal in both languages."""
    problem = Problem(refused.code, refused.cause.place, dict(refused.params))
    return Title(problem.message("en"), problem.message("zh"))


def _hindrance(dw: Dealwright, refused: Refused, known: Around) -> Hindrance:
    rows = tuple(_row(dw, one, known) for one in refused.missing)
    return Hindrance(refusal_words(refused), rows, tuple(one.words for one in refused.missing))


def _row(dw: Dealwright, missing: Missing, known: Around) -> ConditionRow:
    """A criterion that is not met, with what it found."""
    facts = (FactRow(name, fact_title(dw, name), value_title(dw, name, value, known)) for name, value in missing.facts)
    return ConditionRow(missing.condition, missing.place, False, tuple(facts))
