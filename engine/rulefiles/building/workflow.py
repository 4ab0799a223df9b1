"""Builds pipelines and automations, and what a task says."""

from collections.abc import Iterator
from fractions import Fraction

from engine.core.fact_types import BUILT_IN_FACTS, FactKind
from engine.core.rules.automation import Action, Automation, Enrol, MakeTask, Notify, SetFact
from engine.core.rules.cadence import TaskTemplate
from engine.core.rules.header import Header, Title
from engine.core.rules.pipeline import Idle, Moves, Pipeline, Stage, Stay
from engine.language import Expectation
from engine.rulefiles.building.workshop import Workshop, optional
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


def build_pipeline(form: Form, header: Header, workshop: Workshop) -> Pipeline:
    """The pipeline's record."""
    moves = form.get("moves")
    idle = form.get("idle")
    return Pipeline(
        header=header,
        covers=workshop.condition(form.get("covers")),
        stages=tuple(_stage(stage, workshop) for stage in form["stages"]),
        moves=Moves(**{name: moves[name] for name in moves}) if moves else Moves(),
        idle=Idle(idle["since"], idle["after"], idle["planned_activity_shields"]) if idle else None,
    )


def _stage(form: Form, workshop: Workshop) -> Stage:
    closed = {"won": Fraction(1), "lost": Fraction(0)}
    return Stage(
        id=form["id"],
        title=form.get("title", Title()),
        probability=form["probability"] if "probability" in form else closed[form["closes"]],
        needs=workshop.criteria(form["needs"]),
        closes=form["closes"],
        playbook=form["playbook"],
        stay=optional(form, "stay", _stay),
        approvals=(),
        place=form.place,
    )


def _stay(form: Form) -> Stay:
    then = form["then"]
    return Stay(form["at_most"], then["task"], then["to"], form.get("and_after"), form["tell"], form.place)


def task_template(form: Form, purpose: str) -> TaskTemplate:
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
    )


def build_automation(form: Form, header: Header, workshop: Workshop) -> Automation:
    """The automation's record."""
    actions = [action for number, (kind, written) in enumerate(form["then"]) for action in
               _actions(kind, written, f"{header.id}.{number + 1}", workshop)]  # fmt: skip
    return Automation(header, form["on"], workshop.condition(form.get("when")), tuple(actions))


def _actions(kind: str, form: Form, purpose: str, workshop: Workshop) -> Iterator[Action]:
    """What one line of `then` asks for; `set` may set several facts."""
    if kind == "task":
        yield MakeTask(task_template(form["task"], purpose))
    elif kind == "enrol":
        yield Enrol(form["enrol"], form.place)
    elif kind == "notify":
        yield Notify(form["notify"]["to"], form["notify"]["template"], form.place)
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
