"""An explanation as one plain object for `--json`: everything that the page shows, words in both languages.

`engine/cli/EXPLANATION.md` describes every key; a test holds the two together.
"""

from typing import Any

from engine.app.views.explaining import ConditionRow, EventRow, Explanation, FactRow, RuleExcerpt, SliceRow, StepRow
from engine.core.rules.header import Title


def as_data(found: Explanation) -> dict[str, Any]:
    """The explanation as plain data."""
    return {
        "id": found.id, "kind": found.kind, "title": _both(found.title), "answer": _both(found.answer),
        "reasons": [_both(words) for words in found.reasons],
        "result": str(found.result) if found.result else None, "release": found.release,
        "event": _event(found.event) if found.event else None,
        "rules": [_rule(rule) for rule in found.rules],
        "facts": [_fact(row) for row in found.facts],
        "conditions": [_condition(row) for row in found.conditions],
        "arithmetic": [{"words": _both(words), "amount": amount} for words, amount in found.arithmetic],
        "slices": [_slice(row) for row in found.slices],
        "steps": [_step(row) for row in found.steps],
        "causes": [{"id": link.id, "title": _both(link.title)} for link in found.causes],
    }  # fmt: skip


def _both(title: Title) -> dict[str, str]:
    return {"en": title.show("en"), "zh": title.show("zh")}


def _event(row: EventRow) -> dict[str, Any]:
    return {"id": row.id, "type": row.type, "title": _both(row.title), "at": row.at.isoformat(), "actor": _both(row.actor),
            "said": _both(row.detail)}  # fmt: skip


def _rule(rule: RuleExcerpt) -> dict[str, Any]:
    lines = [{"line": number, "text": text, "decides": number in rule.marked} for number, text in rule.lines]
    return {"title": _both(rule.title), "place": str(rule.place), "version": rule.version, "lines": lines}


def _fact(row: FactRow) -> dict[str, Any]:
    return {"name": row.name, "title": _both(row.title), "value": _both(row.value)}


def _condition(row: ConditionRow) -> dict[str, Any]:
    return {"text": row.text, "place": str(row.place), "met": row.met, "facts": [_fact(fact) for fact in row.facts]}


def _slice(row: SliceRow) -> dict[str, Any]:
    base = str(row.base) if row.base else None
    return {"from": row.start, "to": row.end, "base": base, "rate": row.rate, "amount": row.amount}


def _step(row: StepRow) -> dict[str, Any]:
    return {
        "step": row.id,
        "title": _both(row.title),
        "words": _both(row.words),
        "after": row.after or None,
        "applied": row.applied,
    }
