"""Pools: whose credits count, who shares, how, the cents that do not divide, and what is undone."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.formulas import EvaluationError
from engine.core.incentives.explain import explain_line
from engine.core.money import Money
from tests.core.incentives.sharing import company, join, line, move, parts, told
from tests.core.incentives.world import World, cny, quota

EQUAL = "- pool: p\n  of: 1% of team.bookings\n  shared: equal\n"


def three(component: str, proration: str = "none") -> World:
    """Ann and Ben of the north, Cai of the south, with a deal each in March."""
    world = company(component, proration)
    for id, team in (("ann", "north"), ("ben", "north"), ("cai", "south")):
        join(world, id, team)
    world.win("D1", cny(90_000), "2026-03-02", owner="ann").win("D2", cny(10_000), "2026-03-03", owner="ben")
    return world.win("D3", cny(50_000), "2026-03-04", owner="cai")


def test_each_team_shares_its_own_pool_once_the_quarter_has_ended() -> None:
    world = three(EQUAL)
    assert parts(world, "p", "2026-03-30") == {}
    assert parts(world, "p", "2026-03-31") == {"ann": cny(500), "ben": cny(500), "cai": cny(500)}


def test_without_a_credit_the_pool_is_empty_and_says_so() -> None:
    world = three(EQUAL)
    assert line(world, "ann", "p", window="2026-Q2").earned == cny(0)


def test_members_are_one_pool_whatever_their_team_and_nobody_else_has_a_line() -> None:
    world = three(EQUAL + '  members: owner.team in ["north", "south"] and owner.level = "senior"\n')
    move(
        move(world, "ann", "2026-01-01", level="senior", team="north"),
        "cai",
        "2026-01-01",
        level="senior",
        team="south",
    )
    assert parts(world, "p") == {"ann": cny(700), "cai": cny(700)}


def test_a_pool_by_credits_follows_what_each_one_brought() -> None:
    world = three(EQUAL.replace("equal", "by credits"))
    assert parts(world, "p") == {"ann": cny(900), "ben": cny(100), "cai": cny(500)}
    code, words = told(line(world, "ann", "p"), "rate")
    assert (code, words["share"], words["weight"], words["weights"]) == (
        "shared_by_credits", "90%", "90,000.00 CNY", "100,000.00 CNY"
    )  # fmt: skip


def test_weights_are_asked_of_each_member() -> None:
    world = three(EQUAL.replace("equal", "by weights") + '  weights: if owner.level = "senior" then 3 else 1\n')
    for id, level, team in (("ann", "junior", "north"), ("ben", "senior", "north"), ("cai", "junior", "south")):
        move(world, id, "2026-03-31", level=level, team=team)
    assert parts(world, "p") == {"ann": cny(250), "ben": cny(750), "cai": cny(500)}


@pytest.mark.parametrize(("formula", "found"), [("owner.grade", "–"), ("0 - 1", "-1")])
def test_a_weight_that_is_missing_or_below_zero_stops_that_pool_and_no_other_pay(formula: str, found: str) -> None:
    vocabulary = "vocabulary: v\nowner:\n  grade: {type: number, title: {en: Grade, zh: 级}}\n"
    world = company(EQUAL.replace("equal", "by weights") + f"  weights: {formula}\n", vocabulary=vocabulary)
    join(join(world, "ann"), "boss", role="director").win("D1", cny(100), "2026-03-02", owner="ann")
    with pytest.raises(EvaluationError) as error:
        world.lines("ann")
    assert (error.value.code, error.value.params["found"], error.value.params["member"]) == ("E146", found, "ann")
    assert world.lines("boss") == ()


def test_cents_that_do_not_divide_go_to_the_largest_remainders_then_by_id() -> None:
    world = join(three(EQUAL), "abe")
    world.win("D4", cny("0.02"), "2026-03-05", owner="ann").win("D5", cny(1), "2026-03-05", owner="ben")
    assert parts(world, "p") == {"abe": cny("333.34"), "ann": cny("333.34"), "ben": cny("333.33"), "cai": cny(500)}
    assert told(line(world, "abe", "p"), "rounding")[0] == "remainder"
    assert told(line(world, "cai", "p"), "rounding")[0] == "exact"


def test_a_leaver_leaves_what_they_brought_and_takes_no_share() -> None:
    world = join(three(EQUAL), "dan", left="2026-03-31").win("D4", cny(20_000), "2026-02-02", owner="dan")
    assert parts(world, "p") == {"ann": cny(600), "ben": cny(600), "cai": cny(500)}


def test_who_leaves_the_day_after_the_window_has_their_share() -> None:
    world = join(three(EQUAL), "dan", left="2026-04-01")
    assert parts(world, "p")["dan"] == cny("333.33")


def test_what_was_brought_stays_with_the_team_of_its_day() -> None:
    world = move(three(EQUAL), "ann", "2026-03-15", team="south")
    assert parts(world, "p") == {"ann": cny(250), "ben": cny(1_000), "cai": cny(250)}


@pytest.mark.parametrize(
    ("proration", "late"), [("none", "500"), ("months", "250"), ("calendar_days", "256.20"), ("working_days", "271.60")]
)
def test_a_member_for_part_of_the_window_has_a_part_of_a_share_by_the_plans_proration(
    proration: str, late: str
) -> None:
    world = join(join(company(EQUAL, proration), "ann"), "eve", joined="2026-03-01")
    world.win("D1", cny(100_000), "2026-03-02", owner="ann")
    assert parts(world, "p") == {"ann": cny(1_000) - cny(late), "eve": cny(late)}


def test_an_overlay_counts_where_the_team_has_no_direct_credit_of_the_event() -> None:
    world = join(join(company(EQUAL), "ann", manager="bob"), "bob")
    world.win("D1", cny(100), "2026-03-02", owner="ann")
    assert told(line(world, "ann", "p"), "credit")[1]["measured"] == "100.00 CNY"
    alone = join(join(company(EQUAL), "ann", "south", manager="bob"), "bob", "north")
    alone.win("D1", cny(100), "2026-03-02", owner="ann")
    assert told(line(alone, "bob", "p"), "credit")[1]["measured"] == "100.00 CNY"


GATED = EQUAL + "  gate: attainment(bookings, quarter) >= 50%\n"


def test_only_who_meets_the_gate_shares_and_the_others_see_why() -> None:
    at = three(GATED).keep(*(quota(id, cny(20_000)) for id in ("ann", "ben")))
    assert parts(at, "p") == {"ann": cny(500), "ben": cny(500), "cai": cny(0)}, (
        "exactly half is enough; no quota is not"
    )
    below = three(GATED).keep(quota("ann", cny(20_000)), quota("ben", cny("20_000.02")))
    assert parts(below, "p") == {"ann": cny(1_000), "ben": cny(0), "cai": cny(0)}
    assert told(line(below, "ben", "p"), "gate")[0] == "not_met"


def test_above_only_counts_from_the_credit_that_meets_the_gate() -> None:
    gate = "  gate: team.bookings >= 90_001 CNY\n"
    world = three(EQUAL + gate)
    assert parts(world, "p") == {"ann": cny(500), "ben": cny(500), "cai": cny(0)}
    above = three(EQUAL + gate + "  gate_pays: above_only\n")
    assert parts(above, "p") == {"ann": cny(50), "ben": cny(50), "cai": cny(0)}


def test_above_only_with_an_attainment_counts_each_ones_own_from_where_they_meet_it() -> None:
    world = three(GATED + "  gate_pays: above_only\n").keep(quota("ann", cny(100_000)), quota("ben", cny(100_000)))
    world.win("D4", cny(10_000), "2026-03-01", owner="ann").win("D5", cny(5_000), "2026-03-31", owner="ann")
    assert told(line(world, "ann", "p"), "credit")[1]["measured"] == "95,000.00 CNY"


AMOUNT = "- pool: p\n  amount: FORMULA\n  shared: equal\n"


@pytest.mark.parametrize(
    ("formula", "each"),
    [
        ("10_000 CNY", "5_000"),
        ("if team.bookings >= 100_000 CNY then 2% * team.bookings else 0 CNY", "1_000"),
        ("if team.bookings > 100_000 CNY then 2% * team.bookings else 0 CNY", "0"),
        ("team.members * 300 CNY", "300"),
        ("0 CNY - 5 CNY", "0"),
    ],
)
def test_the_amount_of_a_pool_may_be_a_formula_over_the_team(formula: str, each: str) -> None:
    assert parts(three(AMOUNT.replace("FORMULA", formula)), "p")["ann"] == cny(each)


def test_a_pool_in_another_currency_is_an_error_for_its_members() -> None:
    with pytest.raises(EvaluationError) as error:
        three(AMOUNT.replace("FORMULA", "10 USD")).lines("ann")
    assert error.value.code == "E145"


LEAVES = EQUAL + "  clawback: {on: deal.cancelled, within: 30 days, share: 50%}\n"


@pytest.mark.parametrize(
    ("component", "on", "each"),
    [(EQUAL, "2026-03-20", 500), (LEAVES, "2026-04-01", 275), (LEAVES, "2026-04-02", 500)],
    ids=["kept without a clawback", "on its last day", "too late"],
)
def test_what_is_cancelled_leaves_the_pool_as_the_clawback_says(component: str, on: str, each: int) -> None:
    world = three(component).happen("deal.cancelled", "D1", on, reason="x")
    assert parts(world, "p")["ann"] == cny(each)


def test_a_win_that_was_reopened_leaves_the_pool_whole() -> None:
    world = three(EQUAL).happen("deal.reopened", "D1", "2026-05-20", reason="x")
    assert parts(world, "p", "2026-05-19")["ben"] == cny(500)
    assert parts(world, "p", "2026-05-20")["ben"] == cny(50)


def test_a_late_credit_changes_the_pool_of_its_own_window() -> None:
    world = three(EQUAL).win("D9", cny(10_000), "2026-03-31", owner="ben")
    assert parts(world, "p")["ann"] == cny(550)


def test_the_line_tells_the_pool_and_the_share_in_both_languages() -> None:
    found = line(three(EQUAL), "ann", "p")
    assert (found.source_kind, found.on.isoformat(), found.earned_period) == ("pool", "2026-03-31", "2026-Q1")
    english, chinese = (explain_line(found, language) for language in ("en", "zh"))
    assert english[1] == (
        "Credit: 1% of the 100,000.00 CNY of bookings that the team north was credited in 2026-Q1: 1,000.00 CNY to share"
    )
    assert "Rate: 50% of it: 1 of 2 equal parts, shared by 2" in english
    assert "费率：份额 50%：2 人均分，2 份中的 1 份" in chinese


amounts = st.integers(min_value=1, max_value=10**9)


@settings(max_examples=15, deadline=None)
@given(
    wins=st.lists(st.tuples(st.sampled_from(["ann", "ben", "cai", "dan"]), amounts), max_size=7),
    shared=st.sampled_from(["equal", "by credits", "by weights"]),
    seed=st.randoms(use_true_random=False),
)
def test_shares_sum_to_the_pool_to_the_cent_and_the_order_of_telling_moves_nothing(wins, shared, seed) -> None:  # type: ignore[no-untyped-def]
    weights = '  weights: if owner.level = "senior" then 7 else 3\n' if shared == "by weights" else ""
    told_in, text = list(enumerate(wins)), EQUAL.replace("equal", shared).replace("1%", "3.7%") + weights
    found = []
    for _ in range(2):
        world = company(text)
        for number, id in enumerate(("ann", "ben", "cai", "dan")):
            join(world, id, level="senior" if number % 2 else "junior")
        for number, (owner, minor) in told_in:
            world.win(f"D{number}", Money(minor, "CNY"), "2026-02-02", owner=owner)
        found.append(parts(world, "p"))
        seed.shuffle(told_in)
    whole = Money(sum(minor for _, minor in wins), "CNY") * Fraction(37, 1000)
    assert Money.total(found[0].values(), "CNY") == whole.rounded()
    assert found[0] == found[1]
