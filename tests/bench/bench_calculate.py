"""A whole calculation: credits out of the store, lines and entries into it, beside the bare reading and inserting.

    python -m tests.bench.bench_calculate [credits [payees [workers]]]

The credits are written straight into the table, as many for each payee, over a year of four quarters with a quota each,
under a plan of four marginal tiers with a cap. Bare: every row of credits is fetched as it is, and the very rows that
the calculation wrote are inserted, bare, into fresh tables of the same file. Seconds are of CPU (this process and its
workers) and of the wall.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from engine.app.calculating.calculation import Calculated, calculate
from engine.app.calculating.mapping import here, over_processes
from engine.app.dealwright import Dealwright, open_dealwright
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.records import Cause, Credit, Person, PersonVersion, Quota
from engine.store.record_rows import KINDS
from engine.store.tables.pay import earning_lines, run_entries
from engine.store.tables.records import credits

COMPANY = """company: bench
currency: CNY
time_zone: Asia/Shanghai
languages: [en, zh]
fiscal_year_starts: 01-01
week_starts: monday
business_hours: 09:00-18:00
rounding: half_up
channels: [direct]
roles: [account_executive]
pay_period: month
calendar: cn
"""
CALENDAR = """calendar: cn
title: {en: Weekdays, zh: 工作日}
years: {from: 2025, until: 2028}
hours:
  weekdays: [09:00-18:00]
"""
PLAN = """plan: account-executive
title: {en: Account executive, zh: 客户经理}
in_force: {from: 2026-01-01, until: 2027-01-01}
currency: CNY
period: quarter
credits:
  - {credit: bookings, on: deal.won, to: {split: deal.team, rest: deal.owner}}
components:
  - commission: on-bookings
    title: {en: On bookings, zh: 业绩提成}
    of: bookings
    measured_over: quarter
    quota: quota
    rates:
      by: attainment
      method: marginal
      tiers:
        - {from: 0%, rate: 5%}
        - {from: 50%, rate: 8%}
        - {from: 100%, rate: 12%}
        - {from: 150%, rate: 15%}
    cap: {at_most: 900_000 CNY}
"""
PIPELINE = """pipeline: standard
title: {en: Sale, zh: 销售}
stages:
  - {stage: lead, title: {en: Lead, zh: 线索}, probability: 10%}
  - {stage: won, title: {en: Won, zh: 赢单}, closes: won}
  - {stage: lost, title: {en: Lost, zh: 输单}, closes: lost}
moves: {forward: any, backward: any, reopen: anyone}
"""
NOW = datetime(2027, 1, 15, tzinfo=UTC)
AT_ONCE = 5000
Result = TypeVar("Result")


def main(number: int = 50_000, payees: int = 500, workers: int = 1) -> None:
    """The table, on standard output."""
    with tempfile.TemporaryDirectory() as folder:
        house = _house(Path(folder), number, payees)
        own, made = measured(
            lambda: calculate(house, "2026-12", "finance", here if workers == 1 else over_processes(workers))
        )
        assert isinstance(made, Calculated), made
        assert not made.unpaid, made.unpaid[:3]
        bare, rows = measured(lambda: _bare(house, made.id))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    print(
        f"{number:,} credits of {payees:,} payees, {workers} process(es); {rows:,} rows written; largest process {peak} MB"
    )
    print(f"calculate: {own.wall:.2f} s wall, {own.cpu:.2f} s CPU, {number / own.wall:,.0f} credits/s")
    print(f"bare read and insert of the same rows: {bare.wall:.2f} s wall, {bare.cpu:.2f} s CPU")
    print(f"ratio: {own.wall / bare.wall:.1f} wall, {own.cpu / bare.cpu:.1f} CPU")


@dataclass(frozen=True)
class Took:
    """Seconds."""

    wall: float
    cpu: float


def measured(work: Callable[[], Result]) -> tuple[Took, Result]:
    """How long it took, children included once they have ended, and what it gave."""
    begun, before = time.perf_counter(), _cpu()
    result = work()
    return Took(time.perf_counter() - begun, _cpu() - before), result


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _house(folder: Path, number: int, payees: int) -> Dealwright:
    """A house with those credits and nothing else."""
    rules = folder / "rules"
    rules.mkdir()
    for name, text in (("company", COMPANY), ("calendar", CALENDAR), ("plan", PLAN), ("pipeline", PIPELINE)):
        (rules / f"{name}.yaml").write_text(text, encoding="utf-8")
    house = open_dealwright(f"sqlite:///{folder / 'bench.db'}", rules, lambda: NOW)
    with house.database.unit(write=True) as unit:
        for kind, records in ((Person, _people(payees)), (Quota, _quotas(payees)), (Credit, _credits(number, payees))):
            rows = [KINDS[kind].row(record) for record in records]
            for start in range(0, len(rows), AT_ONCE):
                unit.insert(KINDS[kind].table, rows[start : start + AT_ONCE])
    return house


def _people(payees: int) -> Iterator[Person]:
    joined = date(2025, 1, 1)
    for number in range(payees):
        yield Person(
            f"p{number:06d}", f"P {number}", "", joined, versions=(PersonVersion(joined, "account_executive"),)
        )


def _quotas(payees: int) -> Iterator[Quota]:
    for number in range(payees):
        for quarter in range(1, 5):
            yield Quota(
                f"q{number}-{quarter}", f"p{number:06d}", "bookings", f"2026-Q{quarter}", Money(60_000_000, "CNY")
            )


def _credits(number: int, payees: int) -> Iterator[Credit]:
    """Amounts and days spread by a fixed step, so that every run has the same rows."""
    for one in range(number):
        at = datetime(2026, 1, 1, 4, tzinfo=UTC) + timedelta(days=one * 7919 % 365, minutes=one % 480)
        amount, payee = Money(100_00 + one * 104_729 % 900_000_00, "CNY"), f"p{one % payees:06d}"
        cause = Cause(
            "plan:account-executive@bench", Place("plan.yaml", 7, 3), f"crm/{one}", "", (("deal.amount", amount),)
        )
        yield Credit(
            f"credit-{one:08d}", "bookings", payee, "", f"crm/{one}", at.date(), at, amount, amount, Fraction(1),
            "direct", "account-executive", cause,
        )  # fmt: skip


def _bare(house: Dealwright, run: str) -> int:
    """Fetches the credits, and writes what the run wrote once more; the number of rows written."""
    written = 0
    with house.database.unit() as unit:
        unit.rows(select(credits))
        found = {table: unit.rows(select(table).where(table.c.run == run)) for table in (earning_lines, run_entries)}
    with house.database.unit(write=True) as unit:
        for table, rows in found.items():
            names = [column.name for column in table.columns]
            unit.connection.exec_driver_sql(f"CREATE TABLE bare_{table.name} AS SELECT * FROM {table.name} WHERE 0")
            marks = ", ".join("?" * len(names))
            values = [tuple(str(one) if isinstance(one, date) else one for one in row) for row in rows]
            unit.connection.exec_driver_sql(f"INSERT INTO bare_{table.name} VALUES ({marks})", values)
            written += len(rows)
    return written


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
