"""Whom a row of an assignment rule finds: its people, those passed over with the reason, and whose turn it is.

Nothing here depends on anything but the records and the rule, and every tie is broken by the order in the rule or by id,
so that a replay finds the same person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType

from engine.core.charges import ChargeKind
from engine.core.ownership import Tally
from engine.core.records import Person
from engine.core.rules.assignment import Assignment, AssignmentRow, Capacity, Member
from engine.core.situation import State
from engine.core.workflow.availability import Presence, presence, presence_note
from engine.core.workflow.notes import Note, note
from engine.core.workflow.recipients import manager_of

IN_HAND: Mapping[str, ChargeKind] = MappingProxyType({"account": "account", "ticket": "ticket"})
"""What makes up somebody's load where a rule is for that; else it is their open deals."""

_TIERS = {
    "only": (("at_work",),),
    "tiers": (("at_work",), ("at_work", "out"), ("at_work", "out", "on_leave")),
    "ignored": (("at_work", "out", "on_leave"),),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom the row names, with the terms that hold for them."""

    person: Person
    member: Member
    presence: Presence
    load: int
    full: Note | None

    @property
    def id(self) -> str:
        """The person's id."""
        return self.person.id


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who gets it ("": nobody), why the others do not, and the tallies as they then stand."""

    to: str
    notes: tuple[Note, ...]
    tallies: tuple[Tally, ...] = ()


@dataclass(slots=True)
class Desk:
    """What choosing looks at: the rule, the moment and its day, the records, the value that territories go by, and the facts that
    may name somebody."""

    rule: Assignment
    row: AssignmentRow
    at: datetime
    on: date
    state: State
    value: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def tally(self, *names: str) -> Tally:
        """What was counted so far under that name of the rule."""
        id = "/".join((self.rule.header.id, *names))
        return self.state.tally(id) or Tally(id)


def choose(desk: Desk) -> Chosen:
    """Who gets it. Where nobody can, the rule's `on_none` says what happens."""
    everybody = list(_candidates(desk))
    asked = [one for one in everybody if one.member.takes and one.presence.kind != "gone"]
    for kinds in _TIERS[desk.rule.availability]:
        there = [one for one in asked if one.presence.kind in kinds and one.full is None]
        if there:
            picked, turn = _picked(desk, everybody, there)
            passed = tuple(found for one in everybody if one.id != picked.id and (found := _why_not(one, kinds)))
            return Chosen(picked.id, (*desk.notes, *passed), (*turn, *_counted(desk, picked.id)))
    return _nobody(desk, everybody, asked)


def _nobody(desk: Desk, everybody: list[Candidate], asked: list[Candidate]) -> Chosen:
    passed = (*desk.notes, *(found for one in everybody if (found := _why_not(one, ("at_work",)))))
    if desk.rule.on_none == "least_bad" and asked:
        best = min(asked, key=lambda one: (one.load, one.id))
        return Chosen(best.id, (*passed, _load("least_bad", desk, best)), _counted(desk, best.id))
    if desk.rule.on_none == "manager" and everybody:
        above = manager_of(everybody[0].id, desk.state, desk.on)
        return Chosen(above, (*passed, note("to_manager", everybody[0].id, above or "–")))
    return Chosen("", passed)


def _load(code: str, desk: Desk, best: Candidate) -> Note:
    """Who has least, and of what; of deals the note is as it ever was."""
    return note(code, best.id, best.load, *((desk.rule.of,) if desk.rule.of in IN_HAND else ()))


def _why_not(one: Candidate, kinds: tuple[str, ...]) -> Note | None:
    if not one.member.takes:
        return note("passed_over", one.id, "takes_none", "")
    if one.presence.kind not in kinds:
        return presence_note(one.id, one.presence)
    return one.full


def _candidates(desk: Desk) -> Iterator[Candidate]:
    """The row's people in its order, each once: persons as written, those of a role or team by id."""
    seen: set[str] = set()
    for member in _members(desk):
        for person in _people(member.who, desk):
            if person.id not in seen:
                seen.add(person.id)
                yield _candidate(desk, member, person)


def _members(desk: Desk) -> tuple[Member, ...]:
    if desk.row.method != "by_territory":
        return desk.row.people
    found = next((one for one in desk.row.territories if one.value == desk.value), None)
    desk.notes.append(note("territory", desk.row.by, desk.value or "–"))
    return found.people if found else desk.row.people


def _people(who: str, desk: Desk) -> list[Person]:
    state, on = desk.state, desk.on
    kind, _, name = who.partition(":")
    if "." in who:
        desk.notes.append(note("whose", who, desk.facts.get(who) or "–"))
        who = str(desk.facts.get(who) or "")
    if kind in ("role", "team") and name:
        held = ((person, person.on(on)) for person in state.people() if person.employed(on))
        return sorted((p for p, version in held if version and getattr(version, kind) == name), key=lambda p: p.id)
    person = state.person(who)
    return [person] if person else []


def _candidate(desk: Desk, member: Member, person: Person) -> Candidate:
    load = len(desk.state.in_hand(IN_HAND.get(desk.rule.of, "deal"), person.id))
    limits = _over(desk.rule.capacity, member.capacity)
    return Candidate(person, member, presence(person, desk.at, desk.on), load, _full(desk, person.id, load, limits))


def _over(rule: Capacity, own: Capacity | None) -> Capacity:
    """The member's own limits over those of the rule."""
    if own is None:
        return rule
    open = rule.open if own.open is None else own.open
    per_day = rule.per_day if own.per_day is None else own.per_day
    return Capacity(open, per_day, rule.per_month if own.per_month is None else own.per_month, rule.spread)


def _full(desk: Desk, person: str, load: int, limits: Capacity) -> Note | None:
    """The first limit that the person has reached, or None."""
    if limits.open is not None and load >= limits.open:
        return note(
            "passed_over",
            person,
            f"open_{IN_HAND[of]}" if (of := desk.rule.of) in IN_HAND else "open",
            f"{load}/{limits.open}",
        )
    for name, limit in (("day", limits.daily), ("month", limits.per_month)):
        got = desk.tally(person, _span(desk, name)).count if limit is not None else 0
        if limit is not None and got >= limit:
            return note("passed_over", person, name, f"{got}/{limit}")
    return None


def _span(desk: Desk, name: str) -> str:
    day = desk.on.isoformat()
    return day if name == "day" else day[:7]


def _counted(desk: Desk, person: str) -> tuple[Tally, ...]:
    """One more for that person, that day and that month."""
    found = (desk.tally(person, _span(desk, name)) for name in ("day", "month"))
    return tuple(replace(tally, count=tally.count + 1) for tally in found)


def _picked(desk: Desk, everybody: list[Candidate], there: list[Candidate]) -> tuple[Candidate, tuple[Tally, ...]]:
    """Whose it is of those who can, by the row's method, and the turn as it then stands."""
    if desk.row.method == "by_load":
        best = min(there, key=lambda one: (one.load, one.id))
        desk.notes.append(_load("least_load", desk, best))
        return best, ()
    if desk.row.method == "to":
        return there[0], ()
    turn = desk.tally(desk.row.id, desk.value) if desk.row.method == "by_territory" else desk.tally(desk.row.id)
    if desk.row.method == "weighted":
        return _by_weight(desk, turn, everybody, there)
    return _in_turn(desk, turn, everybody, there)


def _in_turn(
    desk: Desk, turn: Tally, everybody: list[Candidate], there: list[Candidate]
) -> tuple[Candidate, tuple[Tally, ...]]:
    """The next after the last, in the row's order; when the last is not in it any more, whoever has moved up."""
    ids = [one.id for one in everybody]
    start = ids.index(turn.last) + 1 if turn.last in ids else max(turn.place, 0)
    order = [everybody[(start + number) % len(everybody)] for number in range(len(everybody))]
    best = next(one for one in order if one in there)
    desk.notes.append(note("in_turn", best.id, turn.last or "–"))
    return best, (replace(turn, count=turn.count + 1, last=best.id, place=ids.index(best.id)),)


def _by_weight(
    desk: Desk, turn: Tally, everybody: list[Candidate], there: list[Candidate]
) -> tuple[Candidate, tuple[Tally, ...]]:
    """The one for whom one more is the smallest part of their weight. Who could not take any does not catch up later."""
    among = ", ".join(f"{one.id}:{one.member.weight}" for one in everybody)
    given = dict(turn.given) if turn.among == among else {}
    order = {one.id: place for place, one in enumerate(everybody)}
    best = min(there, key=lambda one: (Fraction(given.get(one.id, 0) + 1, one.member.weight), order[one.id]))
    given[best.id] = given.get(best.id, 0) + 1
    level = Fraction(given[best.id], best.member.weight)
    for one in everybody:
        if one not in there:
            given[one.id] = max(given.get(one.id, 0), int(level * one.member.weight))
    desk.notes.append(note("by_weight", best.id, given[best.id], best.member.weight))
    return best, (replace(turn, count=turn.count + 1, last=best.id, given=given, among=among),)
