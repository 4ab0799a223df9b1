"""Builds cadences."""

from collections.abc import Iterator
from dataclasses import replace

from engine.core.durations import Duration, DurationUnit
from engine.core.fact_types import BUILT_IN_FACTS, FactKind
from engine.core.formulas import Formula
from engine.core.rules.cadence import (
    Branch,
    Cadence,
    Listen,
    OnOutcome,
    PauseOn,
    StartOn,
    Step,
    StopOn,
    TaskTemplate,
    Window,
)
from engine.core.rules.header import Header, Title
from engine.core.rules.policy import DEFAULT_POLICY
from engine.language import Expectation
from engine.rulefiles.building.workflow import task_template
from engine.rulefiles.building.workshop import Workshop, optional
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.schemas.cadence import WEEKDAYS

_AT_ONCE = Duration(0, DurationUnit.DAYS)


def build_cadence(form: Form, header: Header, workshop: Workshop) -> Cadence:
    """The cadence's record. Policy keys that are left out have their defaults; limits that are left out do not hold."""
    start, policy = form["start"], {name: str(value) for name, value in form.get("policy", {}).items()}
    priority = workshop.formula(start.get("priority"), Expectation((FactKind.NUMBER,)))
    return Cadence(
        header=header,
        start=StartOn(start["on"], workshop.condition(start.get("when")), start.place, priority),
        stop=tuple(StopOn(s["on"], workshop.condition(s.get("when")), s["reason"], s.place) for s in form["stop"]),
        steps=tuple(_steps(form["steps"], header.id, workshop, {**DEFAULT_POLICY, **policy}["anchor"])),
        policy={**DEFAULT_POLICY, **policy},
        calendar=form["calendar"],
        pauses=tuple(_pause(line, workshop) for line in form["pause"]),
        branches=tuple(
            Branch(b["on"], workshop.condition(b.get("when")), b["go_to"], b.place) for b in form["branches"]
        ),
        window=optional(form, "window", _window),
        time_zone=form["time_zone"],
        stated=frozenset(policy),
    )


def _step(form: Form, cadence: str, workshop: Workshop) -> Step:
    listen = optional(form, "wait_for", lambda answer: _listen(answer, workshop))
    return Step(
        id=form["id"],
        after=form.get("after") or form.get("wait") or (listen.within if listen else _AT_ONCE),
        when=workshop.condition(form.get("when")),
        task=optional(form, "task", lambda task: task_template(task, f"{cadence}.{form['id']}", workshop)),
        on_outcome=tuple(_outcome(name, then) for name, then in form["on_outcome"]),
        place=form.place,
        skip_when=workshop.condition(form.get("skip_when")),
        window=optional(form, "window", _window),
        listen=listen,
        enrol=form["enrol"],
        then=form["then"],
        reschedule=form.get("reschedule"),
        until=workshop.formula(form.get("repeat", {}).get("until"), Expectation((FactKind.DATE,))),
    )


def _steps(forms: tuple[Form, ...], cadence: str, workshop: Workshop, anchor: str) -> Iterator[Step]:
    """The steps in order; a line that repeats makes one for each time."""
    for number, form in enumerate(forms):
        step = replace(_step(form, cadence, workshop), written=number)
        if "repeat" in form:
            every = form["repeat"]["every"]
            first, from_start = form.get("after") or every, anchor == "enrolment"
            if from_start and not first.comparable(every):
                workshop.report(form.at("repeat"), "R422", after=str(first), every=str(every))
                first = every
            yield from repeated(step, first, every, form["repeat"]["times"], from_start)
        else:
            yield step


def repeated(step: Step, first: Duration, every: Duration, times: int, from_start: bool) -> Iterator[Step]:
    """The step so often, as `id-1`, `id-2`…: the first after `first`, each further one after `every`. Where waits count
    `from_start` of the cadence they add up. Only the last leads where the line leads."""
    for number in range(1, times + 1):
        wait = first if number == 1 else every
        if from_start:
            wait = added(first, every, number - 1)
        yield replace(
            step, id=f"{step.id}-{number}", after=wait, task=_numbered(step.task, number, 0 if step.until else times),
            then=step.then if number == times else "",
        )  # fmt: skip


def added(first: Duration, every: Duration, times: int) -> Duration:
    """`first` and so often `every`, in the unit of both or the smaller unit that both are made of."""
    if first.unit is every.unit:
        return Duration(first.count + times * every.count, first.unit)
    unit, size = every.unit.base
    return Duration(first.count * first.unit.base[1] + times * every.count * size, unit)


def _numbered(task: TaskTemplate | None, number: int, times: int) -> TaskTemplate | None:
    """The task of one of several times: its own purpose, and which one it is in its title (`times` 0: of how many is open)."""
    if task is None:
        return None
    en, zh = (f"{number} of {times}", f"{number}/{times}") if times else (f"no. {number}", f"{number}")
    title = Title(f"{task.title.show('en')} ({en})", f"{task.title.show('zh')}（第 {zh} 次）")
    return replace(task, title=title, purpose=f"{task.purpose}-{number}")


def _outcome(name: str, then: Form) -> OnOutcome:
    return OnOutcome(
        name, then.place, then.get("repeat_after"), then["at_most"], then["go_to"], then["end"], then["enrol"]
    )


def _listen(form: Form, workshop: Workshop) -> Listen:
    when = workshop.condition(form.get("when"))
    return Listen(form["on"], when, form["within"], form["met"], form["not_met"], form["at_once"], form.place)


def _pause(form: Form, workshop: Workshop) -> PauseOn:
    until, at_start = form.get("until", {}), workshop.condition(form.get("at_start"))
    if at_start and (wrong := _of_an_event(at_start)):
        workshop.report(form.at("at_start"), "R425", found=wrong)
    return PauseOn(
        on=form["on"],
        when=workshop.condition(form.get("when")),
        reason=form["reason"],
        place=form.place,
        until_on=until.get("on", ""),
        until_when=workshop.condition(until.get("when")),
        until_after=until.get("after"),
        until_day=workshop.formula(until.get("day"), Expectation((FactKind.DATE,))),
        at_start=at_start,
    )


_LASTING = ("deal", "account", "contact", "owner", "partner")


def _of_an_event(when: Formula) -> str:
    """The first built-in fact that is of one event and not of what a follow-up is about; empty when there is none."""
    return next((n for n in sorted(when.reads) if n in BUILT_IN_FACTS and n.partition(".")[0] not in _LASTING), "")


def _window(form: Form) -> Window:
    weekdays = tuple(WEEKDAYS.index(name) for name in form["weekdays"])
    return Window(tuple(sorted(form["hours"])), weekdays, form.place)
