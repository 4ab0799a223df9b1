"""Builds cadences."""

from collections.abc import Iterator
from dataclasses import replace

from engine.core.durations import Duration, DurationUnit
from engine.core.fact_types import FactKind
from engine.core.rules.cadence import (
    Branch,
    Cadence,
    Listen,
    OnOutcome,
    PauseOn,
    StartOn,
    Step,
    StopOn,
    Window,
)
from engine.core.rules.header import Header
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
    counted = policy.get("anchor") == "enrolment"
    return Cadence(
        header=header,
        start=StartOn(start["on"], workshop.condition(start.get("when")), start.place, priority),
        stop=tuple(StopOn(s["on"], workshop.condition(s.get("when")), s["reason"], s.place) for s in form["stop"]),
        steps=tuple(one for step in form["steps"] for one in _visits(step, header.id, workshop, counted)),
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


def _visits(form: Form, cadence: str, workshop: Workshop, counted: bool) -> Iterator[Step]:
    """The line's step, or one for each time that it comes round: `monthly`, `monthly.2`, `monthly.3`…

    `counted` from the enrolment, the n-th visit is n times as late as the first, so that the dates stay even; from the
    visit before, each has the same wait. What `then` names comes after the last one.
    """
    first = _step(form, cadence, workshop)
    every, purpose = form.get("every"), form["task"]["purpose"] if "task" in form else ""
    for visit in range(1, form.get("times", 1) + 1):
        id = first.id if visit == 1 else f"{first.id}.{visit}"
        after = Duration(every.count * (visit if counted else 1), every.unit) if every else first.after
        task = first.task and replace(first.task, purpose=purpose or f"{cadence}.{id}")
        then = first.then if visit == form.get("times", 1) else ""
        yield replace(first, id=id, after=after, task=task, then=then, visit=visit)


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
        until=workshop.formula(form.get("until"), Expectation((FactKind.DATE,))),
        reschedule_after=form.get("reschedule_after"),
    )


def _outcome(name: str, then: Form) -> OnOutcome:
    return OnOutcome(
        name, then.place, then.get("repeat_after"), then["at_most"], then["go_to"], then["end"], then["enrol"]
    )


def _listen(form: Form, workshop: Workshop) -> Listen:
    when = workshop.condition(form.get("when"))
    return Listen(form["on"], when, form["within"], form["met"], form["not_met"], form["at_once"], form.place)


def _pause(form: Form, workshop: Workshop) -> PauseOn:
    until = form.get("until", {})
    return PauseOn(
        on=form["on"],
        when=workshop.condition(form.get("when")),
        reason=form["reason"],
        place=form.place,
        until_on=until.get("on", ""),
        until_when=workshop.condition(until.get("when")),
        until_after=until.get("after"),
        until_day=workshop.formula(until.get("day"), Expectation((FactKind.DATE,))),
    )


def _window(form: Form) -> Window:
    weekdays = tuple(WEEKDAYS.index(name) for name in form["weekdays"])
    return Window(tuple(sorted(form["hours"])), weekdays, form.place)
