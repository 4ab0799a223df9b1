"""The clock's turn with many customers in a public pool, a pool that comes into force over them, and a busy customer.

    python -m tests.bench.bench_pool [due [customers…]]

For each size a house with that many customers, each with an owner, told of before there was a pool. The pool comes into
force (every customer is looked at once), then the same number (1,000) is due at one tick and goes back. Growth is of the CPU
time, to the smallest size. Last, what one more touch costs where a customer has many deals.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import record_many
from engine.app.ticking import Ticked, tick
from engine.core.events import Event
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.loading import load_texts
from engine.store.database import open_database
from engine.store.migrations import upgrade
from engine.store.working_set import WorkingSet
from tests.bench.bench_calculate import CALENDAR, COMPANY, PIPELINE

START = datetime(2026, 1, 5, 2, tzinfo=UTC)
DAY = timedelta(days=1)
POOL = """
public_pool: customers
title: {en: Customers, zh: 客户公海}
of: account
recycle: [{after: 30 days, since: last_touch}]
"""


def rulebook(*more: str) -> Rulebook:
    """The rules of the house, with the pool or without."""
    texts = {"company.yaml": COMPANY, "calendar.yaml": CALENDAR, "pipeline.yaml": PIPELINE}
    found = load_texts({**texts, **{f"more-{number}.yaml": text for number, text in enumerate(more)}}).rulebook
    assert found is not None, "the rules of the bench are sound"
    return found


def told(type: str, subject: str, at: datetime, **body: object) -> Event:
    """An event of the source `bench`."""
    return Event(type, subject, "bench", f"{type}-{subject}-{at}", at, at.date(), "", body)


def house(folder: Path, customers: int, due: int) -> Dealwright:
    """A house whose customers have owners; all but `due` of them are touched again later."""
    database = open_database(f"sqlite:///{folder / f'{customers}.db'}")
    upgrade(database)
    rules = rulebook()
    dw = Dealwright(database, rules, matcher_for(rules), lambda: START, working=WorkingSet())
    people = [told("person.joined", f"p-{number}", START - DAY, name=f"P{number}", role="rep") for number in range(50)]
    record_many(dw, people)
    record_many(
        dw, [told("account.changed", f"A-{number:07}", START, owner=f"p-{number % 50}") for number in range(customers)]
    )
    return dw


def measured(dw: Dealwright, at: datetime) -> tuple[float, Ticked]:
    """The CPU seconds of a tick, and what it did."""
    before = time.process_time()
    done = tick(dw, at)
    return time.process_time() - before, done


def sized(folder: Path, customers: int, due: int) -> tuple[float, float, float]:
    """CPU seconds of looking over all, of a tick for which `due` customers are due, and of one with nothing due."""
    dw = house(folder, customers, due)
    with_pool = rulebook(POOL)
    dw = Dealwright(dw.database, with_pool, matcher_for(with_pool), dw.now, working=WorkingSet())
    over, looked = measured(dw, START + DAY)
    assert looked.deals == customers, looked
    again = [told("account.changed", f"A-{number:07}", START + 2 * DAY, owner=f"p-{(number + 1) % 50}")
             for number in range(due, customers)]  # fmt: skip
    record_many(dw, again)
    back, done = measured(dw, START + 31 * DAY + timedelta(hours=1))
    assert done.deals == due, done
    idle, nothing = measured(dw, START + 31 * DAY + timedelta(hours=2))
    assert nothing.deals == 0, nothing
    return over, back, idle


def touch(folder: Path, deals: int, *more: str) -> float:
    """Milliseconds of CPU for one touch of a deal whose customer has that many."""
    database = open_database(f"sqlite:///{folder / f'busy-{deals}-{len(more)}.db'}")
    upgrade(database)
    rules = rulebook(*more)
    dw = Dealwright(database, rules, matcher_for(rules), lambda: START, working=WorkingSet())
    record_many(dw, [told("person.joined", "p-0", START - DAY, name="P", role="rep"),
                     told("account.changed", "A-1", START, owner="p-0")])  # fmt: skip
    record_many(dw, [told("deal.created", f"D-{n:06}", START + DAY, owner="p-0", account="A-1") for n in range(deals)])
    touches = [told("activity.logged", "D-000000", START + DAY + timedelta(minutes=n + 1), kind="call", by="p-0")
               for n in range(50)]  # fmt: skip
    before = time.process_time()
    record_many(dw, touches)
    return (time.process_time() - before) * 1000 / len(touches)


def main() -> int:
    """Prints a line for each size, and what a touch of a busy customer costs."""
    due, *sizes = [int(text) for text in sys.argv[1:]] or [1000, 10_000, 100_000]
    with tempfile.TemporaryDirectory() as name:
        first = 0.0
        for customers in sizes:
            over, back, idle = sized(Path(name), customers, due)
            first = first or back
            print(f"{customers:>9,} customers: looked over in {over:.2f} s CPU ({over * 1e6 / customers:.0f} µs each); "
                  f"{due:,} back in {back:.2f} s CPU, growth {back / first:.2f}; nothing due {idle * 1000:.1f} ms")  # fmt: skip
        for deals in (100, 1000, 3000):
            print(f"{deals:>9,} deals of one customer: a touch costs {touch(Path(name), deals):.1f} ms without a pool of "
                  f"customers, {touch(Path(name), deals, POOL):.1f} ms with one")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
