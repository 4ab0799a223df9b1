"""Tickets: their clocks, what the clock does, what cannot be, and that the order of delivery does not matter."""

from datetime import timedelta
from itertools import permutations

import pytest

from engine.core.events import Event
from engine.core.records import Task
from engine.core.tickets import Ticket
from tests.core.service.desk import SERVICE, desk, due, opened, standing, tick, ticket
from tests.core.workflow.story import Story, local


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def test_each_resolution_keeps_its_own_time() -> None:
    story = opened(desk(), priority="urgent").happen("ticket.resolved", "T-1", "2026-01-05 11:00")
    story.happen("ticket.reopened", "T-1", "2026-01-05 15:00", reason="again")
    story.happen("ticket.resolved", "T-1", "2026-01-05 17:30")
    first, second = (one for one in standing(story, "2026-01-06 12:00").clocks if one.limit == "resolution")
    assert (first.took, first.late) == (minutes(60), None)
    # Four hours resolved do not count: 16:00 was the date, and it is missed by an hour and a half.
    assert (second.due_at, second.took, second.late) == (local("2026-01-05 16:00"), minutes(210), minutes(90))


def test_a_reopened_ticket_may_have_its_whole_time_again() -> None:
    story = opened(desk(SERVICE.replace("close:", "on_reopen: restart\nclose:")), priority="urgent")
    story.happen("ticket.resolved", "T-1", "2026-01-05 13:00")
    story.happen("ticket.reopened", "T-1", "2026-01-05 15:00", reason="again")
    found = standing(story, "2026-01-05 15:00")
    assert [one.late for one in found.clocks if one.limit == "resolution"] == [minutes(60), None]
    assert due(found, "resolution") == local("2026-01-05 17:00")
    assert found.state == "failed", "the first response was the resolution, two and a half hours late"


def test_further_messages_of_the_customer_move_no_date() -> None:
    story = opened(desk(), priority="high").happen("ticket.replied", "T-1", "2026-01-05 10:30", by="customer")
    assert due(standing(story, "2026-01-05 10:40"), "first_response") == local("2026-01-05 11:00")
    story.happen("ticket.replied", "T-1", "2026-01-05 10:45", by="agent")
    for at in ("12:00", "12:30"):
        story.happen("ticket.replied", "T-1", f"2026-01-05 {at}", by="customer")
    assert due(standing(story, "2026-01-05 12:40"), "next_response") == local("2026-01-05 13:00")
    assert standing(story, "2026-01-05 13:01").state == "failed"
    story.happen("ticket.replied", "T-1", "2026-01-05 12:50", by="agent")
    assert standing(story, "2026-01-05 13:01").state == "paused"


def test_business_days_of_a_promise_pass_over_a_holiday_and_say_so() -> None:
    found = standing(opened(desk()), "2026-01-05 10:00")
    (resolution,) = [one for one in found.clocks if one.limit == "resolution"]
    # Monday 5 January and three working days, without Thursday 8 January.
    assert resolution.due_at == local("2026-01-09 10:00")
    assert [code for code, _ in resolution.notes] == ["skipped"]


def test_the_clock_warns_asks_and_goes_one_up_each_once() -> None:
    story = opened(desk(), priority="urgent")
    assert ticket(story).due_at == local("2026-01-05 10:20")
    assert [one.to for one in tick(story, "2026-01-05 10:25").told()] == ["wei"]
    assert not tick(story, "2026-01-05 10:26").outcomes
    tick(story, "2026-01-05 10:30")
    (asked,) = tasks(story)
    assert (asked.purpose, asked.owner, asked.due_at) == ("answer-at-last", "wei", local("2026-01-05 10:30"))
    assert [code for code, _ in asked.reasons[0].notes] == ["promised", "clock"]
    assert asked.reasons[0].facts == (("ticket.priority", "urgent"),)
    story.happen("ticket.replied", "T-1", "2026-01-05 10:45", by="agent")
    assert not tasks(story), "what was asked is done with the reply"


def tasks(story: Story) -> list[Task]:
    """The open tasks, of deals and of none."""
    return [one for one in story.state.records() if isinstance(one, Task) and one.status == "open"]


def test_a_tick_that_comes_late_does_everything_as_of_its_moment() -> None:
    story = opened(desk(), priority="urgent")
    tick(story, "2026-01-05 17:00")
    made = sorted((one.purpose, one.owner, one.made_at) for one in tasks(story))
    assert made == [
        ("answer-at-last", "wei", local("2026-01-05 10:30")),
        ("take-over", "lin", local("2026-01-05 13:00")),
    ]


def test_what_nobody_sees_to_is_asked_of_nobody_and_says_so() -> None:
    story = opened(desk(), owner="", account="")
    assert ticket(story).owner == ""
    tick(story, "2026-01-06 10:00")
    assert {(one.what, one.reason) for one in story.passed()} == {("notice", "no_owner"), ("task", "no_owner")}


@pytest.mark.parametrize(
    ("before", "type", "body"),
    [
        ((), "ticket.resumed", {}),
        ((), "ticket.reopened", {"reason": "again"}),
        (("ticket.closed",), "ticket.replied", {"by": "customer"}),
        (("ticket.resolved",), "ticket.held", {"reason": "part"}),
        (("ticket.resolved",), "ticket.resolved", {}),
    ],
)
def test_what_cannot_be_is_refused_with_its_status(before: tuple[str, ...], type: str, body: dict[str, str]) -> None:
    story = opened(desk())
    for one in before:
        story.happen(one, "T-1", "2026-01-05 11:00")
    status = ticket(story).status
    refusal = story.happen(type, "T-1", "2026-01-05 12:00", **body).refusal()
    assert (refusal.code, dict(refusal.params)["status"]) == ("E241", status)
    assert ticket(story).status == status


def test_an_answer_counts_once_and_lies_on_the_scale() -> None:
    story = opened(desk()).happen("ticket.resolved", "T-1", "2026-01-05 12:00")
    assert story.happen("satisfaction.answered", "T-1", "2026-01-05 13:00", score=6).refusal().code == "E243"
    story.happen("satisfaction.answered", "T-1", "2026-01-05 13:00", score=4)
    answer = story.state.answer("T-1")
    assert answer is not None
    assert (answer.person, answer.score, answer.satisfied) == ("wei", 4, True)
    assert story.happen("satisfaction.answered", "T-1", "2026-01-05 14:00", score=1).refusal().code == "E242"
    assert story.state.answer("T-1") == answer


def test_without_a_scale_nobody_is_asked() -> None:
    story = opened(desk(SERVICE.split("satisfaction:")[0]))
    assert story.happen("satisfaction.answered", "T-1", "2026-01-05 13:00", score=4).refusal().code == "E244"


def test_what_is_promised_goes_by_the_account_on_the_day_it_was_opened() -> None:
    gold = '  - {promise: gold, when: account.tier = "gold", first_response: 15 business minutes}\n'
    story = desk(SERVICE.replace("promises:\n", "promises:\n" + gold))
    story.happen("account.changed", "A-1", "2026-01-04 10:00", tier="gold")
    assert ticket(opened(story)).limit == "gold"
    story.happen("account.changed", "A-1", "2026-01-05 10:05", tier="plain")
    story.happen("ticket.changed", "T-1", "2026-01-05 10:06", priority="high")
    assert ticket(story).limit == "gold"


_HISTORY = (
    ("ticket.replied", "2026-01-05 10:10", {"by": "agent"}),
    ("ticket.replied", "2026-01-05 11:00", {"by": "customer"}),
    ("ticket.held", "2026-01-05 12:00", {"reason": "part"}),
    ("ticket.resumed", "2026-01-05 13:00", {}),
    ("ticket.changed", "2026-01-05 13:30", {"priority": "high"}),
    ("ticket.resolved", "2026-01-05 14:00", {}),
    ("satisfaction.answered", "2026-01-05 15:00", {"score": 5}),
)


def test_the_order_of_delivery_does_not_matter() -> None:
    found: list[tuple[Ticket, object]] = []
    for number, order in enumerate(permutations(range(len(_HISTORY)))):
        if number % 97:
            continue
        story = opened(desk())
        for place in order:
            type, at, body = _HISTORY[place]
            moment = local(at)
            story.deliver(Event(type, "T-1", "desk", f"{place}", moment, moment.date(), "", body))
        found.append((ticket(story), story.state.answer("T-1")))
    assert len(found) > 50
    assert all(one == found[0] for one in found)
    assert found[0][0].status == "resolved"


def test_a_silent_ticket_closes_by_itself_and_takes_no_more_words() -> None:
    story = opened(desk()).happen("ticket.replied", "T-1", "2026-01-05 11:00", by="agent")
    assert ticket(story).due_at == local("2026-01-10 11:00")
    tick(story, "2026-01-12 09:00")
    assert ticket(story).status == "closed"
    assert story.happen("ticket.replied", "T-1", "2026-01-12 10:00", by="customer").refusal().code == "E241"
    story.happen("ticket.reopened", "T-1", "2026-01-12 10:30", reason="it came back")
    assert ticket(story).status == "open"


def test_history_asks_nobody_and_tells_nobody() -> None:
    story = opened(desk(), priority="urgent")
    story.happen("clock.ticked", "ticket:T-1", "2026-01-05 17:00", mode="history")
    assert not tasks(story)
    assert not story.told()
