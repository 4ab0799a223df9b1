"""Rule releases: the exact text of every file of a rulebook, who wrote it and why, who approved it, and from when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, update

from engine.core.rules.rulebook import RuleFile
from engine.store.database import Unit
from engine.store.tables.access import release_files, releases


@dataclass(frozen=True, slots=True)
class Release:
    """One release. `state` is proposed, approved or rejected; `in_force_from` its first day once approved."""

    seq: int
    fingerprint: str
    author: str
    reason: str
    made_at: datetime
    in_force_from: date
    state: str = "proposed"
    decided_by: str = ""
    decided_at: datetime | None = None
    decision_reason: str = ""


class ReleaseBook:
    """All releases, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def propose(
        self,
        fingerprint: str,
        files: Iterable[RuleFile],
        *,
        author: str,
        reason: str,
        made_at: datetime,
        in_force_from: date,
    ) -> Release:
        """A new release, waiting to be decided; `fingerprint` is a SHA-256 in hexadecimal."""
        last = self._unit.value(select(func.max(releases.c.seq))) or 0
        release = Release(last + 1, fingerprint, author, reason, made_at, in_force_from)
        row = {
            "seq": release.seq, "fingerprint": fingerprint, "author": author, "reason": reason, "made_at": made_at,
            "in_force_from": in_force_from, "state": "proposed", "decided_by": None, "decided_at": None,
            "decision_reason": "",
        }  # fmt: skip
        self._unit.insert(releases, [row])
        texts = [{"release": release.seq, "path": file.path, "text": file.text} for file in files]
        self._unit.insert(release_files, texts)
        return release

    def decide(self, seq: int, *, approved: bool, by: str, at: datetime, reason: str = "") -> bool:
        """Approve or reject a proposed release; False when it is decided or unknown.

        An IntegrityError when `by` is its author.
        """
        change = update(releases).where(releases.c.seq == seq, releases.c.state == "proposed")
        state = "approved" if approved else "rejected"
        values = {"state": state, "decided_by": by, "decided_at": at, "decision_reason": reason}
        return self._unit.change(change.values(**values)) == 1

    def in_force(self, on: date) -> Release | None:
        """The approved release that applies on that day: the one with the latest first day, then the latest made."""
        query = select(releases).where(releases.c.state == "approved", releases.c.in_force_from <= on)
        return self._first(query.order_by(releases.c.in_force_from.desc(), releases.c.seq.desc()))

    def newest(self) -> Release | None:
        """The approved release that was made last, whenever it applies."""
        return self._first(select(releases).where(releases.c.state == "approved").order_by(releases.c.seq.desc()))

    def find(self, seq: int) -> Release | None:
        """The release of that number."""
        return self._first(select(releases).where(releases.c.seq == seq))

    def by_fingerprint(self, fingerprint: str) -> Release | None:
        """The first release of that rulebook: how a cause of long ago finds its text."""
        return self._first(select(releases).where(releases.c.fingerprint == fingerprint).order_by(releases.c.seq))

    def all(self, state: str = "") -> tuple[Release, ...]:
        """The newest first, of that state when given."""
        query = select(releases).order_by(releases.c.seq.desc())
        query = query.where(releases.c.state == state) if state else query
        return tuple(_release(row) for row in self._unit.rows(query))

    def files(self, seq: int) -> tuple[RuleFile, ...]:
        """The files of a release with their exact text, by path."""
        query = select(release_files).where(release_files.c.release == seq).order_by(release_files.c.path)
        return tuple(RuleFile(row.path, row.text) for row in self._unit.rows(query))

    def _first(self, query: Select[Any]) -> Release | None:
        row = self._unit.first(query.limit(1))
        return _release(row) if row else None


def _release(row: Row[Any]) -> Release:
    return Release(row.seq, row.fingerprint, row.author, row.reason, row.made_at, row.in_force_from, row.state,
                   row.decided_by or "", row.decided_at, row.decision_reason)  # fmt: skip
