"""What payees owe apart from their pay, for finance: since when, what of it came back, and what waits for approval."""

from dataclasses import dataclass
from datetime import date, datetime

from engine.app.views.choices import NO_WORDS
from engine.core.money import Money
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One earning line that was taken back: `taken` in all, `open` still owed, since that day, `days` ago."""

    line: str
    deal: str
    earned_period: str
    since: date
    days: int
    taken: Money
    open: Money


@dataclass(frozen=True, slots=True)
class ReceivableRow:
    """What one payee owes in one currency: `taken` in all, `repaid` of it, `owed` still (negative: too much came back).

    `waiting` of it is booked as given back and not yet approved. `since` is the oldest day of what is still owed, `days`
    ago; None when nothing is.
    """

    payee: str
    payee_name: Title
    taken: Money
    repaid: Money
    owed: Money
    waiting: Money
    since: date | None
    days: int
    claims: tuple[ClaimRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RepaymentRow:
    """One repayment. `state`: proposed, posted, declined. `takes_back`: it undoes that one. `undone`: it was undone itself.

    `period` is the one that it was posted in, empty before. `may_decide`, `may_call_off` and `may_take_back` say what this
    viewer may do now.
    """

    id: str
    payee: str
    payee_name: Title
    amount: Money
    reference: str
    received_on: date
    note: str
    state: str
    made_at: datetime
    made_by_name: Title
    decided_by_name: Title = NO_WORDS
    takes_back: str = ""
    undone: bool = False
    period: str = ""
    may_decide: bool = False
    may_call_off: bool = False
    may_take_back: bool = False


@dataclass(frozen=True, slots=True)
class Receivables:
    """All that is owed, what waits for somebody's approval, and what was decided last. `totals` is owed, by currency."""

    rows: tuple[ReceivableRow, ...]
    totals: tuple[Money, ...]
    waiting: tuple[RepaymentRow, ...]
    decided: tuple[RepaymentRow, ...]
    today: date


@dataclass(frozen=True, slots=True)
class OwedBack:
    """A payee's own view, in one currency: `owed` at the period's end, `taken` and `repaid` in the period."""

    owed: Money
    taken: Money
    repaid: Money
