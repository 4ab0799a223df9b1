"""A customer's whole record in words: who is there, what goes on, and everything that happened, page by page."""

from collections.abc import Iterator

from engine.app.behind import behind
from engine.app.deals import deal_row
from engine.app.dealwright import Dealwright
from engine.app.following import enrolment_row
from engine.app.reading import Around
from engine.app.tasks import task_row
from engine.app.timelines import timeline_rows
from engine.app.views.choices import Belongs
from engine.app.views.customers import (
    ClaimRow,
    ContactRow,
    CustomerRow,
    CustomerView,
    FollowUp,
    Happened,
    MergedRow,
)
from engine.app.views.deals import DealFact
from engine.app.why import fact_title, value_title
from engine.app.words import word
from engine.core.contacts import Contact
from engine.core.merging import as_known
from engine.core.records import Deal, Registration
from engine.store.database import Unit
from engine.store.outcomes import StoredOutcome
from engine.store.queries.accounts import Whole, claims_at, contacts_at, happened
from engine.store.queries.deals import Happening
from engine.store.state import SqlState

PAGE = 50
"""So many events to a page of what happened."""


def record_of(
    dw: Dealwright, unit: Unit, state: SqlState, whole: Whole, known: Around, row: CustomerRow, belongs: Belongs,
    others: int, timeline: tuple[Happened, ...], before: str,
) -> CustomerView:  # fmt: skip
    """The page of a customer."""
    state.preload(deals=whole.deals)
    deals = [deal for id in whole.deals if (deal := state.deal(id))]
    open_ones = [task for deal in deals for task in state.tasks(deal.id) if task.status == "open"]
    stand = behind(unit, open_ones, known)
    return CustomerView(
        row, belongs, _facts(dw, state, row.id, known), tuple(_contact(dw, one) for one in contacts_at(unit, whole.accounts)),
        tuple(deal_row(dw, deal, known, state.tasks(deal.id)) for deal in sorted(deals, key=_latest, reverse=True)), others,
        tuple(task_row(dw, task, stand) for task in sorted(open_ones, key=lambda task: (task.due_at, task.id))),
        tuple(_follow_ups(dw, state, deals)), tuple(_claim(one, known) for one in claims_at(unit, whole.accounts)),
        tuple(_merged(dw, state, row.id)), timeline, before,
    )  # fmt: skip


def past_of(
    dw: Dealwright, unit: Unit, state: SqlState, whole: Whole, known: Around, before: int
) -> tuple[tuple[Happened, ...], str]:
    """One page of what happened, the latest first, and the cursor of the page of earlier things, or empty."""
    found = happened(unit, whole, before=before, limit=PAGE + 1)
    rows = tuple(row for one in found[:PAGE] for row in _happened(dw, state, one, known))
    return rows, str(found[PAGE - 1].event.seq) if len(found) > PAGE else ""


def _happened(dw: Dealwright, state: SqlState, one: Happening, known: Around) -> Iterator[Happened]:
    """The event in words; what anybody is credited is pay, and stays out."""
    shown = Happening(one.event, tuple(outcome for outcome in one.outcomes if not _of_pay(outcome)))
    task = state.task(one.event.subject)
    deal = known.deals.get(task.deal if task else one.event.subject)
    contact = state.contact(one.event.subject)
    ticket = state.ticket(one.event.subject)
    about = _name(deal or contact) if deal or contact else ticket.id if ticket else ""
    for row in timeline_rows(dw, (shown,), known):
        yield Happened(row, about, deal.id if deal else "")


def _of_pay(outcome: StoredOutcome) -> bool:
    return outcome.subject_kind in ("credit", "grant")


def _name(one: Deal | Contact | None) -> str:
    return str(one.facts.get("name") or one.id) if one else ""


def _latest(deal: Deal) -> tuple[object, ...]:
    return (deal.status == "open", deal.last_at, deal.id)


def _facts(dw: Dealwright, state: SqlState, id: str, known: Around) -> tuple[DealFact, ...]:
    """What is known of the company, in the vocabulary's order, and when it became a customer."""
    account = as_known(id, state, dw.now())
    if account is None:
        return ()
    values = {**account.facts, "created_on": account.created_on}
    names = [
        name for name in dw.rulebook.facts if name.startswith("account.") and name not in ("account.id", "account.name")
    ]
    told = ((name, values.get(name.partition(".")[2])) for name in names)
    return tuple(
        DealFact(fact_title(dw, name), value_title(dw, name, value, known))
        for name, value in told
        if value not in (None, "")
    )


def _contact(dw: Dealwright, contact: Contact) -> ContactRow:
    names = [name for name in dw.rulebook.facts if name.startswith("contact.") and name not in _SAID]
    told = ((name, contact.facts.get(name.partition(".")[2])) for name in names)
    facts = (
        DealFact(fact_title(dw, name), value_title(dw, name, value)) for name, value in told if value not in (None, "")
    )
    return ContactRow(_name(contact), tuple(facts), tuple(word(out.channel) for out in contact.opted_out))


_SAID = ("contact.id", "contact.name", "contact.account")


def _follow_ups(dw: Dealwright, state: SqlState, deals: list[Deal]) -> Iterator[FollowUp]:
    """Each deal in each of its cadences: those under way first, then the latest."""
    every = [(deal, one) for deal in deals for one in state.enrolments(deal.id)]
    every.sort(key=lambda pair: (not pair[1].ended_as, pair[1].started_at, pair[1].id), reverse=True)
    for deal, one in every:
        yield FollowUp(deal.id, _name(deal), enrolment_row(dw, one))


def _claim(one: Registration, known: Around) -> ClaimRow:
    return ClaimRow(known.person(one.partner), word(one.product_line), word(one.state), one.requested_on, one.until_on)


def _merged(dw: Dealwright, state: SqlState, id: str) -> Iterator[MergedRow]:
    """The other records of the company, each with the day since when it is one with this."""
    account = state.account(id)
    for one in account.absorbed if account else ():
        other = state.account(one)
        since = (
            max((told.at for told in other.merges if told.account == one and told.into), default=None)
            if other
            else None
        )
        if other and since:
            yield MergedRow(one, str(other.facts.get("name") or one), since.astimezone(dw.zone).date())
