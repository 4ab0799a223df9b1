"""Task policies: who has a task while its owner is away, what is overdue, what may be put off or given on, done lately."""

from datetime import date

import pytest

from engine.core.outcomes import Told
from tests.core.workflow.story import Story, local, rules

CALL = """
automation: call-back
title: {en: Call back, zh: 回电}
on: activity.logged
when: activity.outcome = "no_answer"
then: [{task: {channel: call, due_in: 2 business days, purpose: call-back}}]
"""
POLICY = """
task_policy: work
title: {en: Work, zh: 任务}
when_away: stand_in
overdue:
  - {after: 1 business days, tell: task.owner.manager}
  - {after: 3 business days, give_to: task.owner.manager}
snooze: {at_most: 2, for_at_most: 5 business days}
delegate: team
"""


def asked(at: str = "2026-03-02 10:00", policy: str = POLICY, *more: str) -> Story:
    """Wei has a call to make, due two working days later."""
    story = Story(rules(policy, CALL, *more))
    story.happen("deal.created", "D-1", at, owner="wei")
    return story.happen("activity.logged", "D-1", at, kind="call", outcome="no_answer", by="wei")


def out(story: Story, person: str, first: str, until: str = "", stand_in: str = "", at: str = "") -> Story:
    body = {"until_at": local(until)} if until else {}
    return story.happen("person.out_of_office", person, at or first, from_at=local(first), stand_in=stand_in, **body)


def owners(story: Story) -> list[tuple[str, str]]:
    return [(task.owner, task.lent_by) for task in story.tasks()]


def test_who_stands_in_has_the_task_until_its_owner_is_back() -> None:
    story = asked()
    out(story, "wei", "2026-03-03 09:00", "2026-03-06 09:00", "ana", at="2026-03-02 11:00")
    assert owners(story) == [("wei", "")]
    assert owners(story.tick("2026-03-03 09:00")) == [("ana", "wei")]
    assert [note for note, _ in story.outcomes[0].cause.notes] == ["stands_in"]
    assert owners(story.tick("2026-03-06 09:00")) == [("wei", "")]


def test_what_is_due_after_the_return_stays() -> None:
    story = asked()
    out(story, "wei", "2026-03-03 09:00", "2026-03-04 09:00", "ana")
    assert owners(story.tick("2026-03-03 10:00")) == [("wei", "")]


def test_a_task_made_while_its_owner_is_away_goes_to_whoever_stands_in_and_says_so() -> None:
    story = Story(rules(POLICY, CALL))
    story.happen("deal.created", "D-1", "2026-03-02 10:00", owner="wei")
    out(story, "wei", "2026-03-02 11:00", "2026-03-09 09:00", "ana")
    story.happen("activity.logged", "D-1", "2026-03-02 12:00", kind="call", outcome="no_answer", by="wei")
    assert owners(story) == [("ana", "wei")]
    assert ("stands_in", "ana|wei|2026-03-09") in story.tasks()[0].reasons[0].notes


@pytest.mark.parametrize(
    ("when_away", "stand_in", "has"),
    [("stay", "ana", "wei"), ("manager", "ana", "lin"), ("stand_in", "", "lin"), ("stand_in", "ana", "ana")],
)
def test_where_work_goes_is_the_policys(when_away: str, stand_in: str, has: str) -> None:
    story = asked(policy=POLICY.replace("when_away: stand_in", f"when_away: {when_away}"))
    assert owners(out(story, "wei", "2026-03-02 11:00", "2026-03-09 09:00", stand_in))[0][0] == has


def test_whoever_stands_in_and_is_away_too_does_not() -> None:
    story = asked()
    out(story, "ana", "2026-03-02 10:30", "2026-03-20 09:00")
    assert owners(out(story, "wei", "2026-03-02 11:00", "2026-03-09 09:00", "ana")) == [("lin", "wei")]


def test_leave_counts_from_its_first_day_and_an_open_end_until_the_word_back() -> None:
    story = asked()
    story.happen("leave.taken", "wei", "2026-03-02 11:00", from_on=date(2026, 3, 4), until_on=date(2026, 3, 10))
    assert owners(story.tick("2026-03-04 00:00")) == [("lin", "wei")]
    other = out(asked(), "wei", "2026-03-02 11:00", "", "ana")
    assert owners(other.tick("2026-03-05 09:00")) == [("ana", "wei")]
    assert owners(other.happen("person.back", "wei", "2026-03-05 09:30")) == [("wei", "")]


def test_an_absence_that_becomes_longer_keeps_the_work_away_longer() -> None:
    story = asked()
    out(story, "wei", "2026-03-02 11:00", "2026-03-09 09:00", "ana")
    out(story, "wei", "2026-03-02 11:00", "2026-03-12 09:00", "ana", at="2026-03-05 09:00")
    assert [task.back_at for task in story.tasks()] == [local("2026-03-12 09:00")]


def test_a_new_owner_of_the_deal_has_what_was_lent_too_and_keeps_it() -> None:
    story = out(asked(), "wei", "2026-03-02 11:00", "2026-03-09 09:00", "ana")
    story.happen("deal.reassigned", "D-1", "2026-03-03 10:00", owner="lin")
    assert owners(story) == [("lin", "")]
    assert owners(story.tick("2026-03-09 09:00"))[0][0] == "lin"


def test_each_level_of_being_overdue_is_reached_once() -> None:
    story = asked()  # due on Wednesday the 4th at 10:00
    assert not story.tick("2026-03-05 09:59").outcomes
    story.tick("2026-03-05 10:00")
    assert [o.to for o in story.outcomes if isinstance(o, Told)] == ["lin"]
    assert not story.tick("2026-03-05 10:01").outcomes
    assert owners(story.tick("2026-03-09 10:00")) == [("lin", "")]
    assert not story.tick("2026-05-01 10:00").outcomes


def test_the_reason_names_the_facts_of_the_task() -> None:
    story = asked(policy=POLICY + 'covers: task.channel = "call"\n')
    story.tick("2026-03-05 10:00")
    assert {o.cause.facts for o in story.outcomes} == {(("task.channel", "call"),)}


def test_what_is_done_is_not_told_of() -> None:
    story = asked()
    story.happen("task.completed", story.tasks()[0].id, "2026-03-05 09:00", outcome="connected")
    assert not story.tick("2026-03-09 10:00").outcomes


def test_a_task_is_given_to_somebody_of_the_team_for_good_or_until_a_moment() -> None:
    story = asked()
    task = story.tasks()[0].id
    story.happen("task.delegated", task, "2026-03-02 11:00", actor="wei", to="ana", until=local("2026-03-03 09:00"))
    assert owners(story) == [("ana", "wei")]
    assert owners(story.tick("2026-03-03 09:00")) == [("wei", "")]
    story.happen("task.delegated", task, "2026-03-03 11:00", actor="wei", to="lin", reason="knows them")
    assert owners(story) == [("lin", "")]
    assert story.outcomes[0].cause.notes == (("given", "wei|lin|knows them"),)


@pytest.mark.parametrize(
    ("to", "policy", "code"),
    [("nobody", "team", "E230"), ("wei", "team", "E231"), ("ana", "nobody", "E232"), ("bo", "team", "E232")],
)
def test_to_whom_a_task_may_not_be_given(to: str, policy: str, code: str) -> None:
    story = asked(policy=POLICY.replace("delegate: team", f"delegate: {policy}"))
    story.happen("person.joined", "bo", "2026-03-01 09:00", name="Bo", role="rep", team="north")
    story.happen("person.changed", "wei", "2026-03-01 09:00", team="south")
    assert story.happen("task.delegated", story.tasks()[0].id, "2026-03-02 11:00", to=to).refusal().code == code
    assert owners(story) == [("wei", "")]


def test_a_task_is_put_off_so_often_and_so_far_and_no_more() -> None:
    story, days = asked(), ("2026-03-03 09:00", "2026-03-04 09:00", "2026-03-05 09:00")
    task = story.tasks()[0].id
    far = story.happen("task.snoozed", task, "2026-03-02 11:00", until=local("2026-03-10 09:00"))
    assert far.refusal().code == "E234"
    for day in days[:2]:
        story.happen("task.snoozed", task, "2026-03-02 11:00", until=local(day))
        assert story.tasks()[0].snoozed_until == local(day)
    assert story.happen("task.snoozed", task, "2026-03-02 11:00", until=local(days[2])).refusal().code == "E233"


def test_what_has_been_done_lately_counts_as_done() -> None:
    story = asked(policy=POLICY + "done_within: 2 business days\n")
    first = story.tasks()[0].id
    story.happen("task.completed", first, "2026-03-03 10:00", outcome="connected")
    story.happen("activity.logged", "D-1", "2026-03-04 10:00", kind="call", outcome="no_answer", by="wei")
    assert not story.tasks()
    (made,) = [task for task in story.tasks("done") if task.id != first]
    assert (made.outcome, made.ended_at) == ("connected", local("2026-03-03 10:00"))
    assert ("done_lately", f"{first}|2026-03-03") in made.reasons[0].notes
    story.happen("activity.logged", "D-1", "2026-03-05 10:00", kind="call", outcome="no_answer", by="wei")
    assert len(story.tasks()) == 1


def test_a_step_whose_task_counts_as_done_goes_on() -> None:
    cadence = """
cadence: warm
title: {en: Warm, zh: 保温}
start: {on: deal.changed, when: deal.heat = "hot"}
steps:
  - {step: call, after: 0 business days, task: {channel: call, purpose: call-back}}
  - {step: mail, after: 1 business days, task: {channel: email}}
"""
    story = asked("2026-03-02 10:00", POLICY + "done_within: 2 business days\n", cadence)
    story.happen("task.completed", story.tasks()[0].id, "2026-03-03 10:00", outcome="connected")
    story.happen("deal.changed", "D-1", "2026-03-03 11:00", heat="hot")
    assert [(one.step, one.due_at) for one in story.enrolments()] == [("mail", local("2026-03-04 11:00"))]
