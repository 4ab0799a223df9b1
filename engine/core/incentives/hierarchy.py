"""Who is above whom on a day: the managers of a person, their managers, and so on, as the hierarchy stood then."""

from collections.abc import Iterable
from datetime import date

from engine.core.formulas import EvaluationError
from engine.core.problems import Place
from engine.core.records import Person
from engine.core.situation import State


def manager_of(id: str, state: State, on: date) -> str:
    """The manager of a person on that day, or empty."""
    person = state.person(id)
    version = person.on(on) if person else None
    return version.manager if version else ""


def managers_above(id: str, state: State, on: date, levels: int, place: Place) -> tuple[str, ...]:
    """The managers above a person on that day, nearest first: so many `levels`, 0 all of them.

    E122 where somebody turns up twice on the way, naming everybody on it.
    """
    way = [id]
    while not levels or len(way) <= levels:
        above = manager_of(way[-1], state, on)
        if not above:
            break
        if above in way:
            raise EvaluationError("E122", place, chain=" → ".join([*way, above]), on=on.isoformat())
        way.append(above)
    return tuple(way[1:])


def below(id: str, people: Iterable[Person]) -> frozenset[str]:
    """The person and everybody who has ever been below them, by any number of levels."""
    reports: dict[str, set[str]] = {}
    for person in people:
        for version in person.versions:
            reports.setdefault(version.manager, set()).add(person.id)
    found, waiting = {id}, [id]
    while waiting:
        fresh = reports.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return frozenset(found)
