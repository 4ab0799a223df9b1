"""Exports: a posted run as a file for payroll, noted with its hash and totals; what is paid is posted as paid once."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import cast

from engine.app.dealwright import Dealwright
from engine.app.payouts import find_run
from engine.app.reading import component_title, header_title, rule_of
from engine.app.refusals import Problems, not_done, refusal_problem
from engine.app.views.payouts import ControlTotal, Export
from engine.core.incentives import payouts as core
from engine.core.incentives.ledger import LedgerEntry, Refusal
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.payouts import SET_APART, PayoutRun
from engine.core.incentives.step_texts import REASON_TEXTS
from engine.core.money import Money
from engine.core.numerals import shown_number
from engine.core.periods import next_period, parse_period
from engine.core.problems import Language
from engine.core.records import Partner, Person
from engine.core.rules.header import Title
from engine.exports.commission import Format, Profile, commission_export
from engine.exports.records import ExportFile, ExportHead, ExportRow
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.exports import Export as Noted
from engine.store.exports import ExportBook
from engine.store.ledger_book import LedgerBook
from engine.store.periods import PeriodBook, PostingPeriod
from engine.store.reading import all_records
from engine.store.runs import RunBook


def export(dw: Dealwright, run: str, profile: str, form: str, language: Language, actor: str) -> Export | Problems:
    """The file of a posted run, or why there is none. The first export of a run posts what is paid."""
    return dw.database.run(lambda unit: _export(dw, unit, run, profile, form, language, actor))


def _export(
    dw: Dealwright, unit: Unit, id: str, profile: str, form: str, language: Language, actor: str
) -> Export | Problems:
    run = find_run(unit, id)
    if run is None:
        return (not_done("E104", run=id),)
    if run.state != "exported":
        refused = _pay(dw, unit, run, actor)
        if refused:
            return (refusal_problem(refused),)
    made = commission_export(
        _head(dw, unit, run, actor),
        _rows(dw, unit, run, language),
        cast(Profile, profile),
        cast(Format, form),
        language,
    )
    _note(dw, unit, run, made, profile, form, actor)
    controls = tuple(ControlTotal(Title(t.amount.currency, t.amount.currency), t.rows, t.amount) for t in made.totals)
    return Export(made.name, made.content, made.sha256, controls)


def _pay(dw: Dealwright, unit: Unit, run: PayoutRun, actor: str) -> Refusal | None:
    """Everything payable to the run's payees becomes paid, in the run's period or, behind its close, in the next open one."""
    done = core.export(run, actor, dw.now())
    if isinstance(done, Refusal):
        return done
    payees = sorted({entry.payee for entry in RunBook(unit).entries(run.id)})
    ledger = LedgerBook(unit)
    paid = core.payments((posted.entry for payee in payees for posted in ledger.of_payee(payee)), run)
    period = open_period(dw, unit, run.period)
    ledger.post([replace(entry, posted_period=period) for entry in paid], dw.now())
    RunBook(unit).mark_exported(run.id, actor, dw.now())
    AuditTrail(unit).write(dw.now(), actor, "run.exported", run.id, {"period": run.period})
    return None


def open_period(dw: Dealwright, unit: Unit, wanted: str) -> str:
    """That period while it is open, else the first open one after it, opened when there is none."""
    book, company = PeriodBook(unit), dw.rulebook.company
    period = parse_period(wanted, company)
    while (known := book.find(period.id)) is not None and known.state == "closed":
        period = next_period(period, company)
    book.add(PostingPeriod(period.id, period.start, period.end, "open"))
    return period.id


def _head(dw: Dealwright, unit: Unit, run: PayoutRun, actor: str) -> ExportHead:
    """What the file says of itself: nothing that another export of the same run would say differently.

    `number` is the run's place among the runs of its period; the ledger's head is that of the run's own last entry.
    """
    own = [
        one.id
        for one in reversed(RunBook(unit).all(period=run.period, limit=1000))
        if one.state in ("posted", "exported")
    ]
    company = header_title(dw.rulebook.company.header)
    name = f"{company.show('zh')} {company.show('en')}"
    posted = [one for one in LedgerBook(unit).of_run(run.id) if one.entry.kind != "paid"]
    return ExportHead(
        run.id, run.period, own.index(run.id) + 1, name, run.release, posted[-1].hash if posted else "", actor
    )


def _rows(dw: Dealwright, unit: Unit, run: PayoutRun, language: Language) -> Iterator[ExportRow]:
    """One row for each line that the run releases money of: what payroll pays for it, or takes back.

    What a payee owes by itself stands in a column of its own, and so does what was given back since the run before.
    """
    names = {p.id: (p.name_zh or p.name) if language == "zh" else p.name for p in all_records(unit, Person)}
    names |= {p.id: p.name for p in all_records(unit, Partner)}
    lines = {line.key: line for line in RunBook(unit).lines(run.id)}
    for posted in LedgerBook(unit).of_run(run.id):
        entry = posted.entry
        if (entry.debit, entry.credit) in (("held", "payable"), ("payable", "held")):
            line = lines.get(entry.line) or RunBook(unit).line(entry.line)
            yield _row(dw, entry, line, names.get(entry.payee, entry.payee), language)
    for posted in LedgerBook(unit).by_people_before(run.id):
        if posted.entry.reason in SET_APART:
            yield _repaid(posted.entry, names.get(posted.entry.payee, posted.entry.payee), language)


def _row(dw: Dealwright, entry: LedgerEntry, line: EarningLine | None, name: str, language: Language) -> ExportRow:
    if line is None:
        raise LookupError(f"ledger entry {entry.id} points to a line that no run has")
    rule = rule_of(dw, line.version)
    plan = header_title(rule.header).show(language) if rule else line.plan
    component = component_title(dw, line.version, line.component).show(language)
    return ExportRow(
        entry.payee, name, plan, component, entry.earned_period, entry.posted_period, line.deal, line.event, line.on,
        _base(line), _rate(line), *_paid_and_owed(entry), line.version, str(line.cause.place),
    )  # fmt: skip


def _repaid(entry: LedgerEntry, name: str, language: Language) -> ExportRow:
    """What a payee gave back, or was booked by mistake: nothing is paid for it, and they owe that much less, or more."""
    told, (en, zh) = dict(entry.particulars), REASON_TEXTS[entry.reason]
    return ExportRow(
        entry.payee, name, "", zh if language == "zh" else en, entry.earned_period, entry.posted_period, "",
        told["reference"], date.fromisoformat(told["received_on"]), None, "", *_paid_and_owed(entry), "", "",
    )  # fmt: skip


def _paid_and_owed(entry: LedgerEntry) -> tuple[Money, Money]:
    """What an entry adds to what is paid, and to what the payee owes by itself."""
    amount, nothing = entry.amount if entry.credit == "payable" else -entry.amount, Money.zero(entry.amount.currency)
    return (nothing, -amount) if entry.reason in SET_APART else (amount, nothing)


def _base(line: EarningLine) -> Money | None:
    """What the rate applied to, where it is one whole amount."""
    bases = [slice.base for slice in line.slices if slice.kind == "rate" and slice.amount > 0]
    total = sum(bases, Fraction(0))
    return Money(total.numerator, line.plan_currency) if bases and total.denominator == 1 else None


def _rate(line: EarningLine) -> str:
    rates = (f"{shown_number(slice.rate * 100)}%" for slice in line.slices if slice.kind == "rate")
    return " + ".join(dict.fromkeys(rates))


def _note(dw: Dealwright, unit: Unit, run: PayoutRun, made: ExportFile, profile: str, form: str, actor: str) -> None:
    """What left the house: hash, totals and the ledger's head, an anchor outside the database."""
    book, ledger = ExportBook(unit), LedgerBook(unit)
    twin = book.twin(made.sha256, profile, form)
    number = len(book.all(run=run.id, limit=1000)) + 1
    totals: Iterable[tuple[str, Money]] = ((f"rows {total.rows}", total.amount) for total in made.totals)
    book.add(Noted(
        f"{run.id}/{profile}/{form}/{number}", profile, form, run.id, run.period, made.name, made.sha256, made.rows,
        tuple(totals), run.release, ledger.head(), actor, dw.now(), twin.id if twin else "",
    ))  # fmt: skip
