"""Conditions that look into decision tables are proposed as the exact evaluator holds them, also for what is not set."""

from datetime import UTC, date, datetime

import pytest

from engine.core.events import Event
from engine.core.money import Money
from engine.core.triggers import triggers
from engine.matching import Matcher, build_matcher
from engine.rulefiles.loading import load_texts
from tests.core.incentives.world import BASE

TABLE = """
table: factor
in_force: {from: 2026-01-01}
gives: {factor: percent}
by: [deal.kind, deal.amount]
hit: first
rows:
  - {deal.kind: new, deal.amount: ">= 1_000 CNY", factor: 5%}
  - {deal.kind: renewal, factor: 4%}
  - {deal.amount: "< 10 CNY", factor: 3%}
  - {deal.kind: not(renewal), factor: 1%}
"""
AUTOMATION = """
automation: a
on: deal.won
when: lookup(factor) >= 3%
then:
  - notify: {to: deal.owner, template: x}
"""
CASES = [
    ({"deal.kind": "new", "deal.amount": Money.parse("1_000 CNY")}, True),
    ({"deal.kind": "new", "deal.amount": Money.parse("999.99 CNY")}, False),
    ({"deal.kind": "renewal"}, True),
    ({"deal.amount": Money.parse("9 CNY")}, True),
    ({"deal.kind": "new"}, False),
    ({}, False),
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    rulebook = load_texts({**BASE, "factor.yaml": TABLE, "a.yaml": AUTOMATION}).rulebook
    assert rulebook is not None
    return build_matcher(triggers(rulebook), rulebook.facts, "tables@1")


@pytest.mark.parametrize(("facts", "holds"), CASES)
def test_a_lookup_in_a_condition_is_matched(matcher: Matcher, facts: dict[str, object], holds: bool) -> None:
    at = datetime(2026, 2, 1, tzinfo=UTC)
    event = Event("deal.won", "D", "test", "k", at, date(2026, 2, 1))
    found = matcher.match(event, {**facts, "event.on": event.on, "event.type": event.type})
    assert bool(found) is holds
