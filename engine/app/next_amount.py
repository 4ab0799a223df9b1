"""The estimator of a payee: what the next amount would pay, measure by measure, and the way to the next tier."""

from datetime import date

from engine.app.access import NotThere, NotYours, Reach, reach, sees_pay_of
from engine.app.dealwright import Dealwright
from engine.app.earnings import find_payee
from engine.app.estimate_questions import days_of, moment_of, read_amount, read_day, today_of
from engine.app.estimate_rows import estimate_row
from engine.app.estimating import problem_of
from engine.app.payee_books import payee_books
from engine.app.reading import around, component_title
from engine.app.refusals import Problems
from engine.app.users import person_title
from engine.app.views.choices import Belongs
from engine.app.views.estimates import NextMeasure, NextView
from engine.app.views.users import User
from engine.core.formulas import EvaluationError
from engine.core.incentives.next_amounts import Next, next_amounts
from engine.core.incentives.payees import Payee, pays
from engine.core.money import Money
from engine.core.problems import Problem
from engine.core.records import Partner, Person
from engine.core.rules.header import Title
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.reading import all_records

AMOUNT = "100000"
"""What is asked about when nobody says."""


def next_view(dw: Dealwright, payee: str, amount: str, on: str, viewer: User) -> NextView:
    """What a further amount would pay the payee (empty: the viewer) on that day.

    Raises NotThere, NotYours; another's pay being looked at is written in the audit trail.
    """
    text = amount.strip() or AMOUNT
    with dw.database.unit() as unit:
        found = payee_seen(unit, payee or viewer.person or _first(unit, viewer), viewer)
        wanted, day = read_amount(text, dw.rulebook.company.currency), read_day(dw, on)
        problems: Problems = tuple(one for one in (wanted, day) if isinstance(one, Problem))
        measures: tuple[NextMeasure, ...] = ()
        if isinstance(wanted, Money) and isinstance(day, date):
            measures, problems = _measures(dw, unit, found, wanted, day)
        shown_on = day if isinstance(day, date) else today_of(dw)
        view = NextView(
            found.id, name_of(found), Belongs(frozenset({found.id})), text, shown_on, days_of(dw), measures,
            _components(dw, found, shown_on), problems, _payees(unit, viewer),
        )  # fmt: skip
    note_look(dw, viewer, found.id, {"estimate": "next"})
    return view


def payee_seen(unit: Unit, id: str, viewer: User) -> Payee:
    """The payee, when the viewer may see their pay. Raises NotThere, NotYours."""
    if not sees_pay_of(viewer, id):
        raise NotYours(id)
    found = find_payee(unit, id)
    if found is None:
        raise NotThere(id)
    return found


def note_look(dw: Dealwright, viewer: User, payee: str, detail: dict[str, str]) -> None:
    """Write in the audit trail that somebody looked at another's pay."""
    if viewer.person != payee:
        dw.database.run(lambda unit: AuditTrail(unit).write(dw.now(), viewer.actor, "pay.viewed", payee, detail))


def name_of(payee: Payee) -> Title:
    """The payee's name in both languages."""
    return person_title(payee) if isinstance(payee, Person) else Title(payee.name, payee.name)


def _measures(
    dw: Dealwright, unit: Unit, payee: Payee, amount: Money, on: date
) -> tuple[tuple[NextMeasure, ...], Problems]:
    try:
        found = next_amounts(dw.rulebook, payee, payee_books(unit, payee.id), amount, moment_of(dw, on), on)
    except EvaluationError as error:
        return (), (problem_of(error, payee.id),)
    return tuple(_measure(dw, unit, one) for one in found), ()


def _measure(dw: Dealwright, unit: Unit, found: Next) -> NextMeasure:
    deals = {one.line.deal for part in found.components for one in part.change.changes} | {found.like}
    known = around(unit, deals - {""}).deals
    rows = tuple(estimate_row(dw, part.change, known, part.climb) for part in found.components)
    like = known.get(found.like)
    earned = Money.total((row.earned for row in rows), rows[0].earned.currency if rows else found.amount.currency)
    return NextMeasure(
        found.measure, found.amount, str(like.facts.get("name") or like.id) if like else "", earned, rows
    )


def _components(dw: Dealwright, payee: Payee, on: date) -> tuple[tuple[str, Title], ...]:
    """The components of plans that pay the payee on that day, to ask about."""
    plans = [plan for plan in dw.rulebook.plans if pays(plan, payee, on)]
    return tuple(
        (part.id, component_title(dw, plan.header.version, part.id)) for plan in plans for part in plan.components
    )


def _first(unit: Unit, viewer: User) -> str:
    """For somebody who is nobody in the records, the first whose pay they may see."""
    return next((id for id, _ in _payees(unit, viewer)), "")


def _payees(unit: Unit, viewer: User) -> tuple[tuple[str, Title], ...]:
    """Whose pay the viewer may choose; empty when only their own."""
    if reach(viewer, "pay.see") is not Reach.ALL:
        return ()
    everybody: tuple[Payee, ...] = (*all_records(unit, Person), *all_records(unit, Partner))
    return tuple((one.id, name_of(one)) for one in everybody)
