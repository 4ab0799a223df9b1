"""Statements: what a payee sees of a period. Opening balances, one row for each line that moved, closing balances."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.core.incentives.ledger import Balances, LedgerEntry, balances
from engine.core.money import Money


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What one earning line (or one payment or adjustment) moved in the period.

    `line` is the earning line's key, or empty. `reasons` are the entries' reason codes, each once, in order. `entries`
    are the ledger entries that it sums, so that every figure can be followed.
    """

    line: str
    kind: str
    earned_period: str
    earned: Money
    released: Money
    paid: Money
    reasons: tuple[str, ...]
    entries: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One payee, period and currency. Opening plus rows is closing, for each of earned, payable and paid."""

    payee: str
    period: str
    currency: str
    opening: Balances
    rows: tuple[StatementRow, ...]
    closing: Balances


def statement(
    payee: str, period: str, currency: str, earlier: Iterable[LedgerEntry], current: Sequence[LedgerEntry]
) -> Statement:
    """The statement of a period from the ledger: `earlier` are entries of the periods before, `current` those in it."""
    before = [entry for entry in earlier if entry.payee == payee and entry.amount.currency == currency]
    now = [
        entry
        for entry in current
        if (entry.payee, entry.amount.currency, entry.posted_period) == (payee, currency, period)
    ]
    groups: dict[tuple[str, str], list[LedgerEntry]] = {}
    for entry in now:
        groups.setdefault((entry.line, "" if entry.line else entry.id), []).append(entry)
    rows = tuple(_row(entries, currency) for entries in groups.values())
    return Statement(payee, period, currency, balances(before, currency), rows, balances([*before, *now], currency))


def _row(entries: Sequence[LedgerEntry], currency: str) -> StatementRow:
    first, moved = entries[0], balances(entries, currency)
    reasons = tuple(dict.fromkeys(entry.reason for entry in entries))
    kind = first.kind if not first.line else "line"
    return StatementRow(
        first.line, kind, first.earned_period, moved.earned, moved.payable + moved.paid, moved.paid, reasons,
        tuple(entry.id for entry in entries), first.note,
    )  # fmt: skip
