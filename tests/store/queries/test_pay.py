"""What a calculation reads: whole, in order, half-open in time, and without what was withdrawn."""

from dataclasses import replace
from datetime import date

import pytest

from engine.core.money import Money
from engine.core.records import Grant
from engine.store.database import Database
from engine.store.queries.pay import (
    credited_totals,
    credits_of,
    grants_of,
    payees_credited,
    quotas_of,
    receipts_of,
    scores_of,
)
from engine.store.state import SqlState
from tests.store.samples import CREDIT, DEAL, GRANT, QUOTA, RECEIPT, SCORE

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
CREDITS = (
    replace(CREDIT, id="c1", payee="ana", on=MARCH), replace(CREDIT, id="c0", payee="ben", on=date(2026, 3, 31)),
    replace(CREDIT, id="c2", payee="ana", on=APRIL), replace(CREDIT, id="c3", payee="ana", on=MARCH, undone_on=APRIL),
    replace(CREDIT, id="c4", payee="ana", on=MARCH, amount=Money(1, "USD")),
)  # fmt: skip


@pytest.fixture
def filled(database: Database) -> Database:
    """Credits of two payees in two months, and one of each other kind."""
    with database.unit(write=True) as unit:
        state = SqlState(unit)
        for record in (DEAL, *CREDITS, GRANT, replace(GRANT, id="g-2", payee="cat"), QUOTA, RECEIPT, SCORE):
            state.keep(record)
        state.flush()
        state.withdraw(Grant, "g-2")
        state.flush()
    return database


def test_credits_come_by_payee_and_within_half_open_days(filled: Database) -> None:
    with filled.unit() as unit:
        assert [one.id for one in credits_of(unit)] == ["c1", "c3", "c4", "c2", "c0"]
        assert [one.id for one in credits_of(unit, from_on=MARCH, until_on=APRIL)] == ["c1", "c3", "c4", "c0"]
        assert [one.id for one in credits_of(unit, ["ben", "eve"])] == ["c0"]
        assert credits_of(unit, []) == ()
        assert credits_of(unit, ["ana"], from_on=APRIL) == (CREDITS[2],)


def test_other_inputs_come_whole(filled: Database) -> None:
    with filled.unit() as unit:
        assert grants_of(unit) == grants_of(unit, ["ana"]) == (GRANT,)
        assert quotas_of(unit) == quotas_of(unit, ["ana"]) == (QUOTA,)
        assert scores_of(unit) == scores_of(unit, ["ana"]) == (SCORE,) and scores_of(unit, ["ben"]) == ()
        assert receipts_of(unit) == receipts_of(unit, ["D-1"]) == (RECEIPT,)
        assert quotas_of(unit, ["ben"]) == receipts_of(unit, ["D-2"]) == ()
        assert payees_credited(unit) == ("ana", "ben")
        assert payees_credited(unit, APRIL) == ("ana",)


def test_sums_leave_out_what_was_undone_and_keep_currencies_apart(filled: Database) -> None:
    with filled.unit() as unit:
        assert credited_totals(unit, ["ana", "ben"], MARCH, APRIL) == (
            ("ana", "booked", Money(700, "CNY")), ("ana", "booked", Money(1, "USD")), ("ben", "booked", Money(700,
            "CNY")),
        )  # fmt: skip
