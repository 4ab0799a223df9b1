"""What the matcher proposes and confirms, and what it leaves to the exact evaluator alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from engine.core.formulas import EvaluationError
from engine.core.money import Money
from engine.core.rules.header import InForce
from engine.matching import build_matcher
from engine.matching.buckets import bucketed
from tests.matching.making import FACTS, ON, event, trigger


def matching(*triggers, facts: Mapping[str, object], happened=None):
    """Candidates and match of one event."""
    matcher = build_matcher(triggers, FACTS, "rulebook@1f")
    happened = happened or event()
    try:
        return matcher.candidates(happened, facts), matcher.match(happened, facts)
    finally:
        matcher.close()


def test_a_rule_of_another_event_type_is_not_asked():
    ours, other = trigger("ours", "deal.closed"), trigger("other", "deal.closed", on="deal.won")
    assert matching(ours, other, facts={"deal.closed": True}) == ({"ours"}, {"ours"})


def test_an_event_type_without_rules_matches_nothing():
    assert matching(trigger("one", None), facts={}, happened=event("clock.ticked")) == (frozenset(), frozenset())


def test_a_rule_without_a_condition_always_matches():
    assert matching(trigger("one", None), facts={}) == ({"one"}, {"one"})


def test_a_rule_matches_from_its_first_day_up_to_but_not_on_its_last():
    rule = trigger("one", "deal.closed", in_force=InForce(ON, date(2026, 2, 5)))
    for day, expected in ((2, set()), (3, {"one"}), (4, {"one"}), (5, set())):
        happened = event(on=date(2026, 2, day))
        assert matching(rule, facts={"deal.closed": True}, happened=happened)[1] == expected


def test_a_rule_out_of_force_raises_nothing():
    old = trigger("old", "1 / deal.units > 1", in_force=InForce(date(2020, 1, 1), ON))
    assert matching(old, facts={"deal.units": 0})[1] == frozenset()


def test_a_fact_that_is_not_set_matches_no_comparison_and_no_denial():
    texts = ("deal.amount > 1 CNY", "not deal.amount > 1 CNY", 'deal.channel != "展会"', 'not deal.channel = "展会"')
    triggers = [trigger(text, text) for text in (*texts, "deal.amount is not set")]
    assert matching(*triggers, facts={"deal.channel": None}) == ({"deal.amount is not set"},) * 2


def test_money_in_another_currency_is_proposed_and_converted_exactly():
    facts = {"deal.amount": Money(100_00, "USD"), "event.on": ON}
    exact = trigger("exact", "deal.amount = 712.34 CNY")
    above = trigger("above", "deal.amount > 712.34 CNY")
    assert matching(exact, above, facts=facts) == ({"exact", "above"}, {"exact"})


def test_a_missing_rate_raises_also_behind_a_comparison_that_is_false():
    rule = trigger("one", 'deal.amount > 1 CNY and deal.channel = "展会"')
    facts = {"deal.amount": Money(1, "EUR"), "event.on": ON, "deal.channel": "direct"}
    with pytest.raises(EvaluationError) as raised:
        matching(rule, facts=facts)
    assert raised.value.code == "E080"


def test_a_division_by_zero_raises_wherever_it_stands_before_the_verdict():
    facts = {"deal.units": 0, "deal.closed": False, "deal.trial": True}
    with pytest.raises(EvaluationError) as raised:
        matching(trigger("one", "deal.closed and deal.trial or 1 / deal.units > 2 and deal.closed"), facts=facts)
    assert raised.value.code == "E081"


def test_a_division_by_zero_that_the_evaluator_never_meets_is_no_error():
    rule = trigger("one", "deal.closed and 1 / deal.units > 2")
    assert matching(rule, facts={"deal.units": 0, "deal.closed": False}) == ({"one"}, frozenset())


def test_the_first_error_in_file_order_is_the_one_that_is_raised():
    rules = [trigger("b", "1 / deal.units > 2 and deal.closed"), trigger("a", "2 / deal.units > 2 and deal.closed")]
    with pytest.raises(EvaluationError) as raised:
        matching(*rules, facts={"deal.units": 0, "deal.closed": True})
    assert raised.value.place.file == "rules/b.yaml"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("deal.units > 1", True),
        ("deal.close_on < 2026-02-04", "2026-02-03"),
        ("deal.amount > 1 CNY", 5),
        ('deal.channel = "1"', 1),
        ("deal.closed", 1),
        ("event.at > 2026-01-01 00:00", datetime(2026, 2, 3)),
        ('deal.channel = "1"', ["1"]),
    ],
)
def test_a_value_of_an_unexpected_type_is_left_to_the_exact_evaluator(text, value):
    read = bucketed([trigger("one", text)], FACTS, "x")["deal.changed"].projection
    assert read.project(dict.fromkeys(read.names, value)) == ([""], {0})


def test_equal_conditions_share_a_chain_and_equal_computed_parts_a_field():
    text = "deal.closed and deal.margin / deal.amount >= 20%"
    bucket = bucketed([trigger("a", text), trigger("b", text), trigger("c", f"{text} and deal.trial")], FACTS, "x")
    (sheaf,) = bucket["deal.changed"].sheaves
    assert sorted(sheaf.hits.values()) == [(0, 1), (2,)]
    assert len(bucket["deal.changed"].projection.computed) == 1


def test_a_ruleset_reads_only_the_facts_that_its_rules_name():
    bucket = bucketed([trigger("a", "deal.amount > 1 CNY and deal.closed")], FACTS, "x")["deal.changed"]
    assert sorted(bucket.projection.names) == ["deal.amount", "deal.closed"]


def test_the_same_rules_give_the_same_rulesets():
    rules = [trigger(str(number), f"deal.units > {number} and deal.closed or not deal.trial") for number in range(70)]
    first, again = (bucketed(rules, FACTS, "x")["deal.changed"].sheaves for _ in range(2))
    assert [sheaf.definition for sheaf in first] == [sheaf.definition for sheaf in again]


def test_two_matchers_of_one_rulebook_do_not_disturb_each_other():
    one, other = (build_matcher([trigger("a", "deal.closed")], FACTS, "same@1") for _ in range(2))
    one.close()
    one.close()
    assert other.match(event(), {"deal.closed": True}) == {"a"}
    other.close()


def test_a_name_with_any_signs_is_taken():
    matcher = build_matcher([trigger("a", "deal.closed")], FACTS, '规则 "x"\n@1')
    assert matcher.match(replace(event(), subject="d-9"), {"deal.closed": True}) == {"a"}
    matcher.close()


def test_a_number_between_two_whole_ones_is_told_from_both():
    rules = [trigger(text, text) for text in ("deal.units > 2", "deal.units < 3", "deal.units = 2", "deal.units >= 3")]
    assert matching(*rules, facts={"deal.units": Fraction(7, 3)})[0] == {"deal.units > 2", "deal.units < 3"}
