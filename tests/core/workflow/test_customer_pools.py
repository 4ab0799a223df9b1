"""Public pools of customers: going back, protection, claims, one gate; and what becomes of the customer's deals."""

import pytest

from engine.core.events import Event
from engine.core.ownership import OF_ACCOUNT
from engine.core.records import Deal, Handover, Holding
from engine.core.turns import decide_in_turn
from engine.core.workflow.notes import show_note
from tests.core.workflow.story import Story, local, rules

VOCABULARY = """
vocabulary: more
title: {en: More, zh: 更多}
measures:
  account.open_deals: {count: deals, where: not closed}
"""
POOL = """
public_pool: customers
title: {en: Customers, zh: 客户公海}
of: account
covers: account.industry = "steel"
recycle:
  - {after: 30 days, since: last_touch}
  - {after: 90 days, since: owned}
remind_before: 3 days
protect:
  new_owner: 5 days
  while: [{when: account.open_deals > 0, else: {en: A deal is open, zh: 有未关闭商机}}]
claim: {roles: [rep], per_day: 2, hold_at_most: 3, not_again_for: 7 days}
"""
FREE = POOL.replace("remind_before: 3 days\n", "").replace(
    "  while: [{when: account.open_deals > 0, else: {en: A deal is open, zh: 有未关闭商机}}]\n", ""
)


def sea(text: str = POOL, *more: str) -> Story:
    return Story(rules(text, VOCABULARY, *more))


def known(story: Story, *ids: str, owner: str = "wei", at: str = "2026-01-05 10:00", **facts: object) -> Story:
    for id in ids or ("A-1",):
        own = {"owner": owner} if owner else {}
        story.happen("account.changed", id, at, **{"industry": "steel", **own, **facts})
    return story


def holding(story: Story, id: str = "A-1") -> Holding:
    found = story.state.holding(f"{OF_ACCOUNT}{id}")
    assert found is not None
    return found


def owner(story: Story, id: str = "A-1") -> str:
    account = story.state.account(id)
    assert account is not None
    return str(account.facts.get("owner") or "")


def tick(story: Story, at: str, id: str = "A-1") -> Story:
    return story.tick(at, f"{OF_ACCOUNT}{id}")


def claim(story: Story, who: str, id: str = "A-1", at: str = "2026-01-06 10:00") -> str:
    """The refusal's code, or empty when the customer is theirs."""
    story.happen("account.claimed", id, at, actor=who)
    refused = [outcome for outcome in story.outcomes if type(outcome).__name__ == "Refused"]
    return story.refusal().code if refused else ""


def test_a_customer_that_nobody_touches_goes_back_and_its_owner_was_told() -> None:
    story = known(sea())
    assert (holding(story).state, holding(story).recycle_at) == ("held", local("2026-02-04 10:00"))
    tick(story, "2026-02-01 10:00")
    assert [(told.to, told.template, told.deal) for told in story.told()] == [("wei", "pool-recycles", "")]
    assert "about the customer A-1" in [show_note(note) for note in story.told()[0].cause.notes]
    tick(story, "2026-02-04 10:00")
    assert (owner(story), holding(story).state) == ("", "pooled")
    (noted,) = story.state.handovers("A-1")
    assert (noted.kind, noted.how, noted.to, noted.deal) == ("account", "recycled", "", "")


def test_a_minute_earlier_it_is_still_theirs() -> None:
    story = tick(known(sea(FREE)), "2026-02-04 09:59")
    assert owner(story) == "wei"


def test_a_touch_of_any_of_its_deals_counts_and_so_does_what_was_won() -> None:
    story = known(sea(FREE))
    story.happen("deal.created", "D-1", "2026-01-06 10:00", owner="ana", account="A-1")
    assert holding(story).recycle_at == local("2026-02-04 10:00")
    story.happen("activity.logged", "D-1", "2026-01-20 10:00", "ana", kind="call", outcome="connected")
    assert holding(story).recycle_at == local("2026-02-24 09:00")  # the 19th lies in the Spring Festival
    first, *_ = (show_note(note) for note in holding(story).notes)
    assert first.startswith("not touched since 2026-01-20")


def test_an_open_deal_keeps_the_customer_with_its_owner_and_its_end_lets_the_time_run() -> None:
    story = known(sea())
    story.happen("deal.created", "D-1", "2026-01-06 10:00", owner="wei", account="A-1")
    assert holding(story).due_at is None
    assert [show_note(note) for note in holding(story).notes] == ["protected: A deal is open"]
    story.happen("deal.lost", "D-1", "2026-01-07 10:00", loss_reason="price")
    assert holding(story).recycle_at == local("2026-02-04 10:00")


def test_a_deal_stays_with_whoever_has_it() -> None:
    story = known(sea(FREE))
    story.happen("deal.created", "D-1", "2026-01-06 10:00", owner="wei", account="A-1")
    tick(story, "2026-03-01 10:00")
    assert (owner(story), story.deal().owner) == ("", "wei")


def test_a_customer_of_another_kind_is_in_no_pool() -> None:
    story = known(sea(), industry="retail")
    assert story.state.holding(f"{OF_ACCOUNT}A-1") is None
    assert claim(story, "ana") == "E189"


def test_a_deal_of_the_same_id_is_not_meant() -> None:
    story = known(sea(FREE))
    story.happen("deal.created", "A-1", "2026-01-06 10:00", owner="ana")
    tick(story, "2026-03-01 10:00")
    assert (owner(story), story.deal("A-1").owner) == ("", "ana")
    assert claim(story, "wei", at="2026-03-20 10:00") == ""
    assert (owner(story), story.deal("A-1").owner) == ("wei", "ana")


def test_claims_meet_role_day_limit_and_whoever_was_quicker() -> None:
    story = known(sea(), "A-1", "A-2", "A-3", owner="")
    assert holding(story).state == "pooled"
    assert claim(story, "lin") == "E182"
    assert [claim(story, "wei", id) for id in ("A-1", "A-2", "A-3")] == ["", "", "E183"]
    assert claim(story, "ana", "A-1") == "E190"
    assert dict(story.refusal().params) == {"account": "A-1", "owner": "wei"}
    assert (owner(story), owner(story, "A-3")) == ("wei", "")
    assert claim(story, "wei", "A-3", "2026-01-07 10:00") == ""


def test_nobody_holds_more_than_the_limit_through_any_door() -> None:
    story = known(sea(), "A-1", "A-2", "A-3", owner="wei")
    known(story, "A-4", owner="")
    assert claim(story, "wei", "A-4") == "E191"
    story.happen("account.changed", "A-4", "2026-01-07 10:00", owner="wei", name="Four")
    assert story.refusal().code == "E191" and owner(story, "A-4") == ""
    story.happen("account.changed", "A-4", "2026-01-07 10:00", owner="ana", name="Four")
    assert owner(story, "A-4") == "ana"
    story.happen("account.changed", "A-4", "2026-01-07 11:00", name="Fourth")
    assert (owner(story, "A-4"), holding(story, "A-4").since_at) == ("ana", local("2026-01-07 10:00"))


def test_history_is_taken_as_it_was() -> None:
    story = known(sea(), "A-1", "A-2", "A-3", owner="wei")
    story.happen("account.changed", "A-4", "2026-01-07 10:00", owner="wei", industry="steel", mode="history")
    assert owner(story, "A-4") == "wei"


def test_whoever_gave_it_back_may_not_have_it_again_for_a_while() -> None:
    story = known(sea())
    story.happen("account.returned", "A-1", "2026-01-06 10:00", "wei", reason="No need")
    assert holding(story).state == "pooled" and story.state.handovers("A-1")[0].reason == "No need"
    assert claim(story, "wei", at="2026-01-13 09:59") == "E192"
    story.happen("account.changed", "A-1", "2026-01-12 10:00", owner="wei")
    assert story.refusal().code == "E192"
    assert claim(story, "wei", at="2026-01-13 10:00") == ""
    story.happen("account.returned", "A-1", "2026-01-13 11:00", "wei", reason="No need")
    story.happen("account.returned", "A-1", "2026-01-13 12:00", "wei", reason="No need")
    assert story.refusal().code == "E193"


def test_who_had_it_before_and_when_it_went_over_are_known_across_the_pool() -> None:
    story = known(sea())
    story.happen("account.returned", "A-1", "2026-01-06 10:00", "wei", reason="No need")
    claim(story, "ana", at="2026-01-08 10:00")
    account = story.state.account("A-1")
    assert account is not None
    facts = account.at(local("2026-01-09 10:00"))
    assert (facts["owner"], facts["previous_owner"]) == ("ana", "wei")
    assert str(facts["transferred_on"]) == "2026-01-08"
    assert account.at(local("2026-01-07 10:00"))["owner"] == ""


def test_records_of_one_company_go_back_together_and_the_one_that_is_stood_for_is_out() -> None:
    story = known(known(sea(FREE), "A-1", owner="wei"), "A-2", owner="ana")
    story.happen("account.merged", "A-2", "2026-01-06 10:00", "lin", into="A-1")
    assert (holding(story).state, holding(story, "A-2").state) == ("held", "out")
    tick(story, "2026-03-01 10:00")
    assert (owner(story), owner(story, "A-2"), holding(story).state) == ("", "", "pooled")
    assert claim(story, "ana", "A-2", "2026-03-02 10:00") == ""
    assert (owner(story), holding(story).owner) == ("ana", "ana")


BY_LOAD = """
assignment: customers
title: {en: Customers, zh: 客户}
of: account
capacity: {open: 2}
rows:
  - {when: account.industry = "steel", method: by_load, people: ["role:rep"]}
"""


def test_a_new_customer_goes_to_whoever_has_fewest() -> None:
    story = known(sea(BARE, BY_LOAD), "A-1", "A-2", owner="ana")
    known(story, "A-3", owner="")
    assert owner(story, "A-3") == "wei"
    noted = [one for one in story.state.handovers("A-3") if one.how == "assigned"]
    assert "wei has least, 0 customers" in [show_note(note) for note in noted[0].cause.notes]
    assert "not ana: has 2/2 customers" in [show_note(note) for note in noted[0].cause.notes]
    known(known(story, "A-4", owner=""), "A-5", owner="")
    assert (owner(story, "A-4"), owner(story, "A-5")) == ("wei", "")
    assert [one.how for one in story.state.handovers("A-5")] == ["queued"]


BARE = "public_pool: customers\ntitle: {en: Customers, zh: 客户公海}\nof: account\nclaim: {}\n"


def test_a_customer_first_named_by_a_deal_is_given_to_somebody_as_well() -> None:
    story = sea(BARE, BY_LOAD.replace('when: account.industry = "steel", ', ""))
    story.happen("deal.created", "D-1", "2026-01-06 10:00", owner="wei", account="A-1")
    assert (owner(story), story.deal().owner) == ("ana", "wei")


def test_what_comes_back_may_be_given_to_the_next_by_a_rule() -> None:
    story = sea(FREE, BY_LOAD.replace("of: account", "of: account\non: [account.recycled]"))
    tick(known(story), "2026-03-01 10:00")
    assert owner(story) == "ana"
    assert {one.how for one in story.state.handovers("A-1")} == {"recycled", "assigned"}


AUTOMATION = """
automation: lost
title: {en: Lost, zh: 输单}
on: deal.closed
when: deal.loss_reason = "price"
then: [{recycle: account}]
"""


def test_an_automation_may_put_back_the_customer_of_a_deal() -> None:
    story = known(sea(BARE, AUTOMATION))
    story.happen("deal.created", "D-1", "2026-01-06 10:00", owner="wei", account="A-1")
    story.happen("deal.lost", "D-1", "2026-01-07 10:00", loss_reason="price")
    assert (owner(story), holding(story).state) == ("", "pooled")
    story.happen("deal.created", "D-2", "2026-01-08 10:00", owner="wei", account="A-1")
    story.happen("deal.lost", "D-2", "2026-01-09 10:00", loss_reason="price")
    assert [(one.what, one.reason) for one in story.passed()] == [("recycle", "no_owner")]


def test_an_automation_may_give_the_customer_of_a_deal_to_somebody() -> None:
    text = AUTOMATION.replace("recycle: account", "assign: {by: customers}")
    story = known(sea(BARE, BY_LOAD.replace("of: account", "of: account\non: [account.recycled]"), text), owner="lin")
    story.happen("deal.created", "D-1", "2026-01-06 10:00", owner="lin", account="A-1")
    story.happen("deal.lost", "D-1", "2026-01-07 10:00", loss_reason="price")
    assert owner(story) == "ana"


@pytest.mark.parametrize("told_late", [False, True])
def test_a_late_word_about_an_earlier_owner_changes_nothing_of_who_has_it_now(told_late: bool) -> None:
    story = known(sea(FREE))
    early = ("account.changed", "A-1", "2026-01-05 12:00")
    if not told_late:
        story.happen(*early, owner="ana")
    story.happen("account.returned", "A-1", "2026-01-06 10:00", "wei", reason="No need")
    if told_late:
        story.happen(*early, owner="ana")
    assert (owner(story), holding(story).state) == ("", "pooled")
    assert isinstance(story.state.handovers("A-1")[0], Handover) and not isinstance(story.state.deal("A-1"), Deal)


def ticked(first: bool) -> Story:
    """A customer whose time was up in February, whether the clock has looked or not."""
    story = known(sea(FREE))
    return tick(story, "2026-02-10 10:00") if first else story


def turn(story: Story, type: str, subject: str, at: str, **body: object) -> Story:
    """The event in its turn, as the log takes it."""
    story.number += 1
    moment = local(at)
    event = Event(type, subject, "test", f"{story.number:04}", moment, moment.date(), str(body.pop("actor", "")), body)
    decision = decide_in_turn(event, story.state, story.rulebook, story._matched)
    story.outcomes = [decision.refused] if decision.refused else list(decision.outcomes)
    for record in decision.draft.records():
        story.state.keep(record)
    return story


@pytest.mark.parametrize("first", [True, False])
def test_it_does_not_matter_whether_the_clock_has_looked_before_a_claim_or_a_transfer(first: bool) -> None:
    claimed = turn(ticked(first), "account.claimed", "A-1", "2026-02-20 10:00", actor="ana")
    given = turn(ticked(first), "account.changed", "A-1", "2026-02-20 10:00", owner="ana")
    for story in (claimed, given):
        assert (owner(story), holding(story).owner, holding(story).state) == ("ana", "ana", "held")
        assert holding(story).since_at == local("2026-02-20 10:00")


@pytest.mark.parametrize("first", [True, False])
def test_nor_before_a_new_deal_or_a_complaint_of_the_customer(first: bool) -> None:
    deal = turn(ticked(first), "deal.created", "D-1", "2026-02-20 10:00", owner="wei", account="A-1")
    ticket = turn(ticked(first), "ticket.opened", "T-1", "2026-02-20 10:00", kind="complaint", account="A-1")
    assert [owner(story) for story in (deal, ticket)] == ["", ""]


def test_a_pool_that_is_over_lets_go_of_what_it_held_and_the_clock_is_done() -> None:
    story = known(sea(FREE + "in_force: {from: 2025-01-01, until: 2026-02-01}\n"))
    assert holding(story).due_at is not None
    tick(story, "2026-02-04 10:00")
    assert (owner(story), holding(story).state, holding(story).due_at) == ("wei", "out", None)


def test_a_word_before_a_merge_told_late_leaves_the_merged_record_out() -> None:
    story = known(known(sea(FREE), "A-1", owner="wei"), "A-2", owner="ana")
    story.happen("account.merged", "A-2", "2026-01-06 10:00", "lin", into="A-1")
    story.happen("account.changed", "A-2", "2026-01-05 12:00", name="Two")
    assert (holding(story, "A-2").state, holding(story).owner) == ("out", "wei")


def test_a_rule_that_a_late_word_occasions_gives_the_customer_now_and_not_then() -> None:
    rule = BY_LOAD.replace("of: account", "of: account\non: [account.changed]").replace(
        'when: account.industry = "steel"', 'when: account.industry = "tin"'
    )
    story = known(sea(FREE, rule))
    story.happen("account.returned", "A-1", "2026-01-06 10:00", "wei", reason="No need")
    story.happen("account.changed", "A-1", "2026-01-05 12:00", industry="tin")
    account = story.state.account("A-1")
    assert account is not None and owner(story) == "ana"
    assert account.at(local("2026-01-05 16:00"))["owner"] == "wei"
    assert story.state.in_hand("account", "ana") == ("A-1",)


def test_a_complaint_that_turns_out_to_be_another_customers_protects_this_one_no_more() -> None:
    protect = FREE.replace(
        "  new_owner: 5 days", "  while: [{when: account.open_complaints > 0, else: {en: Complaint, zh: 投诉}}]"
    )
    story = known(sea(protect), "A-1", "A-2")
    story.happen("ticket.opened", "T-1", "2026-01-06 10:00", kind="complaint", account="A-1")
    assert holding(story).due_at is None
    story.happen("ticket.changed", "T-1", "2026-01-06 11:00", account="A-2")
    assert holding(story).due_at is not None and holding(story, "A-2").due_at is None


def test_a_new_customer_may_come_with_an_owner_who_has_enough() -> None:
    story = known(sea(), "A-1", "A-2", "A-3", "A-4", owner="wei")
    assert owner(story, "A-4") == "wei"


def test_a_customer_and_a_deal_of_one_id_go_back_each_for_itself() -> None:
    both = """
automation: both
title: {en: Both, zh: 都}
on: deal.changed
then: [{recycle: deal}, {recycle: account}]
"""
    story = known(sea(BARE, BARE_DEALS, both), "X", owner="wei")
    story.happen("deal.created", "X", "2026-01-06 10:00", owner="ana", account="X")
    story.happen("deal.changed", "X", "2026-01-07 10:00", name="Kiln")
    assert (owner(story, "X"), story.deal("X").owner) == ("", "")
    assert sorted(one.kind for one in story.state.handovers("X") if one.how == "recycled") == ["account", "deal"]


BARE_DEALS = "public_pool: deals\ntitle: {en: Deals, zh: 商机公海}\nclaim: {}\n"


TELL = """
automation: back
title: {en: Back, zh: 退回}
on: account.changed
then:
  - notify: {to: account.owner.manager, template: changed}
  - task: {to: account.owner, title: {en: Call them, zh: 致电客户}, due_in: 1 business days, purpose: call-them}
"""


def test_a_rule_may_ask_the_customers_owner_and_tell_their_manager_and_says_so_where_there_is_none() -> None:
    story = known(sea(FREE, TELL))
    assert [told.to for told in story.told()] == ["lin"]
    made = [o.record for o in story.outcomes if getattr(o, "what", "") == "made"]
    assert [(task.owner, task.deal) for task in made] == [("wei", "")]  # type: ignore[attr-defined]
    nobody = known(sea(FREE, TELL), owner="")
    assert [(one.what, one.reason) for one in nobody.passed()] == [("notice", "no_owner"), ("task", "no_owner")]


SDR = """
automation: sdr
title: {en: Found, zh: 线索}
on: deal.created
then: [{task: {to: deal.sdr, title: {en: Hand over, zh: 交接}, due_in: 1 business days, purpose: hand-over-lead}}]
"""


def test_a_task_may_go_to_whoever_another_fact_names() -> None:
    vocabulary = VOCABULARY + "deal: {sdr: {type: person, title: {en: SDR, zh: 销售开发}}}\n"
    story = Story(rules(vocabulary, SDR))
    story.happen("deal.created", "D-1", "2026-01-05 10:00", owner="wei", sdr="ana")
    assert [task.owner for task in story.tasks()] == ["ana"]


def test_a_field_that_names_nobody_leaves_the_task_undone_visibly_and_the_deal_in_the_world() -> None:
    vocabulary = VOCABULARY + "deal: {sdr: {type: person, title: {en: SDR, zh: 销售开发}}}\n"
    story = Story(rules(vocabulary, SDR))
    story.happen("deal.created", "D-1", "2026-01-05 10:00", owner="wei")
    assert story.deal().owner == "wei" and story.tasks() == []
    assert [(one.what, one.reason) for one in story.passed()] == [("task", "no_owner")]


CALLS = """
cadence: calls
title: {en: Calls, zh: 电话}
start: {on: deal.stage_entered, when: deal.stage = "lead"}
steps:
  - {step: theirs, after: 0 days, task: {channel: call, to: account.owner, title: {en: Theirs, zh: 客户负责人}}}
  - {step: own, after: 0 days, task: {channel: call, title: {en: Own, zh: 商机负责人}}}
policy: {anchor: enrolment}
"""


def test_a_step_for_a_customers_owner_is_passed_over_while_there_is_none() -> None:
    story = known(sea(BARE, CALLS), owner="")
    story.happen("deal.created", "D-1", "2026-01-06 10:00", owner="ana", account="A-1")
    assert [(task.step, task.owner) for task in story.tasks()] == [("own", "ana")]
    assert [one.reason for one in story.passed()] == ["theirs: no_owner"]


@pytest.mark.parametrize("first", [True, False])
def test_what_a_rule_does_with_a_customer_that_comes_back_comes_before_who_is_told_of(first: bool) -> None:
    rule = BY_LOAD.replace("of: account", "of: account\non: [account.recycled]").replace('"role:rep"', "lin")
    story = known(sea(FREE, rule))
    if first:
        tick(story, "2026-02-10 10:00")
    turn(story, "account.changed", "A-1", "2026-02-20 10:00", owner="ana")
    assert (owner(story), holding(story).owner) == ("ana", "ana")


@pytest.mark.parametrize("first", [True, False])
def test_nor_before_a_merge_or_a_ticket_that_names_a_deal(first: bool) -> None:
    story = known(known(sea(FREE), "A-1", owner="wei"), "A-2", owner="ana", at="2026-02-18 10:00")
    if first:
        tick(story, "2026-02-19 10:00")
    turn(story, "account.merged", "A-2", "2026-02-20 10:00", into="A-1", actor="lin")
    assert holding(story).owner == "ana"
    protect = FREE.replace(
        "  new_owner: 5 days", "  while: [{when: account.open_complaints > 0, else: {en: Complaint, zh: 投诉}}]"
    )
    other = known(sea(protect))
    other.happen("deal.created", "D-1", "2026-01-06 10:00", owner="wei", account="A-1")
    if first:
        tick(other, "2026-02-19 10:00")
    turn(other, "ticket.opened", "T-1", "2026-02-20 10:00", kind="complaint", deal="D-1")
    assert owner(other) == ""


def test_the_limit_holds_for_a_customer_whom_a_deal_was_the_first_to_name() -> None:
    story = known(sea(BARE_LIMIT), "A-1", "A-2", owner="wei")
    story.happen("deal.created", "D-1", "2026-01-06 10:00", owner="wei", account="A-9")
    story.happen("account.changed", "A-9", "2026-01-07 10:00", owner="wei")
    assert story.refusal().code == "E191"


BARE_LIMIT = BARE.replace("claim: {}", "claim: {hold_at_most: 2}")


def test_what_is_taken_over_from_history_has_its_whole_time_from_the_first_look() -> None:
    story = sea(FREE)
    story.happen("account.changed", "A-1", "2024-01-05 10:00", owner="wei", industry="steel", mode="history")
    assert [show_note(one) for one in holding(story).notes][-1].startswith("taken over from history")
    tick(story, "2026-01-06 10:00")
    assert (owner(story), holding(story).recycle_at) == ("wei", local("2026-02-05 10:00"))
    assert all("history" not in show_note(one) for one in holding(story).notes)
    tick(story, "2026-02-05 10:00")
    assert owner(story) == ""


def test_a_word_about_it_meanwhile_takes_nothing_of_that_time() -> None:
    story = sea()
    story.happen("account.changed", "A-1", "2024-01-05 10:00", owner="wei", industry="steel", mode="history")
    story.happen("account.changed", "A-1", "2026-01-05 12:00", name="Nord")
    tick(story, "2026-01-06 10:00")
    assert story.told() == [] and holding(story).recycle_at == local("2026-02-05 10:00")


def test_a_partner_is_paid_and_asked_for_nothing() -> None:
    asked = SDR.replace("deal.sdr", "deal.partner")
    with pytest.raises(AssertionError, match="R209"):
        rules(asked)
