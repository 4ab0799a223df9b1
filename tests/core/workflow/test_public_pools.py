"""Public pools: going back, protection, reminders, claims and their limits, and one gate for every door."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.core.decide import decide
from engine.core.records import Holding
from engine.core.refold import holdings_anew, refold
from tests.core.workflow.story import Story, local, rules

POOL = """
public_pool: open-sea
title: {en: Open sea, zh: 公海}
covers: deal.kind = "new"
recycle:
  - {after: 30 days, since: last_touch}
  - {after: 90 days, since: owned}
protect:
  new_owner: 5 days
  while: [{when: deal.stage = "qualified", else: {en: Quoted, zh: 已报价}}]
claim: {roles: [rep], per_day: 2, hold_at_most: 3, not_again_for: 7 days}
"""
BARE = "public_pool: open-sea\ntitle: {en: Open sea, zh: 公海}\nclaim: {}\n"


def sea(text: str = POOL, *more: str) -> Story:
    return Story(rules(text, *more))


def made(story: Story, *deals: str, owner: str | None = "wei", at: str = "2026-01-05 10:00") -> Story:
    for deal in deals or ("D-1",):
        story.happen("deal.created", deal, at, owner=owner)
    return story


def holding(story: Story, deal: str = "D-1") -> Holding:
    found = story.state.holding(deal)
    assert found is not None
    return found


def claim(story: Story, who: str, deal: str, at: str = "2026-01-06 10:00") -> str:
    """The refusal's code, or empty when the deal is theirs."""
    story.happen("deal.claimed", deal, at, actor=who)
    refused = [outcome for outcome in story.outcomes if type(outcome).__name__ == "Refused"]
    return story.refusal().code if refused else ""


def test_an_idle_deal_goes_back_at_its_day_and_not_a_moment_before() -> None:
    story = made(sea())
    # 30 days after 5 January is 4 February, a Wednesday, and worked.
    assert holding(story).due_at == holding(story).recycle_at == local("2026-02-04 10:00")
    assert story.tick("2026-02-04 09:59").deal().owner == "wei"
    story.tick("2026-02-04 10:00")
    assert story.deal().owner == "" and story.deal().previous_owner == "wei"
    assert holding(story).state == "pooled" and holding(story).left == (("wei", local("2026-02-04 10:00")),)
    assert [one.how for one in story.state.handovers("D-1")] == ["recycled"]


def test_a_touch_moves_the_day_and_the_longest_stay_does_not_move() -> None:
    story = made(sea())
    story.happen("activity.logged", "D-1", "2026-02-03 10:00", kind="call", by="wei")
    assert holding(story).recycle_at == local("2026-03-05 10:00")
    for at in ("2026-03-04 10:00", "2026-03-30 10:00"):
        story.happen("activity.logged", "D-1", at, kind="call", by="wei")
    # Ninety days after 5 January is Sunday 5 April, in the Qingming break: the next working morning.
    assert holding(story).recycle_at == local("2026-04-07 09:00")


def test_protected_while_a_condition_holds_and_as_a_new_owner() -> None:
    story = made(sea())
    story.happen("deal.stage_asked", "D-1", "2026-01-06 10:00", stage="qualified", budget=None, contact="Li")
    story.state.keep(replace(story.deal(), stage="qualified"))
    story.happen("deal.changed", "D-1", "2026-01-07 10:00", heat="hot")
    assert holding(story).due_at is None and holding(story).notes == (("protected", "Quoted|已报价"),)
    assert story.tick("2026-06-01 10:00").deal().owner == "wei"
    short = sea(POOL.replace("after: 30 days", "after: 1 days"))
    assert holding(made(short)).recycle_at == local("2026-01-12 09:00")
    assert holding(short).notes == (("new_owner", "wei"),)


def test_the_owner_is_told_before_and_never_loses_it_untold() -> None:
    story = made(sea(POOL.replace("protect:", "remind_before: 3 days\nprotect:")))
    assert holding(story).due_at == local("2026-02-01 10:00")
    story.tick("2026-02-01 10:00")
    assert [(told.to, told.template) for told in story.told()] == [("wei", "pool-recycles")]
    assert story.tick("2026-02-02 10:00").told() == [] and story.deal().owner == "wei"
    assert story.tick("2026-02-04 10:00").deal().owner == ""
    late = made(sea(POOL.replace("protect:", "remind_before: 3 days\nprotect:")))
    late.tick("2026-06-01 10:00")
    assert late.deal().owner == "wei" and holding(late).recycle_at == local("2026-06-04 10:00")
    assert late.tick("2026-06-04 10:00").deal().owner == ""


def test_a_claim_gives_the_deal_and_says_how_many_are_left() -> None:
    story = made(sea(), "D-1", "D-2", "D-3", owner=None)
    assert [claim(story, "wei", deal) for deal in ("D-1", "D-2", "D-3")] == ["", "", "E183"]
    assert dict(story.refusal().params) == {"person": "wei", "claimed": "2", "most": "2", "until": "2026-01-07"}
    notes = [one.cause.notes for deal in ("D-1", "D-2") for one in story.state.handovers(deal)]
    assert notes == [(("claims_left", "1|2"),), (("claims_left", "0|2"),)]
    assert claim(story, "wei", "D-3", "2026-01-07 00:00") == ""


def test_what_somebody_has_is_not_for_another_and_they_are_told_who() -> None:
    story = made(sea(), owner=None)
    assert claim(story, "wei", "D-1") == "" and claim(story, "ana", "D-1") == "E181"
    assert dict(story.refusal().params) == {"deal": "D-1", "owner": "wei"}
    assert story.deal().owner == "wei"


def test_roles_and_people_who_have_left_may_not_claim() -> None:
    story = made(sea(), owner=None)
    assert claim(story, "lin", "D-1") == "E182" and claim(story, "nobody", "D-1") == "E182"
    story.happen("person.left", "wei", "2026-01-06 09:00")
    assert claim(story, "wei", "D-1") == "E182"


def test_holding_is_limited_and_what_was_won_does_not_count() -> None:
    story = made(sea(), "D-1", "D-2", "D-3")
    made(story, "D-4", owner=None)
    assert claim(story, "wei", "D-4") == "E184"
    assert dict(story.refusal().params) == {"person": "wei", "held": "3", "most": "3", "pool": "open-sea"}
    story.state.keep(replace(story.deal("D-2"), stage="proposal"))
    story.happen("deal.won", "D-2", "2026-01-06 11:00", contract_signed=True)
    assert story.deal("D-2").status == "won" and claim(story, "wei", "D-4", "2026-01-06 12:00") == ""


@pytest.mark.parametrize(("wait", "until"), [("1 hours", timedelta(hours=1)), ("12 hours", timedelta(hours=12)),
                                            ("7 days", timedelta(days=7))])  # fmt: skip
def test_the_former_owner_waits_and_others_do_not(wait: str, until: timedelta) -> None:
    text = POOL.replace("not_again_for: 7 days", f"not_again_for: {wait}")
    story = made(sea(text))
    story.happen("deal.returned", "D-1", "2026-01-06 10:00", actor="wei", reason="no time")
    edge = local("2026-01-06 10:00") + until
    before = edge - timedelta(minutes=1)
    shown = [moment.astimezone(local_zone()).strftime("%Y-%m-%d %H:%M") for moment in (before, edge)]
    assert claim(story, "wei", "D-1", shown[0]) == "E185"
    assert dict(story.refusal().params)["until"] == shown[1]
    assert claim(story, "wei", "D-1", shown[1]) == ""
    other = made(sea(text))
    other.happen("deal.returned", "D-1", "2026-01-06 10:00", actor="wei", reason="no time")
    assert claim(other, "ana", "D-1", "2026-01-06 10:01") == ""


def local_zone() -> object:
    from tests.core.workflow.story import SHANGHAI

    return SHANGHAI


def test_a_transfer_meets_the_same_limits_by_whichever_door() -> None:
    story = made(sea(), "D-1", "D-2", "D-3")
    made(story, "D-4", owner="ana")
    assert story.happen("deal.reassigned", "D-4", "2026-01-06 10:00", owner="wei").refusal().code == "E184"
    assert story.happen("deal.changed", "D-4", "2026-01-06 10:00", owner="wei").refusal().code == "E184"
    assert story.deal("D-4").owner == "ana"
    story.happen("deal.returned", "D-4", "2026-01-06 11:00", actor="ana", reason="no time")
    assert story.happen("deal.reassigned", "D-4", "2026-01-06 12:00", owner="ana").refusal().code == "E185"
    assert story.happen("deal.reassigned", "D-4", "2026-01-06 12:00", owner="dong").deal("D-4").owner == "dong"


def test_a_deal_of_no_pool_is_neither_claimed_nor_given_back() -> None:
    story = sea().happen("deal.created", "D-1", "2026-01-05 10:00", kind="renewal", owner="wei")
    assert story.state.holding("D-1") is None and claim(story, "ana", "D-1") == "E180"
    assert story.happen("deal.returned", "D-1", "2026-01-06 10:00", reason="x").refusal().code == "E180"
    story = made(sea(), owner=None)
    assert story.happen("deal.returned", "D-1", "2026-01-06 10:00", reason="x").refusal().code == "E186"


CADENCE = """
cadence: follow
title: {en: Follow, zh: 跟进}
start: {on: deal.stage_entered, when: deal.stage = "lead"}
steps:
  - {step: call, after: 0 days, task: {channel: call}}
  - {step: again, after: 5 days, task: {channel: call}}
"""


def test_work_of_a_recycled_deal_ends_and_begins_anew_with_who_claims_it() -> None:
    story = made(sea(POOL, CADENCE))
    assert [task.owner for task in story.tasks()] == ["wei"]
    story.tick("2026-02-04 10:00")
    assert not story.tasks() and [one.ended_as for one in story.enrolments()] == ["recycled"]
    assert claim(story, "ana", "D-1", "2026-02-05 10:00") == ""
    assert [(one.owner, one.rotation) for one in story.enrolments() if not one.ended_as] == [("ana", 2)]
    assert [task.owner for task in story.tasks()] == ["ana"]


def test_an_automation_may_put_a_deal_back_and_a_rule_may_give_it_out_again() -> None:
    back = """
automation: cold
title: {en: Cold, zh: 冷}
on: deal.changed
when: deal.heat = "cold"
then: [{recycle: deal}]
"""
    story = made(sea(BARE, back))
    assert story.happen("deal.changed", "D-1", "2026-01-06 10:00", heat="cold").deal().owner == ""
    again = "assignment: a\ntitle: {en: A, zh: 甲}\non: [deal.recycled]\nrows: [{method: to, people: [ana]}]\n"
    story = made(sea(BARE, back, again))
    assert story.happen("deal.changed", "D-1", "2026-01-06 10:00", heat="cold").deal().owner == "ana"
    assert holding(story).owner == "ana"


def test_history_says_who_had_it_and_asks_no_rule() -> None:
    story = made(sea(), "D-1", "D-2", "D-3", owner=None)
    for number in (1, 2, 3):
        story.happen("deal.claimed", f"D-{number}", "2026-01-06 10:00", actor="lin", mode="history")
    assert [story.deal(f"D-{number}").owner for number in (1, 2, 3)] == ["lin"] * 3


def test_folding_a_deal_anew_leaves_it_with_whom_it_was_handed_to() -> None:
    story = Story(rules(POOL))
    told = [story.happen("deal.created", "D-1", "2026-01-05 10:00", owner="wei").last]
    told.append(story.tick("2026-02-04 10:00").last)
    told.append(story.happen("deal.claimed", "D-1", "2026-02-05 10:00", actor="lin").last)
    assert story.refusal().code == "E182"
    told.append(story.happen("deal.claimed", "D-1", "2026-02-06 10:00", actor="ana").last)
    at = local("2026-02-05 12:00")
    late = replace(told[0], type="activity.logged", key="late", at=at, on=at.date(), body={"kind": "call", "by": "ana"})
    now = decide(late, story.state, story.rulebook, story._matched)
    anew = refold(late, told, story.state, story.rulebook, story._matched, now)
    anew.draft.fold(holdings_anew(late, ("D-1",), anew.draft, story.rulebook))
    deal = anew.draft.deal("D-1")
    assert deal is not None and (deal.owner, deal.previous_owner) == ("ana", "wei")
    held = anew.draft.holding("D-1")
    assert held is not None and held.owner == "ana" and held.recycle_at == local("2026-03-09 09:00")
