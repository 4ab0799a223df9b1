"""What is owed apart from pay, how old it is, and who may book, approve and undo what came back."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from engine.core.incentives.ledger import LedgerEntry, Refusal, balances
from engine.core.incentives.repayments import (
    REPAYMENT_REFUSALS,
    Repayment,
    claims,
    decided,
    entry_of,
    owed,
    propose,
    propose_taking_back,
    taking_back,
    waiting_sum,
)
from engine.core.money import Money
from engine.core.problem_texts import PROBLEM_TEXTS

NOON = datetime(2026, 5, 4, 4, tzinfo=UTC)
TODAY = date(2026, 5, 4)


def cny(minor: int) -> Money:
    """An amount."""
    return Money(minor, "CNY")


def taken(line: str, minor: int) -> LedgerEntry:
    """Released pay taken back and owed; negative when the claim becomes less."""
    debit, credit = ("payable", "held") if minor > 0 else ("held", "payable")
    return LedgerEntry(
        f"{line}/{minor}", "run", "reversed", debit, credit, "ann", cny(abs(minor)), line, "2026-Q1", "2026-04",  # type: ignore[arg-type]
        "receivable",
    )  # fmt: skip


def given(minor: int, reference: str = "TRF-1", by: str = "fin", **more: object) -> Repayment:
    """A repayment by Ann."""
    return replace(Repayment("", "ann", cny(minor), reference, TODAY, "", by, NOON), **more)  # type: ignore[arg-type]


def posted(minor: int, reference: str = "TRF-1") -> Repayment:
    """One that was booked and approved."""
    found = decided(proposed(given(minor, reference)), "posted", "boss", NOON, cny(10**9))
    assert isinstance(found, Repayment)
    return replace(found, entry=entry_of(found, "2026-05", "2026-05").id)


def proposed(new: Repayment, known: tuple[Repayment, ...] = (), owes: int = 10**9) -> Repayment:
    """It is booked."""
    found = propose(new, known, cny(owes), TODAY)
    assert isinstance(found, Repayment), found
    return found


def refused(new: Repayment, known: tuple[Repayment, ...] = (), owes: int = 10**9) -> str:
    """The name of why it is not."""
    found = propose(new, known, cny(owes), TODAY)
    assert isinstance(found, Refusal), found
    text = PROBLEM_TEXTS[found.code]
    assert all(words.format_map(dict(found.params)) for words in (text.en, text.zh))
    return found.name


def test_a_repayment_comes_out_of_what_was_paid_and_settles_what_is_owed() -> None:
    paid = LedgerEntry("p", "run", "paid", "payable", "paid", "ann", cny(1000), "", "2026-04", "2026-04", "paid")
    book = [taken("L1", 1000), entry_of(posted(600), "2026-05", "2026-05")]
    assert (owed(book, "CNY"), owed(book, "EUR")) == (cny(400), Money(0, "EUR"))
    whole = balances([paid, *book], "CNY")
    assert (whole.paid, whole.earned) == (cny(400), balances([paid, book[0]], "CNY").earned), (
        "it is no pay, and costs nothing"
    )


def test_the_oldest_claim_is_settled_first_and_a_claim_that_became_less_settles_others() -> None:
    days = [date(2026, 4, day) for day in (1, 2, 3, 4, 5)]
    moves = [taken("L1", 1000), taken("L2", 500), taken("L1", -300), taken("L3", -100), taken("L4", 50)]
    found = claims(zip(moves, days, strict=True), "CNY")
    assert [(one.line, one.since.day, one.taken.minor, one.open.minor) for one in found] == [
        ("L1", 1, 700, 600), ("L2", 2, 500, 500), ("L3", 4, -100, 0), ("L4", 5, 50, 50),
    ]  # fmt: skip
    back = (entry_of(posted(800), "2026-05", "2026-05"), TODAY)
    after = claims([*zip(moves, days, strict=True), back], "CNY")
    assert [one.open.minor for one in after] == [0, 300, 0, 50]
    assert sum(one.open.minor for one in after) == owed([*moves, back[0]], "CNY").minor
    assert claims([(moves[0], days[0])], "EUR") == ()


def test_each_reason_not_to_book_is_seen_by_its_name() -> None:
    first = proposed(given(400))
    found = {
        refused(given(400, " ")), refused(given(0)), refused(given(-5)), refused(given(5, received_on=date(2026, 5, 5))),
        refused(given(500), (first,)), refused(given(400, received_on=date(2026, 5, 1)), (first,)),
        refused(given(5, by="ann")), refused(given(401), owes=400), refused(given(1, "TRF-2"), (first,), owes=400),
    }  # fmt: skip
    assert found == {name for name, _ in REPAYMENT_REFUSALS}
    assert proposed(given(400), owes=400).amount == cny(400), "all of it"


def test_the_same_again_is_the_same_and_another_reference_is_another() -> None:
    first = proposed(given(400))
    assert propose(given(400, by="other"), [first], cny(400), TODAY) is first, "even with nothing left"
    assert proposed(given(400, "TRF-2"), (first,)).id != first.id
    assert proposed(replace(given(400), amount=Money(400, "EUR")), (first,)).id != first.id


def test_a_reference_may_be_used_again_once_it_was_declined_or_undone() -> None:
    gone = replace(proposed(given(400)), state="declined", decided_by="boss")
    assert proposed(given(500), (gone,)).id != gone.id
    done = posted(400)
    undone = propose_taking_back(done, [done], "fin", NOON, "wrong person")
    assert isinstance(undone, Repayment)
    assert refused(given(500), (done, undone)) == "said_differently", "it waits to be undone"
    assert proposed(given(500), (done, replace(undone, state="posted"))).amount == cny(500)


def test_who_booked_it_or_owes_it_does_not_post_it_but_may_call_it_off() -> None:
    waits = proposed(given(400))
    names = [decided(waits, "posted", by, NOON, cny(400)) for by in ("fin", "ann", "boss")]
    assert [getattr(one, "name", "") for one in names] == ["own_repayment", "own_repayment", ""]
    off = decided(waits, "declined", "fin", NOON, cny(0))
    assert isinstance(off, Repayment) and (off.state, off.decided_by) == ("declined", "fin")
    assert decided(waits, "declined", "ann", NOON, cny(0)).name == "own_repayment"  # type: ignore[union-attr]
    assert decided(off, "posted", "boss", NOON, cny(400)).name == "already_decided"  # type: ignore[union-attr]
    assert decided(waits, "posted", "boss", NOON, cny(399)).name == "more_than_owed", "it became less meanwhile"  # type: ignore[union-attr]


def test_a_mistake_is_undone_once_whatever_is_owed() -> None:
    done = posted(400)
    undo = propose_taking_back(done, [done], "fin", NOON, "wrong person")
    assert isinstance(undo, Repayment) and undo.takes_back == done.id
    assert propose_taking_back(done, [done, undo], "other", NOON, "") is undo
    agreed = decided(undo, "posted", "boss", NOON, cny(0))
    assert isinstance(agreed, Repayment)
    entry = entry_of(done, "2026-05", "2026-05")
    back = taking_back(agreed, entry, "2026-06")
    assert (back.debit, back.credit, back.reverses, back.posted_period) == ("payable", "paid", entry.id, "2026-06")
    assert owed([taken("L1", 1000), entry, back], "CNY") == cny(1000)
    assert propose_taking_back(done, [done, agreed], "fin", NOON, "").name == "nothing_to_take_back"  # type: ignore[union-attr]
    assert propose_taking_back(agreed, [done, agreed], "fin", NOON, "").name == "nothing_to_take_back"  # type: ignore[union-attr]
    assert propose_taking_back(done, [done], "ann", NOON, "").name == "own_repayment"  # type: ignore[union-attr]


@pytest.mark.parametrize(("state", "waiting"), [("proposed", 400), ("posted", 0), ("declined", 0)])
def test_only_what_waits_is_waited_for(state: str, waiting: int) -> None:
    others = (given(7, takes_back="x"), replace(given(1), amount=Money(9, "EUR")))
    assert waiting_sum([given(400, state=state), *others], "CNY") == cny(waiting)
