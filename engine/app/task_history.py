"""A task's history in time order: which rule made it and why, what moved it, who did what with it, what was refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from engine.app.dealwright import Dealwright
from engine.app.reading import Around, rule_title
from engine.app.seeing import seen_task
from engine.app.views.history import HistoryRow
from engine.app.views.users import User
from engine.app.why import fact_rows, notes_of
from engine.app.words import word
from engine.core.events import Event
from engine.core.outcomes import Refused
from engine.core.problems import Language, Place, Problem
from engine.core.rules.header import Title
from engine.core.workflow.notes import weekday
from engine.store.event_log import EventLog
from engine.store.outcomes import OutcomeBook, StoredOutcome

_SILENT = frozenset({"watched"})
"""What only keeps the clock's books."""

_WHAT: Mapping[str, tuple[str, str]] = MappingProxyType({
    "made": ("Made", "生成"), "joined_reason": ("One more reason", "增加一个理由"),
    "left_reason": ("One reason less", "减少一个理由"), "satisfied": ("Done already", "视为已完成"),
    "due_moved": ("Due on another day", "改期"), "moved": ("Handed over", "转交"), "lent": ("With a stand-in", "由他人代办"),
    "given_back": ("Given back", "交还"), "delegated": ("Given to somebody else", "委托他人"),
    "escalated": ("Escalated", "升级"), "snoozed": ("Put off", "顺延"), "rested": ("At rest", "暂停"),
    "resumed": ("Goes on", "恢复"), "completed": ("Done", "完成"), "skipped": ("Skipped", "跳过"),
    "cancelled": ("Called off", "取消"), "reopened": ("Open again", "重新打开"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Happened:
    """An event and what it meant to the task."""

    event: Event
    outcome: StoredOutcome


def task_history(dw: Dealwright, id: str, viewer: User) -> tuple[HistoryRow, ...]:
    """Everything that happened to the task, the first first. Raises NotThere, NotYours."""
    with dw.database.unit() as unit:
        _, known = seen_task(dw, unit, id, viewer)
        log, book = EventLog(unit), OutcomeBook(unit)
        about = [one for one in book.about(id) if one.subject_kind == "task" and one.what not in _SILENT]
        asked = {event.seq: event for event in log.of_subject(id)}
        events = asked | {event.seq: event for event in log.at({one.event_seq for one in about} - asked.keys())}
        silent = asked.keys() - {one.event_seq for one in about}
        refused = [one for seq in sorted(silent) for one in book.of_event(seq) if isinstance(one.outcome, Refused)]
    happened = [_Happened(events[one.event_seq], one) for one in (*about, *refused)]
    happened.sort(key=lambda one: (one.event.at, one.event.seq, one.outcome.number))
    return tuple(_rows(dw, happened, known))


def _rows(dw: Dealwright, happened: list[_Happened], known: Around) -> Iterator[HistoryRow]:
    """One row for each, told by how it differs from the one before."""
    before: Mapping[str, object] = {}
    for one in happened:
        refused = one.outcome.outcome
        if isinstance(refused, Refused):
            problem = Problem(refused.code, Place(""), dict(refused.params))
            said = Title(problem.message("en"), problem.message("zh"))
            yield _row(dw, one, known, Title("Refused", "被拒绝"), said, refused=True)
            continue
        what = Title(*_WHAT.get(one.outcome.what, (one.outcome.what, one.outcome.what)))
        yield _row(dw, one, known, what, _detail(dw, one, before, known))
        before = one.outcome.then


def _row(
    dw: Dealwright, one: _Happened, known: Around, what: Title, detail: Title, refused: bool = False
) -> HistoryRow:
    event, cause = one.event, one.outcome.cause
    own = event.type.startswith("task.")
    return HistoryRow(
        event.at, what, detail, known.person(event.actor) if event.actor and own else Title(),
        rule_title(dw, cause.rule) if cause.rule else Title(), cause.place if cause.rule else None,
        fact_rows(dw, cause, known), notes_of(dw, cause), refused, event.source == "bulk",
    )  # fmt: skip


def _detail(dw: Dealwright, one: _Happened, before: Mapping[str, object], known: Around) -> Title:
    """What is otherwise than before: when it is due, until when it is put off, whose it is; the outcome and what was said."""
    then, event = one.outcome.then, one.event
    parts: list[Title] = []
    due, until, owner = then.get("due_at"), then.get("snoozed_until"), str(then.get("owner") or "")
    if isinstance(due, datetime) and due != before.get("due_at"):
        parts.append(_dated(dw, due, "due", "截止"))
    if isinstance(until, datetime) and until != before.get("snoozed_until"):
        parts.append(_dated(dw, until, "until", "至"))
    if owner and owner != before.get("owner"):
        to, was = known.person(owner), known.person(str(before["owner"])) if before.get("owner") else Title()
        parts.append(Title(f"{was.en} → {to.en}" if was.en else f"for {to.en}",
                           f"{was.show('zh')} → {to.show('zh')}" if was.en else f"交给{to.show('zh')}"))  # fmt: skip
    if one.outcome.what == "completed" and then.get("outcome"):
        parts.append(word(str(then["outcome"])))
    said = event.text("note") or event.text("reason") if event.type.startswith("task.") else ""
    if said:
        parts.append(Title(f"“{said}”", f"“{said}”"))
    return Title("; ".join(part.show("en") for part in parts), "；".join(part.show("zh") for part in parts))


def _dated(dw: Dealwright, at: datetime, en: str, zh: str) -> Title:
    """`due 2026-10-08 Thursday 15:00`, in the company's zone."""
    local = at.astimezone(dw.zone)

    def said(language: Language) -> str:
        return f"{local:%Y-%m-%d} {weekday(local.date()).show(language)} {local:%H:%M}"

    return Title(f"{en} {said('en')}", f"{zh} {said('zh')}")
