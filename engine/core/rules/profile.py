"""An import profile: how the columns of somebody else's file become events. Columns, formats and totals are data."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.core.durations import Duration, DurationUnit
from engine.core.money import Rounding
from engine.core.problems import Place
from engine.core.rules.header import Header

COLUMN_KINDS = (
    "text", "id", "money", "number", "percent", "percent_points", "ratio", "date", "instant", "yes_no",
)  # fmt: skip
"""How a cell is read. `id` makes an id of a name (`José Saraiva`: jose-saraiva); `percent` is written with its sign,
`percent_points` is 60 for 60 %, `ratio` is 0.6 for 60 %."""

CALENDAR_UNITS = (DurationUnit.DAYS, DurationUnit.WEEKS, DurationUnit.MONTHS, DurationUnit.YEARS)
"""The units in which events repeat."""

NUMBERS = ("money", "number", "percent", "percent_points", "ratio")
MOMENTS = ("date", "instant")

OF_THE_ROW = ("row", "digest", "part")
"""What a template may name besides columns: the row's number, a digest of its cells, the number of a repetition."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text in which `<name>` stands for a column. `pieces` alternate: text, name, text, name, …, text."""

    pieces: tuple[str, ...]
    place: Place

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that it uses, in their order."""
        return self.pieces[1::2]

    @property
    def text(self) -> str:
        """As it was written."""
        return "".join(f"<{piece}>" if index % 2 else piece for index, piece in enumerate(self.pieces))


@dataclass(frozen=True, slots=True)
class Lookup:
    """A second file beside the imported one: the value is looked for under `by`, and `give` of the first row with it is
    taken instead; `otherwise` is for values that it does not list."""

    file: str
    by: str
    give: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file, under the short name that the profile's events use.

    `headers` are the names it may have, the first that the file has counts. `optional`: the file may lack it; `needed`:
    no cell may be empty. `blanks` are words that mean empty. `empty` is taken where the cell is empty (None: nothing).
    `values` translate words; `otherwise` says what becomes of others (refuse, keep, empty, or a value). `lookups`
    follow one another. `formats` of dates and moments; `zone` of moments ("" the profile's). Numbers: `thousands` and
    `decimal` marks, `drop` texts left out, `times` a factor. Money: `currency` is a code or names a column. `rounding`
    None: decimals that do not fit are refused.
    """

    name: str
    headers: tuple[str, ...]
    kind: str
    place: Place
    optional: bool = False
    needed: bool = False
    blanks: tuple[str, ...] = ()
    empty: Template | None = None
    values: tuple[tuple[str, str], ...] = ()
    otherwise: str = "refuse"
    lookups: tuple[Lookup, ...] = ()
    formats: tuple[str, ...] = ()
    zone: str = ""
    thousands: str = ","
    decimal: str = "."
    drop: tuple[str, ...] = ()
    times: Fraction = Fraction(1)
    currency: Template | None = None
    rounding: Rounding | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """One event becomes several: as many as the column `times` says, `every` so long, the money of `split` divided."""

    times: str
    every: Duration
    split: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """Consecutive rows with the same `by` are one: the columns of `sum` add up exactly, others are the first row's."""

    by: str
    sum: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventTemplate:
    """One event that a row makes, when each column of `when` has one of its words, those of `if_set` are not empty and
    those of `if_empty` are. A body field whose columns are empty is left out. `once`: the first of each key only."""

    type: str
    subject: Template
    key: Template
    at: Template
    actor: Template | None
    body: tuple[tuple[str, Template], ...]
    when: tuple[tuple[str, tuple[str, ...]], ...]
    if_set: tuple[str, ...]
    if_empty: tuple[str, ...]
    once: bool
    repeat: Repeat | None
    place: Place


@dataclass(frozen=True, slots=True)
class Profile:
    """One import profile. `source` names where its events come from; `zone` that of local times ("" the company's)."""

    header: Header
    source: str
    zone: str
    columns: tuple[Column, ...]
    group: Grouping | None
    events: tuple[EventTemplate, ...]

    def column(self, name: str) -> Column | None:
        """The column of that short name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    def headers_of(self, template: Template) -> Iterator[str]:
        """The headers, as the profile's author names them, of the columns that a template uses."""
        for name in template.names:
            if column := self.column(name):
                yield column.headers[0]
