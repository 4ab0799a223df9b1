"""People, partners, quotas and what others were credited count alike for pay, in whatever order they are told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import record_many
from engine.core.events import Event
from engine.core.money import Money
from engine.core.records import Deal, Partner, Person, Quota
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
  finder: {type: person, title: {en: Finder, zh: 发现人}}
partner:
  grade: {type: text, title: {en: Grade, zh: 级}}
measures:
  owner.booked: {sum: credits.bookings}
  owner.sales: {count: credits.bookings}
  partner.sales: {count: credits.brought}
"""
PLAN = """
plan: rep
title: {en: Rep, zh: 代表}
pays: owner.role = "rep"
currency: CNY
period: quarter
credits:
  - {credit: bookings, on: deal.won, amount: deal.amount, to: {split: deal.team, rest: deal.owner}}
  - {credit: bookings, on: deal.won, amount: deal.amount, to: {overlay: deal.owner.manager}}
  - {credit: late, on: deal.won, when: owner.sales >= 2, amount: deal.amount, to: {overlay: deal.owner}}
components:
  - commission: commission
    of: bookings
    rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 5%}]}
  - {bonus: found, on: deal.won, to: deal.finder, amount: 40 CNY}
  - {bonus: growing, on: deal.won, when: owner.sales >= 1, amount: 10% of owner.booked}
  - {bonus: senior, on: deal.won, when: 'owner.level = "senior"', amount: 6 CNY}
  - {bonus: staying, on: deal.won, when: owner.left_on is not set, amount: 2 CNY}
  - {bonus: done, on: deal.won, when: 'actor.role = "rep"', amount: 8 CNY}
"""
BROUGHT = """
plan: partner
title: {en: Partner, zh: 伙伴}
pays: partner.channel = "partner"
currency: CNY
period: quarter
credits:
  - {credit: brought, on: deal.won, amount: deal.amount, to: {overlay: deal.partner}}
components:
  - commission: brought-commission
    of: brought
    rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 5%}]}
  - {bonus: top, on: deal.won, to: deal.partner, when: 'partner.grade = "top"', amount: 9 CNY}
  - {bonus: again, on: deal.won, to: deal.partner, when: partner.sales >= 1, amount: 11 CNY}
"""
PROGRAMME = """
programme: resellers
title: {en: Resellers, zh: 经销商}
channels: [partner]
currency: CNY
agreement: {needed: yes}
incentives:
  - {referral: introduction, on: deal.won, when: deal.referred_by is set, amount: 3% of deal.amount}
"""
START = datetime(2026, 2, 1, 2, tzinfo=UTC)


@cache
def rules() -> tuple[Rulebook, Matcher]:
    """The rules that look at people, partners and what was credited, and their matcher."""
    found = rulebook(vocabulary=VOCABULARY, plan=PLAN, brought=BROUGHT, programme=PROGRAMME)
    return found, matcher_for(found)


def told(type: str, subject: str, day: int, key: str, actor: str = "", **body: object) -> Event:
    """An event on a day of February 2026."""
    moment = START + timedelta(days=day)
    return Event(type, subject, "t", key, moment, moment.date(), actor, body)


def cny(amount: int) -> Money:
    return Money(amount * 100, "CNY")


JOINED = [
    told("person.joined", "ann", 0, "ann", name="ann", role="rep", manager="mia"),
    told("person.joined", "bob", 0, "bob", name="bob", role="rep"),
    told("person.joined", "mia", 0, "mia", name="mia", role="rep"),
    told("partner.joined", "P", 0, "P", name="P", programme="resellers"),
]
PEOPLE, DEALS = ("ann", "bob", "mia"), ("D-1", "D-2", "D-3")
DAY, AMOUNT = st.integers(0, 10), st.integers(1, 3).map(lambda n: cny(100 * n))
KINDS = {
    "deal.won": ("deal", st.fixed_dictionaries({"amount": AMOUNT})),
    "deal.cancelled": ("deal", st.just({"reason": "off"})),
    "deal.reopened": ("deal", st.just({"reason": "again"})),
    "deal.reassigned": ("deal", st.fixed_dictionaries({"owner": st.sampled_from(PEOPLE)})),
    "deal.changed": ("deal", st.fixed_dictionaries({"finder": st.sampled_from((*PEOPLE, "kim"))})),
    "person.joined": ("person", st.just({"name": "x", "role": "rep"})),
    "person.changed": ("person", st.one_of(
        st.fixed_dictionaries({"level": st.sampled_from(("senior", "junior"))}),
        st.fixed_dictionaries({"role": st.sampled_from(("rep", "director"))}),
        st.fixed_dictionaries({"manager": st.sampled_from(("bob", "mia")), "from_on": st.just(date(2026, 2, 4))}))),
    "person.left": ("person", st.just({"reason": "gone"})),
    "quota.set": ("person", st.fixed_dictionaries({"measure": st.just("bookings"), "period": st.just("2026-Q1"), "amount": AMOUNT})),
    "partner.joined": ("partner", st.fixed_dictionaries({"name": st.sampled_from(("P", "Q")), "grade": st.sampled_from(("top", "low"))})),
    "agreement.signed": ("partner", st.fixed_dictionaries({"from_on": st.integers(1, 9).map(lambda n: date(2026, 2, n))})),
}  # fmt: skip
SUBJECTS = {"deal": DEALS, "person": (*PEOPLE[:2], "kim"), "partner": ("P",)}


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """What may happen to some deals, people and a partner, in no order; much of it on the same days."""
    found = list(JOINED)
    for id in DEALS:
        facts = {
            "owner": draw(st.sampled_from(PEOPLE)),
            "amount": draw(AMOUNT),
            "finder": draw(st.sampled_from((*PEOPLE, "kim"))),
        }
        facts |= draw(st.sampled_from(({}, {"partner": "P"}, {"referred_by": "P"})))
        found.append(told("deal.created", id, draw(st.integers(1, 4)), f"{id}/created", **facts))
    for number in range(draw(st.integers(2, 9))):
        kind = draw(st.sampled_from(("deal.won", "deal.won", *KINDS)))
        of, bodies = KINDS[kind]
        actor = draw(st.sampled_from(("", *PEOPLE)))
        found.append(told(kind, draw(st.sampled_from(SUBJECTS[of])), draw(DAY), f"{number}", actor, **draw(bodies)))
    return found


def outcome(path: Path, batches: Sequence[Sequence[Event]]) -> dict[str, object]:
    """What everybody is credited and granted, and who they are, when it is told in those batches."""
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    dw = Dealwright(database, *rules(), lambda: datetime(2026, 6, 1, tzinfo=UTC))
    for batch in batches:
        record_many(dw, batch)
    with dw.database.unit() as unit:
        found: dict[str, object] = {one.id: one for one in (*credits_of(unit), *grants_of(unit))}
        found |= {one.id: (one.stage, one.status, dict(one.facts)) for one in all_records(unit, Deal)}
        found |= {f"person {one.id}": replace(one, name="") for one in all_records(unit, Person)}
        for kind in (Partner, Quota):
            found |= {f"{kind.__name__} {one.id}": one for one in all_records(unit, kind)}
    dw.database.close()
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=histories(), data=st.data())
def test_neither_order_nor_batches_change_what_is_earned_by_what_others_are(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(events))
    cut = data.draw(st.integers(0, len(shuffled)))
    folder = tmp_path_factory.mktemp("records")
    in_order = outcome(folder / "order.db", [sorted(events, key=lambda event: event.order)])
    assert outcome(folder / "shuffled.db", [shuffled[:cut], shuffled[cut:]]) == in_order
