"""Credit to SDR and SR on what won sellers sold and on cash in instalments, reconciled to plain Python."""

from collections import Counter
from pathlib import Path

import pytest

from engine.core.money import Money
from engine.core.records import Deal
from engine.store.quarantine import Quarantine
from engine.store.reading import all_records
from tests.real.carrying_out import Carried
from tests.real.olist_funnel import full_plans, independent

NAME = "olist_funnel"
pytestmark = pytest.mark.real

RUNS = {
    "2018-Q1": "2018-03-31", "2018-Q2": "2018-06-30", "2018-Q3": "2018-09-30", "2018-Q4": "2018-12-31",
    "2020-Q3": "2020-09-30",
}  # fmt: skip
"""Every run with its last day."""


def pay_of(carried: Carried, component: str) -> dict[tuple[str, str], int]:
    """Centavos by payee and quarter."""
    return {(payee, window): minor for (name, payee, window), minor in carried.pay().items() if name == component}


def test_every_row_was_read_and_every_payment_part_sums_to_its_payment(carried: Carried, data: Path) -> None:
    assert carried.problems == ()
    assert {name: summary.rows for name, summary in carried.summaries.items()} == {
        "leads": 7701,
        "closed-deals": 543,
        "order-items": 4064,
        "order-payments": 3785,
    }
    (received,) = carried.summaries["order-payments"].totals
    parts = independent.instalments(data)
    assert (received.count, received.amount) == (len(parts), Money(sum(part[1] for part in parts), "BRL"))


def test_every_event_is_recorded_and_nothing_waits(carried: Carried) -> None:
    assert dict(carried.statuses) == {"recorded": sum(summary.events for summary in carried.summaries.values())}
    with carried.dw.database.unit() as unit:
        assert Quarantine(unit).count() == 0


def test_the_lead_won_before_its_first_contact_is_there_on_the_day_of_the_win(carried: Carried, data: Path) -> None:
    contacted = {
        row["mql_id"]: row["first_contact_date"] for row in independent.read(data, "marketing_qualified_leads.csv")
    }
    won = {row["mql_id"]: row["won_date"][:10] for row in independent.read(data, "closed_deals.csv")}
    expected = {id: min(day, won.get(id, day)) for id, day in contacted.items()}
    with carried.dw.database.unit() as unit:
        assert {deal.id: str(deal.facts["created_on"]) for deal in all_records(unit, Deal)} == expected


def test_a_win_is_on_its_local_day(carried: Carried, data: Path) -> None:
    with carried.dw.database.unit() as unit:
        won = {deal.id: deal.won_on for deal in all_records(unit, Deal) if deal.won_on}
    rows = independent.read(data, "closed_deals.csv")
    assert {id: str(day) for id, day in won.items()} == {row["mql_id"]: row["won_date"][:10] for row in rows}


def test_sdrs_are_paid_for_the_revenue_of_sellers_they_found(carried: Carried, data: Path) -> None:
    assert pay_of(carried, "sourcing-commission") == independent.sourcing_pay(data)


def test_srs_are_paid_for_the_revenue_of_sellers_they_signed(carried: Carried, data: Path) -> None:
    assert pay_of(carried, "closing-commission") == independent.closing_pay(data)


def test_srs_are_paid_for_cash_as_its_instalments_come_in(carried: Carried, data: Path) -> None:
    assert pay_of(carried, "cash-commission") == independent.cash_pay(data)


def test_the_full_plan_is_earned_and_released_to_the_cent(carried: Carried, data: Path) -> None:
    assert carried.settled() == full_plans.settled(data)


def test_the_data_meets_every_turn_of_the_full_plan(carried: Carried) -> None:
    lines = carried.full()
    taken = {line.component for line in lines if line.taken_back.minor > 0}
    assert taken == {"signing-commission", "revenue-by-cash", "sourcing-tiers"}
    assert any(line.unwound for line in lines)
    held = {line.component for line in lines if line.held.minor > 0}
    assert held == {"signing-commission"}, "sellers whose buyers paid less than they were taken to be worth"


def test_each_run_posted_what_was_released_by_its_last_day(carried: Carried, data: Path) -> None:
    plain: Counter[str] = Counter()
    for pay in (independent.sourcing_pay(data), independent.closing_pay(data), independent.cash_pay(data)):
        for (_, quarter), centavos in pay.items():
            plain[min(run for run in RUNS if run >= quarter)] += centavos
    before = 0
    for run, last_on in RUNS.items():
        released = full_plans.released_by(data, last_on)
        assert carried.posted[run] == {"BRL": plain[run] + released - before}, run
        before = released
