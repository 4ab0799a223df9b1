"""Cadences as people live them: start, steps in business time, outcomes, stops, closing, handing over, again."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.formulas import EvaluationError
from engine.core.outcomes import Kept
from engine.core.records import Task
from engine.core.workflow.notes import show_note
from tests.core.workflow.story import Story, local, rules
from tests.core.workflow.test_stages import BUDGET

NEW_LEAD = """
cadence: new-lead
title: {en: New lead, zh: 新线索}
start: {on: deal.stage_entered, when: deal.stage = "lead"}
stop:
  - {on: activity.logged, when: activity.outcome = "replied", as: replied}
  - {on: deal.closed, as: closed}
steps:
  - step: first-call
    after: 0 business days
    task: {channel: call, title: {en: First call, zh: 首次电话}, due_in: 4 business hours}
  - {step: intro-mail, after: 1 business days, when: deal.contact is set, task: {channel: email, template: intro}}
  - step: second-call
    after: 2 business days
    task: {channel: call, title: {en: Second call, zh: 再次电话}}
    on_outcome: {no_answer: {repeat_after: 1 business days, at_most: 2}}
policy: {POLICY}
"""
AFTER_SALE = """
cadence: after-sale
title: {en: After sale, zh: 回访}
start: {on: deal.won}
stop: [{on: deal.cancelled, as: cancelled}]
steps:
  - {step: week, after: 7 days, task: {channel: visit, title: {en: Visit, zh: 回访}}}
  - {step: month, after: 30 days, task: {channel: visit, title: {en: Visit, zh: 回访}}}
policy: {anchor: enrolment, on_nonworking: backward}
"""


def new_lead(policy: str = "anchor: previous_actual", **replaced: str) -> str:
    return NEW_LEAD.replace("POLICY", policy)


def lead(at: str = "2026-09-30 17:00", policy: str = "anchor: previous_actual", *more: str, **facts: object) -> Story:
    """A new lead of Wei's, in the cadence."""
    return Story(rules(new_lead(policy), *more)).happen("deal.created", "D-1", at, owner="wei", **facts)


def done(story: Story, at: str, outcome: str = "connected", task: Task | None = None) -> Story:
    return story.happen("task.completed", (task or story.tasks()[0]).id, at, "wei", outcome=outcome)


def test_the_first_task_is_made_at_once_and_due_in_business_hours_over_the_holiday() -> None:
    story = lead()
    (task,) = story.tasks()
    assert (task.made_at, task.due_at) == (local("2026-09-30 17:00"), local("2026-10-08 12:00"))
    assert (task.owner, task.title, task.step) == ("wei", ("First call", "首次电话"), "first-call")
    said = [show_note(note) for note in task.reasons[0].notes]
    assert "2026-10-01 – 2026-10-03 not counted: National Day, calendar cn" in said


def test_a_lead_that_comes_in_the_holiday_waits_for_the_opening() -> None:
    story = lead("2026-10-04 11:00")
    assert not story.tasks()
    assert story.enrolments()[0].due_at == local("2026-10-08 09:00")
    assert not story.tick("2026-10-08 08:59").tasks()
    assert story.tick("2026-10-08 09:30").tasks()[0].made_at == local("2026-10-08 09:00")


def test_a_first_step_may_be_immediate() -> None:
    assert lead("2026-10-04 11:00", "first_step: immediate").tasks()[0].made_at == local("2026-10-04 11:00")


def test_the_next_step_counts_from_when_the_task_was_done_and_a_step_not_called_for_is_passed_visibly() -> None:
    story = done(lead("2026-09-28 10:00"), "2026-09-29 15:00")
    assert (story.enrolments()[0].step, story.enrolments()[0].due_at) == ("intro-mail", local("2026-09-30 15:00"))
    story.tick("2026-09-30 15:00")
    (passed,) = story.passed()
    assert (passed.what, passed.reason) == ("step", "intro-mail: condition not met")
    assert passed.cause.facts == (("deal.contact", None),)
    assert (story.enrolments()[0].step, story.enrolments()[0].due_at) == ("second-call", local("2026-10-09 15:00"))


@pytest.mark.parametrize(
    ("anchor", "second", "third"),
    [
        ("previous_actual", "2026-09-22 15:00", "2026-09-25 10:00"),
        ("previous_due", "2026-09-20 10:00", "2026-09-22 10:00"),
        ("enrolment", "2026-09-20 10:00", "2026-09-21 10:00"),
    ],
)
def test_the_anchor_says_what_the_wait_counts_from(anchor: str, second: str, third: str) -> None:
    story = lead("2026-09-18 10:00", f"anchor: {anchor}, on_overdue: wait", contact="Li")
    if anchor == "previous_actual":
        done(story, "2026-09-21 15:00")
    assert story.enrolments()[0].due_at == local(second)
    story.tick(second)
    if anchor == "previous_actual":
        done(story, "2026-09-23 10:00")
        third = "2026-09-28 10:00"  # the 24th, then Mid-Autumn Festival and a weekend
    assert story.enrolments()[0].due_at == local(third)


def test_no_answer_repeats_the_step_so_often_and_then_goes_on() -> None:
    story = done(lead("2026-09-07 10:00", contact="Li"), "2026-09-07 11:00")
    story.tick("2026-09-08 11:00")
    done(story, "2026-09-08 12:00").tick("2026-09-10 12:00")
    for day, again in (("10", "11"), ("11", "14")):
        done(story, f"2026-09-{day} 13:00", "no_answer")
        assert (story.enrolments()[0].step, story.enrolments()[0].due_at) == (
            "second-call",
            local(f"2026-09-{again} 13:00"),
        )
        story.tick(f"2026-09-{again} 13:00")
        assert len(story.tasks()) == 1
    done(story, "2026-09-14 14:00", "no_answer")
    assert story.enrolments()[0].ended_as == "completed"
    assert len(story.tasks("done")) == 5


def test_a_reply_ends_it_and_cancels_the_open_task_with_the_event() -> None:
    story = lead().happen("activity.logged", "D-1", "2026-10-08 09:30", kind="email", outcome="replied")
    (enrolment,) = story.enrolments()
    assert (enrolment.exit, enrolment.due_at, enrolment.step) == ("replied", None, "first-call")
    (task,) = story.tasks("cancelled")
    assert task.ended_by == story.last.id
    assert not story.tick("2026-11-01 10:00").outcomes


def test_an_out_of_office_answer_does_not_end_it() -> None:
    story = lead().happen("activity.logged", "D-1", "2026-10-08 09:30", kind="email", outcome="out_of_office")
    assert not story.enrolments()[0].ended_as and len(story.tasks()) == 1


@pytest.mark.parametrize(("policy", "status"), [("cancel", "cancelled"), ("complete", "done"), ("keep", "open")])
def test_closing_does_with_open_tasks_what_the_policy_says(policy: str, status: str) -> None:
    text = new_lead(f"on_close: {policy}").replace("  - {on: deal.closed, as: closed}\n", "")
    story = Story(rules(text)).happen("deal.created", "D-1", "2026-09-28 10:00", owner="wei")
    story.happen("deal.lost", "D-1", "2026-09-29 10:00", loss_reason="price")
    assert [task.status for task in story.tasks(status)] == [status]
    assert story.enrolments()[0].ended_as == ("" if policy == "keep" else "deal_lost")


def test_a_closing_has_the_name_that_the_cadence_gives_it() -> None:
    story = lead().happen("deal.lost", "D-1", "2026-10-08 10:00", loss_reason="price")
    assert story.enrolments()[0].exit == "closed"


def test_after_a_win_visits_are_planned_off_holidays_backward_and_end_when_the_deal_is_cancelled() -> None:
    story = Story(rules(new_lead(), AFTER_SALE)).happen(
        "deal.created", "D-1", "2026-09-21 09:00", owner="wei", budget=BUDGET
    )
    for stage in ("qualified", "proposal"):
        story.happen("deal.stage_asked", "D-1", "2026-09-22 10:00", stage=stage, contact="Li")
    story.happen("deal.won", "D-1", "2026-09-27 10:00", contract_signed=True)
    sales, after = story.enrolments()
    assert (sales.exit, after.exit) == ("closed", "")
    assert after.due_at == local("2026-09-30 10:00")  # 4 October is in the holiday
    assert show_note(after.notes[0]) == "2026-10-04 Sunday → 2026-09-30 Wednesday: National Day, calendar cn"
    story.tick("2026-09-30 10:00").happen("deal.cancelled", "D-1", "2026-10-08 10:00", reason="Returned")
    assert story.enrolments()[1].exit == "cancelled"
    assert not story.tasks()


def test_what_starts_an_enrolment_does_not_end_it() -> None:
    text = AFTER_SALE.replace("{on: deal.cancelled, as: cancelled}", "{on: deal.closed, as: closed}")
    story = Story(rules(text)).happen("deal.created", "D-1", "2026-09-21 09:00", owner="wei", budget=BUDGET)
    for stage in ("qualified", "proposal"):
        story.happen("deal.stage_asked", "D-1", "2026-09-22 10:00", stage=stage, contact="Li")
    story.happen("deal.won", "D-1", "2026-09-28 10:00", contract_signed=True)
    assert story.enrolments()[0].ended_as == ""


def back_to_lead(story: Story, at: str) -> Story:
    story.happen("deal.stage_asked", "D-1", at, stage="qualified", budget=BUDGET, contact="Li")
    return story.happen("deal.stage_asked", "D-1", at, stage="lead", reason="Again")


def test_nobody_is_enrolled_twice_at_once_and_again_only_after_the_end() -> None:
    story = back_to_lead(lead("2026-09-07 10:00"), "2026-09-08 10:00")
    assert [passed.reason for passed in story.passed()] == ["already_enrolled"]
    story.happen("activity.logged", "D-1", "2026-09-08 11:00", kind="email", outcome="replied")
    back_to_lead(story, "2026-09-09 10:00")
    assert [(one.rotation, bool(one.ended_as)) for one in story.enrolments()] == [(1, True), (2, False)]
    assert story.enrolments()[0].id != story.enrolments()[1].id


def test_never_means_never_again() -> None:
    story = lead("2026-09-07 10:00", "reenrol: never")
    story.happen("activity.logged", "D-1", "2026-09-08 11:00", kind="email", outcome="replied")
    back_to_lead(story, "2026-09-09 10:00")
    assert [passed.reason for passed in story.passed()] == ["never_again"]
    assert len(story.enrolments()) == 1


def test_always_ends_the_running_one_as_superseded() -> None:
    story = lead("2026-09-07 10:00")
    cadence = story.rulebook.cadences[0]
    story.rulebook = replace(
        story.rulebook, cadences=(replace(cadence, policy={**cadence.policy, "reenrol": "always"}),)
    )
    back_to_lead(story, "2026-09-09 10:00")
    assert [one.ended_as for one in story.enrolments()] == ["superseded", ""]
    assert len(story.tasks()) == 1 and len(story.tasks("cancelled")) == 1


def test_an_import_of_history_enrols_nobody_and_says_so() -> None:
    story = Story(rules(new_lead())).happen("deal.created", "D-1", "2026-09-07 10:00", mode="history", owner="wei")
    assert not story.enrolments() and not story.tasks()
    assert [passed.reason for passed in story.passed()] == ["history"]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("follow_if_previous_owner", ["ana", "ana"]), ("follow", ["ana", "ana"]), ("stay", ["wei", "wei"])],
)
def test_a_new_owner_takes_over_as_the_policy_says(policy: str, expected: Sequence[str]) -> None:
    story = lead("2026-09-07 10:00", f"on_reassign: {policy}").happen(
        "deal.reassigned", "D-1", "2026-09-07 11:00", owner="ana"
    )
    assert [story.tasks()[0].owner, story.enrolments()[0].owner] == expected
    done(story, "2026-09-07 12:00").tick("2026-09-30 10:00")
    assert story.tasks()[0].owner == expected[1]


def test_work_that_somebody_else_has_stays_theirs_and_done_work_keeps_its_owner() -> None:
    story = lead("2026-09-07 10:00", "on_overdue: wait")
    story.state.keep(replace(story.tasks()[0], owner="lin"))
    story.state.keep(replace(story.enrolments()[0], owner="lin"))
    story.happen("deal.changed", "D-1", "2026-09-07 11:00", owner="ana")
    assert (story.tasks()[0].owner, story.enrolments()[0].owner) == ("lin", "lin")
    done(story, "2026-09-07 12:00").happen("deal.reassigned", "D-1", "2026-09-08 11:00", owner="wei")
    assert story.tasks("done")[0].owner == "lin"


def test_an_overdue_task_waits_and_tells_the_manager_once() -> None:
    story = lead("2026-09-28 10:00")  # due the same day at 14:00
    assert not story.tick("2026-09-28 18:00").outcomes
    assert [(told.to, told.template) for told in story.tick("2026-09-29 09:00").told()] == [("lin", "task-overdue")]
    assert len(story.tasks()) == 1
    assert not story.tick("2026-12-01 09:00").outcomes


def test_an_overdue_task_of_somebody_without_a_manager_is_passed_over_visibly() -> None:
    story = Story(rules(new_lead())).happen("deal.created", "D-1", "2026-09-28 10:00", owner="dong")
    story.tick("2026-09-29 09:00")
    assert [(passed.what, passed.reason) for passed in story.passed()] == [("escalation", "no_manager")]


def test_a_snoozed_task_is_not_overdue_before_it_comes_back() -> None:
    story = lead("2026-09-28 10:00")
    story.happen("task.snoozed", story.tasks()[0].id, "2026-09-28 11:00", until=local("2026-10-08 10:00"))
    assert not story.tick("2026-10-08 11:00").told()
    assert story.tick("2026-10-09 09:00").told()


def test_an_overdue_step_may_be_skipped_instead() -> None:
    story = lead("2026-09-28 10:00", "on_overdue: skip", contact="Li").tick("2026-09-29 09:00")
    assert [task.note for task in story.tasks("cancelled")] == ["overdue"]
    assert (story.enrolments()[0].step, story.enrolments()[0].due_at) == ("intro-mail", local("2026-09-30 09:00"))


def test_a_late_clock_makes_every_step_at_the_moment_it_was_due() -> None:
    story = lead("2026-09-07 10:00", "anchor: enrolment, on_overdue: wait", contact="Li").tick("2026-11-01 10:00")
    assert [task.made_at for task in story.tasks()] == [
        local("2026-09-07 10:00"), local("2026-09-08 10:00"), local("2026-09-09 10:00"),
    ]  # fmt: skip


def test_an_enrolment_ends_only_when_its_last_open_task_does() -> None:
    story = lead("2026-09-07 10:00", "anchor: enrolment, on_overdue: wait", contact="Li").tick("2026-09-09 10:00")
    first, second, third = story.tasks()
    done(story, "2026-09-09 11:00", task=third)
    done(story, "2026-09-09 11:10", task=second)
    assert not story.enrolments()[0].ended_as
    done(story, "2026-09-09 11:20", task=first)
    assert story.enrolments()[0].ended_as == "completed"


def test_two_cadences_that_want_the_same_make_one_task_with_two_reasons_and_both_go_on() -> None:
    call = "task: {channel: call, purpose: say-hello, due_in: 2 business hours, title: {en: Hello, zh: 问候}}"
    one = new_lead().replace(
        "task: {channel: call, title: {en: First call, zh: 首次电话}, due_in: 4 business hours}", call
    )
    other = one.replace("cadence: new-lead", "cadence: second-look").replace("2 business hours", "1 business hours")
    story = Story(rules(one, other)).happen("deal.created", "D-1", "2026-09-07 10:00", owner="wei", contact="Li")
    (task,) = story.tasks()
    assert len(task.reasons) == 2
    assert task.due_at == local("2026-09-07 11:00")
    kept = [outcome for outcome in story.outcomes if isinstance(outcome, Kept) and isinstance(outcome.record, Task)]
    assert [outcome.what for outcome in kept] == ["made", "joined_reason"]
    done(story, "2026-09-07 10:30")
    assert [enrolment.step for enrolment in story.enrolments()] == ["intro-mail", "intro-mail"]


def test_a_joined_task_lives_while_one_of_its_reasons_does() -> None:
    call = "task: {channel: call, purpose: say-hello, title: {en: Hello, zh: 问候}}"
    one = new_lead().replace(
        "task: {channel: call, title: {en: First call, zh: 首次电话}, due_in: 4 business hours}", call
    )
    other = one.replace("cadence: new-lead", "cadence: second-look").replace('"replied"', '"bounced"')
    story = Story(rules(one, other)).happen("deal.created", "D-1", "2026-09-07 10:00", owner="wei")
    story.happen("activity.logged", "D-1", "2026-09-07 11:00", kind="email", outcome="replied")
    assert [len(task.reasons) for task in story.tasks()] == [1]
    story.happen("activity.logged", "D-1", "2026-09-07 12:00", kind="email", outcome="bounced")
    assert not story.tasks()


def test_an_enrolment_whose_version_is_gone_waits_in_quarantine() -> None:
    story = lead("2026-10-04 11:00")
    story.rulebook = rules()
    with pytest.raises(EvaluationError) as raised:
        story.tick("2026-10-08 09:00")
    assert raised.value.code == "E043"


def test_an_enrolment_keeps_to_the_version_that_made_it() -> None:
    story = lead("2026-09-28 10:00", contact="Li")
    old, changed = story.rulebook, rules(new_lead().replace("1 business days, when", "9 business days, when"))
    story.rulebook = replace(changed, cadences=(*old.cadences, *changed.cadences))
    done(story, "2026-09-28 11:00")
    assert story.enrolments()[0].due_at == local("2026-09-29 11:00")


def test_the_same_event_does_not_enrol_again_after_the_end() -> None:
    text = new_lead().replace(
        '{on: deal.stage_entered, when: deal.stage = "lead"}', '{on: activity.logged, when: activity.kind = "call"}'
    )
    story = Story(rules(text.replace('"replied"', '"stop"'))).happen(
        "deal.created", "D-1", "2026-09-07 10:00", owner="wei"
    )
    first = story.happen("activity.logged", "D-1", "2026-09-07 11:00", kind="call").last
    story.happen("activity.logged", "D-1", "2026-09-07 12:00", kind="email", outcome="stop")
    assert story.enrolments()[0].ended_as
    assert len(story.deliver(first).enrolments()) == 1


def test_a_planned_step_that_had_to_wait_for_an_outcome_is_due_when_that_is_known() -> None:
    text = new_lead("anchor: previous_due").replace(
        "due_in: 4 business hours}",
        "due_in: 4 business hours}\n    on_outcome: {busy: {repeat_after: 1 days, at_most: 1}}",
    )
    story = Story(rules(text)).happen("deal.created", "D-1", "2026-09-07 10:00", owner="wei", contact="Li")
    done(story, "2026-09-10 16:00")
    assert [task.made_at for task in story.tasks()] == [local("2026-09-10 16:00")]


def test_a_task_of_an_earlier_step_does_not_move_the_enrolment() -> None:
    story = lead("2026-09-07 10:00", "anchor: enrolment, on_overdue: wait", contact="Li")
    before = story.enrolments()
    assert done(story, "2026-09-07 11:00").enrolments() == before


def test_of_two_stops_the_first_names_the_only_exit() -> None:
    twice = "{on: activity.logged, as: touched}"
    text = new_lead().replace("  - {on: deal.closed, as: closed}", f"  - {twice}")
    story = Story(rules(text)).happen("deal.created", "D-1", "2026-09-07 10:00", owner="wei")
    story.happen("activity.logged", "D-1", "2026-09-07 11:00", kind="email", outcome="replied")
    exits = [outcome for outcome in story.outcomes if isinstance(outcome, Kept) and outcome.what == "exited"]
    assert [outcome.record.exit for outcome in exits] == ["replied"]


happenings = st.lists(
    st.sampled_from(
        [
            "tick",
            "tick",
            "done",
            "no_answer",
            "replied",
            "lost",
            "reopened",
            "back",
            "again",
            "reassigned",
            "redelivered",
            "asked",
            "paused",
            "resumed",
            "removed",
            "out_of_office",
            "bounced",
        ]
    ),
    max_size=14,
)


@settings(max_examples=120, deadline=None)
@given(happenings, st.sampled_from(["previous_actual", "previous_due", "enrolment"]), st.booleans())
def test_whatever_happens_in_whatever_order_no_task_is_orphaned_or_doubled(
    names: list[str], anchor: str, contact: bool
) -> None:
    story = lead("2026-09-07 10:00", f"anchor: {anchor}", **({"contact": "Li"} if contact else {}))
    for number, name in enumerate(names):
        _happen(story, name, f"2026-{9 + number // 7:02}-{8 + number % 7 * 3:02} 1{number % 8}:00")
        running = {one.id for one in story.enrolments() if not one.ended_as}
        assert all(task.enrolment in running for task in story.tasks())
        steps = [(task.enrolment, task.step) for task in story.tasks()]
        assert len(steps) == len(set(steps))
        assert len(running) <= 1


def _happen(story: Story, name: str, at: str) -> None:
    """One happening by its short name; what the rules refuse is refused."""
    tasks = story.tasks()
    match name:
        case "asked" | "paused" | "resumed" | "removed":
            story.happen(f"enrolment.{name}", "D-1", at, "wei", cadence="new-lead", reason="x")
        case "out_of_office" | "bounced":
            story.happen("activity.logged", "D-1", at, kind="email", outcome=name)
        case "tick":
            story.tick(at)
        case "done" | "no_answer":
            if tasks:
                done(story, at, name)
        case "replied":
            story.happen("activity.logged", "D-1", at, kind="email", outcome="replied")
        case "lost":
            story.happen("deal.lost", "D-1", at, loss_reason="price")
        case "reopened":
            story.happen("deal.reopened", "D-1", at, "lin", reason="Again")
        case "back":
            story.happen("deal.stage_asked", "D-1", at, stage="lead", reason="Again")
        case "again":
            story.happen("deal.stage_asked", "D-1", at, stage="qualified", budget=BUDGET)
        case "reassigned":
            story.happen("deal.reassigned", "D-1", at, owner="ana" if story.deal().owner == "wei" else "wei")
        case "redelivered":
            if story.last.type != "deal.created":
                before = len(story.tasks()), len(story.enrolments())
                story.deliver(story.last)
                assert (len(story.tasks()), len(story.enrolments())) == before
