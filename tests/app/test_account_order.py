"""What else happened with an account counts as it stood at each event's moment, in whatever order it is told."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import record_many
from engine.core.events import Event
from engine.core.money import Money
from engine.core.records import Account, Deal
from engine.core.rules.rulebook import Rulebook
from engine.matching import Matcher
from engine.store.database import open_database
from engine.store.migrations import upgrade
from engine.store.queries.pay import credits_of, grants_of
from engine.store.reading import all_records
from tests.core.incentives.world import rulebook

VOCABULARY = """
vocabulary: v
title: {en: V, zh: 词}
deal:
  rung: {type: number, title: {en: Rung, zh: 档}}
measures:
  account.deals_won: {count: deals, where: stage = "won"}
  account.won_amount: {sum: deals.amount, where: stage = "won"}
  account.visits: {count: activities, where: kind = "visit", within: 30 days}
  account.paid: {sum: payments.amount}
"""
PLAN = """
plan: rep
title: {en: Rep, zh: 代表}
pays: owner.role = "rep"
currency: CNY
period: quarter
credits:
  - {credit: bookings, on: deal.won, amount: deal.amount, counts: account.deals_won, to: {split: deal.team, rest: deal.owner}}
  - {credit: visited, on: deal.won, when: account.visits >= 1, amount: deal.amount, to: {overlay: deal.owner}}
  - {credit: cash, on: payment.received, when: "account.deals_won >= 1", amount: payment.amount, to: {overlay: deal.owner}}
components:
  - commission: commission
    of: bookings
    rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 5%}]}
    multiply: if account.won_amount >= 250 CNY then 2 else 1
  - {bonus: first-sale, on: deal.won, when: account.deals_won <= 1, amount: 40 CNY}
  - {bonus: payer, on: payment.received, when: account.paid >= 60 CNY, amount: 10% of account.paid}
  - {bonus: rung, on: deal.closed, when: deal.rung is set, amount: 7 CNY * deal.rung}
  - {bonus: fresh, on: deal.won, when: "days_between(account.created_on, event.on) <= 5", amount: 3 CNY}
"""
SETS = """
automation: rung
title: {en: Rung, zh: 档}
on: deal.won
then:
  - set: {deal.rung: account.deals_won}
"""
GATE = """
pipeline: standard
title: {en: Standard, zh: 标准}
in_force: {from: 2000-01-01}
stages:
  - {stage: lead, title: {en: Lead, zh: 线索}, probability: 10%}
  - stage: won
    title: {en: Won, zh: 赢单}
    closes: won
    needs: [{when: account.deals_won <= 1, else: {en: Two at a time, zh: 同时最多两单}}]
  - {stage: lost, title: {en: Lost, zh: 输单}, closes: lost}
moves: {forward: any, backward: any, reopen: anyone}
"""
START = datetime(2026, 2, 1, 2, tzinfo=UTC)


@cache
def rules(gated: bool) -> tuple[Rulebook, Matcher]:
    """The rules that look at the account's other deals, and their matcher."""
    found = rulebook(vocabulary=VOCABULARY, plan=PLAN, sets=SETS, **({"pipeline.yaml": GATE} if gated else {}))
    return found, matcher_for(found)


def told(type: str, subject: str, day: int, key: str, **body: object) -> Event:
    """An event on a day of February 2026; an amount is in yuan."""
    moment = START + timedelta(days=day)
    return Event(type, subject, "t", key, moment, moment.date(), "ann", body)


def cny(amount: int) -> Money:
    return Money(amount * 100, "CNY")


PEOPLE = [told("person.joined", id, 0, id, name=id, role="rep") for id in ("ann", "bob")]
ACCOUNTS, OWNERS, DEALS = ("A", "B"), ("ann", "bob"), ("D-1", "D-2", "D-3", "D-4")


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """What may happen to two to four deals of one or two accounts, in no order; much of it on the same days."""
    accounts = ACCOUNTS[: draw(st.integers(1, 2))]
    deals = DEALS[: draw(st.integers(2, 4))]
    day, amount = st.integers(1, 12), st.integers(1, 3).map(lambda n: cny(100 * n))
    found = [
        told("deal.created", id, draw(st.integers(1, 6)), f"{id}/created", account=draw(st.sampled_from(accounts)),
             owner=draw(st.sampled_from(OWNERS)), amount=draw(amount))
        for id in deals
    ]  # fmt: skip
    kinds = {
        "deal.won": st.fixed_dictionaries({"amount": amount}),
        "deal.cancelled": st.just({"reason": "off"}),
        "deal.reopened": st.just({"reason": "again"}),
        "deal.reassigned": st.fixed_dictionaries({"owner": st.sampled_from(OWNERS)}),
        "deal.changed": st.fixed_dictionaries({"account": st.sampled_from(accounts)}),
        "activity.logged": st.just({"kind": "visit"}),
        "payment.received": st.just({"amount": cny(50)}),
        "account.changed": st.fixed_dictionaries({"industry": st.sampled_from(("x", "y"))}),
    }
    for number in range(draw(st.integers(2, 12))):
        kind = draw(st.sampled_from(("deal.won", *kinds)))
        subject = draw(st.sampled_from(accounts if kind == "account.changed" else deals))
        found.append(told(kind, subject, draw(day), f"{number}", **draw(kinds[kind])))
    return found


def house(path: Path, gated: bool) -> Dealwright:
    """An open house on a new file with these rules and people."""
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    dw = Dealwright(database, *rules(gated), lambda: datetime(2026, 6, 1, tzinfo=UTC))
    record_many(dw, PEOPLE)
    return dw


def outcome(path: Path, gated: bool, batches: Sequence[Sequence[Event]]) -> dict[str, object]:
    """What everybody is credited and granted, and how deals and accounts stand, when it is told in those batches."""
    dw = house(path, gated)
    for batch in batches:
        record_many(dw, batch)
    with dw.database.unit() as unit:
        found: dict[str, object] = {one.id: one for one in (*credits_of(unit), *grants_of(unit))}
        found |= {one.id: (one.stage, one.status, dict(one.facts)) for one in all_records(unit, Deal)}
        found |= {
            one.id: (one.created_on, dict(one.facts), one.survivor, one.absorbed) for one in all_records(unit, Account)
        }
    dw.database.close()
    return found


def told_in_order(events: Sequence[Event]) -> list[Event]:
    return sorted(events, key=lambda event: event.order)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=histories(), gated=st.booleans(), data=st.data())
def test_neither_order_nor_batches_change_what_is_earned_by_what_an_account_did(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event], gated: bool, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(events))
    cuts = sorted({0, len(shuffled), *data.draw(st.lists(st.integers(0, len(shuffled)), max_size=4))})
    batches = [shuffled[start:end] for start, end in itertools.pairwise(cuts)]
    folder = tmp_path_factory.mktemp("account")
    in_order = outcome(folder / "order.db", gated, [told_in_order(events)])
    assert outcome(folder / "shuffled.db", gated, batches) == in_order
