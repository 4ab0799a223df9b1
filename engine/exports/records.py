"""What an export is made of, and what it comes to: plain records, filled by the caller from the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.core.money import Money


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One posted movement of one earning line.

    `payee` is the id, `name` what people call them. `deal` and `event` may be empty (a bonus of a period); `on` is the
    day it was earned on. `base` is what the rate applied to (None: a fixed amount) and `rate` says the rate in words.
    `rule` is the rule version and `place` its file and line. `amount` is what is paid, negative for what is deducted.
    `owed` is what the payee owes by itself, which is deducted from nothing; negative for what they gave back.
    """

    payee: str
    name: str
    plan: str
    component: str
    earned_period: str
    posted_period: str
    deal: str
    event: str
    on: date
    base: Money | None
    rate: str
    amount: Money
    owed: Money
    rule: str
    place: str

    @property
    def order(self) -> tuple[str, str, str, date, str, str, int, int]:
        """The one order of rows, whatever the order they were given in."""
        head = (self.payee, self.plan, self.component, self.on)
        return (*head, self.event, self.amount.currency, self.amount.minor, self.owed.minor)


@dataclass(frozen=True, slots=True)
class ExportHead:
    """What stands on the sheet “About”. `number` counts the exports of the period (`v3`); `ledger_head` is the hash at
    which the ledger's chain stood; `made_for` is the person who asked for it."""

    run: str
    period: str
    number: int
    company: str
    fingerprint: str
    ledger_head: str
    made_for: str


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """Rows and their sum in one currency."""

    rows: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file and what proves it: its name, bytes, SHA-256, and the control totals of the rows in it."""

    name: str
    content: bytes
    sha256: str
    media_type: str
    rows: int
    totals: tuple[ControlTotal, ...]


def control_totals(rows: Iterable[ExportRow]) -> tuple[ControlTotal, ...]:
    """One total for each currency, in the order of its code."""
    counted: dict[str, tuple[int, int]] = {}
    for row in rows:
        count, minor = counted.get(row.amount.currency, (0, 0))
        counted[row.amount.currency] = (count + 1, minor + row.amount.minor)
    return tuple(ControlTotal(count, Money(minor, code)) for code, (count, minor) in sorted(counted.items()))
