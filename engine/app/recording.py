"""Recording events: the log, the decision, its effects and its messages, in one transaction.

A group of events is one transaction, acknowledged after its commit; each event's outcome is still its own. An event that
cannot be evaluated is kept in quarantine with the reason; one that waits for another is tried again when that arrives.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from engine.app.crediting_anew import CreditingAnew, decided_with
from engine.app.dealwright import Dealwright
from engine.core.decide import Decision, decide
from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.formulas import EvaluationError
from engine.core.outcomes import BOOKKEEPING, Kept, Outcome, Refused, Told
from engine.core.problems import Place, Problem
from engine.core.recording import NotYetKnown
from engine.core.records import Account, Deal, Enrolment, Handover, Holding, Partner, Person, Tally, Task, Ticket
from engine.core.refold import belongs_earlier, holdings_anew, refold
from engine.core.turns import decide_in_turn
from engine.core.workflow.hands_anew import customers_anew, work_anew
from engine.store.database import Unit
from engine.store.event_log import Appended, Conflicting, EventLog
from engine.store.event_log import Recorded as Logged
from engine.store.outbox import Outbox
from engine.store.outcomes import OutcomeBook
from engine.store.quarantine import Quarantine
from engine.store.rules_used import RulesUsed
from engine.store.state import SqlState

GROUP = 200
"""Events of one transaction when many come at once: few enough to be short, enough to share the cost of a commit."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one event.

    `status`: recorded, repeated (the same was there: nothing happened), conflicting (same name, other content: refused
    and audited), refused (by the rules; `refused` says what is missing), quarantined (`problem` says why). `seq` is its
    number in the log; `outcomes` what it led to now.
    """

    event: Event
    status: str
    seq: int = 0
    outcomes: tuple[Outcome, ...] = ()
    refused: Refused | None = None
    problem: Problem | None = None


def record(dw: Dealwright, event: Event) -> Recorded:
    """What became of the event; durable when this returns."""
    return record_many(dw, (event,))[0]


def record_many(dw: Dealwright, events: Sequence[Event], group: int = GROUP) -> tuple[Recorded, ...]:
    """What became of each event, in the order given. Each group of so many is one transaction."""
    found: list[Recorded] = []
    for start in range(0, len(events), group):
        found += _record_group(dw, events[start : start + group])
    return tuple(found)


def _record_group(dw: Dealwright, events: Sequence[Event]) -> list[Recorded]:
    with dw.lock, _collector_at_rest():
        return dw.database.run(lambda unit: Recording(dw, unit).group(events))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keeps the garbage collector from walking the records at hand again and again: a quarter of the time of a group."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(slots=True)
class Recording:
    """One unit's work: the state shared by its events, and what is to be written at its end."""

    dw: Dealwright
    unit: Unit
    state: SqlState = field(init=False)
    log: EventLog = field(init=False)
    quarantine: Quarantine = field(init=False)
    decided: list[tuple[int, tuple[Outcome, ...]]] = field(default_factory=list)
    aside: set[int] = field(default_factory=set)
    undecided: set[int] = field(default_factory=set)
    waiting: bool = False
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.state = SqlState(self.unit, self.dw.working)
        self.log, self.quarantine = EventLog(self.unit), Quarantine(self.unit)
        self.now = self.dw.now()
        self.waiting = self.quarantine.count() > 0

    def group(self, events: Sequence[Event]) -> list[Recorded]:
        """Log all, then decide one after the other in the order of the log, then write everything at once."""
        logged = self.log.append_all(events, self.now)
        fresh = [item.event for item in logged if isinstance(item, Appended)]
        self.undecided = {event.seq for event in fresh}
        if fresh:
            RulesUsed(self.unit).note(fresh[0].seq, self.dw.rulebook.fingerprint)
        self.state.preload_events(fresh)
        found = [self._one(item) for item in logged]
        self._write()
        return found

    def _one(self, item: Logged) -> Recorded:
        if not isinstance(item, Appended):
            return Recorded(item.event, "conflicting" if isinstance(item, Conflicting) else "repeated", item.seq)
        found = self._evaluate(item.event)
        if self.waiting and found.status == "recorded":
            self._try_again(found.outcomes)
        return found

    def _evaluate(self, event: Event) -> Recorded:
        """Decide one event that is in the log; put it aside when it cannot be decided."""
        self.undecided.discard(event.seq)
        try:
            anew = CreditingAnew(self.dw, self.unit, self.state, event, lambda id: self._lived(id, event))
            decision = anew.decided(self._decide(event))
        except EvaluationError as error:
            return self._put_aside(event, error)
        self.state.absorb(decision.draft.records(), decision.draft.withdrawn)
        self.decided.append((event.seq, decision.outcomes))
        refused = decision.refused
        return Recorded(event, "refused" if refused else "recorded", event.seq, decision.outcomes, refused)

    def _decide(self, event: Event) -> Decision:
        """A late event makes its deal, and those that are decided with it, be folded anew; what people are asked to do
        goes by what we know now."""
        dw = self.dw
        deal = Draft(self.state).deal_of(event)
        others = decided_with(event, deal, self.state, dw.reach)
        late = belongs_earlier(event, deal)
        now = (
            decide(event, self.state, dw.rulebook, dw.match)
            if late
            else decide_in_turn(event, self.state, dw.rulebook, dw.match)
        )
        if not late and not any(belongs_earlier(event, other) for other in others.values()):
            return now
        history = [past for id in sorted({event.subject, *others}) for past in self._past(id, event)]
        anew = refold(event, history, self.state, dw.rulebook, dw.match, now)
        asked = () if anew.refused else _what_people_see(now)
        anew.draft.fold(asked)
        given = () if anew.refused else customers_anew(now.outcomes, anew.draft)
        anew.draft.fold(given)
        follows = work_anew(event, deal.id if deal else "", now.draft, anew.draft, dw.rulebook)
        anew.draft.fold(follows)
        held = holdings_anew(event, {*others, *((deal.id,) if deal else ())}, anew.draft, dw.rulebook)
        anew.draft.fold(held)
        return Decision((*anew.outcomes, *asked, *given, *follows, *held), anew.draft)

    def _past(self, subject: str, event: Event) -> list[Event]:
        """What has been decided about a subject, without the event itself and what waits."""
        not_yet = self._set_aside() | self.undecided | {event.seq}
        return [past for past in self.log.of_subject(subject) if past.seq not in not_yet]

    def _lived(self, subject: str, event: Event) -> list[Event]:
        """What has been decided about a subject, with the event itself where it is about it."""
        own = [event] if event.subject == subject else []
        return [*self._past(subject, event), *own]

    def _set_aside(self) -> set[int]:
        """The numbers of events that wait in quarantine and so have not happened yet."""
        return (
            self.aside | {row.event_seq for row in self.quarantine.waiting(limit=10_000)}
            if self.waiting
            else self.aside
        )

    def _put_aside(self, event: Event, error: EvaluationError) -> Recorded:
        waits_for = error.waits_for if isinstance(error, NotYetKnown) else self._own_deal(event)
        self.quarantine.put(event.seq, error.code, error.params, waits_for, self.now)
        self.aside.add(event.seq)
        self.waiting = True
        problem = Problem(error.code, error.place or Place(event.id), error.params)
        return Recorded(event, "quarantined", event.seq, problem=problem)

    def _own_deal(self, event: Event) -> str:
        """What is lacking may be a fact of the deal itself, which somebody tells later: its owner, its amount."""
        deal = Draft(self.state).deal_of(event)
        return f"deal:{deal.id}" if deal else ""

    def _try_again(self, outcomes: Iterable[Outcome]) -> None:
        """Events that waited for something which is now there, in the order of events, and those that waited for them."""
        arrived = _arrived(outcomes)
        while arrived:
            waiting = sorted(self.log.at(self.quarantine.waiting_for(arrived)), key=lambda e: e.order)
            arrived = [subject for event in waiting for subject in self._released(event)]

    def _released(self, event: Event) -> list[str]:
        """What an event brings that is evaluated at last; nothing when it still cannot be."""
        found = self._evaluate(event)
        if found.status == "quarantined":
            return []
        self.quarantine.release(event.seq, self.now)
        self.aside.discard(event.seq)
        return _arrived(found.outcomes)

    def _write(self) -> None:
        """Everything that was decided, in a few statements."""
        self.state.flush()
        OutcomeBook(self.unit).write(
            [(seq, [one for one in found if not _only_noticed(one)]) for seq, found in self.decided]
        )
        told = [(seq, outcome) for seq, outcomes in self.decided for outcome in outcomes if isinstance(outcome, Told)]
        Outbox(self.unit).put(told, self.now)


def _only_noticed(outcome: Outcome) -> bool:
    return isinstance(outcome, Kept) and outcome.what in BOOKKEEPING


def _what_people_see(decision: Decision) -> tuple[Outcome, ...]:
    """Of a decision, only the tasks, enrolments and messages, and what changed hands: people know of it."""
    return tuple(
        outcome
        for outcome in decision.outcomes
        if isinstance(outcome, Told) or (isinstance(outcome, Kept) and isinstance(outcome.record, _KNOWN_TO_PEOPLE))
    )


_KNOWN_TO_PEOPLE = Task | Enrolment | Handover | Holding | Tally


def _arrived(outcomes: Iterable[Outcome]) -> list[str]:
    """What the outcomes brought that others may have waited for: `deal:D-1`."""
    awaited = (Person, Account, Deal, Partner, Task, Ticket)
    kept = [outcome.record for outcome in outcomes if isinstance(outcome, Kept) and isinstance(outcome.record, awaited)]
    return [f"{type(found).__name__.lower()}:{found.id}" for found in kept]
