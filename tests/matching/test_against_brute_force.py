"""The matcher's answer is that of the exact evaluator on every trigger, for random rulebooks and events.

DEALWRIGHT_MATCHING_EXAMPLES sets the number of rulebooks, of which each meets eight events: four sets of facts, made of
two that are drawn, on two event types.
"""

import os

from hypothesis import HealthCheck, given, settings

from engine.matching import build_matcher
from tests.matching.making import FACTS, brute_force, event, matters, verdict
from tests.matching.strategies import EVENT_TYPES, FACT_SETS, rulebooks

RULEBOOKS = int(os.environ.get("DEALWRIGHT_MATCHING_EXAMPLES", "300"))


def mixed(one: dict[str, object], other: dict[str, object]) -> list[dict[str, object]]:
    """The two sets of facts, and two that take every second fact from the one and the rest from the other."""
    names = sorted({*one, *other})
    halves = ((one, other), (other, one))
    return [one, other, *({name: half[at % 2].get(name) for at, name in enumerate(names)} for half in halves)]


@settings(max_examples=RULEBOOKS, deadline=None, suppress_health_check=list(HealthCheck))
@given(rulebook=rulebooks(), one=FACT_SETS, other=FACT_SETS)
def test_confirmed_is_brute_force_and_every_trigger_that_holds_or_raises_is_proposed(rulebook, one, other):
    matcher = build_matcher(rulebook, FACTS, "random@1")
    try:
        for happened in map(event, EVENT_TYPES):
            for facts in mixed(one, other):
                assert verdict(matcher.match, happened, facts) == verdict(brute_force, rulebook, happened, facts)
                proposed = matcher.candidates(happened, facts)
                assert proposed >= {each.key for each in rulebook if matters(each, happened, facts)}
    finally:
        matcher.close()
