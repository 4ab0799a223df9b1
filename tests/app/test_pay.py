"""Pay from the door to the ledger: differences only, four eyes, closed stays closed."""

from pathlib import Path

from engine.app.calculating.calculation import Calculated, calculate
from engine.app.closing import close
from engine.app.exporting import export
from engine.app.payouts import approve, post
from engine.app.recording import record, record_many
from engine.app.replaying import replay
from engine.app.verifying import verify
from engine.core.incentives.ledger import balances
from engine.store.ledger_book import LedgerBook
from engine.store.periods import PeriodBook
from engine.store.runs import RunBook
from tests.app_house import event, sale, staffed, tell


def run_for(dw, period: str) -> Calculated:
    """A draft that was made."""
    made = calculate(dw, period, "he-ping")
    assert isinstance(made, Calculated), made
    return made


def pay_month(dw, period: str, *, shut: bool = True) -> Calculated:
    """Calculated by one, approved by another, posted, and closed."""
    made = run_for(dw, period)
    steps = [approve(dw, made.id, "deng-li"), post(dw, made.id, "he-ping")]
    steps += [close(dw, period, "deng-li")] if shut else []
    assert not any(step.problems for step in steps), steps
    return made


def standing(dw, payee: str):
    """Earned, held, payable and paid of a payee so far."""
    with dw.database.unit() as unit:
        return balances([posted.entry for posted in LedgerBook(unit).of_payee(payee)], "CNY")


def test_half_is_held_until_the_customer_pays(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16", "100_000 CNY"))
    pay_month(dw, "2026-03")
    after_win = standing(dw, "chen-wei")
    # 17% of 1,250,000 is a quota of 212,500; 100,000 is 47%, all at 3%: 3,000, and 1,000 for a new customer.
    assert (str(after_win.earned), str(after_win.held), str(after_win.payable)) == (
        "4,000.00 CNY",
        "1,500.00 CNY",
        "2,500.00 CNY",
    )
    tell(dw, event("payment.received", "D-1", "2026-04-08", amount="60_000 CNY"))
    pay_month(dw, "2026-04")
    assert str(standing(dw, "chen-wei").held) == "600.00 CNY"


def test_calculating_again_posts_nothing(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16"))
    pay_month(dw, "2026-03", shut=False)
    again = run_for(dw, "2026-03")
    with dw.database.unit() as unit:
        assert RunBook(unit).entries(again.id) == ()


def test_nobody_approves_their_own_run_and_nothing_is_posted_unapproved(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16"))
    made = run_for(dw, "2026-03")
    assert [problem.code for problem in approve(dw, made.id, "he-ping").problems] == ["E056"]
    assert [problem.code for problem in post(dw, made.id, "deng-li").problems] == ["E055"]
    assert standing(dw, "chen-wei").earned.minor == 0


def test_a_closed_month_stays_as_it_was_and_a_late_win_is_posted_in_the_open_one(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16"))
    pay_month(dw, "2026-03")
    with dw.database.unit() as unit:
        before = list(LedgerBook(unit).of_period("2026-03"))
    record_many(dw, sale("D-2", "2026-03-20", "50_000 CNY"))
    refused = calculate(dw, "2026-03", "he-ping")
    assert isinstance(refused, tuple) and refused[0].code == "E101"
    pay_month(dw, "2026-04")
    with dw.database.unit() as unit:
        assert list(LedgerBook(unit).of_period("2026-03")) == before
        late = [posted.entry for posted in LedgerBook(unit).of_period("2026-04") if posted.entry.payee == "chen-wei"]
    assert late and {entry.earned_period for entry in late} == {"2026-Q1"}


def test_a_cancellation_takes_back_exactly_what_was_earned(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16"))
    pay_month(dw, "2026-03")
    tell(dw, event("deal.cancelled", "D-1", "2026-05-10", reason="customer withdrew"))
    pay_month(dw, "2026-04")
    pay_month(dw, "2026-05")
    # The new-customer bonus of 2026 has no clawback, so it stays.
    assert str(standing(dw, "chen-wei").earned) == "1,000.00 CNY"
    assert standing(dw, "wu-fang").earned.minor == 0


def test_a_period_closes_only_with_a_posted_run_and_after_the_one_before(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16"))
    made = run_for(dw, "2026-03")
    assert "E106" in {problem.code for problem in close(dw, "2026-03", "deng-li").problems}
    approve(dw, made.id, "deng-li")
    post(dw, made.id, "he-ping")
    assert [problem.code for problem in close(dw, "2026-03", "he-ping").problems] == ["E108"]
    pay_month(dw, "2026-04", shut=False)
    assert {problem.code for problem in close(dw, "2026-04", "deng-li").problems} == {"E107"}


def test_a_waiting_event_keeps_the_period_open(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16"))
    assert record(dw, event("payment.received", "D-unknown", "2026-03-18", amount="5 CNY")).status == "quarantined"
    made = run_for(dw, "2026-03")
    approve(dw, made.id, "deng-li")
    post(dw, made.id, "he-ping")
    assert {problem.code for problem in close(dw, "2026-03", "deng-li").problems} == {"E105"}


def test_an_export_pays_once_and_says_the_same_bytes_again(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16", "100_000 CNY"))
    made = pay_month(dw, "2026-03", shut=False)
    first = export(dw, made.id, "detail", "csv", "zh", "he-ping")
    assert not isinstance(first, tuple)
    assert str(standing(dw, "chen-wei").paid) == "2,500.00 CNY"
    second = export(dw, made.id, "detail", "csv", "zh", "he-ping")
    assert not isinstance(second, tuple)
    assert second.content == first.content and str(standing(dw, "chen-wei").paid) == "2,500.00 CNY"
    assert [(c.count, str(c.amount)) for c in first.controls] == [(3, "3,000.00 CNY")]


def test_an_export_behind_the_close_is_paid_in_the_next_open_period(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16", "100_000 CNY"))
    made = pay_month(dw, "2026-03")
    assert not isinstance(export(dw, made.id, "summary", "xlsx", "en", "he-ping"), tuple)
    with dw.database.unit() as unit:
        assert {p.entry.posted_period for p in LedgerBook(unit).of_payee("chen-wei") if p.entry.kind == "paid"} == {
            "2026-04"
        }
        assert [period.state for period in PeriodBook(unit).all()] == ["closed", "open"]


def test_everything_verifies_and_deciding_it_all_again_differs_nowhere(tmp_path: Path):
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16"), event("payment.received", "D-1", "2026-04-08", amount="60_000 CNY"))
    pay_month(dw, "2026-03")
    assert {fault for _, fault in verify(dw)} == {None}
    assert sum(different for _, _, different in replay(dw)) == 0
