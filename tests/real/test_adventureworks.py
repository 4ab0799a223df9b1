"""Attainment and commission of ten sales people in twelve quarters, to the cent, reconciled to SQL over the files."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import pytest

from engine.core.incentives.lines import EarningLine
from engine.core.money import Money
from engine.core.records import Deal, Person, Quota
from engine.store.reading import all_records
from tests.real.adventureworks import full_plans, independent
from tests.real.carrying_out import Carried

NAME = "adventureworks"
pytestmark = pytest.mark.real

PLAIN = "reseller-commission"


def test_every_line_of_every_order_was_read(carried: Carried, data: Path) -> None:
    summary = carried.summaries["orders"]
    assert (summary.rows, summary.rows_refused, carried.problems) == (44_787, 0, ())
    assert summary.by_type == (("deal.created", 2849), ("deal.won", 2849))
    (total,) = summary.totals
    assert total.amount == Money(sum(independent.sold(data).values()), "USD")


def test_orders_are_won_deals_of_their_reseller(carried: Carried) -> None:
    with carried.dw.database.unit() as unit:
        deals = all_records(unit, Deal)
    assert len(deals) == 2849 and {deal.status for deal in deals} == {"won"}
    assert all(str(deal.facts["partner"]).startswith("reseller-") for deal in deals)


def test_people_report_to_those_they_report_to(carried: Carried, data: Path) -> None:
    with carried.dw.database.unit() as unit:
        people = all_records(unit, Person)
    assert {person.id: person.versions[-1].manager for person in people} == independent.managers(data)


def test_quotas_are_kept_by_quarter(carried: Carried, data: Path) -> None:
    with carried.dw.database.unit() as unit:
        quotas = all_records(unit, Quota)
    assert {(quota.person, quota.period): quota.amount.minor for quota in quotas} == independent.quotas(data)


def test_attainment_of_every_person_and_quarter_is_exact(carried: Carried, data: Path) -> None:
    reached: dict[tuple[str, str], list[EarningLine]] = {}
    for line in (line for line in carried.lines if line.component == PLAIN):
        reached.setdefault((line.payee, line.window), []).append(line)
    assert {key: attainment(lines) for key, lines in reached.items()} == independent.attainment(data)


def attainment(lines: Iterable[EarningLine]) -> Fraction:
    """How far the slices of a window go on the scale of attainment."""
    return max(part.end for line in lines for part in line.slices)


def test_commission_of_every_person_and_quarter_is_right_to_the_cent(carried: Carried, data: Path) -> None:
    pay = {(payee, window): cents for (name, payee, window), cents in carried.pay().items() if name == PLAIN}
    assert pay == independent.commission(data)


def test_the_full_plans_are_paid_to_the_cent_in_the_currency_of_each(carried: Carried, data: Path) -> None:
    assert carried.settled() == full_plans.settled(data)


def test_the_data_meets_every_turn_of_the_full_plans(carried: Carried) -> None:
    told = {(line.component, step.name, step.code) for line in carried.full() for step in line.steps}
    assert told >= {
        ("quota-commission", "proration", "ramp"), ("quota-commission", "currency", "paid"),
        ("draw", "draw", "topped_up"), ("draw", "draw", "recovered"), ("draw", "proration", "calendar_days"),
        ("organisation-commission", "plan_cap", "carried_forward"), ("plan_cap", "credit", "carried"),
    }  # fmt: skip


def test_the_currencies_of_the_rules_are_those_of_most_order_lines(carried: Carried, data: Path) -> None:
    with carried.dw.database.unit() as unit:
        people = all_records(unit, Person)
    expected = full_plans.currency_of(data)
    assert {p.id: p.versions[-1].facts["pay_currency"] for p in people if p.id in expected} == expected


def test_each_quarter_posted_its_own_pay(carried: Carried, data: Path) -> None:
    by_quarter = full_plans.by_quarter(data)
    for (_, quarter), cents in independent.commission(data).items():
        by_quarter[quarter]["USD"] += cents
    assert carried.posted == by_quarter
