"""Published cases of pools, as plans of one pool and the people who share it."""

from collections.abc import Mapping
from dataclasses import replace

from tests.cases.incentive_rules import Case, Play, Translation, money, percent, plan, text
from tests.core.incentives.world import quota

Answer = Mapping[str, object]


def _play(pool: str) -> Play:
    return Play({"plan": plan(f"  - pool: p\n    {pool}\n    measured_over: year\n")})


def _whole(play: Play, people: list[str]) -> object:
    """What all of them get together."""
    return sum(play.total(person) for person in people)


def weighted(case: Case) -> Answer:
    """A share of what the team sold, the seniors' part of it by weight; everybody else has the rest."""
    senior = case["plan"]["allocation_pct"]["senior"]
    play = _play(
        f"of: {percent(case['plan']['pool_pct'])} of team.sales\n    shared: by weights\n"
        f'    weights: if owner.level = "senior" then {text(senior)} else {text(100 - senior)}'
    )
    play.world.person("ann").person("ben")
    for id, level in (("ann", "senior"), ("ben", "junior")):
        _level(play, id, level)
    play.win(case["inputs"]["team_revenue"], owner="ben")
    return {"pool": _whole(play, ["ann", "ben"]), "senior": play.total("ann")}


def _level(play: Play, id: str, level: str) -> None:
    person = play.world.state.person(id)
    assert person is not None
    play.world.keep(replace(person, versions=tuple(replace(version, level=level) for version in person.versions)))


def equally(case: Case) -> Answer:
    """One pool in equal parts: a fixed amount among who reached half of their own quota, or a share of the volume."""
    if "volume" in case["inputs"]:
        return _of_volume(case)
    amount = f"{text(case['inputs']['pool'])} CNY"
    play = _play(f"amount: {amount}\n    shared: equal\n    gate: attainment(sales, year) >= 50%")
    people = [f"r{number}" for number in range(1, case["inputs"]["qualifiers"] + 1)]
    for person in (*people, "below"):
        play.world.keep(quota(person, money(100), "2026", "sales"))
        play.win("49.99" if person == "below" else 50, owner=person)
    assert play.total("below") == 0
    (each,) = {play.total(person) for person in people}
    return {"each": each}


def _of_volume(case: Case) -> Answer:
    play = _play(f"of: {percent(case['plan']['pool_pct'])} of team.sales\n    shared: equal")
    people = [f"q{number}" for number in range(1, case["inputs"]["qualifiers"] + 1)]
    for person in people:
        play.world.person(person)
    play.win(case["inputs"]["volume"], owner="q1")
    (each,) = {play.total(person) for person in people}
    return {"pool": _whole(play, people), "each": each}


POOLS: Mapping[str, Translation] = {"team_pool": weighted, "team_pool_equal": equally}
"""The translation of each kind of case."""
