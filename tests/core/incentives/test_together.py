"""What depends on everybody: found once, in any order; then each payee by themselves, and what is lacking stays theirs."""

from datetime import date
from random import Random

import pytest

from engine.core.formulas import EvaluationError
from engine.core.incentives import budgets
from engine.core.incentives import together as module
from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.owed import Books, owed
from engine.core.incentives.together import Together, together
from engine.core.records import Partner, Person, Quota
from tests.core.incentives.sharing import PLAN, company, join, line, parts
from tests.core.incentives.world import World, cny, quota, rulebook

EVERYTHING = """
- commission: c
  of: bookings
  rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 10%}]}
  multiply: if rank(bookings, quarter) = 1 then 1.5 else 1
- bonus: spiff
  on: deal.won
  amount: 100 CNY
  budget: 250 CNY
  budget_per_person: 150 CNY
  count_at_most: 3
- pool: p
  of: 1% of team.bookings
  shared: by credits
- contest: race
  rank_by: bookings
  prizes: [{place: 1, amount: 500 CNY}]
  ties: earliest
"""
AS_OF = date(2026, 6, 30)
PEOPLE = ("ann", "ben", "cai", "dan")


def world_of(component: str = EVERYTHING) -> World:
    """Four people of two teams, with eight deals in two quarters, one of which is reopened."""
    world = company(component)
    for number, id in enumerate(PEOPLE):
        join(world, id, ("north", "south")[number % 2])
    for number in range(8):
        world.win(
            f"D{number}", cny(100 + 7 * number), f"2026-0{1 + number % 5}-1{number}", owner=PEOPLE[number * 3 % 4]
        )
    return world.happen("deal.reopened", "D3", "2026-06-01", reason="x")


def shared_of(world: World, random: Random | None = None) -> Together:
    """Everybody's part, from records in any order."""
    credits, grants, people = list(world.credits()), list(world.grants()), list(world._all(Person))
    for records in (credits, grants, people) if random else ():
        random.shuffle(records)  # type: ignore[union-attr,arg-type]
    return together(world.rules, people, credits, grants, AS_OF, world._all(Quota))


def alone(world: World, payee: str, shared: Together) -> tuple[EarningLine, ...]:
    """What the payee is owed from their own records alone and their part of what is shared."""
    person = world.state.person(payee)
    assert person is not None
    credits = [credit for credit in world.credits() if credit.payee == payee]
    grants = [grant for grant in world.grants() if grant.payee == payee]
    progress: dict[str, DealProgress] = world.progress()
    return owed(
        world.rules, person, Books(credits, grants, (), progress, together=Together({payee: shared.of(payee)})), AS_OF
    )


def test_a_payee_can_be_calculated_apart_from_their_own_records_and_their_part() -> None:
    world = world_of()
    shared = shared_of(world)
    for payee in PEOPLE:
        assert alone(world, payee, shared) == world.lines(payee, AS_OF.isoformat())
    assert {one.source_kind for one in alone(world, "ann", shared)} == {"credit", "grant", "pool", "contest"}


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_records_makes_no_difference(seed: int) -> None:
    world = world_of()
    assert shared_of(world, Random(seed)) == shared_of(world)


def test_it_is_found_once_whatever_the_number_of_payees(monkeypatch: pytest.MonkeyPatch) -> None:
    world, count = world_of(), 0
    whole = budgets.within_budget

    def counting(*given: object) -> object:
        nonlocal count
        count += 1
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "within_budget", counting)
    monkeypatch.setattr("engine.core.incentives.bonuses.within_budget", counting)
    shared = shared_of(world)
    for payee in PEOPLE:
        alone(world, payee, shared)
    assert count == 1


def test_budgets_together_are_what_everybodys_grants_give() -> None:
    world = world_of()
    given = {id: one for payee in PEOPLE for id, one in shared_of(world).of(payee).given.items()}
    assert given == budgets.within_budget(world.grants(), AS_OF, cny(150), 3)
    assert sum(one.amount.minor for one in given.values()) == 250_00
    assert [given[grant.id].bound for grant in world.grants()][:4] == ["none", "none", "budget", "count"]


def test_a_person_may_get_what_is_left_of_their_own_budget() -> None:
    bonus = "- bonus: b\n  on: deal.won\n  amount: 100 CNY\n  budget_per_person: 150 CNY\n"
    world = join(join(company(bonus), "ann"), "ben")
    for number, owner in enumerate(("ann", "ann", "ann", "ben")):
        world.win(f"D{number}", cny(1), f"2026-02-0{number + 1}", owner=owner)
    assert [one.earned for one in world.lines("ann")] == [cny(100), cny(50), cny(0)]
    assert [one.earned for one in world.lines("ben")] == [cny(100)]


def test_a_condition_that_cannot_be_asked_of_somebody_keeps_them_out_in_sight_and_nobody_else() -> None:
    vocabulary = "vocabulary: v\nowner:\n  grade: {type: number, title: {en: Grade, zh: 级}}\n"
    pool = "- pool: p\n  of: 1% of team.bookings\n  shared: equal\n  members: 10 / owner.grade >= 1\n"
    world = company(pool, vocabulary=vocabulary)
    for id, grade in (("ann", 1), ("ben", 0)):
        world.person(id, grade=grade)
    world.win("D1", cny(1_000), "2026-02-02", owner="ann")
    with pytest.raises(EvaluationError) as error:
        world.lines("ben")
    assert error.value.code == "E081"
    assert line(world, "ann", "p").earned == cny(10)


def test_a_pool_without_anybody_to_share_it_pays_nobody() -> None:
    pool = "- pool: p\n  of: 1% of team.bookings\n  shared: equal\n  gate: team.bookings > 1_000 CNY\n"
    world = join(company(pool), "ann").win("D1", cny(1_000), "2026-02-02", owner="ann")
    assert parts(world, "p") == {"ann": cny(0)}
    world.win("D2", cny("0.01"), "2026-02-02", owner="ann")
    assert parts(world, "p") == {"ann": cny(10)}


def test_partners_share_a_pool_where_the_plan_pays_them() -> None:
    plan = """
plan: resale
in_force: {from: 2026-01-01}
pays: partner.channel = "partner"
period: quarter
credits: [{credit: resold, on: deal.won, to: {split: deal.partner}}]
components: [{pool: p, of: 2% of team.resold, shared: equal}]
"""
    world = World(rulebook(plan=plan))
    world.person("ann").keep(
        Partner("east", "East", date(2025, 1, 1), "partner"), Partner("west", "West", date(2025, 1, 1), "partner")
    )
    world.win("D1", cny(1_000), "2026-02-02", owner="ann", partner="east")
    assert [one.earned for id in ("east", "west") for one in world.lines(id, "2026-03-31")] == [cny(10), cny(10)]
    assert world.lines("ann", "2026-03-31") == ()


def test_a_plan_that_was_always_in_force_begins_with_the_first_credit() -> None:
    pool = "  - {pool: p, of: 1% of team.bookings, shared: equal}\n"
    text = PLAN.replace("in_force: {from: 2026-01-01}\n", "").replace("COMPONENT", pool).replace("PRORATION", "none")
    world = join(World(rulebook(plan=text)), "ann").win("D1", cny(1_000), "2026-05-02", owner="ann")
    assert [(one.window, one.earned) for one in world.lines("ann", "2026-09-30")] == [
        ("2026-Q2", cny(10)),
        ("2026-Q3", cny(0)),
    ]


@pytest.mark.parametrize(("until", "windows"), [("2026-05-01", ["2026-Q1"]), ("2026-07-01", ["2026-Q1", "2026-Q2"])])
def test_a_window_is_paid_by_the_version_and_component_in_force_on_its_last_day(until: str, windows: list[str]) -> None:
    pool = f"- pool: p\n  of: 1% of team.bookings\n  shared: equal\n  in_force: {{from: 2026-02-15, until: {until}}}\n"
    world = (
        join(company(pool), "ann")
        .win("D1", cny(100), "2026-02-14", owner="ann")
        .win("D2", cny(200), "2026-02-15", owner="ann")
    )
    assert [one.window for one in world.lines("ann", "2026-12-31")] == windows
    assert line(world, "ann", "p").earned == cny(2), "what came before the pool was in force does not count"


def test_an_attainment_of_another_period_may_be_asked() -> None:
    pool = "- pool: p\n  amount: 100 CNY\n  shared: equal\n  gate: attainment(bookings, 2026-Q1) >= 100%\n"
    world = join(join(company(pool), "ann"), "ben").keep(quota("ann", cny(50)), quota("ben", cny(50)))
    world.win("D1", cny(50), "2026-03-31", owner="ann").win("D2", cny(50), "2026-04-01", owner="ben")
    assert parts(world, "p", window="2026-Q2") == {"ann": cny(100), "ben": cny(0)}
    assert dict(line(world, "ben", "p", window="2026-Q2").cause.facts)["attainment(bookings,2026-Q1)"] == 0


def test_a_grant_that_gets_nothing_is_not_one_of_the_first() -> None:
    bonus = "- bonus: b\n  on: deal.won\n  amount: 100 CNY\n  budget_per_person: 100 CNY\n  count_at_most: 2\n"
    world = join(join(join(company(bonus), "ann"), "ben"), "cai")
    for number, owner in enumerate(("ann", "ann", "ben", "cai")):
        world.win(f"D{number}", cny(1), f"2026-02-0{number + 1}", owner=owner)
    assert [[one.earned for one in world.lines(id)] for id in ("ann", "ben", "cai")] == [
        [cny(100), cny(0)],
        [cny(100)],
        [cny(0)],
    ]
