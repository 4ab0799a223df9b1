"""Days that are counted on, and what a plan may ask of whom it pays."""

from datetime import date

import pytest

from engine.core.durations import Duration
from engine.core.formulas import EvaluationError
from engine.core.incentives.adjustments import later
from engine.core.incentives.explain import arithmetic
from engine.core.incentives.payees import payee_facts, pays
from engine.core.problem_texts import PROBLEM_TEXTS
from engine.core.records import Partner, Person, PersonVersion
from tests.core.incentives.simple import calculate, credits, plan_of, table
from tests.core.incentives.test_owed import plan
from tests.core.incentives.world import rulebook


@pytest.mark.parametrize(
    ("duration", "day"),
    [("90 days", date(2026, 5, 1)), ("2 weeks", date(2026, 2, 14)), ("1 month", date(2026, 2, 28)), ("2 years", date(2028, 1, 31))],
)  # fmt: skip
def test_so_much_later_by_the_calendar(duration: str, day: date) -> None:
    assert later(date(2026, 1, 31), Duration.parse(duration)) == day


def test_business_time_is_refused_by_name() -> None:
    with pytest.raises(EvaluationError) as error:
        later(date(2026, 1, 31), Duration.parse("3 business days"))
    assert error.value.code == "E064"


def test_a_plan_pays_whom_its_condition_names_while_they_are_there() -> None:
    (asked,), (everybody,) = (
        rulebook(plan=text).plans for text in (plan(), plan().replace('pays: owner.role = "account_executive"\n', ""))
    )
    ann = Person(
        "ann",
        "Ann",
        joined_on=date(2026, 2, 1),
        versions=(PersonVersion(date(2026, 2, 1), "account_executive", team="east"),),
    )
    assert payee_facts(ann, date(2026, 2, 1))["owner.team"] == "east"
    assert [pays(asked, ann, date(2026, month, 1)) for month in (1, 2)] == [False, True]
    orient = Partner("orient", "Orient", date(2026, 1, 1), "partner")
    assert payee_facts(orient, date(2026, 2, 1))["partner.channel"] == "partner"
    assert not pays(asked, orient, date(2026, 2, 1)) and not pays(everybody, orient, date(2026, 2, 1))


def test_fixed_amounts_units_and_parts_of_tiers_are_told_as_arithmetic() -> None:
    (line,) = calculate(plan_of(table("marginal", [0, 10_00], flats=[5_00, 7_00])), credits([20_00]))
    assert arithmetic(line) == "5.00 + 7.00 = 12.00 CNY"
    (line,) = calculate(plan_of(table("interpolated", [0, 10_00], flats=[5_00, 0])), credits([4_00]))
    assert arithmetic(line) == "40% × 5.00 = 2.00 CNY"


@pytest.mark.parametrize("code", [code for code in PROBLEM_TEXTS if "E054" <= code <= "E079"])
def test_the_words_of_each_refusal_of_pay_are_there_in_both_languages(code: str) -> None:
    words = PROBLEM_TEXTS[code]
    assert all((words.en, words.zh, words.remedy_en, words.remedy_zh))
    assert words.en != words.zh and any(letter >= "一" for letter in words.zh)
