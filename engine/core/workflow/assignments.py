"""Assignment: a deal, a customer or a ticket that nobody has, and a task for a team, go to the person whom the first row
that holds finds.

What was handed out stays handed out: folding a deal anew takes it as it was, and history hands nothing out.
"""

from dataclasses import replace

from engine.core.charges import Charge
from engine.core.events import Event
from engine.core.formulas import EvaluationError
from engine.core.outcomes import Kept, Outcome
from engine.core.problems import Place
from engine.core.records import Cause
from engine.core.rules.assignment import Assignment, AssignmentRow
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.situation import Situation
from engine.core.workflow.causes import cause_of, facts_read
from engine.core.workflow.charges import account_charge, charge_of
from engine.core.workflow.choosing import Chosen, Desk, choose
from engine.core.workflow.handing import hand_over, handover
from engine.core.workflow.notes import note
from engine.core.workflow.recipients import Recipient, recipient
from engine.core.workflow.work import Work

BY_RULE = "assignment:"
"""How a task's `to` names the assignment rule that finds its person."""


def decide_assignments(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The owner that the first row whose condition holds finds for what has none; else nothing."""
    if event.mode == "history" or not situation.matched:
        return ()
    charge = charge_of(event, situation)
    if charge is None or charge.owner or not charge.is_open:
        return ()
    work = Work(event, situation, rulebook)
    for rule in in_force(rulebook.assignments, event.on):
        rows = (row for row in rule.rows if event.type in rule.on and rule.of == charge.kind)
        row = next((row for row in rows if f"{rule.header.version}#{row.id}" in situation.matched), None)
        if row:
            _assign(work, charge, rule, row)
            break
    return tuple(work.outcomes)


def assign_by(work: Work, id: str, place: Place) -> None:
    """What the rule of that id is for, the event's deal, ticket or customer, goes to whom the rule finds, also when somebody
    has it; nothing when they have it already."""
    rule = _rule(work, id, place)
    charge, row = charge_meant(work, rule.of), _row(work, rule)
    if charge is None:
        work.passed(
            "assign", work.event.subject, f"no_{rule.of}", cause_of(rule.header, place, work.event, work.rulebook)
        )
    elif row and charge.is_open and not work.silent:
        _assign(work, charge, rule, row)


def charge_meant(work: Work, kind: str) -> Charge | None:
    """The deal, the ticket or the customer that the event is about, as it now stands: of a deal or a ticket its customer
    too; None when it is about none."""
    now, event = work.now, work.event
    own = charge_of(event, replace(work.situation, state=now, deal=work.deal))
    if own and own.kind == kind:
        return own
    if kind == "account":
        return account_charge(str(work.situation.facts.get("account") or ""), event, now)
    return Charge(work.deal) if kind == "deal" and work.deal else None


def person_for(work: Work, task: str, to: str, place: Place) -> Recipient:
    """The person for the task of that id: by an assignment rule where `to` names one (nobody, visibly, when it finds none), or as
    `recipients` says."""
    if not to.startswith(BY_RULE):
        return recipient(to, work.event, work.situation, place)
    rule = _rule(work, to.removeprefix(BY_RULE), place)
    row = _row(work, rule)
    if row is None or work.silent:
        return "", (note("no_row", rule.header.id),)
    chosen = _chosen(work, rule, row)
    cause = _cause(work, rule, row, chosen)
    _keep_tallies(work, chosen, cause)
    how = "assigned" if chosen.to else "queued"
    work.outcomes.append(Kept(how, handover(work.event, "task", task, chosen.to, how, rule.header.id, cause), cause))
    return chosen.to, (note("assigned_by", rule.header.id, row.id, str(row.place)), *chosen.notes)


def _rule(work: Work, id: str, place: Place) -> Assignment:
    for rule in in_force(work.rulebook.assignments, work.event.on):
        if rule.header.id == id:
            return rule
    raise EvaluationError("E042", place, to=f"{BY_RULE}{id}", on=work.event.on.isoformat())


def _row(work: Work, rule: Assignment) -> AssignmentRow | None:
    facts = work.situation.facts
    return next((row for row in rule.rows if row.when is None or row.when.holds(facts)), None)


def _chosen(work: Work, rule: Assignment, row: AssignmentRow) -> Chosen:
    event, value = work.event, str(work.situation.facts.get(row.by) or "") if row.by else ""
    return choose(Desk(rule, row, event.at, event.on, work.now, value, work.situation.facts))


def _assign(work: Work, charge: Charge, rule: Assignment, row: AssignmentRow) -> None:
    chosen = _chosen(work, rule, row)
    cause = _cause(work, rule, row, chosen)
    if not chosen.to:
        noted = handover(work.event, charge.kind, charge.id, "", "queued", rule.header.id, cause)
        work.outcomes.append(Kept("queued", noted, cause))
    elif chosen.to != charge.owner:
        hand_over(work, charge, chosen.to, "assigned", rule.header.id, cause)
        _keep_tallies(work, chosen, cause)


def _keep_tallies(work: Work, chosen: Chosen, cause: Cause) -> None:
    for tally in chosen.tallies:
        work.outcomes.append(Kept("counted", tally, replace(cause, facts=(), notes=())))


def _cause(work: Work, rule: Assignment, row: AssignmentRow, chosen: Chosen) -> Cause:
    read = dict(facts_read([row.when], work.situation.facts))
    read |= {row.by: work.situation.facts.get(row.by)} if row.by else {}
    return cause_of(rule.header, row.place, work.event, work.rulebook, tuple(sorted(read.items())), chosen.notes)
