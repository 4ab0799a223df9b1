"""Who a rule means: `deal.owner`, the same of a ticket or a customer, any fact that names somebody (`deal.sdr`), the manager of one
(`deal.owner.manager`), `role:<role>` or a person's id, as of the event's day.

What would go to somebody who has left goes to their manager, visibly. When nobody answers, the rule cannot be carried
out: E042, and the event waits in quarantine. It is never dropped.
"""

from collections.abc import Iterator
from datetime import date

from engine.core.events import Event
from engine.core.formulas import EvaluationError
from engine.core.problems import Place
from engine.core.records import Person
from engine.core.situation import Situation, State
from engine.core.workflow.notes import Note, note

Recipient = tuple[str, tuple[Note, ...]]
"""A person's id, and the notes on how it came to them."""


def recipient(to: str, event: Event, situation: Situation, place: Place | None = None) -> Recipient:
    """The one person who is to do it. For a role: the nearest above the deal's owner, else the first by id."""
    found = recipients(to, event, situation, place)
    if len(found) == 1:
        return found[0]
    holders = {person for person, _ in found}
    above = [person.id for person in _upwards(_owner(situation), situation.state, event.on)]
    return next((person for person in above if person in holders), min(holders)), ()


def recipients(to: str, event: Event, situation: Situation, place: Place | None = None) -> tuple[Recipient, ...]:
    """Everybody whom it means: one person, or all who hold a role. Raises E042 when there is nobody."""
    state, on = situation.state, event.on
    if to.startswith("role:"):
        held = [person.id for person in state.people() if person.employed(on) and _role(person, on) == to[5:]]
        found: tuple[Recipient, ...] = tuple((person, ()) for person in sorted(held))
    else:
        named = (_standing_in(person, state, on) for person in _named(to, situation, on))
        found = tuple(dict(one for each in named for one in each).items())
    if not found:
        raise EvaluationError("E042", place, to=to, on=on.isoformat())
    return found


def names_nobody(to: str, situation: Situation) -> bool:
    """True when a rule means whoever a fact names, or their manager, and it names nobody: a deal or a customer that nobody has, a
    field that is not filled in. Nobody is asked then, visibly; a role without people or a person who is not known is a mistake
    of the rule (E042)."""
    fact, _ = _parted(to or "deal.owner", situation)
    if ":" in fact or ("." not in fact and _is_person(fact, situation)):
        return False
    if fact == "deal.owner":
        return situation.deal is not None and not situation.deal.owner
    return "." in fact and not _meant(fact, situation)


def manager_of(person: str, state: State, on: date) -> str:
    """The person's manager that day, the next one up who still works here; empty when there is none."""
    return next((above.id for above in _upwards(person, state, on) if above.id != person and not _gone(above, on)), "")


def _named(to: str, situation: Situation, on: date) -> tuple[str, ...]:
    """The ids that it names; of a fact that nothing is known of, none."""
    fact, above = _parted(to, situation)
    named = _meant(fact, situation)
    for _ in range(above):
        known = (situation.state.person(person) for person in named)
        named = tuple(version.manager for one in known if one and (version := one.on(on)) and version.manager)
    return named


_MANAGER = ".manager"


def _parted(to: str, situation: Situation) -> tuple[str, int]:
    """The fact or the person, and how often their manager is meant; a fact may be called so itself."""
    above = 0
    while to.endswith(_MANAGER) and situation.facts.get(to) is None:
        to, above = to.removesuffix(_MANAGER), above + 1
    return to, above


def _is_person(id: str, situation: Situation) -> bool:
    return situation.state.person(id) is not None


def _meant(fact: str, situation: Situation) -> tuple[str, ...]:
    if "." not in fact and _is_person(fact, situation):
        return (fact,)
    own = {"deal.owner": _owner, "ticket.owner": ticket_owner}.get(fact)
    value = own(situation) if own else situation.facts.get(fact)
    return tuple(str(one) for one in value) if isinstance(value, tuple) else (str(value),) if value else ()


def _owner(situation: Situation) -> str:
    return situation.deal.owner if situation.deal else str(situation.facts.get("deal.owner") or "")


def ticket_owner(situation: Situation) -> str:
    """Whoever sees to the event's ticket: its owner, else its deal's, else its account's; empty when nobody does."""
    known = (situation.facts.get(name) for name in ("ticket.owner", "deal.owner", "account.owner"))
    return str(next((owner for owner in known if owner), ""))


def _standing_in(person: str, state: State, on: date) -> tuple[Recipient, ...]:
    """The person, or, when they have left, the next one above them who has not."""
    notes: list[Note] = []
    chain = list(_upwards(person, state, on))
    for number, one in enumerate(chain):
        if not _gone(one, on):
            return ((one.id, tuple(notes)),)
        notes += [note("handed_on", one.id, above.id) for above in chain[number + 1 : number + 2]]
    return ()


def _upwards(person: str, state: State, on: date) -> Iterator[Person]:
    """The person and everybody above them, nearest first; a ring of managers ends where it began."""
    seen: set[str] = set()
    found = state.person(person) if person else None
    while found and found.id not in seen:
        yield found
        seen.add(found.id)
        version = found.on(on)
        found = state.person(version.manager) if version and version.manager else None


def _gone(person: Person, on: date) -> bool:
    return person.left_on is not None and person.left_on <= on


def _role(person: Person, on: date) -> str:
    version = person.on(on)
    return version.role if version else ""
