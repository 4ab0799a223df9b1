"""The published workflow cases: each runs under the policy that it names, or stands in one table with the reason.

The cases lie in the shared material and are read in place; a case that is added there fails here until it runs or has
a reason.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.core.durations import Duration
from engine.core.events import EVENT_TYPES
from engine.core.incentives.scorecards import points_of, scored
from engine.core.incentives.scored import Scored
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.records import Person, PersonVersion, Score
from engine.core.rules.company import Calendar
from engine.core.rules.header import Header, InForce, Title
from engine.core.rules.scorecard import Kpi, Linear, Scorecard
from engine.core.workflow.business_time import (
    TimePolicy,
    add_business_days,
    add_business_time,
    add_calendar_time,
    business_time_between,
    reckon,
    roll,
)
from engine.core.workflow.calendars import hours_of, instant, is_working_day
from engine.core.workflow.idling import idle_from
from engine.rulefiles.loading import load_texts
from tests.cases.cadence_cases import CADENCE_CASES
from tests.cases.delivery_cases import DELIVERY_CASES
from tests.cases.service_cases import SERVICE_CASES
from tests.core.workflow.story import BASE, PIPELINE, Story, calendar, local, rules

Case = Mapping[str, Any]
CASES: dict[str, Callable[[Any], None]] = {**CADENCE_CASES, **SERVICE_CASES, **DELIVERY_CASES}

LATER: Mapping[str, str] = {
    "CAL-19": "spans in rule files are half-open everywhere: the same days are written with the day after the last",
    "WIN-06": "hours that end before they begin are refused when the rules are read, not swapped",
    "WIN-11": "moments are compared exactly; seconds are not ignored",
    "CAD-27": "how many steps and how late a step may be are limits of one vendor's product; ours has none to keep",
    "TSK-19": "a task is due by a moment; its hour is its owner's to choose, for no calendar of their meetings is kept here",
    "ENG-01": "rules write durations in words; ISO 8601 is not read",
    "ENG-02": "rules write durations in words; ISO 8601 is not read",
    **dict.fromkeys(("FC-01", "FC-03", "FC-05", "FC-07", "FC-08", "FC-10"), "forecasts are not built"),
    **dict.fromkeys(("TGT-01", "TGT-02", "TGT-05", "TGT-06", "TGT-07"), "targets are written per period; breaking a year down is not built"),
    "KPI-07": "a second value for a KPI and period is a correction: the last that was told counts",
    "KPI-12": "weights that do not total 100 % are refused when the rules are read (R321), not scaled",
    **dict.fromkeys(("PRO-01", "PRO-02"), "ladders are read and shown, and not carried out (R227)"),
    **dict.fromkeys(
        ("PRM-01", "PRM-03", "PRM-04", "PRM-06", "PRM-08", "PRM-09", "PRM-10", "PRM-13", "PRM-14", "PRM-15", "PRM-16",
         "PRM-18", "PRM-19", "PRM-20", "PRM-21", "PRM-22", "PRM-24"), "tiers, claims, funds and denials of partner programmes are not carried out (R227)"),
}  # fmt: skip


def published(shared_cases: Path) -> dict[str, Case]:
    """Every published case by its id."""
    cases = json.loads((shared_cases / "workflow_cases.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in cases}


def case(*ids: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Registers what runs these cases; it is given the case's data (or its expectation where it has none)."""

    def register(run: Callable[[Any], None]) -> Callable[[Any], None]:
        CASES.update(dict.fromkeys(ids, run))
        return run

    return register


# Calendars, as rule files.

PLAIN = """
calendar: cn
title: {en: Plain, zh: 普通}
years: {from: 2000, until: 2099}
hours: {HOURS}
"""
WEEKDAYS = PLAIN.replace("HOURS", "weekdays: [09:00-17:00]")
ALL_DAY = PLAIN.replace("HOURS", "weekdays: [00:00-23:59]")
SERVICE = PLAIN.replace("HOURS", "weekdays: [10:00-18:00]")
BIZ = PLAIN.replace(
    "HOURS",
    "monday: [09:00-17:00], tuesday: [10:00-16:00], wednesday: [09:00-17:00], thursday: [10:00-16:00],"
    " friday: [09:00-17:00], saturday: [11:00-14:30]",
)


def in_utc(text: str) -> Calendar:
    """The calendar of a rule text, with its hours in UTC."""
    return replace(calendar(text), time_zone="UTC")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def open_all_day(*weekdays: int) -> Calendar:
    """Every hour of the named weekdays (Monday 0), in UTC."""
    whole = ((time.min, time.min),)
    return replace(in_utc(WEEKDAYS), hours=tuple(whole if day in weekdays else () for day in range(7)))


@case("CAL-26", "CAL-27")
def _business_hours_between(data: Any) -> None:
    between = business_time_between(in_utc(BIZ), utc(data["from"]), utc(data["to"]))
    assert between == timedelta(minutes=int(Fraction(str(data["hours"])) * 60))


@case("CAL-22", "CAL-23")
def _business_days_keep_the_clock_or_snap(data: Any) -> None:
    assert add_business_days(in_utc(BIZ), utc(data["start"]), data["days"]) == utc(data["result"])


@case("CAL-24", "CAL-25")
def _business_minutes(data: Any) -> None:
    assert add_business_time(in_utc(BIZ), utc(data["start"]), timedelta(minutes=data["minutes"])) == utc(data["result"])


@case("CAL-09", "CAL-10", "CAL-11", "CAL-12")
def _business_days_over_weekends(data: Any) -> None:
    start = utc(data["start"] + "T10:00")
    assert add_business_days(in_utc(WEEKDAYS), start, data["n"]).date() == date.fromisoformat(data["result"])


@case("CAL-04")
def _zoho_rolls_from_saturday_and_then_counts(data: Any) -> None:
    saturday = utc("2026-01-10T10:00")
    run = reckon(
        in_utc(WEEKDAYS), saturday, Duration.parse(f"{data['offset']} business days"), TimePolicy("roll_then_add")
    )
    assert run.at.strftime("%a") == data["run"]


@case("CAL-02")
def _hubspot_counts_days_and_keeps_the_clock(data: Any) -> None:
    thursday = utc("2026-01-08T22:15")
    run = reckon(
        open_all_day(0, 1, 2, 3, 4),
        thursday,
        Duration.parse(f"{data['delay_days']} days"),
        TimePolicy(defer_time="keep"),
    )
    assert (run.at.strftime("%a"), run.at.time()) == (data["run_weekday"], thursday.time())


def espo() -> Calendar:
    """Monday to Friday, with a Thursday declared off and a Sunday declared worked at hours of its own."""
    text = (
        WEEKDAYS
        + """
holidays: [{on: 2022-01-06, title: {en: Off, zh: 休}}]
make_up_days: [{on: 2022-01-09, title: {en: Worked, zh: 班}}]
"""
    )
    return replace(calendar(text), hours_on={date(2022, 1, 9): ((time(10, 30), time(15, 30)),)})


@case("CAL-14", "CAL-15")
def _espo_exceptions_work_both_ways(data: Any) -> None:
    spans = [
        [opening.strftime("%H:%M"), closing.strftime("%H:%M")]
        for opening, closing in hours_of(espo(), date.fromisoformat(data["date"]))
    ]
    assert spans == data["ranges"]


@case("CAL-18")
def _espo_working_days(data: Any) -> None:
    assert {day: is_working_day(in_utc(WEEKDAYS), date.fromisoformat(day)) for day in data} == data


@case("DST-01")
def _a_skipped_hour_in_los_angeles(data: Any) -> None:
    asked = datetime.fromisoformat(data["local"])
    found = instant(data["tz"], asked.date(), asked.time()).astimezone(ZoneInfo(data["tz"]))
    assert found.replace(tzinfo=None) == datetime.fromisoformat(data["runs_local"])


@case("DST-03")
def _a_skipped_hour_in_london(_: Any) -> None:
    found = instant("Europe/London", date(2026, 3, 29), time(1, 30)).astimezone(ZoneInfo("Europe/London"))
    assert (found.time(), found.utcoffset()) == (time(2, 30), timedelta(hours=1))


@case("DST-04")
def _mautic_adds_elapsed_days(data: Any) -> None:
    hours = ((time.fromisoformat(data["window"][0]), time.fromisoformat(data["window"][1])),) * 1
    window = replace(in_utc(WEEKDAYS), time_zone=data["tz"], hours=(hours,) * 7)
    after = Duration.parse(f"{data['interval_days']} days")
    assert reckon(window, utc(data["trigger_utc"]), after, TimePolicy(day_arithmetic="elapsed")).at == utc(
        data["result_utc"]
    )


@case("WIN-02", "WIN-03", "WIN-04", "WIN-05")
def _windows_are_half_open_and_searched_day_by_day(data: Any) -> None:
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    window = (tuple(time.fromisoformat(clock) for clock in data["window"] or ("00:00", "00:00")),)
    hours = tuple(window if data["dow"] is None or name in data["dow"] else () for name in names)
    policy = TimePolicy(defer_time="window_start" if data["window"] else "keep")
    assert roll(replace(in_utc(WEEKDAYS), hours=hours), utc(data["due"]), policy) == utc(data["result"])  # type: ignore[arg-type]


@case("SLA-01", "SLA-02", "SLA-04", "SLA-05")
def _response_and_resolution_in_business_time(data: Any) -> None:
    limits = {"High": (60, 240), "Urgent": (30, 120)}[data["prio"]]
    ends = [add_business_time(in_utc(SERVICE), weekday(data["created"]), timedelta(minutes=limit)) for limit in limits]
    assert [end.strftime("%a %H:%M") for end in ends] == [data["response"], data["resolution"]]


def weekday(text: str) -> datetime:
    """`Mon 08:00` in the week of Monday 5 January 2026."""
    day, clock = text.split()
    return utc(f"2026-01-{5 + ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun').index(day):02}T{clock}")


@case("SLA-15")
def _elapsed_working_time_over_a_holiday(data: Any) -> None:
    off = "".join(f"\nholidays: [{{on: {day}, title: {{en: Off, zh: 休}}}}]" for day in data["holidays"])
    between = business_time_between(in_utc(WEEKDAYS + off), utc(data["from"]), utc(data["to"]))
    assert between == timedelta(seconds=data["seconds"])


@case("SLA-17")
def _two_hours_from_an_hour_before_closing(data: Any) -> None:
    end = add_business_time(in_utc(WEEKDAYS), utc(data["start"]), timedelta(seconds=data["seconds"]))
    assert end.date() == date.fromisoformat(data["result_date"])


@case("ENG-03")
def _years_and_months_are_calendar_time(data: Any) -> None:
    start, cal = utc("2023-01-01T00:00"), in_utc(WEEKDAYS)
    for years, days in ((1, data["P1Y"]), (2, data["P2Y"])):
        assert add_calendar_time(cal, start, Duration.parse(f"{years} years")) - start == timedelta(days=days)
    assert {add_calendar_time(cal, start, Duration.parse(f"{months} months")).day for months in range(1, 13)} == {1}


# Cadences, as rule files.

CADENCE = """
cadence: follow-up
title: {en: Follow-up, zh: 跟进}
start: {on: deal.stage_entered, when: deal.stage = "lead"}
STOP
steps: [STEPS]
policy: {POLICY}
"""


def follow_up(steps: str, policy: str = "on_overdue: wait", stop: str = "", cal: str = ALL_DAY) -> Story:
    """A company with this one cadence. `steps` are waits: each is a call so long after the anchor."""
    lines = [
        f"{{step: s{number}, after: {wait.strip()}, task: {{channel: call}}}}"
        for number, wait in enumerate(steps.split(","))
    ]
    text = CADENCE.replace("STEPS", ", ".join(lines)).replace("POLICY", policy).replace("STOP", stop)
    return Story(rules(text, calendar=cal))


def created(story: Story, at: str) -> Story:
    return story.happen("deal.created", "D-1", at, owner="wei")


def on_time(story: Story) -> str:
    """Runs the clock to the moment of the next step, does its task at once, and says when that was."""
    due = story.enrolments()[0].due_at
    at = due.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M") if due else ""
    if due:
        story.tick(at)
    task = story.tasks()[0]
    made = task.made_at.astimezone(ZoneInfo("Asia/Shanghai"))
    story.happen("task.completed", task.id, made.strftime("%Y-%m-%d %H:%M"), "wei")
    return made.strftime("%a %H:%M")


def logged(story: Story, at: str, outcome: str) -> Story:
    return story.happen("activity.logged", "D-1", at, kind="email", outcome=outcome)


REPLIES = """stop:
  - on: activity.logged
    when: activity.outcome in ["replied", "unsubscribed", "bounced"]
    as: replied
"""


@case("CAD-01")
def _hubspot_defers_to_monday_at_the_same_clock(data: Any) -> None:
    story = created(follow_up("0 days, 3 days, 3 days", "defer_time: keep"), "2026-01-05 17:00")
    assert [on_time(story) for _ in range(3)] == data["steps"]


@case("CAD-02")
def _the_first_step_is_exempt(_: Any) -> None:
    story = created(follow_up("0 days, 1 days", "first_step: immediate", cal=WEEKDAYS), "2026-01-10 11:00")
    assert [on_time(story) for _ in range(2)] == ["Sat 11:00", "Mon 09:00"]


@case("CAD-09")
def _a_step_that_slips_to_monday_shifts_the_chain(data: Any) -> None:
    hours = PLAIN.replace("HOURS", "weekdays: [07:00-16:00], saturday: [07:00-16:00]")
    story = created(
        follow_up("0 days, 3 days, 3 days", "anchor: previous_actual, defer_time: window_start", cal=hours),
        "2026-01-08 10:00",
    )
    assert [on_time(story) for _ in range(3)][1:] == [data["step2"], f"{data['step3']} 07:00"]


@case("CAD-15")
def _a_holiday_moves_to_the_next_day_in_the_schedule(_: Any) -> None:
    usa = "calendar: cn\ntitle: {en: US, zh: 美国}\nbase: US\nyears: {from: 2025, until: 2028}\n"
    story = created(follow_up("0 days, 1 days", cal=usa), "2025-12-31 10:00")
    assert [on_time(story) for _ in range(2)] == ["Wed 10:00", "Fri 09:00"]  # 2 January 2026 is a Friday


@case("CAD-41")
def _a_pause_date_moves_to_the_next_day(_: Any) -> None:
    paused = ALL_DAY + "\nholidays: [{from: 2026-01-06, until: 2026-01-08, title: {en: Paused, zh: 暂停}}]\n"
    story = created(follow_up("0 days, 1 days", cal=paused), "2026-01-05 10:00")
    assert [on_time(story) for _ in range(2)] == ["Mon 10:00", "Thu 00:00"]


@case("CAD-06")
def _a_reply_ends_it_and_an_out_of_office_answer_does_not(_: Any) -> None:
    story = logged(
        created(follow_up("0 days, 1 days", stop=REPLIES), "2026-01-05 10:00"), "2026-01-05 11:00", "out_of_office"
    )
    assert not story.enrolments()[0].ended_as
    assert logged(story, "2026-01-05 12:00", "replied").enrolments()[0].exit == "replied"


@case("CAD-29")
def _done_unsubscribed_and_bounced_each_end_it(_: Any) -> None:
    finished = created(follow_up("0 days", stop=REPLIES), "2026-01-05 10:00")
    on_time(finished)
    assert finished.enrolments()[0].ended_as == "completed"
    for outcome in ("unsubscribed", "bounced"):
        story = logged(created(follow_up("0 days", stop=REPLIES), "2026-01-05 10:00"), "2026-01-05 11:00", outcome)
        assert story.enrolments()[0].ended_as


def again(policy: str) -> Story:
    """A deal that went through the cadence, ended by an exit, and enters the stage again."""
    story = logged(
        created(follow_up("0 days, 1 days", policy, REPLIES), "2026-01-05 10:00"), "2026-01-05 11:00", "replied"
    )
    story.happen(
        "deal.stage_asked", "D-1", "2026-01-06 10:00", stage="qualified", budget=Money(500_000, "CNY"), contact="Li"
    )
    return story.happen("deal.stage_asked", "D-1", "2026-01-07 10:00", stage="lead", reason="Again")


@case("CAD-17", "CAD-33")
def _never_again(_: Any) -> None:
    story = again("reenrol: never")
    assert (len(story.enrolments()), [passed.reason for passed in story.passed()]) == (1, ["never_again"])


@case("CAD-32")
def _the_second_time_is_rotation_two(data: Any) -> None:
    assert [one.rotation for one in again("reenrol: after_exit").enrolments()] == [
        data["rotation_before"],
        data["rotation_after"],
    ]


@case("CAD-36")
def _nobody_is_enrolled_while_enrolled(_: Any) -> None:
    story = created(follow_up("0 days, 1 days", "reenrol: after_exit"), "2026-01-05 10:00")
    story.happen(
        "deal.stage_asked", "D-1", "2026-01-06 10:00", stage="qualified", budget=Money(500_000, "CNY"), contact="Li"
    )
    story.happen("deal.stage_asked", "D-1", "2026-01-07 10:00", stage="lead", reason="Again")
    assert len(story.enrolments()) == 1


@case("CAD-10")
def _only_what_the_previous_owner_ran_moves(_: Any) -> None:
    other = CADENCE.replace("follow-up", "second").replace("STEPS", "{step: s, after: 0 days, task: {channel: call}}")
    first = follow_up("0 days", "on_reassign: follow_if_previous_owner")
    both = other.replace("POLICY", "on_reassign: follow_if_previous_owner").replace("STOP", "")
    mine = next(file.text for file in first.rulebook.files if file.path == "more-0.yaml")
    story = created(Story(rules(mine, both, calendar=ALL_DAY)), "2026-01-05 10:00")
    one, two = story.enrolments()
    story.state.keep(replace(two, owner="lin"))
    story.state.keep(replace(next(task for task in story.tasks() if task.enrolment == two.id), owner="lin"))
    story.happen("deal.reassigned", "D-1", "2026-01-05 11:00", owner="ana")
    owners = {enrolment.id: enrolment.owner for enrolment in story.enrolments()}
    assert owners == {one.id: "ana", two.id: "lin"}
    assert {task.enrolment: task.owner for task in story.tasks()} == owners


@case("CAD-24")
def _a_cadence_cannot_end_with_a_wait(_: Any) -> None:
    steps = "{step: a, after: 0 days, task: {channel: call}}, {step: b, wait: 3 days}"
    text = CADENCE.replace("STEPS", steps).replace("POLICY", "anchor: enrolment").replace("STOP", "")
    assert "R382" in [problem.code for problem in load_texts(BASE | {"waits.yaml": text}).problems]


@case("SLA-22")
def _weekly_visits(data: Any) -> None:
    plan = "{step: visit, repeat: {every: 1 week, times: 2}, task: {channel: visit}}"
    text = CADENCE.replace("STEPS", plan).replace("POLICY", "anchor: enrolment").replace("STOP", "")
    story = created(Story(rules(text, calendar=WEEKDAYS)), data["start"] + " 10:00").tick("2021-12-01 10:00")
    assert [task.made_at.date().isoformat() for task in story.tasks()] == data["visits"]


@case("SLA-23")
def _a_cancelled_plan_has_no_visits_left(_: Any) -> None:
    story = created(follow_up("0 days, 1 days", "anchor: enrolment, on_overdue: wait"), "2026-01-05 10:00").tick(
        "2026-01-06 10:00"
    )
    assert len(story.tasks()) == 2
    assert not story.happen("deal.cancelled", "D-1", "2026-01-07 10:00", reason="Stopped").tasks()


@case("SLA-25")
def _a_visit_called_off_keeps_the_reason_and_makes_no_other(_: Any) -> None:
    story = created(follow_up("0 days"), "2026-01-05 10:00")
    story.happen("task.skipped", story.tasks()[0].id, "2026-01-05 11:00", reason="Test")
    assert [(task.status, task.note) for task in story.state.tasks("D-1")] == [("skipped", "Test")]


# Stages, as rule files.


def staged(pipeline: str = PIPELINE, **facts: object) -> Story:
    """A deal of 1 January 2026 in a company with that pipeline and nothing else."""
    return Story(rules(pipeline=pipeline)).happen("deal.created", "D-1", "2026-01-05 10:00", owner="wei", **facts)


def simple(*stages: str, moves: str = "forward: next_only") -> str:
    """A pipeline of stages, each written as `id` or `id: needs…`, which deals may win and lose."""
    lines = [f"  - {{stage: {stage}, probability: 50%}}" for stage in stages]
    ends = ["  - {stage: won, closes: won}", "  - {stage: lost, closes: lost}"]
    return "\n".join(["pipeline: standard", "title: {en: S, zh: 标}", "stages:", *lines, *ends, f"moves: {{{moves}}}"])


@case("STG-02")
def _a_lost_deal_keeps_its_activities(_: Any) -> None:
    story = created(follow_up("0 days", "on_close: keep"), "2026-01-05 10:00")
    assert story.happen("deal.lost", "D-1", "2026-01-05 11:00", loss_reason="price").tasks()


@case("STG-16")
def _lost_needs_a_reason_and_other_needs_notes(_: Any) -> None:
    more = '{when: deal.loss_reason != "other" or deal.contact is set, else: {en: Notes, zh: 备注}}'
    pipeline = PIPELINE.replace(
        "else: {en: Say why, zh: 请填写原因}}]", f"else: {{en: Say why, zh: 请填写原因}}}}, {more}]"
    )
    story = staged(pipeline)
    assert story.happen("deal.lost", "D-1", "2026-01-06 10:00").refusal().missing
    assert len(story.happen("deal.lost", "D-1", "2026-01-06 10:00", loss_reason="other").refusal().missing) == 1
    assert (
        story.happen("deal.lost", "D-1", "2026-01-06 10:00", loss_reason="other", contact="Moved").deal().status
        == "lost"
    )


@case("STG-13")
def _a_stage_limit_in_business_hours_sleeps_over_the_weekend_and_restarts(_: Any) -> None:
    pipeline = PIPELINE.replace("at_most: 10 business days", "at_most: 4 business hours")
    facts = {"budget": Money(500_000, "CNY"), "contact": "Li"}
    story = staged(pipeline, **facts).happen("deal.stage_asked", "D-1", "2026-01-05 11:00", stage="qualified")
    story.happen("deal.stage_asked", "D-1", "2026-01-09 16:00", stage="proposal")  # a Friday
    assert story.deal().due_at == local("2026-01-12 11:00")
    assert not story.tick("2026-01-11 23:00").outcomes
    story.happen("deal.stage_asked", "D-1", "2026-01-12 10:00", stage="qualified", reason="Redo")
    story.happen("deal.stage_asked", "D-1", "2026-01-12 10:30", stage="proposal")
    assert story.deal().due_at == local("2026-01-12 14:30")


@case("STG-11")
def _the_first_pipeline_that_covers_a_deal_is_its_pipeline(_: Any) -> None:
    other = simple("other").replace("pipeline: standard", "pipeline: another")
    assert (
        Story(rules(other)).happen("deal.created", "D-1", "2026-01-05 10:00", owner="wei").deal().pipeline == "another"
    )
    assert (
        Story(rules(pipeline=other, zz=PIPELINE)).happen("deal.created", "D-1", "2026-01-05 10:00").deal().pipeline
        == "another"
    )


def idle(story: Story, rule: str) -> datetime | None:
    """When the deal becomes idle under that rule."""
    book = rules(
        pipeline=PIPELINE.replace("{since: last_touch, after: 14 days, planned_activity_shields: yes}", rule),
        calendar=ALL_DAY,
    )
    every_day = replace(book.calendars[0], hours=(((time.min, time.min),),) * 7)
    return idle_from(story.deal(), book.pipelines[0], every_day, tuple(story.tasks()))


@case("STG-08")
def _a_threshold_of_zero_is_never_reached(_: Any) -> None:
    assert idle(staged(), "{since: last_touch, after: 0 days}") is None


@case("STG-06")
def _idle_by_age(_: Any) -> None:
    story = staged().happen("activity.logged", "D-1", "2026-01-20 10:00", kind="call")
    assert idle(story, "{since: created, after: 25 days}") == local("2026-01-30 10:00")


@case("STG-07")
def _a_move_ends_idleness_by_stage(data: Any) -> None:
    story, rule = (
        staged(budget=Money(500_000, "CNY"), contact="Li"),
        f"{{since: stage_entered, after: {data['threshold']} days}}",
    )
    now = local("2026-01-15 10:00")
    before = idle(story, rule)
    story.happen("deal.stage_asked", "D-1", "2026-01-15 10:00", stage="qualified")
    after = idle(story, rule)
    assert (before and before <= now, after and after <= now) == (data["before"], data["after_move"])


@case("STG-01")
def _a_planned_activity_does_not_shield(_: Any) -> None:
    story = created(follow_up("0 days"), "2026-01-05 10:00")
    story.state.keep(replace(story.tasks()[0], due_at=local("2026-06-01 10:00")))
    assert idle(story, "{since: last_touch, after: 5 days, planned_activity_shields: no}") == local("2026-01-10 10:00")


@case("STG-19")
def _nothing_moves_but_by_the_moves(_: Any) -> None:
    story = staged(simple("new", "published", "hidden"))
    assert story.happen("deal.stage_asked", "D-1", "2026-01-06 10:00", stage="hidden").refusal().code == "E025"
    for stage in ("published", "hidden"):
        assert story.happen("deal.stage_asked", "D-1", "2026-01-06 10:00", stage=stage).deal().stage == stage
    assert story.happen("deal.lost", "D-1", "2026-01-06 10:00").deal().stage == "lost"
    assert "stage" not in {field.name for field in EVENT_TYPES["deal.changed"].fields}
    assert staged().happen("deal.changed", "D-1", "2026-01-06 10:00", stage="won").deal().stage == "lead"


@case("STG-15")
def _a_probability_set_by_hand_stays_until_it_is_cleared(_: Any) -> None:
    story = staged(budget=Money(500_000, "CNY"), contact="Li")
    story.happen("deal.changed", "D-1", "2026-01-06 10:00", probability=Fraction(3156, 10_000))
    story.happen("deal.stage_asked", "D-1", "2026-01-06 11:00", stage="qualified")
    assert story.deal().facts["probability"] == Fraction(3156, 10_000)
    assert story.happen("deal.changed", "D-1", "2026-01-06 12:00", probability=None).deal().facts[
        "probability"
    ] == Fraction(1, 4)


@case("STG-14")
def _won_only_from_stages_that_allow_it(_: Any) -> None:
    story = staged(simple("new", "open", moves="won_from: [open]"))
    assert story.happen("deal.won", "D-1", "2026-01-06 10:00").refusal().code == "E029"
    story.rulebook = rules(pipeline=simple("new", "open", moves="won_from: [new, open]"))
    assert story.happen("deal.won", "D-1", "2026-01-06 11:00").deal().status == "won"


@case("STG-17")
def _a_won_deal_has_its_day(_: Any) -> None:
    story = staged(simple("new"))
    assert story.deal().won_on is None
    assert story.happen("deal.won", "D-1", "2026-01-06 10:00").deal().won_on == date(2026, 1, 6)


@case("STG-18")
def _value_and_expected_close_are_demanded(_: Any) -> None:
    value_set = "{when: deal.amount is set, else: {en: Value, zh: 金额}}"
    needs = f"needs: [{value_set}, {{when: deal.close_on is set, else: {{en: Close, zh: 日期}}}}]"
    pipeline = simple("new", "open").replace(
        "{stage: open, probability: 50%}", f"{{stage: open, probability: 50%, {needs}}}"
    )
    story, value = staged(pipeline), Money(100, "CNY")
    ask = {"type": "deal.stage_asked", "subject": "D-1", "at": "2026-01-06 10:00", "stage": "open"}
    assert len(story.happen(**ask).refusal().missing) == 2
    assert len(story.happen(**ask, amount=value).refusal().missing) == 1
    assert story.happen(**ask, amount=value, close_on=date(2026, 3, 1)).deal().stage == "open"


@case("STG-22")
def _an_import_is_silent(_: Any) -> None:
    story = follow_up("0 days").happen("deal.created", "D-1", "2026-01-05 10:00", mode="history", owner="wei")
    assert not story.tasks() and not story.enrolments() and not story.told()


@case("TSK-14")
def _the_newest_assignment_owns(_: Any) -> None:
    assert staged().happen("deal.reassigned", "D-1", "2026-01-06 10:00", owner="ana").deal().owner == "ana"


# Assignment.


def handing_out(rows: str, *more: str, people: tuple[str, ...] = ("test", "test1", "test2")) -> Story:
    """A company whose deals without an owner are given out by those rows, among people of those ids."""
    text = f"assignment: a\ntitle: {{en: A, zh: 甲}}\n{rows}\n"
    story = Story(rules(text, *more))
    for person in people:
        version = PersonVersion(date(2020, 1, 1), role="rep")
        story.state.keep(Person(person, person, joined_on=version.from_on, versions=(version,)))
    return story


def given_to(story: Story, *deals: int) -> list[str]:
    """Who gets those new deals, made one after the other."""
    return [story.happen("deal.created", f"D-{n}", "2026-01-05 10:00").deal(f"D-{n}").owner for n in deals]


@case("TSK-01")
def _the_turn_survives_what_is_cleared(data: Any) -> None:
    story = handing_out("rows: [{method: round_robin, people: [test, test1, test2]}]")
    owners = given_to(story, 1, 2)
    for number in (1, 2):
        story.happen("deal.cancelled", f"D-{number}", "2026-01-05 10:00", reason="cleared")
    assert owners + given_to(story, 3, 4) == data["order"]


@case("TSK-02")
def _loads_are_balanced_again_after_some_are_gone(data: Any) -> None:
    people = ("test", "test1", "test2")
    story = handing_out("rows: [{method: by_load, people: [test, test1, test2]}]")
    given_to(story, *range(30))
    assert [len(story.state.in_hand("deal", one)) for one in people] == data["after30"]
    for gone in story.state.in_hand("deal", "test1")[:5]:
        story.happen("deal.cancelled", gone, "2026-01-05 11:00", reason="deleted")
    given_to(story, *range(30, 35))
    assert [len(story.state.in_hand("deal", one)) for one in people] == data["after"]


@case("TSK-03")
def _weights_share_out(data: Any) -> None:
    weighted = "{method: weighted, people: [{person: test, weight: 1}, {person: test1, weight: 2}]}"
    owners = given_to(handing_out(f"rows: [{weighted}]"), *range(5))
    assert {one: owners.count(one) for one in set(owners)} == data


ON_HOT = """
automation: hot
title: {en: Hot, zh: 热}
on: deal.changed
when: deal.heat = "hot"
then:
  - task: TASK
"""


@case("TSK-05")
def _a_task_closes_with_its_condition_and_keeps_its_person(_: Any) -> None:
    ends = '[{when: deal.contact = "Closed", as: done}]'
    story = Story(rules(ON_HOT.replace("TASK", f"{{to: ana, channel: call, ends: {ends}}}")))
    story.happen("deal.created", "D-1", "2026-01-05 10:00", owner="wei")
    story.happen("deal.changed", "D-1", "2026-01-05 11:00", heat="hot")
    story.happen("deal.changed", "D-1", "2026-01-05 12:00", heat="cold", contact="Closed")
    (closed,) = story.tasks("done")
    assert closed.owner == "ana" and not story.tasks()


@case("TSK-06")
def _a_task_is_due_when_the_field_says(_: Any) -> None:
    story = Story(rules(ON_HOT.replace("TASK", "{channel: call, due_on: deal.close_on}")))
    for deal in ("D-1", "D-2"):
        story.happen("deal.created", deal, "2026-01-05 10:00", owner="wei", close_on=date(2026, 1, 12))
        story.happen("deal.changed", deal, "2026-01-05 11:00", heat="hot")
    story.happen("deal.changed", "D-1", "2026-01-05 12:00", heat="cold", close_on=date(2026, 1, 14))
    days = [story.tasks(deal=deal)[0].due_at for deal in ("D-1", "D-2")]
    assert days == [local("2026-01-14 18:00"), local("2026-01-12 18:00")]


PLAN = """
automation: guests
title: {en: Guests, zh: 宾客}
on: deal.created
when: DATE
then:
  - task: {title: {en: Book a place, zh: 订场地}, due_on: DAY, due_before: 1 days}
  - task: {title: {en: Invite a guest, zh: 邀请嘉宾}, due_on: DAY, due_after: 1 weeks}
"""
EVERY_DAY = PLAIN.replace("HOURS", "weekdays: [09:00-17:00], saturday: [09:00-17:00], sunday: [09:00-17:00]")


@case("TSK-16", "TSK-17")
def _a_plan_has_steps_before_and_after_its_date(data: Any) -> None:
    dated = PLAN.replace("DATE", "deal.close_on is set").replace("DAY", "deal.close_on")
    undated = PLAN.replace("DATE", "deal.close_on is not set").replace("DAY", "deal.created_on")
    launched, planned = date(2023, 9, 30), date.fromisoformat(data["plan_date"])
    body = {"close_on": planned} if planned != launched else {}
    rulebook = rules(dated, undated.replace("automation: guests", "automation: no-date"), calendar=EVERY_DAY)
    story = Story(rulebook).happen("deal.created", "D-1", f"{launched} 10:00", owner="wei", **body)
    assert sorted(str(task.due_at.date()) for task in story.tasks()) == data["deadlines"]


@case("TSK-08")
def _the_first_row_is_applied_to_what_comes_after_it_is_in_force(_: Any) -> None:
    rows = "".join(f"  - {{when: deal.heat {what}, people: [{who}]}}\n" for what, who in (
        ('= "hot"', "test"), ('= "cold"', "test1"), ("is set", "test2")))  # fmt: skip
    story = handing_out(f"in_force: {{from: 2026-01-05}}\nrows:\n{rows}")
    before = story.happen("deal.created", "D-1", "2026-01-04 10:00", heat="hot").deal().owner
    after = story.happen("deal.created", "D-2", "2026-01-05 10:00", heat="hot").deal("D-2").owner
    assert (before, after, len(story.state.handovers("D-2"))) == ("", "test", 1)


@case("TSK-10")
def _those_at_work_then_those_away_then_everybody(_: Any) -> None:
    story = handing_out("rows: [{people: [test, test1, test2]}]\navailability: tiers")
    day = {"from_on": date(2026, 1, 5), "until_on": date(2026, 1, 6)}
    story.happen("leave.taken", "test", "2026-01-01 10:00", **day)
    story.happen("person.out_of_office", "test1", "2026-01-05 08:00")
    assert given_to(story, 1, 2) == ["test2"] * 2
    story.happen("leave.taken", "test2", "2026-01-05 09:00", **day)
    assert given_to(story, 3, 4) == ["test1"] * 2
    story.happen("leave.taken", "test1", "2026-01-05 09:00", **day)
    assert set(given_to(story, 5, 6, 7)) == {"test", "test1", "test2"}


@case("TSK-12")
def _who_has_left_or_opted_out_gets_none(data: Any) -> None:
    opted_out = "{person: test1, takes: no, capacity: {open: 45}}"
    third = "{person: test2, capacity: {open: 45}}"
    story = handing_out(f"rows: [{{people: [test, {opted_out}, {third}]}}]")
    story.happen("person.left", "test", "2026-01-01 10:00")
    for number in range(12):
        story.happen("deal.created", f"A-{number}", "2026-01-02 10:00", owner="test2")
    had = len(story.state.in_hand("deal", "test2"))
    given_to(story, 1, 2)
    open_of = {one: len(story.state.in_hand("deal", one)) for one in ("test", "test1", "test2")}
    assert {"archived": open_of["test"], "optout": open_of["test1"], "third": [had, open_of["test2"]]} == data


# Scorecards.


def out_of_5(*weights: object, without: str = "zero") -> Scorecard:
    """KPIs `0`, `1`, … told as percents, each scored out of five."""
    line = Linear(Fraction(0), Fraction(1), Fraction(0), Fraction(5), Place(""))
    kpis = tuple(
        Kpi(str(number), Title(), Fraction(str(weight)), None, "percent", line, (), without, Place(""))
        for number, weight in enumerate(weights)
    )
    return Scorecard(Header("scorecard", "s", "scorecard:s@1", Place(""), InForce(date.min)), None, "quarter", kpis, ())


def of_5(card: Scorecard, *reached: object) -> Scored:
    """The card with values told; None is not told."""
    told = {
        str(number): Score(str(number), "ann", "s", str(number), "q", Fraction(str(value)), "percent", NOON, "test/1")
        for number, value in enumerate(reached)
        if value is not None
    }
    return scored(card, {}, told, "q", True)


NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
THIRDS = ("1/3", "1/3", "1/3")


@case("KPI-09")
def _points_are_the_percent_that_was_reached(data: Any) -> None:
    line = Linear(Fraction(0), Fraction(1), Fraction(0), Fraction(100), Place(""))
    one = Kpi("sales", Title(), Fraction(1), None, "percent", line, (), "wait", Place(""))
    assert points_of(one, Fraction(str(data["completion"]))) == data["score"]


@case("KPI-01", "KPI-04")
def _weighted_goals_and_missing_parts_that_count_as_nothing(data: Any) -> None:
    reached = (1, Fraction(3, 5)) if data["parts"] == [1.5, 2.1] else (Fraction(1, 8), Fraction(1, 2))
    goals = of_5(out_of_5("0.3", "0.7"), *reached)
    scale = 1 if data["parts"] == [1.5, 2.1] else 20
    assert [float(kpi.weighted * scale) for kpi in goals.kpis] == data["parts"]
    assert goals.score is not None
    assert float(round(goals.score, 3)) == pytest.approx(data.get("total", data.get("of5")), abs=0.0006)
    final = of_5(out_of_5(*THIRDS, without="zero"), goals.score / 5).score
    assert final is not None
    assert float(round(final, 3)) == data["final"]


@case("KPI-02")
def _a_self_rating_is_weighted_like_the_goals(data: Any) -> None:
    assert of_5(out_of_5("0.7", "0.3"), "0.8", "0.7").score == Fraction(str(data["score"]))


@case("KPI-03")
def _three_parts_of_equal_weight(data: Any) -> None:
    score = of_5(out_of_5(*THIRDS), *(Fraction(part) / 5 for part in ("3.6", "3.85", "3.85"))).score
    assert score is not None
    assert float(round(score, 3)) == data["final"]


@case("KPI-06")
def _what_is_no_longer_told_counts_as_nothing_where_the_rule_says_so(_: Any) -> None:
    assert of_5(out_of_5("1"), "0.5").score == Fraction(5, 2)
    assert of_5(out_of_5("1"), None).score == 0


def test_every_published_case_runs_or_has_its_reason(shared_cases: Path) -> None:
    assert {*CASES, *LATER} == {*published(shared_cases)}
    assert not {*CASES} & {*LATER}


@pytest.mark.parametrize("case_id", sorted(CASES))
def test_a_published_case_holds_under_its_policy(case_id: str, shared_cases: Path) -> None:
    one = published(shared_cases)[case_id]
    CASES[case_id](one.get("data", one))
