"""Random histories of a sales team: whatever happens in whatever order, no task is there twice, none hangs in the air,
and deciding the log again leads to the very same records.

Hypothesis plays the team: deals come, move, change hands, close and open again; people answer their tasks, go and come;
events are told late, told twice, and told anew with another content; the clock ticks when it likes. More and longer
histories: `WORKFLOW_HISTORIES=200x60 pytest tests/app/test_workflow_machine.py`.
"""

import os
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import Recorded, record, record_many
from engine.app.replaying import lost_rules, replay
from engine.app.rules_in_force import approved, with_former
from engine.app.ticking import tick
from engine.core.enrolled import EXITS
from engine.core.events import Event
from engine.core.money import Money
from engine.core.outcomes import Kept
from engine.core.records import Activity, Deal, Enrolment, Person, Task
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.task_outcomes import touch_again
from engine.matching import Matcher
from engine.rulefiles.loading import load_texts, read_folder
from engine.store.queries.pay import credits_of
from engine.store.reading import all_records
from engine.store.working_set import WorkingSet
from tests.app_house import RULES, ZONE, house, tell
from tests.app_house import event as told

BEGIN = datetime(2026, 3, 2, 1, tzinfo=UTC)
REPS = ("chen-wei", "li-na", "sun-yu")
TEAM = (
    told("person.joined", "wu-fang", "2024-01-02", name="Wu Fang", role="sales_manager", team="china"),
    *(
        told("person.joined", rep, "2024-01-02", name=rep, role="account_executive", team="china", manager="wu-fang")
        for rep in REPS
    ),
)
STAGES = ("lead", "qualified", "proposal", "negotiation")
OUTCOMES = ("no_answer", "replied", "connected", "")
MORE_RULES = {
    "automations/call-back.yaml": """automation: call-back
title: {en: Call back, zh: 回电}
in_force: {from: 2025-01-01}
on: activity.logged
when: activity.outcome = "no_answer"
then: [{task: {title: {en: Call back, zh: 回电}, channel: call, due_in: 2 business days, purpose: call-back}}]
""",
    "automations/call-new-owner.yaml": """automation: call-new-owner
title: {en: The new owner calls, zh: 新负责人致电}
in_force: {from: 2025-01-01}
on: deal.reassigned
then: [{task: {title: {en: Introduce yourself, zh: 自我介绍}, channel: call, due_in: 1 business days, purpose: call-back}}]
""",
    "cadences/warm.yaml": """cadence: warm
title: {en: Keep warm, zh: 保持联系}
in_force: {from: 2025-01-01}
start:
  on: activity.logged
  when: [activity.outcome = "connected", not deal.closed]
stop: [{on: activity.logged, when: activity.outcome = "replied", as: replied}]
steps:
  - {step: call, after: 0 business days, task: {channel: call, title: {en: Call, zh: 致电}, due_in: 1 business days},
     on_outcome: {no_answer: {repeat_after: 1 business days, at_most: 1}}}
  - {step: again, after: 1 business days, task: {channel: call, title: {en: Again, zh: 再次致电}}}
policy: {on_overdue: skip}
""",
}
"""Beside the sample rules: two with one purpose, and a cadence that comes again and again and names no end at closing."""

NEWER_RULES = (
    ("policy: {on_overdue: skip}", "policy: {on_overdue: wait, migrate: restart}"),
    ("step: again, after: 1 business days", "step: later, after: 2 business days"),
    ("policy: {on_overdue: skip}", "policy: {migrate: reevaluate, on_opt_out: exit}"),
    ('outcome = "replied", as: replied', 'outcome = "connected", as: replied'),
    ("policy: {on_overdue: skip}", "policy: {migrate: next_touch}"),
)
"""What the cadence that comes again says otherwise in a newer release."""

FACTS = {"budget": Money(9_000_000, "CNY"), "decision_maker": "Director", "contract_signed": True}
steps = st.integers(1, 100)


class Team(RuleBasedStateMachine):
    """A sales team at work under the sample rules."""

    deals = Bundle("deals")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.now, self.number = BEGIN, 0
        self.sent: list[Event] = []
        self.dw = self._house("team")

    def _house(self, name: str) -> Dealwright:
        rulebook, matcher = rules()
        dw = replace(house(Path(self.folder.name) / f"{name}.db", BEGIN), rulebook=rulebook, matcher=matcher)
        dw.database.run(lambda unit: approved(unit, rulebook, "lin", "wu", "the first rules", BEGIN))
        tell(dw, *TEAM)
        return dw

    def teardown(self) -> None:
        """At the end everything is decided again from the log, and all that was told once more in order."""
        try:
            differ = [row for row in replay(self.dw) if row[2]]
            assert not differ and not lost_rules(self.dw), differ
            self.in_order()
        finally:
            self.dw.database.close()
            self.folder.cleanup()

    def in_order(self) -> None:
        """Deals and what they earn are the same when everything is told as it happened, the touches that tasks were among it; tasks
        that were made stay made."""
        other = self._house("order")
        told = [one for one in self.sent if not one.type.startswith("task.")]
        touches = [touch_again(one) for one in self.records(Activity) if one.task and not one.undone_by]
        record_many(other, sorted([*told, *touches], key=lambda e: e.order))
        assert standing(self.dw) == standing(other)
        other.database.close()

    def send(self, type: str, subject: str, late: int = 0, minutes: int = 30, **body: object) -> Recorded:
        """Something happens, so many hours ago; the clock has moved on by so many minutes since the last."""
        self.now += timedelta(minutes=minutes)
        self.number += 1
        at = max(BEGIN, self.now - timedelta(hours=late))
        one = Event(type, subject, "crm", f"{self.number}", at, at.astimezone(ZONE).date(), "wu-fang", body)
        self.sent.append(one)
        return record(self.dw, one)

    @initialize(target=deals)
    def first_deals(self) -> object:
        """Two deals to begin with, one of them far on its way."""
        first, second = (self._created(owner, 120_000, "direct", 0) for owner in REPS[:2])
        self.goes_on(first, 2)
        return multiple(first, second)

    @rule(target=deals, owner=st.sampled_from(REPS), amount=st.sampled_from([20_000, 120_000, 400_000]),
          channel=st.sampled_from(["direct", "trade_show"]), late=st.sampled_from([0, 0, 30, 200]))  # fmt: skip
    def created(self, owner: str, amount: int, channel: str, late: int) -> str:
        """A new deal, perhaps heard of late."""
        return self._created(owner, amount, channel, late)

    def _created(self, owner: str, amount: int, channel: str, late: int) -> str:
        id = f"D-{self.number + 1}"
        self.send("contact.changed", f"C-{id}", 300, name=id, time_zone="Asia/Shanghai")
        self.send("deal.created", id, late, contact=f"C-{id}", owner=owner, amount=Money(amount * 100, "CNY"), account=f"A-{id}",
                  channel=channel, kind="new", product_line="hardware", **FACTS)  # fmt: skip
        return id

    @rule(deal=deals, outcome=st.sampled_from(OUTCOMES), late=st.sampled_from([0, 0, 5, 100]))
    def called(self, deal: str, outcome: str, late: int) -> None:
        """Somebody calls the customer; told at once or later."""
        self.send("activity.logged", deal, late, kind="call", outcome=outcome, by="chen-wei")

    @rule(deal=deals, stage=st.sampled_from(STAGES), late=st.sampled_from([0, 0, 0, 50]))
    def moved(self, deal: str, stage: str, late: int) -> None:
        """A move is asked for: back, over a stage, or refused."""
        self.send("deal.stage_asked", deal, late, stage=stage, reason="as agreed")

    @rule(deal=deals, steps=st.integers(1, 3))
    def goes_on(self, deal: str, steps: int) -> None:
        """The deal goes on as it should, after a call."""
        self.send("activity.logged", deal, kind="call", outcome="connected", by="chen-wei")
        for _ in range(steps):
            at = next(one for one in self.records(Deal) if one.id == deal)
            following = dict(pairwise((*STAGES, "won"))).get(at.stage)
            if at.status == "open" and following == "won":
                self.send("deal.won", deal)
            elif at.status == "open" and following:
                self.send("deal.stage_asked", deal, stage=following)

    @rule(deal=deals, how=st.sampled_from(["deal.won", "deal.lost", "deal.cancelled", "deal.reopened"]),
          late=st.sampled_from([0, 0, 40]))  # fmt: skip
    def closed(self, deal: str, how: str, late: int) -> None:
        """A deal ends, or is taken up again; the rules may refuse it."""
        more = {"loss_reason": "price"} if how == "deal.lost" else {}
        self.send(how, deal, late, reason="as told", **more)

    @rule(deal=deals, owner=st.sampled_from(REPS), late=st.sampled_from([0, 0, 60]))
    def handed_over(self, deal: str, owner: str, late: int) -> None:
        """The deal changes hands."""
        self.send("deal.reassigned", deal, late, owner=owner)

    @rule(
        nth=steps,
        what=st.sampled_from(["task.completed", "task.skipped", "task.snoozed"]),
        outcome=st.sampled_from(OUTCOMES),
    )
    def answered(self, nth: int, what: str, outcome: str) -> None:
        """A task is done, skipped or put off; the rules may refuse a snooze too many, or an outcome that is none of the task's."""
        open_now = [task for task in self.records(Task) if task.status == "open"]
        if not open_now:
            return
        body = {"outcome": outcome} if what == "task.completed" else {"reason": "not now"}
        body |= {"until": self.now + timedelta(days=2)} if what == "task.snoozed" else {}
        found = self.send(what, open_now[nth % len(open_now)].id, **body)
        # Called off in the same turn, put off too often or too far, or an outcome that cannot come of it.
        allowed = found.refused and found.refused.code in ("E052", "E233", "E234", "E237")
        assert found.status == "recorded" or allowed, found

    @rule(
        nth=steps,
        what=st.sampled_from(["task.completed", "task.skipped", "task.snoozed"]),
        outcome=st.sampled_from(OUTCOMES),
    )
    def taken_back(self, nth: int, what: str, outcome: str) -> None:
        """An answer is taken back at once: every task and enrolment is what it was, but for who moved it."""
        before, told_before = self._work(), len(self.sent)
        self.answered(nth, what, outcome)
        last = self.sent[-1] if len(self.sent) > told_before else None  # nobody may have anything to answer
        task = next((t for t in self.records(Task) if t.answer and last and t.answer.event == last.id), None)
        if task is None or last is None or last.type != what:
            return
        found = self.send("task.reopened", task.id, minutes=5)
        assert found.status == "recorded" or (found.refused and found.refused.code in ("E268", "E269")), found
        now = self._work()
        if found.status == "recorded" and not any(self._notes_of(found)) and not self._by_newer_rules(before, now):
            assert now[task.id] == before[task.id]

    @staticmethod
    def _by_newer_rules(before: dict[str, Task | Enrolment], now: dict[str, Task | Enrolment]) -> bool:
        """True when a newer version took an enrolment over meanwhile: what it does about tasks is not taken back."""
        pairs = ((one, now[id]) for id, one in before.items() if id in now)
        return any(
            isinstance(was, Enrolment) and isinstance(has, Enrolment)
            and (was.version != has.version or (has.ended_as != was.ended_as and has.ended_as == "reset_by_rule_change"))
            for was, has in pairs
        )  # fmt: skip

    @rule(nth=steps)
    def taken_back_later(self, nth: int) -> None:
        """Somebody tries to take back whatever it is; the rules may refuse it."""
        tasks = self.records(Task)
        if tasks:
            assert self.send("task.reopened", tasks[nth % len(tasks)].id, minutes=1).status in ("recorded", "refused")

    def _work(self) -> dict[str, Task | Enrolment]:
        """Tasks and enrolments by id, without who moved them and what may be taken back."""
        tasks = {task.id: replace(task, answer=None) for task in self.records(Task)}
        return tasks | {one.id: replace(one, moved_by="") for one in self.records(Enrolment)}

    @staticmethod
    def _notes_of(found: Recorded) -> list[str]:
        """What the reopening says did not go back."""
        kept = [one for one in found.outcomes if isinstance(one, Kept) and one.what == "reopened"]
        return [code for one in kept for code, _ in one.cause.notes if code != "put_back"]

    @rule(person=st.sampled_from(REPS[:2]))
    def left(self, person: str) -> None:
        """Somebody leaves; a second time changes nothing but the day."""
        self.send("person.left", person)

    @rule(person=st.sampled_from(REPS), stand_in=st.sampled_from(["", *REPS]), days=st.sampled_from([None, 1, 4]),
          ahead=st.sampled_from([0, 0, 2]))  # fmt: skip
    def away(self, person: str, stand_in: str, days: int | None, ahead: int) -> None:
        """Somebody is out of office, from now on or soon, with or without somebody who stands in."""
        if stand_in == person:
            return
        start = self.now + timedelta(days=ahead)
        until = {"until_at": start + timedelta(days=days)} if days else {}
        self.send("person.out_of_office", person, from_at=start, stand_in=stand_in, **until)

    @rule(person=st.sampled_from(REPS))
    def back(self, person: str) -> None:
        """Somebody is back."""
        self.send("person.back", person)

    @rule(nth=steps, to=st.sampled_from(REPS), days=st.sampled_from([None, 1]))
    def delegated(self, nth: int, to: str, days: int | None) -> None:
        """A task is given to somebody else, for good or for a day; the rules may refuse it."""
        open_now = [task for task in self.records(Task) if task.status == "open"]
        if open_now:
            until = {"until": self.now + timedelta(days=days)} if days else {}
            self.send("task.delegated", open_now[nth % len(open_now)].id, to=to, **until)

    @rule(deal=deals, what=st.sampled_from(["asked", "paused", "paused", "resumed", "removed"]),
          cadence=st.sampled_from(["new-lead", "warm"]), days=st.sampled_from([None, 2]))  # fmt: skip
    def by_hand(self, deal: str, what: str, cadence: str, days: int | None) -> None:
        """Somebody puts the deal into a cadence, lets it rest, resumes it or takes it out; the rules may refuse it."""
        until = {"until": (self.now + timedelta(days=days)).date()} if days and what == "paused" else {}
        self.send(f"enrolment.{what}", deal, cadence=cadence, reason="as told", **until)

    @rule(deal=deals, what=st.sampled_from(["opted_out", "opted_out", "opted_in", "removed"]),
          channel=st.sampled_from(["call", "email", "all"]))  # fmt: skip
    def contact_said(self, deal: str, what: str, channel: str) -> None:
        """The contact wants no more of a channel, or wants it again, or is gone."""
        body = {} if what == "removed" else {"channel": channel}
        self.send(f"contact.{what}", f"C-{deal}", reason="as told", **body)

    @rule(deal=deals, days=st.sampled_from([None, 1, 5]))
    def out_of_office(self, deal: str, days: int | None) -> None:
        """An automatic answer: the contact is away."""
        back = {"return_on": (self.now + timedelta(days=days)).date()} if days else {}
        self.send("activity.logged", deal, kind="email", outcome="out_of_office", by="chen-wei", **back)

    @rule(newer=st.sampled_from(NEWER_RULES))
    def released(self, newer: tuple[str, str]) -> None:
        """Rules change while work is under way."""
        rulebook, _ = rules(newer)
        self.dw.database.run(lambda unit: approved(unit, rulebook, "lin", "wu", "as agreed", self.now))
        rulebook = with_former(self.dw.database, rulebook)
        self.dw = replace(self.dw, rulebook=rulebook, matcher=matcher_for(rulebook), working=WorkingSet())

    @rule(days=st.sampled_from([0, 1, 3, 20, 20]))
    def ticked(self, days: int) -> None:
        """The clock moves on and looks at what is due; a second look at the same moment finds nothing."""
        self.now += timedelta(days=days)
        tick(self.dw, self.now)
        assert tick(self.dw, self.now).deals == 0

    @rule(nth=steps)
    def told_twice(self, nth: int) -> None:
        """The same again does nothing."""
        one = self.sent[nth % len(self.sent)]
        before = self.state()
        assert record(self.dw, one).status == "repeated"
        assert self.state() == before

    @rule(nth=steps)
    def told_otherwise(self, nth: int) -> None:
        """The same name with another content is refused."""
        one = self.sent[nth % len(self.sent)]
        before = self.state()
        other = Event(one.type, one.subject, one.source, one.key, one.at, one.on, "sun-yu", one.body)
        assert record(self.dw, other).status == "conflicting"
        assert self.state() == before

    def records(self, kind: type) -> tuple:
        """All records of a class as stored."""
        with self.dw.database.unit() as unit:
            return tuple(all_records(unit, kind))

    def state(self) -> tuple:
        """What people see."""
        return tuple(self.records(kind) for kind in (Deal, Task, Enrolment, Person))

    @invariant()
    def nothing_is_asked_twice(self) -> None:
        """No person has two open tasks with one purpose for one deal."""
        wanted = Counter((t.deal, t.owner, t.purpose) for t in self.records(Task) if t.status == "open" and t.purpose)
        assert all(times == 1 for times in wanted.values()), wanted

    @invariant()
    def no_task_hangs_in_the_air(self) -> None:
        """Every open task has at least one reason that still lives."""
        enrolments = {one.id: one for one in self.records(Enrolment)}
        deals = {deal.id: deal for deal in self.records(Deal)}
        for task in self.records(Task):
            if task.status == "open":
                assert all(alive(dict_of(reason.notes), enrolments, deals) for reason in task.reasons), task

    @invariant()
    def what_is_lent_has_a_way_back(self) -> None:
        """A task with somebody else has an owner who gets it back, at a time or with their return; a closed one waits for
        nothing."""
        for task in self.records(Task):
            if task.status != "open":
                assert task.look_at is None, task
            elif task.lent_by:
                assert task.owner != task.lent_by and (task.back_at or task.lent_for == "absence"), task
                assert task.back_at is None or (task.look_at and task.look_at <= task.back_at), task

    @invariant()
    def an_enrolment_ends_once_and_wholly(self) -> None:
        """What has ended waits for nothing; what runs stands at a step, once in a cadence, and of an open deal unless a person
        put it there."""
        running: Counter[tuple[str, str]] = Counter()
        by_hand = {told.id for told in self.sent if told.type == "enrolment.asked"}
        deals = {deal.id: deal for deal in self.records(Deal)}
        for one in self.records(Enrolment):
            if one.ended_as:
                assert one.due_at is None and one.ended_at and one.ended_as in EXITS, one
            else:
                assert one.step, one
                assert deals[one.deal].status == "open" or one.cadence == "after-sale" or one.cause.event in by_hand, (
                    one
                )
                running[one.deal, one.cadence] += 1
        assert all(times == 1 for times in running.values()), running


def standing(dw: Dealwright) -> tuple[object, object]:
    """Where the deals stand and what they were credited, without what belongs to the way it was told."""
    with dw.database.unit() as unit:
        deals = {d.id: (d.stage, d.status, d.visit, d.won_on, d.undone_on, d.facts) for d in all_records(unit, Deal)}
        credits = sorted((c.event, c.name, c.payee, c.form, c.amount.minor, str(c.undone_on)) for c in credits_of(unit))
    return deals, credits


@cache
def rules(newer: tuple[str, str] = ("", "")) -> tuple[Rulebook, Matcher]:
    """The sample rules and more, with a change of wording where one is given."""
    more = {path: text.replace(*newer) if newer[0] else text for path, text in MORE_RULES.items()}
    loaded = load_texts(dict(read_folder(RULES)[0]) | more)
    assert loaded.rulebook is not None, loaded.problems
    return loaded.rulebook, matcher_for(loaded.rulebook)


def dict_of(notes: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """The notes by code, their particulars apart."""
    found: dict[str, list[str]] = {}
    for code, particulars in notes:
        found.setdefault(code, particulars.split("|"))
    return found


def alive(notes: dict[str, list[str]], enrolments: dict[str, Enrolment], deals: dict[str, Deal]) -> bool:
    """A step's reason lives while its enrolment runs; a stay's while the deal is in that visit; others until done."""
    if "enrolment" in notes:
        return not enrolments[notes["enrolment"][0]].ended_as
    if "visit" in notes:
        deal, visit = notes["visit"]
        return deals[deal].status == "open" and deals[deal].visit == int(visit)
    return True


def _settings(examples: int, steps_of_one: int) -> settings:
    return settings(max_examples=examples, stateful_step_count=steps_of_one, deadline=None,
                    phases=[Phase.generate],
                    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])  # fmt: skip


TestTeam = Team.TestCase
TestTeam.settings = _settings(*map(int, os.environ.get("WORKFLOW_HISTORIES", "8x25").split("x")))
