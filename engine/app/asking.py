"""What a person asks for on a screen becomes an event, through the one validation of every door, or its problems."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from engine.app.dealwright import Dealwright
from engine.app.intake import event_reader
from engine.app.recording import Recorded, record
from engine.app.refusals import Problems
from engine.app.views.users import User
from engine.core.events import Event
from engine.core.outcomes import Refused
from engine.intake.events import event_from_raw
from engine.store.event_log import EventLog
from engine.store.outcomes import OutcomeBook


def ask(
    dw: Dealwright, type: str, subject: str, body: Mapping[str, object], viewer: User, after: str = ""
) -> Recorded | Problems:
    """What became of it. `after` names what the person last saw, so that one form sent twice is one event, and is
    answered the second time as it was the first."""
    event = asked(dw, type, subject, body, viewer, after)
    return event if isinstance(event, tuple) else earlier(dw, event) or record(dw, event)


def asked(
    dw: Dealwright, type: str, subject: str, body: Mapping[str, object], viewer: User, after: str
) -> Event | Problems:
    """The event that a person's wish is, not recorded yet, or its problems."""
    given = {name: _raw(value) for name, value in body.items() if value not in (None, "")}
    said = sha256(repr((viewer.actor, after, sorted(given.items()))).encode()).hexdigest()[:20]
    raw = {"type": type, "subject": subject, "key": f"{type}:{subject}:{said}", "at": _raw(dw.now()),
           "actor": viewer.actor, "body": given}  # fmt: skip
    return event_from_raw(raw, event_reader(dw), "web")


def earlier(dw: Dealwright, event: Event) -> Recorded | None:
    """What became of the same event when it was asked for before; its moment then was another."""
    with dw.database.unit() as unit:
        before = EventLog(unit).find(event.source, event.key)
        found = OutcomeBook(unit).of_event(before.seq) if before else ()
    if before is None:
        return None
    refused = next((one.outcome for one in found if isinstance(one.outcome, Refused)), None)
    return Recorded(before, "refused" if refused else "repeated", before.seq, refused=refused)


def _raw(value: object) -> str:
    """The value as a form would send it; a moment to the second, which is as fine as texts of moments are."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
