"""Five months of the sample company in a database of its own, with its pages, and whose amounts are whose."""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.app import Dealwright, open_dealwright, users
from engine.app.calculating import calculation
from engine.app.demo import play
from engine.app.recording import record
from engine.app.views.deals import DealFilter
from engine.app.views.users import User
from engine.core.money import Money
from tests.app_house import event
from tests.webui.conftest import SECRET, started
from tests.webui.visiting import sign_in
from webui import Settings
from webui.house_desk import HouseDesk

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
PASSWORD = "a password of the tests"
ROLES = {"manager": "wu-fang", "stranger": "thomas-brandt", "ops": "guo-hua", "finance": "he-ping", "admin": ""}
REPS = ("li-na", "chen-wei", "wang-lei", "sun-jie")
LEAST = 10_000
"""Smaller amounts are left out: they may stand on a page for another reason."""


@dataclass
class RealHouse:
    """The house with its pages; `ids` fill the holes of the matrix, `amounts` are each payee's own texts."""

    dw: Dealwright
    app: Flask
    persons: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def client(self, role: str) -> FlaskClient:
        """A client signed in as that viewer of the matrix, kept for the next call."""
        if role == "out":
            return self.app.test_client()
        if role not in self.clients:
            self.clients[role] = sign_in(self.app, role, PASSWORD)
        return self.clients[role]


def opened(folder: Path) -> Dealwright:
    """The house whose database lies in that folder."""
    rules = Path(__file__).parents[2] / "rules"
    return open_dealwright(f"sqlite:///{folder / 'house.db'}", rules, lambda: NOW)


def served(dw: Dealwright) -> Flask:
    """Its pages, for visitors in a hurry."""
    often = "10000 per minute"
    limits = {"sign_in_limit": often, "address_limit": often, "export_limit": often}
    return started(HouseDesk(dw), Settings(SECRET, plain_loopback=True, **limits))  # type: ignore[arg-type]


def copied(house: RealHouse, folder: Path) -> RealHouse:
    """The same house over a copy of its database, with nobody signed in."""
    file = str(house.dw.database.engine.url.database)
    with closing(sqlite3.connect(file)) as first, closing(sqlite3.connect(folder / "house.db")) as copy:
        first.backup(copy)
    dw = opened(folder)
    return replace(house, dw=dw, app=served(dw), clients={})


def build(folder: Path) -> RealHouse:
    """The house at the end of its five months, with a draft for the sixth."""
    dw = opened(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(play, "DEALS", 160)
        play.play(dw, 7, date(2026, 6, 1), date(2026, 11, 22), lambda *_: None)
    drafted = calculation.calculate(dw, "2026-11", "deng-li")
    assert not isinstance(drafted, tuple), drafted
    house = RealHouse(dw, served(dw))
    desk, finance = HouseDesk(dw), User("he.ping", title("he-ping"), "he-ping", ("finance",))
    rep = next(person for person in REPS if tasks_of(desk, person))
    house.persons = {"rep": rep, "peer": "anna-keller", **ROLES}
    for role, person in house.persons.items():
        roles = ("rep",) if role in ("rep", "peer") else ("manager",) if role == "stranger" else (role,)
        assert users.add_user(dw, role, PASSWORD, roles, person, "zh") == ()
    house.ids, house.amounts = ids_of(desk, finance, rep, drafted.id), own_amounts(desk, finance)
    house.ids["approval"] = asked_by(desk, rep)
    house.ids["ticket"] = opened_by(desk, rep)
    record(dw, event("account.changed", house.ids["account"], "2026-11-22", owner=rep))
    return house


def title(person: str) -> object:
    """A title that says the person."""
    from engine.core.rules.header import Title

    return Title(person, person)


def tasks_of(desk: HouseDesk, person: str) -> list[str]:
    """The open tasks of somebody."""
    viewer = User(person, title(person), person, ("rep",))  # type: ignore[arg-type]
    return [row.id for group in desk.tasks(viewer).groups for row in group.rows if row.status == "open"]


def ids_of(desk: HouseDesk, finance: User, rep: str, draft: str) -> dict[str, str]:
    """Things of the representative, and of everybody."""
    periods = desk.earnings(rep, "", finance).periods
    lines = [line for period in periods for line in desk.earnings(rep, period.id, finance).lines]
    own = next(line for line in lines if desk.deal(line.deal, finance).belongs.people == {rep} and line.amount)
    entry = next(cause.id for cause in desk.line(own.key, finance).explanation.causes if cause.id)
    posted = next(run.id for run in desk.runs(finance) if run.state in ("posted", "exported"))
    return {
        "task": tasks_of(desk, rep)[0],
        "deal": own.deal,
        "account": desk.deal(own.deal, finance).row.account_id,
        "payee": rep,
        "line": own.key,
        "entry": entry,
        "draft": draft,
        "approved": posted,
        "posted": posted,
        "period": "2026-11",
        "repayment": "repayment-1",
        "scored": "2026-Q3",
        "cell": f"account-executive/{rep}/records",
        "component": "bookings-commission",
        "rule": "plans/account-executive-2026.yaml",
    }


def asked_by(desk: HouseDesk, rep: str) -> str:
    """A request of the representative, about an open deal, that waits for their manager."""
    viewer = User(rep, title(rep), rep, ("rep",))  # type: ignore[arg-type]
    deal = next(row.id for row in desk.deals(DealFilter(status="open"), viewer).rows)
    assert desk.request_approval(deal, "no-visit", "a tender", viewer).done
    return next(row.id for row in desk.approvals(viewer).asked)


def opened_by(desk: HouseDesk, rep: str) -> str:
    """A ticket of the representative, about no deal."""
    viewer = User(rep, title(rep), rep, ("rep",))  # type: ignore[arg-type]
    opened = desk.open_ticket({"topic": "Noise", "kind": "fault"}, "now", viewer)
    assert opened.done, opened
    return opened.id


def own_amounts(desk: HouseDesk, finance: User) -> dict[str, tuple[str, ...]]:
    """Every payee's amounts, as texts, that nobody else has."""
    found: dict[str, set[Money]] = {}
    payees = [id for id, _name in desk.earnings("li-na", "", finance).payees]
    for payee in payees:
        for period in desk.earnings(payee, "", finance).periods:
            view = desk.earnings(payee, period.id, finance)
            sums = [
                amount for row in (*view.totals, *view.components) for amount in (row.earned, row.held, row.payable)
            ]
            amounts = {*sums, *(line.amount for line in view.lines), *(line.released for line in view.lines)}
            found.setdefault(payee, set()).update(abs(amount) for amount in amounts if abs(amount).minor >= LEAST)
    shared = Counter(amount for amounts in found.values() for amount in amounts)
    return {payee: tuple(written(a) for a in amounts if shared[a] == 1) for payee, amounts in found.items()}


@cache
def written(amount: Money) -> str:
    """The digits as pages write them."""
    return str(amount).removesuffix(f" {amount.currency}")
