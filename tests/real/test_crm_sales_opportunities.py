"""Stages, win rate, idle deals, commission and overlay of a CRM's export, reconciled to plain Python over the files."""

from collections import Counter
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from engine.core.money import Money
from engine.core.records import Deal
from engine.core.workflow.idling import idle_from
from engine.store.reading import all_records
from tests.real.carrying_out import Carried
from tests.real.crm_sales_opportunities import full_plans, independent

NAME = "crm_sales_opportunities"
pytestmark = pytest.mark.real

DECIDING = ("gate", "per_deal", "cap", "plan_cap", "draw")


def deals(carried: Carried) -> tuple[Deal, ...]:
    """Every deal as it stands."""
    with carried.dw.database.unit() as unit:
        return all_records(unit, Deal)


def pay_of(carried: Carried, component: str) -> dict[tuple[str, str], int]:
    """Cents by payee and quarter."""
    return {(payee, window): cents for (name, payee, window), cents in carried.pay().items() if name == component}


def test_every_row_made_its_events_and_every_event_is_recorded(carried: Carried, data: Path) -> None:
    summary = carried.summaries["opportunities"]
    assert (summary.rows, summary.rows_refused, carried.problems) == (6509, 0, ())
    assert dict(carried.statuses) == {"recorded": 28 + summary.events}
    (total,) = summary.totals
    assert total.amount == Money(100 * independent.discount(data)[1], "USD")


def test_deals_stand_in_the_stages_of_the_file(carried: Carried, data: Path) -> None:
    assert Counter(deal.stage for deal in deals(carried)) == independent.stages(data)


def test_win_rates_are_those_of_the_file(carried: Carried, data: Path) -> None:
    closed = [deal for deal in deals(carried) if deal.status in ("won", "lost")]
    every = Counter(deal.owner for deal in closed)
    won = Counter(deal.owner for deal in closed if deal.status == "won")
    assert {agent: Fraction(won[agent], count) for agent, count in every.items()} == independent.win_rates(data)
    assert Fraction(won.total(), len(closed)) == Fraction(3067, 4853)


@pytest.mark.parametrize("on", [date(2017, 6, 30), date(2017, 12, 31)])
def test_idle_deals_are_those_that_stood_still_for_ninety_days(carried: Carried, data: Path, on: date) -> None:
    dw = carried.dw
    end = datetime.combine(on + timedelta(days=1), datetime.min.time(), dw.zone)
    (pipeline,) = dw.rulebook.pipelines
    (calendar,) = dw.rulebook.calendars
    moments = {deal.id: idle_from(deal, pipeline, calendar) for deal in deals(carried)}
    idle = {deal for deal, moment in moments.items() if moment is not None and moment < end}
    assert idle == independent.idle(data, on)


def test_agents_are_paid_to_the_cent(carried: Carried, data: Path) -> None:
    assert pay_of(carried, "bookings-commission") == independent.agent_pay(data)


def test_managers_are_paid_to_the_cent_for_their_teams(carried: Carried, data: Path) -> None:
    assert pay_of(carried, "team-commission") == independent.manager_pay(data)


def test_the_full_plans_are_paid_to_the_cent(carried: Carried, data: Path) -> None:
    assert carried.settled() == full_plans.settled(data)


def test_the_data_meets_every_limit_of_the_full_plans(carried: Carried) -> None:
    told = {
        (line.component, step.name, step.code)
        for line in carried.full()
        for step in line.steps
        if step.name in DECIDING
    }
    assert told >= {
        ("quota-commission", "gate", "not_met"), ("quota-commission", "gate", "met"),
        ("quota-commission", "per_deal", "raised"), ("quota-commission", "per_deal", "lowered"),
        ("quota-commission", "cap", "carried_forward"), ("quota-commission", "plan_cap", "lost"),
        ("new-customer-spiff", "cap", "within"), ("new-customer-spiff", "cap", "budget"),
        ("guarantee", "draw", "guaranteed"),
    }  # fmt: skip


def test_what_was_posted_is_what_was_earned(carried: Carried, data: Path) -> None:
    earned: Counter[str] = Counter()
    for pay in (independent.agent_pay(data), independent.manager_pay(data), full_plans.everything(data)):
        for key, cents in pay.items():
            earned[key[-1]] += cents
    assert carried.posted == {quarter: {"USD": cents} for quarter, cents in earned.items()}


def test_the_misspelt_product_has_its_price(carried: Carried, data: Path) -> None:
    won = [deal for deal in deals(carried) if deal.status == "won"]
    listed = sum(deal.facts["list_price"].minor for deal in won)  # type: ignore[attr-defined]
    assert listed == 100 * independent.discount(data)[0]
    assert not any(deal.facts["product"] == "GTXPro" for deal in won)
