"""Tickets as people see them: the list, one ticket, opening one, and what is done with it."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from engine.app.access import NotThere, NotYours, may
from engine.app.asking import ask
from engine.app.deals import owners_seen
from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around
from engine.app.recording import Recorded
from engine.app.refusals import Problems
from engine.app.ticket_rows import choice, clock_row, history, promise_words, span, ticket_row
from engine.app.views.choices import Belongs, Choice
from engine.app.views.tickets import TicketFilter, TicketPage, TicketView
from engine.app.views.users import User
from engine.core.events import Event
from engine.core.numerals import shown_number
from engine.core.problems import Place
from engine.core.rules.header import Title
from engine.core.service.clocks import longest_exchange
from engine.core.service.standing import standing_of
from engine.core.tickets import KINDS, PRIORITIES, STATUSES, Ticket
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.queries.tickets import TicketFilter as Wanted
from engine.store.queries.tickets import count_tickets, ticket_page
from engine.store.state import SqlState

DOINGS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "reply": ("ticket.replied", {"by": "agent"}), "heard": ("ticket.replied", {"by": "customer"}),
    "hold": ("ticket.held", {}), "resume": ("ticket.resumed", {}), "resolve": ("ticket.resolved", {}),
    "reopen": ("ticket.reopened", {}), "close": ("ticket.closed", {}), "change": ("ticket.changed", {}),
    "answer": ("satisfaction.answered", {}),
}  # fmt: skip
"""What may be done with a ticket on a screen: the event, and what it says of itself."""

_MAY: Mapping[str, tuple[str, ...]] = {
    "open": ("reply", "heard", "hold", "resolve", "close", "change"),
    "replied": ("reply", "heard", "hold", "resolve", "close", "change"),
    "on_hold": ("resume", "reply", "heard", "resolve", "close", "change"),
    "resolved": ("reopen", "heard", "close", "change"),
    "closed": ("reopen",),
}


def tickets(dw: Dealwright, asked: TicketFilter, viewer: User) -> TicketPage:
    """The tickets that the viewer may see, those that fall due first."""
    with dw.database.unit() as unit:
        known, state = around(unit), SqlState(unit)
        owners = owners_seen(dw, known, viewer)
        chosen = [asked.owner] if asked.owner and (owners is None or asked.owner in owners) else owners
        wanted = Wanted(chosen, asked.status.replace("any", ""), asked.kind, asked.text)
        rows = tuple(ticket_row(dw, one, state, known) for one in ticket_page(unit, wanted))
        total = count_tickets(unit, wanted)
    people = _people(dw, known, owners)
    return TicketPage(rows, total, *_words(), tuple(choice(code) for code in STATUSES), people)


def _words() -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    return tuple(choice(code) for code in KINDS), tuple(choice(code) for code in PRIORITIES)


def _people(dw: Dealwright, known: Around, owners: Iterable[str] | None) -> tuple[Choice, ...]:
    """Those whose tickets the viewer may see, and who work here."""
    today = dw.now().astimezone(dw.zone).date()
    here = [id for id, person in known.people.items() if person.employed(today) and (owners is None or id in owners)]
    return tuple(Choice(id, known.person(id)) for id in here)


def ticket_view(dw: Dealwright, id: str, viewer: User) -> TicketView:
    """Everything the ticket's page shows. Raises NotThere and NotYours."""
    with dw.database.unit() as unit:
        state = SqlState(unit)
        ticket, known, seen_by = _visible(dw, unit, state, id, viewer)
        belongs = _belonging(dw, state, ticket, known)
        standing = standing_of(ticket, dw.now(), state, dw.rulebook)
        events = _events(unit, id)
        deal, asking = (
            state.deal(ticket.deal) if ticket.deal else None,
            standing.level.asking if standing.level else None,
        )
        longest = longest_exchange(list(standing.clocks))
        answered = standing.course.answer is not None
        return TicketView(
            ticket_row(dw, ticket, state, known), belongs, seen_by, str(deal.facts.get("name") or deal.id) if deal else "",
            _contact(state, ticket), promise_words(standing),
            standing.promise.place if standing.promise else Place(""), tuple(clock_row(one) for one in standing.clocks),
            history(dw, events, standing, known),
            (*_MAY[standing.course.status], *(("answer",) if asking and not answered else ())),
            (asking.worst, asking.best) if asking and not answered else None, _answer(state, ticket),
            span(longest.took) if longest and longest.took is not None else Title(),
            *_words(), _people(dw, known, owners_seen(dw, known, viewer)), events[-1].id,
        )  # fmt: skip


def _events(unit: Unit, id: str) -> list[Event]:
    found = EventLog(unit).of_subject(id)
    own = [event for event in found if event.type.startswith(("ticket.", "satisfaction."))]
    return sorted(own, key=lambda event: event.order)


def _contact(state: SqlState, ticket: Ticket) -> str:
    contact = state.contact(ticket.text("contact")) if ticket.text("contact") else None
    return str((contact.facts.get("name") if contact else "") or ticket.text("contact"))


def _answer(state: SqlState, ticket: Ticket) -> Title:
    """What the customer thought, in words; empty before they answered."""
    answer = state.answer(ticket.id)
    if answer is None:
        return Title()
    en, zh = ("satisfied", "满意") if answer.satisfied else ("not satisfied", "不满意")
    note = f": {answer.note}" if answer.note else ""
    return Title(f"{shown_number(answer.score)}, {en}{note}", f"{shown_number(answer.score)} 分，{zh}{note}")


def _visible(
    dw: Dealwright, unit: Unit, state: SqlState, id: str, viewer: User, action: str = "ticket.see"
) -> tuple[Ticket, Around, Belongs]:
    ticket = state.ticket(id)
    if ticket is None:
        raise NotThere(id)
    known = around(unit, [ticket.deal] if ticket.deal else [])
    belongs = _belonging(dw, state, ticket, known, selling=action == "ticket.see")
    if not may(viewer, action, belongs):
        raise NotYours(id)
    return ticket, known, belongs


def _belonging(dw: Dealwright, state: SqlState, ticket: Ticket, known: Around, *, selling: bool = False) -> Belongs:
    """Whose the ticket is; with `selling`, of whoever has an open deal with its account as well: they should know."""
    people = _people_of(state, ticket)
    if selling and ticket.account:
        deals = (state.deal(id) for id in state.deals_of_account(ticket.account))
        people += [deal.owner for deal in deals if deal and deal.status == "open"]
    return known.belongs(people, dw.now().astimezone(dw.zone).date())


def _people_of(state: SqlState, ticket: Ticket) -> list[str]:
    """Whoever sees to it, and those whose deal or customer it is about."""
    deal = state.deal(ticket.deal) if ticket.deal else None
    account = state.account(ticket.account) if ticket.account else None
    return [ticket.owner, deal.owner if deal else "", str(account.facts.get("owner") or "") if account else ""]


def open_ticket(dw: Dealwright, body: Mapping[str, str], seen: str, viewer: User) -> Recorded | Problems:
    """A new ticket, seen to by whoever opens it unless another is named. The same form sent twice opens one."""
    given = {name: text.strip() for name, text in body.items() if text.strip()}
    if "owner" not in given and viewer.person:
        given["owner"] = viewer.person
    said = sha256(repr((viewer.actor, seen, sorted(given.items()))).encode()).hexdigest()[:8].upper()
    return ask(dw, "ticket.opened", f"T-{said}", given, viewer, seen)


def act(dw: Dealwright, id: str, what: str, body: Mapping[str, str], seen: str, viewer: User) -> Recorded | Problems:
    """What the viewer does with a ticket: one of DOINGS. Raises NotThere and NotYours."""
    with dw.database.unit() as unit:
        _visible(dw, unit, SqlState(unit), id, viewer, "ticket.work")
    if what not in DOINGS:
        raise NotThere(what)
    type, own = DOINGS[what]
    return ask(dw, type, id, {**body, **own}, viewer, seen)
