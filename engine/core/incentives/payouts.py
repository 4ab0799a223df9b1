"""Payout runs: what is owed beyond what was posted, approved by somebody else, posted once, exported."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine.core.incentives.identity import derived_id, ids_after
from engine.core.incentives.ledger import APART, Account, LedgerEntry, Refusal, balance
from engine.core.incentives.lines import EarningLine
from engine.core.money import Money

Totals = tuple[tuple[str, Money], ...]
"""Control totals by the name of the movement: ("expense>held", Money)."""

RUN_STATES = ("draft", "approved", "posted", "exported")


@dataclass(frozen=True, slots=True)
class PayoutRun:
    """One computation of what is owed for a period, on its way to the ledger.

    `period` is the open period it posts into. `after` is the run that was posted before it (empty for the first): it is
    part of the identity. `contents` is a digest of the entries, so what is approved is what is posted. `totals` are the
    control totals, one for each kind of movement and currency: ("expense>held", Money). `release` is the rulebook's
    fingerprint.
    """

    id: str
    period: str
    after: str
    state: str
    contents: str
    count: int
    totals: Totals
    release: str
    made_by: str
    made_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None
    posted_by: str = ""
    posted_at: datetime | None = None
    exported_by: str = ""
    exported_at: datetime | None = None


SET_APART = ("receivable", "repaid", "repaid_undone")
"""Reasons of entries that are between the company and the payee apart from pay: what is owed, what came back, and what
was booked as such by mistake."""

RUN_REFUSALS = (
    ("already_done", "E054"),
    ("wrong_state", "E055"),
    ("own_run", "E056"),
    ("contents_changed", "E057"),
)
"""Every reason to refuse a step of a run, with the code of its words, in the order in which they are checked."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What the ledger says of one earning line so far, in whole minor units."""

    line: str
    payee: str
    currency: str
    earned_period: str
    earned: int = 0
    released: int = 0
    event: str = ""
    rule: str = ""


def posted_by_line(entries: Iterable[LedgerEntry]) -> dict[str, Posted]:
    """What was posted for each line, by its key; entries that concern no line are left out."""
    found: dict[str, Posted] = {}
    for entry in entries:
        if not entry.line:
            continue
        fresh = Posted(
            entry.line, entry.payee, entry.amount.currency, entry.earned_period, 0, 0, entry.event, entry.rule
        )
        found[entry.line] = with_total(found.get(entry.line, fresh), entry.debit, entry.credit, entry.amount.minor)
    return found


def with_total(so_far: Posted, debit: str, credit: str, minor: int) -> Posted:
    """What was posted for a line with one more movement, or the total of several alike, counted in."""
    return replace(
        so_far,
        earned=so_far.earned + minor * _direction(debit, credit, "expense", "held"),
        released=so_far.released + minor * _direction(debit, credit, "held", "payable"),
    )


def differences(
    lines: Sequence[EarningLine], posted: Mapping[str, Posted], posted_period: str, after: str | None = None
) -> tuple[LedgerEntry, ...]:
    """The entries that bring the ledger from what was posted to what is owed; none when nothing changed.

    `posted` must hold the lines of the same payees, components and windows as `lines`, and no others: a posted line
    that is no longer owed goes back to nothing. The entries carry no run yet (`draft_run` gives it to them), and have ids
    only where it is said `after` which run they are posted.
    """
    maker = _Entries(posted_period, None if after is None else ids_after("entry", posted_period, after))
    owed = {line.key for line in lines}
    found = [entry for line in lines for entry in maker.of_line(line, posted.get(line.key))]
    gone = [past for key, past in sorted(posted.items()) if key not in owed]
    return (*found, *(entry for past in gone for entry in maker.of_gone(past)))


def draft_run(
    period: str, after: str, entries: Sequence[LedgerEntry], release: str, by: str, at: datetime
) -> tuple[PayoutRun, tuple[LedgerEntry, ...]]:
    """The draft of a run and its entries, named after their causes: the same differences after the same run are it."""
    found = named(period, after, entries)
    run = run_of(period, after, digests(found), len(found), control_totals(found), release, by, at)
    return run, tuple(replace(entry, run=run.id) for entry in found)


def named(period: str, after: str, entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """The entries with their ids. There is one run of a period after each other run, so an id needs no run's name."""
    id_of = ids_after("entry", period, after)
    return tuple(replace(e, id=id_of(e.line, e.payee, e.debit, e.credit)) for e in entries)


def run_of(
    period: str, after: str, digests: Mapping[str, str], count: int, totals: Totals, release: str, by: str, at: datetime
) -> PayoutRun:
    """The draft whose entries have those digests by payee, in whatever parts they were computed."""
    contents = derived_id("contents", *(text for pair in sorted(digests.items()) for text in pair))
    return PayoutRun(
        derived_id("run", period, after, contents), period, after, "draft", contents, count, totals, release, by, at
    )


def approve(run: PayoutRun, by: str, at: datetime) -> PayoutRun | Refusal:
    """The run approved by somebody who did not make it."""
    refusal = _refusal(run, "draft", "approved", by=by, own=True)
    return refusal or replace(run, state="approved", approved_by=by, approved_at=at)


def post(run: PayoutRun, entries: Sequence[LedgerEntry], by: str, at: datetime) -> PayoutRun | Refusal:
    """The run posted, when its entries are those that were approved."""
    refusal = _refusal(run, "approved", "posted", by=by, contents=contents_of(entries))
    return refusal or replace(run, state="posted", posted_by=by, posted_at=at)


def export(run: PayoutRun, by: str, at: datetime) -> PayoutRun | Refusal:
    """The run exported."""
    refusal = _refusal(run, "posted", "exported", by=by)
    return refusal or replace(run, state="exported", exported_by=by, exported_at=at)


def payments(entries: Iterable[LedgerEntry], run: PayoutRun) -> tuple[LedgerEntry, ...]:
    """What is paid to each payee in each currency: everything payable, where it is positive. By payee, then currency.

    A negative balance (a clawback beyond what is due) stays and is netted against what comes later. What the payee owes
    by itself (`SET_APART`) is deducted from nothing, and what they pay back is not paid out.
    """
    by_payee: dict[tuple[str, str], list[LedgerEntry]] = {}
    for entry in entries:
        if entry.reason in SET_APART:
            continue
        by_payee.setdefault((entry.payee, entry.amount.currency), []).append(entry)
    due = ((key, balance(own, "payable", key[1])) for key, own in sorted(by_payee.items()))
    return tuple(_payment(payee, amount, run) for (payee, _), amount in due if amount.minor > 0)


def contents_of(entries: Iterable[LedgerEntry]) -> str:
    """A digest of what the entries move, whatever their order; their run and ids are no part of it."""
    return derived_id("contents", *(text for pair in sorted(digests(entries).items()) for text in pair))


def digests(entries: Iterable[LedgerEntry]) -> dict[str, str]:
    """By payee, a digest of what their entries move."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    for e in entries:
        row = (
            e.line,
            e.kind,
            e.debit,
            e.credit,
            str(e.amount.minor),
            e.amount.currency,
            e.earned_period,
            e.posted_period,
        )
        rows.setdefault(e.payee, []).append(row)
    return {payee: derived_id("moves", *(text for row in sorted(own) for text in row)) for payee, own in rows.items()}


def movement(entry: LedgerEntry) -> str:
    """The name of what the entry moves: `expense>held`; `payable>held:apart` for what is between the company and the payee
    apart from pay."""
    return f"{entry.debit}>{entry.credit}{APART if entry.reason in SET_APART else ''}"


def control_totals(entries: Iterable[LedgerEntry]) -> Totals:
    """The sum of each kind of movement in each currency, by name: ("expense>held", Money)."""
    sums: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (movement(entry), entry.amount.currency)
        sums[key] = sums.get(key, 0) + entry.amount.minor
    return tuple((name, Money(minor, currency)) for (name, currency), minor in sorted(sums.items()))


def _refusal(
    run: PayoutRun, wanted: str, then: str, by: str, own: bool = False, contents: str | None = None
) -> Refusal | None:
    broken = {
        "already_done": RUN_STATES.index(run.state) >= RUN_STATES.index(then),
        "wrong_state": run.state != wanted,
        "own_run": own and by == run.made_by,
        "contents_changed": contents is not None and contents != run.contents,
    }
    params = (("run", run.id), ("state", run.state), ("wanted", wanted), ("then", then), ("by", by))
    return next((Refusal(name, code, params) for name, code in RUN_REFUSALS if broken[name]), None)


def _direction(debit: str, credit: str, source: Account, target: Account) -> int:
    """1 for a movement from source to target, -1 for one back, 0 for any other."""
    return ((debit, credit) == (source, target)) - ((debit, credit) == (target, source))


@dataclass(frozen=True, slots=True)
class _Entries:
    """Makes the entries of lines, posted into a period; `id_of` a line, payee and two accounts is what they are named."""

    period: str
    id_of: Callable[[str, str, str, str], str] | None

    def of_line(self, line: EarningLine, past: Posted | None) -> list[LedgerEntry]:
        """What brings the ledger from what was posted to what the line owes."""
        earned = line.earned.minor - (past.earned if past else 0)
        released = line.released.minor - (past.released if past else 0)
        if not earned and not released:
            return []
        reason = "clawback" if earned < 0 and line.taken_back else "recalculated" if past and past.earned else "earned"
        reason = "receivable" if line.taken_back and line.settled == "receivable" else reason
        about = (line.payee, line.key, line.earned_period, line.event, line.version, line.earned.currency)
        return self._moves(about, earned, released, reason)

    def of_gone(self, past: Posted) -> list[LedgerEntry]:
        """What brings back to nothing what is no longer owed."""
        about = (past.payee, past.line, past.earned_period, past.event, past.rule, past.currency)
        return self._moves(about, -past.earned, -past.released, "withdrawn")

    def _moves(self, about: tuple[str, ...], earned: int, released: int, reason: str) -> list[LedgerEntry]:
        """The movement of what is earned, then that of what is released; backwards where it became less."""
        found = [self._move(about, "earned", "expense", "held", earned, reason)] if earned else []
        if released:
            why = "released" if released > 0 else reason
            found.append(self._move(about, "released", "held", "payable", released, why))
        return found

    def _move(
        self, about: tuple[str, ...], kind: str, source: Account, target: Account, minor: int, reason: str
    ) -> LedgerEntry:
        payee, line, earned_period, event, rule, currency = about
        kind, debit, credit = (kind, source, target) if minor > 0 else ("reversed", target, source)
        return LedgerEntry(
            self.id_of(line, payee, debit, credit) if self.id_of else "", "", kind, debit, credit, payee,
            Money(abs(minor), currency), line, earned_period, self.period, reason, event=event, rule=rule,
        )  # fmt: skip


def _payment(payee: str, amount: Money, run: PayoutRun) -> LedgerEntry:
    id = derived_id("entry", run.id, "payment", payee, amount.currency)
    return LedgerEntry(id, run.id, "paid", "payable", "paid", payee, amount, "", run.period, run.period, "paid")
