"""What was estimated is what is paid when it happens; and asking records nothing but whose pay was looked at."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.app.access import NotThere
from engine.app.dealwright import Dealwright
from engine.app.earnings import find_payee
from engine.app.estimating import estimate_deal
from engine.app.next_amount import next_view
from engine.app.payee_books import payee_books
from engine.app.views.users import User
from engine.app.why_not_pay import why_not_pay
from engine.core.events import Event
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.owed import owed
from engine.core.incentives.own_parts import of_oneself
from engine.core.money import Money
from engine.core.rules.header import Title
from engine.store.audit import AuditTrail
from engine.store.event_log import EventLog
from engine.store.state import records_version
from tests.app_house import event, sale, staffed, tell

NOW = datetime(2026, 3, 20, 3, tzinfo=UTC)


def user(person: str, *roles: str) -> User:
    """Somebody at a screen."""
    return User(person, Title(person, person), person, roles or ("rep",))


CHEN, LI, WU = user("chen-wei"), user("li-na"), user("wu-fang", "manager")
HE = user("he-ping", "finance")


def house_with(path: Path, *events: Event) -> Dealwright:
    """Chen has won 100,000, and negotiates 150,000."""
    dw = staffed(path / "a.db", NOW)
    tell(dw, *sale("D-1", "2026-03-10", "100_000 CNY"), *sale("D-2", "2026-03-20", "150_000 CNY")[:-1], *events)
    return dw


def lines_of(dw: Dealwright, payee: str) -> dict[str, EarningLine]:
    """What the payee is owed today, by deal and component."""
    with dw.database.unit() as unit:
        found = find_payee(unit, payee)
        assert found is not None
        lines = owed(of_oneself(dw.rulebook), found, payee_books(unit, payee), date(2026, 3, 20))
    return {f"{line.deal} {line.component}": line for line in lines}


@pytest.mark.parametrize("amount", ["", "6_250", "6_250.01", "900_000"])
def test_what_was_estimated_is_what_is_owed_once_it_is_won(tmp_path: Path, amount: str) -> None:
    dw = house_with(tmp_path)
    asked = estimate_deal(dw, "D-2", amount, "", HE)
    estimated = {payee.payee: payee for payee in asked.payees}
    before = {payee: lines_of(dw, payee) for payee in estimated}
    tell(dw, event("deal.won", "D-2", "2026-03-20 11:00", amount=str(asked.amount)))
    assert set(estimated) == {"chen-wei", "wu-fang"}
    for payee, found in estimated.items():
        after = lines_of(dw, payee)
        gained = Money.total((line.earned for line in after.values()), "CNY")
        gained = gained - Money.total((line.earned for line in before[payee].values()), "CNY")
        assert found.earned == (gained,)
        held = Money.total((line.held for key, line in after.items() if key not in before[payee]), "CNY")
        assert found.held == (held,)
        assert {row.component: row.earned for row in found.rows} == {
            line.component: line.earned for key, line in after.items() if key not in before[payee]
        }


def test_asking_records_nothing_but_whose_pay_was_looked_at(tmp_path: Path) -> None:
    dw = house_with(tmp_path)
    with dw.database.unit() as unit:
        was = (len(EventLog(unit).of_subject("D-2")), records_version(unit))
    estimate_deal(dw, "D-2", "", "", CHEN)
    next_view(dw, "", "", "", CHEN)
    why_not_pay(dw, "", "bookings-commission", "9%", "", CHEN)
    with dw.database.unit() as unit:
        assert AuditTrail(unit).entries(action="pay.viewed") == ()
    estimate_deal(dw, "D-2", "", "", HE)
    next_view(dw, "chen-wei", "", "", HE)
    why_not_pay(dw, "chen-wei", "bookings-commission", "9%", "", HE)
    with dw.database.unit() as unit:
        assert was == (len(EventLog(unit).of_subject("D-2")), records_version(unit))
        looked = [(row.actor, row.subject) for row in AuditTrail(unit).entries(action="pay.viewed")]
    assert sorted(looked) == [("he-ping", "chen-wei")] * 3 + [("he-ping", "wu-fang")]


def test_each_sees_their_own_part_and_no_other(tmp_path: Path) -> None:
    dw = house_with(tmp_path)
    assert [one.payee for one in estimate_deal(dw, "D-2", "", "", CHEN).payees] == ["chen-wei"]
    assert [one.payee for one in estimate_deal(dw, "D-2", "", "", WU).payees] == ["wu-fang"]
    with pytest.raises(NotThere):
        estimate_deal(dw, "D-2", "", "", LI)
    for ask in (lambda: next_view(dw, "chen-wei", "", "", WU), lambda: why_not_pay(dw, "chen-wei", "c", "", "", LI)):
        with pytest.raises(NotThere):
            ask()


def test_a_team_member_who_is_not_paid_is_told_why(tmp_path: Path) -> None:
    joined = event(
        "person.joined", "tao-ran", "2024-01-02", name="Tao Ran", role="sdr", team="china", manager="wu-fang"
    )
    dw = house_with(tmp_path, joined, event("deal.changed", "D-2", "2026-03-20 10:30", sdr="tao-ran"))
    (own,) = estimate_deal(dw, "D-2", "", "", user("tao-ran")).payees
    assert own.earned or [words.en for words in own.nothing]


def test_a_deal_that_may_be_won_has_no_hindrance_and_one_that_may_not_has_each_criterion(tmp_path: Path) -> None:
    dw = house_with(tmp_path)
    assert estimate_deal(dw, "D-2", "", "", CHEN).hindrance is None
    tell(dw, event("deal.changed", "D-2", "2026-03-20 10:30", contract_signed=False))
    found = estimate_deal(dw, "D-2", "", "", CHEN)
    assert found.hindrance and [words.en for words in found.hindrance.criteria] == ["Attach the signed contract"]
    assert found.payees[0].earned


def test_closed_deals_are_not_estimated(tmp_path: Path) -> None:
    found = estimate_deal(house_with(tmp_path), "D-1", "", "", CHEN)
    assert [problem.code for problem in found.problems] == ["E150"]
    assert found.payees == ()
