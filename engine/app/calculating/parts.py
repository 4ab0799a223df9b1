"""One part of a calculation: read as plain texts, carried out anywhere, handed back as rows for the store."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from engine.app.calculating.open_pay import Groups, OpenPay, groups_of
from engine.core.incentives.adjustments import DealProgress, progress_of
from engine.core.incentives.open_days import EVERY_DAY, OpenDays
from engine.core.incentives.partition import Partition, Posting, calculate_partition
from engine.core.incentives.payee_desk import Books
from engine.core.incentives.payees import Payee
from engine.core.incentives.payouts import Posted
from engine.core.incentives.together import Together
from engine.core.incentives.waiting import release_parts
from engine.core.records import Answer, Credit, Deal, Grant, Partner, Person, Quota, Receipt, Score
from engine.core.rules.rulebook import Rulebook
from engine.store.calculations import Part
from engine.store.database import Unit
from engine.store.ledger_book import LedgerBook
from engine.store.line_codec import LineTexts
from engine.store.queries.pay import bodies_of, deals_of_payees
from engine.store.record_codec import text_records
from engine.store.runs import entry_rows, line_row

SomeRecord = TypeVar("SomeRecord")


@dataclass(frozen=True, slots=True)
class PartWork:
    """What a part of payees needs, as stored texts: it crosses to another process or machine as it is.

    `people` and `partners` are in the order of the parts. `together` is their part of what depends on everybody. `open`
    are the open days of those for whom some are settled; where it is not `complete`, the rest is of these days alone.
    """

    number: int
    posting: Posting
    people: tuple[str, ...]
    partners: tuple[str, ...]
    credits: tuple[str, ...]
    grants: tuple[str, ...]
    quotas: tuple[str, ...]
    scores: tuple[str, ...]
    answers: tuple[str, ...]
    deals: tuple[str, ...]
    receipts: tuple[str, ...]
    posted: Mapping[str, Posted]
    together: Together
    open: Mapping[str, OpenDays]
    complete: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is calculated: for which posting, on which days of whom. `complete`: settled days are read and calculated like
    open ones."""

    rulebook: Rulebook
    posting: Posting
    open: OpenPay
    complete: bool

    def groups(self, payees: Iterable[str]) -> Groups:
        """Those payees by what is read of them."""
        if self.complete:
            return ((tuple(payees), None),)
        return groups_of(self.open, payees, self.rulebook, self.posting.as_of)


def read_part(unit: Unit, number: int, payees: Sequence[str], wanted: Wanted, shared: Together) -> PartWork:
    """All that the pay of those payees depends on, on the days that are wanted."""
    groups, held = wanted.groups(payees), bool(release_parts(wanted.rulebook))
    # How far deals have come is asked only where something is held back until a deal goes on.
    deals = {id for own, only in groups for id in deals_of_payees(unit, own, only)} if held else ()
    posted: dict[str, Posted] = {}
    for own, only in groups:
        posted |= LedgerBook(unit).posted(own, only.windows if only else None)
    return PartWork(
        number, wanted.posting, bodies_of(unit, Person, payees), bodies_of(unit, Partner, payees),
        _bodies(unit, Credit, groups), _bodies(unit, Grant, groups), _bodies(unit, Quota, groups),
        _bodies(unit, Score, groups), _bodies(unit, Answer, groups), bodies_of(unit, Deal, deals),
        bodies_of(unit, Receipt, deals), posted, Together({payee: shared.of(payee) for payee in payees}),
        {payee: days for payee in payees if not (days := wanted.open.days[payee]).every}, wanted.complete,
    )  # fmt: skip


def _bodies(unit: Unit, kind: type, groups: Groups) -> tuple[str, ...]:
    return tuple(body for own, only in groups for body in bodies_of(unit, kind, own, only))


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for cycles meanwhile: records have none, and with many of them it takes a sixth of the time."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


@uncollected()
def carry_out(rulebook: Rulebook, work: PartWork) -> Part:
    """The part calculated, as rows."""
    credits = text_records(Credit, work.credits)
    result = calculate_partition(rulebook, _partition(work, credits), work.posting)
    texts = LineTexts({credit.id: (credit, text) for credit, text in zip(credits, work.credits, strict=True)})
    lines = [line_row(line, texts) for line in result.lines]
    rows = entry_rows(result.entries)
    return Part(work.number, lines, rows, result.digests, result.totals, result.unpaid, result.waiting, texts.frames)


def _partition(work: PartWork, known: Sequence[Credit]) -> Partition:
    """The texts as records, sorted out by payee; `known` are the credits."""
    credits, quotas = _by(known, "payee"), _by(text_records(Quota, work.quotas), "person")
    scores = _by(text_records(Score, work.scores), "person")
    answers = _by(text_records(Answer, work.answers), "person")
    grants, progress = _by(text_records(Grant, work.grants), "payee"), _progress(work)
    payees: list[Payee] = [*text_records(Person, work.people), *text_records(Partner, work.partners)]
    posted: dict[str, dict[str, Posted]] = {}
    for key, one in work.posted.items():
        posted.setdefault(one.payee, {})[key] = one
    books = [
        Books(
            credits.get(id, ()),
            grants.get(id, ()),
            quotas.get(id, ()),
            progress,
            scores=scores.get(id, ()),
            answers=answers.get(id, ()),
            together=work.together,
            open=EVERY_DAY if work.complete else work.open.get(id, EVERY_DAY),
        )
        for id in (payee.id for payee in payees)
    ]
    return Partition(tuple(zip(payees, books, strict=True)), posted, work.open)


def _progress(work: PartWork) -> Mapping[str, DealProgress]:
    """By deal, what releases wait for."""
    receipts = _by(text_records(Receipt, work.receipts), "deal")
    return {deal.id: progress_of(deal, receipts.get(deal.id, ())) for deal in text_records(Deal, work.deals)}


def _by(records: Iterable[SomeRecord], name: str) -> dict[str, list[SomeRecord]]:
    found: dict[str, list[SomeRecord]] = {}
    for record in records:
        found.setdefault(getattr(record, name), []).append(record)
    return found
