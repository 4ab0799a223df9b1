"""What comes of tasks counts in scorecards: credited to whoever did them, measured for the period, scored."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.earnings import find_payee
from engine.app.recording import record, record_many
from engine.app.replaying import replay
from engine.app.scores import scores_on
from engine.core.periods import parse_period
from engine.core.records import Task
from engine.store.database import open_database
from engine.store.migrations import upgrade
from engine.store.queries.pay import credits_of
from engine.store.reading import all_records
from tests.app.test_records_order import cny, told
from tests.core.incentives.world import rulebook

PLAN = """
plan: rep
title: {en: Rep, zh: 代表}
pays: owner.role = "rep"
currency: CNY
period: quarter
credits:
  - credit: calls
    on: task.completed
    when: [task.channel = "call", task.outcome = "connected"]
    amount: 0 CNY
    to: {split: actor}
  - credit: in_time
    on: task.completed
    when: [task.channel = "call", task.outcome = "connected", event.on <= task.due_on]
    amount: 0 CNY
    to: {split: actor}
components:
  - {bonus: kpi, target: 1_000 CNY, multiply: scorecard.multiplier}
"""
CARD = """
scorecard: calls
title: {en: Calls, zh: 电话考核}
scores: owner.role = "rep"
period: quarter
kpis:
  - kpi: made
    title: {en: Customers reached, zh: 接通数}
    weight: 50%
    value: owner.calls_made
    scoring: {linear: {from: 0, to: 4, floor: 0, ceiling: 100}}
  - kpi: in-time
    title: {en: In time, zh: 及时率}
    weight: 50%
    value: if owner.calls_made > 0 then owner.calls_in_time / owner.calls_made else 0
    scoring: {linear: {from: 0, to: 1, floor: 0, ceiling: 100}}
grades: [{from: 0, grade: D, title: {en: D, zh: D}, multiplier: 1}]
"""
VOCABULARY = """
vocabulary: v
title: {en: V, zh: 词}
measures:
  owner.calls_made: {count: credits.calls}
  owner.calls_in_time: {count: credits.in_time}
outcomes:
  connected: {title: {en: Spoke, zh: 已接通}, channels: [call]}
  no_answer: {title: {en: No answer, zh: 未接}, channels: [call]}
"""
CALL = """
automation: call
title: {en: Call, zh: 致电}
on: deal.created
then: [{task: {to: deal.owner, channel: call, title: {en: Call, zh: 致电}, due_in: 2 days, purpose: call}}]
"""
PEOPLE = [told("person.joined", name, 0, name, name=name, role="rep") for name in ("ann", "bob", "cat")]


def called(path: Path, *answers: tuple[str, int, str]) -> Dealwright:
    """A house in which a call of Ann's was answered so by that person on that day of February, one deal for each."""
    database, found = open_database(f"sqlite:///{path}"), rulebook(plan=PLAN, call=CALL, card=CARD, voc=VOCABULARY)
    upgrade(database)
    dw = Dealwright(database, found, matcher_for(found), lambda: datetime(2026, 6, 1, tzinfo=UTC))
    deals = [told("deal.created", f"D{n}", 1, f"c{n}", owner="ann", amount=cny(100)) for n in range(len(answers))]
    record_many(dw, [*PEOPLE, *deals])
    with dw.database.unit() as unit:
        tasks = {task.deal: task.id for task in all_records(unit, Task)}
    for number, (who, day, outcome) in enumerate(answers):
        event = told("task.completed", tasks[f"D{number}"], day, f"done{number}", who, outcome=outcome)
        assert [record(dw, event).status for _ in range(2)] == ["recorded", "repeated"]
    return dw


def points(dw: Dealwright, who: str) -> str:
    with dw.database.unit() as unit:
        payee = find_payee(unit, who)
        assert payee is not None
        (row,) = scores_on(dw, unit, payee, parse_period("2026-Q1", dw.rulebook.company), ())
    return row.sentence.en


ANSWERS = (("bob", 2, "connected"), ("ann", 3, "connected"), ("ann", 9, "connected"), ("ann", 3, "no_answer"))


def test_an_outcome_counts_for_who_did_it_and_a_late_one_is_late(tmp_path: Path) -> None:
    dw = called(tmp_path / "a.db", *ANSWERS)
    assert points(dw, "ann") == "Calls, 2026-Q1: 25 + 25 = 50 points, grade D (D), multiplier 1"
    assert points(dw, "bob") == "Calls, 2026-Q1: 12.5 + 50 = 62.5 points, grade D (D), multiplier 1"
    assert points(dw, "cat") == "Calls, 2026-Q1: 0 + 0 = 0 points, grade D (D), multiplier 1"


def test_it_stays_when_the_deal_changes_hands_or_is_decided_anew(tmp_path: Path) -> None:
    dw = called(tmp_path / "a.db", *ANSWERS)
    before = points(dw, "ann"), points(dw, "bob")
    record(dw, told("deal.reassigned", "D1", 20, "hands", owner="bob"))
    record(dw, told("deal.changed", "D1", 1, "late", close_on=date(2026, 3, 1)))
    assert (points(dw, "ann"), points(dw, "bob")) == before
    with dw.database.unit() as unit:
        assert sorted((one.name, one.payee, one.amount.minor) for one in credits_of(unit)) == [
            ("calls", "ann", 0), ("calls", "ann", 0), ("calls", "bob", 0), ("in_time", "ann", 0), ("in_time", "bob", 0),
        ]  # fmt: skip


def test_an_answer_that_is_taken_back_counts_for_nobody(tmp_path: Path) -> None:
    dw = called(tmp_path / "a.db", *ANSWERS)
    with dw.database.unit() as unit:
        (task,) = (one.id for one in all_records(unit, Task) if one.deal == "D0")
    at = told("task.completed", task, 2, "done0", "bob", outcome="connected").at
    back = told("task.reopened", task, 2, "back0", "bob")
    assert record(dw, replace(back, at=at + timedelta(minutes=5))).status == "recorded"
    assert points(dw, "bob") == "Calls, 2026-Q1: 0 + 0 = 0 points, grade D (D), multiplier 1"
    assert points(dw, "ann") == "Calls, 2026-Q1: 25 + 25 = 50 points, grade D (D), multiplier 1"
    record(dw, told("deal.changed", "D0", 1, "late", close_on=date(2026, 3, 1)))
    with dw.database.unit() as unit:
        assert not [one for one in credits_of(unit) if one.payee == "bob"]
    assert [differ for _, _, differ in replay(dw) if differ] == []
