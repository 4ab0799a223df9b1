"""Published cases of tickets: holds, replies, reopening, closing by itself. Hours 10:00–18:00 from Monday to Friday."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from engine.core.service.clocks import longest_exchange
from tests.core.service.desk import SERVICE, desk, due, opened, standing, ticket
from tests.core.workflow.story import Story

SERVICE_CASES: dict[str, Callable[[Any], None]] = {}


def case(*ids: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Registers what runs these cases."""

    def register(run: Callable[[Any], None]) -> Callable[[Any], None]:
        SERVICE_CASES.update(dict.fromkeys(ids, run))
        return run

    return register


def on_hold(story: Story, start: str, end: str) -> Story:
    """The ticket rests between two local times."""
    return story.happen("ticket.held", "T-1", start, reason="a spare part").happen("ticket.resumed", "T-1", end)


@case("SLA-07")
def _hold_time_extends_the_resolution_in_working_time(data: Any) -> None:
    # Thursday 15 January 2026.
    for end, expected in (("16:30:00", data["hold_3600"]), ("16:30:01", data["hold_3601"])):
        story = opened(desk(), "2026-01-15 15:00", priority="urgent")
        on_hold(story, "2026-01-15 15:30:00", f"2026-01-15 {end}")
        at = due(standing(story, "2026-01-16 12:00"), "resolution")
        assert local_words(at) == expected


def local_words(at: Any) -> str:
    return str((at + timedelta(hours=8)).strftime("%a %H:%M:%S"))


@case("SLA-08")
def _a_pause_moves_the_resolution_and_is_not_counted(data: Any) -> None:
    story = opened(desk(), "2026-01-05 12:00", priority="high")
    on_hold(story, "2026-01-05 12:30", "2026-01-05 13:00").happen("ticket.resolved", "T-1", "2026-01-05 13:30")
    found = standing(story, "2026-01-05 14:00")
    (resolution,) = [one for one in found.clocks if one.limit == "resolution"]
    assert local_words(resolution.due_at)[4:9] == data["resolution_by"]
    assert resolution.took == timedelta(seconds=data["resolution_time_s"])
    assert resolution.late is None


@case("SLA-11")
def _a_late_first_reply_fails_by_so_much(data: Any) -> None:
    story = opened(desk(), priority="urgent").happen("ticket.replied", "T-1", "2026-01-05 10:39", by="agent")
    found = standing(story, "2026-01-05 10:40")
    assert (found.state, found.clocks[0].late) == ("failed", timedelta(seconds=data["late_s"]))


@case("SLA-13")
def _a_reply_pauses_and_a_reopened_ticket_goes_on(_: Any) -> None:
    story = opened(desk(), priority="urgent").happen("ticket.replied", "T-1", "2026-01-05 10:10", by="agent")
    assert standing(story, "2026-01-05 10:15").state == "paused"
    story.happen("ticket.replied", "T-1", "2026-01-05 10:20", by="customer")
    assert standing(story, "2026-01-05 10:20").state == "resolution_due"
    assert local_words(due(standing(story, "2026-01-05 12:15"), "resolution"))[4:] == "12:10:00"
    assert standing(story, "2026-01-05 12:10").state == "resolution_due"
    assert standing(story, "2026-01-05 12:15").state == "failed"


@case("SLA-14")
def _replied_tickets_close_after_five_days_of_silence(data: Any) -> None:
    story = opened(desk()).happen("ticket.replied", "T-1", "2026-01-05 11:00", by="agent")
    statuses = [standing(story, f"2026-01-10 {clock}").course.status for clock in ("11:05", "10:55")]
    assert [status == "closed" for status in statuses] == [data["closed"], not data["kept"]]


@case("SLA-18")
def _no_time_at_all_is_a_time(_: Any) -> None:
    story = opened(desk(), priority="urgent").happen("ticket.replied", "T-1", "2026-01-05 10:00", by="agent")
    for at in ("2026-01-05 10:00", "2026-01-06 17:00"):
        assert standing(story, at).clocks[0].took == timedelta(0)
    story.happen("ticket.replied", "T-1", "2026-01-05 15:00", by="agent")
    assert standing(story, "2026-01-06 17:00").clocks[0].took == timedelta(0)


@case("SLA-20")
def _the_longest_exchange_is_kept(data: Any) -> None:
    service = SERVICE.replace("next_response: 60 business minutes", "next_response: 60 minutes")
    story = opened(desk(service), priority="high").happen("ticket.replied", "T-1", "2026-01-05 10:01", by="agent")
    for asked, answered in (("11:00", "11:10"), ("12:00", "12:05")):
        story.happen("ticket.replied", "T-1", f"2026-01-05 {asked}", by="customer")
        story.happen("ticket.replied", "T-1", f"2026-01-05 {answered}", by="agent")
    longest = longest_exchange(list(standing(story, "2026-01-05 13:00").clocks))
    assert longest is not None
    assert longest.took == timedelta(minutes=data["update_in_min"])
    assert timedelta(minutes=60) - longest.took == timedelta(minutes=data["diff"])
    assert ticket(story).limit == "high"
