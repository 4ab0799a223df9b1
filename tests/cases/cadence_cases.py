"""Published cases of cadences that need contacts, pauses, branches, hands or newer versions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from engine.core.contacts import Contact
from engine.core.problems import Place
from engine.core.rules.cadence import Window
from engine.core.workflow.windows import into_window
from engine.rulefiles.loading import load_texts
from tests.core.workflow.following import OTHER, again, done, follow, one, story
from tests.core.workflow.story import BASE, local, rules

CADENCE_CASES: dict[str, Callable[[Any], None]] = {}


def case(*ids: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Registers what runs these cases."""

    def register(run: Callable[[Any], None]) -> Callable[[Any], None]:
        CADENCE_CASES.update(dict.fromkeys(ids, run))
        return run

    return register


@case("WIN-08")
def _an_unknown_zone_falls_back_to_the_companys(data: Any) -> None:
    cadence = rules(follow(more="window: {hours: [08:00-10:00]}")).cadences[0]
    calendar = replace(
        rules(follow()).calendars[0], time_zone=data["default_tz"], hours=(((time(0), time(0)),),) * 7, holidays={}
    )
    contact = Contact("C-1", date(2018, 1, 1), {"time_zone": data["tz"]})
    due = datetime.fromisoformat(data["due_utc"]).replace(tzinfo=UTC)
    at, notes = into_window(calendar, cadence, cadence.steps[0], contact, due)
    assert at.astimezone(ZoneInfo(data["default_tz"])).strftime("%Y-%m-%d %H:%M") == data["result_local"]
    assert notes == (("zone_unknown", f"{data['tz']}|{data['default_tz']}"),)
    assert cadence.window == Window(((time(8), time(10)),), (), cadence.window.place if cadence.window else Place(""))


@case("CAD-05")
def _a_contact_that_is_deleted_is_unenrolled(_: Any) -> None:
    found = story(follow()).happen("contact.removed", "C-1", "2026-09-07 11:00")
    assert (one(found).ended_as, found.tasks(), one(found).due_at) == ("contact_removed", [], None)


@case("CAD-11")
def _only_open_tasks_move_not_paused_ones(_: Any) -> None:
    for paused, owner in ((True, "wei"), (False, "ana")):
        found = story(follow())
        if paused:
            found.happen("enrolment.paused", "D-1", "2026-09-07 11:00", cadence="follow")
        found.happen("deal.reassigned", "D-1", "2026-09-07 12:00", owner="ana")
        assert [task.owner for task in found.tasks()] == [owner]


@case("CAD-12")
def _finished_is_not_removed(_: Any) -> None:
    only = follow(steps="  - {step: one, after: 0 days, task: {channel: call}}")
    finished = done(story(only), "2026-09-07 11:00")
    assert (one(finished).ended_as, len(finished.tasks("done"))) == ("completed", 1)
    removed = story(only).happen("enrolment.removed", "D-1", "2026-09-07 11:00", cadence="follow", reason="Wrong")
    assert (one(removed).ended_as, len(removed.tasks("cancelled"))) == ("removed_by_user", 1)
    removed.happen("enrolment.asked", "D-1", "2026-09-07 12:00", cadence="follow")
    assert one(removed).rotation == 2


@case("CAD-14")
def _the_calendar_of_the_contacts_zone_goes_before_the_default(_: Any) -> None:
    german = "calendar: de\ntitle: {en: DE, zh: 德国}\nbase: DE\nyears: {from: 2025, until: 2029}\ntime_zone: Europe/Berlin\n"
    text = follow("holidays: contact, on_overdue: wait")
    company, berlin = "2026-10-09 16:00", "2026-10-02 16:00"  # the national holiday of China is from 1 to 7 October
    for zone, due in (("Europe/Berlin", berlin), ("Asia/Tokyo", company), ("", company)):
        found = story(text, german, at="2026-09-30 09:00", contact={"time_zone": zone})
        done(found.tick("2026-09-30 16:00"), "2026-09-30 16:00")
        assert one(found).due_at == local(due)


@case("CAD-18")
def _out_of_office_pauses_until_the_day_of_return_or_until_somebody_resumes(_: Any) -> None:
    for back, due in (({"return_on": date(2026, 9, 14)}, local("2026-09-14 09:00")), ({}, None)):
        found = story(follow())
        found.happen("activity.logged", "D-1", "2026-09-07 12:00", kind="email", outcome="out_of_office", **back)
        assert (one(found).state, one(found).due_at) == ("paused", due)


@case("CAD-20")
def _another_track_starts_at_the_later_of_the_two(_: Any) -> None:
    steps = """  - {step: main, after: 5 days, then: end, task: {channel: email}}
  - {step: positive, after: WAIT, task: {channel: call}}"""
    more = 'branches: [{on: activity.logged, when: activity.outcome = "clicked", go_to: positive}]'
    for wait, due in (("1 days", "2026-09-14 09:00"), ("9 days", "2026-09-17 10:00")):
        found = story(follow("on_nonworking: forward, on_overdue: wait", more, steps.replace("WAIT", wait)))
        found.happen("activity.logged", "D-1", "2026-09-08 10:00", kind="email", outcome="clicked")
        assert (one(found).step, one(found).due_at) == ("positive", local(due))


@case("CAD-21")
def _opened_within_a_day_or_not(_: Any) -> None:
    steps = """  - {step: mail, after: 0 days, task: {channel: email}}
  - step: opened
    wait_for: {on: activity.logged, when: activity.outcome = "opened", within: 1 days, met: yes-path, not_met: no-path, at_once: ONCE}
  - {step: yes-path, after: 0 days, then: end, task: {channel: call}}
  - {step: no-path, after: 0 days, task: {channel: visit}}"""
    for once, opened, step, made in (
        ("no", True, "yes-path", "2026-09-08 10:30"),
        ("yes", True, "yes-path", "2026-09-07 11:00"),
        ("no", False, "no-path", "2026-09-08 10:30"),
    ):
        found = done(story(follow(steps=steps.replace("ONCE", once))), "2026-09-07 10:30")
        if opened:
            found.happen("activity.logged", "D-1", "2026-09-07 11:00", kind="email", outcome="opened")
        (task,) = found.tick("2026-09-08 10:30").tasks()
        assert (task.step, task.made_at) == (step, local(made))


@case("CAD-25")
def _a_jump_is_neither_first_nor_followed(_: Any) -> None:
    call, jump = "  - {step: a, after: 0 days, task: {channel: call}}", "  - {step: b, after: 0 days, enrol: other}"
    for steps, codes in (
        (f"{call}\n{jump}", []),
        (jump, ["R385"]),
        (f"{jump}\n{call}", ["R385", "R385"]),
        (f"{call}\n{jump}\n{call.replace('step: a', 'step: c')}", ["R385"]),
    ):
        found = load_texts(BASE | {"one.yaml": follow(steps=steps), "other.yaml": OTHER}).problems
        assert sorted(problem.code for problem in found if problem.code.startswith("R38")) == codes


@case("CAD-34")
def _a_second_removal_is_refused_by_name(_: Any) -> None:
    found = story(follow())
    for _time in range(2):
        found.happen("enrolment.removed", "D-1", "2026-09-07 11:00", cadence="follow", reason="Wrong")
    assert found.refusal().code == "E223"
    assert one(found).due_at is None


@case("CAD-35")
def _a_new_condition_holds_for_what_the_old_version_planned(data: Any) -> None:
    steps = (
        "  - {step: week, after: 7 days, task: {channel: call}}\n  - {step: two, after: 14 days, task: {channel: call}}"
    )
    old = follow("anchor: enrolment, on_overdue: wait", steps=steps)
    found = story(old)
    pending = [step for step in found.rulebook.cadences[0].steps if not found.tasks()]
    assert len(pending) == data["pending_before"]
    newer = follow("anchor: enrolment, on_overdue: wait, migrate: reevaluate", steps=steps).replace(
        'when: deal.stage = "lead"', 'when: deal.stage = "lead" and deal.heat = "hot"'
    )
    found.rulebook = replace(rules(newer), former=found.rulebook.cadences)
    found.happen("deal.changed", "D-1", "2026-09-08 10:00", heat="cold").tick("2026-12-01 10:00")
    assert one(found).ended_as == "reset_by_rule_change"
    assert len(found.state.tasks("D-1")) == data["pending_after"]


@case("CAD-37")
def _by_hand_the_trigger_need_not_be_met(_: Any) -> None:
    stop = 'stop: [{on: activity.logged, when: activity.outcome = "replied", as: replied}]'
    found = story(follow("reenrol: after_exit, on_overdue: wait", stop))
    found.happen("activity.logged", "D-1", "2026-09-07 11:00", kind="email", outcome="replied")
    found.happen("deal.changed", "D-1", "2026-09-07 12:00", name="x")
    assert len(found.enrolments()) == 1
    found.happen("enrolment.asked", "D-1", "2026-09-07 13:00", cadence="follow")
    assert one(found).rotation == 2
    found.happen("activity.logged", "D-1", "2026-09-07 14:00", kind="email", outcome="replied")
    assert one(again(found, "2026-09-08 10:00")).rotation == 3


@case("CAD-40")
def _what_a_rule_does_does_not_start_it_again(_: Any) -> None:
    loop = """
automation: loop
title: {en: Loop, zh: 循环}
on: deal.stage_entered
when: deal.stage = "lead"
then: [{enrol: follow}]
"""
    found = story(follow("reenrol: always, on_overdue: wait"), loop)
    assert (len(found.enrolments()), len(found.tasks())) == (1, 1)
    chain = follow(
        steps="  - {step: a, after: 0 days, task: {channel: call}}\n  - {step: b, after: 0 days, enrol: other}"
    )
    back = chain.replace("cadence: follow", "cadence: other").replace("enrol: other", "enrol: follow")
    problems = load_texts(BASE | {"one.yaml": chain, "two.yaml": back}).problems
    assert "R386" in [problem.code for problem in problems]
