"""Return visits over a contract, dates that never lie before the step before, and what a visit put off is watched for."""

from datetime import date

import pytest

from engine.core.outcomes import Passed
from engine.rulefiles.loading import load_texts
from tests.core.workflow.story import BASE, SHANGHAI, VOCABULARY, Story, rules

PLAN = """
cadence: care
title: {en: Care, zh: 回访}
start: {on: deal.created}
stop: [{on: deal.cancelled, as: cancelled}]
steps: [STEPS]
policy: {POLICY}
"""
UNTIL = VOCABULARY + "  ends_on: {type: date, title: {en: Ends, zh: 到期}}\n"
EVEN = "anchor: enrolment"


def care(steps: str, policy: str = EVEN, at: str = "2026-01-05 10:00", **facts: object) -> Story:
    """A deal of that moment that begins a cadence of these steps."""
    book = rules(PLAN.replace("STEPS", steps).replace("POLICY", policy), vocabulary=UNTIL)
    return Story(book).happen("deal.created", "D-1", at, owner="wei", **facts)


def every(wait: str, times: int, more: str = "") -> str:
    inside, outside = (more, "") if "until" in more else ("", more)
    return f"{{step: visit, repeat: {{every: {wait}, times: {times}{inside}}}, task: {{channel: visit}}{outside}}}"


def visits(story: Story, until: str = "2027-06-01 10:00") -> list[str]:
    """The local days on which the visits are made, once the clock has come that far."""
    return [f"{task.made_at.astimezone(SHANGHAI):%Y-%m-%d}" for task in story.tick(until).state.tasks("D-1")]


def due(story: Story) -> list[str]:
    return [f"{task.due_at.astimezone(SHANGHAI):%Y-%m-%d}" for task in story.tasks()]


def test_monthly_visits_keep_the_day_of_the_month_however_short_a_month_is() -> None:
    plan = care(every("1 months", 4), EVEN + ", on_nonworking: run", at="2026-01-31 10:00")
    assert visits(plan) == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


def test_a_holiday_moves_one_visit_and_not_those_after_it() -> None:
    forward = care(every("1 weeks", 3), EVEN, at="2026-09-24 10:00")
    assert visits(forward) == ["2026-10-08", "2026-10-08", "2026-10-15"]
    backward = care(every("1 weeks", 3), EVEN + ", on_nonworking: backward", at="2026-09-24 10:00")
    assert visits(backward) == ["2026-09-30", "2026-10-08", "2026-10-15"]


def test_a_plan_ends_with_the_contract_and_what_comes_after_it_still_comes() -> None:
    steps = every("1 months", 6, ", until: deal.ends_on") + ", {step: last, after: 7 months, task: {channel: call}}"
    facts = {"ends_on": date.fromisoformat("2026-04-05")}
    plan = care(steps, **facts)
    assert visits(plan) == ["2026-02-05", "2026-03-05", "2026-08-05"]


def test_the_first_day_no_longer_of_the_contract_has_no_visit_and_the_day_before_has() -> None:
    assert visits(care(every("1 months", 2, ", until: deal.ends_on"), ends_on=date.fromisoformat("2026-03-06"))) == [
        "2026-02-05", "2026-03-05"]  # fmt: skip
    over = care(every("1 months", 2, ", until: deal.ends_on"), ends_on=date.fromisoformat("2026-03-05")).tick(
        "2026-03-05 10:00"
    )
    assert over.enrolments()[0].ended_as == "" and len(over.tasks()) == 1
    said = next(one for one in over.outcomes if isinstance(one, Passed))
    assert ("plan_over", "2026-03-05") in said.cause.notes


def test_a_contract_that_is_extended_has_visits_for_longer() -> None:
    plan = care(every("1 months", 3, ", until: deal.ends_on"), ends_on=date.fromisoformat("2026-02-20"))
    plan.happen("deal.changed", "D-1", "2026-02-10 10:00", ends_on=date.fromisoformat("2026-04-01"))
    assert visits(plan) == ["2026-02-05", "2026-03-05"]


def test_without_a_day_all_visits_come() -> None:
    assert len(visits(care(every("1 months", 3, ", until: deal.ends_on")))) == 3


def test_a_cancelled_deal_has_no_visit_open_and_none_to_come() -> None:
    plan = care(every("7 days", 5)).tick("2026-01-20 10:00")
    assert len(plan.tasks()) == 2
    assert not plan.happen("deal.cancelled", "D-1", "2026-01-21 10:00", reason="Returned").tasks()
    assert len(visits(plan)) == 2


def test_nor_before_the_step_that_comes_before_it() -> None:
    """The call is made in the holiday; the visit three days later would move back to before that."""
    steps = "{step: a, after: 1 days, task: {channel: call}, on_outcome: {lost: {end: lost}}}, " + (
        "{step: b, after: 16 days, task: {channel: visit}}"
    )
    plan = care(steps, EVEN + ", on_nonworking: backward, on_overdue: wait", "2026-09-20 10:00").tick(
        "2026-09-21 10:00"
    )
    plan.happen("task.completed", plan.tasks()[0].id, "2026-10-03 10:00", "wei")
    assert visits(plan) == ["2026-09-21", "2026-10-08"]


def test_a_plan_that_is_over_does_not_run_through_the_visits_that_are_left() -> None:
    plan = care(every("1 months", 12, ", until: deal.ends_on"), ends_on=date(2026, 3, 1)).tick("2026-02-05 10:00")
    plan.happen("task.completed", plan.tasks()[0].id, "2026-02-06 10:00", "wei").tick("2026-03-05 10:00")
    assert plan.enrolments()[0].ended_as == "completed"


AGAIN = ", reschedule: 10 days"


def call_off(plan: Story, at: str = "2026-01-13 10:00", **body: object) -> Story:
    return plan.happen("task.skipped", plan.tasks()[0].id, at, "wei", reason="Shut for stocktaking", **body)


def test_the_new_visit_moves_off_days_off() -> None:
    plan = call_off(care(every("7 days", 1, AGAIN)).tick("2026-01-12 10:00"), "2026-01-14 10:00", reschedule=True)
    assert due(plan) == ["2026-01-26"], "24 January 2026 is a Saturday"


def test_the_new_visit_keeps_the_hours_of_its_step() -> None:
    afternoons = AGAIN + ", window: {hours: [14:00-16:00]}"
    plan = call_off(care(every("7 days", 1, afternoons)).tick("2026-01-12 14:00"), "2026-01-13 10:00", reschedule=True)
    assert [f"{task.due_at.astimezone(SHANGHAI):%m-%d %H:%M}" for task in plan.tasks()] == ["01-23 14:00"]


def test_a_new_visit_that_is_overdue_is_told_to_the_manager_like_the_first() -> None:
    plan = care(every("7 days", 1, AGAIN), "anchor: previous_actual").tick("2026-01-12 10:00")
    plan.tick("2026-01-13 10:00")
    call_off(plan, "2026-01-14 10:00", reschedule=True)
    assert plan.enrolments()[0].due_at is not None
    plan.tick("2026-01-27 10:00")
    assert [told.template for told in plan.told()] == ["task-overdue"]


@pytest.mark.parametrize(
    ("steps", "policy", "codes"),
    [
        (every("1 months", 3), EVEN, []),
        (every("0 days", 3), EVEN, ["R428"]),
        (every("1 days", 0), EVEN, ["R381"]),
        (every("1 days", 367), EVEN, ["R428"]),
        ("{step: a, after: 7 days, task: {channel: call}}", EVEN + ", on_nonworking: backward", ["R420"]),
        ("{step: a, after: 30 days, task: {channel: call}}", EVEN + ", on_nonworking: backward", []),
        ("{step: a, after: 3 business days, task: {channel: call}}", EVEN + ", on_nonworking: backward", []),
        (every("1 months", 3) + ", {step: z, after: 60 days, task: {channel: call}}", EVEN, ["R429"]),
        (every("1 months", 3) + ", {step: z, after: 100 days, task: {channel: call}}", EVEN, []),
        ("{step: b, after: 9 days, task: {channel: call}}, {step: a, after: 8 days, task: {channel: call}}", EVEN, ["R429"]),
    ],
)  # fmt: skip
def test_plans_that_cannot_be(steps: str, policy: str, codes: list[str]) -> None:
    found = load_texts(BASE | {"care.yaml": PLAN.replace("STEPS", steps).replace("POLICY", policy)}).problems
    assert [problem.code for problem in found if problem.place.file == "care.yaml"] == codes
