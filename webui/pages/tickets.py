"""Customers' tickets: the list, one ticket with its clocks, opening one, and what is done with it."""

from dataclasses import fields
from functools import partial as with_

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext

from engine.app.views.tickets import TicketFilter
from webui.access import needs, theirs
from webui.answers import Answer
from webui.hx import answer_with, show
from webui.signed_in import desk, viewer

page = Blueprint("tickets", __name__)

_NEW = ("account", "deal", "contact", "kind", "priority", "topic", "owner")
_SAID = {"note": "note", "reason": "reason", "kind": "kind", "priority": "priority", "owner": "owner", "score": "score"}


@page.get("/tickets")
@needs("ticket.see")
def listing() -> Response:
    """The tickets that the viewer may see, narrowed by the address; with `deal` or `account`, a new one is begun."""
    return ticket_list()


@page.post("/tickets")
@needs("ticket.work")
def open_one() -> Response:
    """Open a ticket; one about a deal only by somebody who sees the deal."""
    asked = {name: text for name in _NEW if (text := request.form.get(name, "").strip())}
    if asked.get("deal"):
        theirs("deal.see", desk().deal(asked["deal"], viewer()).belongs)
    answer = desk().open_ticket(asked, request.form.get("seen", ""), viewer())
    where = url_for("tickets.one", ticket_id=answer.id) if answer.done else url_for("tickets.listing")
    return answer_with(answer, gettext("The ticket is open."), where, with_(ticket_list, typed=asked))


@page.get("/tickets/<path:ticket_id>")
@needs("ticket.see")
def one(ticket_id: str) -> Response:
    """One ticket."""
    return single(ticket_id)


@page.post("/tickets/<path:ticket_id>/<what>")
@needs("ticket.work")
def act(ticket_id: str, what: str) -> Response:
    """Reply, hold, resume, resolve, reopen, close, change, or say what the customer thought."""
    theirs("ticket.work", desk().ticket(ticket_id, viewer()).belongs)
    asked = {name: text for form, name in _SAID.items() if (text := request.form.get(form, "").strip())}
    answer = desk().do_with_ticket(ticket_id, what, asked, request.form.get("seen", ""), viewer())
    return answer_with(answer, gettext("Done."), url_for("tickets.one", ticket_id=ticket_id), with_(single, ticket_id))


def ticket_list(answer: Answer | None = None, status: int = 200, typed: dict[str, str] | None = None) -> Response:
    """The page of all tickets; `typed` keeps what was typed into a new one that was refused."""
    asked = TicketFilter(
        **{f.name: request.args.get(f.name, "open" if f.name == "status" else "").strip() for f in fields(TicketFilter)}
    )
    begun = typed or {name: request.args.get(name, "").strip() for name in ("deal", "account")}
    return show("tickets.html", "tickets", status, asked=asked, tickets=desk().tickets(asked, viewer()), begun=begun,
                answer=answer)  # fmt: skip


def single(ticket_id: str, answer: Answer | None = None, status: int = 200) -> Response:
    """The page of one ticket."""
    found = desk().ticket(ticket_id, viewer())
    theirs("ticket.see", found.seen_by)
    return show("ticket.html", "ticket", status, ticket=found, answer=answer)
