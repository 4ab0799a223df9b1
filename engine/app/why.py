"""Causes in words: values, facts by their titles, the calendar's notes, events, conditions and rule text."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from fractions import Fraction

from engine.app.dealwright import Dealwright
from engine.app.reading import NOBODY, Around, rule_lines, rule_of, rule_title, stage_named
from engine.app.views.explaining import ConditionRow, EventRow, FactRow, RuleExcerpt
from engine.app.words import MEASURED, duration, word
from engine.core.events import Event
from engine.core.fact_types import FactKind
from engine.core.formulas import Facts, Formula, Trace
from engine.core.numerals import shown_number
from engine.core.problems import Language, Place
from engine.core.records import Cause, Share
from engine.core.rules.header import Title
from engine.core.triggers import triggers
from engine.core.workflow.notes import Note, note, show_note
from engine.language.syntax.nodes import And

_NOT_SET = Title("not set", "未填写")
_INNER_NOTES = ("enrolment", "step", "task", "visit", "approval", "clock")
"""Notes by which the engine finds its own work again; people are shown the others."""


def value_title(dw: Dealwright, name: str, value: object, known: Around = NOBODY) -> Title:
    """A fact's value as a person reads it: names for ids, titles for stages, words for codes."""
    if value is None:
        return _NOT_SET
    if isinstance(value, bool):
        return Title("yes", "是") if value else Title("no", "否")
    if isinstance(value, tuple):
        parts = [value_title(dw, name, part, known) for part in value]
        return Title(", ".join(part.show("en") for part in parts), "、".join(part.show("zh") for part in parts))
    if isinstance(value, Share):
        share, person = f"{shown_number(value.share * 100)}%", known.person(value.person)
        return Title(f"{person.show('en')} {share}", f"{person.show('zh')} {share}")
    if isinstance(value, str):
        return stage_named(dw, value) if name.endswith("stage") else known.named(value) or word(value)
    text = _plain(dw, name, value)
    return Title(text, text)


def _plain(dw: Dealwright, name: str, value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(dw.zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, int | Fraction):
        kind = dw.rulebook.facts.get(name)
        percent = name.startswith("attainment(") or (kind is not None and kind.kind is FactKind.PERCENT)
        return f"{shown_number(Fraction(value) * 100)}%" if percent else shown_number(Fraction(value))
    return str(value)


def fact_title(dw: Dealwright, name: str) -> Title:
    """The fact's words; where it has none, those of its last part, or its name."""
    known = dw.rulebook.facts.get(name)
    titles = known.title if known else {}
    en, zh = titles.get("en") or titles.get("zh"), titles.get("zh") or titles.get("en")
    if en and zh:
        return Title(en, zh)
    last = name.rpartition(".")[2]
    return found if (found := word(last)).en != last else _measure_title(dw, name)


def _measure_title(dw: Dealwright, name: str) -> Title:
    """What a measure counts or adds up, with its name; the name alone for what is no measure."""
    measure = next((one for one in dw.rulebook.measures() if one.name == name), None)
    if measure is None:
        return Title(name, name)
    en, zh = MEASURED.get(measure.of.split(".")[0], (measure.of, measure.of))
    counted = measure.function == "count"
    return Title(f"{'Number' if counted else 'Sum'} of {en} ({name})", f"{zh}{'次数' if counted else '合计'}（{name}）")


def fact_rows(dw: Dealwright, cause: Cause, known: Around = NOBODY) -> tuple[FactRow, ...]:
    """Each fact that was read, as it was when it was decided."""
    return tuple(
        FactRow(name, fact_title(dw, name), value_title(dw, name, value, known)) for name, value in cause.facts
    )


def notes_of(dw: Dealwright, cause: Cause, only: Collection[str] = ()) -> Title:
    """What moved a date or handed the work on, in words (`only` those codes); empty when nothing did."""
    shown = [n for n in cause.notes if n[0] not in _INNER_NOTES and (not only or n[0] in only)]
    return Title("; ".join(_said(dw, one, "en") for one in shown), "；".join(_said(dw, one, "zh") for one in shown))


def _said(dw: Dealwright, one: Note, language: Language) -> str:
    """A note with the titles of what it names by code."""
    code, first, *rest = one[0], *one[1].split("|")
    if code == "stayed":
        since = rest[1]
        return show_note(
            note(code, stage_named(dw, first).show(language), duration(rest[0]).show(language), since), language
        )
    named = code in ("repeated", "opted_out", "bounced")
    return show_note(note(code, word(first).show(language), *rest) if named else one, language)


def excerpt(dw: Dealwright, rule: str, place: Place, marked: Sequence[int] = ()) -> tuple[RuleExcerpt, ...]:
    """The lines of the rule that decided, `marked` (else the place's own) standing out; none when its text is gone."""
    shown = tuple(marked) or (place.line,)
    lines = rule_lines(dw, place, shown[-1] - place.line + 6) if rule else ()
    return (RuleExcerpt(rule_title(dw, rule), rule, place, lines, shown),) if lines else ()


def told(dw: Dealwright, event: Event, known: Around = NOBODY, id: str = "", without: Collection[str] = ()) -> EventRow:
    """An event in words, `without` those fields of its body."""
    rows = [(fact_title(dw, _fact_name(event, name)), value_title(dw, _fact_name(event, name), value, known))
            for name, value in event.body.items() if name not in without]  # fmt: skip
    en = "; ".join(f"{title.show('en')}: {value.show('en')}" for title, value in rows)
    zh = "；".join(f"{title.show('zh')}：{value.show('zh')}" for title, value in rows)
    actor = known.person(event.actor) if event.actor else Title()
    return EventRow(id or event.id, event.type, word(event.type), event.at, actor, Title(en, zh))


def _fact_name(event: Event, field: str) -> str:
    """The fact that the field of the body is; the field that is called like the thing itself is its number."""
    family = event.type.split(".")[0]
    return f"{family}.{'id' if field == family else field}"


def condition_rows(dw: Dealwright, cause: Cause, known: Around = NOBODY) -> tuple[ConditionRow, ...]:
    """The conditions of the rule that decided, evaluated again on the facts that were kept with it."""
    found = (
        t.when or t.asked
        for t in triggers(dw.rulebook)
        if t.key.startswith(f"{cause.rule}#") and t.place == cause.place
    )
    when = next(found, None) or getattr(rule_of(dw, cause.rule), "when", None)
    return trace_rows(dw, when, dict(cause.facts), known) if when else ()


def trace_rows(dw: Dealwright, when: Formula, facts: Facts, known: Around = NOBODY) -> tuple[ConditionRow, ...]:
    """One row for each condition that must hold, with whether it held; None: a fact that it reads is not set."""
    trace = when.trace(facts)
    parts = trace.parts if isinstance(getattr(when, "tree", None), And) else (trace,)
    return tuple(_condition(dw, part, when, facts, known) for part in parts)


def _condition(dw: Dealwright, part: Trace, when: Formula, facts: Facts, known: Around) -> ConditionRow:
    """A condition with the values that it found; what the rule itself writes out is not said again."""
    met = part.value == "true" if part.known else None
    leaves = {leaf.source: leaf for leaf in _leaves(part)}
    rows = (
        FactRow(name, fact_title(dw, name), _found(dw, leaf, facts, known))
        for name, leaf in leaves.items()
        if name in dw.rulebook.facts
    )
    return ConditionRow(part.source, part.place or when.place, met, tuple(rows))


def _found(dw: Dealwright, leaf: Trace, facts: Facts, known: Around) -> Title:
    value = facts.get(leaf.source)
    if value is not None:
        return value_title(dw, leaf.source, value, known)
    return Title(leaf.value, leaf.value) if leaf.known else _NOT_SET


def _leaves(part: Trace) -> Iterator[Trace]:
    """The facts at the ends of a trace: what has no parts and is not written out."""
    if not part.parts and part.source != part.value:
        yield part
    for below in part.parts:
        yield from _leaves(below)
