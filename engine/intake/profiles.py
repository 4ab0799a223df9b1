"""An import profile at work: rows of a file become raw events, and those become events.

A row is all or nothing: one cell that cannot be read refuses the row, with every problem in it, and no event is made.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from fractions import Fraction
from zoneinfo import ZoneInfo

from engine.core.events import Event
from engine.core.numerals import nearest
from engine.core.problems import Place, Problem, in_file_order
from engine.core.rules.profile import Column, EventTemplate, Profile
from engine.intake.cells import CellValue, cell_value
from engine.intake.events import EventReader, event_from_raw
from engine.intake.filling import Filling, raw_events
from engine.intake.lookups import Lookups
from engine.intake.slips import NOWHERE, Slip, Slipped
from engine.intake.tables import Row, Table


@dataclass(frozen=True, slots=True)
class Made:
    """What became of some rows: the events that they make, or the problems because of which they make none.

    `rows` counts the rows of the file, 0 for a problem of the file itself. No events and no problems: the profile has
    no event for such a row.
    """

    place: Place
    rows: int
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class ProfileReader:
    """A profile bound to one file: which header each column has there, and what it looks up."""

    profile: Profile
    reader: EventReader
    headers: Mapping[str, str]
    lookups: Lookups
    mode: str
    seen: set[tuple[str, str]] = field(default_factory=set)

    @property
    def zone(self) -> tzinfo:
        """The zone of the file's local times."""
        return ZoneInfo(self.profile.zone) if self.profile.zone else self.reader.zone


def headers_of(profile: Profile, table: Table) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The file's header of each column; I006 for a column that it must have and has not."""
    found = {header.casefold(): header for header in table.headers}
    headers: dict[str, str] = {}
    problems = []
    for column in profile.columns:
        known = [found[header.casefold()] for header in column.headers if header.casefold() in found]
        if known:
            headers[column.name] = known[0]
        elif not column.optional:
            problems.append(_missing(column, table))
    return headers, tuple(problems)


def _missing(column: Column, table: Table) -> Problem:
    wanted = " / ".join(column.headers)
    near = [word for word in nearest(column.headers[0], filter(None, table.headers), 3).split(", ") if word]
    shown = near + [header for header in table.headers if header and header not in near]
    return Problem("I006", Place(table.file, 1, 1), {"wanted": wanted, "found": ", ".join(shown)})


def ignored_headers(table: Table, headers: Mapping[str, str]) -> tuple[str, ...]:
    """The file's columns that the profile does not read."""
    return tuple(header for header in table.headers if header and header not in headers.values())


def made_of(rows: Iterable[Row | Problem], reader: ProfileReader) -> Iterator[Made]:
    """What becomes of each row, or of each group of rows, in the order of the file."""
    for filling in _groups((_filled(row, reader) for row in rows), reader.profile):
        yield _made(filling, reader)


def _filled(row: Row | Problem, reader: ProfileReader) -> Filling:
    """The row's cells read, one value for each column, and every cell that could not be read."""
    if isinstance(row, Problem):
        return Filling(row.place, 1, problems=(row,))
    where = row.where(reader.headers)
    values: dict[str, CellValue] = {}
    problems = []
    for column in reader.profile.columns:
        text = row.cells.get(reader.headers.get(column.name, ""), "")
        try:
            value = cell_value(column, text, reader.zone, reader.lookups.get(column.name, ()))
            if value is None and column.needed:
                raise Slipped("I042")
            values[column.name] = value
        except Slipped as slipped:
            problems.append(slipped.slip.at(where, column.name))
    return Filling(row.place, 1, values, where, _digest(row), tuple(problems))


def _digest(row: Row) -> str:
    """Sixteen hex digits that stand for the row's content."""
    cells = "\x1f".join(f"{header}\x1e{cell}" for header, cell in row.cells.items() if cell)
    return hashlib.sha256(cells.encode()).hexdigest()[:16]


def _groups(fillings: Iterable[Filling], profile: Profile) -> Iterator[Filling]:
    """Fillings with consecutive ones of a group put together, when the profile groups."""
    if profile.group is None:
        yield from fillings
        return
    group, held = profile.group, None
    for filling in fillings:
        if held is not None and held.values.get(group.by) == filling.values.get(group.by) is not None:
            held = _added(held, filling, group.sum)
        else:
            if held is not None:
                yield held
            held = filling
    if held is not None:
        yield held


def _added(first: Filling, more: Filling, summed: tuple[str, ...]) -> Filling:
    """Two rows of one group: sums are exact; rounding waits until the event is written."""
    values = dict(first.values)
    for name in summed:
        parts = [part for part in (first.values.get(name), more.values.get(name)) if isinstance(part, Fraction)]
        values[name] = sum(parts, Fraction(0)) if parts else None
    problems = (*first.problems, *more.problems)
    return replace(first, rows=first.rows + more.rows, values=values, problems=problems)


def _made(filling: Filling, reader: ProfileReader) -> Made:
    """The events of one filling, or its problems."""
    problems = list(filling.problems)
    events: list[Event] = []
    for template in reader.profile.events:
        if not filling.problems and _applies(template, filling):
            found = _events(template, filling, reader)
            problems += [one for one in found if isinstance(one, Problem)]
            events += [one for one in found if isinstance(one, Event)]
    if problems:
        return Made(filling.place, filling.rows, (), in_file_order(problems))
    return Made(filling.place, filling.rows, tuple(events))


def _applies(template: EventTemplate, filling: Filling) -> bool:
    """True when the row is one for which this event is meant."""
    values = filling.values
    listed = all(values.get(name) in words for name, words in template.when)
    full = all(values.get(name) is not None for name in template.if_set)
    return listed and full and all(values.get(name) is None for name in template.if_empty)


def _events(template: EventTemplate, filling: Filling, reader: ProfileReader) -> list[Event | Problem]:
    """The template's events for this row; none when an earlier row made one of that key and it is wanted once."""
    try:
        raws = tuple(raw_events(template, filling, reader.profile))
    except Slipped as slipped:
        name = slipped.slip.params.get("column", "")
        return [Slip(slipped.slip.code, slipped.slip.params).at(filling.where, name)]
    found: list[Event | Problem] = []
    for raw in raws:
        if template.once and (template.type, str(raw["key"])) in reader.seen:
            continue
        reader.seen |= {(template.type, str(raw["key"]))} if template.once else set()
        event = event_from_raw(raw, reader.reader, reader.profile.source, reader.mode, filling.of(template))
        found += [event] if isinstance(event, Event) else event
    return found


def refused_file(problems: tuple[Problem, ...]) -> Made:
    """A file that cannot be read at all."""
    return Made(problems[0].place if problems else NOWHERE, 0, (), problems)
