"""What a calculation reads: credits, grants, quotas, receipts of many payees at once, and what changed since when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, and_, cast, false, func, or_, select

from engine.core.incentives.presence import Span
from engine.core.money import Money
from engine.core.records import Answer, Credit, Deal, Grant, Partner, Person, Quota, Receipt, Score
from engine.store.database import Unit
from engine.store.record_codec import text_record
from engine.store.tables.kinds import Whole
from engine.store.tables.records import (
    answers,
    credits,
    deals,
    grants,
    partners,
    people,
    quotas,
    receipts,
    scores,
    touches,
)

SomeRecord = TypeVar("SomeRecord", Answer, Credit, Grant, Quota, Receipt, Score)

_AT_ONCE = 2000
_OF_DEALS = ("receipt", "deal")


@dataclass(frozen=True, slots=True, order=True)
class Touched:
    """A pay window that must be looked at again. `kind` is credit, grant, release, quota, score, answer, person or partner; `name`
    the measure, the component, the scorecard or `csat`; `day` the anchor day as ISO text, for a quota or a score its period, for a
    person or partner the day from which they are another.
    """

    payee: str
    kind: str
    name: str
    day: str


def touched_since(unit: Unit, version: int, *, releases: bool = True) -> tuple[Touched, ...]:
    """The windows on which any change of records after that version bears, sorted.

    A receipt touches every credit of its deal, since it may release what is held back, and so does a change of what a
    release asks of the deal itself; where nothing is held back (`releases` False), neither touches anything.
    """
    rows = unit.rows(select(touches).where(touches.c.version > version))
    found = {Touched(row.subject, row.kind, row.name, row.day) for row in rows if row.kind not in _OF_DEALS}
    paid = sorted({row.subject for row in rows if row.kind in _OF_DEALS}) if releases else []
    c = credits.c
    for some in _portions(paid):
        rows = unit.rows(select(c.payee, c.name, c.day).where(c.deal.in_(some), c.withdrawn == 0))
        found |= {Touched(row.payee, "release", row.name, row.day.isoformat()) for row in rows}
    return tuple(sorted(found))


def credits_of(
    unit: Unit, payees: Iterable[str] | None = None, *, from_on: date | None = None, until_on: date | None = None
) -> tuple[Credit, ...]:
    """The credits of those payees (None: of all) with an anchor day in [from, until), by payee, name, day and id."""
    order = (credits.c.payee, credits.c.name, credits.c.day, credits.c.id)
    return _records(unit, Credit, credits, credits.c.payee, payees, order, _days(credits, from_on, until_on))


def grants_of(
    unit: Unit, payees: Iterable[str] | None = None, *, from_on: date | None = None, until_on: date | None = None,
    components: Iterable[str] | None = None,
) -> tuple[Grant, ...]:  # fmt: skip
    """The grants of those payees (None: of all) with an anchor day in [from, until), by payee, component, day, id; only of
    those components where some are given."""
    order = (grants.c.payee, grants.c.component, grants.c.day, grants.c.id)
    conditions = _days(grants, from_on, until_on)
    conditions += [grants.c.component.in_(sorted(components))] if components is not None else []
    return _records(unit, Grant, grants, grants.c.payee, payees, order, conditions)


def quotas_of(unit: Unit, people: Iterable[str] | None = None) -> tuple[Quota, ...]:
    """The quotas of those people (None: of all), by person, measure and period."""
    order = (quotas.c.person, quotas.c.measure, quotas.c.period, quotas.c.id)
    return _records(unit, Quota, quotas, quotas.c.person, people, order, [])


def scores_of(unit: Unit, people: Iterable[str] | None = None) -> tuple[Score, ...]:
    """What those people (None: all) were told to have reached of KPIs, by person, period and id."""
    order = (scores.c.person, scores.c.period, scores.c.id)
    return _records(unit, Score, scores, scores.c.person, people, order, [])


def answers_of(unit: Unit, people: Iterable[str] | None = None) -> tuple[Answer, ...]:
    """What customers thought of how those people (None: all) saw to their tickets, by person, day and id."""
    order = (answers.c.person, answers.c.day, answers.c.id)
    return _records(unit, Answer, answers, answers.c.person, people, order, [])


def receipts_of(unit: Unit, deals: Iterable[str] | None = None) -> tuple[Receipt, ...]:
    """The money that moved for those deals (None: for all), by deal, moment and id."""
    order = (receipts.c.deal, receipts.c.at, receipts.c.id)
    return _records(unit, Receipt, receipts, receipts.c.deal, deals, order, [])


_OWNERS: Mapping[type, tuple[Table, Any, tuple[Any, ...]]] = MappingProxyType(
    {
        Person: (people, people.c.id, (people.c.id,)),
        Partner: (partners, partners.c.id, (partners.c.id,)),
        Credit: (credits, credits.c.payee, (credits.c.payee, credits.c.name, credits.c.day, credits.c.id)),
        Grant: (grants, grants.c.payee, (grants.c.payee, grants.c.component, grants.c.day, grants.c.id)),
        Quota: (quotas, quotas.c.person, (quotas.c.person, quotas.c.measure, quotas.c.period, quotas.c.id)),
        Score: (scores, scores.c.person, (scores.c.person, scores.c.id)),
        Answer: (answers, answers.c.person, (answers.c.person, answers.c.day, answers.c.id)),
        Deal: (deals, deals.c.id, (deals.c.id,)),
        Receipt: (receipts, receipts.c.deal, (receipts.c.deal, receipts.c.at, receipts.c.id)),
    }
)
"""By record class: its table, the column that says whose it is, and the order."""


@dataclass(frozen=True, slots=True)
class Only:
    """A part of what is known of payees: credits, grants and answers of the days in `spans`, quotas and scores of the periods
    named in `windows`."""

    spans: Sequence[Span]
    windows: frozenset[str]

    def condition(self, table: Table) -> ColumnElement[bool]:
        """That a row belongs to it."""
        if "day" not in table.c:
            return table.c.period.in_(sorted(self.windows))
        day = table.c.day
        return or_(false(), *(and_(day >= span.start, day < span.end) for span in self.spans))


def bodies_of(unit: Unit, kind: type, owners: Iterable[str] | None, only: Only | None = None) -> tuple[str, ...]:
    """The stored texts of the records of a class that belong to those payees or deals (None: to anybody), in order.

    Withdrawn ones are left out. `only`: a part of them.
    """
    table, owner, order = _OWNERS[kind]
    query = select(table.c.body).order_by(*order)
    query = query.where(only.condition(table)) if only else query
    query = query.where(table.c.withdrawn == 0) if "withdrawn" in table.c else query
    if owners is None:
        return tuple(row.body for row in unit.rows(query))
    portions = _portions(sorted(set(owners)))
    return tuple(row.body for some in portions for row in unit.rows(query.where(owner.in_(some))))


def first_credit_on(unit: Unit) -> date | None:
    """The first day on which anybody is credited anything; None before the first credit."""
    found: date | None = unit.value(select(func.min(credits.c.day)).where(credits.c.withdrawn == 0))
    return found


def numbers_of_credits(unit: Unit, payees: Iterable[str], only: Only | None = None) -> dict[str, int]:
    """How many credits each of those payees has, withdrawn ones included; who has none is left out."""
    query = select(credits.c.payee, func.count().label("number")).group_by(credits.c.payee)
    query = query.where(only.condition(credits)) if only else query
    portions = _portions(sorted(set(payees)))
    rows = (row for some in portions for row in unit.rows(query.where(credits.c.payee.in_(some))))
    return {row.payee: row.number for row in rows}


def deals_of_payees(unit: Unit, payees: Iterable[str], only: Only | None = None) -> tuple[str, ...]:
    """The deals for which those payees have credits or grants; `only` some of these."""
    found: set[str] = set()
    for some in _portions(sorted(set(payees))):
        for table in (credits, grants):
            query = select(table.c.deal).distinct().where(table.c.payee.in_(some), table.c.deal.is_not(None))
            query = query.where(only.condition(table)) if only else query
            found |= {row.deal for row in unit.rows(query)}
    return tuple(sorted(found))


def payees_credited(unit: Unit, from_on: date | None = None, until_on: date | None = None) -> tuple[str, ...]:
    """Everybody who has a credit or grant with an anchor day in [from, until), sorted."""
    found: set[str] = set()
    for table in (credits, grants):
        rows = unit.rows(select(table.c.payee).distinct().where(*_days(table, from_on, until_on)))
        found |= {row.payee for row in rows}
    return tuple(sorted(found))


def credited_totals(
    unit: Unit, payees: Iterable[str], from_on: date, until_on: date
) -> tuple[tuple[str, str, Money], ...]:
    """(payee, measure, sum) of the credits that stand, with an anchor day in [from, until)."""
    c = credits.c
    group = (c.payee, c.name, c.amount_currency)
    query = select(*group, cast(func.sum(c.amount_minor), Whole).label("total"))
    query = query.where(c.payee.in_(sorted(set(payees))), c.undone_on.is_(None), *_days(credits, from_on, until_on))
    rows = unit.rows(query.group_by(*group).order_by(*group))
    return tuple((row.payee, row.name, Money(row.total, row.amount_currency)) for row in rows)


def _days(table: Table, from_on: date | None, until_on: date | None) -> list[ColumnElement[bool]]:
    found = [table.c.withdrawn == 0]
    if from_on:
        found.append(table.c.day >= from_on)
    if until_on:
        found.append(table.c.day < until_on)
    return found


def _records(
    unit: Unit, kind: type[SomeRecord], table: Table, owner: Any, owners: Iterable[str] | None, order: Any,
    conditions: list[ColumnElement[bool]],
) -> tuple[SomeRecord, ...]:  # fmt: skip
    """The records, in a few queries whatever the number of owners."""
    query = select(table.c.body).where(*conditions).order_by(*order)
    if owners is None:
        rows = unit.rows(query)
    else:
        rows = [row for some in _portions(sorted(set(owners))) for row in unit.rows(query.where(owner.in_(some)))]
    return tuple(text_record(kind, row.body) for row in rows)


def _portions(wanted: list[str]) -> Iterable[list[str]]:
    return (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
