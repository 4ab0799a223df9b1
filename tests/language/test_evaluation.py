"""What expressions are worth, feature by feature, over one deal of 120,000 CNY; the trace must say the same."""

from datetime import date
from fractions import Fraction

import pytest

from engine.core.durations import Duration
from engine.core.formulas import Formula
from engine.core.money import ExactMoney, Money
from engine.language import CONDITION, FACTOR, PERCENT, PlainEnvironment, compile_expression
from tests.language.world import DEAL, ENVIRONMENT, FACTS, PLACE, compiled

VALUES: tuple[tuple[str, object], ...] = (
    # literals
    ("100_000 CNY", Money(10000000, "CNY")),
    ("500万 CNY", Money(500000000, "CNY")),
    ("1.2亿 CNY", Money(12000000000, "CNY")),
    ("12.5%", Fraction(1, 8)),
    ("0.75", Fraction(3, 4)),
    ("1_000", 1000),
    ("true", True),
    ('"试点 \\"A\\" \\\\"', '试点 "A" \\'),
    ("2026-03-31", date(2026, 3, 31)),
    ("3 business days", Duration.parse("3 business days")),
    # arithmetic and dimensions
    ("1 + 2 * 3 - 4 / 2", 5),
    ("(1 + 2) * 3", 9),
    ("7 / 2", Fraction(7, 2)),
    ("-2 * -3", 6),
    ("10% + 5%", Fraction(3, 20)),
    ("2 * 5%", Fraction(1, 10)),
    ("deal.amount + 80_000 CNY", Money(20000000, "CNY")),
    ("deal.amount - deal.margin", Money(9000000, "CNY")),
    ("deal.amount * 2", Money(24000000, "CNY")),
    ("8% * deal.amount", Money(960000, "CNY")),
    ("deal.amount / 7", ExactMoney(Fraction(12000000, 7), "CNY")),
    ("deal.margin / deal.amount", Fraction(1, 4)),
    ("3% of deal.amount", Money(360000, "CNY")),
    ("3% of deal.amount + 5 CNY", Money(360500, "CNY")),
    ("50% of 3% of deal.amount", Money(180000, "CNY")),
    ("deal.list_price * (100% - deal.discount)", Money(12000000, "CNY")),
    ("deal.won_on - deal.created_on", Duration.parse("59 days")),
    ("deal.created_on + 2 weeks", date(2026, 2, 14)),
    ("30 days + deal.created_on", date(2026, 3, 2)),
    ("deal.created_on - 31 days", date(2025, 12, 31)),
    # comparisons
    ("deal.amount >= 120_000 CNY", True),
    ("deal.amount > 120_000 CNY", False),
    ("deal.amount = 12万 CNY", True),
    ("deal.amount != 12万 CNY", False),
    ("deal.amount < deal.list_price", True),
    ("10_000 USD < deal.amount", True),
    ("20_000 USD < deal.amount", False),
    ("1_000_000 JPY = 50_000 CNY", True),
    ("deal.discount <= 20%", True),
    ("deal.margin / deal.amount >= 25%", True),
    ("deal.margin / deal.amount > 0.25", False),
    ("deal.won_on - deal.created_on <= 8 weeks", False),
    ("deal.won_on - deal.created_on <= 9 weeks", True),
    ('deal.stage = "proposal"', True),
    ("deal.partner = partner", True),
    ("deal.currency = CNY", True),
    ('deal.currency = "EUR"', False),
    ("deal.contract_signed = true", True),
    ("deal.amount between 120_000 CNY and 130_000 CNY", True),
    ("deal.amount between 110_000 CNY and 120_000 CNY", True),
    ("deal.amount between 1 CNY and 119_999.99 CNY", False),
    ("not deal.connected_calls between 1 and 2", True),
    ('deal.kind in ["new", "renewal"]', True),
    ('deal.kind not in ["new", "renewal"]', False),
    ("deal.connected_calls in [1, 3 * 1]", True),
    ('"ana" in deal.team', True),
    ("deal.owner not in deal.team", False),
    ("deal.won_on in 2026-Q1", True),
    ("deal.won_on in 2026", True),
    ("deal.won_on in 2026-Q2", False),
    ("deal.won_on in deal.season", True),
    ("event.on not in deal.season", True),
    ("event.at >= 2026-04-01 10:00", True),
    ("event.at > 2026-04-01 10:00", False),
    # logic and presence
    ("deal.contract_signed and not deal.closed", True),
    ("deal.closed or deal.contract_signed", True),
    ("deal.budget is set", False),
    ("deal.budget is not set", True),
    ("deal.amount is set and deal.budget is not set", True),
    ("deal.budget > 5 CNY", None),
    ("not deal.budget > 5 CNY", None),
    ("deal.budget > 5 CNY and deal.closed", False),
    ("deal.budget > 5 CNY and deal.contract_signed", None),
    ("deal.budget > 5 CNY or deal.contract_signed", True),
    ("deal.budget + deal.amount", None),
    ("deal.budget between 1 CNY and 2 CNY", None),
    ("deal.amount between deal.budget and 5 CNY", False),
    ("deal.amount between 5 CNY and deal.budget", None),
    ("deal.amount in [deal.budget, 120_000 CNY]", True),
    ("deal.amount in [deal.budget, 5 CNY]", None),
    ("deal.amount not in [deal.budget, 5 CNY]", None),
    ('deal.competitor in ["aurora"]', None),
    ('"x" in deal.tags', None),
    # if
    ('if deal.product_line = "service" then 1.2 else 1', Fraction(6, 5)),
    ("if deal.closed then 5% else 0%", 0),
    ("if deal.budget > 5 CNY then 1 else 2", None),
    ("(if deal.closed then 1 else 2) + 1", 3),
    # functions
    ("min(deal.amount, 50_000 CNY)", Money(5000000, "CNY")),
    ("max(1, 2, 3)", 3),
    ("max(deal.won_on, deal.created_on)", date(2026, 3, 31)),
    ("max(deal.budget, deal.amount)", None),
    ("abs(deal.margin - deal.amount)", Money(9000000, "CNY")),
    ("round(2.5)", 3),
    ("round(-2.5)", -3),
    ("floor(-2.5)", -3),
    ("ceil(-2.5)", -2),
    ("round(12.5%)", Fraction(13, 100)),
    ("floor(12.9%)", Fraction(12, 100)),
    ("round(deal.amount / 7)", Money(1714286, "CNY")),
    ("floor(deal.amount / 7, 1_000 CNY)", Money(1700000, "CNY")),
    ("ceil(deal.amount / 7, 1_000 CNY)", Money(1800000, "CNY")),
    ("round(7, 5)", 5),
    ("round(8, 0.5)", 8),
    ("days_between(deal.created_on, deal.won_on)", 59),
    ("days_between(deal.won_on, deal.created_on)", -59),
    ("business_days_between(2026-03-27, 2026-03-30)", 1),
    ("business_days_between(2026-03-30, 2026-03-27)", -1),
    ("business_days_between(2026-03-01, 2026-04-01)", 23),
    ("start_of(2026-Q1)", date(2026, 1, 1)),
    ("end_of(2026-Q1)", date(2026, 3, 31)),
    ("end_of(2026)", date(2026, 12, 31)),
    ("start_of(2026-W14)", date(2026, 3, 30)),
    ("end_of(2026-H2)", date(2026, 12, 31)),
    ("months_in(2026-H1)", 6),
    ("months_in(deal.created_on, 2026-02-27)", 0),
    ("months_in(deal.created_on, 2026-02-28)", 1),
    ("months_in(deal.created_on, deal.won_on)", 2),
    ("months_in(deal.won_on, deal.created_on)", -2),
    ("attainment(bookings, 2026-Q1) > 100%", True),
    ("attainment(cash, 2026-Q1) > 100%", None),
    ("rank(bookings, quarter) <= 3", True),
    ("streak(attainment(bookings, quarter) >= 100%, 2, quarters)", None),
    ("lookup(commission-rate)", Fraction(1, 20)),
    ('lookup(commission-rate, deal.product_line, "north") * deal.amount', Money(600000, "CNY")),
    ('lookup(commission-rate, "hardware", "north")', None),
    ("lookup(commission-rate, deal.competitor, deal.region) > 1%", None),
    ("convert(100 USD, CNY, deal.won_on)", ExactMoney(Fraction(7123400, 100), "CNY")),
    ('convert(1_000 JPY, "CNY", deal.won_on) + 1 CNY', Money(5100, "CNY")),
    ("convert(deal.amount, CNY, deal.won_on)", Money(12000000, "CNY")),
    ('text_contains(deal.name, "PILOT")', True),
    ('text_contains(deal.name, "试点")', True),
    ('text_contains(deal.name, "x")', False),
    ("targets.bookings-2026", None),
)


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_an_expression_has_its_value(text: str, value: object) -> None:
    expression = compiled(text)
    found = expression.value(DEAL)
    assert found == value and (found is None) == (value is None)
    assert expression.holds(DEAL) is (value is True)
    trace = expression.trace(DEAL)
    assert trace.known is (value is not None) and trace.source == text


def test_an_expression_is_a_formula_of_the_core() -> None:
    expression = compiled("deal.amount >= 5 CNY", CONDITION)
    assert isinstance(expression, Formula)
    assert (expression.source, expression.place) == ("deal.amount >= 5 CNY", PLACE)


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ('deal.stage = "lead" and deal.closed', {"deal.stage", "deal.closed"}),
        ("deal.amount >= 5 CNY", {"deal.amount", "event.on"}),
        ("deal.fee >= 5 EUR", {"deal.fee"}),
        ("deal.fee >= 5 CNY", {"deal.fee", "event.on"}),
        ("deal.amount between 5 CNY and 6 CNY", {"deal.amount", "event.on"}),
        ("deal.amount in [5 CNY]", {"deal.amount", "event.on"}),
        ("min(deal.amount, deal.margin)", {"deal.amount", "deal.margin"}),
        ("lookup(commission-rate)", {"deal.product_line", "deal.region", "event.on"}),
        ("attainment(bookings, 2026-Q1)", {"attainment(bookings,2026-Q1)"}),
        ("streak(deal.closed, 2, months) or deal.closed", {"streak(deal.closed,2,months)", "deal.closed"}),
    ],
)
def test_an_expression_says_which_facts_it_may_look_at(text: str, reads: set[str]) -> None:
    assert compiled(text).reads == reads


def test_a_comparison_of_two_currencies_is_exact_at_the_rate_of_the_event_s_date() -> None:
    expression = compiled("deal.amount >= 71.23 CNY")
    dollars = {"deal.amount": Money.parse("10 USD"), "event.on": date(2026, 4, 1)}
    assert expression.holds(dollars)
    assert not compiled("deal.amount <= 71.23 CNY").holds(dollars)
    assert not compiled("deal.amount > 71.24 CNY").holds(dollars)


def test_a_streak_carries_the_condition_that_its_answer_needs() -> None:
    expression = compiled("streak(attainment(bookings, quarter) >= 100% and deal.closed, 2, quarters)")
    (streak,) = expression.histories
    assert (streak.function, streak.count, streak.unit) == ("streak", 2, "quarters")
    condition = expression.condition_of(streak)
    assert condition.reads == {"attainment(bookings,quarter)", "deal.closed"}
    assert condition.holds({"attainment(bookings,quarter)": Fraction(1), "deal.closed": True})
    (attainment,) = condition.histories
    assert (attainment.measure, attainment.period) == ("bookings", "quarter")
    assert expression.holds({streak.name: True}) and not expression.holds({streak.name: False})


def test_bare_names_work_where_the_caller_gives_them() -> None:
    bare = {name.removeprefix("activity."): fact for name, fact in FACTS.items() if name.startswith("activity.")}
    expression, problems = compile_expression('kind = "call" and outcome = "connected"', PLACE, bare, ENVIRONMENT)
    assert expression is not None and not problems
    assert expression.holds({"kind": "call", "outcome": "connected"})
    assert not expression.holds({"kind": "call"})


@pytest.mark.parametrize("text", ["1.2", "120%", "deal.margin / deal.amount", "deal.discount"])
def test_a_factor_is_a_number_or_a_percent(text: str) -> None:
    assert compiled(text, FACTOR)


def test_a_ratio_may_stand_for_a_percent() -> None:
    assert compiled("deal.margin / deal.amount", PERCENT).value(DEAL) == Fraction(1, 4)


def test_expressions_that_say_the_same_are_equal_wherever_they_stand() -> None:
    one, other = compiled("(deal.amount)>=5.00 CNY"), compiled("deal.amount >=   5 CNY")
    assert one == other and one.canonical == other.canonical == "deal.amount >= 5 CNY"
    assert one != compiled("deal.amount >= 5.01 CNY")


def test_periods_follow_the_environment_that_was_bound() -> None:
    assert PlainEnvironment().period("2026-W01").start == date(2025, 12, 29)
    assert PlainEnvironment().period("2026-12").end == date(2027, 1, 1)
