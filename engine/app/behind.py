"""What stands behind tasks and pay: the events, said in a sentence, and for a step of a cadence what began it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from engine.app.dealwright import Dealwright
from engine.app.reading import NOBODY, Around, rule_of, rule_title, stage_named
from engine.app.views.explaining import EventRow
from engine.app.why import fact_rows, notes_of, told, value_title
from engine.app.words import day_title, duration, word
from engine.core.events import DERIVED_TYPES, Event
from engine.core.records import Cause, Enrolment, Task
from engine.core.rules.cadence import Cadence
from engine.core.rules.header import Title
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.reading import remembered_by_id

_IN_A_SENTENCE = ("moved", "repeated", "handed_on", "provisional")
"""Notes that a list says; the explanation says all."""

_HAPPENED: Mapping[str, tuple[str, str]] = MappingProxyType({
    "deal.created": ("the deal was created", "新建了商机"), "deal.changed": ("the deal was changed", "商机有更新"),
    "deal.stage_entered": ("the deal entered {stage}", "商机进入“{stage}”"),
    "deal.stage_asked": ("the deal entered {stage}", "商机进入“{stage}”"),
    "deal.won": ("the deal was won", "商机赢单"), "deal.lost": ("the deal was lost", "商机输单"),
    "deal.closed": ("the deal was closed", "商机关闭"), "deal.reopened": ("the deal was reopened", "商机重新打开"),
    "deal.cancelled": ("the deal was cancelled", "商机取消"), "deal.reassigned": ("the deal changed hands", "商机转交"),
    "activity.logged": ("a {kind} was logged", "记录了{kind}"), "payment.received": ("a payment arrived", "收到回款"),
    "task.completed": ("a task was done ({outcome})", "任务已完成（{outcome}）"), "task.skipped": ("a task was skipped", "任务被跳过"),
    "task.reopened": ("an answer was taken back", "处理被撤销"),
    "clock.ticked": ("the time came", "到期"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Behind:
    """Events by their names in causes, enrolments by id, and the names of people and things."""

    events: Mapping[str, Event]
    enrolments: Mapping[str, Enrolment]
    known: Around = NOBODY


def behind(unit: Unit, tasks: Iterable[Task], known: Around) -> Behind:
    """What stands behind those tasks, in two or three queries however many there are."""
    listed = list(tasks)
    enrolments = remembered_by_id(unit, Enrolment, [t.enrolment for t in listed if t.enrolment])
    causes = [*(cause for task in listed for cause in task.reasons), *(one.cause for one in enrolments.values())]
    return Behind(events_named(unit, (cause.event for cause in causes)), enrolments, known)


def events_named(unit: Unit, names: Iterable[str]) -> dict[str, Event]:
    """The events of those names; a derived one (`D-1-007+deal.closed`) is the event that it came from."""
    wanted = set(names)
    found = EventLog(unit).named(pair for name in wanted for pair in _candidates(name))
    first = {name: next((found[pair] for pair in _candidates(name) if pair in found), None) for name in wanted}
    return {name: event for name, event in first.items() if event}


def _candidates(name: str) -> Iterator[tuple[str, str]]:
    source, _, key = name.partition("/")
    yield source, key
    while "+" in key:
        key = key.rpartition("+")[0]
        yield source, key


def event_row(dw: Dealwright, unit: Unit, name: str, known: Around) -> EventRow | None:
    """The event of that name with what it said; None for a name that is not in the log."""
    event = events_named(unit, [name]).get(name)
    return told(dw, event, known, name) if event else None


def sentence(dw: Dealwright, cause: Cause, around: Behind, enrolment: str = "", step: str = "") -> Title:
    """Why, in one line: what happened and when, the rule or the step of it, the facts that were read, what moved the date."""
    if not cause.rule:
        return Title("Because it was recorded so", "按记录内容")
    rule, happened = _asked_by(dw, cause, step), _happened(dw, cause, around, enrolment)
    facts, notes = fact_rows(dw, cause, around.known), notes_of(dw, cause, _IN_A_SENTENCE)
    en = [*(f"{row.title.show('en')}: {row.value.show('en')}" for row in facts), notes.en]
    zh = [*(f"{row.title.show('zh')}：{row.value.show('zh')}" for row in facts), notes.zh]
    more_en, more_zh = "; ".join(filter(None, en)), "；".join(filter(None, zh))
    return Title(
        f"Because {happened.en}: {rule.en}" + (f" ({more_en})" if more_en else ""),
        f"因{happened.zh}：{rule.zh}" + (f"（{more_zh}）" if more_zh else ""),
    )


def _asked_by(dw: Dealwright, cause: Cause, step: str) -> Title:
    """The rule's title; for a step of a cadence, which one it is."""
    rule, title = rule_of(dw, cause.rule), rule_title(dw, cause.rule)
    steps = [one.id for one in rule.steps] if isinstance(rule, Cadence) else []
    if step not in steps:
        return Title(title.show("en"), title.show("zh"))
    at, of = steps.index(step) + 1, len(steps)
    return Title(f"step {at} of {of} of {title.show('en')}", f"“{title.show('zh')}”第 {at}/{of} 步")


def _happened(dw: Dealwright, cause: Cause, around: Behind, enrolment: str) -> Title:
    """What happened and on which day: a stage stayed in too long, what began the cadence, or the event itself."""
    stayed = next((particulars.split("|") for code, particulars in cause.notes if code == "stayed"), None)
    if stayed:
        return _stayed(dw, *stayed)
    began = around.enrolments.get(enrolment)
    name = began.cause.event if began else cause.event
    event = around.events.get(name)
    if event is None:
        return (
            Title("the time came", "到期")
            if "+clock" in name or name.startswith("clock/")
            else Title("of an event", "事件")
        )
    return _on_its_day(dw, event, _type_of(name, event), around.known)


def _stayed(dw: Dealwright, stage: str, limit: str, since: str) -> Title:
    title, most = stage_named(dw, stage), duration(limit)
    day = day_title(date.fromisoformat(since), dw.now().astimezone(dw.zone).date())
    return Title(f"the deal has been in {title.show('en')} since {day.en}, longer than {most.en}",
                 f"商机自{day.zh}起停留在“{title.show('zh')}”，超过 {most.zh}")  # fmt: skip


def _type_of(name: str, event: Event) -> str:
    """The event's type, or the one that was derived from it."""
    last = name.rpartition("+")[2]
    return last if last in DERIVED_TYPES else "clock.ticked" if last == "clock" else event.type


def _on_its_day(dw: Dealwright, event: Event, type: str, known: Around) -> Title:
    """`the deal entered Lead on 12 June`, `6月12日商机进入“线索”`."""
    if type == "deal.stage_entered" and "stage" not in event.body:
        type = event.type
    words = Title(*_HAPPENED[type]) if type in _HAPPENED else Title(f"of: {word(type).en}", word(type).zh)
    values = {
        name: value_title(dw, f"{type.split('.')[0]}.{name}", event.body.get(name), known)
        for name in ("stage", "kind", "outcome")
    }
    en = words.en.format_map({name: value.show("en") for name, value in values.items()})
    zh = words.zh.format_map({name: value.show("zh") for name, value in values.items()})
    day = day_title(event.on, dw.now().astimezone(dw.zone).date())
    return Title(f"{en} on {day.en}", f"{day.zh}{zh}")
