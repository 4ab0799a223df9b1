"""How far days bear on each other, which days a change opens, and what a calculation leaves waiting."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from engine.core.absences import Absence
from engine.core.incentives.open_days import ALWAYS, EVERY_DAY, OpenDays, changed_from, joined, moves_release, one_day
from engine.core.incentives.partition import worth_keeping
from engine.core.incentives.payee_desk import Books
from engine.core.incentives.presence import Span
from engine.core.incentives.reach import UNKNOWN, Reach, reach_of, windows_on
from engine.core.incentives.waiting import Waits, waiting
from engine.core.money import Money
from engine.core.records import Person, PersonVersion
from engine.core.rules.header import InForce, Title
from engine.core.rules.plan import Bonus, Contest, Limit, Plan, Prize, ReleasePart
from engine.core.rules.plan_terms import Draw, PlanCap
from engine.core.rules.rulebook import Rulebook
from tests.core.incentives.oracle.compare import rulebook_of
from tests.core.incentives.oracle.histories import END
from tests.core.incentives.oracle.told import History
from tests.core.incentives.simple import COMPANY, PLACE, Named, calculate, credit, plan_of, table, undo

CNY = Money(100, "CNY")
PLAN, COMMISSION = plan_of(table("marginal", [0], [Fraction(1, 10)]))
MARCH = date(2026, 3, 10)
DRAW = Draw(CNY, "month", "recoverable", "from_all", None, Fraction(1), None, None, "owed", PLACE)


CONTEST = Contest("c", Title(), "sales", "half", (Prize(1, CNY, PLACE),), "all", None, "all", None, None, PLACE)
CONTESTED = replace(PLAN, components=(CONTEST,))


def rules(*plans: Plan) -> Rulebook:
    """A rulebook of those plans."""
    return rulebook_of(History(Person("ann", "Ann"), END, 1, plans, ()))


def with_part(**words: object) -> Plan:
    """The plan with other words in its commission."""
    return replace(PLAN, components=(replace(COMMISSION, **words),))


def bonus(**words: object) -> Plan:
    """A plan with a bonus for each event."""
    made = Bonus("b", Title(), "deal.won", None, Named("amount"), "", None, None, None, None, PLACE)
    return replace(PLAN, components=(replace(made, **words),))


@pytest.mark.parametrize(
    ("plan", "reach"),
    [
        (PLAN, Reach(frozenset({"year"}))),
        (with_part(measured_over="month"), Reach(frozenset({"month"}))),
        (with_part(measured_over="month", gate=Named("attainment(sales,half)")), Reach(frozenset({"month", "half"}))),
        (with_part(measured_over="month", multiply=Named("attainment(sales,2026-Q1)")), Reach(frozenset({"month"}), whole=True)),
        (with_part(measured_over="month", multiply=Named("rank(sales,period)")), Reach(frozenset({"month", "quarter"}), shared=True)),
        (with_part(cap=Limit(CNY, None, "carried_forward")), Reach(frozenset({"year"}), whole=True)),
        (with_part(cap=Limit(CNY)), Reach(frozenset({"year"}))),
        (replace(PLAN, draw=DRAW), Reach(frozenset({"year"}), whole=True)),
        (replace(CONTESTED, draw=DRAW), Reach(frozenset({"half"}), whole=True, shared=True)),
        (with_part(scorecard="none", release=(object(),)), UNKNOWN),
        (replace(PLAN, cap=PlanCap(CNY, "half", "lost", PLACE)), Reach(frozenset({"year", "half"}))),
        (replace(PLAN, cap=PlanCap(CNY, "plan", "lost", PLACE)), Reach(frozenset({"year"}), whole=True)),
        (replace(PLAN, cap=PlanCap(CNY, "half", "carried_forward", PLACE)), Reach(frozenset({"year", "half"}), whole=True)),
        (bonus(), Reach(frozenset({"quarter"}))),
        (bonus(budget=CNY), Reach(frozenset({"quarter"}), shared=True, bounded=frozenset({"b"}))),
        (bonus(count_at_most=3), Reach(frozenset({"quarter"}), shared=True, bounded=frozenset({"b"}))),
        (CONTESTED, Reach(frozenset({"half"}), shared=True)),
    ],
)  # fmt: skip
def test_a_plan_says_how_far_its_days_reach(plan: Plan, reach: Reach) -> None:
    assert reach_of(plan, rules(plan)) == reach


def test_a_plans_own_time_stays_together() -> None:
    plan = with_part(measured_over="plan")
    plan = replace(plan, header=replace(plan.header, in_force=InForce(date(2026, 2, 1), date(2026, 5, 1))))
    reach = reach_of(plan, rules(plan))
    assert reach == Reach(times=frozenset({Span(date(2026, 2, 1), date(2026, 5, 1))}))
    days = reach.open_days([one_day(MARCH)], COMPANY)
    assert days == OpenDays((Span(date(2026, 2, 1), date(2026, 5, 1)),))
    assert windows_on(days, rules(plan), date(2026, 3, 15)) >= {"2026-02-01/2026-05-01", "2026-02", "2026-03"}


def test_days_are_widened_until_no_period_is_cut() -> None:
    months_and_weeks = Reach(frozenset({"month", "week"}))
    (span,) = months_and_weeks.open_days([one_day(date(2026, 3, 10))], COMPANY).spans
    assert (span.start, span.end) == (date(2025, 12, 1), date(2026, 6, 1))
    assert span.start.weekday() == span.end.weekday() == 0
    (open_end,) = months_and_weeks.open_days([Span(date(2026, 6, 1), date.max)], COMPANY).spans
    assert open_end == Span(date(2026, 6, 1), date.max)
    assert Reach(whole=True).open_days([one_day(MARCH)], COMPANY) == EVERY_DAY
    assert Reach(frozenset({"month"})).open_days([ALWAYS], COMPANY) == EVERY_DAY


def test_open_days_are_joined_and_name_their_windows() -> None:
    days = joined(
        [Span(date(2026, 4, 1), date.max), Span(date(2026, 1, 1), date(2026, 2, 1)), one_day(date(2026, 1, 5))]
    )
    assert [span.start for span in days.spans] == [date(2026, 1, 1), date(2026, 4, 1)]
    assert days.holds(date(2026, 1, 31)) and not days.holds(date(2026, 2, 1)) and days.holds(date(2030, 1, 1))
    names = windows_on(days, rules(PLAN), date(2026, 4, 20))
    assert {"2026-01", "2026-04", "2026-Q2"} <= names
    assert not names & {"2026", "2026-H1", "2026-Q1", "2026-02", "2026-05", "2026-Q3"}


def test_a_person_is_another_from_the_first_day_that_differs() -> None:
    begun, later = PersonVersion(date(2020, 1, 1), "rep"), PersonVersion(MARCH, "lead")
    ann = Person("ann", "Ann", joined_on=date(2020, 1, 1), versions=(begun,))
    assert changed_from(ann, ann) is None
    assert changed_from(None, ann) == date(2020, 1, 1)
    assert changed_from(ann, replace(ann, versions=(begun, later))) == MARCH
    assert changed_from(replace(ann, versions=(begun, later)), ann) == MARCH
    assert changed_from(ann, replace(ann, absences=(Absence(MARCH, MARCH + timedelta(days=9)),))) == MARCH
    assert changed_from(ann, replace(ann, left_on=MARCH)) == MARCH
    assert changed_from(replace(ann, left_on=MARCH), replace(ann, left_on=MARCH + timedelta(days=1))) == MARCH
    assert changed_from(ann, replace(ann, name="Anne")) == date.min
    assert not moves_release(None, None)


def test_what_is_held_or_undone_later_waits() -> None:
    held = (ReleasePart(Fraction(1, 2), "payment.received", False, PLACE),)
    plan = with_part(release=held)
    lines = calculate((plan, plan.components[0]), [credit(1, 1000), credit(2, 1000)])  # type: ignore[arg-type]
    assert waiting(rules(plan), "ann", Books(), lines, MARCH) == Waits((date(2026, 1, 2), date(2026, 1, 3)))
    gone = undo(credit(4, 1000), 90)
    assert waiting(rules(PLAN), "ann", Books([gone]), (), MARCH) == Waits((gone.on,), (gone.on,))
    assert waiting(rules(PLAN), "ann", Books([gone]), (), date(2026, 4, 1)) is None


def test_a_line_of_a_settled_day_that_moves_nothing_is_told_once() -> None:
    lines = calculate((PLAN, COMMISSION), [credit(1, 0), credit(60, 0)])
    assert worth_keeping(lines, {}, ()) == list(lines)
    assert worth_keeping(lines, {}, (), OpenDays((Span(date(2026, 2, 1), date.max),))) == [lines[1]]
