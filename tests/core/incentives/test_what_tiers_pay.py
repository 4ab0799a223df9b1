"""Worked examples of what the texts had left open: fixed amounts beside rates, the highest attainment, an empty taper."""

from dataclasses import replace
from fractions import Fraction

import pytest

from engine.core.durations import Duration
from engine.core.money import Money
from engine.core.records import Credit
from engine.core.rules.plan import Clawback, Commission, Limit, Plan, RateTable, Tier
from tests.core.incentives.simple import PLACE, calculate, credit, credits, plan_of, table, undo

F = Fraction
TENTH, ALL = F(1, 10), F(1)


def mixed(*tiers: tuple[int, int | Fraction]) -> RateTable:
    """A table of the method whole: a number is a fixed amount in minor units, a fraction a rate."""
    made = (
        Tier(F(start), what if isinstance(what, F) else None, None if isinstance(what, F) else Money(what, "CNY"), None, PLACE)
        for start, what in tiers
    )  # fmt: skip
    return RateTable("amount", None, "whole", "split", tuple(made), None, PLACE)


def back(
    *, share: Fraction = ALL, attainment: str = "reversed", through: str = "from_top", within: str = ""
) -> Clawback:
    """A clawback; with a time it tapers over it."""
    return Clawback(
        "deal.cancelled", Duration.parse(within) if within else None, share, attainment, through, PLACE, bool(within)
    )


def earned(made: tuple[Plan, Commission], own: list[Credit], quota: int | None = None) -> list[int]:
    """What each credit's line earns."""
    return [line.earned.minor for line in calculate(made, own, quota=quota)]


FIXED_FIRST = mixed((0, 20), (100, TENTH))
FIXED_ABOVE = mixed((0, TENTH), (100, 50), (200, TENTH))


@pytest.mark.parametrize(
    ("amounts", "lines"), [([60], [20]), ([60, 39], [20, 0]), ([60, 40], [20, -10]), ([60, 140], [20, 0])]
)
def test_a_fixed_amount_stands_for_everything_until_a_tier_with_a_rate_is_reached(
    amounts: list[int], lines: list[int]
) -> None:
    assert earned(plan_of(FIXED_FIRST), credits(amounts)) == lines


def test_between_two_rates_the_fixed_amount_is_all_there_is() -> None:
    assert earned(plan_of(FIXED_ABOVE), credits([90, 10, 50, 50])) == [9, 41, 0, -30]


def test_exactly_what_a_fixed_amount_came_to_goes_whatever_the_factor_and_the_bounds_of_the_credit_that_passes_it() -> (
    None
):
    own = credits([60, 140], [F(2), F(1)])
    assert earned(plan_of(FIXED_FIRST, multiply="factor"), own) == [40, 26 - 40]
    assert earned(plan_of(FIXED_FIRST, per_deal=Limit(Money(12, "CNY"))), own) == [12, 18 - 12]


def test_a_sale_that_leaves_from_the_top_brings_the_fixed_amount_back() -> None:
    own = credits([60, 140])
    assert earned(plan_of(FIXED_FIRST, clawback=back()), [own[0], undo(own[1], 9)]) == [20, 0]


def test_what_an_exact_clawback_took_of_a_fixed_amount_is_not_taken_twice() -> None:
    first, second = credits([60, 140])
    assert earned(plan_of(FIXED_FIRST, clawback=back(through="exact")), [undo(first, 0), second]) == [0, 14]


LIMITED = replace(table("whole", [0, 1], [TENTH, F(1, 5)], by="attainment"), highest=F(1))


def test_a_sale_that_leaves_from_the_top_lets_count_what_lay_above_the_highest() -> None:
    first, second = credits([80, 60])
    assert earned(plan_of(LIMITED), [first, second], 100) == [8, 12]
    # 60 are left, all of them counted now: 10 % of 60.
    assert sum(earned(plan_of(LIMITED, clawback=back()), [undo(first, 9), second], 100)) == 6


RISING = replace(table("whole", [0, F(3, 5), 1], [TENTH, F(1, 5), F(3, 10)], by="attainment"), highest=F(1))


def test_an_exact_clawback_takes_all_that_counted_of_a_sale_and_lets_nothing_in() -> None:
    # Of the second 20 count, at 30 %, and it lifts the first by 8. With the first gone the third falls to 20 %: its own 6,
    # and 10 % less of the 20; the 40 that had lain above the limit are rated nowhere.
    first, second = credits([80, 60])
    made = plan_of(RISING, clawback=back(through="exact"))
    assert earned(made, [undo(first, 1), second, credit(2, 30)], 100) == [0, 14, 4]


def test_where_the_attainment_is_kept_only_what_counted_of_a_sale_is_no_longer_rated() -> None:
    # The return takes 10 of what counts, at 20 %, and 10 % of the first sale's 80; of the second there is nothing to lower.
    first, second = credits([80, 60])
    made = plan_of(RISING, clawback=back(attainment="kept"))
    assert earned(made, [first, undo(second, 1), credit(2, -50)], 100) == [16, 0, -10]


TAPER = back(within="10 days")


@pytest.mark.parametrize(
    ("rates", "pays", "above"),
    [
        (table("marginal", [0, 100], [TENTH, F(1, 5)]), 10, 20),
        (table("whole", [0, 100], [TENTH, F(1, 5)]), 20, 20),
        (table("flat", [0, 100], flats=[5, 50]), 50, 0),
    ],
)
def test_a_clawback_that_has_tapered_to_nothing_leaves_the_money_and_reverses_the_attainment(
    rates: RateTable, pays: int, above: int
) -> None:
    first, again = undo(credit(0, 100), 10), credit(11, 100)
    assert earned(plan_of(rates, clawback=TAPER), [first, again]) == [pays, pays]
    # A day later nothing happens any more, and the second comes on top of the first.
    assert earned(plan_of(rates, clawback=TAPER), [replace(first, undone_on=again.on), again]) == [pays, above]
