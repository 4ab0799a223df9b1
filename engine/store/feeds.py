"""Calendar feeds: at most one for each user. The token is not stored, only its SHA-256."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from engine.store.database import Unit
from engine.store.tables.access import calendar_feeds, users
from engine.store.tables.log import events, outcomes


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose feed it is (`name` is the sign-in name), in which zone its times are, since when."""

    name: str
    token_hash: str
    time_zone: str
    made_at: datetime


class FeedBook:
    """All feeds, seen from one unit, which needs no lock on the chains: `database.unit(True, appends=False)`."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def begin(self, feed: Feed) -> None:
        """A new address; the user's former one is worth nothing from now on."""
        self.end(feed.name)
        self._unit.insert(calendar_feeds, [{name: getattr(feed, name) for name in Feed.__dataclass_fields__}])

    def end(self, name: str) -> bool:
        """No address any more; False when there was none."""
        return self._unit.change(delete(calendar_feeds).where(calendar_feeds.c.name == name)) > 0

    def of(self, name: str) -> Feed | None:
        """The feed of that user."""
        row = self._unit.first(select(calendar_feeds).where(calendar_feeds.c.name == name))
        return Feed(row.name, row.token_hash, row.time_zone, row.made_at) if row else None

    def find(self, token_hash: str) -> Feed | None:
        """The feed of that token, unless its user is disabled."""
        query = select(calendar_feeds).join(users).where(calendar_feeds.c.token_hash == token_hash)
        row = self._unit.first(query.where(users.c.disabled == 0))
        return Feed(row.name, row.token_hash, row.time_zone, row.made_at) if row else None


def revisions(unit: Unit, tasks: list[str]) -> dict[str, tuple[int, datetime]]:
    """How often each task was changed since it was made, and the last moment of those: both only ever grow."""
    about = (outcomes.c.subject_kind == "task", outcomes.c.kind == "kept")
    found: dict[str, tuple[int, datetime]] = {}
    for start in range(0, len(tasks), 500):
        some = tasks[start : start + 500]
        query = (
            select(outcomes.c.subject_id, func.count().label("times"), func.max(events.c.recorded_at).label("last"))
            .join(events, events.c.seq == outcomes.c.event_seq)
            .where(*about, outcomes.c.subject_id.in_(some))
            .group_by(outcomes.c.subject_id)
        )
        found.update({row.subject_id: (row.times - 1, row.last) for row in unit.rows(query)})
    return found
