"""Time limits with levels: each once a visit, restart or accumulate, moving on by itself; required facts; idleness."""

from fractions import Fraction

import pytest

from engine.core.money import Money
from engine.core.value_texts import read_percent
from engine.core.workflow.notes import show_note
from tests.core.workflow.story import PIPELINE, Story, local, rules

SHORT = """    stay:
      {at_most: 10 business days, then: {task: chase-decision}, and_after: 5 business days, tell: deal.owner.manager}
"""


def levels(text: str, on_reentry: str = "restart") -> str:
    return PIPELINE.replace(SHORT, f"    stay:\n      on_reentry: {on_reentry}\n      levels: [{text}]\n")


HOURS = "{after: 2 business hours, task: chase}, {after: 4 business hours, tell: deal.owner.manager}, {after: 8 business hours, tell: 'role:director'}"


def story(pipeline: str, *more: str) -> Story:
    """D-1 of Wei in Proposal since Monday 2 March 2026, 10:00."""
    told = Story(rules(*more, pipeline=pipeline))
    told.happen(
        "deal.created", "D-1", "2026-03-02 09:00", "wei", owner="wei", budget=Money(100_000_00, "CNY"), contact="Li"
    )
    told.happen("deal.stage_asked", "D-1", "2026-03-02 09:30", "wei", stage="qualified")
    return told.happen("deal.stage_asked", "D-1", "2026-03-02 10:00", "wei", stage="proposal")


def back(told: Story, at: str) -> Story:
    return told.happen("deal.stage_asked", "D-1", at, "wei", stage="qualified", reason="they think again")


def again(told: Story, at: str) -> Story:
    return told.happen("deal.stage_asked", "D-1", at, "wei", stage="proposal")


def test_each_level_counts_from_entering_and_is_reached_once() -> None:
    told = story(levels(HOURS))
    assert told.deal().due_at == local("2026-03-02 12:00")
    assert [task.purpose for task in told.tick("2026-03-02 12:00").tasks()] == ["chase"]
    assert [message.to for message in told.tick("2026-03-02 14:00").told()] == ["lin"]
    assert [message.to for message in told.tick("2026-03-03 09:00").told()] == ["dong"]
    assert told.tick("2026-03-20 12:00").told() == [] and len(told.state.tasks("D-1")) == 1


def test_one_late_tick_reaches_every_level_once() -> None:
    told = story(levels(HOURS)).tick("2026-03-20 12:00")
    assert (len(told.tasks()), [message.to for message in told.told()]) == (1, ["lin", "dong"])


def test_coming_back_restarts_by_default() -> None:
    told = again(back(story(levels(HOURS)), "2026-03-02 11:30"), "2026-03-02 13:00")
    assert told.deal().due_at == local("2026-03-02 15:00")


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ("2 business hours", "2026-03-03 10:30"),
        ("3 hours", "2026-03-03 11:30"),
        ("2 business days", "2026-03-05 10:00"),
        ("1 business hours", "2026-03-03 10:00"),
    ],
)
def test_with_accumulate_the_time_of_earlier_visits_counts(limit: str, due: str) -> None:
    """Out after an hour and a half of work on the same day: a bounce does not reset the clock."""
    told = story(levels(f"{{after: {limit}, task: chase}}", "accumulate"))
    again(back(told, "2026-03-02 11:30"), "2026-03-03 10:00")
    assert told.deal().due_at == local(due)


MOVES_ON = levels("{after: 30 days, move: lost, because: no answer for a month}")


def test_a_deal_moves_on_by_itself_as_of_when_the_time_was_over() -> None:
    told = story(MOVES_ON).tick("2026-04-20 12:00")
    deal = told.deal()
    assert (deal.status, deal.facts["loss_reason"], deal.entered_stage_at) == (
        "lost", "no answer for a month", local("2026-04-01 10:00"))  # fmt: skip


def test_the_gate_is_the_same_for_what_moves_by_itself() -> None:
    told = story(levels("{after: 30 days, move: won}")).tick("2026-04-20 12:00")
    (passed,) = told.passed()
    assert (told.deal().status, passed.reason) == ("open", "E028")
    assert "Attach the contract" in [show_note(one) for one in passed.cause.notes]
    assert told.tick("2026-05-20 12:00").passed() == []


REQUIRES = PIPELINE.replace(
    "  - stage: proposal\n", "  - stage: proposal\n    requires: [close_on, contract_signed, heat]\n"
)


def test_required_facts_are_criteria_in_words_of_their_titles() -> None:
    told = Story(rules(pipeline=REQUIRES))
    told.happen("deal.created", "D-1", "2026-03-02 09:00", "wei", owner="wei", budget=Money(100_000_00, "CNY"), contact="Li",
                contract_signed=False, heat="hot")  # fmt: skip
    told.happen("deal.stage_asked", "D-1", "2026-03-02 09:30", "wei", stage="qualified")
    refusal = told.happen("deal.stage_asked", "D-1", "2026-03-02 10:00", "wei", stage="proposal").refusal()
    assert [row.words.en for row in refusal.missing] == ["Fill in: Expected to close on", "Fill in: Contract signed"]
    assert [row.words.zh for row in refusal.missing] == ["请填写：预计成交日期", "请填写：合同已签"]


def source(how: str) -> str:
    return PIPELINE.replace("stages:\n", f"probability: {how}\nstages:\n", 1)


@pytest.mark.parametrize(
    ("how", "forward", "set_by_hand", "moved_on", "back_again"),
    [
        ("follow_stage_unless_manual", 50, 31, 31, 31),
        ("follow_stage", 50, 31, 25, 50),
        ("set_if_empty", 10, 31, 31, 31),
        ("manual", None, 31, 31, 31),
    ],
)
def test_each_source_of_probability(
    how: str, forward: int | None, set_by_hand: int, moved_on: int, back_again: int
) -> None:
    told = story(source(how))
    assert _chance(told) == forward
    told.happen("deal.changed", "D-1", "2026-03-02 11:00", "wei", probability=read_percent("31%"))
    assert _chance(told) == set_by_hand
    assert _chance(back(told, "2026-03-02 12:00")) == moved_on
    assert _chance(again(told, "2026-03-02 13:00")) == back_again
    assert _chance(told.happen("deal.won", "D-1", "2026-03-02 14:00", "wei", contract_signed=True)) == 100
    assert _chance(told.happen("deal.reopened", "D-1", "2026-03-02 15:00", "lin", reason="x")) == back_again
    assert _chance(told.happen("deal.lost", "D-1", "2026-03-02 16:00", "wei", loss_reason="x")) == 0


def _chance(told: Story) -> int | None:
    found = told.deal().facts["probability"]
    assert found is None or isinstance(found, Fraction)
    return None if found is None else int(found * 100)


WENT_IDLE = """
automation: wake
on: deal.went_idle
when: deal.idle_days >= 14
then: [{task: {title: {en: Wake it, zh: 跟进}, channel: call, purpose: wake}}]
"""


def idle(keys: str) -> str:
    return PIPELINE.replace(
        "idle: {since: last_touch, after: 14 days, planned_activity_shields: yes}", f"idle: {{{keys}}}"
    )


def test_a_rule_may_act_once_when_a_deal_goes_idle() -> None:
    told = story(PIPELINE, WENT_IDLE)
    assert told.deal().next_due_at == local("2026-03-16 09:00")
    told.tick("2026-03-16 09:00")
    assert [task.purpose for task in told.tasks()] == ["wake"]
    assert len(told.tick("2026-04-16 09:00").state.tasks("D-1")) == 1 + len(
        [t for t in told.tasks() if t.purpose == "chase-decision"]
    )
    told.happen("activity.logged", "D-1", "2026-04-17 09:00", "wei", kind="call", outcome="connected")
    for task in told.tasks():
        told.happen("task.completed", task.id, "2026-04-17 09:30", "wei")
    told.tick("2026-05-20 09:00")
    assert [task.purpose for task in told.tasks()] == ["wake"]


def test_only_the_named_kinds_are_touches() -> None:
    told = story(idle("since: last_touch, after: 14 days, touches: [visit, call]"), WENT_IDLE)
    told.happen("activity.logged", "D-1", "2026-03-10 09:00", "wei", kind="email")
    assert told.deal().idle_at == local("2026-03-16 09:00")
    told.happen("activity.logged", "D-1", "2026-03-11 09:00", "wei", kind="call")
    assert told.deal().idle_at == local("2026-03-25 09:00")


def test_since_the_last_change_any_news_counts() -> None:
    told = story(idle("since: last_change, after: 5 business days"), WENT_IDLE)
    told.happen("deal.changed", "D-1", "2026-03-05 09:00", "wei", name="Kiln")
    assert told.deal().idle_at == local("2026-03-12 09:00")


def version(span: str, keys: str) -> str:
    return idle(keys).replace("pipeline: standard\n", f"pipeline: standard\nin_force: {{{span}}}\n")


@pytest.mark.parametrize(("apply", "days"), [("at_once", 21), ("next_touch", 14)])
def test_a_changed_threshold_reaches_a_deal_at_once_or_on_its_next_touch(apply: str, days: int) -> None:
    first = version("from: 2025-01-01, until: 2026-03-10", "since: last_touch, after: 14 days")
    second = version("from: 2026-03-10", f"since: last_touch, after: 21 days, apply: {apply}")
    told = story(first, second, WENT_IDLE).happen("deal.changed", "D-1", "2026-03-11 09:00", "wei", name="Kiln")
    assert told.deal().idle_at == local(f"2026-03-{2 + days} 09:00")
