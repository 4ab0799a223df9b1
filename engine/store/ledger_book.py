"""The ledger: movements between accounts of a payee, posted once, in an open period, for ever, chained by hashes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, cast, func, select

from engine.core.incentives.ledger import ACCOUNTS, Book, LedgerEntry
from engine.core.incentives.payouts import Posted
from engine.core.money import Money
from engine.store import chains
from engine.store.chains import Break, Head, Link
from engine.store.codec import json_data, json_text
from engine.store.database import Unit
from engine.store.tables.kinds import Whole, micros
from engine.store.tables.pay import earning_lines, periods, runs
from engine.store.tables.pay import ledger_entries as entries

CHAIN = "ledger"
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class PostedEntry:
    """An entry with its place in the ledger, the moment it was posted, and the chain's hash there."""

    seq: int
    entry: LedgerEntry
    posted_at: datetime
    hash: str = ""


class LedgerBook:
    """The ledger, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def post(self, new: Sequence[LedgerEntry], posted_at: datetime) -> Head:
        """Post the entries in the order given; returns the ledger's head.

        An IntegrityError when one of them is posted already or names a period that is not open; then nothing is posted.
        """
        head = chains.head_of(self._unit, CHAIN)
        rows = []
        for entry in new:
            row = _row(entry, head.seq + 1, posted_at)
            row["hash"] = chains.linked(head.hash, _link_content(row))
            head = Head(row["seq"], row["hash"])
            rows.append(row)
        for start in range(0, len(rows), _AT_ONCE):
            self._unit.insert(entries, rows[start : start + _AT_ONCE])
        if rows:
            chains.move_head(self._unit, CHAIN, head)
        return head

    def find(self, id: str) -> PostedEntry | None:
        """The entry of that id."""
        row = self._unit.first(select(entries).where(entries.c.id == id))
        return _posted(row) if row else None

    def of_payee(self, payee: str, posted_period: str = "") -> tuple[PostedEntry, ...]:
        """The entries of a payee in the order of posting; of one period when given."""
        query = select(entries).where(entries.c.payee == payee).order_by(entries.c.seq)
        query = query.where(entries.c.posted_period == posted_period) if posted_period else query
        return tuple(_posted(row) for row in self._unit.rows(query))

    def of_line(self, line: str) -> tuple[PostedEntry, ...]:
        """The entries that one earning line led to, in the order of posting."""
        query = select(entries).where(entries.c.line == line).order_by(entries.c.seq)
        return tuple(_posted(row) for row in self._unit.rows(query))

    def of_run(self, run: str) -> tuple[PostedEntry, ...]:
        """The entries of a run in the order of posting."""
        return tuple(
            _posted(row) for row in self._unit.rows(select(entries).where(entries.c.run == run).order_by(entries.c.seq))
        )

    def by_people_before(self, run: str) -> tuple[PostedEntry, ...]:
        """What people posted without a run, after the entries of the run before and before those of this one, in order.

        Payments of a run count to no run here, since they are posted when it is exported.
        """
        e = entries.c
        own = and_(e.run == run, e.kind != "paid")
        first = select(func.min(e.seq)).where(own).scalar_subquery()
        before = select(func.max(e.seq)).where(e.run.is_not(None), e.kind != "paid", e.seq < first).scalar_subquery()
        query = select(entries).where(e.run.is_(None), e.seq < first, e.seq > func.coalesce(before, 0))
        return tuple(_posted(row) for row in self._unit.rows(query.order_by(e.seq)))

    def of_period(self, posted_period: str) -> Iterator[PostedEntry]:
        """The entries of a period in the order of posting, a few thousand at a time."""
        query = select(entries).where(entries.c.posted_period == posted_period).order_by(entries.c.seq)
        for row in self._unit.connection.execute(query).yield_per(2000):
            yield _posted(row)

    def payees_with(self, reasons: Iterable[str]) -> tuple[str, ...]:
        """Everybody for whom something was posted for one of those reasons, sorted."""
        query = select(entries.c.payee).distinct().where(entries.c.reason.in_(tuple(reasons)))
        return tuple(row.payee for row in self._unit.rows(query.order_by(entries.c.payee)))

    def posted(
        self, payees: Iterable[str] | None = None, windows: Collection[str] | None = None
    ) -> dict[str, Posted]:  # fmt: skip
        """What was posted for each earning line so far, by its key: what `core` compares with what is owed.

        Of those payees; of all without a choice. `windows`: only lines that a run had for a window of these names.
        Payee, period, event and rule are those of the line's first entry.
        """
        e = entries.c
        sums = select(func.min(e.seq).label("first"), _moved("expense", "held"), _moved("held", "payable"))
        sums = sums.where(e.line != "").group_by(e.line)
        if windows is not None:
            sums = sums.where(e.line.in_(_keys_of(sorted(set(payees or ())), windows)))
        elif payees is not None:
            sums = sums.where(e.payee.in_(sorted(set(payees))))
        by_line = sums.subquery()
        query = select(entries, by_line).join(by_line, e.seq == by_line.c.first).order_by(e.line)
        return {row.line: _posted_line(row) for row in self._unit.rows(query)}

    def book(self, new: Iterable[LedgerEntry]) -> Book:
        """What those entries are checked against by `core.incentives.ledger.refusal_of`."""
        wanted = list(new)
        ids = sorted({id for entry in wanted for id in (entry.id, entry.reverses) if id})
        met = [row for some in _portions(ids) for row in self._unit.rows(select(entries).where(entries.c.id.in_(some)))]
        undone = [row for some in _portions(ids) for row in self._unit.rows(_undoing(some))]
        open_periods = self._unit.rows(select(periods.c.id).where(periods.c.state == "open"))
        query = select(runs.c.id).where(runs.c.id.in_(sorted({entry.run for entry in wanted})), runs.c.state != "draft")
        return Book(
            posted={row.id: _posted(row).entry for row in met},
            reversed_by={row.reverses: row.id for row in undone},
            open_periods=frozenset(row.id for row in open_periods),
            approved_runs=frozenset(row.id for row in self._unit.rows(query)),
        )

    def balances(self, payee: str, until_seq: int | None = None) -> dict[tuple[str, str], Money]:
        """What stands on each account of a payee, by (account, currency): debits less credits, up to that entry."""
        e = entries.c
        group = (e.debit, e.credit, e.amount_currency)
        query = select(*group, _total()).where(e.payee == payee).group_by(*group)
        query = query.where(e.seq <= until_seq) if until_seq is not None else query
        found: dict[tuple[str, str], int] = {}
        for row in self._unit.rows(query):
            for account, amount in ((row.debit, row.total), (row.credit, -row.total)):
                found[account, row.amount_currency] = found.get((account, row.amount_currency), 0) + amount
        order = sorted(found, key=lambda place: (ACCOUNTS.index(place[0]), place[1]))
        return {place: Money(found[place], place[1]) for place in order}

    def control_totals(self, posted_period: str) -> tuple[tuple[str, int, Money], ...]:
        """For each movement and currency of a period (`expense>held`): how many entries, and their sum."""
        e = entries.c
        group = (e.debit, e.credit, e.amount_currency)
        query = select(*group, func.count().label("number"), _total()).where(e.posted_period == posted_period)
        rows = self._unit.rows(query.group_by(*group).order_by(*group))
        return tuple((f"{r.debit}>{r.credit}", r.number, Money(r.total, r.amount_currency)) for r in rows)

    def head(self) -> Head:
        """The number and hash of the last entry: what a close or an export anchors."""
        return chains.head_of(self._unit, CHAIN)

    def verify(self, anchors: Iterable[Head] = ()) -> Break | None:
        """The first entry that is not what was posted, or None when the ledger is whole."""
        return chains.broken_link(CHAIN, self._links(), self.head(), anchors)

    def _links(self) -> Iterator[Link]:
        for row in self._unit.connection.execute(select(entries).order_by(entries.c.seq)).yield_per(2000):
            yield Link(row.seq, _link_content(row._mapping), row.hash)


def _moved(source: str, target: str) -> Any:
    """The sum of what moved from one account to the other, less what moved back; named after where it went."""
    e = entries.c
    forward, back = and_(e.debit == source, e.credit == target), and_(e.debit == target, e.credit == source)
    amount = case((forward, e.amount_minor), (back, -e.amount_minor), else_=0)
    return cast(func.sum(amount), Whole).label(f"to_{target}")


def _keys_of(payees: Sequence[str], windows: Collection[str]) -> Select[Any]:
    """The keys of all lines of those payees and windows, so that the cost follows these and not all that was posted."""
    line = earning_lines.c
    return select(line.key).where(line.payee.in_(payees), line.window_period.in_(sorted(windows)))


def _undoing(ids: Sequence[str]) -> Select[Any]:
    return select(entries.c.id, entries.c.reverses).where(entries.c.reverses.in_(ids))


def _portions(wanted: Sequence[str]) -> Iterable[Sequence[str]]:
    return (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))


def _posted_line(row: Row[Any]) -> Posted:
    sums = (row.to_held, row.to_payable)
    return Posted(row.line, row.payee, row.amount_currency, row.earned_period, *sums, row.event, row.rule)


def _total() -> Any:
    """The sum of amounts as a whole number on every database."""
    return cast(func.sum(entries.c.amount_minor), Whole).label("total")


def _row(entry: LedgerEntry, seq: int, posted_at: datetime) -> dict[str, Any]:
    return {
        "seq": seq, "id": entry.id, "run": entry.run or None, "kind": entry.kind, "debit": entry.debit,
        "credit": entry.credit, "payee": entry.payee, "amount_minor": entry.amount.minor,
        "amount_currency": entry.amount.currency, "line": entry.line, "earned_period": entry.earned_period,
        "posted_period": entry.posted_period, "reason": entry.reason,
        "particulars": json_text([list(pair) for pair in entry.particulars]), "event": entry.event, "rule": entry.rule,
        "reverses": entry.reverses or None, "actor": entry.actor, "note": entry.note, "posted_at": posted_at,
    }  # fmt: skip


def _link_content(row: Mapping[Any, Any]) -> str:
    plain = {str(name): row[name] for name in row if name not in ("hash", "posted_at")}
    return json_text({**plain, "posted_at": micros(row["posted_at"])})


def _posted(row: Row[Any]) -> PostedEntry:
    values = row._mapping
    same = {name: values[name] for name in LedgerEntry.__dataclass_fields__ if name not in ("amount", "particulars")}
    entry = LedgerEntry(
        **{**same, "run": row.run or "", "reverses": row.reverses or ""},
        amount=Money(row.amount_minor, row.amount_currency),
        particulars=tuple((name, text) for name, text in json_data(row.particulars)),
    )
    return PostedEntry(row.seq, entry, row.posted_at, row.hash)
