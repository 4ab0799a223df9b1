"""The entries of a run as they are stored: an array of what a calculation gives them, which the row's columns lack.

An entry that has more than that is stored whole, as an object; so are those that were stored before.
"""

from dataclasses import replace
from typing import Any

from engine.core.incentives.ledger import LedgerEntry
from engine.core.money import Money
from engine.store.codec import json_data, json_text
from engine.store.record_codec import record_text, text_record


def entry_body(entry: LedgerEntry) -> str:
    """The body of an entry's row; it does not name the run."""
    if entry.particulars or entry.reverses or entry.actor or entry.note:
        return record_text(replace(entry, run=""))
    amount = entry.amount
    return json_text((
        entry.kind, entry.debit, entry.credit, amount.minor, amount.currency, entry.line, entry.earned_period,
        entry.posted_period, entry.reason, entry.event, entry.rule,
    ))  # fmt: skip


def entry_of(row: Any) -> LedgerEntry:
    """The entry of a row of `run_entries`."""
    if row.body.startswith("{"):
        return replace(text_record(LedgerEntry, row.body), run=row.run)
    kind, debit, credit, minor, currency, line, earned_period, posted_period, reason, event, rule = json_data(row.body)
    return LedgerEntry(
        row.entry, row.run, kind, debit, credit, row.payee, Money(minor, currency), line, earned_period, posted_period,
        reason, event=event, rule=rule,
    )  # fmt: skip
