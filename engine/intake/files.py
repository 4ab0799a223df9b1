"""A file to events: opened, read row by row, put into the one order of events, with problems and a summary.

`reading_of` streams: it holds one row at a time, or one group. `delivery_of` holds the events of one file, because they
are delivered in the order in which they happened, whatever the order of rows; `MOST_EVENTS` bounds them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.core.events import Event
from engine.core.problems import Place, Problem
from engine.core.rules.profile import Profile
from engine.intake.events import EventReader, event_from_raw
from engine.intake.json_lines import RawLine
from engine.intake.lookups import lookups_of
from engine.intake.opening import is_json_lines, open_json_lines, open_table
from engine.intake.profiles import Made, ProfileReader, headers_of, ignored_headers, made_of, refused_file
from engine.intake.slips import Where
from engine.intake.summary import Summary, Tally
from engine.intake.tables import Row, Table

MOST_EVENTS = 2_000_000
_HEAD = ("type", "subject", "key", "at", "actor")


@dataclass(frozen=True, slots=True)
class Source:
    """How a file is to be read: by whom, as what. `profile` None: its columns or keys are those of events themselves.

    `mode` is `history` (makes no tasks, tells nobody) or `live`, and is always chosen explicitly.
    """

    path: Path
    reader: EventReader
    mode: str
    profile: Profile | None = None
    name: str = ""

    @property
    def source(self) -> str:
        """The source that its events have: the profile's, or the given name, or the file's."""
        return self.profile.source if self.profile else self.name or self.path.stem


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's results as they are read, and the headers that nothing reads."""

    results: Iterator[Made]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A whole file: its events in `Event.order`, its problems in the order of the file, and the control totals."""

    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    summary: Summary


def reading_of(source: Source) -> Reading:
    """What becomes of the file's rows, one after the other. A file that cannot be read gives one result: why."""
    if is_json_lines(source.path):
        return Reading(_json_results(source))
    table = open_table(source.path)
    if not isinstance(table, Table):
        return Reading(iter((refused_file(table),)))
    return _profiled(table, source.profile, source) if source.profile else Reading(_plain_results(table, source))


def delivery_of(source: Source, progress: Callable[[int], None] = lambda rows: None) -> Delivery:
    """The whole file, read. `progress` is told how many rows each result stands for. I009 beyond `MOST_EVENTS`."""
    reading, tally = reading_of(source), Tally()
    events: list[Event] = []
    problems: list[Problem] = []
    for made in reading.results:
        progress(made.rows)
        if len(events) + len(made.events) > MOST_EVENTS:
            problems.append(Problem("I009", made.place, {"most": f"{MOST_EVENTS:,}"}))
            break
        tally.take(made)
        events += made.events
        problems += made.problems
    events.sort(key=lambda event: event.order)
    summary = tally.summary(source.path.name, source.source, source.mode, reading.ignored)
    return Delivery(tuple(events), tuple(problems), summary)


def _profiled(table: Table, profile: Profile, source: Source) -> Reading:
    """The rows as a profile reads them."""
    headers, missing = headers_of(profile, table)
    lookups, unread = lookups_of(profile, source.path.parent)
    if missing or unread:
        return Reading(iter((refused_file((*missing, *unread)),)))
    bound = ProfileReader(profile, source.reader, headers, lookups, source.mode)
    return Reading(made_of(table.rows, bound), ignored_headers(table, headers))


def _plain_results(table: Table, source: Source) -> Iterator[Made]:
    """The rows of a table whose headers are `type`, `subject`, `key`, `at`, `actor` and the names of body fields."""
    for row in table.rows:
        if isinstance(row, Problem):
            yield Made(row.place, 1, (), (row,))
        else:
            yield _made(_raw(row), row.place, row.where({header: header for header in row.cells}), source)


def _raw(row: Row) -> dict[str, object]:
    """The raw event of such a row."""
    raw: dict[str, object] = {name: row.cells[name] for name in _HEAD if name in row.cells}
    return raw | {"body": {name: cell for name, cell in row.cells.items() if name not in _HEAD}}


def _json_results(source: Source) -> Iterator[Made]:
    """The lines of a JSON-lines file."""
    for line in open_json_lines(source.path):
        if isinstance(line, RawLine):
            yield _made(line.raw, line.place, Where(line.place), source)
        else:
            yield Made(line.place, 1 if line.place.line else 0, (), (line,))


def _made(raw: Mapping[str, object], place: Place, where: Where, source: Source) -> Made:
    """The one event of a row, or its problems."""
    event = event_from_raw(raw, source.reader, source.source, source.mode, where)
    return Made(place, 1, (event,)) if isinstance(event, Event) else Made(place, 1, (), event)
