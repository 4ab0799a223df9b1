"""The frames of earning lines: what many lines tell of the rules, kept once, named by a digest, and never changed."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlalchemy import select

from engine.core.incentives.frames import Frame
from engine.store.database import Unit
from engine.store.record_codec import text_record
from engine.store.tables.pay import line_frames


class FrameBook:
    """All frames, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def keep(self, texts: Mapping[str, str]) -> None:
        """Those texts of frames by id; what is there already stays."""
        known = self._texts(texts)
        self._unit.insert(line_frames, [{"id": id, "body": texts[id]} for id in sorted(texts.keys() - known.keys())])

    def found(self, ids: Iterable[str]) -> Mapping[str, Frame]:
        """The frames of those ids."""
        return {id: _frame(text) for id, text in self._texts(ids).items()}

    def _texts(self, ids: Iterable[str]) -> dict[str, str]:
        wanted = sorted(set(ids))
        if not wanted:
            return {}
        rows = self._unit.rows(select(line_frames).where(line_frames.c.id.in_(wanted)))
        return {row.id: row.body for row in rows}


@lru_cache(maxsize=512)
def _frame(text: str) -> Frame:
    return text_record(Frame, text)
