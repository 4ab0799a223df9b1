"""While an account complains, its deals are not followed up and not moved on; what it complained about, rules may ask."""

from datetime import date

from tests.core.service.desk import HOURS, SERVICE, VOCABULARY
from tests.core.workflow.following import follow, notes, one
from tests.core.workflow.story import PIPELINE, Story, local, rules

PAUSE = """pause:
  - on: ticket.opened
    when: ticket.kind = "complaint"
    until: {on: ticket.settled, when: account.open_complaints = 0}
    as: complaint"""
GATE = "- {when: account.open_complaints = 0, else: {en: Settle the complaint, zh: 先处理投诉}}"


def story(*texts: str) -> Story:
    """Two leads of one account, both followed up from a Monday on, and one of another account."""
    gated = PIPELINE.replace("      - {when: deal.budget is set", f"      {GATE}\n      - {{when: deal.budget is set")
    vocabulary = VOCABULARY + "  \n"
    found = Story(rules(SERVICE, follow(more=PAUSE), *texts, calendar=HOURS, vocabulary=vocabulary, pipeline=gated))
    for deal, account in (("D-1", "A-1"), ("D-2", "A-1"), ("D-3", "A-2")):
        found.happen("deal.created", deal, "2026-01-05 10:00", owner="wei", account=account)
    return found


def complaint(found: Story, id: str = "T-1", at: str = "2026-01-05 12:00", **body: object) -> Story:
    return found.happen("ticket.opened", id, at, **{"kind": "complaint", "account": "A-1", "owner": "ana", **body})


def states(found: Story) -> list[str]:
    return [one(found, deal).state for deal in ("D-1", "D-2", "D-3")]


def test_a_complaint_pauses_all_that_the_account_is_sold() -> None:
    found = complaint(story())
    assert states(found) == ["paused", "paused", "running"]
    pause = one(found).pause
    assert pause is not None
    assert (pause.reason, found.tasks()[0].snoozed_until is not None) == ("complaint", True)


def test_a_question_pauses_nothing() -> None:
    assert states(complaint(story(), kind="question")) == ["running", "running", "running"]


def test_a_complaint_about_one_deal_pauses_the_others_as_well() -> None:
    assert states(complaint(story(), account="", deal="D-2")) == ["paused", "paused", "running"]


def test_the_last_settled_complaint_takes_it_up_again() -> None:
    found = complaint(complaint(story()), "T-2", "2026-01-05 13:00")
    found.happen("ticket.resolved", "T-1", "2026-01-05 14:00")
    assert states(found) == ["paused", "paused", "running"]
    found.happen("ticket.closed", "T-2", "2026-01-05 15:00", reason="withdrawn")
    assert states(found) == ["running", "running", "running"]
    assert notes(found)[0] == "paused from 2026-01-05 to 2026-01-05: complaint"


def test_a_complaint_that_closes_by_itself_ends_the_pause_too() -> None:
    found = complaint(story()).happen("ticket.replied", "T-1", "2026-01-05 14:00", by="agent")
    found.happen("clock.ticked", "ticket:T-1", "2026-01-12 10:00")
    assert states(found) == ["running", "running", "running"]


def test_a_gate_may_ask_for_open_complaints() -> None:
    found = complaint(story())
    move = {"stage": "qualified", "budget": None, "contact": "Li"}
    refusal = found.happen("deal.stage_asked", "D-1", "2026-01-05 13:00", **move).refusal()
    assert "Settle the complaint" in [one.words.en for one in refusal.missing]
    found.happen("ticket.resolved", "T-1", "2026-01-05 14:00")
    refusal = found.happen("deal.stage_asked", "D-1", "2026-01-05 15:00", **move).refusal()
    assert "Settle the complaint" not in [one.words.en for one in refusal.missing]


def test_a_late_complaint_counts_from_its_own_moment_on() -> None:
    found = story()
    found.happen("ticket.opened", "T-1", "2026-01-06 12:00", kind="complaint", account="A-1")
    move = {"stage": "qualified", "contact": "Li"}
    before = found.happen("deal.stage_asked", "D-1", "2026-01-06 11:00", **move).refusal()
    assert "Settle the complaint" not in [one.words.en for one in before.missing]


TELL = """
automation: complaint
title: {en: Complaint, zh: 投诉}
on: ticket.opened
when: ticket.kind = "complaint" and account.tier = "gold"
then:
  - task: {to: ticket.owner.manager, title: {en: Call the customer, zh: 致电客户}, due_in: 2 business hours, purpose: calm}
"""


def test_an_automation_may_answer_to_a_ticket_with_or_without_a_deal() -> None:
    for deal in ("D-1", ""):
        found = story(TELL).happen("account.changed", "A-1", "2026-01-05 11:00", tier="gold")
        complaint(found, deal=deal)
        made = [outcome.record for outcome in found.outcomes if getattr(outcome, "what", "") == "made"]
        assert [(task.purpose, task.owner, task.deal) for task in made] == [("calm", "lin", deal)]  # type: ignore[attr-defined]
        assert made[0].due_at == local("2026-01-05 14:00")  # type: ignore[attr-defined]


AT_START = PAUSE.replace("    until:", "    at_start: account.open_complaints > 0\n    until:")


def begun(policy: str = "on_overdue: wait", pause: str = AT_START) -> Story:
    """A customer that complains on Monday at ten, and no deal yet."""
    texts = (SERVICE, follow(policy, pause))
    found = Story(rules(*texts, calendar=HOURS, vocabulary=VOCABULARY + "  \n"))
    return complaint(found, at="2026-01-05 10:00")


def lead(found: Story, at: str, deal: str = "D-1", **body: object) -> Story:
    return found.happen("deal.created", deal, at, **{"owner": "wei", "account": "A-1", **body})


def test_what_begins_while_the_customer_complains_rests_from_its_beginning_and_nothing_is_asked() -> None:
    found = lead(begun(), "2026-01-05 12:00")
    pause = one(found).pause
    assert pause is not None
    assert (pause.since, pause.until, pause.reason) == (local("2026-01-05 12:00"), None, "complaint")
    assert found.tasks() == []


def test_without_the_key_only_what_is_under_way_rests() -> None:
    assert one(lead(begun(pause=PAUSE), "2026-01-05 12:00")).state == "running"


def test_another_customer_is_sold_to_meanwhile() -> None:
    assert one(lead(begun(), "2026-01-05 12:00", account="A-2")).state == "running"


def test_the_settled_complaint_lets_it_begin_and_its_first_step_is_due_at_once() -> None:
    found = lead(begun(), "2026-01-05 12:00").happen("ticket.resolved", "T-1", "2026-01-06 12:00")
    assert [(task.step, task.made_at) for task in found.tasks()] == [("one", local("2026-01-06 12:00"))]


def test_the_reason_is_the_line_of_the_rule_with_what_was_open() -> None:
    found = lead(begun(), "2026-01-05 12:00")
    kept = [o for o in found.outcomes if getattr(o, "what", "") == "paused"]
    assert [dict(o.cause.facts) for o in kept] == [{"account.open_complaints": 1}]
    assert kept[0].cause.place.line > 1


def test_an_enrolment_by_hand_rests_as_well() -> None:
    found = lead(begun(), "2026-01-05 12:00", account="A-2")
    found.happen("enrolment.removed", "D-1", "2026-01-05 13:00", "wei", cadence="follow", reason="Later")
    found.happen("deal.changed", "D-1", "2026-01-05 14:00", account="A-1")
    found.happen("enrolment.asked", "D-1", "2026-01-05 15:00", "wei", cadence="follow")
    assert one(found).state == "paused"


def test_who_waited_for_room_is_looked_at_when_let_in() -> None:
    found = lead(begun("active_limit: 1, on_overdue: wait"), "2026-01-05 12:00", "D-1", account="A-2")
    lead(found, "2026-01-05 12:30", "D-2")
    assert one(found, "D-2").state == "pending"
    found.happen("deal.lost", "D-1", "2026-01-05 14:00", loss_reason="price")
    assert one(found, "D-2").state == "paused"
    found.happen("ticket.resolved", "T-1", "2026-01-05 15:00")
    assert one(found, "D-2").state == "running"


def test_a_deal_reopened_while_the_customer_complains_is_not_followed_up() -> None:
    found = lead(Story(rules(SERVICE, follow("on_reopen: resume, on_overdue: wait", AT_START), calendar=HOURS,
                             vocabulary=VOCABULARY + "  \n")), "2026-01-05 10:00")  # fmt: skip
    found.happen("deal.lost", "D-1", "2026-01-05 11:00", loss_reason="price")
    complaint(found, at="2026-01-05 12:00")
    found.happen("deal.reopened", "D-1", "2026-01-05 13:00", "lin", reason="Again")
    task = found.tasks()[0]
    assert (one(found).state, task.snoozed_until is not None) == ("paused", True)


UNTIL_DAY = """pause:
  - {on: ticket.opened, at_start: deal.close_on is set, until: {day: deal.close_on}, as: later}"""


def test_a_pause_until_a_day_that_is_over_is_none() -> None:
    for day, state in ((date(2026, 1, 5), "running"), (date(2026, 1, 6), "paused")):
        assert one(lead(begun(pause=UNTIL_DAY), "2026-01-05 12:00", close_on=day)).state == state


def test_a_complaint_of_one_record_of_a_company_is_one_of_all_and_its_end_wakes_them_all() -> None:
    found = begun()
    for account in ("A-1", "A-2"):
        found.happen("account.changed", account, "2026-01-05 09:00", name=account)
    found.happen("account.merged", "A-2", "2026-01-05 09:30", "lin", into="A-1")
    lead(found, "2026-01-05 12:00", account="A-2")
    assert one(found).state == "paused"
    found.happen("ticket.resolved", "T-1", "2026-01-05 14:00")
    assert one(found).state == "running"
    complaint(found, "T-2", "2026-01-06 10:00", account="A-2")
    lead(found, "2026-01-06 12:00", "D-2", account="A-1")
    assert one(found, "D-2").state == "paused"
