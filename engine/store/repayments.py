"""Repayments: booked once by one person, decided once by another, never changed and never deleted."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from engine.core.incentives.repayments import Repayment
from engine.core.money import Money
from engine.store.database import Unit
from engine.store.tables.pay import repayments

_TEXTS = ("id", "payee", "reference", "received_on", "note", "made_by", "made_at", "state", "decided_at")


class RepaymentBook:
    """All repayments, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, one: Repayment) -> None:
        """Keep a proposed repayment. An IntegrityError when one of that id is there."""
        row = {name: getattr(one, name) for name in _TEXTS}
        amount = {"amount_minor": one.amount.minor, "amount_currency": one.amount.currency}
        self._unit.insert(repayments, [{**row, **amount, "takes_back": one.takes_back or None}])

    def find(self, id: str) -> Repayment | None:
        """The repayment of that id, or the only one whose id begins so."""
        query = select(repayments).where(repayments.c.id.startswith(id, autoescape=True)).limit(2)
        found = [_repayment(row) for row in self._unit.rows(query)] if id else []
        exact = next((one for one in found if one.id == id), None)
        return exact or (found[0] if len(found) == 1 else None)

    def of_payee(self, payee: str) -> tuple[Repayment, ...]:
        """The repayments of a payee in the order they were booked."""
        query = select(repayments).where(repayments.c.payee == payee)
        return tuple(_repayment(row) for row in self._unit.rows(query.order_by(repayments.c.made_at, repayments.c.id)))

    def all(self, *, state: str = "", limit: int = 100) -> tuple[Repayment, ...]:
        """The newest repayments first, of that state when given."""
        query = select(repayments).order_by(repayments.c.made_at.desc(), repayments.c.id).limit(limit)
        query = query.where(repayments.c.state == state) if state else query
        return tuple(_repayment(row) for row in self._unit.rows(query))

    def decide(self, id: str, state: str, by: str, at: datetime, entry: str = "") -> bool:
        """Proposed becomes posted, with its ledger entry, or declined; False when it is decided already."""
        query = update(repayments).where(repayments.c.id == id, repayments.c.state == "proposed")
        return self._unit.change(query.values(state=state, decided_by=by, decided_at=at, entry=entry or None)) == 1


def _repayment(row: Row[Any]) -> Repayment:
    one = Repayment(
        row.id, row.payee, Money(row.amount_minor, row.amount_currency), row.reference, row.received_on, row.note,
        row.made_by, row.made_at,
    )  # fmt: skip
    return replace(
        one, takes_back=row.takes_back or "", state=row.state, decided_by=row.decided_by or "",
        decided_at=row.decided_at, entry=row.entry or "",
    )  # fmt: skip
