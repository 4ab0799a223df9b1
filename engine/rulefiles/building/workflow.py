"""Builds automations, what a task says, and the actions that other kinds share with them."""

from collections.abc import Iterator

from engine.core.fact_types import BUILT_IN_FACTS, FactKind
from engine.core.rules.automation import (
    Action,
    Assign,
    Automation,
    Enrol,
    MakeTask,
    Notify,
    PutBack,
    RequestApproval,
    SetFact,
)
from engine.core.rules.cadence import TaskEnd, TaskTemplate
from engine.core.rules.header import Header, Title
from engine.language import Expectation
from engine.rulefiles.building.workshop import Workshop
from engine.rulefiles.located import Block, Text
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.values import nearest_first

_CHANNEL_TITLES = {
    "call": Title("Call", "电话"),
    "email": Title("E-mail", "邮件"),
    "visit": Title("Visit", "拜访"),
    "meeting": Title("Meeting", "会议"),
    "message": Title("Message", "发消息"),
    "demo": Title("Demonstration", "产品演示"),
    "letter": Title("Letter", "信函"),
    "other": Title("Task", "任务"),
    "wecom": Title("WeCom message", "企业微信消息"),
    "todo": Title("To do", "待办"),
    "mail": Title("Letter", "信函"),
}


def task_template(form: Form, purpose: str, workshop: Workshop) -> TaskTemplate:
    """The task's record; without a purpose of its own it has that of its rule and step, which no other task has."""
    return TaskTemplate(
        purpose=form["purpose"] or purpose,
        title=form.get("title", _CHANNEL_TITLES[form["channel"]]),
        channel=form["channel"],
        to=form["to"],
        due_in=form.get("due_in"),
        template=form["template"],
        place=form.place,
        priority=form["priority"],
        in_time_of=form["in_time_of"],
        due_on=form.get("due_on", ""),
        ends=tuple(_task_ends(form, workshop)),
        due_before=form.get("due_before"),
        due_after=form.get("due_after"),
    )


def _task_ends(form: Form, workshop: Workshop) -> Iterator[TaskEnd]:
    """The conditions that end the task; `due_on` is a date of the deal (R374)."""
    if form.get("due_on") and not _is_date(form["due_on"], workshop):
        dates = [name for name in workshop.facts if name.startswith("deal.") and _is_date(name, workshop)]
        workshop.report(form.at("due_on"), "R374", found=form["due_on"], known=", ".join(dates))
    for end in form.get("ends", ()):
        when = workshop.condition(end["when"])
        if when:
            yield TaskEnd(when, end["status"], end.place)


def _is_date(name: str, workshop: Workshop) -> bool:
    fact = workshop.facts.get(name)
    return fact is not None and name.startswith("deal.") and fact.kind is FactKind.DATE


def build_automation(form: Form, header: Header, workshop: Workshop) -> Automation:
    """The automation's record."""
    when = workshop.condition(form.get("when"))
    return Automation(header, form["on"], when, actions_of(form["then"], header.id, workshop))


def actions_of(written: tuple[tuple[str, Form], ...], purpose: str, workshop: Workshop) -> tuple[Action, ...]:
    """The actions of a `then`, in order; a task without a purpose of its own has that of its rule and line."""
    lines = enumerate(written, start=1)
    return tuple(one for number, (kind, form) in lines for one in _actions(kind, form, f"{purpose}.{number}", workshop))


def _actions(kind: str, form: Form, purpose: str, workshop: Workshop) -> Iterator[Action]:
    """What one line of `then` asks for; `set` may set several facts."""
    if kind == "task":
        yield MakeTask(task_template(form["task"], purpose, workshop))
    elif kind == "enrol":
        yield Enrol(form["enrol"], form.place)
    elif kind == "notify":
        yield Notify(form["notify"]["to"], form["notify"]["template"], form.place)
    elif kind == "assign":
        yield Assign(form["assign"]["by"], form.place)
    elif kind == "recycle":
        yield PutBack(form["recycle"], form.place)
    elif kind == "request_approval":
        asked = form["request_approval"]
        yield RequestApproval(asked["approval"], asked["because"], form.place)
    else:
        block = form.source["set"]
        assert isinstance(block, Block), "the schema lets nothing else through"
        for name, written in form["set"]:
            yield from _set_fact(block.key(name), written, workshop)


def _set_fact(name: Text, written: Text, workshop: Workshop) -> Iterator[SetFact]:
    """The action, when the fact is one that rules may set and the value is of its kind."""
    settable = settable_facts(workshop)
    if name not in settable:
        workshop.report(name, "R218", found=str(name), known=", ".join(nearest_first(name, settable)) or "–")
        return
    kind = workshop.facts[name].kind
    like = (FactKind.CHOICE, FactKind.TEXT) if kind in (FactKind.CHOICE, FactKind.TEXT) else (kind,)
    value = workshop.formula(written, Expectation(like))
    if value:
        yield SetFact(str(name), value, name.place)


def settable_facts(workshop: Workshop) -> list[str]:
    """The facts of the deal that a vocabulary declares; built-in ones change by events only."""
    measured = set(workshop.environment.measure_names() or ())
    return [
        name
        for name in workshop.facts
        if name.startswith("deal.") and name not in BUILT_IN_FACTS and name not in measured
    ]
