"""What one event leads to, in visible order: the tuple DECIDERS is the whole workflow.

Each decider is `decide(event, situation, rulebook) -> outcomes`. After each, its outcomes are folded into a draft of the
state, so that the next sees them. Outcomes that other rules may listen to (a stage entered, a deal closed) become
derived events, decided after the event itself, breadth first, to a limited depth.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from engine.core.approving.deciding import asked_anew, decide_approvals
from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.facts import facts_of
from engine.core.formulas import EvaluationError
from engine.core.incentives.crediting import decide_credits
from engine.core.incentives.partners import decide_partners
from engine.core.outcomes import Ensuing, Kept, Outcome, Passed, Refused
from engine.core.problem_texts import PROBLEM_TEXTS
from engine.core.recording import decide_records, seen
from engine.core.recording.accounts import MERGING_CODES, merging_noted
from engine.core.recording.tickets import noted_ticket
from engine.core.records import Account, Deal, Enrolment, Handover, Holding, Registration, Tally, Task, Ticket
from engine.core.rules.rulebook import Rulebook
from engine.core.service.deciding import decide_service
from engine.core.situation import Situation, State
from engine.core.workflow.assignments import decide_assignments
from engine.core.workflow.automations import decide_automations
from engine.core.workflow.cadences import decide_cadences
from engine.core.workflow.concerned import followed_deals
from engine.core.workflow.holdings import decide_holdings, decide_recycling
from engine.core.workflow.leavers import decide_leavers
from engine.core.workflow.notes import note
from engine.core.workflow.public_pools import decide_public_pools, noted_refusal
from engine.core.workflow.stages import decide_stages
from engine.core.workflow.stays import decide_stays
from engine.core.workflow.task_care import ABSENCES, decide_absence, look_after
from engine.core.workflow.tasks import decide_tasks
from engine.core.workflow.upkeep import decide_upkeep

Decider = Callable[[Event, Situation, Rulebook], tuple[Outcome, ...]]
MatchEvent = Callable[[Event, Mapping[str, object]], frozenset[str]]
"""(event, facts) -> keys of the triggers whose conditions hold. Raises EvaluationError, never guesses."""

DECIDERS: tuple[Decider, ...] = (
    decide_records,
    decide_approvals,
    asked_anew,
    decide_stages,
    decide_public_pools,
    decide_recycling,
    decide_assignments,
    decide_tasks,
    decide_service,
    decide_partners,
    decide_cadences,
    decide_stays,
    decide_upkeep,
    decide_automations,
    look_after,
    decide_holdings,
    decide_credits,
)

DEPTH_LIMIT = 8
"""How many derived events may follow one another before it is called a loop."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcomes of one event in the order they were decided, and the records as they then stand."""

    outcomes: tuple[Outcome, ...]
    draft: Draft

    @property
    def refused(self) -> Refused | None:
        """The refusal, when the rules do not allow what the event asks for; then nothing else happened."""
        return next((outcome for outcome in self.outcomes if isinstance(outcome, Refused)), None)


def decide(event: Event, state: State, rulebook: Rulebook, match: MatchEvent) -> Decision:
    """All outcomes of the event and of what it leads to. A refusal stands alone: nothing else of the event takes effect.

    Raises EvaluationError when a rule cannot be evaluated; the caller puts the event into quarantine.
    """
    draft = Draft(state)
    outcomes: list[Outcome] = []
    waiting = [(event, 0)]
    while waiting:
        current, depth = waiting.pop(0)
        if depth > DEPTH_LIMIT:
            raise EvaluationError("E090", None, event=event.id, chain=current.type, limit=str(DEPTH_LIMIT))
        found = _decide_one(current, draft, rulebook, match)
        refusal = next((outcome for outcome in found if isinstance(outcome, Refused)), None)
        if refusal and depth == 0:
            return _refusal_of(event, refusal, state)
        outcomes += [_not_done(current, refusal)] if refusal else [o for o in found if not isinstance(o, Ensuing)]
        waiting += [(derived, depth + 1) for derived in _derived(current, found)]
    return Decision(tuple(outcomes), draft)


def _refusal_of(event: Event, refusal: Refused, state: State) -> Decision:
    """The refusal alone. The deal only remembers having seen the event, so that a late one before it is noticed."""
    draft = Draft(state)
    deal = draft.deal_of(event)
    noted: tuple[Outcome, ...] = (Kept("asked", seen(deal, event), refusal.cause),) if deal else ()
    pool = noted_refusal(event, refusal, deal)
    noted = (*noted, pool) if pool else (*noted, *noted_ticket(event, refusal, draft))
    noted = merging_noted(event, state) if refusal.code in MERGING_CODES else noted
    draft.fold(noted)
    return Decision((refusal, *noted), draft)


def _not_done(event: Event, refusal: Refused) -> Passed:
    """What a rule or an agreement brought about and the rules do not allow: only that does not happen, and it says why."""
    text = PROBLEM_TEXTS[refusal.code]
    params = dict(refusal.params)
    notes = [note("not_done", text.en.format_map(params), text.zh.format_map(params))]
    notes += [note("missing", one.words.show("en"), one.words.show("zh")) for one in refusal.missing]
    return Passed("move", event.subject, refusal.code, replace(refusal.cause, notes=tuple(notes)))


def _decide_one(event: Event, draft: Draft, rulebook: Rulebook, match: MatchEvent) -> list[Outcome]:
    """The outcomes of one event, each decider seeing what the ones before it decided.

    Records are kept first, before anybody looks at facts. Then the facts are read once, and again only after a decision
    that bears on them.
    """
    outcomes: list[Outcome] = []
    situation: Situation | None = Situation(draft, draft.deal_of(event), {}, frozenset())
    for decider in DECIDERS:
        situation = situation or _look(event, draft, rulebook, match)
        found = decider(event, situation, rulebook)
        if found:
            outcomes += found
            if any(isinstance(outcome, Refused) for outcome in found):
                return outcomes
            draft.fold(found)
            if any(_waits(outcome) for outcome in found):
                return outcomes
        if decider is decide_records or (found and _bears_on_facts(found)):
            situation = None
    return [*outcomes, *_elsewhere(event, draft, rulebook, match)]


def _elsewhere(event: Event, draft: Draft, rulebook: Rulebook, match: MatchEvent) -> list[Outcome]:
    """What an event about a contact, an account or a person means to follow-ups of deals."""
    outcomes: list[Outcome] = []
    if event.type == "person.left":
        found = decide_leavers(event, Situation(draft, None, {}, frozenset()), rulebook)
        draft.fold(found)
        outcomes += found
    if event.type in ABSENCES:
        outcomes += decide_absence(event, draft, rulebook)
    for deal in followed_deals(event, draft, rulebook):
        facts = facts_of(event, draft, rulebook, deal)
        found = decide_cadences(event, Situation(draft, deal, facts, match(event, facts)), rulebook)
        draft.fold(found)
        outcomes += found
    return outcomes


_NO_FACTS = Task | Enrolment | Handover | Holding | Tally
"""Records of which no condition knows anything."""


def _waits(outcome: Outcome) -> bool:
    """True for a move that waits for an approval: what the event tells of has not happened, so no rule hears of it."""
    return isinstance(outcome, Passed) and outcome.reason == "waits_for_approval"


def _bears_on_facts(found: tuple[Outcome, ...]) -> bool:
    """True when a record of which conditions know something has changed."""
    return any(isinstance(outcome, Kept) and not isinstance(outcome.record, _NO_FACTS) for outcome in found)


def _look(event: Event, draft: Draft, rulebook: Rulebook, match: MatchEvent) -> Situation:
    facts = facts_of(event, draft, rulebook)
    return Situation(draft, draft.deal_of(event), facts, match(event, facts))


def _derived(event: Event, outcomes: list[Outcome]) -> Iterator[Event]:
    """The events that follow from outcomes; each is named after the event that caused it, so a replay names it alike."""
    for outcome in outcomes:
        if isinstance(outcome, Ensuing):
            yield outcome.event
        if isinstance(outcome, Kept):
            for name, subject in _follows(outcome):
                yield replace(event, type=name, subject=subject, key=f"{event.key}+{name}", seq=0)


_HANDED = {
    "assigned": "account.assigned", "claimed": "account.assigned",
    "recycled": "account.recycled", "returned": "account.recycled",
}  # fmt: skip


def _follows(kept: Kept) -> Iterator[tuple[str, str]]:
    record = kept.record
    if isinstance(record, Deal) and kept.what in ("opened", "stage_entered", "won", "lost", "reopened"):
        yield "deal.stage_entered", record.id
    if isinstance(record, Deal) and kept.what in ("won", "lost", "cancelled"):
        yield "deal.closed", record.id
    if isinstance(record, Deal) and kept.what in ("assigned", "claimed"):
        yield "deal.assigned", record.id
    if isinstance(record, Deal) and kept.what in ("recycled", "returned"):
        yield "deal.recycled", record.id
    if isinstance(record, Deal) and kept.what == "fact_set":
        yield "deal.fact_set", record.id
    if isinstance(record, Handover) and record.kind == "account" and kept.what in _HANDED:
        yield _HANDED[kept.what], record.subject
    if isinstance(record, Account) and kept.what == "opened":
        yield "account.created", record.id
    if isinstance(record, Ticket) and kept.what in ("resolved", "closed"):
        yield "ticket.settled", record.id
    if isinstance(record, Registration) and kept.what in ("granted", "refused"):
        yield f"registration.{kept.what}", record.partner
