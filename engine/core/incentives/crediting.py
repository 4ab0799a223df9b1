"""Crediting: who gets how much of an event, and what later events make of it.

Credits are company-wide: a component `of: bookings` reads all of its payee's credits of that name, whichever plan's
rule made them. The same event, name, payee and form is one credit with one amount; two amounts are a conflict (E068).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from engine.core.events import Event
from engine.core.facts import laid_over, line_facts
from engine.core.formulas import EvaluationError
from engine.core.incentives.credit_making import Crediting
from engine.core.incentives.granting import grants_of
from engine.core.incentives.precedence import applying
from engine.core.outcomes import Kept, Outcome, Passed, Withdrawn
from engine.core.problems import Place
from engine.core.records import Cause, Credit, Grant
from engine.core.rules.plan import CreditRule, Plan
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.situation import Situation

Credited = Credit | Grant

UNDOING = ("deal.cancelled", "deal.reopened")
"""What undoes what a deal was credited with. A cancellation follows the plan's clawback; a reopened win is void."""

NOWHERE = Place("")
_OF_A_WIN = ("deal.won", "deal.closed")


def decide_credits(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The credits and grants that the event makes, and those that it undoes. What already stands is not said again."""
    if not situation.matched and event.type not in UNDOING:
        return ()
    made, passed = _made(event, situation, rulebook)
    existing = _existing(situation)
    known = {record.id: record for record in existing}
    standing = [_as_undone(record, known.get(record.id)) for record in made]
    fresh = [Kept("credited", record, record.cause) for record in standing if known.get(record.id) != record]
    undone = [Kept("undone", record, _cause_of(event, rulebook)) for record in _undone(event, existing)]
    return (*fresh, *undone, *passed)


def recredit(
    history: Sequence[tuple[Event, Situation]], existing: Iterable[Credited], rulebook: Rulebook
) -> tuple[Outcome, ...]:
    """What brings a deal's credits and grants to what its whole history leads to, whatever the order it was told in.

    `history` pairs every event of the deal with the situation in which it is decided. New and changed records come as
    Kept, those that are no longer right as Withdrawn; both by id. Nothing comes of a history that changes nothing.
    """
    wanted: dict[str, Credited] = {}
    causes: dict[str, Cause] = {}
    for event, situation in sorted(history, key=lambda pair: pair[0].order):
        for record in _made(event, situation, rulebook)[0]:
            wanted.setdefault(record.id, record)
        for record in _undone(event, wanted.values()):
            wanted[record.id] = record
        causes[event.id] = _cause_of(event, rulebook)
    known = {record.id: record for record in existing}
    last = max((event for event, _ in history), key=lambda event: event.order, default=None)
    cause = causes[last.id] if last else Cause("", NOWHERE, "", rulebook.fingerprint)
    kept = [_kept(record, cause) for id, record in sorted(wanted.items()) if known.get(id) != record]
    gone = [record for id, record in sorted(known.items()) if id not in wanted]
    return (*kept, *(Withdrawn(_kind(record), record.id, cause) for record in gone))


def _made(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[tuple[Credited, ...], tuple[Passed, ...]]:
    """All credits, then all grants, of one event; and what a rule would have given but did not."""
    credits, passed = _credits(event, situation, rulebook)
    grants, more = grants_of(event, situation, rulebook)
    return (*credits, *grants), (*passed, *more)


def _credits(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[list[Credit], list[Passed]]:
    """One credit for each name, payee and form, in file order. Raises EvaluationError for a conflict."""
    made: dict[str, Credit] = {}
    passed: list[Passed] = []
    for plan in in_force(rulebook.plans, event.on):
        for work in _at_work(plan, event, situation, rulebook):
            credits = tuple(work.credits())
            if not credits:
                cause = _cause_of(event, rulebook, work.rule.place)
                passed.append(Passed("credit", work.rule.name, "nobody_named", cause))
            for credit in credits:
                _no_conflict(made.setdefault(credit.id, credit), credit)
    return list(made.values()), passed


def _at_work(plan: Plan, event: Event, situation: Situation, rulebook: Rulebook) -> Iterator[Crediting]:
    """The plan's rules that apply to the event as a whole, then those that apply to each line of its deal."""
    met = _met(plan, event, situation)
    for rule in applying(plan, [rule for rule in met if not rule.each]):
        yield Crediting(event, situation, rulebook, plan, rule)
    for_lines = [rule for rule in met if rule.each]
    for line in situation.deal.lines if situation.deal and for_lines else ():
        of_line = replace(situation, facts=laid_over(situation.facts, line_facts(line)))
        asked = [rule for rule in for_lines if rule.when is None or rule.when.holds(of_line.facts)]
        for rule in applying(plan, asked):
            yield Crediting(event, of_line, rulebook, plan, rule, line.id)


def _met(plan: Plan, event: Event, situation: Situation) -> tuple[CreditRule, ...]:
    """The plan's credit rules whose conditions the event meets; those for each line are asked of the lines alone."""
    rules = ((f"{plan.header.version}#credit.{number}", rule) for number, rule in enumerate(plan.credits))
    return tuple(rule for key, rule in rules if rule.on == event.type and key in situation.matched)


def _no_conflict(first: Credit, second: Credit) -> None:
    """Nothing when both say the same; E068 naming both places when they differ in what they come to."""
    if _says(first) != _says(second):
        places = {"first": str(first.cause.place), "second": str(second.cause.place)}
        amounts = {"first_amount": str(first.amount), "second_amount": str(second.amount)}
        told = {"credit": first.name, "payee": first.payee, "event": first.event, **places, **amounts}
        raise EvaluationError("E068", second.cause.place, **told)


def _says(credit: Credit) -> tuple[object, ...]:
    return (credit.amount, credit.units, credit.pays, credit.weight, credit.on)


def _existing(situation: Situation) -> tuple[Credited, ...]:
    deal = situation.deal
    return (*situation.state.credits(deal.id), *situation.state.grants(deal.id)) if deal else ()


def _undone(event: Event, records: Iterable[Credited]) -> list[Credited]:
    """The standing records that the event undoes: all by a cancellation, those of the win when a deal is reopened."""
    if event.type not in UNDOING:
        return []
    standing = [record for record in records if record.undone_on is None and record.at <= event.at]
    if event.type == "deal.reopened":
        standing = [record for record in standing if dict(record.cause.notes).get("on") in _OF_A_WIN]
    return [_gone(record, event) for record in standing]


def _gone(record: Credited, event: Event) -> Credited:
    """The record undone by the event: on its day, or on the record's own where that is later."""
    return replace(record, undone_on=max(event.on, record.on), undone_by=event.id, undone_as=event.type)


def _as_undone(record: Credited, known: Credited | None) -> Credited:
    """The record with what undid the known one: an event that is decided again does not bring back what was undone."""
    if known is None or known.undone_on is None:
        return record
    return replace(record, undone_on=known.undone_on, undone_by=known.undone_by, undone_as=known.undone_as)


def _kept(record: Credited, cause: Cause) -> Kept:
    return Kept("undone" if record.undone_on else "credited", record, cause if record.undone_on else record.cause)


def _kind(record: Credited) -> str:
    return "credit" if isinstance(record, Credit) else "grant"


def _cause_of(event: Event, rulebook: Rulebook, place: Place = NOWHERE) -> Cause:
    return Cause("", place, event.id, rulebook.fingerprint, (), (("on", event.type),))
