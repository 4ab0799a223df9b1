"""What rules would have asked of a person on a day and did not, each with its reason, the rule's line and the facts."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from engine.app.access import NotThere, NotYours, may
from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around, rule_of, rule_title
from engine.app.views.explaining import Explanation
from engine.app.views.users import User
from engine.app.why import fact_rows, notes_of
from engine.app.words import day_title
from engine.core.outcomes import Passed
from engine.core.records import Enrolment, Task
from engine.core.rules.cadence import Cadence
from engine.core.rules.header import Title
from engine.store.database import Unit
from engine.store.queries.not_made import passed_for
from engine.store.reading import records_by_id
from engine.store.state import SqlState

AT_MOST = 200
"""Lines of one answer."""

_WHY: Mapping[str, tuple[str, str]] = MappingProxyType({
    "condition not met": ("its condition did not hold", "条件不成立"),
    "skip condition met": ("the condition for leaving it out held", "满足跳过条件"),
    "daily limit": ("the day was full", "当日已满"), "history": ("it was told as history", "作为历史数据录入"),
    "no_owner": ("nobody has the deal or the customer", "商机或客户没有负责人"),
    "no_deal": ("it is about no deal", "与商机无关"), "no_account": ("it is about no customer", "与客户无关"),
    "no_ticket": ("it is about no ticket", "与工单无关"), "no_manager": ("there is no manager", "没有上级"),
    "never_again": ("the deal has been in the cadence before", "该商机曾进入此跟进"),
    "already_enrolled": ("the deal is in the cadence", "该商机正处于此跟进中"),
    "too_soon": ("it has ended too recently", "距上次结束时间太短"),
    "removed_by_hand": ("it was taken out by hand", "曾被手动移出"), "not_in_force": ("no version is in force", "没有生效的版本"),
})  # fmt: skip


def not_made(dw: Dealwright, person: str, on: date, viewer: User) -> Explanation:
    """What was not asked of that person on that day. Raises NotThere for nobody's name, NotYours for whose work the viewer
    does not see."""
    with dw.database.unit() as unit:
        if SqlState(unit).person(person) is None:
            raise NotThere(person)
        belongs = around(unit).belongs([person], dw.now().date())
        if not may(viewer, "task.see", belongs):
            raise NotYours(person)
        cadences = {cadence.header.id for cadence in (*dw.rulebook.cadences, *dw.rulebook.former)}
        rows = passed_for(unit, person, on, cadences, AT_MOST)
        found = [one.outcome for one in rows if isinstance(one.outcome, Passed)]
        deals = _deals_of(unit, found)
        known = around(unit, set(deals.values()))
    day, name = day_title(on, dw.now().astimezone(dw.zone).date()), known.person(person)
    said = [_line(dw, one, deals.get(one.subject, one.subject), known) for one in found]
    return Explanation(
        person, "not_made", Title(f"{name.show('en')}, {day.en}", f"{name.show('zh')}，{day.zh}"),
        _answer(len(said)), belongs, reasons=tuple(said),
    )  # fmt: skip


def _answer(number: int) -> Title:
    if not number:
        return Title("Nothing that a rule wanted was left out.", "没有任何规则要求的事项被略去。")
    return Title(
        f"Rules wanted this as well, and it was not asked: {number}.",
        f"以下 {number} 项为规则所要求，但当日未产生任务。",
    )


def _deals_of(unit: Unit, found: Sequence[Passed]) -> dict[str, str]:
    """By what was passed over, its deal; what is no follow-up and no task is a deal itself."""
    ids = sorted({one.subject for one in found})
    enrolments = {one.id: one.deal for one in records_by_id(unit, Enrolment, ids)}
    return {id: id for id in ids} | enrolments | {one.id: one.deal for one in records_by_id(unit, Task, ids)}


def _line(dw: Dealwright, passed: Passed, deal: str, known: Around) -> Title:
    """One line: for which deal, which step of which rule, why not, what was read, what became of it, where it says so."""
    cause, step = passed.cause, passed.reason.partition(": ")
    rule, what = rule_title(dw, cause.rule), _step_title(dw, cause.rule, step[0])
    why, notes = Title(*_WHY.get(step[2] or step[0], ("", ""))), notes_of(dw, cause)
    facts = fact_rows(dw, cause, known) if "condition" in passed.reason else ()
    record = known.deals.get(deal)
    name = str(record.facts.get("name") or deal) if record else deal
    read = [
        Title(
            f"{f.title.show('en')}: {f.value.show('en') or '–'}", f"{f.title.show('zh')}：{f.value.show('zh') or '–'}"
        )
        for f in facts
    ]
    parts = [part for part in (why, *read, notes) if part.en]
    en, zh = "; ".join(part.en for part in parts), "；".join(part.zh for part in parts)
    heads = [part for part in (rule, what) if part.en or part.zh]
    return Title(
        f"{name} · {', '.join(part.show('en') for part in heads)}: {en or passed.reason} ({cause.place})",
        f"{name} · {'，'.join(part.show('zh') for part in heads)}：{zh or passed.reason}（{cause.place}）",
    )


def _step_title(dw: Dealwright, version: str, step: str) -> Title:
    """The step's title; empty when the rule has no such step."""
    rule = rule_of(dw, version)
    found = rule.step(step) if isinstance(rule, Cadence) else None
    return found.title if found else Title()
