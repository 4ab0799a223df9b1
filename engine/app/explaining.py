"""Why something is as it is, from a task, an earning line or a ledger entry back to the event, the rule and the facts."""

from typing import Any

from engine.app.access import NotThere, NotYours, may, sees_pay_of
from engine.app.dealwright import Dealwright
from engine.app.reading import around
from engine.app.views.choices import Belongs
from engine.app.views.explaining import CauseLink, Explanation, SliceRow, StepRow
from engine.app.views.users import User
from engine.app.why import condition_rows, event_row, excerpt, fact_rows, notes_of, sentence
from engine.app.words import word
from engine.core.incentives.explain import arithmetic, step_words
from engine.core.incentives.lines import EarningLine, Slice
from engine.core.incentives.step_texts import REASON_TEXTS, STEP_TITLES
from engine.core.money import ExactMoney, Money
from engine.core.numerals import shown_number
from engine.core.problems import Language
from engine.core.records import Cause, Task
from engine.core.rules.header import Title
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.ledger_book import LedgerBook, PostedEntry
from engine.store.queries.finding import find
from engine.store.runs import RunBook
from engine.store.state import SqlState


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
        return _of_entry(dw, unit, posted), posted.entry.payee
    line = RunBook(unit).line(id)
    assert line is not None, "it was found a moment ago"
    return of_line(dw, unit, line), line.payee


def _allow_pay(dw: Dealwright, viewer: User, payee: str, id: str) -> None:
    if not sees_pay_of(viewer, payee):
        raise NotYours(id)
    if viewer.person != payee:
        dw.database.run(lambda unit: AuditTrail(unit).write(dw.now(), viewer.actor, "pay.viewed", payee, {"id": id}))


def _of_task(dw: Dealwright, unit: Unit, id: str, viewer: User) -> Explanation:
    task = SqlState(unit).task(id)
    if task is None:
        raise NotThere(id)
    belongs = around(unit).belongs([task.owner], dw.now().date())
    if not may(viewer, "task.see", belongs):
        raise NotYours(id)
    return task_explanation(dw, unit, task, belongs)


def task_explanation(dw: Dealwright, unit: Unit, task: Task, belongs: Belongs) -> Explanation:
    """Why a task exists: each rule that wanted it, the event, the facts, and what moved its date."""
    first = task.reasons[0]
    due = task.due_at.astimezone(dw.zone).strftime("%Y-%m-%d %H:%M")
    notes = notes_of(first)
    answer = Title(f"Due {due}. {sentence(dw, first).en}", f"截止 {due}。{sentence(dw, first).zh}")
    links = tuple(CauseLink(sentence(dw, cause)) for cause in task.reasons[1:])
    if notes.en:
        links = (CauseLink(notes), *links)
    return Explanation(
        task.id, "task", Title(*task.title), answer, belongs, None, event_row(dw, EventLog(unit), first.event),
        tuple(part for cause in task.reasons for part in excerpt(dw, cause)), fact_rows(dw, first),
        condition_rows(dw, first), causes=links, release=first.release,
    )  # fmt: skip


def of_line(dw: Dealwright, unit: Unit, line: EarningLine) -> Explanation:
    """A line's whole story: arithmetic, every step of the fixed order, slices, rule, event, facts, ledger entries."""
    steps = tuple(_step(step, line.earned.currency) for step in line.steps)
    entries = LedgerBook(unit).of_line(line.key)
    links = tuple(CauseLink(_entry_title(posted), posted.entry.id) for posted in entries)
    result = f"{line.earned}"
    answer = Title(arithmetic(line) or result, arithmetic(line) or result)
    return Explanation(
        line.key, "line", line_title(dw, line), answer, Belongs(frozenset({line.payee})), line.earned,
        event_row(dw, EventLog(unit), line.event) if line.event else None, _component_excerpt(dw, line),
        fact_rows(dw, line.cause), condition_rows(dw, line.cause), slices=tuple(_slice(s, line) for s in line.slices),
        steps=steps, causes=links, release=line.cause.release,
    )  # fmt: skip


def _component_excerpt(dw: Dealwright, line: EarningLine) -> tuple[Any, ...]:
    """The crediting rule, and the rate table where slices point to one."""
    tiers = {slice.place for slice in line.slices}
    causes = [line.cause, *(Cause(line.version, place, line.event) for place in sorted(tiers)[:1])]
    return tuple(part for cause in causes for part in excerpt(dw, cause))


def line_title(dw: Dealwright, line: EarningLine) -> Title:
    """The component's title and the deal."""
    title = component_title(dw, line.version, line.component)
    return Title(f"{title.show('en')} {line.deal}".strip(), f"{title.show('zh')} {line.deal}".strip())


def component_title(dw: Dealwright, version: str, component: str) -> Title:
    """The title of a plan's component or a programme's incentive; its id where it has none."""
    parts = (
        *(part for plan in dw.rulebook.plans if plan.header.version == version for part in plan.components),
        *(part for programme in dw.rulebook.programmes if programme.header.version == version for part in programme.referrals),
    )
    found: Title | None = next((getattr(part, "title", None) for part in parts if part.id == component), None)
    return Title(found.show("en"), found.show("zh")) if found and (found.en or found.zh) else word(component)


def _step(step: Any, currency: str) -> StepRow:
    words = Title(step_words(step, "en"), step_words(step, "zh"))
    after = str(ExactMoney(step.after, currency)) if step.after is not None else ""
    titles = STEP_TITLES[step.name]
    return StepRow(step.name, Title(*titles), words, after, step.code not in ("none", "off"))


def _slice(slice: Slice, line: EarningLine) -> SliceRow:
    currency, ratio = line.earned.currency, slice.scale == "attainment"

    def position(value: Any) -> str:
        return f"{shown_number(value * 100)}%" if ratio else shown_number(value)

    whole = slice.kind == "rate" and slice.base.denominator == 1
    base = Money(slice.base.numerator, currency) if whole else None
    rate = f"{shown_number(slice.rate * 100)}%" if slice.kind in ("rate", "rerated") else str(ExactMoney(slice.rate, currency))
    return SliceRow(position(slice.start), position(slice.end), base, rate, str(ExactMoney(slice.amount, currency)))


def _of_entry(dw: Dealwright, unit: Unit, posted: PostedEntry) -> Explanation:
    """Why a ledger entry was posted: its reason, its run, and the line it brings up to date."""
    entry = posted.entry
    line = RunBook(unit).line(entry.line) if entry.line else None
    reason = REASON_TEXTS.get(entry.reason, (entry.reason, entry.reason))
    move = f"{entry.debit} → {entry.credit}"
    answer = Title(f"{reason[0]}: {entry.amount} ({move}), posted in {entry.posted_period}, earned in {entry.earned_period}",
                   f"{reason[1]}：{entry.amount}（{move}），入账期间 {entry.posted_period}，所属期间 {entry.earned_period}")  # fmt: skip
    links = (CauseLink(line_title(dw, line), line.key),) if line else ()
    whole = of_line(dw, unit, line) if line else None
    return Explanation(
        entry.id, "entry", _entry_title(posted), answer, Belongs(frozenset({entry.payee})), entry.amount,
        whole.event if whole else None, whole.rules if whole else (), whole.facts if whole else (),
        whole.conditions if whole else (), ((word(entry.kind), str(entry.amount)),), whole.slices if whole else (),
        whole.steps if whole else (), links, whole.release if whole else "",
    )  # fmt: skip


def _entry_title(posted: PostedEntry) -> Title:
    entry = posted.entry
    reason = REASON_TEXTS.get(entry.reason, (entry.reason, entry.reason))
    return Title(f"{reason[0]} {entry.amount} ({entry.posted_period})", f"{reason[1]} {entry.amount}（{entry.posted_period}）")


def as_data(found: Explanation) -> dict[str, Any]:
    """The explanation as plain data, for `--json`."""
    return {
        "id": found.id, "kind": found.kind, "title": _both(found.title), "answer": _both(found.answer),
        "result": str(found.result) if found.result else None, "release": found.release,
        "event": {"id": found.event.id, "type": found.event.type, "at": found.event.at.isoformat(), "said": _both(found.event.detail)}
        if found.event else None,
        "rules": [{"place": str(rule.place), "version": rule.version, "lines": list(rule.lines)} for rule in found.rules],
        "facts": {row.name: row.value.en for row in found.facts},
        "conditions": [{"text": row.text, "place": str(row.place), "met": row.met} for row in found.conditions],
        "slices": [[row.start, row.end, str(row.base or ""), row.rate, row.amount] for row in found.slices],
        "steps": [{"step": row.id, "words": _both(row.words), "after": row.after} for row in found.steps],
        "causes": [{"id": link.id, "title": _both(link.title)} for link in found.causes],
    }  # fmt: skip


def _both(title: Title) -> dict[str, str]:
    return {"en": title.show("en"), "zh": title.show("zh")}


def as_lines(found: Explanation, language: Language) -> list[str]:
    """The explanation as lines of text: answer, event, facts, conditions, steps, rule, links."""
    met = {True: "✓", False: "✗", None: "?"}
    lines = [found.title.show(language), f"  {found.answer.show(language)}"]
    if found.event:
        lines.append(f"  {found.event.title.show(language)} {found.event.id}: {found.event.detail.show(language)}")
    lines += [f"  {row.title.show(language)} = {row.value.show(language)}" for row in found.facts]
    lines += [f"  {met[row.met]} {row.text} ({row.place})" for row in found.conditions]
    lines += [f"  {row.words.show(language)}" for row in found.steps]
    for rule in found.rules:
        lines += [f"  {rule.place}", *(f"    {number:4d}  {text}" for number, text in rule.lines)]
    return [*lines, *(f"  → {link.title.show(language)} {link.id}" for link in found.causes)]
