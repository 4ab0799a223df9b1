"""Every mistake in an expression: its code, its place, and its full text in both languages.

The texts stand in `messages/<code>.txt`. To renew them after a deliberate change, run these tests with
UPDATE_MESSAGES=1 and read the difference.
"""

import os
from pathlib import Path

import pytest

from engine.core.durations import Duration
from engine.core.formulas import EvaluationError
from engine.core.problem_texts import PROBLEM_TEXTS
from engine.core.problems import Problem
from engine.core.texts.expressions import EXPRESSION_TEXTS
from engine.core.texts.values import VALUE_TEXTS
from engine.language import CONDITION, FACTOR, MONEY, Expectation
from tests.language.world import DEAL, PLACE, compiled, problems_of

MESSAGES = Path(__file__).parent / "messages"

MISTAKES: tuple[tuple[str, str, int, int], ...] = (
    ("R100", "", 0, 1),
    ("R100", "   ", 0, 1),
    ("R101", "deal.amount > 5 CNY; deal.closed", 19, 1),
    ("R102", "deal.amount ＞ 5 CNY", 12, 2),
    ("R102", "deal.stage = “lead”", 13, 6),
    ("R102", "deal.discount > 10％", 18, 2),
    ("R102", 'deal.kind in ["new"，"renewal"]', 19, 2),
    ("R102", "deal.amount ≥ 5 CNY", 12, 1),
    ("R103", 'deal.stage == "lead"', 11, 2),
    ("R103", "deal.closed && deal.contract_signed", 12, 2),
    ("R103", "deal.closed || deal.contract_signed", 12, 2),
    ("R103", 'deal.stage <> "lead"', 11, 2),
    ("R103", "deal.amount => 5 CNY", 12, 2),
    ("R103", "deal.closed AND deal.contract_signed", 12, 3),
    ("R103", "deal.closed 或者 deal.contract_signed", 12, 4),
    ("R103", "deal.closed = yes", 14, 3),
    ("R103", "!deal.closed", 0, 1),
    ("R104", "deal.stage = 'lead'", 13, 6),
    ("R105", 'deal.stage = "lead', 13, 5),
    ("R105", 'deal.stage = "lead”', 13, 6),
    ("R106", "deal.amount >= 100,000 CNY", 15, 7),
    ("R107", "deal.amount >= ¥100", 15, 4),
    ("R107", "deal.amount >= 100万元", 15, 7),
    ("R108", "金额 >= 100 CNY", 0, 4),
    ("R109", "deal.closed　or deal.contract_signed", 11, 2),
    ("R110", "deal.amount >", 13, 1),
    ("R110", "deal.closed and", 15, 1),
    ("R111", "(deal.closed or deal.contract_signed", 36, 1),
    ("R111", "max(1, 2", 8, 1),
    ("R112", "and deal.closed", 0, 3),
    ("R112", "deal.amount > > 5 CNY", 14, 1),
    ("R113", "deal.closed deal.contract_signed", 12, 20),
    ("R113", "deal.closed)", 11, 1),
    ("R119", "1 + if deal.closed then 1 else 2", 4, 2),
    ("R114", "1 < deal.connected_calls < 5", 25, 1),
    ("R115", "deal.closed or " * 300 + "deal.closed", 0, 1),
    ("R116", "not " * 45 + "deal.closed", 0, 1),
    ("R117", "deal.connected_calls in [" + "1," * 450 + "1]", 0, 1),
    ("R119", "deal.closed = not deal.closed", 14, 3),
    ("R118", "if deal.closed then 1", 21, 1),
    ("R120", "deal.amout > 5 CNY", 0, 10),
    ("R121", "zzz.qqq = 1", 0, 7),
    ("R122", "deal.kind = new", 12, 3),
    ("R122", 'deal.kind in ["new", renewal]', 21, 7),
    ("R123", "maxx(1, 2)", 0, 10),
    ("R124", "days_between(deal.won_on)", 0, 25),
    ("R125", "lookup(commision-rate)", 7, 14),
    ("R126", "attainment(booking, 2026-Q1) > 50%", 11, 7),
    ("R127", "deal.won_on in 2025-W53", 15, 8),
    ("R129", "attainment(bookings, now) > 50%", 21, 3),
    ("R130", 'deal.product_line = "sofware"', 20, 9),
    ("R130", 'deal.kind in ["new", "renewel"]', 21, 9),
    ("R130", 'deal.kind != "old"', 13, 5),
    ("R131", "deal.amount >= 100000", 0, 21),
    ("R131", "deal.amount + 5 > 5 CNY", 0, 15),
    ("R132", "deal.discount > 10", 0, 18),
    ("R132", "deal.list_price * (1 - deal.discount)", 19, 17),
    ("R133", "deal.amount + 5%", 0, 16),
    ("R134", "deal.amount * deal.margin", 0, 25),
    ("R134", "deal.won_on + deal.created_on", 0, 29),
    ("R135", "deal.stage = 5", 0, 14),
    ("R135", "deal.owner = deal.partner", 0, 25),
    ("R136", 'deal.stage > "lead"', 0, 19),
    ("R137", "deal.fee + 5 CNY", 0, 16),
    ("R137", "min(5 EUR, 5 CNY) > deal.fee", 11, 5),
    ("R138", "deal.amount and deal.closed", 0, 11),
    ("R139", "if deal.closed then 5% else 0", 0, 29),
    ("R140", 'deal.kind in "new"', 13, 5),
    ("R141", "deal.kind in []", 13, 2),
    ("R142", "deal.amount", 0, 11),
    ("R143", "days_between(deal.won_on, 5)", 26, 1),
    ("R144", "deal.won_on - deal.created_on > 3 business days", 0, 47),
    ("R145", "deal.won_on + 3 business days > deal.created_on", 0, 29),
    ("R146", "deal.amount / 0 > 5 CNY", 14, 1),
    ("R147", "deal.connected_calls between 5 and 1", 0, 36),
    ("R148", 'lookup(commission-rate, "service")', 0, 34),
    ("R149", "streak(deal.closed, 2, fortnights)", 0, 34),
    ("R150", '-deal.stage = "x"', 0, 11),
    ("R151", "deal.won_on - deal.created_on > 30", 0, 34),
    ("R152", "deal.won_on = 2026-Q1", 0, 21),
    ("R161", "deal.connected_calls > 1__0", 23, 4),
    ("R163", "deal.amount > 5 XAU", 14, 5),
    ("R163", "deal.amount > 5 cny", 16, 3),
    ("R164", "deal.amount > 0.001 CNY", 14, 9),
    ("R165", "deal.amount > 99_999_999_999_999 CNY", 14, 22),
    ("R167", "deal.won_on > 2026-02-30", 14, 10),
    ("R168", "event.at > 2026-03-31 25:00", 11, 16),
    ("R169", "deal.won_on in 2026-13", 15, 7),
    ("R170", "deal.won_on - deal.created_on > 3 dayz", 34, 4),
)
"""Code, expression, where the caret starts in it (0 is the first character), and how wide the caret is."""

EXPECTED: dict[str, Expectation] = {"R142": CONDITION}

NEVER_IN_AN_EXPRESSION = ("R160", "R162", "R166", "R171", "R172", "R173", "R174", "R175")
"""Codes of single values only: an expression names the same slip while it is read."""

FAILURES: tuple[tuple[str, str], ...] = (
    ("E080", "deal.amount > 5 USD"),
    ("E081", "deal.amount / (deal.connected_calls - 3) > 5 CNY"),
    ("E082", "deal.amount + 5 USD > 5 USD"),
    ("E083", "deal.fee > 5 CNY"),
    ("E084", 'lookup(commission-rate, "software", "north") > 5%'),
    ("E085", "deal.won_on - deal.created_on > deal.wait"),
    ("E086", "deal.won_on in deal.season"),
    ("E088", "deal.won_on - 99999 weeks - 99999 weeks > deal.won_on"),
)


def both_languages(problem: Problem) -> str:
    """A problem's full text."""
    return f"{problem.render('en')}\n\n{problem.render('zh')}\n"


def check_against_file(code: str, text: str) -> None:
    """The text is what the file of the code says; with UPDATE_MESSAGES=1 it is written there."""
    file = MESSAGES / f"{code}.txt"
    if os.environ.get("UPDATE_MESSAGES"):
        MESSAGES.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("code", "text", "start", "width"), MISTAKES)
def test_a_mistake_is_named_at_its_place(code: str, text: str, start: int, width: int) -> None:
    problems = problems_of(text, EXPECTED.get(code))
    assert [problem.code for problem in problems] == [code], [problem.render() for problem in problems]
    assert (problems[0].place, problems[0].width) == (PLACE.shifted(start), width)
    assert problems[0].excerpt.strip() == text.strip()


@pytest.mark.parametrize("code", sorted({mistake[0] for mistake in MISTAKES}))
def test_the_full_text_of_a_mistake_is_as_agreed(code: str) -> None:
    text = next(text for other, text, _, _ in MISTAKES if other == code)
    (problem,) = problems_of(text, EXPECTED.get(code))
    check_against_file(code, both_languages(problem))


@pytest.mark.parametrize(("code", "text"), FAILURES)
def test_what_cannot_be_evaluated_is_an_error_with_agreed_words(code: str, text: str) -> None:
    facts = dict(DEAL) | {"deal.season": "2026-W54"}
    if code == "E083":
        facts["event.on"] = None
    if code == "E085":
        facts["deal.wait"] = Duration.parse("3 business days")
    expression = compiled(text, CONDITION)
    with pytest.raises(EvaluationError) as caught:
        expression.holds(facts)
    error = caught.value
    assert (error.code, error.place and error.place.file) == (code, PLACE.file)
    assert expression.trace(facts).note == "error"
    check_against_file(code, both_languages(Problem(error.code, error.place or PLACE, error.params)))


def test_every_code_of_expressions_has_an_example() -> None:
    shown = {mistake[0] for mistake in MISTAKES} | {failure[0] for failure in FAILURES} | set(NEVER_IN_AN_EXPRESSION)
    assert {text.code for text in EXPRESSION_TEXTS} == shown
    assert {text.code for text in VALUE_TEXTS} <= PROBLEM_TEXTS.keys()


def test_all_mistakes_of_one_expression_are_told_at_once() -> None:
    problems = problems_of('deal.amout > 5 CNY and deal.discount == 10 or deal.kind = "old" and deal.amount ＞ 5')
    assert [problem.code for problem in problems] == ["R120", "R132", "R103", "R130", "R131", "R102"]
    assert [problem.place.column - PLACE.column for problem in problems] == [0, 23, 37, 58, 68, 80]


def test_a_mistake_on_a_later_line_is_placed_there() -> None:
    (problem,) = problems_of("deal.closed\n  and deal.amout > 5 CNY")
    assert (problem.place.line, problem.place.column) == (PLACE.line + 1, 7)
    assert problem.render().splitlines()[1:3] == ["      and deal.amout > 5 CNY", "          ^^^^^^^^^^"]


def test_a_part_with_a_mistake_silences_what_rests_on_it() -> None:
    assert [problem.code for problem in problems_of("(deal.amout + 5) * 2 > deal.amount + 5%")] == ["R120", "R133"]


@pytest.mark.parametrize(
    ("text", "expect", "wanted"),
    [("deal.amount * 2", CONDITION, "yes or no"), ("deal.closed", MONEY, "money"), ("deal.won_on", FACTOR, "a number")],
)
def test_the_place_of_an_expression_says_what_it_must_give(text: str, expect: Expectation, wanted: str) -> None:
    (problem,) = problems_of(text, expect)
    assert problem.code == "R142" and wanted in problem.message("en")
