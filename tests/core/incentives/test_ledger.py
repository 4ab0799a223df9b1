"""The ledger: named refusals in their order, balances that always close, reversals that restore."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.incentives.ledger import (
    ACCOUNTS,
    ENTRY_REFUSALS,
    Book,
    LedgerEntry,
    adjustment,
    balance,
    balances,
    refusal_of,
    reversal,
)
from engine.core.money import Money
from engine.core.problem_texts import PROBLEM_TEXTS

ENTRY = LedgerEntry(
    "entry-1", "run-1", "earned", "expense", "held", "ann", Money(100, "CNY"), "line-1", "2026-01", "2026-01", "earned"
)
OPEN = Book(open_periods=frozenset({"2026-01", "2026-02"}), approved_runs=frozenset({"run-1", "run-2"}))


def test_an_entry_that_is_right_is_not_refused() -> None:
    assert refusal_of(ENTRY, OPEN) is None


BACK = reversal(ENTRY, "run-2", "2026-02")
REFUSED: dict[str, tuple[LedgerEntry, Book]] = {
    "already_posted": (ENTRY, replace(OPEN, posted={"entry-1": ENTRY})),
    "posted_differently": (replace(ENTRY, amount=Money(101, "CNY")), replace(OPEN, posted={"entry-1": ENTRY})),
    "amount_not_positive": (replace(ENTRY, amount=Money(0, "CNY")), OPEN),
    "unknown_account": (replace(ENTRY, credit="expense"), OPEN),
    "period_not_open": (replace(ENTRY, posted_period="2025-12"), OPEN),
    "run_not_approved": (replace(ENTRY, run="run-9"), OPEN),
    "reverses_nothing": (replace(BACK, amount=Money(99, "CNY")), replace(OPEN, posted={"entry-1": ENTRY})),
    "already_reversed": (BACK, replace(OPEN, posted={"entry-1": ENTRY}, reversed_by={"entry-1": "entry-7"})),
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_reason_refuses_by_its_name_with_words_in_both_languages(name: str) -> None:
    refusal = refusal_of(*REFUSED[name])
    assert refusal is not None and refusal.name == name
    words = PROBLEM_TEXTS[refusal.code]
    for text in (words.en, words.zh, words.remedy_en, words.remedy_zh):
        assert text.format_map(dict(refusal.params))


def test_the_list_of_reasons_is_closed_and_each_is_seen() -> None:
    assert [name for name, _ in ENTRY_REFUSALS] == list(REFUSED)


def test_what_is_done_comes_before_everything_that_is_wrong_by_now() -> None:
    closed = Book(posted={"entry-1": ENTRY})
    assert refusal_of(ENTRY, closed).name == "already_posted"  # type: ignore[union-attr]
    assert refusal_of(replace(ENTRY, note="x"), closed).name == "posted_differently"  # type: ignore[union-attr]


def test_an_adjustment_needs_no_run_and_says_who_and_why() -> None:
    less = adjustment("ann", Money(-50, "CNY"), "2026-02", "2026-01", "fin", "Agreed with Ann", "case-7")
    assert (less.debit, less.credit, less.amount, less.actor, less.note) == (
        "payable",
        "expense",
        Money(50, "CNY"),
        "fin",
        "Agreed with Ann",
    )
    assert refusal_of(less, OPEN) is None
    assert less.id == adjustment("bo", Money(1, "CNY"), "2026-02", "2026-01", "x", "y", "case-7").id


WAYS = st.sampled_from([(a, b) for a in ACCOUNTS for b in ACCOUNTS if a != b])
ENTRIES = st.lists(st.tuples(WAYS, st.integers(1, 10**9)), max_size=12)


def book(moves: list[tuple[tuple[str, str], int]]) -> list[LedgerEntry]:
    """Entries of any kind."""
    return [
        replace(ENTRY, id=f"entry-{n}", debit=way[0], credit=way[1], amount=Money(minor, "CNY"))  # type: ignore[arg-type]
        for n, (way, minor) in enumerate(moves)
    ]


@settings(deadline=None)
@given(moves=ENTRIES)
def test_what_the_company_bears_is_at_all_times_what_is_held_payable_and_paid(
    moves: list[tuple[tuple[str, str], int]],
) -> None:
    stood = balances(book(moves), "CNY")
    assert stood.earned == stood.held + stood.payable + stood.paid


@settings(deadline=None)
@given(moves=ENTRIES)
def test_reversing_everything_restores_every_balance(moves: list[tuple[tuple[str, str], int]]) -> None:
    entries = book(moves)
    both = [*entries, *(reversal(entry, "run-2", "2026-02") for entry in entries)]
    assert {balance(both, account, "CNY").minor for account in ACCOUNTS} == {0}
    assert len({entry.id for entry in both}) == 2 * len(entries)


def test_currencies_are_kept_apart() -> None:
    dollars = replace(ENTRY, id="entry-2", amount=Money(7, "USD"))
    assert balance([ENTRY, dollars], "held", "CNY") == Money(100, "CNY")
    assert balance([ENTRY, dollars], "held", "USD") == Money(7, "USD")
