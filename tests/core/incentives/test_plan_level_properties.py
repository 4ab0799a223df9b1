"""What never changes pay at plan level: order of events, when it is looked at, how often; and sums that always hold."""

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.incentives.draws import DrawPeriod, settled
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.plan_cap import Room
from engine.core.money import Money, Rounding
from engine.core.problems import Place
from engine.core.rules.plan_terms import Draw
from tests.core.incentives.test_plan_level import PLAN
from tests.core.incentives.world import World, cny, rulebook

CENTS = st.integers(-3_000_00, 5_000_00)
KINDS = st.sampled_from(["recoverable", "non_recoverable", "forgiven"])
DRAWS = st.builds(
    Draw,
    amount=st.just(cny(2_000)),
    per=st.just("month"),
    kind=KINDS,
    recover=st.sampled_from(["from_above_draw", "from_all"]),
    starts_after=st.none(),
    rate=st.fractions(0, 1, max_denominator=20),
    at_most=st.none() | st.integers(1, 900_00).map(lambda minor: Money(minor, "CNY")),
    ends=st.none(),
    balance_at_end=st.sampled_from(["owed", "forgiven"]),
    place=st.just(Place("")),
)
PERIODS = st.builds(
    DrawPeriod, earned=CENTS, draw=st.sampled_from([0, 1, 2_000_00]), recovering=st.booleans(), runs=st.booleans(),
    last=st.booleans(),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(terms=DRAWS, periods=st.lists(PERIODS, max_size=12))
def test_a_balance_is_never_negative_and_is_what_was_advanced_less_what_came_back(
    terms: Draw, periods: list[DrawPeriod]
) -> None:
    balance = advanced = back = 0
    for period in periods:
        found = settled(terms, period, balance)
        assert min(found.topped_up, found.recovered, found.forgiven, found.after) >= 0
        assert not (found.topped_up and found.recovered)
        assert found.before == balance
        advanced += found.topped_up if terms.owed_back else 0
        back += found.recovered + found.forgiven
        balance = found.after
        assert balance == advanced - back
        if terms.recover == "from_above_draw" and found.recovered:
            assert period.earned - found.recovered >= period.draw, "never below the draw while it runs"
        if terms.at_most:
            assert found.recovered <= terms.at_most.minor


LINES = st.lists(st.tuples(CENTS, st.integers(0, 4)), max_size=12)


@settings(max_examples=400, deadline=None)
@given(lines=LINES, cap=st.integers(1, 4_000_00))
def test_what_stands_paid_and_withheld_is_all_that_was_earned_and_never_above_the_cap(
    lines: list[tuple[int, int]], cap: int
) -> None:
    room, earned = Room(), 0
    for gross, quarter in lines:
        taken = gross * quarter // 4 if gross > 0 else 0
        found = room.take(gross, taken, cap, Rounding.HALF_UP)
        earned += gross - taken
        assert room.paid + room.excess == earned
        assert room.paid <= cap
        assert 0 <= found.taken <= max(found.paid, 0)
        assert gross <= 0 or 0 <= found.paid <= gross


@settings(max_examples=200, deadline=None)
@given(amounts=st.lists(CENTS, max_size=12), cap=st.integers(1, 4_000_00))
def test_without_clawbacks_a_line_is_the_difference_of_two_bounded_totals(amounts: list[int], cap: int) -> None:
    room, totals = Room(), [0]
    for amount in amounts:
        totals.append(totals[-1] + amount)
    paid = [room.take(amount, 0, cap, Rounding.HALF_UP).paid for amount in amounts]
    assert paid == [min(after, cap) - min(before, cap) for before, after in pairwise(totals)]


RULES = (
    "cap: {at_most: 900 CNY, per: month, excess: carried_forward}\ndraw: {amount: 300 CNY, per: month, kind: recoverable}\n",
    "cap: {at_most: 1_500 CNY, per: quarter, excess: lost}\ndraw: {amount: 300 CNY, per: month, kind: recoverable, rate: 50%}\n",
    "guarantee: {amount: 300 CNY, per: month, for: 4 months}\n",
)
SALES = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 28), st.integers(-2_000, 20_000), st.booleans()), min_size=1, max_size=6
)


def told(rules: str, sales: list[tuple[int, int, int, bool]], order: list[int]) -> World:
    """Deals won, and some of them cancelled on the last day of July; told in an order."""
    world = World(rulebook(plan=PLAN + rules)).person("ann")
    for number in order:
        month, day, amount, _ = sales[number]
        deal, on = f"D{number}", f"2026-{month:02d}-{day:02d}"
        facts = {"owner": "ann", "amount": cny(amount), "stage": "lead", "pipeline": "standard", "kind": "expansion"}
        world.happen("deal.created", deal, f"{on} 09:00", key=f"{deal}/created", **facts)
        world.happen("deal.won", deal, f"{on} 12:00", key=f"{deal}/won")
    for number in order:
        if sales[number][3]:
            world.happen("deal.cancelled", f"D{number}", f"2026-07-31 12:{number:02d}", key=f"c{number}", reason="no")
    return world


@settings(max_examples=40, deadline=None)
@given(rules=st.sampled_from(RULES), sales=SALES, chance=st.randoms(use_true_random=False))
def test_the_order_in_which_events_come_changes_nothing(
    rules: str, sales: list[tuple[int, int, int, bool]], chance: object
) -> None:
    order = list(range(len(sales)))
    mixed = chance.sample(order, len(order))  # type: ignore[attr-defined]
    assert _moved(told(rules, sales, order).lines("ann")) == _moved(told(rules, sales, mixed).lines("ann"))


def _moved(lines: tuple[EarningLine, ...]) -> list[tuple[object, ...]]:
    """What lines say of money, without the names of the events that were told."""
    return sorted(
        (line.on, line.component, line.deal, line.earned.minor, line.withheld.minor, line.window, line.source_kind)
        for line in lines
    )


@settings(max_examples=40, deadline=None)
@given(rules=st.sampled_from(RULES), sales=SALES)
def test_looking_later_changes_no_line_of_an_ended_month_unless_something_happened(
    rules: str, sales: list[tuple[int, int, int, bool]]
) -> None:
    world = told(rules, sales, list(range(len(sales))))
    ends = [date(2026, month + 1, 1) for month in range(1, 7)]
    looks = [{line.key: line for line in world.lines("ann", end.isoformat())} for end in ends]
    for (before, after), end in zip(pairwise(looks), ends, strict=False):
        kept = {key: line for key, line in after.items() if line.on < end}
        assert kept == {key: line for key, line in before.items() if line.on < end}


@settings(max_examples=40, deadline=None)
@given(rules=st.sampled_from(RULES), sales=SALES)
def test_what_draw_lines_sum_to_is_the_balance_that_the_last_of_them_names(
    rules: str, sales: list[tuple[int, int, int, bool]]
) -> None:
    lines = told(rules, sales, list(range(len(sales)))).lines("ann", "2026-12-31")
    draws = sorted((line for line in lines if line.component == "draw"), key=lambda line: line.on)
    total = Money.total((line.earned for line in draws), "CNY")
    after = [dict(step.particulars)["after"] for line in draws for step in line.steps if step.name == "draw"]
    assert not after or after[-1] == str(total)
    assert total.minor >= 0
