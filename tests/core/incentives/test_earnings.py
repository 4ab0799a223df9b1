"""What one component pays in one window: tiers, bounds, gates, caps, releases and clawbacks, example by example."""

from datetime import date
from fractions import Fraction

import pytest

from engine.core.durations import Duration
from engine.core.formulas import EvaluationError
from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.earnings import carried_forward
from engine.core.incentives.explain import explain_line
from engine.core.incentives.lines import STEPS
from engine.core.money import Money, Rounding
from engine.core.records import Receipt
from engine.core.rules.plan import Clawback, Limit, ReleasePart
from tests.core.incentives.simple import PLACE, calculate, credit, credits, plan_of, table, total, undo

F = Fraction
ALL = F(1)
RISING = table("marginal", [0, 50_000_00, 100_000_00], [F(5, 100), F(8, 100), F(12, 100)])
WHOLE = table("whole", [0, 50_000_00, 100_000_00], [F(5, 100), F(8, 100), F(12, 100)])
TENTH = table("marginal", [0], [F(1, 10)])


def cny(minor: int) -> Money:
    """An amount in fen."""
    return Money(minor, "CNY")


def back(share: Fraction = ALL, attainment: str = "reversed", through: str = "from_top", within: str = "") -> Clawback:
    """A clawback on cancellation."""
    return Clawback("deal.cancelled", Duration.parse(within) if within else None, share, attainment, through, PLACE)


def earned(*args: object, **named: object) -> list[int]:
    """What each line earns, in fen."""
    return [line.earned.minor for line in calculate(*args, **named)]  # type: ignore[arg-type]


def test_the_deal_that_crosses_a_tier_is_split_exactly() -> None:
    lines = calculate(plan_of(RISING), credits([40_000_00, 20_000_00]))
    assert [line.earned for line in lines] == [cny(2_000_00), cny(500_00 + 800_00)]
    assert [(part.base, part.rate, part.amount) for part in lines[1].slices] == [
        (10_000_00, F(5, 100), 500_00), (10_000_00, F(8, 100), 800_00),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("crosses", "second"), [("split", 1_300_00), ("rate_before", 1_000_00), ("rate_including", 1_600_00)]
)
def test_the_crossing_deal_may_also_take_one_rate_for_the_whole(crosses: str, second: int) -> None:
    rates = table("marginal", [0, 50_000_00], [F(5, 100), F(8, 100)], crosses=crosses)
    assert earned(plan_of(rates), credits([40_000_00, 20_000_00])) == [2_000_00, second]


def test_reaching_a_threshold_exactly_is_reaching_the_upper_tier() -> None:
    assert earned(plan_of(WHOLE), credits([50_000_00])) == [4_000_00]
    assert earned(plan_of(WHOLE), credits([49_999_99])) == [2_500_00]


def test_whole_tiers_rerate_what_came_before_on_the_line_that_reaches_them() -> None:
    lines = calculate(plan_of(WHOLE), credits([40_000_00, 20_000_00]))
    assert [line.earned for line in lines] == [cny(2_000_00), cny(2_800_00)]
    own, again = lines[1].slices
    assert (again.kind, again.base, again.rate, again.amount) == ("rerated", 40_000_00, F(3, 100), 1_200_00)
    assert own.amount == 1_600_00


def test_rerating_keeps_each_deal_within_its_own_bound_and_at_its_own_factor() -> None:
    made = plan_of(WHOLE, per_deal=Limit(cny(2_500_00)), multiply="factor")
    lines = calculate(made, credits([40_000_00, 20_000_00], [F(2), F(1)]))
    assert [line.earned for line in lines] == [cny(4_000_00), cny(1_600_00 + 2 * 500_00)]


@pytest.mark.parametrize(
    ("limit", "rates", "worth"),
    [(Limit(at_most=cny(4_00)), (10, 5), 4_00), (Limit(at_least=cny(7_00)), (5, 10), 10_00 - 7_00 + 10_00)],
)
def test_a_bound_that_bears_on_what_is_rated_anew_is_told_in_words_of_its_own(
    limit: Limit, rates: tuple[int, int], worth: int
) -> None:
    """The sale before comes to another amount within the same bound, so more or less is left than of the difference."""
    made = plan_of(table("whole", [0, 150_00], [F(rate, 100) for rate in rates]), per_deal=limit)
    line = calculate(made, credits([100_00, 100_00]))[1]
    assert line.earned == cny(worth)
    assert {step.name: step.code for step in line.steps}["per_deal"] == "bounded"
    assert all("rated anew" in text for text in explain_line(line, "en") if text.startswith("Per deal"))
    assert any("重新计算的各笔" in text for text in explain_line(line, "zh"))


def test_flat_tiers_pay_the_reached_amount_once() -> None:
    rates = table("flat", [0, 10_00, 20_00], flats=[0, 100_00, 300_00])
    assert earned(plan_of(rates), credits([9_00, 1_00, 5_00, 6_00])) == [0, 100_00, 0, 200_00]


def test_interpolated_rates_lie_on_the_line_between_the_tiers() -> None:
    rates = table("interpolated", [0, 100_00], [F(0), F(10, 100)])
    assert earned(plan_of(rates), credits([50_00, 50_00, 100_00])) == [2_50, 7_50, 10_00]


def test_a_floor_lifts_what_earns_something_and_leaves_nothing_at_nothing() -> None:
    rates = table("marginal", [0, 100_00], [F(0), F(1, 100)])
    made = plan_of(rates, per_deal=Limit(None, cny(5_00)))
    assert earned(made, credits([100_00, 100_00])) == [0, 5_00]


def test_a_multiplier_that_is_not_set_pays_nothing_and_says_so() -> None:
    (line,) = calculate(plan_of(TENTH, multiply="scorecard.multiplier"), credits([100_00]))
    assert line.earned == cny(0)
    assert next(step for step in line.steps if step.name == "multiply").code == "not_set"
    (line,) = calculate(
        plan_of(TENTH, multiply="scorecard.multiplier"), credits([100_00]), facts={"scorecard.multiplier": F(3, 2)}
    )
    assert line.earned == cny(15_00)


def test_a_gate_from_the_first_pays_all_or_nothing() -> None:
    made = plan_of(TENTH, gate="reached")
    assert earned(made, credits([100_00, 100_00])) == [0, 0]
    assert earned(made, credits([100_00, 100_00]), facts={"reached": True}) == [10_00, 10_00]


def test_a_gate_above_only_pays_what_came_after_it_was_met_but_counts_the_rest() -> None:
    made = plan_of(RISING, gate="reached", gate_kind="above_only")
    own = [credit(0, 40_000_00, reached=False), credit(1, 20_000_00, reached=True)]
    assert earned(made, own) == [0, 1_300_00]


def test_a_cap_bounds_the_window_and_the_excess_is_lost_or_carried() -> None:
    lost, carried = Limit(cny(15_00)), Limit(cny(15_00), None, "carried_forward")
    lines = calculate(plan_of(TENTH, cap=lost), credits([100_00, 100_00]))
    assert [(line.earned, line.withheld) for line in lines] == [(cny(10_00), cny(0)), (cny(5_00), cny(5_00))]
    assert carried_forward(plan_of(TENTH, cap=lost)[1], lines) is None
    made = plan_of(TENTH, cap=carried)
    assert carried_forward(made[1], calculate(made, credits([100_00, 100_00]))) == cny(5_00)
    later = calculate(made, credits([130_00]), carried=5_00)
    assert [(line.source, line.earned) for line in later] == [("carried", cny(5_00)), ("credit-0000", cny(10_00))]
    assert carried_forward(made[1], later) == cny(3_00)


def progress(*payments: int, whole: int = 100_00) -> dict[str, DealProgress]:
    """A won deal of `whole` fen with payments on the second, third, … of January."""
    received = tuple(
        Receipt(f"r{number}", "payment", "D0", cny(minor), date(2026, 1, number + 2), credit(number, 1).at)
        for number, minor in enumerate(payments)
    )
    return {"D0": DealProgress("D0", cny(whole), received, {"deal.won": date(2026, 1, 1)})}


HALVES = (ReleasePart(F(1, 2), "deal.won", False, PLACE), ReleasePart(F(1, 2), "payment.received", True, PLACE))


@pytest.mark.parametrize(
    ("payments", "released"), [((), 5_00), ((33_33,), 6_67), ((50_00, 50_00), 10_00), ((50_00, 70_00), 10_00)]
)
def test_a_holdback_is_released_in_proportion_to_what_was_paid_and_never_beyond(
    payments: tuple[int, ...], released: int
) -> None:
    (line,) = calculate(plan_of(TENTH, release=HALVES), credits([100_00]), progress=progress(*payments))
    assert (line.earned, line.released) == (cny(10_00), cny(released))


def test_too_much_money_releases_no_more_than_its_part() -> None:
    parts = (ReleasePart(F(1, 2), "payment.received", True, PLACE),)
    (line,) = calculate(plan_of(TENTH, release=parts), credits([100_00]), progress=progress(150_00))
    assert line.released == cny(5_00)
    twice = (*HALVES, ReleasePart(F(1, 2), "deal.won", False, PLACE))
    (line,) = calculate(plan_of(TENTH, release=twice), credits([100_00]), progress=progress(100_00))
    assert line.released == line.earned


def test_a_release_looks_only_at_what_had_happened_by_the_day() -> None:
    made, paid = plan_of(TENTH, release=HALVES), progress(100_00)
    (line,) = calculate(made, credits([100_00]), progress=paid, as_of=date(2026, 1, 1))
    assert line.released == cny(5_00)


def test_a_payment_in_another_currency_than_the_deal_is_an_error() -> None:
    paid = progress()
    receipt = Receipt("r", "payment", "D0", Money(1, "USD"), date(2026, 1, 2), credit(0, 1).at)
    paid["D0"] = DealProgress("D0", cny(100_00), (receipt,))
    with pytest.raises(EvaluationError) as error:
        calculate(plan_of(TENTH, release=HALVES), credits([100_00]), progress=paid)
    assert error.value.code == "E061"


def test_attainment_without_a_quota_is_an_error_that_names_the_payee() -> None:
    rates = table("marginal", [0], [F(1, 10)], by="attainment")
    with pytest.raises(EvaluationError) as error:
        calculate(plan_of(rates), credits([100_00]))
    assert (error.value.code, error.value.params["payee"]) == ("E063", "ann")


def test_a_credit_in_another_currency_than_the_plan_is_an_error() -> None:
    from dataclasses import replace

    with pytest.raises(EvaluationError) as error:
        calculate(plan_of(TENTH), [replace(credit(0, 1), amount=Money(1, "USD"))])
    assert error.value.code == "E062"


def test_a_cancellation_from_the_top_leaves_what_the_others_would_have_earned_alone() -> None:
    first, second = credits([40_000_00, 20_000_00])
    made = plan_of(RISING, clawback=back())
    lines = calculate(made, [undo(first, 40), second])
    assert total(lines) == total(calculate(made, [second])) == 1_000_00
    assert [line.earned.minor for line in lines] == [2_000_00 - 2_300_00, 1_300_00]
    assert lines[0].taken_back == cny(2_300_00)
    assert sum(part.amount for part in lines[0].unwound) == -2_300_00


def test_an_exact_cancellation_takes_back_just_what_the_deal_earned() -> None:
    first, second = credits([40_000_00, 20_000_00])
    made = plan_of(RISING, clawback=back(through="exact"))
    lines = calculate(made, [undo(first, 40), second])
    assert [line.earned.minor for line in lines] == [0, 1_300_00]
    assert lines[0].unwound == ()


def test_an_exact_cancellation_is_no_longer_rerated_with_the_others() -> None:
    first, second, third = credit(0, 40_000_00), credit(1, 40_000_00), credit(9, 70_000_00)
    made = plan_of(WHOLE, clawback=back(through="exact"))
    assert earned(made, [undo(first, 5), second, third]) == [0, 4_400_00, 8_400_00 + 1_600_00]


def test_what_is_undone_on_a_day_leaves_after_all_that_was_credited_that_day() -> None:
    first, second = credit(0, 60_000_00, 5), credit(1, 10_000_00, 5)
    made = plan_of(RISING, clawback=back())
    assert earned(made, [undo(first, 5), second])[1] == 800_00


def test_reversed_attainment_lets_later_deals_start_lower_and_kept_attainment_does_not() -> None:
    first, second = credit(0, 60_000_00), credit(9, 10_000_00)
    for through, attainment, later in (
        ("exact", "reversed", 500_00),
        ("from_top", "reversed", 500_00),
        ("exact", "kept", 800_00),
    ):
        made = plan_of(RISING, clawback=back(attainment=attainment, through=through))
        assert earned(made, [undo(first, 5), second]) == [0, later]


def test_a_share_of_a_clawback_leaves_the_rest_earned() -> None:
    made = plan_of(TENTH, clawback=back(F(1, 3), "kept", "exact"))
    (line,) = calculate(made, [undo(credit(0, 100_00), 9)])
    assert (line.earned, line.taken_back) == (cny(10_00 - 3_33), cny(3_33))


@pytest.mark.parametrize(("day", "kept"), [(180, 0), (181, 10_00)])
def test_a_clawback_ends_with_its_last_day(day: int, kept: int) -> None:
    made = plan_of(TENTH, clawback=back(within="180 days"))
    assert earned(made, [undo(credit(0, 100_00), day)]) == [kept]


def test_without_a_clawback_a_cancelled_deal_stays_paid() -> None:
    (line,) = calculate(plan_of(TENTH), [undo(credit(0, 100_00), 9)])
    assert line.earned == cny(10_00)
    assert next(step for step in line.steps if step.name == "clawback").code == "kept"


def test_a_win_that_was_reopened_is_void_whatever_the_clawback_says() -> None:
    assert earned(plan_of(TENTH), [undo(credit(0, 100_00), 300, "deal.reopened")]) == [0]


def test_before_the_day_of_the_cancellation_the_deal_stands() -> None:
    made = plan_of(TENTH, clawback=back())
    assert earned(made, [undo(credit(0, 100_00), 40)], as_of=date(2026, 2, 9)) == [10_00]
    assert earned(made, [undo(credit(0, 100_00), 40)], as_of=date(2026, 2, 10)) == [0]


def test_what_is_taken_back_beyond_the_earning_is_owed_at_once() -> None:
    first, second = credits([40_000_00, 20_000_00])
    made = plan_of(RISING, clawback=back(), release=HALVES)
    lines = calculate(made, [undo(first, 40), second], progress=progress(whole=40_000_00))
    assert lines[0].released == lines[0].earned == cny(-300_00)


def test_a_return_earns_the_same_with_a_minus() -> None:
    assert earned(plan_of(TENTH), credits([-5_000_00])) == [-500_00]


def test_a_flat_amount_of_a_tier_once_entered_survives_a_return_but_not_a_cancellation() -> None:
    rates = table("marginal", [0, 50_00], flats=[10_00, 20_00])
    assert earned(plan_of(rates), credits([60_00, -20_00])) == [30_00, 0]
    made = plan_of(rates, clawback=back())
    assert earned(made, [credit(0, 40_00), undo(credit(1, 20_00), 9)]) == [10_00, 0]


@pytest.mark.parametrize(
    ("mode", "minor"), [(Rounding.HALF_UP, 2_56), (Rounding.HALF_EVEN, 2_56), (Rounding.DOWN, 2_55)]
)
def test_a_line_is_rounded_once_by_the_plans_rule(mode: Rounding, minor: int) -> None:
    assert earned(plan_of(table("marginal", [0], [F(2555, 100_000)]), rounding=mode), credits([100_00])) == [minor]


def test_every_step_of_the_fixed_order_is_in_every_trace() -> None:
    made = plan_of(TENTH, cap=Limit(cny(1), None, "carried_forward"))
    for line in calculate(made, credits([100_00]), carried=1):
        assert tuple(step.name for step in line.steps) == STEPS


def test_a_line_keeps_its_key_when_the_rule_version_changes() -> None:
    from dataclasses import replace

    plan, component = plan_of(TENTH)
    newer = replace(plan, header=replace(plan.header, version="plan:p@2"))
    (old,), (new,) = calculate((plan, component), credits([1_00])), calculate((newer, component), credits([1_00]))
    assert (old.key, old.version) != (new.key, new.version)
    assert old.key == new.key


def test_credits_of_another_version_count_for_the_attainment_and_are_not_paid_again() -> None:
    from dataclasses import replace

    plan, component = plan_of(RISING)
    later = replace(plan, header=replace(plan.header, in_force=replace(plan.header.in_force, from_on=date(2026, 1, 2))))
    lines = calculate((later, component), credits([60_000_00, 10_000_00]))
    assert [(line.source, line.earned) for line in lines] == [("credit-0001", cny(800_00))]
