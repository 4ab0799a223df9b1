"""The ledger: immutable movements of positive money between accounts, and the closed list of reasons to refuse one."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from engine.core.incentives.identity import derived_id
from engine.core.money import Money

Account = Literal["expense", "held", "payable", "paid"]

ACCOUNTS: tuple[Account, ...] = ("expense", "held", "payable", "paid")
"""expense: what the company bears. held: earned, not yet released. payable: released, not yet paid. paid: paid out.
All four are kept per payee and currency. An entry takes from one and gives to another, so expense is at all times what
held, payable and paid sum to."""

ENTRY_KINDS = ("earned", "released", "reversed", "paid", "adjustment")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One movement of `amount`, which is positive: `debit` is the account it comes from, `credit` the one it goes to.

    `id` is derived from its causes, so the same movement cannot be posted twice. `line` is the key of the earning line
    (empty for a payment, or an adjustment that concerns none). `earned_period` is the period it was earned in,
    `posted_period` the open period it counts in. `reason` is a code of `step_texts.py` with `particulars`; for an
    adjustment, `note` is what the person wrote and `actor` who they are. `reverses` is the entry it undoes, or empty.
    """

    id: str
    run: str
    kind: str
    debit: Account
    credit: Account
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


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not done: a name of a closed list, the code of its words, and their particulars."""

    name: str
    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """What a new entry is checked against: the posted entries that it may meet, by id; what is open and approved."""

    posted: Mapping[str, LedgerEntry] = field(default_factory=dict)
    reversed_by: Mapping[str, str] = field(default_factory=dict)
    open_periods: Set[str] = frozenset()
    approved_runs: Set[str] = frozenset()


ENTRY_REFUSALS = (
    ("already_posted", "E070"),
    ("posted_differently", "E071"),
    ("amount_not_positive", "E072"),
    ("unknown_account", "E073"),
    ("period_not_open", "E074"),
    ("run_not_approved", "E075"),
    ("reverses_nothing", "E076"),
    ("already_reversed", "E077"),
)
"""Every reason to refuse an entry, with the code of its words, in the order in which they are checked."""


def refusal_of(entry: LedgerEntry, book: Book) -> Refusal | None:
    """The first reason not to post the entry, or None. `already_posted` is no mistake: it is done."""
    broken = {
        "already_posted": book.posted.get(entry.id) == entry,
        "posted_differently": entry.id in book.posted,
        "amount_not_positive": entry.amount.minor <= 0,
        "unknown_account": entry.debit not in ACCOUNTS or entry.credit not in ACCOUNTS or entry.debit == entry.credit,
        "period_not_open": entry.posted_period not in book.open_periods,
        "run_not_approved": entry.kind != "adjustment" and entry.run not in book.approved_runs,
        "reverses_nothing": bool(entry.reverses) and not _is_opposite(entry, book.posted.get(entry.reverses)),
        "already_reversed": bool(entry.reverses) and entry.reverses in book.reversed_by,
    }
    params = (
        ("entry", entry.id), ("period", entry.posted_period), ("run", entry.run), ("amount", str(entry.amount)),
        ("debit", entry.debit), ("credit", entry.credit), ("reverses", entry.reverses),
    )  # fmt: skip
    return next((Refusal(name, code, params) for name, code in ENTRY_REFUSALS if broken[name]), None)


def reversal(entry: LedgerEntry, run: str, posted_period: str, reason: str = "reversed") -> LedgerEntry:
    """The entry that undoes another: the same amount back, in an open period, pointing to it."""
    return replace(
        entry, id=derived_id("entry", "reversal", run, entry.id), run=run, kind="reversed", debit=entry.credit,
        credit=entry.debit, posted_period=posted_period, reason=reason, reverses=entry.id,
    )  # fmt: skip


def adjustment(
    payee: str, amount: Money, posted_period: str, earned_period: str, actor: str, note: str, key: str
) -> LedgerEntry:
    """A movement made by a person, with their words: to the payee when positive, back when negative.

    `key` is chosen by the caller and names the adjustment for ever.
    """
    there: tuple[Account, Account] = ("expense", "payable")
    debit, credit = there if amount.minor >= 0 else (there[1], there[0])
    return LedgerEntry(
        derived_id("entry", "adjustment", key), "", "adjustment", debit, credit, payee, abs(amount), "", earned_period,
        posted_period, "adjusted", actor=actor, note=note,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Balances:
    """What one payee's entries in one currency sum to: earned in all, and where it lies."""

    earned: Money
    held: Money
    payable: Money
    paid: Money


def balance(entries: Iterable[LedgerEntry], account: Account, currency: str) -> Money:
    """An account's balance in one currency. What came in minus what went out; for expense, what went out minus in."""
    own = [entry for entry in entries if entry.amount.currency == currency]
    came = sum(entry.amount.minor for entry in own if entry.credit == account)
    went = sum(entry.amount.minor for entry in own if entry.debit == account)
    return Money(went - came if account == "expense" else came - went, currency)


def balances(entries: Iterable[LedgerEntry], currency: str) -> Balances:
    """All balances of the entries in one currency; earned is what the company bears."""
    own = tuple(entries)
    return Balances(*(balance(own, account, currency) for account in ACCOUNTS))


APART = ":apart"
"""What the name of a movement ends with that is between the company and the payee apart from pay."""


def net_released(totals: Iterable[tuple[str, Money]]) -> tuple[Money, ...]:
    """What became payable, for each currency in order: released less what releases were taken back.

    `totals` are control totals by movement, such as `held>payable`. What payees owe apart from pay is no part of it.
    """
    return _summed(totals, {"held>payable": 1, "payable>held": -1})


def net_apart(totals: Iterable[tuple[str, Money]]) -> tuple[Money, ...]:
    """What payees came to owe apart from pay, for each currency in which they do."""
    found = _summed(totals, {f"payable>held{APART}": 1, f"held>payable{APART}": -1})
    return tuple(amount for amount in found if amount.minor)


def _summed(totals: Iterable[tuple[str, Money]], signs: Mapping[str, int]) -> tuple[Money, ...]:
    sums: dict[str, int] = {}
    for movement, total in totals:
        sums[total.currency] = sums.get(total.currency, 0) + signs.get(movement, 0) * total.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def _is_opposite(entry: LedgerEntry, other: LedgerEntry | None) -> bool:
    """True when the entry moves the other's amount back for the same payee and line."""
    if other is None:
        return False
    mine = (entry.debit, entry.credit, entry.amount, entry.payee, entry.line)
    return mine == (other.credit, other.debit, other.amount, other.payee, other.line)
