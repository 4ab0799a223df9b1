"""A bonus budget for five while sixteen record their wins at the same moment: exactly five are paid, whoever was first."""

import random
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import record
from engine.core.money import Money
from engine.core.rules.rulebook import Rulebook
from engine.matching import Matcher
from engine.rulefiles.loading import load_texts, read_folder
from engine.store.database import open_database
from engine.store.migrations import upgrade
from engine.store.runs import RunBook
from tests.app.test_pay import pay_month, run_for
from tests.app_house import RULES, STAFF, event, sale, tell, tell_all

WRITERS = 16
PLAN = "plans/account-executive-2026.yaml"
BOUNDS = {
    "money": "budget: 5_000 CNY",
    "number": "count_at_most: 5",
    "each": "budget_per_person: 2_500 CNY",
}
"""Bounds in place of the sample's budget, each of which leaves room for five bonuses of 1,000 CNY in all."""


@cache
def bounded(bound: str) -> tuple[Rulebook, Matcher]:
    """The sample rules with another bound on the bonus for new customers."""
    files = read_folder(RULES)[0]
    files = {**files, PLAN: files[PLAN].replace("budget: 50_000 CNY", BOUNDS[bound])}
    rulebook = load_texts(files).rulebook
    assert rulebook is not None
    return rulebook, matcher_for(rulebook)


def house_at(url: str, bound: str) -> Dealwright:
    """A house with its own connections to the database at that address."""
    return Dealwright(open_database(url), *bounded(bound), lambda: datetime(2026, 6, 1, tzinfo=UTC))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database with its tables."""
    address = f"sqlite:///{tmp_path / 'a.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    database = open_database(address)
    if request.param == "postgres":
        with database.unit(write=True, appends=False) as unit:
            unit.connection.execute(text("DROP SCHEMA public CASCADE"))
            unit.connection.execute(text("CREATE SCHEMA public"))
    upgrade(database)
    yield address
    database.close()


def won_at_once(url: str, bound: str, wins: list[str]) -> Dealwright:
    """A house in which each writer, with connections of their own, records one win; all start together."""
    dw = house_at(url, bound)
    tell(dw, *STAFF)
    lives = [sale(f"D-{n}", on, "1_000 CNY", ("chen-wei", "li-na")[n % 2]) for n, on in enumerate(wins)]
    tell_all(dw, [one for life in lives for one in life[:-1]])
    start, statuses = threading.Barrier(len(lives)), []

    def write(number: int) -> None:
        own = house_at(url, bound)
        start.wait()
        statuses.append(record(own, lives[number][-1]).status)
        own.database.close()

    order = list(range(len(lives)))
    random.Random(len(bound)).shuffle(order)
    threads = [threading.Thread(target=write, args=(number,)) for number in order]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == ["recorded"] * len(lives)
    return dw


def bonuses(dw: Dealwright, run: str) -> dict[str, Money]:
    """What the bonus for new customers earned, by deal."""
    with dw.database.unit() as unit:
        return {line.deal: line.earned for line in RunBook(unit).lines(run) if line.component == "new-logo-spiff"}


@pytest.mark.parametrize("bound", ["money", "number"])
def test_sixteen_writers_and_a_budget_for_five_pay_the_five_who_won_first(url: str, bound: str) -> None:
    wins = [f"2026-03-{day:02d}" for day in range(10, 10 + WRITERS)]
    dw = won_at_once(url, bound, wins)
    paid = bonuses(dw, run_for(dw, "2026-03").id)
    assert len(paid) == WRITERS
    assert {deal for deal, amount in paid.items() if amount} == {f"D-{number}" for number in range(5)}
    assert Money.total(paid.values(), "CNY") == Money.parse("5_000 CNY")


def test_wins_of_one_moment_are_still_exactly_five(url: str) -> None:
    dw = won_at_once(url, "money", ["2026-03-16"] * WRITERS)
    paid = bonuses(dw, run_for(dw, "2026-03").id)
    assert sorted(str(amount) for amount in paid.values()) == ["0.00 CNY"] * 11 + ["1,000.00 CNY"] * 5
    assert bonuses(dw, run_for(dw, "2026-03").id) == paid, "who they are does not change"


def test_each_person_has_a_budget_of_their_own(url: str) -> None:
    dw = won_at_once(url, "each", [f"2026-03-{day:02d}" for day in range(10, 10 + WRITERS)])
    paid = bonuses(dw, run_for(dw, "2026-03").id)
    assert [str(paid[f"D-{n}"].plain()) for n in range(8)] == ["1000.00"] * 4 + ["500.00"] * 2 + ["0.00"] * 2
    assert Money.total(paid.values(), "CNY") == Money.parse("5_000 CNY")


def test_what_is_undone_keeps_its_place_in_the_budget(url: str) -> None:
    dw = won_at_once(url, "number", [f"2026-03-{day:02d}" for day in range(10, 10 + WRITERS)])
    tell(
        dw,
        event("deal.cancelled", "D-0", "2026-03-28", reason="x"),
        event("deal.cancelled", "D-9", "2026-03-28", reason="x"),
    )
    paid = bonuses(dw, run_for(dw, "2026-03").id)
    assert {deal for deal, amount in paid.items() if amount} == {f"D-{number}" for number in range(5)}


def test_a_late_win_that_came_before_takes_its_part_and_the_last_one_loses_it_in_the_open_month(url: str) -> None:
    dw = won_at_once(url, "money", [f"2026-03-{day:02d}" for day in range(10, 10 + WRITERS)])
    march = pay_month(dw, "2026-03")
    before = bonuses(dw, march.id)
    tell(dw, *sale("D-late", "2026-03-09", "1_000 CNY", "li-na"))
    april = run_for(dw, "2026-04")
    assert bonuses(dw, march.id) == before, "the closed month says what it said"
    changed = bonuses(dw, april.id)
    assert (str(changed["D-late"]), str(changed["D-4"])) == ("1,000.00 CNY", "0.00 CNY")
    with dw.database.unit() as unit:
        moved = {
            entry.payee: entry for entry in RunBook(unit).entries(april.id) if entry.amount == Money.parse("1_000 CNY")
        }
    assert set(moved) == {"li-na", "chen-wei"}
