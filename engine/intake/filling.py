"""A profile's templates filled with the values of one row: raw events, still to be read like those of any door."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from engine.core.currencies import EXPONENTS
from engine.core.durations import Duration, DurationUnit
from engine.core.money import split
from engine.core.problems import Place, Problem
from engine.core.rules.profile import Column, EventTemplate, Profile, Repeat, Template
from engine.intake.cells import CellValue, money_of, value_text
from engine.intake.slips import Slipped, Where

MOST_PARTS = 120

_STEPS = {
    DurationUnit.YEARS: "years", DurationUnit.MONTHS: "months", DurationUnit.WEEKS: "weeks", DurationUnit.DAYS: "days",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filling:
    """One row's values by column name, or those of a group of `rows` rows; `problems` of the cells that have none."""

    place: Place
    rows: int
    values: Mapping[str, CellValue] = field(default_factory=dict)
    where: Where = field(default_factory=Where)
    digest: str = ""
    problems: tuple[Problem, ...] = ()
    part: int = 1

    def of(self, template: EventTemplate) -> Where:
        """Where each field of the event stood: under the header of the one column that it was made of."""
        made = {"subject": template.subject, "key": template.key, "at": template.at, **dict(template.body)}
        fields = ((name, text.names[0]) for name, text in made.items() if len(text.names) == 1)
        columns = {name: self.where.columns[column] for name, column in fields if column in self.where.columns}
        return Where(self.place, columns)


def raw_events(template: EventTemplate, filling: Filling, profile: Profile) -> Iterator[dict[str, object]]:
    """The raw events of a template: one, or as many as it repeats. Slipped for a value that is not there."""
    fillings = _repeated(template.repeat, filling, profile) if template.repeat else (filling,)
    for each in fillings:
        yield _raw(template, each, profile)


def _raw(template: EventTemplate, filling: Filling, profile: Profile) -> dict[str, object]:
    """One raw event. A body field for which the row has nothing is left out."""
    raw: dict[str, object] = {"type": template.type}
    for name, part in (("subject", template.subject), ("key", template.key), ("at", template.at)):
        raw[name] = _needed(name, part, template, filling, profile)
    raw["actor"] = _text(template.actor, filling, profile) if template.actor else None
    raw["body"] = {name: _text(text, filling, profile) for name, text in template.body}
    return raw


def _needed(name: str, text: Template, event: EventTemplate, filling: Filling, profile: Profile) -> str:
    """The text; Slipped I045 naming the first column that is empty."""
    found = _text(text, filling, profile)
    if found is None:
        empty = next(column for column in text.names if _piece(column, filling, profile) is None)
        column = profile.column(empty)
        header = column.headers[0] if column else empty
        raise Slipped("I045", event=event.type, field=name, header=header, column=empty)
    return found


def _text(template: Template, filling: Filling, profile: Profile) -> str | None:
    """The template with its columns filled in; None when one of them is empty."""
    pieces = []
    for index, piece in enumerate(template.pieces):
        filled = _piece(piece, filling, profile) if index % 2 else piece
        if filled is None:
            return None
        pieces.append(filled)
    return "".join(pieces)


def _piece(name: str, filling: Filling, profile: Profile) -> str | None:
    """What stands for `<name>`."""
    if name in ("row", "digest", "part"):
        return {"row": str(filling.place.line), "digest": filling.digest, "part": str(filling.part)}[name]
    column = profile.column(name)
    if column is None:
        raise KeyError(f"{name} is no column; the rule reader refuses such a profile")
    value = filling.values.get(name)
    if value is None:
        return _text(column.empty, filling, profile) if column.empty else None
    try:
        return value_text(column, value, _currency(column, filling, profile))
    except Slipped as slipped:
        raise Slipped(slipped.slip.code, **{"column": name, **slipped.slip.params}) from slipped


def _currency(column: Column, filling: Filling, profile: Profile) -> str:
    """The currency of a money column: the profile's, or that of the row."""
    return (_text(column.currency, filling, profile) or "") if column.currency else ""


def _repeated(repeat: Repeat, filling: Filling, profile: Profile) -> Iterator[Filling]:
    """The filling of each part: its share of the money, to the cent, and every moment moved by so many steps."""
    times = _times(repeat, filling)
    column = profile.column(repeat.split)
    whole = filling.values.get(repeat.split)
    if column is None or not isinstance(whole, Fraction):
        raise Slipped("I042", column=repeat.split)
    money = money_of(column, whole, _currency(column, filling, profile))
    for index, minor in enumerate(split(money.minor, [1] * times)):
        values = {name: _moved(value, repeat.every, index) for name, value in filling.values.items()}
        values[repeat.split] = Fraction(minor, 10 ** EXPONENTS[money.currency])
        yield replace(filling, values=values, part=index + 1)


def _times(repeat: Repeat, filling: Filling) -> int:
    """How many parts. Slipped I048 for a number that is none."""
    number = filling.values.get(repeat.times)
    if isinstance(number, str) and number.isascii() and number.isdigit():
        number = Fraction(number)
    if not isinstance(number, Fraction) or number.denominator != 1 or not 1 <= number <= MOST_PARTS:
        raise Slipped("I048", column=repeat.times, found=str(number), most=str(MOST_PARTS))
    return number.numerator


def _moved(value: CellValue, every: Duration, steps: int) -> CellValue:
    """A day or moment so many steps later, on the clock of its zone; the 31st may become the 28th."""
    if not isinstance(value, date | datetime):
        return value
    return value + relativedelta(**{_STEPS[every.unit]: every.count * steps})  # type: ignore[arg-type]
