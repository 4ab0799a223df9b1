"""When the C module fails, the event fails: MatchingError, never "no match"; the next event gets a fresh ruleset."""

import sys
from concurrent.futures import ThreadPoolExecutor

import durable_rules_engine
import pytest

from engine.core.problem_texts import PROBLEM_TEXTS
from engine.core.problems import Place, Problem
from engine.matching import MatchingError, build_matcher
from engine.matching.matcher import MOST_FAILURES
from tests.matching.making import FACTS, event, trigger

CLOSED = {"deal.closed": True}
OPEN = {"deal.closed": False}


@pytest.fixture
def matcher():
    rules = [trigger("one", "deal.closed"), trigger("two", "not deal.trial")]
    made = build_matcher(rules, FACTS, "failing@1")
    yield made
    made.close()


def raising(*_):
    raise MemoryError("no more")


FAILURES = {
    "an error while asserting": ("assert_fact", raising),
    "an error while draining": ("start_action_for_state", raising),
    "an error while going on": ("complete_and_start_action", raising),
    "an error while retracting": ("retract_fact", raising),
    "observed before": ("assert_fact", lambda *_: (2, 0)),
    "deferred": ("assert_fact", lambda *_: (3, 0)),
    "matched, but nothing to run": ("start_action_for_state", lambda *_: None),
    "a rule without a fact": ("start_action_for_state", lambda *_: ("{}", '{"c0":{}}')),
    "a rule that never ends": ("complete_and_start_action", lambda handle, state: frame_of_last()),
    "nothing to retract": ("retract_fact", lambda *_: (1, 0)),
}
last: list[str] = []


def frame_of_last() -> str:
    return '{"c0":{"m":' + last[-1] + "}}"


@pytest.fixture(autouse=True)
def remembered(monkeypatch):
    """Keeps the last fact that was asserted."""
    honest = durable_rules_engine.assert_fact
    monkeypatch.setattr(durable_rules_engine, "assert_fact", lambda *those: last.append(those[1]) or honest(*those))
    yield
    last.clear()


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_an_error_and_the_next_event_is_answered(matcher, monkeypatch, failure):
    with monkeypatch.context() as broken:
        broken.setattr(durable_rules_engine, *FAILURES[failure])
        with pytest.raises(MatchingError) as raised:
            matcher.match(event(), CLOSED)
    assert raised.value.code == "E095"
    assert raised.value.place == Place("rules/one.yaml", 3, 7)
    assert matcher.match(event(), CLOSED) == {"one"}
    assert matcher.match(event(), OPEN | {"deal.trial": False}) == {"two"}


def test_candidates_fail_as_well(matcher, monkeypatch):
    monkeypatch.setattr(durable_rules_engine, "assert_fact", raising)
    with pytest.raises(MatchingError):
        matcher.candidates(event(), CLOSED)


@pytest.mark.parametrize(("said", "instead"), [('"c0"', '"c99"'), ('"id":"', '"id":"9')])
def test_an_unknown_rule_and_a_rule_for_another_fact_are_errors(matcher, monkeypatch, said, instead):
    honest = durable_rules_engine.start_action_for_state

    def lying(handle: int, state: int) -> tuple[str, str]:
        return "", honest(handle, state)[1].replace(said, instead)

    with monkeypatch.context() as broken:
        broken.setattr(durable_rules_engine, "start_action_for_state", lying)
        with pytest.raises(MatchingError):
            matcher.match(event(), CLOSED)
    assert matcher.match(event(), CLOSED) == {"one"}


def test_a_ruleset_that_cannot_be_made_anew_is_an_error_again_and_not_for_ever_tried(matcher, monkeypatch):
    made = []
    with monkeypatch.context() as broken:
        broken.setattr(durable_rules_engine, "assert_fact", raising)
        creating = durable_rules_engine.create_ruleset
        broken.setattr(durable_rules_engine, "create_ruleset", lambda *those: made.append(1) or creating(*those))
        for _ in range(MOST_FAILURES + 5):
            with pytest.raises(MatchingError):
                matcher.match(event(), CLOSED)
    assert len(made) == MOST_FAILURES - 1
    with pytest.raises(MatchingError, match="given up"):
        matcher.match(event(), CLOSED)


def test_a_refused_ruleset_is_an_error_when_the_matcher_is_built(monkeypatch):
    monkeypatch.setattr(durable_rules_engine, "create_ruleset", raising)
    with pytest.raises(MatchingError):
        build_matcher([trigger("one", "deal.closed")], FACTS, "refused@1")


def test_a_closed_matcher_answers_nothing():
    matcher = build_matcher([trigger("one", "deal.closed")], FACTS, "closed@1")
    matcher.close()
    with pytest.raises(MatchingError):
        matcher.match(event(), CLOSED)


def test_the_error_has_words_in_both_languages():
    error = MatchingError(None, "deal.changed", "assert_fact gave 303")
    problem = Problem(error.code, Place("", 0), error.params)
    assert "assert_fact gave 303" in problem.message("en")
    assert "无法匹配" in problem.message("zh")
    assert PROBLEM_TEXTS["E095"].remedy_zh


@pytest.fixture
def impatient():
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_lose_no_match_and_invent_none(impatient):
    rules = [trigger(f"rule-{number}", f"deal.units >= {number}") for number in range(100)]
    matcher = build_matcher(rules, FACTS, "threads@1")
    happened = event()

    def work(seed: int) -> list[int]:
        wanted = [(number * 7 + seed * 13) % 101 for number in range(500)]
        return [units for units in wanted if len(matcher.match(happened, {"deal.units": units - 1})) != units]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, range(4))) == [[], [], [], []]
    matcher.close()
