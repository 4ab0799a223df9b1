"""Approvals: bands, steps, who may decide and who never, deadlines, changes that undo them, moves that wait."""

from datetime import date

import pytest

from engine.core.absences import Absence
from engine.core.approval import Approval
from engine.core.formulas import EvaluationError
from engine.core.money import Money
from engine.core.records import Person, PersonVersion
from engine.core.value_texts import read_percent
from engine.core.workflow.notes import show_note
from tests.core.workflow.story import PIPELINE, Story, local, rules

DISCOUNT = """
approval: discount
title: {en: Discount, zh: 折扣}
about: [deal.discount]
voided_by: higher
bands:
  - when: deal.discount >= 20%
    steps: [{who: deal.owner.manager}, {who: "role:director"}]
  - when: deal.discount >= 10%
    steps: [{who: deal.owner.manager}]
decide_within: 2 business days
"""
GATED = PIPELINE.replace("  - stage: proposal\n", "  - stage: proposal\n    approvals: [discount]\n")


def story(approval: str = DISCOUNT, *more: str, discount: str = "15%", pipeline: str = GATED) -> Story:
    """D-1 of Wei in Qualified, with a discount; Lin is her manager, Dong the director above."""
    told = Story(rules(approval, *more, pipeline=pipeline))
    told.happen("deal.created", "D-1", "2026-03-02 09:00", "wei", owner="wei", budget=Money(100_000_00, "CNY"),
                contact="Li", discount=read_percent(discount))  # fmt: skip
    return told.happen("deal.stage_asked", "D-1", "2026-03-02 10:00", "wei", stage="qualified")


def asked(told: Story, at: str = "2026-03-02 11:00") -> Story:
    return told.happen("deal.stage_asked", "D-1", at, "wei", stage="proposal")


def the_last(told: Story) -> Approval:
    return told.state.approvals("D-1")[-1]


def say(told: Story, word: str, actor: str, at: str = "2026-03-02 14:00", **body: object) -> Story:
    return told.happen(f"approval.{word}", "D-1", at, actor, approval="discount", **body)


def test_a_move_that_needs_agreement_waits_and_happens_when_it_is_given() -> None:
    told = asked(story())
    assert told.deal().stage == "qualified"
    assert [p.reason for p in told.passed()] == ["waits_for_approval"]
    assert [(t.owner, t.purpose) for t in told.tasks()] == [("lin", "approve-discount")]
    assert the_last(told).values == {"deal.discount": read_percent("15%")}
    say(told, "granted", "lin")
    assert (told.deal().stage, told.deal().entered_stage_at) == ("proposal", local("2026-03-02 14:00"))
    assert (the_last(told).state, told.tasks()) == ("granted", [])
    assert [(task.owner, task.outcome) for task in told.tasks("done")] == [("lin", "granted")]
    assert ("wei", "approval-granted") in [(message.to, message.template) for message in told.told()]


def test_below_the_band_nobody_is_asked() -> None:
    assert asked(story(discount="9.99%")).deal().stage == "proposal"


def test_the_stricter_band_asks_one_after_the_other() -> None:
    told = say(asked(story(discount="20%")), "granted", "lin")
    assert told.deal().stage == "qualified"
    assert [task.owner for task in told.tasks()] == ["dong"]
    assert say(told, "granted", "dong", "2026-03-03 09:30").deal().stage == "proposal"


@pytest.mark.parametrize(
    ("actor", "code"),
    [("wei", "E205"), ("ana", "E207"), ("dong", "E207"), ("", "E207")],
    ids=["self", "peer", "above", "nobody"],
)
def test_only_who_is_asked_decides(actor: str, code: str) -> None:
    assert say(asked(story()), "granted", actor).refusal().code == code


def test_whoever_is_their_own_manager_is_decided_by_the_next_one_up() -> None:
    told = story()
    told.happen("deal.reassigned", "D-1", "2026-03-02 10:30", "lin", owner="wei")
    told.happen("deal.stage_asked", "D-1", "2026-03-02 11:00", "lin", stage="proposal")
    assert [task.owner for task in told.tasks()] == ["dong"]
    (reason,) = told.tasks()[0].reasons
    assert "lin asked for it themselves: it goes to dong" in [show_note(one) for one in reason.notes]
    assert say(told, "granted", "lin").refusal().code == "E205"


def test_where_nobody_else_could_decide_the_event_waits() -> None:
    told = story(DISCOUNT.replace("[{who: deal.owner.manager}]", "[{who: dong}]"))
    with pytest.raises(EvaluationError) as raised:
        told.happen("deal.stage_asked", "D-1", "2026-03-02 11:00", "dong", stage="proposal")
    assert raised.value.code == "E206"


def test_a_refusal_says_why_and_the_deal_stays() -> None:
    told = say(asked(story()), "refused", "lin", reason="Too much for this customer")
    assert (told.deal().stage, the_last(told).state) == ("qualified", "refused")
    assert the_last(told).ended_why == "Too much for this customer"
    assert say(asked(story()), "refused", "lin", reason=" ").refusal().code == "E037"
    assert asked(told, "2026-03-04 09:00").tasks()[0].owner == "lin"
    assert the_last(told).number == 2


def test_a_second_press_says_for_whom_it_waits() -> None:
    refusal = asked(asked(story()), "2026-03-02 11:05").refusal()
    assert (refusal.code, dict(refusal.params)["who"]) == ("E203", "lin")


def test_only_the_requester_takes_it_back() -> None:
    told = asked(story())
    assert say(told, "recalled", "lin").refusal().code == "E208"
    assert (the_last(say(told, "recalled", "wei")).state, told.tasks()) == ("recalled", [])
    assert say(told, "granted", "lin", "2026-03-02 15:00").refusal().code == "E204"


def test_who_is_asked_may_name_another_but_never_the_requester() -> None:
    told = asked(story())
    assert say(told, "delegated", "lin", to="wei").refusal().code == "E209"
    say(told, "delegated", "lin", to="ana", reason="at a fair")
    assert [task.owner for task in told.tasks()] == ["ana"]
    assert say(told, "granted", "lin", "2026-03-02 15:00").refusal().code == "E207"
    assert say(told, "granted", "ana", "2026-03-02 16:00").deal().stage == "proposal"


def test_somebody_on_leave_is_stood_in_for_and_it_is_said() -> None:
    told = story()
    lin = told.state.person("lin")
    assert lin is not None
    told.state.keep(Person(lin.id, lin.name, joined_on=lin.joined_on, versions=lin.versions,
                           absences=(Absence(date(2026, 3, 1), date(2026, 3, 9)),)))  # fmt: skip
    asked(told)
    (task,) = told.tasks()
    assert task.owner == "dong"
    assert "lin is away until 2026-03-09: dong decides instead" in [show_note(n) for n in task.reasons[0].notes]


def test_with_wait_it_stays_with_who_is_away() -> None:
    told = story(DISCOUNT + "while_away: wait\n")
    lin = told.state.person("lin")
    assert lin is not None
    told.state.keep(Person(lin.id, lin.name, joined_on=lin.joined_on, versions=lin.versions,
                           absences=(Absence(date(2026, 3, 1), date(2026, 3, 9)),)))  # fmt: skip
    assert [task.owner for task in asked(told).tasks()] == ["lin"]


def test_who_has_left_is_decided_for_by_the_next_one_up() -> None:
    told = asked(story())
    told.happen("person.left", "lin", "2026-03-02 12:00")
    assert say(told, "granted", "dong", "2026-03-03 09:00").deal().stage == "proposal"


def test_when_the_time_is_over_it_goes_one_up_in_business_time() -> None:
    told = asked(story(), "2026-09-30 11:00")
    assert the_last(told).due_at == local("2026-10-09 11:00")
    assert told.tick("2026-10-09 10:59").tasks()[0].owner == "lin"
    told.tick("2026-10-09 11:00")
    assert [task.owner for task in told.tasks()] == ["dong"]
    assert the_last(told).due_at == local("2026-10-12 11:00")
    told.tick("2026-10-30 11:00")
    assert (the_last(told).due_at, [task.owner for task in told.tasks()]) == (None, ["dong"])


def test_one_late_tick_does_as_much_as_many() -> None:
    once, often = asked(story(discount="20%")), asked(story(discount="20%"))
    for day in range(3, 14):
        often.tick(f"2026-03-{day:02} 11:00")
    once.tick("2026-03-13 11:00")
    assert [seat.person for seat in the_last(once).seats] == [seat.person for seat in the_last(often).seats]


def test_with_when_late_refuse_no_answer_is_a_no() -> None:
    told = asked(story(DISCOUNT + "when_late: refuse\n")).tick("2026-03-04 11:00")
    assert (the_last(told).state, the_last(told).ended_why, told.tasks()) == ("refused", "late", [])


def test_more_discount_than_was_agreed_to_asks_again_and_less_does_not() -> None:
    told = say(asked(story()), "granted", "lin")
    told.happen("deal.changed", "D-1", "2026-03-03 09:00", "wei", discount=read_percent("12%"))
    assert [one.state for one in told.state.approvals("D-1")] == ["granted"]
    told.happen("deal.changed", "D-1", "2026-03-03 10:00", "wei", discount=read_percent("15.01%"))
    assert [(one.state, one.ended_why) for one in told.state.approvals("D-1")] == [
        ("void", "deal.discount"),
        ("pending", ""),
    ]
    refusal = told.happen("deal.won", "D-1", "2026-03-03 11:00", "wei", contract_signed=True)
    assert told.deal().status == "open" and refusal.passed()
    say(told, "granted", "lin", "2026-03-03 12:00")
    assert (told.deal().status, told.deal().won_on) == ("won", date(2026, 3, 3))


def test_what_was_asked_about_changes_while_it_waits_and_the_move_still_waits() -> None:
    told = asked(story())
    told.happen("deal.changed", "D-1", "2026-03-02 12:00", "wei", discount=read_percent("18%"))
    first, second = told.state.approvals("D-1")
    assert (first.state, second.state, second.values) == ("void", "pending", {"deal.discount": read_percent("18%")})
    assert len(told.tasks()) == 1
    assert say(told, "granted", "lin").deal().stage == "proposal"


def test_agreed_at_last_but_the_gate_does_not_hold_any_more_says_why() -> None:
    told = asked(story())
    told.happen("deal.changed", "D-1", "2026-03-02 12:00", "wei", budget=Money(500_00, "CNY"))
    say(told, "granted", "lin")
    (passed,) = told.passed()
    assert (told.deal().stage, the_last(told).state, passed.reason) == ("qualified", "granted", "E028")
    assert "The budget is too small" in [show_note(one) for one in passed.cause.notes]
    assert "预算不足" in [show_note(one, "zh") for one in passed.cause.notes]


def test_no_override_passes_an_approval() -> None:
    told = story().happen(
        "deal.stage_asked", "D-1", "2026-03-02 11:00", "dong", stage="proposal", override=True, reason="now"
    )
    assert (told.deal().stage, the_last(told).state) == ("qualified", "pending")


def test_a_gate_left_behind_still_asks_before_the_win() -> None:
    told = asked(story(discount="5%"))
    told.happen("deal.changed", "D-1", "2026-03-03 09:00", "wei", discount=read_percent("30%"), contract_signed=True)
    told.happen("deal.won", "D-1", "2026-03-03 10:00", "wei")
    assert (told.deal().status, [task.owner for task in told.tasks()]) == ("open", ["lin"])


def test_a_deal_cannot_begin_behind_the_gate() -> None:
    told = Story(rules(DISCOUNT, pipeline=GATED))
    told.happen("deal.created", "D-9", "2026-03-02 09:00", "wei", owner="wei", budget=Money(100_000_00, "CNY"),
                contact="Li", discount=read_percent("15%"), stage="proposal")  # fmt: skip
    assert [row.words.en for row in told.refusal().missing] == ["Approval: Discount"]


def test_a_closed_deal_needs_nobody() -> None:
    told = asked(story()).happen("deal.lost", "D-1", "2026-03-03 09:00", "wei", loss_reason="price")
    assert (the_last(told).state, told.tasks(), told.deal().answer_due_at) == ("void", [], None)


def test_the_task_ends_with_the_decision_only() -> None:
    told = asked(story())
    assert told.happen("task.completed", told.tasks()[0].id, "2026-03-02 12:00", "lin").refusal().code == "E213"


ANY = DISCOUNT.replace("[{who: deal.owner.manager}]", "[{any_of: [lin, dong]}]")
ALL = DISCOUNT.replace("[{who: deal.owner.manager}]", "[{all_of: [lin, dong]}]")


def test_any_of_needs_one_word_and_a_refusal_leaves_it_to_the_others() -> None:
    assert say(asked(story(ANY)), "granted", "dong").deal().stage == "proposal"
    told = say(asked(story(ANY)), "refused", "lin", reason="no")
    assert (the_last(told).state, [task.owner for task in told.tasks()]) == ("pending", ["dong"])
    assert the_last(say(told, "refused", "dong", "2026-03-02 15:00", reason="no")).state == "refused"


def test_all_of_needs_every_word_in_any_order_and_one_refusal_ends_it() -> None:
    told = asked(story(ALL))
    assert {task.owner for task in told.tasks()} == {"lin", "dong"}
    assert say(told, "granted", "dong").deal().stage == "qualified"
    assert say(told, "granted", "lin", "2026-03-02 15:00").deal().stage == "proposal"
    assert the_last(say(asked(story(ALL)), "refused", "dong", reason="no")).state == "refused"


def test_who_has_agreed_before_is_not_asked_twice() -> None:
    told = story(DISCOUNT, discount="25%")
    lin = told.state.person("lin")
    assert lin is not None
    director = PersonVersion(date(2020, 1, 1), role="director", manager="dong")
    told.state.keep(Person("lin", "Lin", joined_on=lin.joined_on, versions=(director,)))
    assert say(asked(told), "granted", "lin").deal().stage == "proposal"


ASK = """
automation: ask
on: deal.changed
when: deal.discount >= 10%
then: [{request_approval: {approval: discount}}]
"""


def test_a_rule_asks_at_once_and_once() -> None:
    told = story(DISCOUNT, ASK, discount="5%", pipeline=PIPELINE)
    told.happen("deal.changed", "D-1", "2026-03-03 09:00", "ana", discount=read_percent("11%"))
    assert (the_last(told).requested_by, [task.owner for task in told.tasks()]) == ("wei", ["lin"])
    told.happen("deal.changed", "D-1", "2026-03-03 09:05", "ana", name="Kiln")
    assert len(told.state.approvals("D-1")) == 1


EXCEPTION = """
approval: no-contact
title: {en: Without a contact, zh: 无联系人}
bands: [{steps: [{who: deal.owner.manager}]}]
"""
WITH_EXCEPTION = PIPELINE.replace(
    "{when: deal.contact is set,", "{when: {any: [deal.contact is set, 'approval.no-contact = \"granted\"']},"
)


def test_an_exception_is_asked_for_by_hand_and_read_by_a_criterion() -> None:
    told = Story(rules(EXCEPTION, pipeline=WITH_EXCEPTION))
    told.happen("deal.created", "D-1", "2026-03-02 09:00", "wei", owner="wei", budget=Money(100_000_00, "CNY"))
    assert told.happen("deal.stage_asked", "D-1", "2026-03-02 10:00", "wei", stage="qualified").refusal().code == "E028"
    told.happen("approval.requested", "D-1", "2026-03-02 11:00", "wei", approval="no-contact", reason="a tender")
    told.happen("approval.granted", "D-1", "2026-03-02 12:00", "lin", approval="no-contact")
    assert (
        told.happen("deal.stage_asked", "D-1", "2026-03-02 13:00", "wei", stage="qualified").deal().stage == "qualified"
    )


@pytest.mark.parametrize(("approval", "code"), [("discount", "E201"), ("rebate", "E200")])
def test_what_need_not_be_asked_is_refused(approval: str, code: str) -> None:
    told = story(discount="5%")
    assert told.happen("approval.requested", "D-1", "2026-03-02 12:00", "wei", approval=approval).refusal().code == code


def test_history_asks_nobody_but_keeps_the_request() -> None:
    told = story()
    told.happen("deal.stage_asked", "D-1", "2026-03-02 11:00", "wei", mode="history", stage="proposal")
    assert (the_last(told).state, told.tasks(), told.deal().stage) == ("pending", [], "qualified")
