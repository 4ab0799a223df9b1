"""The main line on PostgreSQL: recorded, late, paid, closed, verified, as on SQLite."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from engine.app.verifying import verify
from engine.store.database import open_database
from engine.store.migrations import upgrade
from tests.app.test_pay import pay_month, standing
from tests.app.test_recording import LIFE, pay_of
from tests.app_house import STAFF, event, house, open_on, sale, tell, tell_all


@pytest.fixture
def dw(postgres_url: str) -> Iterator:
    """An open house on an empty PostgreSQL database."""
    database = open_database(postgres_url)
    with database.unit(write=True, appends=False) as unit:
        unit.connection.execute(text("DROP SCHEMA public CASCADE"))
        unit.connection.execute(text("CREATE SCHEMA public"))
    upgrade(database)
    yield open_on(database)
    database.close()


@pytest.mark.postgres
def test_what_is_told_in_any_order_leads_to_the_same_pay_as_on_sqlite(dw, tmp_path):
    other = house(tmp_path / "a.db")
    for one, life in ((dw, LIFE[::-1]), (other, LIFE)):
        tell(one, *STAFF)
        tell_all(one, list(life))
    assert pay_of(dw) == pay_of(other)


@pytest.mark.postgres
def test_months_are_paid_closed_and_verified(dw):
    tell(dw, *STAFF, *sale("D-1", "2026-03-16", "100_000 CNY"))
    pay_month(dw, "2026-03")
    tell(dw, event("payment.received", "D-1", "2026-04-08", amount="60_000 CNY"))
    pay_month(dw, "2026-04")
    assert str(standing(dw, "chen-wei").held) == "600.00 CNY"
    assert {fault for _, fault in verify(dw)} == {None}
