"""The same open period with few and with many closed periods behind it: what a calculation reads, and how long it takes.

    python -m tests.bench.bench_closed [payees [credits]]

Each payee has as many credits a month, written straight into the table, and a quota for each quarter, under a plan of
four marginal tiers with a cap, measured over the quarter. The periods before are calculated, approved, posted and closed
one after the other; then May 2027, the second month of its quarter, is calculated: first the open days alone, three
times over, of which the quickest counts; then all days (`complete`), which must come to the same run.

同一个待结期间，之前已关账的期间分别为 4 个和 40 个：测量一次计算读取多少业绩、用时多少。每人每月的业绩笔数相同，
直接写入表中；每季度一个指标；方案按季度累计，四档分段，带封顶。之前各期间依次计算、审批、过账、关账，然后计算 2027 年 5 月：
先只算未结的日子，重复三次取最快的一次；再全部重算，结果必须是同一个批次。
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from engine.app import closing, payouts
from engine.app.calculating.calculation import Calculated, calculate
from engine.app.calculating.mapping import here
from engine.app.calculating.parts import PartWork
from engine.app.dealwright import Dealwright, open_dealwright
from engine.core.money import Money
from engine.core.periods import Period, parse_period, period_of
from engine.core.problems import Place
from engine.core.records import Cause, Credit, Person, PersonVersion, Quota, Record
from engine.core.rules.rulebook import Rulebook
from engine.store.calculations import Part
from engine.store.record_rows import KINDS
from tests.bench.bench_calculate import AT_ONCE, CALENDAR, COMPANY, PIPELINE, PLAN, Took, measured

OPEN, CLOSED, TIMES = "2027-05", (4, 40), 3
JOINED = date(2023, 1, 1)


def main(payees: int = 200, credits: int = 25) -> None:
    """The table, on standard output."""
    few, many = (_row(closed, payees, credits) for closed in CLOSED)
    print(f"ratio of {CLOSED[1]} to {CLOSED[0]} closed periods, open days alone: {few.times(many):.2f}")


@dataclass(frozen=True)
class Row:
    """What calculating the open days took."""

    took: Took

    def times(self, other: "Row") -> float:
        """How many times as long the other took, of CPU time."""
        return other.took.cpu / self.took.cpu


def _row(closed: int, payees: int, credits: int) -> Row:
    """Prints what is measured with so many closed periods."""
    with tempfile.TemporaryDirectory() as folder:
        house = Closing(Path(folder), payees, credits, closed)
        house.close_all()
        rounds = [measured(lambda: house.calculated(complete=False)) for _ in range(TIMES)]
        took, (run, read) = min(rounds, key=lambda one: one[0].cpu)
        whole, (same, all_read) = measured(lambda: house.calculated(complete=True))
        assert run == same, (run, same)
    print(
        f"{closed} closed: open days alone {took.wall:.2f} s wall, {took.cpu:.2f} s CPU, {read:,} credits read;"
        f" all days {whole.wall:.2f} s wall, {whole.cpu:.2f} s CPU, {all_read:,} credits read"
    )
    return Row(took)


class Closing:
    """A house in which month after month is closed. Its clock is told."""

    def __init__(self, folder: Path, payees: int, credits: int, closed: int) -> None:
        self.now, rules = datetime(2024, 1, 1, tzinfo=UTC), folder / "rules"
        rules.mkdir()
        plan = PLAN.replace("{from: 2026-01-01, until: 2027-01-01}", "{from: 2024-01-01}")
        calendar = CALENDAR.replace("2025", "2024")
        for name, text in (("company", COMPANY), ("calendar", calendar), ("plan", plan), ("pipeline", PIPELINE)):
            (rules / f"{name}.yaml").write_text(text, encoding="utf-8")
        self.dw: Dealwright = open_dealwright(f"sqlite:///{folder / 'bench.db'}", rules, lambda: self.now)
        self.months = tuple(self._months(closed))
        ids = [f"p{number:06d}" for number in range(payees)]
        self._write(
            Person, (Person(id, id, "", JOINED, versions=(PersonVersion(JOINED, "account_executive"),)) for id in ids)
        )
        self._write(Quota, self._quotas(ids))
        self._write(Credit, (one for month in self.months for one in _credits(month, ids, credits)))

    def close_all(self) -> None:
        """Every month but the last is posted and closed."""
        for month in self.months[:-1]:
            made = calculate(self.dw, month.id, "he-ping")
            assert isinstance(made, Calculated) and not made.unpaid, made
            for step in (payouts.approve, payouts.post):
                self.now += timedelta(minutes=1)
                assert not step(self.dw, made.id, "deng-li").problems
            assert not closing.close(self.dw, month.id, "deng-li").problems

    def calculated(self, *, complete: bool) -> tuple[str, int]:
        """The run of the open month, and the number of credits that were read for it."""
        read: list[int] = []

        def counted(rulebook: Rulebook, works: Iterable[PartWork]) -> Iterator[Part]:
            return here(rulebook, (read.append(len(work.credits)) or work for work in works))  # type: ignore[func-returns-value]

        made = calculate(self.dw, self.months[-1].id, "he-ping", counted, complete=complete)
        assert isinstance(made, Calculated) and not made.unpaid, made
        return made.id, sum(read)

    def _months(self, closed: int) -> Iterator[Period]:
        """The months to be closed, and the open one."""
        company = self.dw.rulebook.company
        last = parse_period(OPEN, company)
        number = last.start.year * 12 + last.start.month - 1
        for month in range(number - closed, number + 1):
            yield period_of(date(month // 12, month % 12 + 1, 1), "month", company)

    def _quotas(self, ids: Iterable[str]) -> Iterator[Quota]:
        quarters = {period_of(month.start, "quarter", self.dw.rulebook.company).id for month in self.months}
        for id in ids:
            for quarter in sorted(quarters):
                yield Quota(f"{id}-{quarter}", id, "bookings", quarter, Money(60_000_000, "CNY"))

    def _write(self, kind: type[Record], records: Iterable[Record]) -> None:
        rows = [KINDS[kind].row(record) for record in records]
        with self.dw.database.unit(write=True) as unit:
            for start in range(0, len(rows), AT_ONCE):
                unit.insert(KINDS[kind].table, rows[start : start + AT_ONCE])


def _credits(month: Period, ids: Iterable[str], each: int) -> Iterator[Credit]:
    """Amounts and days spread by a fixed step, so that the open month has the same rows in every house."""
    for payee in ids:
        for number in range(each):
            one = int(payee[1:]) * each + number
            at = datetime(month.start.year, month.start.month, 1 + one * 7919 % 28, 4, one % 60, tzinfo=UTC)
            amount, event = Money(100_00 + one * 104_729 % 900_000_00, "CNY"), f"crm/{month.id}/{one}"
            cause = Cause(
                "plan:account-executive@bench", Place("plan.yaml", 7, 3), event, "", (("deal.amount", amount),)
            )
            yield Credit(
                f"credit-{month.id}-{one:08d}", "bookings", payee, "", event, at.date(), at, amount, amount, Fraction(1),
                "direct", "account-executive", cause,
            )  # fmt: skip


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
