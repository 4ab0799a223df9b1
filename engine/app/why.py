"""Causes in words: values, facts by their titles, the calendar's notes, and one sentence for a list."""

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

from engine.app.dealwright import Dealwright
from engine.app.reading import rule_lines, rule_of, rule_title
from engine.app.views.explaining import ConditionRow, EventRow, FactRow, RuleExcerpt
from engine.app.words import word
from engine.core.events import Event
from engine.core.fact_types import FactKind
from engine.core.formulas import Facts, Formula, Trace
from engine.core.money import ExactMoney, Money
from engine.core.numerals import shown_number
from engine.core.records import Cause, Share
from engine.core.rules.header import Title
from engine.core.triggers import triggers
from engine.core.workflow.notes import show_note
from engine.language.syntax.nodes import And
from engine.store.event_log import EventLog

_NOT_SET = Title("not set", "未填写")
_INNER_NOTES = ("enrolment", "step", "task", "visit")
"""Notes by which the engine finds its own work again; people are shown the others."""


def value_title(dw: Dealwright, name: str, value: object) -> Title:
    """A fact's value as a person reads it."""
    if value is None:
        return _NOT_SET
    if isinstance(value, bool):
        return Title("yes", "是") if value else Title("no", "否")
    if isinstance(value, tuple):
        parts = [value_title(dw, name, part) for part in value]
        return Title(", ".join(part.en for part in parts), "、".join(part.zh for part in parts))
    text = _plain(dw, name, value)
    return word(text) if isinstance(value, str) else Title(text, text)


def _plain(dw: Dealwright, name: str, value: object) -> str:
    if isinstance(value, Money | ExactMoney | date) and not isinstance(value, datetime):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(dw.zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Share):
        return f"{value.person} {shown_number(value.share * 100)}%"
    if isinstance(value, int | Fraction):
        kind = dw.rulebook.facts.get(name)
        percent = kind is not None and kind.kind is FactKind.PERCENT
        return f"{shown_number(Fraction(value) * 100)}%" if percent else shown_number(Fraction(value))
    return str(value)


def fact_title(dw: Dealwright, name: str) -> Title:
    """The fact's words, or its name where it has none."""
    known = dw.rulebook.facts.get(name)
    titles = known.title if known else {}
    return Title(titles.get("en") or titles.get("zh") or name, titles.get("zh") or titles.get("en") or name)


def fact_rows(dw: Dealwright, cause: Cause) -> tuple[FactRow, ...]:
    """Each fact that was read, as it was when it was decided."""
    return tuple(FactRow(name, fact_title(dw, name), value_title(dw, name, value)) for name, value in cause.facts)


def notes_of(cause: Cause) -> Title:
    """What moved a date or handed the work on, in words; empty when nothing did."""
    shown = [note for note in cause.notes if note[0] not in _INNER_NOTES]
    return Title("; ".join(show_note(note, "en") for note in shown), "；".join(show_note(note, "zh") for note in shown))


def sentence(dw: Dealwright, cause: Cause) -> Title:
    """Why, in one line: the rule, what it found, and what moved the date."""
    if not cause.rule:
        return Title("because it was recorded so", "按记录内容")
    rows, notes, rule = fact_rows(dw, cause), notes_of(cause), rule_title(dw, cause.rule)
    en = [f"{row.title.en}: {row.value.en}" for row in rows] + ([notes.en] if notes.en else [])
    zh = [f"{row.title.zh}：{row.value.zh}" for row in rows] + ([notes.zh] if notes.zh else [])
    rule_en, rule_zh = rule.show("en"), rule.show("zh")
    return Title(f"{rule_en} ({'; '.join(en)})" if en else rule_en, f"{rule_zh}（{'；'.join(zh)}）" if zh else rule_zh)


def excerpt(dw: Dealwright, cause: Cause) -> tuple[RuleExcerpt, ...]:
    """The lines of the rule that decided; none when no rule had a say or its text is gone."""
    lines = rule_lines(dw, cause.place) if cause.rule else ()
    if not lines:
        return ()
    return (RuleExcerpt(rule_title(dw, cause.rule), cause.rule, cause.place, lines, (cause.place.line,)),)


def event_row(dw: Dealwright, log: EventLog, id: str) -> EventRow | None:
    """The event behind a cause, with what it said; None for a name that is not in the log."""
    source, _, key = id.partition("/")
    # A derived event is named after the one that caused it: `D-1-007+deal.closed`.
    event = log.find(source, key) or log.find(source, key.split("+")[0])
    return told(dw, event, id) if event else None


def told(dw: Dealwright, event: Event, id: str = "") -> EventRow:
    """An event in words."""
    rows = [(fact_title(dw, _fact_name(event, name)), value_title(dw, _fact_name(event, name), value))
            for name, value in event.body.items()]  # fmt: skip
    en = "; ".join(f"{title.en}: {value.en}" for title, value in rows)
    zh = "；".join(f"{title.zh}：{value.zh}" for title, value in rows)
    return EventRow(id or event.id, event.type, word(event.type), event.at, event.actor, Title(en, zh))


def _fact_name(event: Event, field: str) -> str:
    return f"{event.type.split('.')[0]}.{field}"


def condition_rows(dw: Dealwright, cause: Cause) -> tuple[ConditionRow, ...]:
    """The conditions of the rule that decided, evaluated again on the facts that were kept with it."""
    found = (t.when for t in triggers(dw.rulebook) if t.key.startswith(f"{cause.rule}#") and t.place == cause.place)
    when = next(found, None) or getattr(rule_of(dw, cause.rule), "when", None)
    return trace_rows(when, dict(cause.facts)) if when else ()


def trace_rows(when: Formula, facts: Facts) -> tuple[ConditionRow, ...]:
    """One row for each condition that must hold, with whether it held; None: a fact that it reads is not set."""
    trace = when.trace(facts)
    parts = trace.parts if isinstance(getattr(when, "tree", None), And) else (trace,)
    return tuple(_condition(part, when) for part in parts)


def _condition(part: Trace, when: Formula) -> ConditionRow:
    """A condition with the values that its parts had."""
    met = part.value == "true" if part.known else None
    facts = tuple(FactRow(leaf.source, Title(leaf.source, leaf.source), _found(leaf)) for leaf in _leaves(part))
    return ConditionRow(part.source, part.place or when.place, met, facts)


def _found(leaf: Trace) -> Title:
    return Title(leaf.value, leaf.value) if leaf.known else _NOT_SET


def _leaves(part: Trace) -> Iterator[Trace]:
    """The facts at the ends of a trace: what has no parts and is not written out."""
    if not part.parts and part.source != part.value:
        yield part
    for below in part.parts:
        yield from _leaves(below)
