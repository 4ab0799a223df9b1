"""What may come of a task, and the touch that doing it is."""

import pytest

from engine.rulefiles.loading import load_texts
from tests.core.workflow.story import BASE, VOCABULARY, Story, local, rules
from tests.core.workflow.test_cadences import done, new_lead

OUTCOMES = """
outcomes:
  connected: {title: {en: Spoke, zh: 已接通}, channels: [call]}
  replied: {title: {en: Replied, zh: 已回复}, channels: [call, email]}
  no_answer: {title: {en: No answer, zh: 未接}, channels: [call]}
  agreed: {title: {en: Agreed, zh: 同意}, purposes: [manager-joins]}
"""
ASK = """
automation: ask
title: {en: Ask, zh: 询问}
on: deal.created
then: [{task: {to: deal.owner, channel: call, title: {en: Join, zh: 参加}, purpose: manager-joins}}]
"""


def lead(more: str = OUTCOMES, *others: str) -> Story:
    """A lead of Wei's whose first call is due."""
    story = Story(rules(new_lead(), ASK, *others, vocabulary=VOCABULARY + more))
    return story.happen("deal.created", "D-1", "2026-03-02 10:00", owner="wei")


def call(story: Story) -> str:
    return next(task.id for task in story.tasks() if task.purpose == "new-lead.first-call")


@pytest.mark.parametrize(
    ("purpose", "outcome", "known"),
    [
        ("new-lead.first-call", "agreed", "connected, replied, no_answer"),
        ("new-lead.first-call", "done", "connected, replied, no_answer"),
        ("manager-joins", "connected", "agreed"),
    ],
)
def test_only_what_is_declared_for_the_channel_or_the_purpose_may_come_of_it(
    purpose: str, outcome: str, known: str
) -> None:
    story = lead()
    task = next(one for one in story.tasks() if one.purpose == purpose)
    refused = done(story, "2026-03-02 11:00", outcome, task).refusal()
    assert (refused.code, dict(refused.params)) == ("E237", {"found": outcome, "known": known})
    assert task in story.tasks()


def test_a_purpose_with_outcomes_of_its_own_takes_them_and_nobody_must_say_one() -> None:
    story = lead()
    task = next(one for one in story.tasks() if one.purpose == "manager-joins")
    assert [one.outcome for one in done(story, "2026-03-02 11:00", "agreed", task).tasks("done")] == ["agreed"]
    story.happen("task.completed", call(story), "2026-03-02 11:00", "wei")
    assert sorted(one.outcome for one in story.tasks("done")) == ["", "agreed"]


def test_where_no_outcome_is_declared_any_is_taken() -> None:
    story = lead("")
    story.happen("task.completed", call(story), "2026-03-02 11:00", "wei", outcome="whatever")
    assert [one.outcome for one in story.tasks("done")] == ["whatever"]


def test_doing_it_is_the_touch_with_who_did_it_and_what_came_of_it() -> None:
    story = lead(OUTCOMES + "logged_when_done: [call]\n")
    task = call(story)
    story.happen("task.completed", task, "2026-03-02 11:00", "ana", outcome="connected", note="Wants a quote")
    (touch,) = story.state.activities("D-1")
    assert (touch.kind, touch.outcome, touch.by, touch.note, touch.task, touch.at) == (
        "call", "connected", "ana", "Wants a quote", task, local("2026-03-02 11:00"))  # fmt: skip
    assert story.deal().last_touch_at == local("2026-03-02 11:00")
    assert story.happen("task.completed", task, "2026-03-02 12:00", "ana", outcome="connected").refusal().code == "E051"
    assert len(story.state.activities("D-1")) == 1


def test_the_touch_stops_what_listens_for_it() -> None:
    story = lead(OUTCOMES + "logged_when_done: [call]\n")
    story.happen("task.completed", call(story), "2026-03-02 11:00", "wei", outcome="replied")
    assert [one.exit for one in story.enrolments()] == ["replied"]


def test_other_channels_skipping_and_history_log_nothing() -> None:
    story = lead(OUTCOMES + "logged_when_done: [email]\n")
    story.happen("task.completed", call(story), "2026-03-02 11:00", "wei", outcome="replied")
    assert (story.state.activities("D-1"), story.enrolments()[0].ended_as) == ((), "")
    skipped = lead(OUTCOMES + "logged_when_done: [call]\n")
    skipped.happen("task.skipped", call(skipped), "2026-03-02 11:00", "wei", reason="no")
    told = lead(OUTCOMES + "logged_when_done: [call]\n")
    told.happen("task.completed", call(told), "2026-03-02 11:00", "wei", mode="history", outcome="connected")
    assert (skipped.state.activities("D-1"), told.state.activities("D-1")) == ((), ())


def test_a_condition_that_asks_for_another_outcome_is_found_when_the_rules_are_read() -> None:
    listens = ASK.replace("on: deal.created", 'on: task.completed\nwhen: task.outcome = "conected"')
    found = load_texts(
        {
            **BASE,
            "vocabulary.yaml": VOCABULARY + OUTCOMES,
            "a.yaml": ASK,
            "b.yaml": listens.replace("automation: ask", "automation: b"),
        }
    )
    assert [(problem.code, problem.place.file) for problem in found.problems] == [("R130", "b.yaml")]


def test_an_outcome_may_be_of_what_a_stage_asks() -> None:
    more = "outcomes:\n  decided: {title: {en: Decided, zh: 已决定}, purposes: [chase-decision]}\n"
    found = load_texts({**BASE, "vocabulary.yaml": VOCABULARY + more})
    assert "R409" not in [problem.code for problem in found.problems]
    wrong = load_texts({**BASE, "vocabulary.yaml": VOCABULARY + more.replace("chase-", "chase-the-")})
    assert "R409" in [problem.code for problem in wrong.problems]
