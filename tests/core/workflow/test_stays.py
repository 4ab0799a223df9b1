"""How long a deal may stay: each level once a visit, only when due; and what idle means."""

from dataclasses import replace

from engine.core.durations import Duration
from engine.core.workflow.idling import idle_from
from tests.core.workflow.story import Story, calendar, local, rules
from tests.core.workflow.test_stages import BUDGET, deal


def test_a_stay_too_long_makes_a_task_and_then_tells_the_manager_each_once() -> None:
    story = deal("proposal")  # entered on Thursday 3 September 10:00
    assert story.deal().due_at == local("2026-09-17 10:00")
    assert not story.tick("2026-09-17 09:59").outcomes
    story.tick("2026-09-17 10:00")
    (task,) = story.tasks()
    assert (task.purpose, task.owner, task.made_at) == ("chase-decision", "wei", local("2026-09-17 10:00"))
    assert task.title == ("In Proposal for 10 business days: move it on", "在“报价”阶段已满 10 个工作日，请推进")
    assert not story.tick("2026-09-18 10:00").outcomes
    # Sunday 20 September is a make-up day.
    assert [told.to for told in story.tick("2026-09-23 10:00").told()] == ["lin"]
    assert (story.deal().due_at, story.deal().due_level) == (None, 2)
    assert not story.tick("2026-12-01 10:00").outcomes


def test_a_late_clock_reaches_both_levels_at_the_moments_they_were_due() -> None:
    story = deal("proposal").tick("2026-12-01 10:00")
    assert story.tasks()[0].made_at == local("2026-09-17 10:00")
    assert [told.to for told in story.told()] == ["lin"]


def test_the_task_goes_when_the_deal_moves_and_coming_back_starts_anew() -> None:
    story = deal("proposal").tick("2026-09-17 10:00")
    story.happen("deal.stage_asked", "D-1", "2026-09-18 10:00", stage="qualified", reason="Redo")
    assert not story.tasks() and len(story.tasks("cancelled")) == 1
    assert story.deal().due_at is None
    story.happen("deal.stage_asked", "D-1", "2026-10-09 10:00", stage="proposal")
    story.tick("2026-10-30 10:00")
    assert len(story.tasks()) == 1
    story.happen("deal.cancelled", "D-1", "2026-11-01 10:00", reason="Gone")
    assert not story.tasks()


def test_history_reaches_levels_without_asking_anybody() -> None:
    story = deal("proposal").tick("2026-12-01 10:00", mode="history")
    assert not story.tasks() and not story.told()
    assert [passed.reason for passed in story.passed()] == ["history", "history"]


def test_idle_counts_from_the_last_touch_and_a_planned_task_shields_until_it_is_due() -> None:
    story = deal("qualified").happen("activity.logged", "D-1", "2026-09-07 10:00", kind="call")
    pipeline, cal = rules().pipelines[0], calendar()
    assert idle_from(story.deal(), pipeline, cal) == local("2026-09-21 10:00")
    stay = deal("proposal").tick("2026-09-17 10:00")
    late = tuple(replace(task, due_at=local("2026-10-20 10:00")) for task in stay.tasks())
    assert idle_from(stay.deal(), pipeline, cal, late) == local("2026-10-20 10:00")


def test_idle_may_count_from_the_stage_or_the_creation_and_zero_means_never() -> None:
    story, cal = deal("qualified"), calendar()
    pipeline = rules().pipelines[0]
    assert pipeline.idle is not None

    def idle(since: str, after: str) -> object:
        return idle_from(
            story.deal(), replace(pipeline, idle=replace(pipeline.idle, since=since, after=Duration.parse(after))), cal
        )

    assert idle("stage_entered", "2 days") == local("2026-09-04 10:00")
    assert idle("created", "25 days") == local("2026-09-28 09:00")  # the 26th is a Saturday
    assert idle("created", "0 days") is None
    story.happen("deal.lost", "D-1", "2026-09-09 10:00", loss_reason="price")
    assert idle("created", "25 days") is None


def test_a_deal_without_limit_carries_no_due_moment() -> None:
    story = Story(rules()).happen("deal.created", "D-1", "2026-09-01 10:00", owner="wei", budget=BUDGET)
    assert story.deal().due_at is None
