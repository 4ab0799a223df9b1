"""The C module's limits are never reached, whatever the rulebook; nothing stays behind after an event."""

import json
import resource
from pathlib import Path

import pytest

from engine.matching import build_matcher
from engine.matching.buckets import bucketed
from engine.matching.chains import MOST_ALTERNATIVES, MOST_COMPARISONS
from engine.matching.native import MOST_CHAINS
from tests.matching.making import FACTS, event, trigger


def resident() -> float:
    """Megabytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def options(*counts: int) -> str:
    """So many alternatives in each of several bracketed groups."""
    groups = [[f"deal.units = {group * 100 + one}" for one in range(count)] for group, count in enumerate(counts)]
    return " and ".join(f"({' or '.join(group)})" for group in groups)


@pytest.mark.parametrize("count", [1, 55, 56, 57, 65, 256, 513, 1000])
def test_any_number_of_rules_that_are_true_at_once_all_match(count):
    rules = [trigger(f"rule-{number}", f"deal.units >= {number}") for number in range(count)]
    matcher = build_matcher(rules, FACTS, "steps@1")
    for units in (count, count // 2, 0, -1):
        expected = {f"rule-{number}" for number in range(count) if units >= number}
        assert matcher.match(event(), {"deal.units": units}) == expected
        assert matcher.candidates(event(), {"deal.units": units}) == expected
    matcher.close()


def test_a_thousand_rules_with_one_condition_are_one_chain():
    rules = [trigger(f"rule-{number}", "deal.closed") for number in range(1000)]
    matcher = build_matcher(rules, FACTS, "same@1")
    assert len(matcher.match(event(), {"deal.closed": True})) == 1000
    matcher.close()


def test_no_ruleset_has_more_chains_and_no_chain_more_comparisons_than_is_safe():
    texts = [options(4, 4), options(8, 8), options(3, 3, 3), " and ".join(f"deal.units != {one}" for one in range(40))]
    texts += ["deal.units > 4_503_599_627_370_495", "deal.units > 9_007_199_254_740_992", "event.at > 9999-12-31 00:00"]
    rules = [trigger(f"{text}-{number}", f"{text} and deal.units < {number}") for text in texts for number in range(9)]
    for sheaf in bucketed(rules, FACTS, "x")["deal.changed"].sheaves:
        definition = json.loads(sheaf.definition)
        assert len(definition) == len(sheaf.chains) + 1 <= MOST_CHAINS + 1
        assert all(len(chain) <= MOST_COMPARISONS for chain in sheaf.chains)
        numbers = [code for chain in sheaf.chains for _, _, code in chain]
        assert all(type(code) is int and abs(code) < 2**53 for code in numbers)


@pytest.mark.parametrize(("counts", "alone"), [((8, 8), False), ((8, 9), True), ((5, 5, 5), True), ((70,), True)])
def test_more_than_64_alternatives_are_left_to_the_exact_evaluator(counts, alone):
    assert MOST_ALTERNATIVES == 64
    assert bucketed([trigger("one", options(*counts))], FACTS, "x")["deal.changed"].always == ({0} if alone else set())


def test_a_condition_of_more_comparisons_than_a_chain_holds_is_still_decided_exactly():
    text = " and ".join(f"deal.units != {one}" for one in range(40))
    matcher = build_matcher([trigger("one", text)], FACTS, "long@1")
    for units in (*range(40), 41):
        assert matcher.match(event(), {"deal.units": units}) == ({"one"} if units == 41 else frozenset())
    matcher.close()


def test_memory_stays_flat_over_200_000_events():
    rules = [trigger(f"rule-{number}", f"deal.units >= {number} and deal.closed") for number in range(60)]
    matcher = build_matcher(rules, FACTS, "memory@1")

    def many(count: int) -> float:
        for number in range(count):
            matcher.candidates(event_, {"deal.units": number % 4, "deal.closed": number % 3 > 0})
        return resident()

    event_ = event()
    before = many(5_000)
    assert many(200_000) - before < 1.0, "megabytes"
    matcher.close()


def test_matchers_that_are_closed_give_their_memory_back():
    rules = [trigger(f"rule-{number}", f"deal.units >= {number} and deal.closed") for number in range(50)]

    def many(count: int) -> float:
        for _ in range(count):
            matcher = build_matcher(rules, FACTS, "reload@1")
            matcher.match(event(), {"deal.units": 3, "deal.closed": True})
            matcher.close()
        return resident()

    before = many(20)
    assert many(100) - before < 5.0, "megabytes; without the safe order it is 70"
