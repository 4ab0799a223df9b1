"""Taking an answer back: everything stands as it stood, or it is said what does not."""

from dataclasses import replace

import pytest

from engine.core.outcomes import Kept
from engine.core.records import Enrolment, Task
from engine.core.workflow.notes import show_note
from tests.core.workflow.story import COMPANY, Story, local, rules
from tests.core.workflow.test_cadences import done, lead, new_lead

AT = "2026-09-28 10:00"
SECOND = "2026-10-09 10:00"
THANK = """
automation: thank
title: {en: Thank, zh: 致谢}
in_force: {from: 2020-01-01}
on: task.completed
when: deal.reached is not set
then: [{task: {title: {en: Thank them, zh: 致谢}, channel: email, due_in: 1 business days}}]
"""
ONE_STEP = """
cadence: one
title: {en: One, zh: 一步}
start: {on: deal.created}
steps: [{step: only, after: 0 business days, task: {channel: call, title: {en: Call, zh: 致电}}}]
policy: {POLICY}
"""


def reopened(story: Story, task: Task, at: str) -> Story:
    return story.happen("task.reopened", task.id, at, "wei")


def still(enrolments: list[Enrolment]) -> list[Enrolment]:
    """The enrolments without who moved them last."""
    return [replace(one, moved_by="") for one in enrolments]


def said(story: Story) -> list[str]:
    kept = next(o for o in story.outcomes if isinstance(o, Kept) and o.what == "reopened")
    return [show_note(one) for one in kept.cause.notes]


@pytest.mark.parametrize("how", ["task.completed", "task.skipped"])
def test_task_and_enrolment_are_exactly_what_they_were(how: str) -> None:
    story = lead(AT)
    (task,), before = story.tasks(), still(story.enrolments())
    story.happen(how, task.id, "2026-09-28 11:00", "wei", outcome="connected", reason="Wrong number")
    assert still(story.enrolments()) != before
    reopened(story, task, "2026-09-28 11:14")
    assert story.tasks() == [task] and still(story.enrolments()) == before
    assert said(story) == ["New lead stands again at the step First call"]
    done(story, "2026-09-28 12:00")
    assert story.enrolments()[0].step == "intro-mail"


def test_the_time_is_half_open_and_the_companys_own() -> None:
    for company, last, over in (
        (COMPANY, "2026-09-28 11:14", "2026-09-28 11:15"),
        (COMPANY + "undo_for: 2 hours\n", "2026-09-28 12:59", "2026-09-28 13:00"),
        (COMPANY + "undo_for: 1 business days\n", "2026-09-29 10:59", "2026-09-29 11:00"),
    ):
        story = Story(rules(new_lead(), company=company)).happen("deal.created", "D-1", AT, owner="wei")
        (task,) = story.tasks()
        done(story, "2026-09-28 11:00")
        assert reopened(story, task, over).refusal().code == "E266"
        assert reopened(story, task, last).tasks()[0] == task


def test_a_step_that_was_made_meanwhile_is_called_off() -> None:
    fast = new_lead().replace("after: 1 business days, when: deal.contact is set", "after: 0 business days")
    story = Story(rules(fast)).happen("deal.created", "D-1", AT, owner="wei")
    (task,), before = story.tasks(), still(story.enrolments())
    done(story, "2026-09-28 11:00")
    (mail,) = story.tasks()
    assert mail.channel == "email"
    reopened(story, task, "2026-09-28 11:05")
    assert story.tasks() == [task] and still(story.enrolments()) == before
    assert [one.id for one in story.tasks("cancelled")] == [mail.id]


def test_a_step_that_somebody_has_taken_up_stays_and_only_the_task_is_reopened() -> None:
    fast = new_lead().replace("after: 1 business days, when: deal.contact is set", "after: 0 business days")
    story = Story(rules(fast)).happen("deal.created", "D-1", AT, owner="wei")
    (task,) = story.tasks()
    done(story, "2026-09-28 11:00")
    (mail,) = story.tasks()
    story.happen("task.snoozed", mail.id, "2026-09-28 11:01", "wei", until=local("2026-09-29 10:00"))
    there = story.enrolments()
    reopened(story, task, "2026-09-28 11:05")
    assert {one.id for one in story.tasks()} == {task.id, mail.id} and story.enrolments() == there
    assert said(story) == ["New lead has gone on since and stays where it is"]


def test_an_enrolment_that_has_ended_runs_again_while_its_place_is_free() -> None:
    story = Story(rules(ONE_STEP.replace("POLICY", "reenrol: after_exit"))).happen(
        "deal.created", "D-1", AT, owner="wei"
    )
    (task,), before = story.tasks(), still(story.enrolments())
    done(story, "2026-09-28 11:00")
    assert story.enrolments()[0].ended_as == "completed"
    reopened(story, task, "2026-09-28 11:05")
    assert story.tasks() == [task] and still(story.enrolments()) == before


def test_where_the_room_is_anothers_the_task_stands_alone() -> None:
    story = Story(rules(ONE_STEP.replace("POLICY", "active_limit: 1"))).happen("deal.created", "D-1", AT, owner="wei")
    story.happen("deal.created", "D-2", AT, owner="wei")
    (task,) = story.tasks()
    done(story, "2026-09-28 11:00")
    reopened(story, task, "2026-09-28 11:05")
    (again,) = (one for one in story.tasks() if one.id == task.id)
    assert [note[0] for note in again.reasons[0].notes if note[0] in ("enrolment", "step")] == []
    assert said(story) == ["One has gone on since and stays where it is", "One has ended: the task stands on its own"]


def test_what_a_rule_made_of_the_answer_is_called_off() -> None:
    story = lead(AT, "anchor: previous_actual", THANK)
    (task,) = story.tasks()
    done(story, "2026-09-28 11:00")
    assert [one.title[0] for one in story.tasks()] == ["Thank them"]
    reopened(story, task, "2026-09-28 11:05")
    assert story.tasks() == [task]


def test_what_a_rule_made_stays_when_somebody_has_taken_it_up() -> None:
    story = lead(AT, "anchor: previous_actual", THANK)
    (task,) = story.tasks()
    done(story, "2026-09-28 11:00")
    story.happen("task.snoozed", story.tasks()[0].id, "2026-09-28 11:01", "wei", until=local("2026-09-29 10:00"))
    reopened(story, task, "2026-09-28 11:05")
    assert len(story.tasks()) == 2
    assert "“Thank them” stays: somebody has taken it up" in said(story)


def test_a_snooze_is_taken_back_to_the_one_before_it() -> None:
    story = lead(AT)
    (task,) = story.tasks()
    for at, until in (("2026-09-28 11:00", "2026-09-29 10:00"), ("2026-09-28 12:00", "2026-09-30 10:00")):
        story.happen("task.snoozed", task.id, at, "wei", until=local(until))
    reopened(story, task, "2026-09-28 12:05")
    assert story.tasks()[0].snoozed_until == local("2026-09-29 10:00")
    assert reopened(story, task, "2026-09-28 12:06").refusal().code == "E265"


def test_refusals_say_what_is_in_the_way() -> None:
    story = lead(AT)
    (task,) = story.tasks()
    assert reopened(story, task, "2026-09-28 11:00").refusal().code == "E265"
    story.happen("activity.logged", "D-1", "2026-09-28 11:10", kind="email", outcome="replied")
    assert reopened(story, task, "2026-09-28 11:11").refusal().code == "E267"
    assert story.happen("task.reopened", "task-404", "2026-09-28 11:12").refusal().code == "E050"


def test_a_deal_that_has_closed_since_wants_the_task_no_more() -> None:
    story = lead(AT)
    (task,) = story.tasks()
    done(story, "2026-09-28 11:00")
    story.happen("deal.lost", "D-1", "2026-09-28 11:05", loss_reason="price")
    assert reopened(story, task, "2026-09-28 11:06").refusal().code == "E268"
    assert story.tasks() == []


def test_two_open_tasks_never_share_a_purpose() -> None:
    call_back = THANK.replace("on: task.completed\nwhen: deal.reached is not set", "on: deal.created").replace(
        "channel: email", "channel: email, purpose: thank"
    )
    again = call_back.replace("automation: thank", "automation: again").replace("deal.created", "activity.logged")
    story = Story(rules(call_back, again)).happen("deal.created", "D-1", AT, owner="wei")
    (task,) = story.tasks()
    done(story, "2026-09-28 11:00")
    story.happen("activity.logged", "D-1", "2026-09-28 11:05", kind="email", outcome="x")
    assert reopened(story, task, "2026-09-28 11:06").refusal().code == "E269"


def test_a_visit_that_was_called_off_to_be_made_later_is_not_made_twice() -> None:
    visit = ONE_STEP.replace("POLICY", "reenrol: after_exit").replace(
        "{step: only,", "{step: only, reschedule: 2 business days,"
    )
    story = Story(rules(visit)).happen("deal.created", "D-1", AT, owner="wei")
    (task,), before = story.tasks(), still(story.enrolments())
    story.happen("task.skipped", task.id, "2026-09-28 11:00", "wei", reason="Ill", reschedule=True)
    (later,) = story.tasks()
    assert later.id != task.id and later.answer is None
    reopened(story, task, "2026-09-28 11:05")
    assert story.tasks() == [task] and still(story.enrolments()) == before


def test_an_enrolment_that_somebody_has_paused_since_stays_as_it_is() -> None:
    story = lead(AT)
    (task,) = story.tasks()
    done(story, "2026-09-28 11:00")
    story.happen("enrolment.paused", "D-1", "2026-09-28 11:05", "wei", cadence="new-lead", reason="On a trip")
    there = story.enrolments()
    reopened(story, task, "2026-09-28 11:06")
    assert story.enrolments() == there and [one.id for one in story.tasks()] == [task.id]
    assert said(story) == ["New lead has gone on since and stays where it is"]
