"""Every comparison that the C module makes, at, just below and just above its constant."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from engine.core.money import ExactMoney, Money
from engine.matching import build_matcher
from engine.matching.buckets import bucketed
from tests.matching.making import FACTS, event, trigger

SIGNS = ("=", "!=", "<", "<=", ">", ">=")
NOON = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)
ORDERED = (
    ("deal.amount", "100 CNY", [Money(minor, "CNY") for minor in (9_999, 10_000, 10_001, 10**30, -(10**30))]),
    ("deal.amount", "100 CNY", [ExactMoney(Fraction(30_001, 3), "CNY"), ExactMoney(Fraction(29_999, 3), "CNY")]),
    ("deal.units", "5", [4, 5, 6, Fraction(29, 6), Fraction(31, 6), Fraction(5), 10**20, -(10**20)]),
    ("deal.units", "2.5", [2, 3, Fraction(5, 2), Fraction(5, 2) + Fraction(1, 10**9)]),
    ("deal.units", "4_503_599_627_370_495", [2**52 - 2, 2**52 - 1, 2**52, 2**52 + 1]),
    ("deal.discount", "12.5%", [Fraction(1, 8), Fraction(1, 9), Fraction(1, 7), 0, 1]),
    ("deal.close_on", "2026-02-03", [date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 4), date.min, date.max]),
    ("event.at", "2026-02-03 12:00", [NOON, NOON - timedelta(microseconds=1), NOON + timedelta(microseconds=1)]),
    ("event.at", "2026-02-03 12:00", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]),
)
EQUAL = (
    ("deal.channel", '"展会"', ["展会", "展 会", "", "0", "1"]),
    ("owner", '"5"', ["5", "05", "5 "]),
    ("deal.currency", "CNY", ["CNY", "USD"]),
    ("deal.closed", "true", [True, False]),
)
CASES = [(*case, SIGNS) for case in ORDERED] + [(*case, SIGNS[:2]) for case in EQUAL]


def forms(name: str, sign: str, constant: str) -> list[str]:
    """The comparison, as it is, denied, and written the other way round."""
    forms = [f"{name} {sign} {constant}", f"not {name} {sign} {constant}", f"{constant} {sign} {name}"]
    if sign in ("=", "!="):
        forms += [f"{name} {'in' if sign == '=' else 'not in'} [{constant}]"]
    if sign in ("<=", ">="):
        forms += [f"{name} between {constant} and {constant}", f"not {name} between {constant} and {constant}"]
    return forms


@pytest.mark.parametrize(("name", "constant", "values", "signs"), CASES, ids=range(len(CASES)))
def test_a_comparison_proposes_exactly_when_it_holds(name, constant, values, signs):
    triggers = [trigger(form, form) for sign in signs for form in forms(name, sign, constant)]
    assert not bucketed(triggers, FACTS, "x")["deal.changed"].always, "the C module is asked"
    matcher = build_matcher(triggers, FACTS, "comparisons@1")
    for facts in [{name: value} for value in values] + [{}, {name: None}]:
        holding = {one.key for one in triggers if one.when.holds(facts)}
        assert matcher.candidates(event(), facts) == holding, facts
        assert matcher.match(event(), facts) == holding
    matcher.close()


@pytest.mark.parametrize(
    ("constant", "values"),
    [
        ("4_503_599_627_370_496", [2**52 - 1, 2**52, 2**52 + 1]),
        ("9_007_199_254_740_993", [2**53, 2**53 + 1, 2**53 + 2, 10**30]),
        ("99_999_999_999_999_999_999", [10**20 - 1, 10**20, 10**20 - 2]),
        ("2.50001", [Fraction(250_001, 100_000), Fraction(25_000, 10_000), 3]),
    ],
)
def test_a_constant_without_a_safe_code_is_computed(constant, values):
    triggers = [trigger(sign, f"deal.units {sign} {constant} and deal.closed") for sign in SIGNS]
    assert len(bucketed(triggers, FACTS, "x")["deal.changed"].projection.computed) == len(SIGNS)
    matcher = build_matcher(triggers, FACTS, "computed@1")
    for facts in ({"deal.units": value, "deal.closed": True} for value in values):
        assert matcher.candidates(event(), facts) == {one.key for one in triggers if one.when.holds(facts)}
    matcher.close()


@pytest.mark.parametrize(
    "text",
    [
        "deal.amount is set", "deal.amount is not set", "not deal.amount is set", "not deal.amount is not set",
        "deal.closed", "not deal.closed", "not (not deal.closed)",
        "deal.closed and deal.trial", "deal.closed or deal.trial",
        "not (deal.closed and deal.trial)", "not (deal.closed or deal.trial)",
        "if deal.closed then deal.trial else deal.amount is set",
        "not (if deal.closed then deal.trial else deal.amount is set)",
        'deal.channel in ["a", "b"]', 'deal.channel not in ["a", "b"]', 'not deal.channel in ["a", "b"]',
        'not deal.channel not in ["a", "b"]',
        "event.on in 2026-02", "event.on not in 2026-02", "not event.on in 2026-02",
    ],
)  # fmt: skip
def test_three_valued_logic_survives_normalising(text):
    triggers = [trigger("one", text)]
    matcher = build_matcher(triggers, FACTS, "logic@1")
    truths, days = (True, False, None), (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1), None)
    several = [
        {"deal.closed": closed, "deal.trial": trial, "deal.amount": amount, "deal.channel": channel, "event.on": day}
        for closed in truths
        for trial in truths
        for amount in (Money(1, "CNY"), None)
        for channel in ("a", "b", "c", None)
        for day in days
    ]
    for facts in several:
        assert matcher.candidates(event(), facts) == ({"one"} if triggers[0].when.holds(facts) else frozenset()), facts
    matcher.close()
