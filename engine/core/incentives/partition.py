"""A partition of payees: all that the pay of some people depends on, and what it comes to. A pure function of it.

Payees are independent once everything is credited, so partitions may be calculated anywhere, in any order and size:
their results, put side by side in the order of payees, are the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from engine.core.formulas import EvaluationError
from engine.core.incentives.ledger import LedgerEntry
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.open_days import EVERY_DAY, OpenDays
from engine.core.incentives.owed import owed
from engine.core.incentives.payee_desk import Books
from engine.core.incentives.payees import Payee
from engine.core.incentives.payouts import Posted, Totals, control_totals, differences, digests
from engine.core.incentives.waiting import Waits, all_waits, waiting
from engine.core.problems import Place, Problem
from engine.core.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Partition:
    """Some payees with their books, in order, and what was posted for each of their lines so far, by payee and key.

    `open` are the open days of those for whom some are settled. Books and what was posted may be of all days
    nevertheless; it comes to the same.
    """

    payees: Sequence[tuple[Payee, Books]]
    posted: Mapping[str, Mapping[str, Posted]]
    open: Mapping[str, OpenDays] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Posting:
    """Up to which day it is calculated, and into which period and after which run the differences are posted."""

    as_of: date
    period: str
    after: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a partition comes to: lines worth keeping, entries with their ids, digests by payee, and whom nothing could
    be computed for, and why. `waiting` are by payee the days that are not settled by it."""

    lines: tuple[EarningLine, ...]
    entries: tuple[LedgerEntry, ...]
    digests: Mapping[str, str]
    totals: Totals
    unpaid: tuple[Problem, ...]
    waiting: Mapping[str, Waits]


def calculate_partition(rulebook: Rulebook, partition: Partition, posting: Posting) -> Result:
    """Everything owed to the payees beyond what was posted. For whom a rule lacks something stays as posted, in sight."""
    lines: list[EarningLine] = []
    entries: list[LedgerEntry] = []
    unpaid: list[Problem] = []
    waits: dict[str, Waits] = {}
    for payee, books in partition.payees:
        posted, open_days = partition.posted.get(payee.id, {}), partition.open.get(payee.id, EVERY_DAY)
        try:
            own = _owed(rulebook, payee, books, posting.as_of)
        except EvaluationError as error:
            unpaid.append(Problem(error.code, error.place or Place(payee.id), {"payee": payee.id, **error.params}))
            waits[payee.id] = all_waits(books, posting.as_of)
            continue
        moves = differences(own, posted, posting.period, posting.after)
        entries += moves
        lines += worth_keeping(own, posted, moves, open_days)
        left = waiting(rulebook, payee.id, books, own, posting.as_of)
        waits |= {payee.id: left} if left else {}
    return Result(tuple(lines), tuple(entries), digests(entries), control_totals(entries), tuple(unpaid), waits)


def _owed(rulebook: Rulebook, payee: Payee, books: Books, as_of: date) -> tuple[EarningLine, ...]:
    """What the open days of the books are owed."""
    lines = owed(rulebook, payee, books, as_of)
    return lines if books.open.every else tuple(line for line in lines if books.open.holds(line.on))


def worth_keeping(
    lines: Sequence[EarningLine], posted: Mapping[str, Posted], entries: Sequence[LedgerEntry],
    open_days: OpenDays = EVERY_DAY,
) -> list[EarningLine]:  # fmt: skip
    """The lines that say something new: they move money, or were never posted (a gate not met earns nothing, in sight).
    Of settled days an earlier run tells the latter, and they are the same."""
    moved = {entry.line for entry in entries}
    new = (line for line in lines if line.key in moved or (line.key not in posted and open_days.holds(line.on)))
    return list(new)
