"""The queue that a representative works through: where it begins and ends, and what its card knows of the customer."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around, local_moment
from engine.app.timelines import timeline_rows
from engine.app.views.choices import Choice
from engine.app.views.queue import Changes, ContactCard, QueueEnd, Way
from engine.app.views.users import User
from engine.app.words import word
from engine.core.contacts import Contact
from engine.core.records import Activity, Deal, Task
from engine.core.rules.header import Title
from engine.core.situation import State
from engine.store.database import Unit
from engine.store.queries.deals import happened_since
from engine.store.queries.tasks import count_done, due_before, first_open
from engine.store.reading import records_by_id

CHANGES = 6
"""Changes that a card shows; the deal's page shows all."""

_WAYS = (("phone", "call", "tel:"), ("email", "email", "mailto:"), ("wecom", "wecom", ""))
"""A contact's fact, the channel that it is for, and how a link to it begins."""


def first_due(dw: Dealwright, viewer: User) -> str:
    """The id of the viewer's first task that is due by the end of today, or empty."""
    with dw.database.unit() as unit:
        found = first_open(unit, viewer.actor, dw.now())
    return found[0] if found and found[1] < local_moment(dw, _today(dw) + timedelta(days=1), time(0)) else ""


def queue_end(dw: Dealwright, viewer: User) -> QueueEnd:
    """What is left for somebody who has nothing more to do today."""
    now, end = dw.now(), local_moment(dw, _today(dw) + timedelta(days=1), time(0))
    with dw.database.unit() as unit:
        done = count_done(unit, viewer.actor, local_moment(dw, _today(dw), time(0)))
        today, every = due_before(unit, viewer.actor, now, end)
        following = first_open(unit, viewer.actor, now, after=(end, ""))
        task = next(iter(records_by_id(unit, Task, [following[0]])), None) if following else None
        known = around(unit, [task.deal] if task else [])
    if task is None:
        return QueueEnd(done, every - today)
    return QueueEnd(
        done, every - today, task.id, Title(*task.title), known.account_of(known.deals.get(task.deal)), task.due_at
    )


def _today(dw: Dealwright) -> date:
    return dw.now().astimezone(dw.zone).date()


def contact_card(state: State, deal: Deal | None) -> ContactCard | None:
    """Who is to be reached and on which ways; None for a deal without a contact."""
    id = str(deal.facts.get("contact") or "") if deal else ""
    contact = state.contact(id) if id else None
    if contact is None:
        return None
    said = {name: str(contact.facts.get(name) or "") for name in ("name", "name_zh", "job_title")}
    ways = tuple(
        Way(Choice(channel, word(channel)), address, f"{begins}{address}" if begins else "", _closed(contact, channel))
        for fact, channel, begins in _WAYS
        if (address := str(contact.facts.get(fact) or ""))
    )
    name = Title(said["name"] or contact.id, said["name_zh"] or said["name"] or contact.id)
    closed = tuple(Choice(out.channel, word(out.channel)) for out in contact.opted_out)
    return ContactCard(
        name,
        said["job_title"],
        ways,
        closed,
        contact.removed_for if contact.removed_at else "",
        bool(contact.removed_at),
    )


def _closed(contact: Contact, channel: str) -> bool:
    return contact.removed_at is not None or contact.refuses(channel) is not None


def changes(
    dw: Dealwright, unit: Unit, deal: Deal | None, touches: Sequence[Activity], known: Around
) -> Changes | None:
    """What happened to the deal, its customer and its contact since the last touch; without one, since the deal was made."""
    if deal is None:
        return None
    since = touches[-1].at if touches else deal.created_at
    about = [deal.id, *(str(deal.facts.get(name) or "") for name in ("contact", "account"))]
    found = happened_since(unit, [id for id in about if id], deal.id, since, CHANGES + 1)
    return Changes(since, bool(touches), timeline_rows(dw, found[:CHANGES][::-1], known), len(found) > CHANGES)
