"""Contests and ranks: who competes, places, ties by each rule, near misses, and what is known when."""

from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.incentives.explain import explain_line
from engine.core.incentives.owed import Books, owed
from engine.core.money import Money
from engine.core.records import Share
from tests.core.incentives.sharing import company, join, line, parts, told
from tests.core.incentives.world import World, cny

RACE = """
- contest: race
  rank_by: bookings
  prizes: [{place: 1, amount: 10_000 CNY}, {place: 2, amount: 5_000 CNY}]
"""


def race(more: str = "", people: tuple[str, ...] = ("ann", "ben", "cai", "dan")) -> World:
    """A quarterly contest of account executives; nobody has sold anything."""
    world = company(RACE + more)
    for number, id in enumerate(people):
        join(world, id, "north" if number % 2 == 0 else "south", region="cn" if number < 3 else "eu")
    return world


def sold(world: World, amounts: dict[str, int], on: str = "2026-02-02") -> World:
    """A deal of each, all at the same moment."""
    for owner, amount in amounts.items():
        world.win(f"D-{owner}-{amount}-{on}", cny(amount), on, owner=owner)
    return world


def test_the_first_places_win_once_the_quarter_has_ended() -> None:
    world = sold(race(), {"ann": 100, "ben": 300, "cai": 200, "dan": 99})
    assert parts(world, "race", "2026-03-30") == {}
    assert parts(world, "race", "2026-03-31") == {"ann": cny(0), "ben": cny(10_000), "cai": cny(5_000), "dan": cny(0)}
    assert [told(line(world, id, "race"), "rate")[0] for id in ("ann", "ben", "dan")] == [
        "contest_no_prize", "contest_won", "contest_no_prize"
    ]  # fmt: skip


def test_who_sold_nothing_has_no_place_even_where_a_prize_is_left() -> None:
    world = sold(race(), {"ann": 1})
    assert parts(world, "race") == {"ann": cny(10_000), "ben": cny(0), "cai": cny(0), "dan": cny(0)}
    assert told(line(world, "ben", "race"), "rate")[0] == "contest_nothing"


@pytest.mark.parametrize(("amount", "prize", "code"), [(99_999, 0, "contest_below"), (100_000, 10_000, "contest_won")])
def test_at_least_is_reached_exactly_or_not(amount: int, prize: int, code: str) -> None:
    world = sold(race("  at_least: 100_000 CNY\n"), {"ann": amount})
    assert line(world, "ann", "race").earned == cny(prize)
    assert told(line(world, "ann", "race"), "rate")[0] == code


def test_one_cent_more_is_ahead() -> None:
    world = sold(race(), {"ann": 100, "ben": 100}).win("D9", cny("0.01"), "2026-03-31", owner="ben")
    assert parts(world, "race")["ben"] == cny(10_000)


@pytest.mark.parametrize(
    ("ties", "first", "second"),
    [("share", ("7_500", "7_500"), "0"), ("all", ("10_000", "10_000"), "0"), ("earliest", ("7_500", "7_500"), "0")],
)
def test_two_first_places_take_up_both_prizes(ties: str, first: tuple[str, str], second: str) -> None:
    """Under `earliest` this is so only where one event brought both there."""
    world = race(f"  ties: {ties}\n", ("ann", "ben", "cai"))
    shares = "2026-02-02"
    if ties == "earliest":
        team = (Share("ann", Fraction(1, 2)), Share("ben", Fraction(1, 2)))
        world.win("D1", cny(200), shares, owner="ann", team=team)
    else:
        sold(world, {"ann": 100, "ben": 100}, shares)
    sold(world, {"cai": 50})
    assert parts(world, "race") == {"ann": cny(first[0]), "ben": cny(first[1]), "cai": cny(second)}
    assert told(line(world, "ann", "race"), "rate") == (
        f"contest_tied_{ties}",
        told(line(world, "ann", "race"), "rate")[1],
    )


def test_earliest_is_who_first_had_what_they_have_in_the_end() -> None:
    world = race("  ties: earliest\n")
    sold(world, {"ann": 60}, "2026-02-02").win("D1", cny(40), "2026-03-05", owner="ann")
    sold(world, {"ben": 100}, "2026-03-04")
    assert parts(world, "race") == {"ann": cny(5_000), "ben": cny(10_000), "cai": cny(0), "dan": cny(0)}


def test_three_who_tie_for_the_second_place_divide_its_prize_and_the_cent_goes_by_id() -> None:
    world = race().win("D0", cny(500), "2026-02-01", owner="dan")
    sold(world, {"cai": 100, "ben": 100, "ann": 100})
    assert parts(world, "race") == {
        "ann": cny("1_666.67"), "ben": cny("1_666.67"), "cai": cny("1_666.66"), "dan": cny(10_000)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("among", "winners"), [("all", "b"), ("owner.team", "bc"), ("owner.region", "bd")], ids=["all", "team", "region"]
)
def test_a_contest_may_be_held_in_each_team_or_region(among: str, winners: str) -> None:
    world = sold(race(f"  among: {among}\n"), {"ann": 100, "ben": 300, "cai": 200, "dan": 99})
    assert "".join(id[0] for id, prize in parts(world, "race").items() if prize == cny(10_000)) == winners


def test_who_has_left_by_the_last_day_does_not_compete() -> None:
    world = sold(join(race(), "eve", left="2026-03-31"), {"eve": 900, "ann": 100})
    assert parts(world, "race") == {"ann": cny(10_000), "ben": cny(0), "cai": cny(0), "dan": cny(0)}


def test_a_reopened_win_moves_the_places_and_a_cancelled_one_only_with_a_clawback() -> None:
    for more, event, first in (
        ("", "deal.reopened", "ben"), ("", "deal.cancelled", "ann"),
        ("  clawback: {on: deal.cancelled, share: 100%}\n", "deal.cancelled", "ben"),
    ):  # fmt: skip
        world = sold(race(more), {"ann": 100, "ben": 50})
        world.happen(event, "D-ann-100-2026-02-02", "2026-05-01", reason="x")
        assert line(world, "ann", "race", "2026-04-30").earned == cny(10_000)
        assert line(world, first, "race", "2026-05-01").earned == cny(10_000), (more, event)


def test_the_trace_tells_the_place_and_nothing_of_the_others() -> None:
    world = sold(race(), {"ann": 777, "ben": 888})
    for language in ("en", "zh"):
        text = "\n".join(explain_line(line(world, "ann", "race"), language))
        assert "777.00 CNY" in text
        assert "888" not in text
        assert "ben" not in text
    assert "Rate: place 2: 5,000.00 CNY" in explain_line(line(world, "ann", "race"), "en")


@settings(max_examples=25, deadline=None)
@given(
    amounts=st.lists(st.integers(min_value=0, max_value=3), min_size=4, max_size=4),
    ties=st.sampled_from(["share", "all", "earliest"]),
)
def test_ties_pay_what_the_places_are_worth(amounts: list[int], ties: str) -> None:
    world = sold(
        race(f"  ties: {ties}\n"), {id: a for id, a in zip(("ann", "ben", "cai", "dan"), amounts, strict=True) if a}
    )
    found = parts(world, "race")
    prizes, placed = [cny(10_000), cny(5_000)], sorted((a for a in amounts if a), reverse=True)
    if ties == "all":
        assert list(found.values()) == [
            prizes[placed.index(a)] if a and placed.index(a) < 2 else cny(0) for a in amounts
        ]
    else:
        assert Money.total(found.values(), "CNY") == Money.total(prizes[: len(placed)], "CNY")


def test_the_order_of_telling_moves_no_place() -> None:
    wins = (("D1", "ann", 60), ("D2", "ben", 100), ("D3", "ann", 40), ("D4", "cai", 100))
    found = []
    for order in list(permutations(wins))[::5]:
        world = race("  ties: earliest\n")
        for deal, owner, amount in order:
            world.win(deal, cny(amount), f"2026-03-0{deal[1]}", owner=owner)
        found.append(parts(world, "race"))
    assert found.count(found[0]) == len(found)
    assert found[0]["ben"] == cny(10_000)


COMMISSION = """
- commission: c
  of: bookings
  rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 10%}]}
  multiply: FACTOR
"""
FIRST = "if rank(bookings, quarter) = 1 then 1.5 else 1"


def ranked(factor: str = FIRST, **more: object) -> World:
    """Ann sold 200 and Ben 100."""
    world = join(join(company(COMMISSION.replace("FACTOR", factor)), "ann"), "ben")
    return sold(world, {"ann": 200, "ben": 100})


def test_a_rank_is_known_when_its_quarter_is_over_and_nothing_is_paid_on_it_before() -> None:
    world = ranked()
    assert [world.earned(id, "2026-03-30") for id in ("ann", "ben")] == [cny(0), cny(0)]
    assert [world.earned(id, "2026-03-31") for id in ("ann", "ben")] == [cny(30), cny(10)]


def test_who_asks_whether_it_is_set_is_paid_the_base_before() -> None:
    world = ranked("if rank(bookings, quarter) is set and rank(bookings, quarter) = 1 then 1.5 else 1")
    assert [world.earned(id, "2026-03-30") for id in ("ann", "ben")] == [cny(20), cny(10)]
    assert [world.earned(id, "2026-03-31") for id in ("ann", "ben")] == [cny(30), cny(10)]


def test_equals_have_the_same_rank_and_the_next_one_is_after_both() -> None:
    world = join(ranked(FIRST.replace("1.5", "2").replace("else 1", "else rank(bookings, quarter) * 0.1")), "cai")
    sold(world, {"cai": 200})
    assert [world.earned(id) for id in ("ann", "ben", "cai")] == [cny(40), cny(3), cny(40)]


@pytest.mark.parametrize(("attainment", "first"), [("reversed", "ben"), ("kept", "ann")])
def test_a_rank_follows_the_attainment_that_the_commissions_clawback_leaves(attainment: str, first: str) -> None:
    clawback = f"  clawback: {{on: deal.cancelled, share: 50%, attainment: {attainment}, through_tiers: exact}}\n"
    component = COMMISSION.replace("FACTOR", FIRST.replace("1.5", "2")) + clawback
    world = sold(join(join(company(component), "ann"), "ben"), {"ann": 150, "ben": 100})
    world.happen("deal.cancelled", "D-ann-150-2026-02-02", "2026-02-20", reason="x")
    assert world.earned("ben") == cny(20 if first == "ben" else 10)


def test_who_has_left_keeps_a_rank_and_takes_it_from_nobody() -> None:
    world = sold(join(ranked(), "zoe", left="2026-03-01"), {"zoe": 500})
    assert [world.earned(id) for id in ("ann", "zoe")] == [cny(30), cny(75)]


def test_a_rank_over_a_longer_or_a_named_period_is_known_when_that_is_over() -> None:
    yearly = ranked(FIRST.replace("quarter", "year"))
    assert [yearly.earned("ann", day) for day in ("2026-12-30", "2026-12-31")] == [cny(0), cny(30)]
    named = sold(ranked(FIRST.replace("quarter", "2026-Q1")), {"ben": 300}, "2026-04-05")
    assert [named.earned(id, "2026-04-05") for id in ("ann", "ben")] == [cny(30), cny(40)]


def test_a_bonus_for_a_period_may_ask_a_rank() -> None:
    world = company("- bonus: top\n  target: if rank(bookings, period) <= 1 then 500 CNY else 0 CNY\n")
    sold(join(join(world, "ann"), "ben"), {"ann": 200, "ben": 100})
    assert {id: line(world, id, "top").earned for id in ("ann", "ben")} == {"ann": cny(500), "ben": cny(0)}


def test_without_what_depends_on_everybody_a_plan_that_needs_it_is_not_calculated() -> None:
    world = sold(race(), {"ann": 100})
    ann = world.state.person("ann")
    assert ann is not None
    with pytest.raises(ValueError, match="together"):
        owed(world.rules, ann, Books(world.credits()), date(2026, 12, 31))
