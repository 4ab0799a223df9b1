"""Every feature, in English and Chinese, against the sample's real rule files; and proof that a feature can fail."""

from datetime import datetime

import pytest
from pytest_bdd import scenarios

from engine.core.money import Money
from tests.steps import STEPS, answers, deals, pay, texts
from tests.steps.readings import ZONE, WrongSpelling, moment, money
from tests.steps.story import Story

pytest_plugins = ["tests.steps.story", *STEPS]

scenarios(".")

_COLLECTED = sum(name.startswith("test_") for name in list(globals()))
_DAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)


def test_every_scenario_is_collected() -> None:
    written = sum(len(texts.scenarios(file)) for language in texts.LANGUAGES for file in texts.files(language))
    assert written == _COLLECTED
    known = {file for language in texts.LANGUAGES for file in texts.files(language)}
    assert set(texts.FEATURES.rglob("*.feature")) == known


def test_a_wrong_amount_fails(story: Story) -> None:
    pay.has_quota(story, "chen-wei", Money.parse("100,000.00 CNY"), "2026-Q1")
    deals.wins(story, _DAY, "chen-wei", "Kiln", Money.parse("50,000.00 CNY"))
    pay.draft(story, "2026-03", pay.CALCULATES)
    pay.has_earned(story, "chen-wei", Money.parse("1,500.00 CNY"))
    with pytest.raises(AssertionError, match=r"1,500\.00 CNY"):
        pay.has_earned(story, "chen-wei", Money.parse("1,500.01 CNY"))


def test_a_refusal_that_nobody_speaks_of_fails(story: Story) -> None:
    deals.opens(story, _DAY, "chen-wei", "Kiln", Money.parse("50,000.00 CNY"))
    deals.moves(story, _DAY, "chen-wei", "Kiln", "Qualified")
    with pytest.raises(AssertionError, match="Record the customer's budget"):
        pay.draft(story, "2026-03", pay.CALCULATES)


def test_a_refusal_with_another_reason_fails(story: Story) -> None:
    deals.opens(story, _DAY, "chen-wei", "Kiln", Money.parse("50,000.00 CNY"))
    deals.moves(story, _DAY, "chen-wei", "Kiln", "Qualified")
    with pytest.raises(AssertionError, match="Speak to the customer once"):
        deals.is_missing(story, [["Record the customer's budget", "pipelines/standard.yaml"]])


def test_what_others_may_not_see_fails_when_it_is_shown(story: Story) -> None:
    deals.wins(story, _DAY, "chen-wei", "Kiln", Money.parse("50,000.00 CNY"))
    pay.draft(story, "2026-03", pay.CALCULATES)
    answers.asks_pay(story, "chen-wei", "chen-wei", "Kiln")
    with pytest.raises(AssertionError, match="was told"):
        answers.no_answer(story, "chen-wei")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("50000 CNY", "50,000.00 CNY"),
        ("50,000 CNY", "50,000.00 CNY"),
        ("5万 CNY", "50,000.00 CNY"),
        ("50,000.00", "1,234.50 CNY"),
        ("50,000.001 CNY", "1,234.50 CNY"),
    ],
)
def test_money_that_is_written_otherwise_is_refused_with_the_right_spelling(written: str, right: str) -> None:
    with pytest.raises(WrongSpelling, match=right):
        money(written)


@pytest.mark.parametrize("written", ["2026-03-14", "14.3.2026", "March 14 2026", "2026年03月14日"])
def test_a_date_that_is_written_otherwise_is_refused_with_the_right_spelling(written: str) -> None:
    with pytest.raises(WrongSpelling, match="14 March 2026 / 日期写作 2026年3月14日"):
        moment(written)
