"""Where and when steps happen: windows, waits, outcomes that lead elsewhere, branches, answers, other cadences."""

import pytest

from tests.core.workflow.following import OTHER, done, follow, notes, one, story
from tests.core.workflow.story import local

WINDOW = "window: {hours: [09:30-11:30]}"


def test_a_step_waits_for_its_window_which_ends_before_its_last_minute() -> None:
    assert story(follow(more=WINDOW), at="2026-09-07 11:29").tasks()
    late = story(follow(more=WINDOW), at="2026-09-07 11:30")
    assert not late.tasks()
    assert one(late).due_at == local("2026-09-08 09:30")
    assert notes(late) == ["2026-09-07 11:30 → 2026-09-08 09:30: window 09:30–11:30, Asia/Shanghai"]


@pytest.mark.parametrize(
    ("told", "rule", "due", "said"),
    [
        ("Europe/Berlin", "", "2026-09-07 15:30", "window 09:30–11:30, Europe/Berlin"),
        ("", "time_zone: America/New_York", "2026-09-07 21:30", "window 09:30–11:30, America/New_York"),
        ("", "", "2026-09-08 09:30", "window 09:30–11:30, Asia/Shanghai"),
        ("UTC2", "", "2026-09-08 09:30", "the contact's time zone UTC2 is not known, Asia/Shanghai is used"),
    ],
)
def test_the_clock_is_the_contacts_else_the_cadences_else_the_companys(
    told: str, rule: str, due: str, said: str
) -> None:
    found = story(follow(more=f"{WINDOW}\n{rule}"), at="2026-09-07 12:00", contact={"time_zone": told})
    assert one(found).due_at == local(due)
    assert any(said in note for note in notes(found))


def test_a_window_names_its_weekdays_and_one_of_a_step_goes_before_the_cadences() -> None:
    window = "{hours: [14:00-15:00], weekdays: [wednesday]}"
    steps = f"  - {{step: one, after: 0 days, window: {window}, task: {{channel: email}}}}"
    assert one(story(follow(more=WINDOW, steps=steps))).due_at == local("2026-09-09 14:00")


def test_a_make_up_day_is_in_the_window_only_when_its_weekday_is() -> None:
    weekdays = ", weekdays: [monday, tuesday, wednesday, thursday, friday]"
    for days, due in (("", "2026-09-20 09:30"), (weekdays, "2026-09-21 09:30")):
        more = f"window: {{hours: [09:30-11:30]{days}}}"
        found = story(follow(more=more), at="2026-09-19 12:00")  # Sunday 20 September 2026 is worked in China
        assert one(found).due_at == local(due)


def test_a_wait_and_a_condition_to_skip_are_passed_by() -> None:
    steps = """  - {step: rest, wait: 1 business days}
  - {step: hot, after: 0 days, skip_when: deal.heat = "hot", task: {channel: call}}
  - {step: last, after: 1 business days, task: {channel: email}}"""
    found = story(follow(steps=steps), heat="hot").tick("2026-09-08 10:00")
    assert [passed.reason for passed in found.passed()] == ["hot: skip condition met"]
    assert (one(found).step, one(found).due_at) == ("last", local("2026-09-09 10:00"))
    assert story(follow(steps=steps), heat="cold").tick("2026-09-08 10:00").tasks()[0].step == "hot"


BRANCHING = """  - step: ask
    after: 0 days
    task: {channel: call}
    on_outcome:
      interested: {go_to: visit}
      refused: {end: converted}
      later: {end: not_now}
      other: {enrol: other}
  - {step: chase, after: 1 business days, then: end, task: {channel: email}}
  - {step: visit, after: 2 business days, task: {channel: visit}}"""


@pytest.mark.parametrize(
    ("outcome", "step", "ended", "exit"),
    [
        ("connected", "chase", "", ""),
        ("interested", "visit", "", ""),
        ("refused", "ask", "converted", "converted"),
        ("later", "ask", "rule_exit", "not_now"),
    ],
)
def test_an_outcome_leads_to_a_step_or_to_the_end(outcome: str, step: str, ended: str, exit: str) -> None:
    found = done(story(follow(steps=BRANCHING), OTHER), "2026-09-07 11:00", outcome)
    assert (one(found).step, one(found).ended_as, one(found).exit) == (step, ended, exit)


def test_a_line_may_end_the_cadence_before_its_last_one() -> None:
    found = done(story(follow(steps=BRANCHING), OTHER), "2026-09-07 11:00").tick("2026-09-08 11:00")
    assert done(found, "2026-09-08 12:00").enrolments()[0].ended_as == "completed"


def test_another_cadence_follows_and_the_first_is_chained() -> None:
    found = done(story(follow(steps=BRANCHING), OTHER), "2026-09-07 11:00", "other")
    assert [(e.cadence, e.ended_as) for e in found.enrolments()] == [("follow", "chained"), ("other", "")]
    assert [task.enrolment for task in found.tasks()] == [found.enrolments()[1].id]


def test_a_step_may_go_over_to_another_cadence() -> None:
    steps = """  - {step: ask, after: 0 days, task: {channel: call}}
  - {step: over, after: 1 business days, enrol: other}"""
    found = done(story(follow(steps=steps), OTHER), "2026-09-07 11:00").tick("2026-09-08 11:00")
    assert [(e.cadence, e.ended_as) for e in found.enrolments()] == [("follow", "chained"), ("other", "")]


def test_a_step_that_is_come_back_to_makes_a_new_task_with_all_its_repeats() -> None:
    steps = """  - step: ask
    after: 0 days
    task: {channel: call}
    on_outcome: {no_answer: {repeat_after: 1 business days, at_most: 1}}
  - {step: mail, after: 0 days, task: {channel: email}, on_outcome: {again: {go_to: ask}}}"""
    found = story(follow(steps=steps))
    outcomes = ("no_answer", "connected", "again", "no_answer", "connected", "done")
    for day, outcome in zip((1, 3, 7, 9, 11, 15), outcomes, strict=True):
        found.tick(f"2026-12-{day:02} 10:00")
        assert len(found.tasks()) == 1
        done(found, f"2026-12-{day:02} 11:00", outcome)
    assert [task.step for task in found.tasks("done")].count("ask") == 4
    assert one(found).ended_as == "completed"


def test_a_branch_calls_off_the_step_and_starts_at_the_later_of_the_two() -> None:
    steps = """  - {step: main, after: 5 business days, then: end, task: {channel: email}}
  - {step: hot-one, after: 1 business days, task: {channel: call}}"""
    more = 'branches: [{on: activity.logged, when: activity.outcome = "clicked", go_to: hot-one}]'
    found = story(follow(more=more, steps=steps))
    found.happen("activity.logged", "D-1", "2026-09-08 10:00", kind="email", outcome="clicked")
    assert (one(found).step, one(found).due_at) == ("hot-one", local("2026-09-14 10:00"))


ANSWER = """  - {step: mail, after: 0 days, task: {channel: email}}
  - step: opened
    wait_for:
      {on: activity.logged, when: activity.outcome = "opened", within: 1 days, met: good, not_met: bad, at_once: ONCE}
  - {step: good, after: 0 days, then: end, task: {channel: call}}
  - {step: bad, after: 0 days, task: {channel: visit}}"""


@pytest.mark.parametrize(
    ("once", "opens", "made"),
    [("no", True, "2026-09-09 11:00"), ("yes", True, "2026-09-08 12:00"), ("no", False, "2026-09-09 11:00")],
)
def test_a_step_listens_for_an_answer(once: str, opens: bool, made: str) -> None:
    found = done(story(follow(steps=ANSWER.replace("ONCE", once))), "2026-09-08 11:00")
    if opens:
        found.happen("activity.logged", "D-1", "2026-09-08 12:00", kind="email", outcome="opened")
    (task,) = found.tick("2026-09-09 11:00").tasks()
    assert (task.step, task.made_at) == ("good" if opens else "bad", local(made))


def test_an_automation_puts_a_deal_into_a_cadence_once() -> None:
    automation = """
automation: hot
title: {en: Hot, zh: 热}
on: deal.changed
when: deal.heat = "hot"
then: [{enrol: other}]
"""
    found = story(follow(), OTHER, automation).happen("deal.changed", "D-1", "2026-09-07 11:00", heat="hot")
    assert [e.cadence for e in found.enrolments()] == ["follow", "other"]
    found.happen("deal.changed", "D-1", "2026-09-07 12:00", heat="hot")
    assert [passed.reason for passed in found.passed()] == ["already_enrolled"]
