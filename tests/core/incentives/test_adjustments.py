"""Days that are counted on, and what a plan may ask of whom it pays."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from engine.core.durations import Duration
from engine.core.formulas import EvaluationError
from engine.core.incentives.adjustments import (
    DealProgress,
    Undoing,
    bounded,
    capped,
    later,
    progress_of,
    released,
    released_share,
    undoing,
)
from engine.core.incentives.explain import arithmetic
from engine.core.incentives.payees import payee_facts, pays
from engine.core.money import Money, Rounding
from engine.core.problem_texts import PROBLEM_TEXTS
from engine.core.records import Deal, Partner, Person, PersonVersion, Receipt
from engine.core.rules.plan import Clawback, Limit, ReleasePart
from tests.core.incentives.simple import NEW_YEAR, PLACE, calculate, credit, credits, plan_of, table, undo
from tests.core.incentives.test_owed import plan
from tests.core.incentives.world import rulebook

F = Fraction


@pytest.mark.parametrize(
    ("duration", "day"),
    [("90 days", date(2026, 5, 1)), ("2 weeks", date(2026, 2, 14)), ("1 month", date(2026, 2, 28)), ("2 years", date(2028, 1, 31))],
)  # fmt: skip
def test_so_much_later_by_the_calendar(duration: str, day: date) -> None:
    assert later(date(2026, 1, 31), Duration.parse(duration)) == day


def test_business_time_is_refused_by_name() -> None:
    with pytest.raises(EvaluationError) as error:
        later(date(2026, 1, 31), Duration.parse("3 business days"))
    assert (error.value.code, error.value.params, error.value.place) == ("E064", {"duration": "3 business days"}, None)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2026-12-31", 1, "2027-01-31"), ("2026-11-30", 1, "2026-12-30"), ("2026-01-01", 11, "2026-12-01"),
     ("2026-01-31", 13, "2027-02-28"), ("2027-10-31", 4, "2028-02-29"), ("2026-05-05", 3, "2026-08-05")],
)  # fmt: skip
def test_months_later_over_the_end_of_a_year(day: str, months: int, then: str) -> None:
    assert later(date.fromisoformat(day), Duration.parse(f"{months} months")) == date.fromisoformat(then)


def cny(minor: int) -> Money:
    """An amount in fen."""
    return Money(minor, "CNY")


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (None, [0, 1, -1, 9, -9]),
        (Limit(), [0, 1, -1, 9, -9]),
        (Limit(cny(4)), [0, 1, -1, 4, -4]),
        (Limit(None, cny(3)), [0, 3, -3, 9, -9]),
        (Limit(cny(4), cny(3)), [0, 3, -3, 4, -4]),
    ],
)
def test_an_amount_stays_within_its_bounds_in_both_directions(limit: Limit | None, expected: list[int]) -> None:
    assert [bounded(F(amount), limit) for amount in (0, 1, -1, 9, -9)] == expected
    assert bounded(F(7, 2), Limit(cny(4), cny(3))) == F(7, 2)


def test_a_running_total_is_at_most_the_cap() -> None:
    assert [capped(F(9), cap) for cap in (None, Limit(), Limit(None, cny(20)), Limit(cny(8)), Limit(cny(10)))] == [
        9, 9, 9, 8, 9,
    ]  # fmt: skip
    assert capped(F(-9), Limit(cny(8))) == -9


def clawback(**changes: object) -> Clawback:
    """A clawback of everything on cancellation."""
    made = Clawback("deal.cancelled", None, F(1), "reversed", "from_top", PLACE)
    return replace(made, **changes)


SUMMER = date(2026, 12, 31)


def test_what_is_not_undone_by_the_day_stands() -> None:
    assert undoing(credit(0, 1), clawback(), SUMMER) is None
    undone = undo(credit(0, 1), 9)
    assert undoing(undone, clawback(), date(2026, 1, 9)) is None
    assert undoing(undone, clawback(), date(2026, 1, 10)) == Undoing(date(2026, 1, 10), F(1), True, True)
    assert undoing(undone, None, SUMMER) is None
    assert undoing(undone, clawback(on="payment.failed"), SUMMER) is None
    assert undoing(replace(undone, undone_as=""), clawback(on="payment.failed"), SUMMER) is not None


def test_a_reopened_win_is_taken_out_whatever_the_clawback_says() -> None:
    undone = undo(credit(0, 1), 300, "deal.reopened")
    expected = Undoing(undone.undone_on, F(1), True, True, True, False, False)
    for policy in (None, clawback(share=F(1, 2), attainment="kept", within=Duration.parse("1 day"), of="paid")):
        assert undoing(undone, policy, SUMMER) == expected
    assert expected.void is True and undoing(undone, None, SUMMER).void is True


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (F(1), True, True, False, False, False)),
        ({"share": F(1, 3)}, (F(1, 3), True, True, False, False, False)),
        ({"attainment": "kept"}, (F(1), False, False, False, False, False)),
        ({"through_tiers": "exact"}, (F(1), True, False, False, False, False)),
        ({"of": "paid"}, (F(1), True, False, False, True, False)),
        ({"settled": "receivable"}, (F(1), True, True, False, False, True)),
    ],
)
def test_how_a_credit_is_taken_back_is_the_clawback_s_to_say(
    changes: dict[str, object], expected: tuple[object, ...]
) -> None:
    found = undoing(undo(credit(0, 1), 9), clawback(**changes), SUMMER)
    assert found is not None and found.on == date(2026, 1, 10)
    said = (found.share, found.reverses_attainment, found.from_top, found.void, found.of_paid, found.receivable)
    assert said == expected and all(type(one) is bool for one in said[1:])


@pytest.mark.parametrize(
    ("within", "day", "share"),
    [("100 days", 0, F(1)), ("100 days", 25, F(3, 4)), ("100 days", 99, F(1, 100)), ("100 days", 100, F(0)),
     ("100 days", 101, None), ("1 month", 10, F(21, 31)), ("0 days", 0, F(1))],
)  # fmt: skip
def test_a_tapering_share_falls_evenly_to_nothing(within: str, day: int, share: Fraction | None) -> None:
    for whole in (F(1), F(1, 2)):
        policy = clawback(within=Duration.parse(within), tapers=True, share=whole)
        found = undoing(undo(credit(0, 1), day), policy, SUMMER)
        assert (found and found.share) == (None if share is None else share * whole)
    steady = undoing(undo(credit(0, 1), day), clawback(within=Duration.parse(within)), SUMMER)
    assert (steady and steady.share) == (None if share is None else 1)
    for endless in (undoing(undo(credit(0, 1), day), clawback(tapers=True), SUMMER),):
        assert endless is not None and endless.share == 1


def part(
    share: Fraction, on: str = "", pro_rata: bool = False, after: str = "", day: date | None = None
) -> ReleasePart:
    """A part of a release."""
    return ReleasePart(share, on, pro_rata, PLACE, Duration.parse(after) if after else None, day)


def receipt(minor: int, day: int, kind: str = "payment", currency: str = "CNY") -> Receipt:
    """Money that moved on a day of January."""
    return Receipt(f"r{day}", kind, "D", Money(minor, currency), date(2026, 1, day), NEW_YEAR)


HALF, ALL = F(1, 2), F(1)
WON = DealProgress("D", cny(100), (receipt(40, 10), receipt(20, 20)), {"deal.won": date(2026, 1, 5)})


@pytest.mark.parametrize(
    ("parts", "by_day"),
    [
        ((), {1: F(1), 31: F(1)}),
        ((part(HALF, day=date(2026, 1, 15)),), {14: F(0), 15: HALF, 16: HALF}),
        ((part(HALF, "deal.won"),), {4: F(0), 5: HALF, 6: HALF}),
        ((part(HALF, "deal.won", after="10 days"),), {14: F(0), 15: HALF, 16: HALF}),
        ((part(HALF, "payment.received"),), {9: F(0), 10: HALF, 20: HALF}),
        ((part(HALF, "payment.received", after="5 days"),), {14: F(0), 15: HALF, 31: HALF}),
        ((part(HALF, "payment.received", True),), {9: F(0), 10: F(1, 5), 19: F(1, 5), 20: F(3, 10), 31: F(3, 10)}),
        ((part(HALF, "payment.received", True, "5 days"),), {14: F(0), 15: F(1, 5), 24: F(1, 5), 25: F(3, 10)}),
        ((part(HALF, "invoice.issued"), part(HALF, "deal.lost")), {31: F(0)}),
        ((part(HALF, "deal.won"), part(F(1, 4), "payment.received", True)), {4: F(0), 5: HALF, 10: F(3, 5)}),
        ((part(ALL, "deal.won"), part(HALF, "payment.received")), {5: F(1), 31: F(1)}),
    ],
)
def test_how_much_is_released_by_a_day(parts: tuple[ReleasePart, ...], by_day: dict[int, Fraction]) -> None:
    for day, share in by_day.items():
        found = released_share(parts, WON, date(2026, 1, day))
        assert found == share and isinstance(found, Fraction)
    if parts:
        alone = part(HALF, day=date(2026, 1, 1))
        assert released_share((*parts, alone), None, date(2026, 1, 1)) == HALF


@pytest.mark.parametrize(
    ("on", "kind"),
    [("payment.received", "payment"), ("invoice.issued", "invoice"), ("credit_note.issued", "credit_note")],
)
def test_each_event_waits_for_its_own_kind_of_receipt(on: str, kind: str) -> None:
    for other in ("payment", "invoice", "credit_note"):
        there = DealProgress("D", cny(100), (receipt(10, 2, other),))
        for pro_rata, share in ((False, F(1)), (True, F(1, 10))):
            found = released_share((part(ALL, on, pro_rata),), there, date(2026, 1, 2))
            assert found == (share if other == kind else 0)


@pytest.mark.parametrize(
    ("whole", "paid", "share"),
    [(100, [1], F(1, 100)), (100, [60, 70], F(1)), (100, [60, -20], F(2, 5)), (100, [-5], F(0)), (0, [1], F(1)),
     (-100, [1], F(1)), (1, [0], F(0)), (1, [1], F(1)), (2, [1], HALF), (None, [50], F(0)), (0, [], F(0))],
)  # fmt: skip
def test_the_proportion_paid_is_between_nothing_and_all(whole: int | None, paid: list[int], share: Fraction) -> None:
    receipts = tuple(receipt(minor, 2) for minor in paid)
    there = DealProgress("D", None if whole is None else cny(whole), receipts)
    found = released_share((part(ALL, "payment.received", True),), there, date(2026, 1, 2))
    assert found == share and isinstance(found, Fraction)
    assert released_share((part(HALF, "payment.received", True),), there, date(2026, 1, 2)) == share / 2


def test_a_payment_in_another_currency_is_named() -> None:
    there = DealProgress("D", cny(100), (receipt(1, 2), receipt(7_00, 3, currency="USD")))
    assert released_share((part(ALL, "payment.received", True),), there, date(2026, 1, 2)) == F(1, 100)
    with pytest.raises(EvaluationError) as error:
        released_share((part(ALL, "payment.received", True),), there, date(2026, 1, 3))
    assert error.value.params == {"deal": "D", "found": "7.00 USD", "expected": "CNY"}
    assert (error.value.code, error.value.place) == ("E061", None)


def test_what_is_released_is_rounded_by_the_plan_s_rule() -> None:
    assert [released(cny(5), HALF, mode) for mode in Rounding] == [cny(3), cny(2), cny(2)]
    assert released(Money(-7, "JPY"), F(1, 3), Rounding.HALF_UP) == Money(-2, "JPY")
    assert released(cny(5), F(1), Rounding.DOWN) == cny(5)


def test_the_progress_of_a_deal_is_what_its_records_tell() -> None:
    deal = Deal(
        "D", "standard", "won", "won", NEW_YEAR, NEW_YEAR, NEW_YEAR, facts={"amount": cny(7)}, won_on=date(2026, 1, 5)
    )
    there = progress_of(deal, [receipt(1, 2)])
    assert there == DealProgress("D", cny(7), (receipt(1, 2),), {"deal.won": date(2026, 1, 5)})
    assert progress_of(replace(deal, won_on=None, facts={"amount": 7}), []) == DealProgress("D", None, (), {})
    assert progress_of(replace(deal, facts={}), []).amount is None


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
