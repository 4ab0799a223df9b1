"""Cadences: steps that lead somewhere, wait for something and can be reached, and chains of cadences that end."""

from collections.abc import Iterator, Mapping

from engine.core.problems import Problem
from engine.core.rules.cadence import END, Cadence, Step, Window
from engine.core.rules.company import Calendar
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.windows import open_hours
from engine.rulefiles.checks.finding import Path, finding, listed, twice


def steps_have_one_id_each(rulebook: Rulebook) -> Iterator[Problem]:
    """R214 for a step whose id stands before."""
    for cadence in rulebook.cadences:
        ids = ((step.id, ("steps", step.written, "step")) for step in cadence.steps)
        yield from twice(rulebook, cadence.header, ids)


def waits_wait_for_something(rulebook: Rulebook) -> Iterator[Problem]:
    """R382 for a last step that only waits."""
    for cadence in rulebook.cadences:
        last = cadence.steps[-1]
        if last.task is None and last.listen is None and not last.enrol and not last.then:
            path = ("steps", last.written, "step")
            yield finding(rulebook, cadence.header, path, "R382", step=last.id)


def steps_named_are_there(rulebook: Rulebook) -> Iterator[Problem]:
    """R383 for the id of a step that the cadence does not have, R387 for a line that by itself leads back."""
    for cadence in rulebook.cadences:
        ids = [step.id for step in cadence.steps]
        for name, path in _named(cadence):
            if name not in (*ids, END):
                yield finding(rulebook, cadence.header, path, "R383", found=name, known=listed(ids))
        for number, step in enumerate(cadence.steps):
            if step.then in ids[: number + 1]:
                path = ("steps", step.written, "then")
                yield finding(rulebook, cadence.header, path, "R387", found=step.then, step=step.id)


def _named(cadence: Cadence) -> Iterator[tuple[str, Path]]:
    """Every step that a line of the cadence names, with where it does."""
    for number, branch in enumerate(cadence.branches):
        yield branch.go_to, ("branches", number, "go_to")
    for step in cadence.lines:
        named: list[tuple[str, Path]] = [(step.then, ("steps", step.written, "then"))]
        named += [(one.go_to, ("steps", step.written, "on_outcome", one.outcome, "go_to")) for one in step.on_outcome]
        if step.listen:
            named += [
                (getattr(step.listen, key), ("steps", step.written, "wait_for", key)) for key in ("met", "not_met")
            ]
        yield from ((name, path) for name, path in named if name)


def every_step_can_be_reached(rulebook: Rulebook) -> Iterator[Problem]:
    """R389 for a step to which nothing leads."""
    for cadence in rulebook.cadences:
        entered = {cadence.steps[0].id, *(branch.go_to for branch in cadence.branches)}
        waiting = list(entered)
        while waiting:
            step = cadence.step(waiting.pop())
            fresh = set(_following(cadence, step)) - entered if step else set()
            entered |= fresh
            waiting += fresh
        for step in cadence.steps:
            if step.id not in entered:
                yield finding(rulebook, cadence.header, ("steps", step.written, "step"), "R389", step=step.id)


def _following(cadence: Cadence, step: Step) -> Iterator[str]:
    """The steps that may come after one."""
    if step.listen and step.listen.met and step.listen.not_met:
        yield from (step.listen.met, step.listen.not_met)
    else:
        after = cadence.following(step.id)
        yield from (after.id,) if after else ()
        yield from (step.listen.met or END, step.listen.not_met or END) if step.listen else ()
    yield from (one.go_to for one in step.on_outcome if one.go_to)


def jumps_come_last(rulebook: Rulebook) -> Iterator[Problem]:
    """R385 for a step that goes over to another cadence and is the only one, or is followed by another."""
    for cadence in rulebook.cadences:
        for number, step in enumerate(cadence.steps):
            if not step.enrol:
                continue
            path = ("steps", step.written, "enrol")
            if len(cadence.steps) == 1 or number == 0:
                why = {"why_en": "it is the first one", "why_zh": "它是第一步"}
                yield finding(rulebook, cadence.header, path, "R385", step=step.id, **why)
            if step.then:
                why = {"why_en": "nothing comes after that", "why_zh": "其后不会再有步骤"}
                yield finding(rulebook, cadence.header, ("steps", step.written, "then"), "R385", step=step.id, **why)
            elif number + 1 < len(cadence.steps) and not _entered_otherwise(cadence, cadence.steps[number + 1].id):
                why = {"why_en": "nothing comes after that", "why_zh": "其后不会再有步骤"}
                yield finding(rulebook, cadence.header, path, "R385", step=step.id, **why)


def _entered_otherwise(cadence: Cadence, step_id: str) -> bool:
    return any(name == step_id for name, _ in _named(cadence))


def cadences_named_are_there(rulebook: Rulebook) -> Iterator[Problem]:
    """R384 for a jump to a cadence that there is not."""
    ids = sorted({cadence.header.id for cadence in rulebook.cadences})
    for cadence in rulebook.cadences:
        for name, path in _jumps(cadence):
            if name not in ids:
                yield finding(rulebook, cadence.header, path, "R384", found=name, known=listed(ids))
    for automation in rulebook.automations:
        for number, action in enumerate(automation.then):
            named = getattr(action, "cadence", "")
            if named and named not in ids:
                path = ("then", number, "enrol")
                yield finding(rulebook, automation.header, path, "R384", found=named, known=listed(ids))


def _jumps(cadence: Cadence) -> Iterator[tuple[str, Path]]:
    for step in cadence.lines:
        if step.enrol:
            yield step.enrol, ("steps", step.written, "enrol")
        for one in step.on_outcome:
            if one.enrol:
                yield one.enrol, ("steps", step.written, "on_outcome", one.outcome, "enrol")


def cadences_come_to_an_end(rulebook: Rulebook) -> Iterator[Problem]:
    """R386, once for each loop, where steps lead from cadence to cadence and back without anybody's doing."""
    leads = {c.header.id: [step.enrol for step in c.steps if step.enrol] for c in rulebook.cadences}
    told: set[frozenset[str]] = set()
    for cadence in rulebook.cadences:
        loop = _loop(cadence.header.id, leads)
        if loop and frozenset(loop) not in told:
            told.add(frozenset(loop))
            chain = " → ".join((*loop, loop[0]))
            yield finding(rulebook, cadence.header, ("steps",), "R386", chain=chain)


def _loop(start: str, leads: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The shortest way from a cadence back to itself; empty when there is none."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        chain = waiting.pop(0)
        for following in leads.get(chain[-1], []):
            if following == start:
                return chain
            if following not in seen:
                seen.add(following)
                waiting.append((*chain, following))
    return ()


def windows_can_be_met(rulebook: Rulebook) -> Iterator[Problem]:
    """R388 for a window in which the calendar has no working minute in any week."""
    for cadence in rulebook.cadences:
        calendar = rulebook.calendar(cadence.calendar, cadence.header.in_force.from_on) or _any(rulebook, cadence)
        if calendar is None or cadence.policy.get("on_nonworking") == "run":
            continue
        windows: list[tuple[Window | None, Path]] = [(cadence.window, ("window",))]
        windows += [(step.window, ("steps", step.written, "window")) for step in cadence.lines]
        for window, path in windows:
            if window and not any(open_hours(calendar, window, calendar.time_zone).hours):
                said = {"calendar": calendar.header.id, "window": _shown(window)}
                yield finding(rulebook, cadence.header, path, "R388", **said)


def _any(rulebook: Rulebook, cadence: Cadence) -> Calendar | None:
    """Some version of the cadence's calendar: weekly hours seldom differ between them."""
    wanted = cadence.calendar or rulebook.company.calendar
    return next((c for c in rulebook.calendars if c.header.id == wanted), None)


def _shown(window: Window) -> str:
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    hours = ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in window.hours)
    return " ".join([hours, *(names[day] for day in window.weekdays)])


def templates_are_there(rulebook: Rulebook) -> Iterator[Problem]:
    """R390 for a task whose template is not written, in a folder that has some."""
    ids = sorted({template.header.id for template in rulebook.templates})
    asked = [
        (cadence.header, ("steps", step.written, "task", "template"), step.task)
        for cadence in rulebook.cadences
        for step in cadence.lines
    ]
    asked += [
        (automation.header, ("then", number, "task", "template"), getattr(action, "task", None))
        for automation in rulebook.automations
        for number, action in enumerate(automation.then)
    ]
    for header, path, task in asked if ids else ():
        if task and task.template and task.template not in ids:
            yield finding(rulebook, header, path, "R390", found=task.template, known=listed(ids))
