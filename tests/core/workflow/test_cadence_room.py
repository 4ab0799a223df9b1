"""Room for so many at once, full days, what people do by hand, rules that changed, people who leave."""

from dataclasses import replace

import pytest

from engine.core.outcomes import Kept
from engine.core.records import Task
from engine.core.workflow.notes import show_note
from tests.core.workflow.following import again, deals, done, follow, one, story
from tests.core.workflow.story import CHINA, Story, local, rules


def test_a_limit_of_those_under_way_lets_the_others_wait_without_a_date() -> None:
    found = deals(Story(rules(follow("active_limit: 2"))), 4)
    assert [one(found, f"D-{n}").state for n in range(1, 5)] == ["running", "running", "pending", "pending"]
    assert one(found, "D-3").due_at is None and not found.tasks(deal="D-3")
    found.happen("deal.lost", "D-1", "2026-09-08 10:00", loss_reason="price")
    first, second = sorted(("D-3", "D-4"), key=lambda deal: one(found, deal).id)
    assert [one(found, deal).state for deal in (first, second)] == ["running", "pending"]
    found.tick("2026-09-08 10:00", first)
    assert [task.made_at for task in found.tasks(deal=first)] == [local("2026-09-08 10:00")]


def test_who_waits_for_room_may_be_lost_too() -> None:
    found = deals(Story(rules(follow("active_limit: 1"))), 3)
    found.happen("deal.lost", "D-2", "2026-09-08 10:00", loss_reason="price")
    found.happen("deal.lost", "D-1", "2026-09-08 11:00", loss_reason="price")
    assert [one(found, f"D-{n}").state for n in (1, 2, 3)] == ["ended", "ended", "running"]


def test_the_higher_priority_is_let_in_first_then_the_earlier_then_by_id() -> None:
    plain = 'start: {on: deal.stage_entered, when: deal.stage = "lead"}'
    start = plain.replace("}", ', priority: if deal.heat = "hot" then 5 else 1}')
    found = deals(Story(rules(follow("active_limit: 1").replace(plain, start))), 3, heat="cold")
    deals(found, 1, "2026-09-07 11:00", 4, heat="hot")
    order = []
    for _ in range(4):
        running = [f"D-{n}" for n in range(1, 5) if one(found, f"D-{n}").state == "running"]
        order += running
        found.happen("deal.lost", running[0], "2026-09-08 10:00", loss_reason="price")
    assert order == ["D-1", "D-4", *sorted(("D-2", "D-3"), key=lambda deal: one(found, deal).id)]


def test_a_limit_of_each_person_is_that_persons() -> None:
    found = deals(Story(rules(follow("active_limit_per_person: 1"))), 2)
    found.happen("deal.created", "D-3", "2026-09-07 10:00", owner="ana")
    assert [one(found, f"D-{n}").state for n in (1, 2, 3)] == ["running", "pending", "running"]
    found.happen("deal.reassigned", "D-1", "2026-09-07 11:00", owner="ana")
    assert [one(found, f"D-{n}").state for n in (1, 2, 3)] == ["running", "running", "running"]


def test_a_full_day_moves_the_task_to_the_next_and_says_so() -> None:
    found = deals(Story(rules(follow("daily_limit_per_person: 2"))), 5)
    assert sum(len(found.tasks(deal=f"D-{n}")) for n in range(1, 6)) == 2
    for day in ("08", "09"):
        for n in range(1, 6):
            found.tick(f"2026-09-{day} 09:00", f"D-{n}")
    assert [found.tasks(deal=f"D-{n}")[0].made_at for n in range(1, 6)] == [
        *[local("2026-09-07 10:00")] * 2, *[local("2026-09-08 09:00")] * 2, local("2026-09-09 09:00"),
    ]  # fmt: skip
    said = [show_note(note) for note in found.tasks(deal="D-5")[0].reasons[0].notes]
    assert said[:2] == [
        "cap of 2 a day reached for wei: 2026-09-07 Monday → 2026-09-08 Tuesday",
        "cap of 2 a day reached for wei: 2026-09-08 Tuesday → 2026-09-09 Wednesday",
    ]


# By hand.


def by_hand(found: Story, what: str, at: str, cadence: str = "follow") -> Story:
    return found.happen(f"enrolment.{what}", "D-1", at, "wei", cadence=cadence, reason="Wrong deal")


def test_by_hand_the_condition_is_not_asked_and_nobody_enters_twice() -> None:
    found = Story(rules(follow().replace('deal.stage = "lead"', 'deal.stage = "proposal"')))
    found.happen("deal.created", "D-1", "2026-09-07 10:00", owner="wei")
    assert len(by_hand(found, "asked", "2026-09-07 11:00").tasks()) == 1
    assert by_hand(found, "asked", "2026-09-07 12:00").refusal().code == "E221"
    assert by_hand(found, "asked", "2026-09-07 12:00", "none").refusal().code == "E220"


def test_who_was_taken_out_by_hand_comes_back_by_hand_only() -> None:
    found = by_hand(story(follow()), "removed", "2026-09-07 11:00")
    assert (one(found).ended_as, one(found).exit, len(found.tasks("cancelled"))) == ("removed_by_user", "Wrong deal", 1)
    assert by_hand(found, "removed", "2026-09-07 11:30").refusal().code == "E223"
    assert [passed.reason for passed in again(found, "2026-09-08 10:00").passed()] == ["removed_by_hand"]
    by_hand(found, "asked", "2026-09-08 11:00")
    assert (one(found).rotation, one(found).state) == (2, "running")


def test_never_is_never_also_by_hand() -> None:
    found = by_hand(story(follow("reenrol: never")), "removed", "2026-09-07 11:00")
    assert by_hand(found, "asked", "2026-09-08 11:00").refusal().code == "E222"


def test_a_rule_waits_after_the_end_before_the_deal_enters_again() -> None:
    stop = 'stop: [{on: activity.logged, when: activity.outcome = "replied", as: replied}]'
    found = story(follow("reenrol_after: 30 days", stop))
    found.happen("activity.logged", "D-1", "2026-09-07 11:00", kind="email", outcome="replied")
    assert [passed.reason for passed in again(found, "2026-09-20 10:00").passed()] == ["too_soon"]
    assert len(again(found, "2026-10-09 10:00").enrolments()) == 2


# A rule that changed.


def changed(found: Story, how: str, text: str) -> Story:
    """The folder with a newer version instead of the one that the enrolments go by, which is kept as a former one."""
    newer = rules(text.replace("on_overdue: wait", f"on_overdue: wait, migrate: {how}"))
    found.rulebook = replace(newer, former=found.rulebook.cadences)
    return found


LATER = follow().replace("2 business days", "4 business days")


def halfway() -> Story:
    """The second step is due on Wednesday at 11:00."""
    return done(story(follow()), "2026-09-07 11:00")


@pytest.mark.parametrize(
    ("how", "due", "rotation"),
    [
        ("pin", "2026-09-09 11:00", 1),
        ("next_touch", "2026-09-09 11:00", 1),
        ("reevaluate", "2026-09-11 11:00", 1),
        ("restart", None, 2),
    ],
)
def test_the_newer_version_says_what_becomes_of_work_under_way(how: str, due: str | None, rotation: int) -> None:
    found = changed(halfway(), how, LATER).happen("deal.changed", "D-1", "2026-09-08 10:00", name="x")
    now = one(found)
    assert (now.rotation, now.due_at) == (rotation, local(due) if due else None)
    assert (now.version == found.rulebook.cadences[0].header.version) == (how != "pin")
    if how == "restart":
        assert found.enrolments()[0].ended_as == "reset_by_rule_change"


def test_reevaluation_asks_the_new_condition() -> None:
    newer = LATER.replace('deal.stage = "lead"', 'deal.stage = "lead" and deal.heat = "hot"')
    found = changed(halfway(), "reevaluate", newer).happen("deal.changed", "D-1", "2026-09-08 10:00", heat="cold")
    assert one(found).ended_as == "reset_by_rule_change"


def test_a_step_that_is_no_more_gives_way_to_the_next_that_is() -> None:
    newer = follow(steps="  - {step: three, after: 1 business days, task: {channel: email}}")
    found = changed(story(follow()), "next_touch", newer).happen("deal.changed", "D-1", "2026-09-08 10:00", name="x")
    assert (one(found).step, len(found.tasks("cancelled"))) == ("three", 1)
    gone = changed(halfway(), "next_touch", newer.replace("step: three", "step: four"))
    assert one(gone.happen("deal.changed", "D-1", "2026-09-08 10:00", name="x")).ended_as == "reset_by_rule_change"


@pytest.mark.parametrize(("policy", "due"), [("future_only", "2026-09-09 11:00"), ("recompute", "2026-09-10 11:00")])
def test_a_changed_calendar_means_what_the_policy_says(policy: str, due: str) -> None:
    text = follow(f"calendar_change: {policy}")
    found = done(story(text), "2026-09-07 11:00")
    off = CHINA + "holidays: [{on: 2026-09-09, title: {en: Off, zh: 休}}]\n"
    found.rulebook = rules(text, calendar=off)
    assert one(found.happen("deal.changed", "D-1", "2026-09-08 10:00", name="x")).due_at == local(due)


# Leavers.


def made(found: Story) -> list[Task]:
    kept = [outcome for outcome in found.outcomes if isinstance(outcome, Kept) and outcome.what == "made"]
    return [outcome.record for outcome in kept if isinstance(outcome.record, Task)]


def test_who_leaves_with_work_open_gives_their_manager_one_task_to_hand_it_over() -> None:
    found = deals(Story(rules(follow())), 2).happen("person.left", "wei", "2026-09-08 10:00")
    assert [(task.owner, task.title, task.deal) for task in made(found)] == [
        ("lin", ("Hand over the work of Wei", "交接Wei的工作"), "")
    ]
    assert made(found.happen("person.left", "ana", "2026-09-08 10:00")) == []
