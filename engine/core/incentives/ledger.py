"""The ledger: immutable movements of positive money between accounts, and the closed list of reasons to refuse one."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime

from engine.core.incentives.identity import derived_id
from engine.core.money import Money

ACCOUNTS = ("expense", "held", "payable", "paid")
"""expense: what the company bears. held: earned, not yet released. payable: released, not yet paid. paid: paid out.
All four are kept per payee and currency; an entry debits one and credits another, so they always sum to zero."""

ENTRY_KINDS = ("earned", "released", "reversed", "paid", "adjustment")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One movement of `amount` (positive) out of `credit`'s counterpart into it: debit one account, credit another.

    `id` is derived from its causes, so that the same movement cannot be posted twice. `line` is the key of the earning
    line (empty for a payment or an adjustment that concerns none). `earned_period` is the period it was earned in,
    `posted_period` the open period it counts in. `reason` is a code of `step_texts.py` with `particulars`; for an
    adjustment, `note` is what the person wrote and `actor` who they are. `reverses` is the entry it undoes, or empty.
    """

    id: str
    run: str
    kind: str
    debit: str
    credit: str
    payee: str
    amount: Money
    line: str
    earned_period: str
    posted_period: str
    reason: str
    particulars: tuple[tuple[str, str], ...] = ()
    event: str = ""
    rule: str = ""
    reverses: str = ""
    actor: str = ""
    note: str = ""
