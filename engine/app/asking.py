"""What a person asks for on a screen becomes an event, through the one validation of every door, or its problems."""

from collections.abc import Mapping
from datetime import datetime

from engine.app.dealwright import Dealwright
from engine.app.intake import event_reader
from engine.app.recording import Recorded, record
from engine.app.refusals import Problems
from engine.app.views.users import User
from engine.intake.events import event_from_raw


def ask(
    dw: Dealwright, type: str, subject: str, body: Mapping[str, object], viewer: User, after: str = ""
) -> Recorded | Problems:
    """What became of it. `after` names what the person last saw, so that one form sent twice is one event."""
    given = {name: _raw(value) for name, value in body.items() if value not in (None, "")}
    key = f"{type}:{subject}:{after}:{sorted(given.items())}"
    raw = {"type": type, "subject": subject, "key": key, "at": dw.now().isoformat(timespec="seconds"), "actor": viewer.actor, "body": given}
    event = event_from_raw(raw, event_reader(dw), "web")
    return event if isinstance(event, tuple) else record(dw, event)


def _raw(value: object) -> str:
    """The value as a form would send it."""
    return value.isoformat() if isinstance(value, datetime) else str(value)
