"""What moves a measure, up to where and over which time; what a clawback takes, of what, and how it is got back."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from engine.core.durations import Duration
from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.payouts import approve, differences, draft_run, payments, posted_by_line
from engine.core.incentives.repayments import Repayment, entry_of
from engine.core.incentives.windows import begun_since, plan_window, windows
from engine.core.money import Money
from engine.core.records import Credit, Receipt
from engine.core.rules.header import InForce
from engine.core.rules.plan import Clawback, Commission, Plan, ReleasePart
from tests.core.incentives.simple import (
    COMPANY,
    NEW_YEAR,
    PLACE,
    calculate,
    credit,
    credits,
    plan_of,
    table,
    total,
    undo,
)

F = Fraction
TWO_TIERS = table("marginal", [0, 100_00], [F(5, 100), F(10, 100)])


def changed(made: tuple[Plan, Commission], **rates: object) -> tuple[Plan, Commission]:
    """The same plan with other words about its rates."""
    plan, component = made
    component = replace(component, rates=replace(component.rates, **rates))  # type: ignore[arg-type]
    return replace(plan, components=(component,)), component


def cash(number: int, minor: int, day: int) -> Credit:
    """A credit of another name than what is paid on."""
    return replace(credit(number, minor, day), name="cash")


def earned(made: tuple[Plan, Commission], own: list[Credit], **named: object) -> list[int]:
    """What each line earns."""
    return [line.earned.minor for line in calculate(made, own, **named)]  # type: ignore[arg-type]


def test_what_is_paid_on_stands_where_another_credit_has_brought_the_measure() -> None:
    made = changed(plan_of(TWO_TIERS), position_of="cash")
    own = [credit(1, 1_000_00, 1), cash(2, 99_99, 2), credit(3, 1_000_00, 3), cash(4, 1, 4), credit(5, 1_000_00, 5)]
    assert earned(made, own) == [50_00, 50_00, 100_00]


def test_reaching_a_tier_re_rates_on_the_line_of_the_credit_that_only_measures() -> None:
    made = changed(plan_of(table("whole", [0, 100_00], [F(5, 100), F(10, 100)])), position_of="cash")
    lines = calculate(made, [credit(1, 1_000_00, 1), cash(2, 100_00, 2)])
    assert [(line.source, line.earned.minor) for line in lines] == [("credit-0001", 50_00), ("credit-0002", 50_00)]
    assert [slice.kind for slice in lines[1].slices] == ["rerated"]


@pytest.mark.parametrize(("method", "pays"), [("marginal", 15_00), ("whole", 15_00)])
def test_above_the_highest_attainment_nothing_counts(method: str, pays: int) -> None:
    rates = table(method, [0, 1], [F(10, 100), F(10, 100)], by="attainment")
    made = changed(plan_of(rates), highest=F(3, 2))
    assert earned(made, [credit(1, 100_00, 1), credit(2, 60_00, 2), credit(3, 10_00, 3)], quota=100_00) == [
        10_00,
        5_00,
        0,
    ]
    assert total(calculate(made, credits([500_00]), quota=100_00)) == pays


def test_a_weighed_credit_moves_more_than_it_is_paid_on() -> None:
    own = [replace(credit(1, 80_00, 1), weight=F(5, 4)), credit(2, 10_00, 2)]
    assert earned(plan_of(TWO_TIERS), own) == [4_00, 1_00]


def test_a_weighed_credit_that_crosses_is_split_by_the_way_it_goes() -> None:
    # 160 of the measure for 80 of money: 100 below the edge are 50 of money at 5 %, 60 above are 30 at 10 %.
    assert earned(plan_of(TWO_TIERS), [replace(credit(1, 80_00, 1), weight=F(2))]) == [2_50 + 3_00]


def test_a_shared_payout_counts_whole_and_pays_its_part() -> None:
    own = [replace(credit(1, 100_00, 1), pays=F(30, 100)), credit(2, 10_00, 2)]
    assert earned(plan_of(TWO_TIERS), own) == [1_50, 1_00]


@pytest.mark.parametrize(
    ("start", "end", "id"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), "2026"),
        (date(2026, 4, 1), date(2026, 7, 1), "2026-Q2"),
        (date(2026, 2, 1), date(2026, 12, 1), "2026-02-01/2026-12-01"),
    ],
)
def test_a_plan_s_window_is_the_period_of_its_days_where_there_is_one(start: date, end: date, id: str) -> None:
    plan = plan_of(TWO_TIERS)[0]
    plan = replace(plan, header=replace(plan.header, in_force=InForce(start, end)))
    window = plan_window(plan, COMPANY)
    assert (window.id, window.start, window.end) == (id, start, end)
    assert windows([start, end.replace(day=1) - (end - start) / 2], "plan", COMPANY, plan) == (window,)
    assert list(begun_since(start, date(2030, 1, 1), "plan", COMPANY)) == []


def test_the_windows_begun_since_end_with_the_day_that_is_looked_at() -> None:
    found = [window.id for window in begun_since(date(2026, 1, 15), date(2026, 4, 1), "month", COMPANY)]
    assert found == ["2026-02", "2026-03", "2026-04"]


def taking(**words: object) -> Clawback:
    """A clawback of all within 100 days, exactly what was earned."""
    plain = Clawback("deal.cancelled", Duration.parse("100 days"), F(1), "kept", "exact", PLACE)
    return replace(plain, **words)  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "kept"), [(1, 0), (26, 250), (51, 500), (101, 1000)])
def test_a_tapering_share_falls_evenly_to_nothing(day: int, kept: int) -> None:
    made = plan_of(table("marginal", [0], [F(1, 10)]), clawback=taking(tapers=True))
    assert earned(made, [undo(credit(1, 100_00, 1), day)]) == [kept]


def test_of_what_was_paid_only_the_released_part_is_taken_and_the_held_part_lapses() -> None:
    half = ReleasePart(F(1, 2), "payment.received", True, PLACE)
    made = plan_of(
        table("marginal", [0], [F(1, 10)]), clawback=taking(of="paid", share=F(1, 2)),
        release=(ReleasePart(F(1, 2), "deal.won", False, PLACE), half),
    )  # fmt: skip
    paid = Receipt("r", "payment", "D1", Money(40_00, "CNY"), date(2026, 1, 10), NEW_YEAR)
    late = Receipt("s", "payment", "D1", Money(60_00, "CNY"), date(2026, 3, 10), NEW_YEAR)
    progress = {"D1": DealProgress("D1", Money(100_00, "CNY"), (paid, late), {"deal.won": date(2026, 1, 2)})}
    (line,) = calculate(made, [undo(credit(1, 100_00, 1), 30)], progress=progress)
    # 10.00 earned, half and 40 % of the other half released when it was cancelled: 7.00; half of that goes.
    assert (line.earned.minor, line.released.minor, line.held.minor, line.taken_back.minor) == (350, 350, 0, 650)


def test_what_a_payee_owes_is_deducted_from_nothing_and_what_comes_back_is_not_paid_out() -> None:
    made = plan_of(table("marginal", [0], [F(1, 10)]), clawback=taking(settled="receivable"))
    own = [credit(1, 100_00, 1), credit(2, 50_00, 40)]
    first, entries = draft_run("2026-01", "", differences(calculate(made, own[:1]), {}, "2026-01"), "r", "a", NEW_YEAR)
    paid = payments(entries, first)
    assert [entry.amount.minor for entry in paid] == [10_00]
    later = calculate(made, [undo(own[0], 35), own[1]])
    book = (*entries, *paid)
    second, more = draft_run(
        "2026-02", first.id, differences(later, posted_by_line(book), "2026-02"), "r", "a", NEW_YEAR
    )
    assert {entry.reason for entry in more} == {"receivable", "earned", "released"}
    assert [entry.amount.minor for entry in payments((*book, *more), second)] == [5_00], "nothing is netted"
    given = Repayment(
        "r", "ann", Money(10_00, "CNY"), "TRF-1", date(2026, 2, 3), "", "finance", NEW_YEAR, decided_by="b"
    )
    back = entry_of(given, "2026-02", "2026-02")
    whole = (*book, *more, *payments((*book, *more), second), back)
    assert payments(whole, approve(second, "b", NEW_YEAR)) == ()  # type: ignore[arg-type]


def test_a_netted_clawback_waits_for_later_pay() -> None:
    made = plan_of(table("marginal", [0], [F(1, 10)]), clawback=taking())
    own = [credit(1, 100_00, 1), credit(2, 50_00, 40)]
    first, entries = draft_run("2026-01", "", differences(calculate(made, own[:1]), {}, "2026-01"), "r", "a", NEW_YEAR)
    book = (*entries, *payments(entries, first))
    later = calculate(made, [undo(own[0], 35), own[1]])
    second, more = draft_run(
        "2026-02", first.id, differences(later, posted_by_line(book), "2026-02"), "r", "a", NEW_YEAR
    )
    assert payments((*book, *more), second) == ()
