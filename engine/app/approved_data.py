"""Requests for approval as plain data and as a line of text, for commands."""

from typing import Any

from engine.app.views.approvals import ApprovalList, ApprovalRow
from engine.app.words import word
from engine.core.rules.header import Title


def list_data(found: ApprovalList) -> dict[str, Any]:
    """The page as plain data: `mine`, `asked`, `others` and `decided`, each a list of requests; `overrides`."""
    groups = {"mine": found.mine, "asked": found.asked, "others": found.others, "decided": found.decided}
    passed = [{"at": one.at.isoformat(), "deal": one.deal, "stage": _both(one.stage), "by": _both(one.actor),
               "reason": one.reason, "missing": [_both(words) for words in one.missing]} for one in found.overrides]  # fmt: skip
    return {name: [row_data(row) for row in rows] for name, rows in groups.items()} | {"overrides": passed}


def row_data(row: ApprovalRow) -> dict[str, Any]:
    """One request as plain data; moments in UTC, words in both languages."""
    seats = [{"person": _both(seat.person), "answer": seat.answer or "waits", "reason": seat.reason, "notes": _both(seat.notes)}
             for seat in row.seats]  # fmt: skip
    return {
        "id": row.id, "rule": row.rule, "title": _both(row.title), "deal": row.deal, "state": row.state,
        "requested_by": _both(row.requested_by), "requested_at": row.requested_at.isoformat(),
        "due_at": row.due_at.isoformat() if row.due_at else None, "move_to": _both(row.move_to), "reason": row.reason,
        "values": {fact.title.show("en"): fact.value.show("en") for fact in row.values}, "seats": seats,
        "why": _both(row.ended_why),
    }  # fmt: skip


def row_line(row: ApprovalRow) -> tuple[str, str]:
    """One request in a line of each language: what, of which deal, how it stands, whose word it waits for."""
    return _line(row, "en", ", "), _line(row, "zh", "、")


def _line(row: ApprovalRow, language: Any, comma: str) -> str:
    said = comma.join(
        f"{seat.person.show(language)} {word(seat.answer or 'pending').show(language)}" for seat in row.seats
    )
    values = comma.join(f"{fact.title.show(language)} {fact.value.show(language)}" for fact in row.values)
    parts = (row.id[:12], row.title.show(language), row.deal_name, values, word(row.state).show(language), said)
    return "  " + " · ".join(part for part in parts if part)


def _both(title: Title) -> dict[str, str]:
    return {"en": title.show("en"), "zh": title.show("zh")}
