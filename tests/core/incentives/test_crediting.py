"""Who is credited with how much of an event, and what later events make of it."""

from datetime import UTC, date, datetime
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.events import Event
from engine.core.formulas import EvaluationError
from engine.core.incentives.crediting import decide_credits, recredit
from engine.core.incentives.recipients import Recipient
from engine.core.incentives.sharing import shared
from engine.core.money import Money
from engine.core.outcomes import Kept, Passed, Withdrawn
from engine.core.records import Credit, Person, PersonVersion, Share
from tests.core.incentives.world import SHANGHAI, World, cny, rulebook

PLAN = """
plan: ae
title: {en: AE, zh: 客户经理}
in_force: {from: 2026-01-01}
pays: owner.role = "account_executive"
period: quarter
credits:
  - {credit: bookings, on: deal.won, to: {split: deal.team, rest: deal.owner}}
  - {credit: bookings, on: deal.won, to: {overlay: deal.owner.manager}}
  - {credit: cash, on: payment.received, amount: payment.amount, to: like bookings}
components:
  - commission: c
    of: bookings
    rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 10%}]}
  - bonus: spiff
    on: deal.won
    when: deal.amount >= 100 CNY
    amount: 50 CNY
    budget: 120 CNY
"""
OTHER = """
plan: other
title: {en: Other, zh: 其他}
in_force: {from: 2026-01-01}
period: quarter
credits:
  - {credit: bookings, on: deal.won, amount: AMOUNT, to: {split: deal.team, rest: deal.owner}}
components:
  - commission: c
    of: bookings
    rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 10%}]}
"""


def company(**plans: str) -> World:
    """Ann and Cai, whose manager is Bo."""
    world = World(rulebook(plan=PLAN, **plans))
    world.person("bo", "sales_manager").person("ann", manager="bo").person("cai", manager="bo")
    return world


def shares(**parts: int) -> tuple[Share, ...]:
    """A deal team in percent."""
    return tuple(Share(person, Fraction(part, 100)) for person, part in parts.items())


def told(world: World, name: str = "bookings") -> dict[tuple[str, str], tuple[int, Fraction]]:
    """Credits of a name by payee and form: fen and share."""
    found = [credit for credit in world.credits() if credit.name == name]
    return {(credit.payee, credit.form): (credit.amount.minor, credit.share) for credit in found}


def test_the_team_has_its_shares_the_owner_the_rest_and_the_manager_the_whole_as_overlay() -> None:
    world = company().win("D1", cny("100.01"), "2026-02-02", team=shares(cai=30))
    assert told(world) == {
        ("ann", "direct"): (70_00, Fraction(7, 10)),
        ("bo", "overlay"): (100_01, Fraction(1)),
        ("cai", "direct"): (30_01, Fraction(3, 10)),
    }


def test_the_remainder_cent_goes_to_the_last_by_id() -> None:
    thirds = [Recipient(id, Fraction(1, 3), "direct") for id in ("zoe", "ann", "bo")]
    assert shared(100, thirds) == (34, 33, 33)
    assert shared(-100, thirds) == (-34, -33, -33)


@given(minor=st.integers(-(10**12), 10**12), weights=st.lists(st.integers(1, 99), min_size=1, max_size=6))
def test_shares_sum_to_the_whole(minor: int, weights: list[int]) -> None:
    named = [Recipient(f"p{n}", Fraction(weight, sum(weights)), "direct") for n, weight in enumerate(weights)]
    parts = shared(minor, named)
    assert sum(parts) == minor
    assert all(abs(part - minor * who.share) < len(named) for part, who in zip(parts, named, strict=True))


def test_like_another_credit_names_the_same_people_in_the_same_forms() -> None:
    world = company().win("D1", cny(100), "2026-02-02", team=shares(cai=30))
    world.happen("payment.received", "D1", "2026-02-05", amount=cny(50))
    assert told(world, "cash") == {
        ("ann", "direct"): (35_00, Fraction(7, 10)),
        ("bo", "overlay"): (50_00, Fraction(1)),
        ("cai", "direct"): (15_00, Fraction(3, 10)),
    }  # fmt: skip


def test_the_manager_is_who_it_was_on_the_day_of_the_event() -> None:
    world = company()
    versions = (PersonVersion(date(2020, 1, 1), manager="bo"), PersonVersion(date(2026, 3, 1), manager="cai"))
    world.keep(Person("ann", "Ann", joined_on=date(2020, 1, 1), versions=versions))
    world.win("D1", cny(1), "2026-02-28").win("D2", cny(1), "2026-03-01")
    assert [credit.payee for credit in world.credits() if credit.form == "overlay"] == ["bo", "cai"]


def test_an_owner_without_a_manager_leaves_the_overlay_out_and_that_is_said() -> None:
    world = World(rulebook(plan=PLAN)).person("ann")
    world.win("D1", cny(1), "2026-02-02")
    assert [credit.form for credit in world.credits()] == ["direct"]
    assert [(o.subject, o.reason) for o in world.outcomes if isinstance(o, Passed) and o.what == "credit"] == [
        ("bookings", "nobody_named")
    ]


def test_an_amount_in_another_currency_is_converted_on_the_events_date_and_keeps_its_source() -> None:
    world = company().win("D1", Money.parse("100.01 USD"), "2026-02-28").win("D2", Money.parse("100 USD"), "2026-03-01")
    first, second = (credit for credit in world.credits() if credit.form == "direct")
    assert (first.amount, str(first.source_amount)) == (cny("725.07"), "100.01 USD")
    assert first.rate and second.amount == cny("710.00") and second.rate != first.rate


def test_a_missing_rate_is_an_error_with_the_pair_and_the_date() -> None:
    with pytest.raises(EvaluationError) as error:
        company().win("D1", Money.parse("100 EUR"), "2026-02-02")
    assert (error.value.code, error.value.params) == ("E080", {"source": "EUR", "target": "CNY", "on": "2026-02-02"})


@pytest.mark.parametrize(("team", "code"), [({"cai": 70, "bo": 40}, "E065"), ({"cai": 40}, "E066")])
def test_shares_that_do_not_total_one_hundred_are_an_error(team: dict[str, int], code: str) -> None:
    text = PLAN.replace(", rest: deal.owner}", "}")
    world = World(rulebook(plan=text)).person("ann").person("bo").person("cai")
    with pytest.raises(EvaluationError) as error:
        world.win("D1", cny(1), "2026-02-02", team=shares(**team))
    assert error.value.code == code


def test_a_won_deal_without_an_amount_waits_in_quarantine() -> None:
    world = company()
    world.happen("deal.created", "D1", "2026-02-02", owner="ann", stage="lead", pipeline="standard")
    with pytest.raises(EvaluationError) as error:
        world.happen("deal.won", "D1", "2026-02-03")
    assert (error.value.code, error.value.params["formula"]) == ("E067", "deal.amount")


def test_two_plans_may_make_the_same_credit_once() -> None:
    world = company(other=OTHER.replace("amount: AMOUNT, ", "")).win("D1", cny(100), "2026-02-02")
    assert told(world) == {("ann", "direct"): (100_00, Fraction(1)), ("bo", "overlay"): (100_00, Fraction(1))}


def test_two_plans_that_credit_different_amounts_are_a_conflict_with_both_places() -> None:
    with pytest.raises(EvaluationError) as error:
        company(other=OTHER.replace("AMOUNT", "deal.amount * 2")).win("D1", cny(100), "2026-02-02")
    assert error.value.code == "E068"
    assert {error.value.params["first"].split(":")[0], error.value.params["second"].split(":")[0]} == {
        "other.yaml",
        "plan.yaml",
    }


def test_a_credit_says_its_rule_event_and_facts() -> None:
    world = company().win("D1", cny(100), "2026-02-02")
    credit = next(credit for credit in world.credits() if credit.form == "direct")
    assert credit.cause.rule.startswith("plan:ae@")
    assert str(credit.cause.place) == "plan.yaml:8:5"
    assert credit.cause.event == credit.event and credit.cause.facts == (("deal.amount", cny(100)),)


def test_a_bonus_is_granted_to_whom_the_plan_pays() -> None:
    world = (
        company()
        .win("D1", cny(100), "2026-02-02")
        .win("D2", cny(99), "2026-02-03")
        .win("D3", cny(100), "2026-02-04", owner="bo")
    )
    assert [(grant.payee, grant.deal, grant.amount, grant.budget) for grant in world.grants()] == [
        ("ann", "D1", cny(50), cny(120))
    ]
    assert [(o.subject, o.reason) for o in world.outcomes if isinstance(o, Passed) and o.what == "bonus"] == [
        ("bo", "not_on_plan")
    ]


def test_a_cancellation_undoes_credits_and_grants_of_its_deal_alone() -> None:
    world = company().win("D1", cny(100), "2026-02-02").win("D2", cny(100), "2026-02-03")
    world.happen("deal.cancelled", "D1", "2026-04-05", reason="x")
    undone = {record.deal for record in (*world.credits(), *world.grants()) if record.undone_on == date(2026, 4, 5)}
    standing = {record.deal for record in (*world.credits(), *world.grants()) if record.undone_on is None}
    assert (undone, standing) == ({"D1"}, {"D2"})
    assert {credit.undone_as for credit in world.credits() if credit.deal == "D1"} == {"deal.cancelled"}


def test_reopening_voids_the_win_and_winning_again_credits_anew() -> None:
    world = company().win("D1", cny(100), "2026-02-02")
    world.happen("payment.received", "D1", "2026-02-03", amount=cny(10))
    world.happen("deal.reopened", "D1", "2026-02-05", reason="not signed")
    world.happen("deal.won", "D1", "2026-02-06", amount=cny(80))
    mine = [(c.name, c.amount, c.undone_as) for c in world.credits() if c.payee == "ann"]
    assert mine == [("bookings", cny(100), "deal.reopened"), ("cash", cny(10), ""), ("bookings", cny(80), "")]
    assert world.earned("ann") == cny(8)


def test_a_cancellation_does_not_undo_what_came_after_it() -> None:
    world = company().win("D1", cny(100), "2026-02-02")
    at = datetime(2026, 2, 1, 12, tzinfo=SHANGHAI).astimezone(UTC)
    early = Event("deal.cancelled", "D1", "test", "early", at, at.date(), body={"reason": "x"})
    assert not decide_credits(early, world.look(early), world.rules)


def test_an_event_that_is_decided_again_says_nothing_new_and_brings_nothing_back() -> None:
    world = company().win("D1", cny(100), "2026-02-02")
    won = world.told[-1][0]
    assert not decide_credits(won, world.look(won), world.rules)
    world.happen("deal.cancelled", "D1", "2026-02-05", reason="x")
    assert not decide_credits(won, world.look(won), world.rules)


def history() -> list[Event]:
    """A deal's life, in order."""
    bodies: list[tuple[str, dict[str, object]]] = [
        ("deal.created", {"owner": "ann", "amount": cny(100), "stage": "lead", "pipeline": "standard"}),
        ("deal.changed", {"amount": cny(300)}),
        ("deal.reassigned", {"owner": "cai"}),
        ("deal.won", {}),
        ("payment.received", {"amount": cny(40)}),
        ("payment.received", {"amount": cny(60)}),
        ("deal.cancelled", {"reason": "x"}),
    ]
    found = []
    for number, (type, body) in enumerate(bodies):
        at = datetime(2026, 2, 2 + number, 12, tzinfo=SHANGHAI).astimezone(UTC)
        found.append(Event(type, "D1", "test", f"e{number}", at, at.date(), body=body))
    return found


def folded(events: list[Event]) -> World:
    """A company in which those events happened, in their order."""
    world = company()
    for event in sorted(events, key=lambda event: event.order):
        world.record(event)
    return world


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_whatever_the_order_of_delivery_recrediting_ends_with_the_same_credits(seed: int) -> None:
    """Events arrive in any order after the first; after each, the deal is folded anew and recredited."""
    events, chance = history(), Random(seed)
    wanted = folded(events)
    arriving, known = [events[0], *chance.sample(events[1:], len(events) - 1)], {}
    for count in range(1, len(arriving) + 1):
        so_far = [
            event for event in arriving[:count] if event.type != "deal.cancelled" or events[3] in arriving[:count]
        ]
        for outcome in recredit(folded(so_far).told, known.values(), wanted.rules):
            if isinstance(outcome, Kept):
                known[outcome.record.id] = outcome.record
            elif isinstance(outcome, Withdrawn):
                del known[outcome.id]
    assert known == {record.id: record for record in (*wanted.credits(), *wanted.grants())}
    assert not recredit(wanted.told, known.values(), wanted.rules)


def test_recrediting_withdraws_what_a_late_reassignment_shows_to_be_wrong() -> None:
    events = history()[:4]
    early = folded([events[0], events[1], events[3]])
    outcomes = recredit(folded(events).told, early.credits(), early.rules)
    gone = [outcome.id for outcome in outcomes if isinstance(outcome, Withdrawn)]
    assert gone == [credit.id for credit in early.credits() if credit.form == "direct"]
    assert [o.record.payee for o in outcomes if isinstance(o, Kept) and isinstance(o.record, Credit)] == ["cai"]
