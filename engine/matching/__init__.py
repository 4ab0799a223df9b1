"""Matching: which triggers of a rulebook an event meets, by durable-rules within its safe limits.

    matcher = build_matcher(triggers(rulebook), facts, fingerprint)
    decide(event, state, rulebook, matcher.match)

What stands here is what others may use. `preflight` tries a rulebook in a child process before it is activated.
"""

from engine.matching.failures import MatchingError
from engine.matching.matcher import Matcher, build_matcher
from engine.matching.preflight import preflight

__all__ = ["Matcher", "MatchingError", "build_matcher", "preflight"]
