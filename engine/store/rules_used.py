"""From which event on the log was decided by which rules."""

from sqlalchemy import select

from engine.store.database import Unit
from engine.store.tables.log import rules_used


class RulesUsed:
    """The changes of rules in the order of the log, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def note(self, seq: int, fingerprint: str) -> None:
        """The events from that number on are decided by those rules; nothing is written when those before it are too."""
        last = self._unit.first(select(rules_used).order_by(rules_used.c.from_seq.desc()).limit(1))
        if last is None or last.fingerprint != fingerprint:
            self._unit.insert(rules_used, [{"from_seq": seq, "fingerprint": fingerprint}])

    def all(self) -> tuple[tuple[int, str], ...]:
        """The number of the first event and the fingerprint of its rules, for each change."""
        rows = self._unit.rows(select(rules_used).order_by(rules_used.c.from_seq))
        return tuple((row.from_seq, row.fingerprint) for row in rows)
