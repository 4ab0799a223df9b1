"""What people do with tasks, and the refusals when it cannot be."""

from tests.core.workflow.story import local
from tests.core.workflow.test_cadences import done, lead


def test_a_task_is_completed_with_outcome_note_and_the_event_that_did_it() -> None:
    story = lead()
    story.happen("task.completed", story.tasks()[0].id, "2026-10-08 10:00", outcome="connected", note="Wants a quote")
    (task,) = story.tasks("done")
    assert (task.outcome, task.note, task.ended_at, task.ended_by) == (
        "connected",
        "Wants a quote",
        local("2026-10-08 10:00"),
        story.last.id,
    )


def test_doing_it_twice_alike_and_doing_it_otherwise_are_two_refusals() -> None:
    story = done(lead(), "2026-10-08 10:00")
    task = story.tasks("done")[0]
    assert done(story, "2026-10-08 11:00", task=task).refusal().code == "E051"
    assert done(story, "2026-10-08 11:00", "no_answer", task).refusal().code == "E052"
    assert story.happen("task.skipped", task.id, "2026-10-08 11:00", reason="x").refusal().code == "E052"
    assert story.tasks("done")[0] == task


def test_a_task_that_is_not_there_is_refused_by_name() -> None:
    refused = lead().happen("task.completed", "task-404", "2026-10-08 10:00").refusal()
    assert (refused.code, refused.params) == ("E050", (("task", "task-404"),))


def test_a_skipped_task_keeps_the_reason_and_the_cadence_goes_on() -> None:
    story = lead("2026-09-28 10:00")
    story.happen("task.skipped", story.tasks()[0].id, "2026-09-28 11:00", reason="No number")
    assert [task.note for task in story.tasks("skipped")] == ["No number"]
    assert story.enrolments()[0].step == "intro-mail"


def test_a_snooze_goes_forward_only_and_does_not_move_what_is_due() -> None:
    story = lead()
    task = story.tasks()[0]
    assert (
        story.happen("task.snoozed", task.id, "2026-10-08 10:00", until=local("2026-10-08 10:00")).refusal().code
        == "E053"
    )
    story.happen("task.snoozed", task.id, "2026-10-08 10:00", until=local("2026-10-09 10:00"))
    assert (story.tasks()[0].snoozed_until, story.tasks()[0].due_at) == (local("2026-10-09 10:00"), task.due_at)


def test_an_id_follows_from_cadence_deal_rotation_step_and_repeat_alone() -> None:
    assert lead().tasks()[0].id == "task-11dfb6d5da711bae9c9a"
