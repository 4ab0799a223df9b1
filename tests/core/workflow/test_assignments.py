"""Who gets what nobody has: methods, limits, absences, the turn that survives, and why the others did not get it."""

from datetime import date, datetime

import pytest

from engine.core.outcomes import Kept
from engine.core.records import Handover, Person, PersonVersion
from engine.rulefiles.loading import load_texts
from tests.core.workflow.story import BASE, Story, local, rules

HEAD = "assignment: leads\ntitle: {en: Leads, zh: 线索}\n"


def given(rows: str, *more: str) -> Story:
    return Story(rules(HEAD + rows, *more))


def row(method: str, people: str = "[wei, ana, lin]", more: str = "") -> str:
    return f"rows: [{{method: {method}, people: {people}}}]\n{more}"


def created(story: Story, *deals: str, at: str = "2026-01-05 10:00", **body: object) -> list[str]:
    """The owners of new deals, made one after the other."""
    return [story.happen("deal.created", deal, at, **body).deal(deal).owner for deal in deals]


def many(count: int, start: int = 1) -> list[str]:
    return [f"D-{number}" for number in range(start, start + count)]


def handovers(story: Story, deal: str = "D-1") -> list[Handover]:
    return list(story.state.handovers(deal))


def test_the_turn_goes_round_and_survives_deals_that_go() -> None:
    story = given(row("round_robin"))
    assert created(story, "D-1", "D-2") == ["wei", "ana"]
    story.happen("deal.cancelled", "D-1", "2026-01-05 11:00", reason="x")
    story.happen("deal.cancelled", "D-2", "2026-01-05 11:00", reason="x")
    assert created(story, "D-3", "D-4") == ["lin", "wei"]


def test_the_turn_goes_on_when_the_list_of_people_changes() -> None:
    story = given(row("round_robin"))
    assert created(story, "D-1", "D-2") == ["wei", "ana"]
    story.rulebook = rules(HEAD + row("round_robin", "[wei, dong, ana, lin]"))
    assert created(story, "D-3") == ["lin"]
    story.rulebook = rules(HEAD + row("round_robin", "[wei, dong, ana]"))
    # Whoever has moved up to the place of the last is next; there is none, so it begins again.
    assert created(story, "D-4", "D-5") == ["wei", "dong"]


def test_a_deal_with_an_owner_is_left_alone_and_so_is_history() -> None:
    story = given(row("round_robin"))
    assert created(story, "D-1", owner="dong") == ["dong"]
    assert created(story, "D-2", mode="history") == [""]
    assert not handovers(story) and not handovers(story, "D-2")


def test_weights_share_out_and_whoever_was_away_does_not_catch_up() -> None:
    people = "[{person: wei, weight: 1}, {person: ana, weight: 2}]"
    story = given(row("weighted", people))
    owners = created(story, *many(6))
    assert (owners.count("wei"), owners.count("ana")) == (2, 4)
    story.happen("person.out_of_office", "ana", "2026-01-05 11:00")
    assert created(story, *many(6, 7), at="2026-01-05 12:00") == ["wei"] * 6
    story.happen("person.back", "ana", "2026-01-05 13:00")
    back = created(story, *many(6, 13), at="2026-01-05 14:00")
    assert (back.count("wei"), back.count("ana")) == (2, 4)


def test_the_least_loaded_gets_it_and_ties_go_by_id() -> None:
    story = given(row("by_load", "[wei, ana]"))
    created(story, "D-8", "D-9", owner="ana")
    assert created(story, "D-1", "D-2", "D-3") == ["wei", "wei", "ana"]
    assert ("least_load", "wei|0") in handovers(story)[0].cause.notes


def test_territories_go_by_a_fact_with_the_rest_for_what_has_none() -> None:
    story = given(
        "rows: [{method: by_territory, by: deal.heat, territories: {hot: [ana, lin], cold: [dong]}, people: [wei]}]\n"
    )
    assert [created(story, f"D-{n}", heat=heat)[0] for n, heat in enumerate(("hot", "cold", "hot", "hot", None))] == [
        "ana", "dong", "lin", "ana", "wei",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("capacity", "owners", "reason"),
    [
        ("{open: 2}", ["wei", "wei", "ana", "ana", ""], "open|2/2"),
        ("{per_day: 1}", ["wei", "ana", "", "", ""], "day|1/1"),
        ("{per_month: 2}", ["wei", "wei", "ana", "ana", ""], "month|2/2"),
    ],
)
def test_limits_pass_people_over_and_say_which(capacity: str, owners: list[str], reason: str) -> None:
    story = given(row("to", "[wei, ana]", f"capacity: {capacity}\n"))
    assert created(story, *many(5)) == owners
    queued = handovers(story, "D-5")[0]
    assert queued.how == "queued" and ("passed_over", f"wei|{reason}") in queued.cause.notes


def test_a_day_and_a_month_begin_anew() -> None:
    story = given(row("to", "[wei]", "capacity: {per_day: 1, per_month: 2}\n"))
    days = ("2026-01-05 10:00", "2026-01-05 11:00", "2026-01-06 10:00", "2026-01-07 10:00", "2026-02-02 10:00")
    assert [created(story, f"D-{n}", at=at)[0] for n, at in enumerate(days)] == ["wei", "", "wei", "", "wei"]


def test_a_month_spread_over_its_days() -> None:
    story = given(row("to", "[{person: wei, capacity: {per_month: 45}}]", "capacity: {per_month: 1, spread: yes}\n"))
    assert created(story, *many(3)) == ["wei", "wei", ""]


@pytest.mark.parametrize(
    ("availability", "owners"),
    [("only", ["ana", ""]), ("tiers", ["ana", "wei"]), ("ignored", ["wei", "wei"])],
)
def test_people_at_work_come_first(availability: str, owners: list[str]) -> None:
    story = given(row("to", "[wei, ana]", f"availability: {availability}\n"))
    story.happen("person.out_of_office", "wei", "2026-01-05 08:00", until_at=local("2026-01-05 18:00"))
    first = created(story, "D-1")
    story.happen("leave.taken", "ana", "2026-01-05 11:00", from_on=date(2026, 1, 5), until_on=date(2026, 1, 7))
    assert first + created(story, "D-2", at="2026-01-05 12:00") == owners
    if availability == "only":
        noted = handovers(story, "D-2")[0].cause.notes
        assert noted == (
            ("passed_over", f"wei|out|{local('2026-01-05 18:00').isoformat()}"),
            ("passed_over", "ana|on_leave|2026-01-07"),
        )


def test_who_has_left_or_takes_nothing_is_never_asked_even_when_all_are_bad() -> None:
    people = "[{person: wei, takes: no}, ana, lin]"
    story = given(row("to", people, "capacity: {open: 0}\non_none: least_bad\n"))
    story.happen("person.left", "ana", "2026-01-01 10:00")
    assert created(story, "D-1") == ["lin"]


def test_nobody_can_and_the_manager_gets_it_or_it_stays_in_sight() -> None:
    assert created(given(row("to", "[wei]", "capacity: {open: 0}\non_none: manager\n")), "D-1") == ["lin"]
    story = given(row("to", "[wei]", "capacity: {open: 0}\n"))
    assert created(story, "D-1") == [""] and handovers(story)[0].how == "queued"


def test_roles_are_people_by_id_as_of_the_day() -> None:
    story = given(row("round_robin", '["role:rep"]'))
    version = PersonVersion(date(2026, 1, 6), role="rep")
    story.state.keep(Person("bo", "Bo", joined_on=date(2026, 1, 6), versions=(version,)))
    assert created(story, "D-1", "D-2") == ["ana", "wei"]
    assert created(story, "D-3", "D-4", at="2026-01-06 10:00") == ["ana", "bo"]


def test_the_first_row_that_holds_is_applied_and_the_reason_is_kept() -> None:
    story = given(
        'rows:\n  - {row: hot, when: deal.heat = "hot", method: to, people: [ana]}\n'
        "  - {row: rest, method: to, people: [wei]}\n"
    )
    assert created(story, "D-1", heat="hot") + created(story, "D-2", heat="cold") == ["ana", "wei"]
    cause = handovers(story)[0].cause
    assert cause.rule.startswith("assignment:leads@") and cause.place.line == 4
    assert dict(cause.facts) == {"deal.heat": "hot"}


def test_a_cadence_waits_for_somebody_to_have_the_deal_and_then_starts() -> None:
    cadence = """
cadence: new
title: {en: New, zh: 新}
start: {on: deal.stage_entered, when: deal.stage = "lead"}
steps: [{step: call, after: 0 days, task: {channel: call}}]
"""
    story = given(row("to", "[wei]", "capacity: {open: 0}\n"), cadence)
    created(story, "D-1")
    assert not story.enrolments() and "no_owner" in [one.reason for one in story.passed()]
    story.rulebook = rules(HEAD + row("to", "[wei]", "on: [deal.created, deal.changed]\n"), cadence)
    story.happen("deal.changed", "D-1", "2026-01-06 10:00", heat="hot")
    assert [one.owner for one in story.enrolments()] == ["wei"] == [task.owner for task in story.tasks()]


AUTOMATION = """
automation: hot
title: {en: Hot, zh: 热}
on: deal.changed
when: deal.heat = "hot"
then:
  - ACTION
"""


def test_an_automation_may_assign_a_deal_anew() -> None:
    assign = AUTOMATION.replace("ACTION", "assign: {by: leads}")
    story = given(row("round_robin", "[wei, ana]"), assign)
    created(story, "D-1", owner="dong")
    assert story.happen("deal.changed", "D-1", "2026-01-06 10:00", heat="hot").deal().owner == "wei"
    assert story.deal().previous_owner == "dong"


def test_a_task_for_a_team_goes_to_one_of_it_in_turn() -> None:
    task = AUTOMATION.replace("ACTION", "task: {to: 'assignment:calls', channel: call}")
    story = Story(rules("assignment: calls\ntitle: {en: Calls, zh: 电话}\nof: task\n" + row("round_robin"), task))
    created(story, "D-1", "D-2", owner="dong")
    for deal in ("D-1", "D-2"):
        story.happen("deal.changed", deal, "2026-01-06 10:00", heat="hot")
    made = [task for deal in ("D-1", "D-2") for task in story.tasks(deal=deal)]
    assert [task.owner for task in made] == ["wei", "ana"]
    assert made[0].reasons[0].notes[0] == ("assigned_by", f"calls|1|{story.rulebook.assignments[0].rows[0].place}")


def test_a_task_that_nobody_can_take_is_made_and_stays_without_an_owner() -> None:
    task = AUTOMATION.replace("ACTION", "task: {to: 'assignment:calls', channel: call}")
    rows = row("to", "[wei]", "capacity: {open: 0}\n")
    story = Story(rules("assignment: calls\ntitle: {en: Calls, zh: 电话}\nof: task\n" + rows, task))
    created(story, "D-1", owner="dong")
    story.happen("deal.changed", "D-1", "2026-01-06 10:00", heat="hot")
    assert [task.owner for task in story.tasks()] == [""]


def test_a_step_of_a_cadence_may_ask_a_rule_and_count_the_person_s_own_time() -> None:
    cadence = """
cadence: new
title: {en: New, zh: 新}
start: {on: deal.created}
steps:
  - {step: call, after: 0 days, task: {to: "assignment:calls", channel: call, due_in: 2 business hours, in_time_of: owner}}
"""
    rows = "assignment: calls\ntitle: {en: Calls, zh: 电话}\nof: task\n" + row("round_robin", "[wei, ana]")
    story = Story(rules(rows, cadence))
    away = {"from_at": local("2026-01-05 14:00"), "until_at": local("2026-01-05 17:00")}
    story.happen("person.out_of_office", "ana", "2026-01-04 10:00", **away)
    created(story, "D-1", "D-2", at="2026-01-05 13:00", owner="dong")
    found = [(task.owner, task.due_at) for deal in ("D-1", "D-2") for task in story.tasks(deal=deal)]
    assert found == [("wei", local("2026-01-05 15:00")), ("ana", local("2026-01-05 18:00"))]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("then: [{notify: {to: 'assignment:calls', template: x}}]", "R209"),
        ("then: [{task: {to: 'assignment:calls', channel: call}}]", "R377"),
        ("then: [{task: {channel: call, in_time_of: owner}}]", "R043"),
    ],
)
def test_what_would_not_be_carried_out_is_refused(rule: str, code: str) -> None:
    text = AUTOMATION.replace("then:\n  - ACTION", rule)
    assert {problem.code for problem in load_texts({**BASE, "a.yaml": text}).problems} >= {code}


def test_a_delivery_again_hands_out_nothing_more() -> None:
    story = given(row("round_robin"))
    created(story, "D-1")
    kept = [one for one in story.outcomes if isinstance(one, Kept) and isinstance(one.record, Handover)]
    assert len(kept) == 1 and kept[0].record.id == handovers(story)[0].id


def test_own_time_counts_round_leave_and_hours_out() -> None:
    task = AUTOMATION.replace("ACTION", "task: {channel: call, due_in: 4 business hours, in_time_of: owner}")
    story = Story(rules(task))
    story.happen("leave.taken", "wei", "2026-01-01 10:00", from_on=date(2026, 1, 6), until_on=date(2026, 1, 8))
    story.happen("person.out_of_office", "wei", "2026-01-02 10:00",
                 from_at=local("2026-01-08 09:00"), until_at=local("2026-01-08 11:00"))  # fmt: skip
    created(story, "D-1", owner="wei")
    story.happen("deal.changed", "D-1", "2026-01-05 16:00", heat="hot")
    (made,) = story.tasks()
    # Two hours on Monday; leave on Tuesday and Wednesday; Thursday from 11:00 on.
    assert made.due_at == local("2026-01-08 13:00")
    assert ("skipped", "2026-01-06|2026-01-07|Wei is on leave|Wei 休假|cn") in made.reasons[0].notes


def test_the_company_s_time_does_not_ask_who_is_away() -> None:
    task = AUTOMATION.replace("ACTION", "task: {channel: call, due_in: 4 business hours}")
    story = Story(rules(task))
    story.happen("leave.taken", "wei", "2026-01-01 10:00", from_on=date(2026, 1, 6), until_on=date(2026, 1, 8))
    created(story, "D-1", owner="wei")
    story.happen("deal.changed", "D-1", "2026-01-05 16:00", heat="hot")
    assert story.tasks()[0].due_at == local("2026-01-06 11:00")


def test_a_task_due_on_a_date_moves_with_it_and_a_condition_ends_it() -> None:
    ends = '[{when: deal.heat = "cold", as: done}, {when: deal.contact is set}]'
    task = AUTOMATION.replace("ACTION", f"task: {{channel: call, due_on: deal.close_on, ends: {ends}}}")
    story = Story(rules(task))
    created(story, "D-1", "D-2", owner="wei", close_on=date(2026, 3, 2))
    for deal in ("D-1", "D-2"):
        story.happen("deal.changed", deal, "2026-01-06 10:00", heat="hot")
    assert [task.due_at for deal in ("D-1", "D-2") for task in story.tasks(deal=deal)] == [
        local("2026-03-02 18:00")
    ] * 2
    story.happen("deal.changed", "D-1", "2026-01-07 10:00", close_on=date(2026, 3, 4))
    assert story.tasks()[0].due_at == local("2026-03-04 18:00")
    assert story.tasks(deal="D-2")[0].due_at == local("2026-03-02 18:00")
    story.happen("deal.changed", "D-1", "2026-01-08 10:00", heat="cold")
    story.happen("deal.changed", "D-2", "2026-01-08 10:00", contact="Li")
    assert [task.owner for task in story.tasks("done")] == ["wei"]
    assert [task.owner for task in story.tasks("cancelled", "D-2")] == ["wei"]


def test_being_out_ends_after_it_begins_and_nobody_stands_in_for_themselves() -> None:
    story = given(row("to"))
    early: dict[str, datetime] = {"from_at": local("2026-01-06 10:00"), "until_at": local("2026-01-06 10:00")}
    assert story.happen("person.out_of_office", "wei", "2026-01-05 10:00", **early).refusal().code == "E187"
    assert story.happen("person.out_of_office", "wei", "2026-01-05 10:00", stand_in="wei").refusal().code == "E188"
