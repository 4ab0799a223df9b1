"""Values of KPIs told on a screen: by whom, of whom, through the one gate, the last one counting."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.app.access import NotThere, NotYours
from engine.app.dealwright import Dealwright
from engine.app.giving_scores import give_scores, score_sheets
from engine.app.views.score_sheets import ToldCell
from engine.app.views.users import User
from engine.core.rules.header import Title
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.queries.pay import scores_of
from tests.app_house import at, event, staffed, tell

WU = User("wu", Title("Wu"), "wu-fang", ("manager",))
OPS = User("guo", Title("Guo"), "guo-hua", ("ops",))
CELL = "account-executive/chen-wei/records"


@pytest.fixture
def dw(tmp_path: Path) -> Iterator[Dealwright]:
    """The third of April; Wu Fang's two account executives, and one of somebody else's."""
    made = staffed(tmp_path / "a.db", at("2026-04-03 10:00"))
    other = event("person.joined", "anna", "2024-01-02", "anna", name="Anna", role="account_executive", team="dach",
                  manager="brandt")  # fmt: skip
    tell(made, other)
    yield made
    made.database.close()


def later(dw: Dealwright, moment: str) -> Dealwright:
    """The same house at another moment."""
    return replace(dw, now=lambda: at(moment))


def cells(dw: Dealwright, viewer: User = WU, period: str = "2026-Q1") -> dict[str, ToldCell]:
    """Every cell by its name."""
    found = score_sheets(dw, period, viewer)
    return {cell.name: cell for sheet in found.sheets for row in sheet.rows for cell in row.cells}


def events(dw: Dealwright) -> int:
    """How many events the log has."""
    with dw.database.unit() as unit:
        return EventLog(unit).head().seq


def known(unit: Unit) -> dict[str, str]:
    """The values by id."""
    return {one.id: str(one.value) for one in scores_of(unit)}


def test_a_manager_sees_their_own_people_and_the_kpis_that_people_tell(dw: Dealwright) -> None:
    found = score_sheets(dw, "", WU)
    assert found.period.id == "2026-Q1", "the last that has ended"
    assert [(sheet.scorecard, [row.person for row in sheet.rows]) for sheet in found.sheets] == [
        ("account-executive", ["chen-wei", "li-na"])
    ]
    assert [(kpi.id, kpi.unit, kpi.weight) for kpi in found.sheets[0].kpis] == [
        ("customer-satisfaction", "percent", "30%"), ("records", "percent", "20%"),
    ]  # fmt: skip
    assert "2026-Q2" in [one.id for one in found.periods]


def test_operations_see_everybody_but_themselves(dw: Dealwright) -> None:
    tell(dw, event("person.joined", "guo-hua", "2024-01-02", "guo", name="Guo", role="sales_manager", team="china"))
    names = cells(dw, OPS)
    assert {name.split("/")[1] for name in names} == {"anna", "chen-wei", "li-na", "wu-fang"}
    assert cells(dw, replace(WU, roles=("rep",))) == {}
    with pytest.raises(NotThere):
        score_sheets(dw, "2026-13", WU)


def test_a_value_is_told_through_the_gate_and_shown_with_who_told_it(dw: Dealwright) -> None:
    done = give_scores(dw, "2026-Q1", {CELL: " 70 ", "account-executive/li-na/records": ""}, {}, WU)
    assert (done.told, done.wrong) == (1, {})
    with dw.database.unit() as unit:
        assert known(unit) == {"account-executive/records/chen-wei/2026-Q1": "7/10"}, "a bare number is a percent here"
    cell = cells(dw)[CELL]
    assert (cell.value, cell.by.en, cell.at) == ("70%", "Wu Fang", at("2026-04-03 10:00"))


def test_told_again_the_last_counts_and_the_same_form_twice_is_one_event(dw: Dealwright) -> None:
    give_scores(dw, "2026-Q1", {CELL: "70"}, {CELL: ""}, WU)
    count, seen = events(dw), cells(dw)[CELL].seen
    give_scores(later(dw, "2026-04-03 10:05"), "2026-Q1", {CELL: "70"}, {CELL: ""}, WU)
    assert events(dw) == count, "sent twice"
    done = give_scores(later(dw, "2026-04-03 10:06"), "2026-Q1", {CELL: "75.5%"}, {CELL: seen}, OPS)
    assert (done.told, cells(dw)[CELL].value, cells(dw)[CELL].by.en) == (1, "75.5%", "guo-hua")


def test_what_was_told_of_a_later_moment_stands_and_one_is_told_so(dw: Dealwright) -> None:
    body = {"scorecard": "account-executive", "kpi": "records", "period": "2026-Q1", "value": "90%"}
    tell(dw, event("score.given", "chen-wei", "2026-04-05", actor="wu-fang", **body))
    done = give_scores(dw, "2026-Q1", {CELL: "70"}, {}, WU)
    assert (done.told, done.wrong[CELL].code, cells(dw)[CELL].value) == (0, "E147", "90%")
    assert "later moment" in done.wrong[CELL].message("en") and "更晚" in done.wrong[CELL].message("zh")


def test_each_value_stands_by_itself(dw: Dealwright) -> None:
    done = give_scores(dw, "2026-Q1", {CELL: "many", "account-executive/li-na/records": "80%"}, {}, WU)
    assert (done.told, list(done.wrong)) == (1, [CELL])
    assert cells(dw)["account-executive/li-na/records"].value == "80%"


@pytest.mark.parametrize(
    "name", ["account-executive/anna/records", "account-executive/chen-wei/bookings", "x", "a/b/c/d"]
)
def test_what_is_not_theirs_is_refused_before_anything_is_told(dw: Dealwright, name: str) -> None:
    with pytest.raises(NotYours):
        give_scores(dw, "2026-Q1", {CELL: "70", name: "80"}, {}, WU)
    assert cells(dw)[CELL].value == ""


def test_nobody_tells_their_own_even_as_operations(dw: Dealwright) -> None:
    own = replace(OPS, person="chen-wei")
    assert CELL not in cells(dw, own)
    with pytest.raises(NotYours):
        give_scores(dw, "2026-Q1", {CELL: "100"}, {}, own)


def test_who_left_before_the_period_is_not_on_its_sheet(dw: Dealwright) -> None:
    tell(dw, event("person.left", "li-na", "2026-02-01", reason="left"))
    assert {name.split("/")[1] for name in cells(dw)} == {"chen-wei", "li-na"}, "she was there in January"
    assert {name.split("/")[1] for name in cells(dw, period="2026-Q2")} == {"chen-wei"}
    assert cells(dw, period="2025-Q4") == {}, "no scorecard was in force"
