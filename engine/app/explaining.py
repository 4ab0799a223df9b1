"""Why something is as it is, from a task, an earning line or a ledger entry back to the event, the rule and the facts."""

from engine.app.access import NotThere, NotYours, sees_pay_of
from engine.app.behind import behind, event_row, sentence
from engine.app.dealwright import Dealwright
from engine.app.line_causes import entry_title, line_title, of_line
from engine.app.reading import Around, around, component_title
from engine.app.seeing import seen_task
from engine.app.views.choices import Belongs
from engine.app.views.explaining import CauseLink, Explanation
from engine.app.views.users import User
from engine.app.why import condition_rows, excerpt, fact_rows, notes_of
from engine.app.words import ACCOUNTS
from engine.core.incentives.ledger import LedgerEntry
from engine.core.incentives.step_texts import REASON_TEXTS
from engine.core.money import Money
from engine.core.problems import Language
from engine.core.records import Task
from engine.core.rules.header import Title
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.ledger_book import LedgerBook, PostedEntry
from engine.store.queries.finding import find
from engine.store.runs import RunBook


def explain(dw: Dealwright, id: str, viewer: User) -> Explanation:
    """The explanation of a task, line, or ledger entry, by its id or the beginning of it.

    Raises NotThere, and NotYours for what this viewer may not see; whose pay was looked at is written in the audit trail.
    """
    with dw.database.unit() as unit:
        found = find(unit, id, kinds=("task", "line", "entry"), limit=2)
        if len(found) != 1:
            raise NotThere(id)
        explanation, payee = _explained(dw, unit, found[0].kind, found[0].id, viewer)
    if payee:
        _allow_pay(dw, viewer, payee, found[0].id)
    return explanation


def _explained(dw: Dealwright, unit: Unit, kind: str, id: str, viewer: User) -> tuple[Explanation, str]:
    """The explanation and, for pay, whose it is."""
    if kind == "task":
        return _of_task(dw, unit, id, viewer), ""
    if kind == "entry":
        posted = LedgerBook(unit).find(id)
        assert posted is not None, "it was found a moment ago"
        line = RunBook(unit).line(posted.entry.line) if posted.entry.line else None
        return _of_entry(dw, unit, posted, around(unit, [line.deal] if line else [])), posted.entry.payee
    line = RunBook(unit).line(id)
    assert line is not None, "it was found a moment ago"
    return of_line(dw, unit, line, around(unit, [line.deal])), line.payee


def _allow_pay(dw: Dealwright, viewer: User, payee: str, id: str) -> None:
    if not sees_pay_of(viewer, payee):
        raise NotYours(id)
    if viewer.person != payee:
        dw.database.run(lambda unit: AuditTrail(unit).write(dw.now(), viewer.actor, "pay.viewed", payee, {"id": id}))


def _of_task(dw: Dealwright, unit: Unit, id: str, viewer: User) -> Explanation:
    task, known = seen_task(dw, unit, id, viewer)
    return task_explanation(dw, unit, task, known)


def task_explanation(dw: Dealwright, unit: Unit, task: Task, known: Around) -> Explanation:
    """Why a task exists: what began it, each rule that wanted it, the event, the facts, and what moved its date."""
    first, stand = task.reasons[0], behind(unit, [task], known)
    began = stand.enrolments[task.enrolment].cause if task.enrolment in stand.enrolments else first
    causes = task.reasons if began is first else (began, *task.reasons)
    due = task.due_at.astimezone(dw.zone).strftime("%Y-%m-%d %H:%M")
    why, notes = sentence(dw, first, stand, task.enrolment, task.step), notes_of(dw, first)
    answer = Title(f"{why.en}. Due {due}.", f"{why.zh}。截止 {due}。")
    links = tuple(CauseLink(sentence(dw, cause, stand)) for cause in task.reasons[1:])
    return Explanation(
        task.id, "task", Title(*task.title), answer, known.belongs([task.owner], dw.now().date()), None,
        event_row(dw, unit, began.event, known), tuple(part for one in causes for part in excerpt(dw, one.rule, one.place)),
        fact_rows(dw, first, known) or fact_rows(dw, began, known), condition_rows(dw, first, known) or condition_rows(dw, began, known),
        causes=(CauseLink(notes), *links) if notes.en else links, release=first.release,
    )  # fmt: skip


def _of_entry(dw: Dealwright, unit: Unit, posted: PostedEntry, known: Around) -> Explanation:
    """Why a ledger entry was posted: its reason, and the line it brings up to date or the releases that it pays."""
    entry = posted.entry
    line = RunBook(unit).line(entry.line) if entry.line else None
    whole = of_line(dw, unit, line, known) if line else None
    rows = _paid_for(dw, unit, entry) if entry.kind == "paid" else _moved_so_far(unit, posted) if line else ()
    return Explanation(
        entry.id, "entry", entry_title(entry), _entry_answer(entry, known.person(entry.payee)),
        Belongs(frozenset({entry.payee})), entry.amount, whole.event if whole else None, whole.rules if whole else (),
        whole.facts if whole else (), whole.conditions if whole else (), rows, whole.slices if whole else (),
        whole.steps if whole else (), (CauseLink(line_title(dw, line), line.key),) if line else (),
        whole.release if whole else "",
    )  # fmt: skip


def _entry_answer(entry: LedgerEntry, payee: Title) -> Title:
    reason = REASON_TEXTS.get(entry.reason, (entry.reason, entry.reason))
    source, target = ACCOUNTS[entry.debit], ACCOUNTS[entry.credit]
    by = f" ({entry.actor}: {entry.note})" if entry.note else ""
    return Title(
        f"{entry.amount} of {payee.show('en')}, {reason[0]}: from “{source[0]}” to “{target[0]}”; "
        f"posted in {entry.posted_period}, earned in {entry.earned_period}{by}",
        f"{payee.show('zh')}的 {entry.amount}，{reason[1]}：由“{source[1]}”转入“{target[1]}”；"
        f"入账期间 {entry.posted_period}，所属期间 {entry.earned_period}{by}",
    )


def _moved_so_far(unit: Unit, posted: PostedEntry) -> tuple[tuple[Title, str], ...]:
    """What was moved between these two accounts for the line before, now, and together."""
    entry, way = posted.entry, (posted.entry.debit, posted.entry.credit)
    sums = Money.zero(entry.amount.currency)
    for other in LedgerBook(unit).of_line(entry.line):
        if other.entry.id == entry.id:
            break
        there = (other.entry.debit, other.entry.credit)
        sums = sums + other.entry.amount if there == way else sums - other.entry.amount if there == way[::-1] else sums
    rows = (
        (("Moved before", "此前已转"), sums),
        (("This entry", "本条"), entry.amount),
        (("Together", "合计"), sums + entry.amount),
    )
    return tuple((Title(*words), str(amount)) for words, amount in rows)


def _paid_for(dw: Dealwright, unit: Unit, entry: LedgerEntry) -> tuple[tuple[Title, str], ...]:
    """The releases of the run that a payment pays, by component; last the payment."""
    sums: dict[tuple[str, str], Money] = {}
    for posted in LedgerBook(unit).of_payee(entry.payee, entry.posted_period):
        own, way = posted.entry, (posted.entry.debit, posted.entry.credit)
        if own.amount.currency == entry.amount.currency and way in (("held", "payable"), ("payable", "held")):
            line = RunBook(unit).line(own.line)
            key = (line.version, line.component) if line else ("", "")
            amount = own.amount if way == ("held", "payable") else -own.amount
            sums[key] = sums.get(key, Money.zero(entry.amount.currency)) + amount
    found = [(component_title(dw, *key), str(amount)) for key, amount in sorted(sums.items())]
    return (*found, (Title("Paid", "已付"), str(entry.amount)))


def as_lines(found: Explanation, language: Language) -> list[str]:
    """The explanation as lines of text: answer, event, facts, conditions, steps, rule, links."""
    met = {True: "✓", False: "✗", None: "?"}
    lines = [found.title.show(language), f"  {found.answer.show(language)}"]
    if found.event:
        lines.append(f"  {found.event.title.show(language)} {found.event.id}: {found.event.detail.show(language)}")
    lines += [f"  {words.show(language)}" for words in found.reasons]
    lines += [f"  {row.title.show(language)} = {row.value.show(language)}" for row in found.facts]
    lines += [f"  {met[row.met]} {row.text} ({row.place})" for row in found.conditions]
    lines += [f"  {row.words.show(language)}" for row in found.steps]
    for rule in found.rules:
        lines += [f"  {rule.place}", *(f"    {number:4d}  {text}" for number, text in rule.lines)]
    return [*lines, *(f"  → {link.title.show(language)} {link.id}" for link in found.causes)]
