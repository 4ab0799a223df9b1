"""Return visits: planned evenly, moved off days off without going back in time, called off for good or until later."""

import pytest

from engine.core.workflow.notes import show_note
from engine.rulefiles.loading import load_texts
from tests.core.workflow.following import follow, one, story
from tests.core.workflow.story import BASE, Story

EVENLY = "  - {step: visit, repeat: {PLAN}, task: {channel: visit, title: {en: Visit, zh: 回访}}}"


def visits(plan: str, policy: str = "anchor: enrolment, on_nonworking: run", at: str = "2026-09-07 10:00") -> Story:
    return story(follow(policy, steps=EVENLY.replace("PLAN", plan)), at=at)


def made(found: Story) -> list[str]:
    """The days on which visits were asked for, in order."""
    return [task.made_at.date().isoformat() for task in found.state.tasks("D-1")]


@pytest.mark.parametrize("anchor", ["enrolment", "previous_due"])
def test_visits_come_evenly_whatever_their_wait_counts_from(anchor: str) -> None:
    found = visits("every: 1 week, times: 3", f"anchor: {anchor}, on_nonworking: run").tick("2027-01-01 10:00")
    assert made(found) == ["2026-09-14", "2026-09-21", "2026-09-28"]
    assert next(task.title for task in found.tasks()) == ("Visit (1 of 3)", "回访（第 1/3 次）")
    assert len({task.purpose for task in found.tasks()}) == 3


def test_visits_are_spread_evenly_over_a_contract() -> None:
    assert made(visits("over: 1 year, times: 4").tick("2028-01-01 10:00")) == [
        "2026-12-07", "2027-03-07", "2027-06-07", "2027-09-07",
    ]  # fmt: skip


def test_the_first_may_come_at_another_time() -> None:
    plan = "every: 1 month, times: 2}, after: 3 days, task: {channel: visit}}"
    text = "  - {step: visit, repeat: {" + plan
    found = story(follow("anchor: previous_due, on_nonworking: run", steps=text)).tick("2028-01-01 10:00")
    assert made(found) == ["2026-09-10", "2026-10-10"]


def test_a_visit_on_a_day_off_moves_back_and_never_before_its_wait_began() -> None:
    policy = "anchor: enrolment, on_nonworking: backward"
    saturday_a_week_later = visits("every: 5 days, times: 1", policy, "2026-09-07 10:00")
    assert one(saturday_a_week_later).due_at.date().isoformat() == "2026-09-11"  # type: ignore[union-attr]
    begun_on_a_saturday = visits("every: 1 day, times: 1", policy, "2026-09-12 10:00")
    assert one(begun_on_a_saturday).due_at.date().isoformat() == "2026-09-14"  # type: ignore[union-attr]


PUT_OFF = "  - {step: visit, after: 1 days, task: {channel: visit}, reschedule: 10 days}"


def put_off(policy: str = "anchor: enrolment, on_nonworking: run", **body: object) -> Story:
    """A visit that is called off on the day after it was asked for."""
    found = story(follow(policy, steps=PUT_OFF)).tick("2026-09-08 10:00")
    return found.happen("task.skipped", found.tasks()[0].id, "2026-09-09 10:00", reason="Away", **body)


@pytest.mark.parametrize("anchor", ["enrolment", "previous_actual"])
def test_a_visit_that_is_called_off_until_later_makes_exactly_one_new_one(anchor: str) -> None:
    found = put_off(f"anchor: {anchor}, on_nonworking: run", reschedule=True)
    assert [(task.status, task.note) for task in found.state.tasks("D-1")] == [("skipped", "Away"), ("open", "")]
    (again,) = found.tasks()
    assert again.due_at.date().isoformat() == "2026-09-19"
    assert "called off: Away; once more after 10 days" in [show_note(note) for note in again.reasons[0].notes]
    assert not one(found).ended_as
    found.happen("task.completed", again.id, "2026-09-19 10:00", outcome="done")
    assert (found.tasks(), one(found).ended_as) == ([], "completed")


def test_without_it_there_is_no_further_one() -> None:
    found = put_off()
    assert (found.tasks(), one(found).ended_as) == ([], "completed")


def test_what_was_put_off_ends_with_its_follow_up() -> None:
    found = put_off(reschedule=True)
    found.happen("enrolment.removed", "D-1", "2026-09-10 10:00", cadence="follow", reason="Stopped")
    assert found.tasks() == []


def test_a_task_that_no_rule_asks_for_again_cannot_be_put_off() -> None:
    found = story(follow("anchor: enrolment", steps="  - {step: visit, after: 0 days, task: {channel: visit}}"))
    (task,) = found.tasks()
    found.happen("task.skipped", task.id, "2026-09-07 11:00", reason="Away", reschedule=True)
    assert found.refusal().code == "E254"


PLAIN = """
calendar: cn
title: {en: Plain, zh: 普通}
years: {from: 2000, until: 2099}
hours: {weekdays: [09:00-17:00]}
"""


@pytest.mark.parametrize(("wait", "told"), [("2 days", True), ("3 days", False), ("2 business days", False)])
def test_a_wait_that_a_break_may_swallow_is_told_of(wait: str, told: bool) -> None:
    text = follow(
        "anchor: enrolment, on_nonworking: backward", steps=PUT_OFF.replace("after: 1 days", f"after: {wait}")
    )
    codes = [problem.code for problem in load_texts(BASE | {"calendar.yaml": PLAIN, "follow.yaml": text}).problems]
    assert ("R420" in codes) is told
