"""A partition of payees: all that the pay of some people depends on, and what it comes to. A pure function of it.

Payees are independent once everything is credited, so partitions may be calculated anywhere, in any order and size:
their results, put side by side in the order of payees, are the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.core.formulas import EvaluationError
from engine.core.incentives.ledger import LedgerEntry
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.owed import owed
from engine.core.incentives.payee_desk import Books
from engine.core.incentives.payees import Payee
from engine.core.incentives.payouts import Posted, Totals, control_totals, differences, digests
from engine.core.problems import Place, Problem
from engine.core.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Partition:
    """Some payees with their books, in order, and what was posted for each of their lines so far, by payee and key."""

    payees: Sequence[tuple[Payee, Books]]
    posted: Mapping[str, Mapping[str, Posted]]


@dataclass(frozen=True, slots=True)
class Posting:
    """Up to which day it is calculated, and into which period and after which run the differences are posted."""

    as_of: date
    period: str
    after: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a partition comes to: lines worth keeping, entries with their ids, digests by payee, and whom nothing could
    be computed for, and why."""

    lines: tuple[EarningLine, ...]
    entries: tuple[LedgerEntry, ...]
    digests: Mapping[str, str]
    totals: Totals
    unpaid: tuple[Problem, ...]


def calculate_partition(rulebook: Rulebook, partition: Partition, posting: Posting) -> Result:
    """Everything owed to the payees beyond what was posted. For whom a rule lacks something stays as posted, in sight."""
    lines: list[EarningLine] = []
    entries: list[LedgerEntry] = []
    unpaid: list[Problem] = []
    for payee, books in partition.payees:
        posted = partition.posted.get(payee.id, {})
        try:
            own = owed(rulebook, payee, books, posting.as_of)
        except EvaluationError as error:
            unpaid.append(Problem(error.code, error.place or Place(payee.id), {"payee": payee.id, **error.params}))
            continue
        moves = differences(own, posted, posting.period, posting.after)
        entries += moves
        lines += worth_keeping(own, posted, moves)
    return Result(tuple(lines), tuple(entries), digests(entries), control_totals(entries), tuple(unpaid))


def worth_keeping(
    lines: Sequence[EarningLine], posted: Mapping[str, Posted], entries: Sequence[LedgerEntry]
) -> list[EarningLine]:
    """The lines that say something new: they move money, or were never posted (a gate not met earns nothing, in sight)."""
    moved = {entry.line for entry in entries}
    return [line for line in lines if line.key in moved or line.key not in posted]
