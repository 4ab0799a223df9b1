"""Customers' answers in a scorecard: the share of the satisfied, once enough have answered; else the rule's word."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from engine.core.incentives.score_facts import KnownOf, result_of
from engine.core.incentives.scored import Scored
from engine.core.periods import parse_period
from engine.core.records import Answer, Person, PersonVersion
from tests.core.workflow.story import rules

CARD = """
scorecard: reps
title: {en: Reps, zh: 代表}
scores: owner.role = "rep"
period: quarter
kpis:
  - kpi: csat
    title: {en: Satisfied customers, zh: 客户满意率}
    weight: 40%
    value: owner.csat
    min_responses: 3
    scoring: {linear: {from: 0%, to: 100%, floor: 0, ceiling: 100}}
    without_data: WITHOUT
  - kpi: answers
    title: {en: Answers, zh: 评价数}
    weight: 60%
    value: owner.csat_answers
    scoring: {linear: {from: 0, to: 10, floor: 0, ceiling: 100}}
"""


def result(answers: str, without: str = "exclude", first: date = date(2026, 1, 5)) -> Scored:
    """The card after such answers, `+` satisfied and `-` not, all on one day."""
    book = rules(CARD.replace("WITHOUT", without))
    at = datetime(2026, 1, 5, tzinfo=UTC)
    told = [
        Answer(f"T-{number}", "wei", "A-1", first, at, f"e/{number}", Fraction(4), sign == "+")
        for number, sign in enumerate(answers)
    ]
    wei = Person("wei", "Wei", versions=(PersonVersion(date(2020, 1, 1), role="rep"),))
    known = KnownOf((), (), (), date(2026, 3, 31), told)
    return result_of(book.scorecards[0], wei, known, parse_period("2026-Q1", book.company), book)


def test_the_share_of_the_satisfied_is_the_value() -> None:
    csat, number = result("++-+").kpis
    assert (csat.value, csat.points, csat.weighted) == (Fraction(3, 4), 75, 30)
    assert (number.value, number.points) == (4, 40)


@pytest.mark.parametrize(
    ("without", "share", "weighted", "other"), [("exclude", 0, 0, 20), ("par", Fraction(2, 5), 40, 12)]
)
def test_too_few_answers_say_nothing(without: str, share: Fraction, weighted: int, other: int) -> None:
    csat, number = result("+-", without).kpis
    assert (csat.value, csat.share, csat.weighted) == (None, share, weighted)
    assert number.weighted == other


def test_just_enough_are_enough() -> None:
    assert result("++-").kpis[0].value == Fraction(2, 3)


def test_answers_of_another_period_do_not_count() -> None:
    assert result("+++", first=date(2026, 4, 1)).kpis[0].value is None
    assert result("+++", first=date(2026, 3, 31)).kpis[0].value == 1
