"""What a payee gave back: two people, the open period, the ledger, the list with its ages, the file, the proof."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.app.calculating.calculation import calculate
from engine.app.closing import close
from engine.app.dealwright import Dealwright
from engine.app.earnings import my_earnings
from engine.app.exporting import export
from engine.app.payouts import approve, post
from engine.app.receivables import receivables
from engine.app.repayments import book, decide, take_back
from engine.app.run_views import run_view
from engine.app.verifying import verify
from engine.app.views.payouts import Export
from engine.app.views.users import User
from engine.core.incentives.ledger import balances
from engine.core.money import Money
from engine.core.rules.header import Title
from engine.core.rules.plan import Clawback, Plan
from engine.store.audit import AuditTrail
from engine.store.ledger_book import LedgerBook
from engine.store.runs import RunBook
from tests.app_house import at, event, sale, staffed, tell

FINANCE = User("he", Title("He"), "he-ping", ("finance",))


def owing(plan: Plan) -> Plan:
    """The plan, whose clawbacks become receivables."""
    parts = (
        replace(part, clawback=replace(part.clawback, settled="receivable"))
        if isinstance(getattr(part, "clawback", None), Clawback)
        else part
        for part in plan.components
    )
    return replace(plan, components=tuple(parts))


@pytest.fixture
def dw(tmp_path: Path) -> Iterator[Dealwright]:
    """March is paid out and closed; a deal is cancelled in April, whose run is posted; now it is the 4th of May."""
    made = staffed(tmp_path / "a.db", at("2026-05-04 12:00"))
    plans = tuple(owing(plan) for plan in made.rulebook.plans)
    dw = replace(made, rulebook=replace(made.rulebook, plans=plans))
    tell(dw, *sale("D-1", "2026-03-16"))
    exported(dw, run(dw, "2026-03"))
    assert not close(dw, "2026-03", "deng-li").problems
    tell(dw, event("deal.cancelled", "D-1", "2026-04-10", reason="customer withdrew"))
    run(dw, "2026-04")
    yield dw
    dw.database.close()


def run(dw: Dealwright, period: str) -> str:
    """Calculated, approved, posted."""
    made = calculate(dw, period, "he-ping")
    assert not isinstance(made, tuple), made
    assert not approve(dw, made.id, "deng-li").problems
    assert not post(dw, made.id, "he-ping").problems
    return made.id


def exported(dw: Dealwright, run: str) -> list[dict[str, str]]:
    """The rows of the file."""
    made = export(dw, run, "detail", "csv", "en", "he-ping")
    assert isinstance(made, Export), made
    return list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))


def booked(dw: Dealwright, amount: str = "500.00 CNY", reference: str = "TRF-1", on: str = "2026-05-04") -> str:
    """Booked by He Ping; its id."""
    done = book(dw, "chen-wei", amount, reference, on, "By transfer", "he-ping")
    assert not done.problems, done
    return done.id


def posted(dw: Dealwright, **words: str) -> str:
    """Booked and approved."""
    id = booked(dw, **words)
    assert decide(dw, id, "posted", "deng-li").state == "posted"
    return id


def codes(step: object) -> list[str]:
    """Why not."""
    return [problem.code for problem in step.problems]  # type: ignore[attr-defined]


def standing(dw: Dealwright) -> tuple[str, str, str]:
    """Earned, payable, paid of Chen Wei, with what they owe in what is payable."""
    with dw.database.unit() as unit:
        found = balances([one.entry for one in LedgerBook(unit).of_payee("chen-wei")], "CNY")
    return str(found.earned), str(found.payable), str(found.paid)


def test_what_comes_back_is_booked_approved_and_posted(dw: Dealwright) -> None:
    # 60,000 is 28% of the quota: 3%, of which half was released; 1,000 for a new customer has no clawback.
    assert standing(dw) == ("1,000.00 CNY", "-900.00 CNY", "1,900.00 CNY")
    id = booked(dw)
    assert standing(dw)[1] == "-900.00 CNY", "nothing moves before it is approved"
    assert codes(decide(dw, id, "posted", "he-ping")) == ["E168"]
    assert decide(dw, id[:20], "posted", "deng-li").id == id
    assert standing(dw) == ("1,000.00 CNY", "-400.00 CNY", "1,400.00 CNY")
    assert codes(decide(dw, id, "posted", "deng-li")) == ["E167"]
    with dw.database.unit() as unit:
        trail = AuditTrail(unit).entries(subject=id)
        last = LedgerBook(unit).of_payee("chen-wei")[-1].entry
    assert [(one.actor, one.action) for one in trail] == [
        ("deng-li", "repayment.posted"),
        ("he-ping", "repayment.proposed"),
    ]
    assert (last.reason, last.actor, dict(last.particulars)["approved_by"]) == ("repaid", "he-ping", "deng-li")


def test_it_is_refused_with_what_is_left(dw: Dealwright) -> None:
    step = book(dw, "chen-wei", "900.01", "TRF-1", "2026-05-04", "", "he-ping")
    assert codes(step) == ["E166"]
    assert "owes 900.00 CNY" in step.problems[0].message("en")
    assert codes(book(dw, "nobody", "1", "T", "", "", "he-ping")) == ["E171"]
    assert codes(book(dw, "li-na", "1", "T", "", "", "he-ping")) == ["E166"], "who owes nothing gives nothing back"
    assert codes(book(dw, "chen-wei", "much", "T", "soon", "", "he-ping")) == ["E154", "E152"]
    assert codes(book(dw, "chen-wei", "1", "T", "2026-05-05", "", "he-ping")) == ["E164"]
    assert codes(decide(dw, "repayment-x", "posted", "deng-li")) == ["E170"]
    assert codes(take_back(dw, "", "", "he-ping")) == ["E170"]


def test_the_same_reference_is_booked_once(dw: Dealwright) -> None:
    assert booked(dw) == booked(dw)
    assert len(receivables(dw, FINANCE).waiting) == 1
    assert codes(book(dw, "chen-wei", "400", "TRF-1", "2026-05-04", "", "he-ping")) == ["E165"]


@pytest.mark.parametrize(
    ("on", "period"), [("2026-02-10", "2026-04"), ("2026-04-30", "2026-04"), ("2026-05-04", "2026-05")]
)
def test_it_is_posted_in_the_first_open_period_from_its_day_on(dw: Dealwright, on: str, period: str) -> None:
    posted(dw, on=on)
    assert receivables(dw, FINANCE).decided[0].period == period


def test_a_closed_period_takes_nothing_even_when_nothing_is_open(dw: Dealwright) -> None:
    assert not close(dw, "2026-04", "deng-li").problems
    posted(dw, on="2025-12-31")
    assert receivables(dw, FINANCE).decided[0].period == "2026-05"


def test_a_mistake_is_taken_back_by_two_people(dw: Dealwright) -> None:
    id = posted(dw)
    undo = take_back(dw, id, "wrong person", "deng-li")
    assert (undo.state, take_back(dw, id, "", "he-ping").id) == ("proposed", undo.id)
    assert codes(decide(dw, undo.id, "posted", "deng-li")) == ["E168"]
    assert decide(dw, undo.id, "posted", "he-ping").state == "posted"
    assert standing(dw) == ("1,000.00 CNY", "-900.00 CNY", "1,900.00 CNY")
    assert codes(take_back(dw, id, "", "he-ping")) == ["E169"]
    rows = {row.id: row for row in receivables(dw, FINANCE).decided}
    assert (rows[id].undone, rows[undo.id].takes_back, rows[id].may_take_back) == (True, id, False)
    assert dict(verify(dw))["repayments"] is None


def test_the_list_says_who_owes_what_since_when(dw: Dealwright) -> None:
    posted(dw)
    booked(dw, amount="100", reference="TRF-2")
    later = replace(dw, now=lambda: at("2026-05-20 12:00"))
    found = receivables(later, FINANCE)
    row = next(one for one in found.rows if one.payee == "chen-wei")
    assert [str(one) for one in (row.taken, row.repaid, row.owed, row.waiting)] == [
        "900.00 CNY", "500.00 CNY", "400.00 CNY", "100.00 CNY",
    ]  # fmt: skip
    assert (row.days, [(claim.deal, claim.days, str(claim.open)) for claim in row.claims]) == (
        16,
        [("D-1", 16, "400.00 CNY")],
    )
    others = sum(one.owed.minor for one in found.rows if one.payee != "chen-wei")
    assert [one.minor for one in found.totals] == [400_00 + others]
    (waits,) = found.waiting
    assert (waits.may_decide, waits.may_call_off) == (False, True), "He Ping booked it"
    boss = receivables(later, replace(FINANCE, person="deng-li")).waiting[0]
    assert (boss.may_decide, boss.may_call_off) == (True, True)
    ops = receivables(later, replace(FINANCE, person="guo-hua", roles=("ops",)))
    assert not any(one.may_decide or one.may_call_off or one.may_take_back for one in (*ops.waiting, *ops.decided))


def test_the_payee_sees_it_on_their_own_page(dw: Dealwright) -> None:
    chen = User("chen", Title("Chen"), "chen-wei", ("rep",))
    (april,) = my_earnings(dw, "chen-wei", "2026-04", chen).owed_back
    assert [str(one) for one in (april.owed, april.taken, april.repaid)] == ["900.00 CNY", "900.00 CNY", "0.00 CNY"]
    posted(dw)
    (may,) = my_earnings(dw, "chen-wei", "2026-05", chen).owed_back
    assert [str(one) for one in (may.owed, may.taken, may.repaid)] == ["400.00 CNY", "0.00 CNY", "500.00 CNY"]
    assert my_earnings(dw, "chen-wei", "2026-03", chen).owed_back == ()


def test_the_file_deducts_nothing_and_says_what_is_owed_and_what_came_back(dw: Dealwright) -> None:
    posted(dw)
    tell(replace(dw, now=lambda: at("2026-05-06")), *sale("D-2", "2026-05-05"))
    late = replace(dw, now=lambda: at("2026-05-31 12:00"))
    rows = exported(late, run(late, "2026-05"))
    own = [row for row in rows if row["Payee"] == "chen-wei"]
    back = next(row for row in own if row["Component"] == "given back by the payee")
    assert (back["Amount"], back["Owed by the payee"], back["Event"], back["On"]) == (
        "0.00",
        "-500.00",
        "TRF-1",
        "2026-05-04",
    )
    assert rows == exported(late, receivables_run(late)), "and again the same"
    april = exported(late, april_run(late))
    assert {(row["Amount"], row["Owed by the payee"]) for row in april if row["Payee"] == "chen-wei"} == {
        ("0.00", "900.00")
    }
    with late.database.unit() as unit:
        paid = [one.entry for one in LedgerBook(unit).of_payee("chen-wei") if one.entry.kind == "paid"]
    assert sum(entry.amount.minor for entry in paid if entry.posted_period == "2026-05") == sum(
        round(float(row["Amount"]) * 100) for row in own
    ), "what the file says is what is paid"


def test_a_run_says_apart_what_is_payable_and_what_is_owed(dw: Dealwright) -> None:
    first = run_view(dw, april_run(dw), FINANCE)
    tell(dw, *sale("D-2", "2026-04-14"))
    view = run_view(dw, run(dw, "2026-04"), FINANCE)
    assert first.row.owed and first.row.owed == receivables(dw, FINANCE).totals
    assert [str(one.owed) for one in first.payouts if one.payee == "chen-wei"] == ["900.00 CNY"]
    assert [one.payable.minor for one in first.payouts if one.payee == "chen-wei"] == [0]
    for shown in (first, view):
        assert shown.row.totals == (Money.total((one.payable for one in shown.payouts), "CNY"),)
    assert view.row.totals[0].minor > 0 and view.row.owed == ()
    paid = sum(int(row["Amount"].replace(".", "")) for row in exported(dw, view.row.id))
    assert paid == view.row.totals[0].minor, "as the file says"


def receivables_run(dw: Dealwright) -> str:
    """The run of May."""
    return _run_of(dw, "2026-05")


def april_run(dw: Dealwright) -> str:
    """The run of April."""
    return _run_of(dw, "2026-04")


def _run_of(dw: Dealwright, period: str) -> str:
    with dw.database.unit() as unit:
        return next(one.id for one in RunBook(unit).all(period=period) if one.state != "draft")


def test_verify_finds_a_repayment_that_the_ledger_does_not_have(dw: Dealwright) -> None:
    id = posted(dw)
    assert dict(verify(dw))["repayments"] is None
    with dw.database.unit(write=True) as unit:
        unit.connection.execute(text("DROP TRIGGER tr_repayments_decided_once"))
        unit.connection.execute(text("UPDATE repayments SET amount_minor = 1"))
    assert id in str(dict(verify(dw))["repayments"])


def test_what_became_less_meanwhile_is_not_posted(dw: Dealwright) -> None:
    first, second = booked(dw, amount="500"), booked(dw, amount="400", reference="TRF-2")
    assert decide(dw, first, "posted", "deng-li").state == "posted"
    assert decide(dw, second, "declined", "he-ping").state == "declined"
    third = booked(dw, amount="400", reference="TRF-3")
    later = replace(dw, now=lambda: at("2026-05-04 12:00") + timedelta(hours=1))
    assert decide(later, third, "posted", "deng-li").state == "posted"
    assert receivables(later, FINANCE).rows[0].owed.minor == 0
