"""Builds import profiles, and checks that their events can be made of their columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from engine.core.currencies import EXPONENTS
from engine.core.events import EVENT_TYPES, EventType
from engine.core.fact_types import BUILT_IN_FACTS
from engine.core.money import Rounding
from engine.core.numerals import Unreadable, nearest
from engine.core.rules.header import Header
from engine.core.rules.profile import (
    CALENDAR_UNITS,
    MOMENTS,
    NUMBERS,
    OF_THE_ROW,
    Column,
    EventTemplate,
    Grouping,
    Lookup,
    Profile,
    Repeat,
    Template,
)  # fmt: skip
from engine.core.value_texts import read_date, read_instant, read_money, read_number, read_percent, read_yes_or_no
from engine.rulefiles.building.workshop import Workshop, optional
from engine.rulefiles.located import Located
from engine.rulefiles.schemas.base import Form

_MEANT_FOR = dict.fromkeys(("thousands", "decimal", "drop", "times", "round"), NUMBERS) | {
    "format": MOMENTS, "zone": ("instant",), "currency": ("money",),
}  # fmt: skip
_FINISHED: Mapping[str, tuple[Callable[[str], object], str]] = {
    "money": (read_money, "1000 CNY"), "number": (read_number, "12"), "date": (read_date, "2026-03-31"),
    "instant": (read_instant, "2026-03-31 09:30"), "yes_no": (read_yes_or_no, "no"),
    **dict.fromkeys(("percent", "percent_points", "ratio"), (read_percent, "60%")),
}  # fmt: skip
"""By kind of column, how an event reads its finished value, and what one looks like."""
_TOKENS = ("YYYY", "MMM", "MM", "M", "DD", "D", "HH", "H", "mm", "ss")


def build_profile(form: Form, header: Header, workshop: Workshop) -> Profile:
    """The profile's record; what its events cannot be made of is reported."""
    columns = tuple(_column(name, column, workshop) for name, column in form["columns"])
    profile = Profile(
        header, form.get("source", header.id), form.get("zone", ""), columns, optional(form, "group", _group),
        tuple(_event(event) for event in form["events"]),
    )  # fmt: skip
    for name, column in form["columns"]:
        _check_column(name, column, profile, workshop)
    for event in form["events"]:
        _check_event(event, profile, workshop)
    if "group" in form:
        _check_group(form["group"], profile, workshop)
    return profile


def _column(name: str, form: Form, workshop: Workshop) -> Column:
    """One column."""
    headers, formats = _listed(form["header"]), _listed(form.get("format", ()))
    return Column(
        name=name, headers=headers, kind=form["kind"], place=form.place, optional=form["optional"],
        needed=form["needed"], blanks=form["blank"], empty=form.get("empty"), values=form["values"],
        otherwise=form["otherwise"],
        lookups=tuple(Lookup(lookup["file"], lookup["by"], lookup["give"]) for lookup in form["lookup"]),
        formats=formats or _usual(form["kind"]), zone=form.get("zone", ""), thousands=form.get("thousands", ","),
        decimal=form.get("decimal", "."), drop=form["drop"], times=Fraction(form.get("times", 1)),
        currency=form.get("currency"), rounding=optional(form, "round", Rounding),
    )  # fmt: skip


def _usual(kind: str) -> tuple[str, ...]:
    """The formats of dates when none are written."""
    return {"date": ("YYYY-M-D", "YYYY/M/D"), "instant": ("YYYY-M-D H:mm", "YYYY-M-D H:mm:ss")}.get(kind, ())


def _listed(value: object) -> tuple[str, ...]:
    """One text or several, as several."""
    return (str(value),) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]


def _group(form: Form) -> Grouping:
    return Grouping(form["by"], form["sum"])


def _event(form: Form) -> EventTemplate:
    """One event's template."""
    return EventTemplate(
        type=form["event"], subject=form["subject"], key=form["key"], at=form["at"], actor=form.get("actor"),
        body=form["body"], when=tuple((name, _listed(words)) for name, words in form["when"]), if_set=form["if_set"],
        if_empty=form["if_empty"], once=form["once"], place=form.place,
        repeat=optional(form, "repeat", lambda repeat: Repeat(repeat["times"], repeat["every"], repeat["split"])),
    )  # fmt: skip


def _check_column(name: str, form: Form, profile: Profile, workshop: Workshop) -> None:
    """Reports keys that mean nothing for the column's kind, money without a currency, and formats that are none."""
    kind = form["kind"]
    for key, kinds in _MEANT_FOR.items():
        if key in form.source and kind not in kinds:
            workshop.report(form.at(key), "I052", key=key, kind=kind)
    if kind == "money":
        _check_currency(form, profile, workshop)
    for text in _listed(form.get("format", ())):
        if not _is_format(text):
            workshop.report(form.at("format"), "I051", found=text)
    above = [column.name for column in profile.columns]
    above = above[: above.index(name)]
    for wanted in _names(form.get("empty")):
        if wanted not in above and wanted not in OF_THE_ROW:
            workshop.report(form.at("empty"), "I050", found=wanted, known=", ".join(above))
    _check_empty(form, workshop)


def _check_empty(form: Form, workshop: Workshop) -> None:
    """Reports a fixed `empty` that no event could read as what the column is: each row without a value would be refused.

    It stands for the finished value: money with its currency, a percent with its sign, whatever the file's own form is.
    """
    template: Template | None = form.get("empty")
    if template is None or template.names or form["kind"] not in _FINISHED:
        return
    read, example = _FINISHED[form["kind"]]
    try:
        read(template.text)
    except Unreadable:
        workshop.report(form.at("empty"), "I057", found=template.text, kind=form["kind"], example=example)


def _check_currency(form: Form, profile: Profile, workshop: Workshop) -> None:
    currency: Template | None = form.get("currency")
    if currency is None:
        workshop.report(form.source, "I053")
    elif currency.names:
        _known(currency.names, form.at("currency"), profile, workshop)
    elif currency.text not in EXPONENTS:
        near = nearest(currency.text.upper(), EXPONENTS, 3) or "CNY, EUR, USD"
        workshop.report(form.at("currency"), "R163", found=currency.text, near=near)


def _is_format(text: str) -> bool:
    """True when the text has a year, a month and a day, and no other letters of the alphabet than the tokens'."""
    rest = text
    for token in _TOKENS:
        rest = rest.replace(token, "\0", 1)
    whole = all(any(token in text for token in alike) for alike in (("YYYY",), ("M",), ("D",)))
    return whole and not any(character.isascii() and character.isalpha() and character != "T" for character in rest)


def _check_group(form: Form, profile: Profile, workshop: Workshop) -> None:
    """Reports a grouping by a column that is not there, or sums of what does not add up."""
    _known((form["by"], *form["sum"]), form.source, profile, workshop)
    for name in form["sum"]:
        column = profile.column(name)
        if column is not None and column.kind not in NUMBERS:
            workshop.report(form.at("sum"), "I055", found=name)


def _check_event(form: Form, profile: Profile, workshop: Workshop) -> None:
    """Reports columns that are not there, and fields that the event lacks or does not know."""
    for key in ("subject", "key", "at", "actor"):
        _known(_names(form.get(key)), form.at(key), profile, workshop)
    for _, template in form["body"]:
        _known(template.names, form.at("body"), profile, workshop)
    conditions = (*(name for name, _ in form["when"]), *form["if_set"], *form["if_empty"])
    _known(conditions, form.source, profile, workshop)
    if repeat := form.get("repeat"):
        _known((repeat["times"], repeat["split"]), form.at("repeat"), profile, workshop)
        if repeat["every"].unit not in CALENDAR_UNITS:
            workshop.report(repeat.at("every"), "I056", found=str(repeat["every"]))
    _check_body(EVENT_TYPES[form["event"]], form, workshop)


def _check_body(event_type: EventType, form: Form, workshop: Workshop) -> None:
    """Reports fields that the event type needs and the body lacks, and fields that it does not know."""
    given = dict(form["body"])
    known = {field.name for field in event_type.fields} | set(_custom(event_type, workshop.facts))
    for name in given:
        if name not in known:
            near = nearest(name, known)
            params = {"event": event_type.name, "field": name, "found": name, "known": ", ".join(sorted(known))}
            workshop.report(form.at("body"), "I023" if near else "I024", near=near, **params)
    for field in event_type.fields:
        if field.needed and field.name not in given:
            workshop.report(form.source, "I054", event=event_type.name, field=field.name)


def _custom(event_type: EventType, facts: Mapping[str, object]) -> Iterator[str]:
    """The bare names of the declared facts that the event may carry."""
    if event_type.facts:
        prefixes = ("owner", "person") if event_type.subject == "person" else (event_type.subject,)
        for name in facts:
            prefix, _, bare = name.partition(".")
            if prefix in prefixes and name not in BUILT_IN_FACTS:
                yield bare


def _names(template: Template | None) -> tuple[str, ...]:
    return template.names if template else ()


def _known(wanted: Iterable[str], where: Located, profile: Profile, workshop: Workshop) -> None:
    """Reports each name that is neither a column nor one of the row's own."""
    columns = [column.name for column in profile.columns]
    for name in wanted:
        if name not in columns and name not in OF_THE_ROW:
            workshop.report(where, "I050", found=name, known=", ".join(columns))
