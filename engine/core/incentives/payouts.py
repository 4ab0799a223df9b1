"""Payout runs: what is owed beyond what was posted, approved by somebody else, posted once, exported."""

from dataclasses import dataclass
from datetime import datetime

from engine.core.money import Money

RUN_STATES = ("draft", "approved", "posted", "exported")


@dataclass(frozen=True, slots=True)
class PayoutRun:
    """One computation of what is owed for a period, on its way to the ledger.

    `period` is the open period it posts into. `after` is the run that was posted before it (empty for the first): it is
    part of the identity. `contents` is a digest of the entries, so what is approved is what is posted. `totals` are the
    control totals, one for each account movement and currency: ("expense>held", Money). `release` is the rulebook's
    fingerprint.
    """

    id: str
    period: str
    after: str
    state: str
    contents: str
    count: int
    totals: tuple[tuple[str, Money], ...]
    release: str
    made_by: str
    made_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None
    posted_by: str = ""
    posted_at: datetime | None = None
    exported_by: str = ""
    exported_at: datetime | None = None
