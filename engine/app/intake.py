"""Files taken in: each row becomes events or a problem with its place, and what became of every event is counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.app.dealwright import Dealwright
from engine.app.recording import GROUP, Recorded, record_many
from engine.app.refusals import Problems
from engine.core.problems import Place, Problem
from engine.core.rules.profile import Profile
from engine.intake.events import EventReader
from engine.intake.files import Delivery, Source, delivery_of
from engine.intake.summary import Summary

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an intake did: one summary with control totals for each file, and every problem with its place."""

    summaries: tuple[Summary, ...]
    problems: Problems

    def data(self) -> dict[str, Any]:
        """Everything as plain data."""
        return {"files": [_plain(summary) for summary in self.summaries], "problems": len(self.problems)}

    def lines(self) -> list[tuple[str, str]]:
        """Each figure as a line in English and Chinese."""
        found = []
        for summary in self.summaries:
            found.append((summary.file, summary.file))
            both = zip(summary.lines("en"), summary.lines("zh"), strict=True)
            found += [(f"  {en}: {figure}", f"  {zh}：{figure}") for (en, figure), (zh, _) in both]
        return found


def _plain(summary: Summary) -> dict[str, Any]:
    return {
        "file": summary.file, "rows": summary.rows, "rows_refused": summary.rows_refused, "events": summary.events,
        "by_type": dict(summary.by_type), "outcomes": dict(summary.outcomes),
        "totals": [{"type": t.type, "count": t.count, "amount": str(t.amount)} for t in summary.totals],
    }  # fmt: skip


def event_reader(dw: Dealwright) -> EventReader:
    """The one validation that every door goes through, for this rulebook."""
    return EventReader.of(dw.rulebook)


def profile_named(dw: Dealwright, name: str) -> Profile | None:
    """The newest import profile of that id."""
    return next((profile for profile in reversed(dw.rulebook.profiles) if profile.header.id == name), None)


def take_in(dw: Dealwright, files: Sequence[Path], mode: str, profile: str, progress: Progress) -> TakenIn:
    """Every file, together. A bad row never stops the others; a profile that is not there stops all."""
    chosen = profile_named(dw, profile) if profile else None
    if profile and chosen is None:
        known = ", ".join(sorted(one.header.id for one in dw.rulebook.profiles)) or "–"
        return TakenIn((), (Problem("E117", Place(""), {"profile": profile, "known": known}),))
    deliveries = [delivery_of(Source(path, event_reader(dw), mode, chosen)) for path in files]
    recorded = _recorded(dw, deliveries, progress)
    summaries = [_told(delivery, recorded) for delivery in deliveries]
    problems = [problem for delivery in deliveries for problem in delivery.problems]
    return TakenIn(tuple(summaries), (*problems, *(problem for one in recorded.values() for problem in _of(one))))


def _recorded(dw: Dealwright, deliveries: Sequence[Delivery], progress: Progress) -> dict[str, Recorded]:
    """What became of every event of all files, told in the order in which they happened, whatever file they stand in."""
    events = sorted((event for delivery in deliveries for event in delivery.events), key=lambda event: event.order)
    found: dict[str, Recorded] = {}
    for start in range(0, len(events), GROUP):
        found.update((one.event.id, one) for one in record_many(dw, events[start : start + GROUP]))
        progress(min(start + GROUP, len(events)), len(events))
    return found


def _told(delivery: Delivery, recorded: Mapping[str, Recorded]) -> Summary:
    return delivery.summary.with_outcomes(recorded[event.id].status for event in delivery.events)


def _of(one: Recorded) -> Problems:
    """What a person should know of an event that was not simply recorded."""
    if one.problem:
        return (one.problem,)
    if one.refused:
        params = dict(one.refused.params)
        return (Problem(one.refused.code, Place(one.event.id), params),)
    if one.status == "conflicting":
        return (Problem("E118", Place(one.event.id), {"event": one.event.id, "seq": str(one.seq)}),)
    return ()
