"""What a page of 50 tasks, the queue's card and a manager's team cost the server, with many tasks stored.

    python -m tests.bench.bench_queue [tasks [people]]

The sample rules; so many tasks, ten a deal, of which 40 are open for each person and 20 ended today (the list shows
10 of these), the others ended before; each deal has its own event, enrolment, account and touch, so that the reasons of
50 tasks are 50 other rows. Rows are written straight into the tables, as recording wrote one of each. Milliseconds are of the wall, for a whole
request inside the process (session, shell, queries, template), by several people in turn; the first round is not counted.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from flask import Flask
from sqlalchemy import text
from werkzeug.test import EnvironBuilder

from engine.app import users
from engine.app.dealwright import Dealwright, open_dealwright
from engine.app.recording import record_many
from engine.core.events import Event
from engine.core.records import Account, Activity, Cause, Deal, Enrolment, Person, PersonVersion, Record, Task
from engine.store.event_log import EventLog
from engine.store.reading import all_records
from engine.store.record_rows import KINDS
from tests.webui.conftest import SECRET, started
from tests.webui.visiting import sign_in
from webui import Settings
from webui.house_desk import HouseDesk

RULES = Path(__file__).parents[2] / "rules"
PASSWORD = "a password of the bench"
MADE, NOW = datetime(2026, 11, 9, 2, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)
A_DEAL, OPEN, TODAY, AT_ONCE, TEAM = 10, 40, 20, 5000, 12
LOOKED, ROUNDS = 10, 20


def main(tasks: int = 1_000_000, people: int = 500) -> None:
    """The table, on standard output."""
    with tempfile.TemporaryDirectory() as folder:
        dw = built(Path(folder), tasks, people)
        often = "1000000 per minute"
        app = started(HouseDesk(dw), Settings(SECRET, plain_loopback=True, sign_in_limit=often, address_limit=often))  # type: ignore[arg-type]
        gc.freeze()  # as when it is served
        print(f"{tasks:,d} tasks of {people:,d} people, {tasks // A_DEAL:,d} deals")
        reps, managers = [f"p{number:04d}" for number in range(TEAM, TEAM + LOOKED)], ["p0000", "p0001"]
        for names, address in ((reps, "/tasks"), (reps, "/tasks/queue"), (managers, "/team")):
            timed(app, names, address)


def timed(app: Flask, names: Sequence[str], address: str) -> None:
    """One line of the table."""
    visitors = [sign_in(app, name, PASSWORD).get_cookie("session") for name in names]
    cookies = [f"session={cookie.value}" for cookie in visitors if cookie]
    wall, cpu, body = [], [], b""
    for turn in range(ROUNDS + 1):
        for cookie in cookies:
            environ = EnvironBuilder(address, headers={"Cookie": cookie}).get_environ()
            began, before = time.perf_counter(), time.process_time()
            body = b"".join(app(environ, _begun))
            if turn:
                wall.append((time.perf_counter() - began) * 1000)
                cpu.append((time.process_time() - before) * 1000)
    within = statistics.quantiles(wall, n=20)[18]
    print(
        f"{address:13s} {body.count(b'data-row'):3d} rows, {len(body) // 1024:4d} KiB: median {statistics.median(wall):5.1f} ms"
        f" (CPU {statistics.median(cpu):5.1f} ms), 95 % within {within:5.1f} ms"
    )


def _begun(status: str, *_: object) -> None:
    assert status.startswith("200"), status


def built(folder: Path, tasks: int, people: int) -> Dealwright:
    """The house with its tasks, and users for those who look."""
    dw = open_dealwright(f"sqlite:///{folder / 'bench.db'}", RULES, lambda: NOW)
    record_many(dw, [_joined("p0000"), _created("D-0", "p0000")])
    with dw.database.unit() as unit:
        deal, enrolment, task = all_records(unit, Deal)[0], all_records(unit, Enrolment)[0], all_records(unit, Task)[0]
    deals = tasks // A_DEAL
    _write(dw, [_person(number) for number in range(1, people)])
    _write(dw, (_account(n) for n in range(1, deals)))
    _write(dw, (_deal(deal, n, people) for n in range(1, deals)))
    _write(dw, (_touch(n, people) for n in range(deals)))
    _write(dw, (_enrolment(enrolment, n) for n in range(1, deals)))
    _write(dw, (_task(task, n, deals, people, tasks) for n in range(1, tasks)))
    for start in range(1, deals, AT_ONCE):
        events = [_created(f"D-{n}", f"p{n % people:04d}") for n in range(start, min(start + AT_ONCE, deals))]
        dw.database.run(lambda unit, events=events: EventLog(unit).append_all(events, NOW))
    for number in range(TEAM + LOOKED):
        name = f"p{number:04d}"
        assert users.add_user(dw, name, PASSWORD, ("manager" if number < 2 else "rep",), name, "en") == ()
    with dw.database.unit(write=True) as unit:
        unit.connection.execute(text("ANALYZE"))
    return dw


def _write(dw: Dealwright, records: Iterable[Record]) -> None:
    """The records' rows, some thousand at once."""
    left = iter(records)
    while some := list(islice(left, AT_ONCE)):
        kind = KINDS[type(some[0])]
        with dw.database.unit(write=True) as unit:
            unit.insert(kind.table, [kind.row(one) for one in some])


def _joined(id: str) -> Event:
    body = {"name": id, "role": "account_executive", "team": "china", "from_on": MADE.date()}
    at = MADE - timedelta(days=300)
    return Event("person.joined", id, "hr", id, at, at.date(), "", body)


def _created(id: str, owner: str) -> Event:
    body = {"name": f"Deal {id}", "owner": owner, "pipeline": "standard", "channel": "direct", "account": f"A-{id[2:]}"}
    return Event("deal.created", id, "crm", id, MADE, MADE.date(), owner, body)


def _person(number: int) -> Person:
    """Everybody reports to one of the first twelfth, the second half of these to the first two."""
    manager = "" if number < 2 else f"p{number % 2:04d}" if number < TEAM * 2 else f"p{2 + number % (TEAM * 2):04d}"
    version = PersonVersion(MADE.date() - timedelta(days=300), "account_executive", team="china", manager=manager)
    return Person(
        f"p{number:04d}", f"P {number}", f"人{number}", MADE.date() - timedelta(days=300), versions=(version,)
    )


def _account(n: int) -> Account:
    return Account(f"A-{n}", MADE.date(), {"name": f"Customer {n} 有限公司"})


def _deal(told: Deal, n: int, people: int) -> Deal:
    owner = f"p{n % people:04d}"
    return replace(told, id=f"D-{n}", facts={**told.facts, "owner": owner, "name": f"Deal D-{n}", "account": f"A-{n}"})


def _touch(n: int, people: int) -> Activity:
    return Activity(f"T-{n}", f"D-{n}", "call", "no_answer", "call", f"p{n % people:04d}", MADE, MADE.date())


def _enrolment(told: Enrolment, n: int) -> Enrolment:
    return replace(told, id=f"E-{n}", deal=f"D-{n}", cause=replace(told.cause, event=f"crm/D-{n}"))


def _task(told: Task, n: int, deals: int, people: int, tasks: int) -> Task:
    """The first of each person are open, and due from some days ago to some days ahead; the next ended today."""
    deal, which = n % deals, n // people
    cause: Cause = replace(told.reasons[0], event=f"crm/D-{deal}")
    due = NOW + timedelta(hours=which % OPEN * 4 - 100)
    base = replace(told, id=f"task-{n * 7919 % tasks:07d}", owner=f"p{n % people:04d}", deal=f"D-{deal}", due_at=due,
                   reasons=(cause,), enrolment=f"E-{deal}" if deal else told.enrolment)  # fmt: skip
    if which < OPEN:
        return base
    ended = NOW - timedelta(minutes=which) if which < OPEN + TODAY else MADE
    return replace(base, status="done", outcome="connected", ended_at=ended, ended_by=base.owner, due_at=ended)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
