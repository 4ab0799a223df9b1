"""The iCalendar file against RFC 5545, read back by a parser and byte by byte where the RFC says so."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from engine.exports.task_calendar import KINDS, Entry, Kind, task_calendar

BERLIN = ZoneInfo("Europe/Berlin")
DUE = datetime(2026, 10, 25, 8, 30, tzinfo=UTC)
CHANGED = datetime(2026, 6, 1, 2, 3, 4, tzinfo=UTC)
LONG = "致电客户，确认预算；下周见面, bring the offer; back\\slash"


def entry(status: str = "open", **more: object) -> Entry:
    return Entry(
        "task-1", f"{LONG} · Acme", "First line\nSecond line", DUE, status, 3, CHANGED, "https://x.test/tasks/1", **more
    )  # type: ignore[arg-type]


def made(kind: Kind = "todos", *entries: Entry) -> bytes:
    return task_calendar(entries or (entry(),), kind, "Tasks of Li Na", BERLIN, "polaris")


def lines(data: bytes) -> list[str]:
    """Unfolded: CRLF and a space is nothing (RFC 5545, 3.1)."""
    return data.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("kind", KINDS)
def test_lines_are_folded_at_75_octets_end_in_crlf_and_split_no_character(kind: Kind) -> None:
    data = made(kind)
    assert data.endswith(b"END:VCALENDAR\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert all(line.decode() or True for line in data.split(b"\r\n")), "each line is whole UTF-8"


def test_text_is_escaped_as_the_rfc_says() -> None:
    said = lines(made())
    assert "SUMMARY:致电客户，确认预算；下周见面\\, bring the offer\\; back\\\\slash · Acme" in said
    assert "DESCRIPTION:First line\\nSecond line" in said


def test_the_due_moment_is_in_its_zone_which_the_file_describes() -> None:
    said = lines(made())
    assert "DUE;TZID=Europe/Berlin:20261025T093000" in said
    assert said.count("BEGIN:VTIMEZONE") == 1 and "TZID:Europe/Berlin" in said
    parsed = Calendar.from_ical(made())
    assert parsed.walk("VTODO")[0]["due"].dt == DUE


@pytest.mark.parametrize(
    ("status", "todo", "event"),
    [("open", "NEEDS-ACTION", "CONFIRMED"), ("done", "COMPLETED", "CONFIRMED"), ("skipped", "CANCELLED", "CANCELLED"),
     ("cancelled", "CANCELLED", "CANCELLED")],
)  # fmt: skip
def test_each_status_is_one_that_the_rfc_knows_for_the_component(status: str, todo: str, event: str) -> None:
    ended = None if status == "open" else CHANGED
    assert f"STATUS:{todo}" in lines(made("todos", entry(status, ended_at=ended)))
    assert f"STATUS:{event}" in lines(made("events", entry(status, ended_at=ended)))
    assert ("COMPLETED:20260601T020304Z" in lines(made("todos", entry(status, ended_at=ended)))) == (status == "done")


@pytest.mark.parametrize("kind", KINDS)
def test_uid_stamp_and_sequence_are_there_once_for_each_task(kind: Kind) -> None:
    said = lines(made(kind))
    assert sorted(line for line in said if line.startswith(("UID", "SEQUENCE", "DTSTAMP"))) == [
        "DTSTAMP:20260601T020304Z", "SEQUENCE:3", "UID:task-1@polaris.dealwright",
    ]  # fmt: skip


def test_the_same_entries_give_the_same_bytes() -> None:
    assert made() == made() and made("events") == made("events")


def test_no_task_is_a_calendar_all_the_same() -> None:
    data = task_calendar((), "todos", "Tasks", BERLIN, "polaris")
    assert Calendar.from_ical(data).walk("VTODO") == []
