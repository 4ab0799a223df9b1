"""What hangs on another day than the event's, what tasks brought, and what came later, whatever is told of late."""

from datetime import UTC, date, datetime
from pathlib import Path

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import record, record_many
from engine.core.events import Event
from engine.core.records import Task
from engine.store.database import open_database
from engine.store.migrations import upgrade
from engine.store.queries.pay import credits_of, grants_of
from engine.store.reading import all_records
from tests.app.test_records_order import JOINED, cny, outcome, told
from tests.core.incentives.world import rulebook

PLAN = """
plan: rep
title: {en: Rep, zh: 代表}
pays: owner.role = "rep"
currency: CNY
period: quarter
credits:
  - {credit: bookings, on: deal.won, amount: deal.amount, to: {roll_up: deal.owner, as_of: deal.close_on}}
components:
  - commission: commission
    of: bookings
    rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 5%}]}
  - {bonus: called, on: task.completed, amount: 4 CNY}
"""
CALL = """
automation: call
title: {en: Call, zh: 致电}
on: deal.won
then:
  - task: {to: deal.owner, title: {en: Call, zh: 致电}, purpose: call}
"""
PEOPLE = [
    told("person.joined", "mia", 0, "mia", name="mia", role="rep"),
    told("person.joined", "bob", 0, "bob", name="bob", role="rep"),
    told("person.joined", "ann", 0, "ann", name="ann", role="rep", manager="mia"),
]
SALE = [
    told("deal.created", "D", 1, "created", owner="ann", amount=cny(100), close_on=date(2026, 2, 20)),
    told("deal.won", "D", 3, "won"),
]
MOVE = told("person.changed", "ann", 10, "moves", manager="bob")


def house(path: Path, *events: Event) -> Dealwright:
    """An open house with these rules, to which the events were told one after the other."""
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    found = rulebook(plan=PLAN, call=CALL)
    dw = Dealwright(database, found, matcher_for(found), lambda: datetime(2026, 6, 1, tzinfo=UTC))
    record_many(dw, PEOPLE)
    assert [record(dw, event).status for event in events] == ["recorded"] * len(events)
    return dw


def credited(dw: Dealwright) -> list[str]:
    with dw.database.unit() as unit:
        return [credit.payee for credit in credits_of(unit)]


def test_a_manager_who_is_told_of_after_the_win_counts_for_the_day_that_the_rule_goes_by(tmp_path: Path) -> None:
    before, after = house(tmp_path / "a.db", MOVE, *SALE), house(tmp_path / "b.db", *SALE, MOVE)
    assert credited(before) == credited(after) == ["bob"]


def test_what_a_task_brought_stays_when_its_deal_is_decided_anew(tmp_path: Path) -> None:
    dw = house(tmp_path / "a.db", *SALE)
    with dw.database.unit() as unit:
        (task,) = all_records(unit, Task)
    record(dw, told("task.completed", task.id, 5, "done", "ann"))
    record(dw, told("deal.changed", "D", 2, "late", amount=cny(200)))
    with dw.database.unit() as unit:
        assert [(grant.component, grant.amount) for grant in grants_of(unit)] == [("called", cny(4))]
    record(dw, told("deal.cancelled", "D", 6, "off", reason="off"))
    record(dw, told("deal.changed", "D", 2, "later", amount=cny(300)))
    with dw.database.unit() as unit:
        assert [grant.undone_by for grant in grants_of(unit)] == ["t/off"]


def test_what_a_partner_became_after_the_win_does_not_count_when_the_deal_is_decided_anew(tmp_path: Path) -> None:
    sale = [
        told("deal.created", "D", 1, "created", owner="bob", partner="P", amount=cny(100)),
        told("deal.won", "D", 3, "won"),
    ]
    risen = told("partner.joined", "P", 5, "risen", name="P", grade="top")
    late = told("deal.changed", "D", 2, "late", amount=cny(200))
    found = outcome(tmp_path / "a.db", [[*JOINED, *sale, risen], [late]])
    assert "top" not in {getattr(one, "component", "") for one in found.values()}
    early = told("partner.joined", "P", 2, "early", name="P", grade="top")
    found = outcome(tmp_path / "b.db", [[*JOINED, *sale], [early]])
    assert "top" in {getattr(one, "component", "") for one in found.values()}
