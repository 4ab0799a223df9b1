"""Tasks that are due so long before or after a date of their deal."""

from datetime import date

import pytest

from engine.core.durations import Duration
from engine.core.workflow.business_time import day_moved
from engine.core.workflow.notes import show_note
from tests.core.workflow.story import Story, calendar, local, rules

PREPARE = """
automation: prepare
title: {en: Prepare, zh: 准备}
on: deal.created
then: [{task: {to: deal.owner, title: {en: Prepare, zh: 准备}, due_on: deal.close_on, AWAY}}]
"""


@pytest.mark.parametrize(
    ("day", "away", "back", "expected"),
    [
        ("2026-03-05", "2 business days", True, "2026-03-03"),
        ("2026-03-09", "1 business days", True, "2026-03-06"),  # over a weekend
        ("2026-03-08", "1 business days", True, "2026-03-06"),  # from a Sunday the first is Friday
        ("2026-03-08", "1 business days", False, "2026-03-09"),
        ("2026-03-08", "0 business days", True, "2026-03-08"),
        ("2026-10-08", "1 business days", True, "2026-09-30"),  # National Day
        ("2026-10-10", "1 business days", True, "2026-10-09"),  # Saturday 10 October is a make-up working day
        ("2026-10-11", "1 business days", True, "2026-10-10"),
        ("2026-03-10", "2 days", True, "2026-03-06"),  # a Sunday: earlier, never later
        ("2026-03-06", "1 days", False, "2026-03-09"),  # a Saturday: later
        ("2026-03-31", "1 months", True, "2026-02-28"),  # a Saturday that is worked: after the Spring Festival
        ("2026-01-15", "1 months", True, "2025-12-15"),
        ("2026-03-20", "1 weeks", True, "2026-03-13"),
    ],
)
def test_days_are_counted_both_ways_and_end_where_work_is_done(day: str, away: str, back: bool, expected: str) -> None:
    moved = day_moved(calendar(), date.fromisoformat(day), Duration.parse(away), back)
    assert moved.isoformat() == expected


def prepared(away: str, **facts: object) -> Story:
    story = Story(rules(PREPARE.replace("AWAY", away)))
    return story.happen("deal.created", "D-1", "2026-03-02 10:00", owner="wei", **facts)


def test_the_task_is_due_at_the_end_of_that_day_and_says_how_it_was_found() -> None:
    (task,) = prepared("due_before: 2 business days", close_on=date(2026, 3, 10)).tasks()
    assert task.due_at == local("2026-03-06 18:00")
    notes = task.reasons[0].notes
    assert [show_note(one, "en") for one in notes] == [
        "due on deal.close_on, 2026-03-10", "2 business days before that: 2026-03-06"]  # fmt: skip
    assert show_note(notes[1], "zh") == "其前 2 business days：2026-03-06"


def test_when_the_date_moves_the_task_moves_with_it() -> None:
    story = prepared("due_after: 1 weeks", close_on=date(2026, 3, 10))
    assert story.tasks()[0].due_at == local("2026-03-17 18:00")
    story.happen("deal.changed", "D-1", "2026-03-03 10:00", close_on=date(2026, 3, 12))
    assert story.tasks()[0].due_at == local("2026-03-19 18:00")


def test_what_was_to_be_done_before_today_is_made_and_is_late() -> None:
    (task,) = prepared("due_before: 2 business days", close_on=date(2026, 3, 3)).tasks()
    assert (task.made_at, task.due_at) == (local("2026-03-02 10:00"), local("2026-02-28 18:00"))
