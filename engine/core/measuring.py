"""Measures: what the history of a deal, an account or a person adds up to, as of an event."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from engine.core.durations import DurationUnit
from engine.core.events import Event, rank_of
from engine.core.merging import deals_of_company
from engine.core.money import Money
from engine.core.records import Credit, Deal
from engine.core.rules.vocabulary import Measure
from engine.core.situation import State

_DAYS = {DurationUnit.DAYS: 1, DurationUnit.WEEKS: 7}


def measured(measure: Measure, event: Event, facts: Mapping[str, object], state: State) -> object:
    """The measure's value for the event's subject, or None when there is no such subject or nothing to add."""
    subject = facts.get(f"{measure.name.split('.')[0]}.id")
    if subject is None:
        return None
    rows = [row for row in _rows(measure, str(subject), state, event) if _counts(measure, row, event)]
    if measure.function == "count":
        return len(rows)
    return _total([row.get(measure.field) for row in rows])


def _rows(measure: Measure, subject: str, state: State, event: Event) -> list[dict[str, object]]:
    """The history before the event that the measure looks at, for each record a mapping of the bare names that it asks for.

    What was credited to somebody is there for all their deals, also for later ones; an account's deals are decided
    together, so that nothing later is there yet (`reach.py`).
    """
    family = measure.name.split(".")[0]
    asked = {measure.field, "on", "won_on", *(measure.where.reads if measure.where else ())}
    if measure.of.startswith("credits."):
        credits = state.credits_of(subject, measure.of.split(".", 1)[1])
        return [_bare(credit, asked) for credit in credits if _place(credit) < event.order]
    deals = (subject,) if family == "deal" else deals_of_company(subject, state, event.at)
    if measure.of == "deals":
        return [_told(deal, asked) | _bare(deal, asked) | _closed(deal) for id in deals if (deal := state.deal(id))]
    if measure.of == "activities":
        return [_bare(activity, asked) for id in deals for activity in state.activities(id)]
    kind = {"payments": "payment", "invoices": "invoice", "credit_notes": "credit_note"}[measure.of]
    return [_bare(receipt, asked) for id in deals for receipt in state.receipts(id) if receipt.kind == kind]


def _place(credit: Credit) -> tuple[datetime, int, str]:
    """The credit's event in the order of events."""
    return (credit.at, rank_of(dict(credit.cause.notes).get("on", "")), credit.event)


def _closed(deal: Deal) -> dict[str, object]:
    return {"closed": deal.status != "open"}


def _told(deal: Deal, asked: Collection[str]) -> dict[str, object]:
    """Those of a deal's facts."""
    return {name: deal.facts[name] for name in asked if name in deal.facts}


def _bare(record: object, asked: Collection[str]) -> dict[str, object]:
    """Those of a record's fields by bare name; empty texts are not set."""
    found = ((name, getattr(record, name)) for name in asked if name in type(record).__slots__)  # type: ignore[attr-defined]
    return {name: value for name, value in found if value not in (None, "")}


def _counts(measure: Measure, row: Mapping[str, object], event: Event) -> bool:
    """True when the record meets `where` and lies within the days before the event."""
    if measure.within and not _recent(measure, row, event):
        return False
    return measure.where is None or measure.where.holds(row)


def _recent(measure: Measure, row: Mapping[str, object], event: Event) -> bool:
    """True on the last `within` days up to and including the event's day."""
    assert measure.within is not None, "the caller asks only for measures with a window"
    on = row.get("on") or row.get("won_on")
    first = event.on - timedelta(days=measure.within.count * _DAYS[measure.within.unit])
    return on is not None and first < on <= event.on  # type: ignore[operator]


def _total(values: list[object]) -> object:
    """The sum of money or numbers; None when there is nothing to add, so that nobody reads a currency out of the air."""
    money = [value for value in values if isinstance(value, Money)]
    numbers = [value for value in values if isinstance(value, int | Fraction)]
    if money:
        return sum(money[1:], money[0])
    return sum(numbers, Fraction(0)) if numbers else None
