"""What waits: events that could not be evaluated, with the reason in words, and messages that have not been sent."""

from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around
from engine.app.views.waiting import WaitingEvent, WaitingMessages, WaitingRoom
from engine.app.words import word
from engine.core.problems import Place, Problem
from engine.core.rules.header import Title
from engine.store.outbox import Outbox
from engine.store.quarantine import Quarantine, Quarantined

AT_MOST = 200


def waiting_room(dw: Dealwright) -> WaitingRoom:
    """Everything that waits now."""
    with dw.database.unit() as unit:
        quarantine = Quarantine(unit)
        found = quarantine.waiting(limit=AT_MOST)
        known = around(unit, [one.subject for one in found])
        messages = tuple(WaitingMessages(*row) for row in Outbox(unit).not_sent())
        return WaitingRoom(tuple(_event(one, known) for one in found), quarantine.count(), messages)


def how_many(dw: Dealwright) -> int:
    """How many events wait."""
    with dw.database.unit() as unit:
        return Quarantine(unit).count()


def _event(one: Quarantined, known: Around) -> WaitingEvent:
    kind, _, id = one.waits_for.partition(":")
    name = known.named(id) or Title(id, id)
    waits_for = Title(f"{word(kind).en} {name.en}", f"{word(kind).zh} {name.zh}") if id else Title()
    problem = Problem(one.code, Place(one.event), one.params)
    return WaitingEvent(one.event, word(one.type), one.subject, problem, waits_for, one.since_at, one.tries)
