"""What a calculation leaves waiting: the days whose pay may still change with nothing told of them any more."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from engine.core.incentives.adjustments import due_on
from engine.core.incentives.budgets import is_bounded
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.payee_desk import Books
from engine.core.records import Credit, Grant
from engine.core.rules.plan import Bonus, Commission, ReleasePart
from engine.core.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Waits:
    """Days of a payee that are not settled though they are calculated, in order: pay is held there, or something that is
    known already happens later. `shared` are those of them that bear on others too. The first day there is stands for
    all days."""

    days: tuple[date, ...]
    shared: tuple[date, ...] = ()


def all_waits(books: Books, as_of: date) -> Waits:
    """Of a payee for whom nothing could be computed: all days. What they were credited counts for others all the same."""
    return Waits((date.min,), tuple(sorted(_undone_later(books, as_of))))


def waiting(rulebook: Rulebook, payee: str, books: Books, lines: Iterable[EarningLine], as_of: date) -> Waits | None:
    """What is not settled of a payee; None where everything is."""
    shared = _undone_later(books, as_of)
    found = {*shared, *(line.on for line in lines if line.held), *_taken_back_later(rulebook, books, as_of)}
    if any(grant.payee == payee for grant in _shared_grants(rulebook, books)):
        found.add(date.min)
    return Waits(tuple(sorted(day for day in found if day <= as_of)), tuple(sorted(shared))) if found else None


def _undone_later(books: Books, as_of: date) -> set[date]:
    """Days of credits and grants that are known to be undone after that day."""
    records: Iterator[Credit | Grant] = chain(books.credits, books.grants)
    return {one.on for one in records if one.undone_on and one.on <= as_of < one.undone_on}


def _taken_back_later(rulebook: Rulebook, books: Books, as_of: date) -> Iterator[date]:
    """Days of credits whose deal pays something back after that day: what is released may become less."""
    parts = release_parts(rulebook)
    for credit in books.credits if parts else ():
        progress = books.progress.get(credit.deal)
        back = [one.on for one in progress.receipts if one.amount.minor < 0] if progress else []
        if any(due_on(part, on) > as_of for on in back for part in parts):
            yield credit.on


def _shared_grants(rulebook: Rulebook, books: Books) -> Iterator[Grant]:
    """Grants that tell of a budget which today's rule does not name: they rest on the grants of everybody."""
    parts = ((plan.header.id, part) for plan in rulebook.plans for part in plan.components)
    names = {(plan, part.id) for plan, part in parts if isinstance(part, Bonus) and not is_bounded(part)}
    return (one for one in books.grants if one.budget is not None and (one.plan, one.component) in names)


def release_parts(rulebook: Rulebook) -> Sequence[ReleasePart]:
    """All that pay waits for, under any plan."""
    parts = (part for plan in rulebook.plans for part in plan.components)
    return [one for part in parts if isinstance(part, Commission) for one in part.release]
