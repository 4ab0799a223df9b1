"""A calculation in parts: the same run however payees are divided and wherever they are calculated; interrupted, resumed."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.app.calculating import calculation
from engine.app.calculating.calculation import Calculated, calculate, divided
from engine.app.calculating.mapping import here, over_cluster, over_processes
from engine.app.calculating.open_pay import open_pay
from engine.app.calculating.parts import PartWork
from engine.core.rules.rulebook import Rulebook
from engine.store.calculations import Part
from engine.store.tables.calculations import calculation_parts, calculations
from engine.store.tables.pay import earning_lines, run_entries, runs
from tests.app_house import event, sale, staffed, tell


def busy_house(file: Path):
    """A house with sales of several people, some split, one cancelled, some paid."""
    dw = staffed(file)
    for number in range(1, 9):
        tell(dw, *sale(f"D-{number}", f"2026-03-{number + 8:02d}", f"{number}1_000 CNY"))
    tell(dw, event("payment.received", "D-3", "2026-03-28", amount="10_000 CNY"))
    tell(dw, event("deal.cancelled", "D-2", "2026-03-29", reason="withdrawn"))
    return dw


def written(dw, run: str) -> list[tuple]:
    """Everything that a run wrote, row by row, apart from who made it and when."""
    found = []
    with dw.database.unit() as unit:
        for table in (runs, run_entries, earning_lines):
            shown = [column for column in table.columns if column.name not in ("made_by", "made_at", "watermark")]
            own = table.c.id if table is runs else table.c.run
            found += [tuple(row) for row in unit.rows(select(*shown).where(own == run).order_by(*shown))]
    return found


@pytest.fixture
def one_payee_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every payee is a part."""
    monkeypatch.setattr(calculation, "PAYEES_AT_ONCE", 1)


def run_of(dw, mapper=here) -> Calculated:
    """The draft of March."""
    made = calculate(dw, "2026-03", "he-ping", mapper)
    assert isinstance(made, Calculated), made
    return made


def test_the_run_is_the_same_however_payees_are_divided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dw = busy_house(tmp_path / "a.db")
    together = run_of(dw)
    rows = written(dw, together.id)
    assert len(rows) > 20
    for size in (1, 2, 3):
        monkeypatch.setattr(calculation, "PAYEES_AT_ONCE", size)
        apart = run_of(dw)
        assert (apart, written(dw, apart.id)) == (together, rows)


@pytest.mark.usefixtures("one_payee_a_part")
def test_processes_and_a_cluster_give_the_same_bytes(tmp_path: Path) -> None:
    from distributed import LocalCluster

    dw = busy_house(tmp_path / "a.db")
    made = run_of(dw)
    rows = written(dw, made.id)
    assert written(dw, run_of(dw, over_processes(2)).id) == rows
    local = {"host": "127.0.0.1", "protocol": "tcp", "dashboard_address": None}
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, **local) as cluster:
        assert written(dw, run_of(dw, over_cluster(cluster.scheduler_address)).id) == rows


@pytest.mark.usefixtures("one_payee_a_part")
def test_an_interrupted_calculation_goes_on_with_the_parts_that_are_missing(tmp_path: Path) -> None:
    dw = busy_house(tmp_path / "a.db")
    rows = written(dw, run_of(dw).id)
    done: list[int] = []

    def counted(rulebook: Rulebook, works: Iterable[PartWork]) -> Iterator[Part]:
        for part in here(rulebook, works):
            if len(done) == 2:
                raise KeyboardInterrupt
            done.append(part.number)
            yield part

    with pytest.raises(KeyboardInterrupt):
        calculate(dw, "2026-03", "he-ping", counted)
    with dw.database.unit() as unit:
        assert {row.number for row in unit.rows(select(calculation_parts.c.number))} == set(done) == {0, 1}
    done.clear()
    again = []
    made = run_of(dw, lambda rules, works: here(rules, (again.append(work.number) or work for work in works)))
    assert again and not {0, 1} & set(again)
    assert written(dw, made.id) == rows
    with dw.database.unit() as unit:
        assert unit.rows(select(calculations.c.id)) == []


@pytest.mark.usefixtures("one_payee_a_part")
def test_records_that_change_meanwhile_begin_it_anew_and_in_the_end_refuse_it(tmp_path: Path) -> None:
    dw = busy_house(tmp_path / "a.db")
    sold: list[int] = []

    def disturbed(times: int):
        def carried_out(rulebook: Rulebook, works: Iterable[PartWork]) -> Iterator[Part]:
            for part in here(rulebook, works):
                yield part
                if len(sold) < times:
                    sold.append(part.number)
                    tell(dw, *sale(f"D-9{len(sold)}", "2026-03-30", "5_000 CNY"))

        return carried_out

    made = run_of(dw, disturbed(2))
    assert len(sold) == 2
    assert written(dw, made.id) == written(dw, run_of(dw).id)
    (refused,) = calculate(dw, "2026-03", "he-ping", disturbed(99))
    assert refused.code == "E160"


def sharing_house(file: Path):
    """Two managers with teams of their own, who share a pool of the second quarter; a race of the representatives."""
    dw = staffed(file)
    more = (("brandt", "sales_manager", ""), ("anna", "account_executive", "brandt"))
    for id, role, manager in more:
        tell(dw, event("person.joined", id, "2024-01-02", id, name=id, role=role, team="dach", manager=manager))
    for id in ("wu-fang", "brandt"):
        tell(dw, event("quota.set", id, "2026-04-01", measure="bookings", period="2026-Q2", amount="100_000 CNY"))
    tell(dw, *sale("D-1", "2026-05-12", "70_000 CNY"), *sale("D-2", "2026-05-13", "50_010 CNY", owner="anna"))
    return dw


def shared(rows: list[tuple]) -> set[tuple[str, str]]:
    """Payee and component of the lines that depend on everybody."""
    texts = [tuple(str(value) for value in row) for row in rows]
    payees, parts = ("wu-fang", "brandt", "anna", "chen-wei"), ("managers-pool", "bookings-race")
    return {(payee, part) for row in texts for payee in payees for part in parts if {payee, part} <= set(row)}


@pytest.mark.usefixtures("one_payee_a_part")
def test_a_pool_is_shared_alike_when_workers_are_interrupted_between_its_sharers(tmp_path: Path) -> None:
    dw = sharing_house(tmp_path / "a.db")
    whole = calculate(dw, "2026-06", "he-ping")
    assert isinstance(whole, Calculated), whole
    rows = written(dw, whole.id)
    assert {("wu-fang", "managers-pool"), ("brandt", "managers-pool")} <= shared(rows)
    with dw.database.unit() as unit:
        payees = list(open_pay(dw.rulebook, unit).days)
    done = {payees.index("brandt"), payees.index("anna")}

    def interrupted(rulebook: Rulebook, works: Iterable[PartWork]) -> Iterator[Part]:
        yield from over_processes(2)(rulebook, (work for work in works if work.number in done))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calculate(dw, "2026-06", "he-ping", interrupted)
    with dw.database.unit() as unit:
        assert {row.number for row in unit.rows(select(calculation_parts.c.number))} == done
    again: list[int] = []

    def resumed(rulebook: Rulebook, works: Iterable[PartWork]) -> Iterator[Part]:
        return over_processes(2)(rulebook, (again.append(work.number) or work for work in works))

    made = calculate(dw, "2026-06", "he-ping", resumed)
    assert isinstance(made, Calculated), made
    assert (set(again), len(again)) == (set(range(len(payees))) - done, len(payees) - len(done))
    assert (made.id, written(dw, made.id)) == (whole.id, rows)


@pytest.mark.usefixtures("one_payee_a_part")
def test_what_changes_a_pool_while_it_is_interrupted_begins_all_its_parts_anew(tmp_path: Path) -> None:
    dw = sharing_house(tmp_path / "a.db")

    def interrupted(rulebook: Rulebook, works: Iterable[PartWork]) -> Iterator[Part]:
        yield from islice(here(rulebook, works), 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calculate(dw, "2026-06", "he-ping", interrupted)
    tell(dw, *sale("D-3", "2026-05-14", "20_000 CNY"))
    made = calculate(dw, "2026-06", "he-ping", over_processes(2))
    assert isinstance(made, Calculated), made
    rows = written(dw, made.id)
    fresh = calculate(dw, "2026-06", "he-ping")
    assert isinstance(fresh, Calculated), fresh
    assert (fresh.id, written(dw, fresh.id)) == (made.id, rows)


def test_parts_end_by_payees_and_by_credits() -> None:
    assert divided([("a", 1), ("b", 10_000), ("c", 1), ("d", 0)]) == (("a", "b"), ("c", "d"))
    assert [len(part) for part in divided([(str(n), 0) for n in range(1200)])] == [500, 500, 200]
    assert divided([]) == ()
