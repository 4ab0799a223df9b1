"""Payout runs: differences only, approved by somebody else, what was approved is what is posted, paid what is due."""

from dataclasses import replace
from fractions import Fraction

from engine.core.incentives.ledger import Book, LedgerEntry, Refusal, refusal_of
from engine.core.incentives.payouts import (
    RUN_REFUSALS,
    PayoutRun,
    approve,
    contents_of,
    differences,
    draft_run,
    export,
    payments,
    post,
    posted_by_line,
)
from engine.core.money import Money
from engine.core.problem_texts import PROBLEM_TEXTS
from engine.core.rules.plan import ReleasePart
from tests.core.incentives.simple import NEW_YEAR, PLACE, calculate, credits, plan_of, table, undo
from tests.core.incentives.test_earnings import back

HALF = (ReleasePart(Fraction(1, 2), "deal.won", False, PLACE),)
MADE = plan_of(table("marginal", [0], [Fraction(1, 10)]), clawback=back())


def drafted(
    lines: object = None, book: tuple[LedgerEntry, ...] = (), after: str = ""
) -> tuple[PayoutRun, tuple[LedgerEntry, ...]]:
    """A draft by the preparer."""
    owed = calculate(MADE, credits([100_00, 50_00])) if lines is None else lines
    return draft_run("2026-01", after, differences(owed, posted_by_line(book), "2026-01"), "rulebook", "prep", NEW_YEAR)  # type: ignore[arg-type]


def refused(result: PayoutRun | Refusal) -> str:
    """The refusal's name, its words being there."""
    assert isinstance(result, Refusal)
    words = PROBLEM_TEXTS[result.code]
    for text in (words.en, words.zh, words.remedy_en, words.remedy_zh):
        assert text.format_map(dict(result.params))
    return result.name


def test_a_run_goes_from_draft_over_approved_and_posted_to_exported() -> None:
    run, entries = drafted()
    approved = approve(run, "boss", NEW_YEAR)
    assert isinstance(approved, PayoutRun) and approved.state == "approved"
    posted = post(approved, entries, "prep", NEW_YEAR)
    assert isinstance(posted, PayoutRun) and posted.state == "posted"
    exported = export(posted, "prep", NEW_YEAR)
    assert isinstance(exported, PayoutRun) and exported.state == "exported"
    assert [run.made_by, exported.approved_by, exported.posted_by, exported.exported_by] == [
        "prep",
        "boss",
        "prep",
        "prep",
    ]


def test_each_refusal_of_a_run_is_seen_by_its_name() -> None:
    run, entries = drafted()
    approved = replace(run, state="approved")
    seen = [
        refused(approve(approved, "boss", NEW_YEAR)),
        refused(post(run, entries, "boss", NEW_YEAR)),
        refused(approve(run, "prep", NEW_YEAR)),
        refused(post(approved, entries[1:], "boss", NEW_YEAR)),
    ]
    assert seen == [name for name, _ in RUN_REFUSALS]


def test_differences_earn_and_release_and_a_second_run_posts_nothing() -> None:
    run, entries = drafted()
    assert [(e.kind, e.debit, e.credit, e.amount.minor) for e in entries] == [
        ("earned", "expense", "held", 10_00), ("released", "held", "payable", 10_00),
        ("earned", "expense", "held", 5_00), ("released", "held", "payable", 5_00),
    ]  # fmt: skip
    assert run.totals == (("expense>held", Money(15_00, "CNY")), ("held>payable", Money(15_00, "CNY")))
    assert drafted(book=entries)[1] == ()


def test_the_same_differences_after_the_same_run_are_the_same_run_and_after_another_are_another() -> None:
    assert drafted() == drafted()
    assert drafted()[0].id != drafted(after="run-1")[0].id
    assert {e.id for e in drafted()[1]}.isdisjoint(e.id for e in drafted(after="run-1")[1])
    assert contents_of(drafted()[1]) == contents_of(reversed(drafted()[1])) == drafted(after="run-1")[0].contents


def test_a_run_that_is_posted_twice_posts_nothing_twice() -> None:
    run, entries = drafted()
    book = Book({entry.id: entry for entry in entries}, {}, frozenset({"2026-01"}), frozenset({run.id}))
    assert {refusal_of(entry, book).name for entry in entries} == {"already_posted"}  # type: ignore[union-attr]


def test_a_cancellation_posts_back_on_the_same_line_in_the_open_period() -> None:
    _, entries = drafted()
    later = calculate(MADE, [undo(credits([100_00])[0], 60), *credits([100_00, 50_00])[1:]])
    fresh = differences(later, posted_by_line(entries), "2026-03")
    assert [(e.kind, e.line, e.amount.minor, e.earned_period, e.posted_period, e.reason) for e in fresh] == [
        ("reversed", entries[0].line, 10_00, "2026-Q1", "2026-03", "clawback"),
        ("reversed", entries[0].line, 10_00, "2026-Q1", "2026-03", "clawback"),
    ]  # fmt: skip


def test_what_is_held_is_not_paid_and_a_debt_waits() -> None:
    made = plan_of(table("marginal", [0], [Fraction(1, 10)]), release=HALF)
    run, entries = drafted(calculate(made, credits([100_00])))
    assert payments(entries, run) == (), "nothing was won by the deal's progress"
    run, entries = drafted()
    (paid,) = payments(entries, run)
    assert (paid.kind, paid.debit, paid.credit, paid.payee, paid.amount) == (
        "paid",
        "payable",
        "paid",
        "ann",
        Money(15_00, "CNY"),
    )
    owing = [
        *entries,
        paid,
        *differences(
            calculate(MADE, [undo(one, 9) for one in credits([100_00, 50_00])]), posted_by_line(entries), "2026-02"
        ),
    ]
    assert payments(owing, replace(run, id="run-2")) == ()
