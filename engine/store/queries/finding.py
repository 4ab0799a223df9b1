"""Finding something by the beginning of its id, so that a person may type eight characters of a hash."""

from dataclasses import dataclass

from sqlalchemy import Column, select

from engine.store.database import Unit
from engine.store.tables.pay import earning_lines, ledger_entries, runs
from engine.store.tables.records import credits, deals, enrolments, grants, tasks

_PLACES = (
    ("task", tasks.c.id),
    ("line", earning_lines.c.key),
    ("entry", ledger_entries.c.id),
    ("credit", credits.c.id),
    ("grant", grants.c.id),
    ("enrolment", enrolments.c.id),
    ("run", runs.c.id),
    ("deal", deals.c.id),
)
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Something with an id: `kind` is task, line, entry, credit, grant, enrolment, run or deal."""

    kind: str
    id: str


def find(unit: Unit, beginning: str, *, kinds: tuple[str, ...] = (), limit: int = 10) -> tuple[Found, ...]:
    """What has an id that begins so, `limit` of each kind at most, in the order of the kinds, then by id.

    An id that is met in full is the only answer. Nothing for an empty beginning.
    """
    places = [(kind, column) for kind, column in _PLACES if not kinds or kind in kinds]
    found = [Found(kind, id) for kind, column in places for id in _ids(unit, column, beginning, limit)]
    whole = [one for one in found if one.id == beginning]
    return tuple(whole or found)


def _ids(unit: Unit, column: Column[str], beginning: str, limit: int) -> list[str]:
    if not beginning:
        return []
    query = select(column).where(column >= beginning, column < beginning + _LAST).distinct()
    return [row[0] for row in unit.rows(query.order_by(column).limit(limit))]
