"""Taking an answer back: a task that was done, skipped or put off by mistake is again what it was, for a stated time.

Nothing is deleted: `task.reopened` is a further event. An enrolment that nothing else has moved stands again where it
stood, and what its going on had led to is called off while nobody has touched it; else it is left alone and that is said.
The touch that the answer was is not counted any more, and what was credited for it is withdrawn.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.core.answered import Answered, Stood, stood
from engine.core.outcomes import Kept, Outcome, Withdrawn
from engine.core.problems import Place
from engine.core.records import Cause, Deal, Enrolment, Task
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.business_time import add_calendar_time, reckon
from engine.core.workflow.causes import refused
from engine.core.workflow.enrolments import link, open_tasks
from engine.core.workflow.notes import Note, note
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.room import no_room
from engine.core.workflow.settings import version_of
from engine.core.workflow.task_terms import timed
from engine.core.workflow.work import Work, closed, same_purpose, withdraw

_BY_CLOSING = ("deal_won", "deal_lost", "deal_cancelled")


def answered(work: Work, task: Task) -> Answered:
    """What the event's answer changes of the task, as it stood before."""
    linked = [one for one in _linked(work, task) if not one.ended_as]
    others = {one.id: tuple(t.id for t in open_tasks(work, one) if t.id != task.id) for one in linked}
    return Answered(
        work.event.id, work.event.at, task.snoozed_until, tuple(stood(one, others[one.id]) for one in linked)
    )


def undo_until(rulebook: Rulebook, answer: Answered) -> datetime:
    """The first moment at which the answer can no longer be taken back."""
    limit = rulebook.company.undo_for
    calendar = calendar_of("", rulebook, answer.at.astimezone(ZoneInfo(rulebook.company.time_zone)).date())
    return (
        reckon(calendar, answer.at, limit).at
        if limit.unit.in_business_time
        else add_calendar_time(calendar, answer.at, limit)
    )


def reopened(work: Work, task: Task) -> tuple[Outcome, ...]:
    """The task as it was before the answer, with what goes back with it; or why that cannot be."""
    event, answer = work.event, task.answer
    told = Cause("", Place(""), event.id)
    if task.status != "open" and (answer is None or answer.event != task.ended_by):
        return refused("E267", told, task=task.id, status=task.status)
    if answer is None:
        return refused("E265", told, task=task.id)
    if event.at >= undo_until(work.rulebook, answer):
        return refused("E266", told, task=task.id, limit=str(work.rulebook.company.undo_for), at=answer.at.isoformat())
    if task.status == "open":
        work.keep(
            "reopened", replace(task, snoozed_until=answer.snoozed_until, snoozes=task.snoozes - 1, answer=None), told
        )
        return tuple(work.outcomes)
    notes = _call_off(work, task, answer, told)
    reasons, left_alone = _reasons(work, task)
    if not reasons:
        return refused("E268", told, task=task.id, deal=task.deal)
    back = replace(
        task, status="open", outcome="", note="", ended_at=None, ended_by="", answer=None, reasons=reasons,
        snoozed_until=answer.snoozed_until,
    )  # fmt: skip
    back = timed(event, work.situation, work.rulebook, back)
    same = next((one for one in work.tasks(task.deal) if one.id != task.id and same_purpose(one, back)), None)
    if same:
        return refused("E269", told, task=task.id, other=same.id)
    work.keep("reopened", back, replace(told, notes=(*notes, *left_alone)))
    if work.deal:
        _untouch(work, work.deal, task, told)
        work.outcomes += _unearned(work, work.deal, answer, told)
    return tuple(work.outcomes)


def _untouch(work: Work, deal: Deal, task: Task, told: Cause) -> None:
    """The touch that the answer was counts no more, and the deal was last touched by whatever is left."""
    touches = work.situation.state.activities(deal.id)
    mine = [one for one in touches if one.task == task.id]
    if not mine:
        return
    work.outcomes += [Kept("undone", replace(one, undone_by=work.event.id), told) for one in mine]
    last = max((one for one in touches if one not in mine), key=lambda one: one.at, default=None)
    facts = {name: value for name, value in deal.facts.items() if name != "last_touch_on"}
    facts |= {"last_touch_on": last.on} if last else {}
    work.keep("touched", replace(deal, last_touch_at=last.at if last else None, facts=facts), told)


def _unearned(work: Work, deal: Deal, answer: Answered, told: Cause) -> tuple[Outcome, ...]:
    """Whatever was credited or granted for the answer, or for what it led to, is withdrawn."""
    state = work.situation.state
    credits = (Withdrawn("credit", one.id, told) for one in state.credits(deal.id) if answer.led_to(one.event))
    grants = (Withdrawn("grant", one.id, told) for one in state.grants(deal.id) if answer.led_to(one.event))
    return (*credits, *grants)


def _linked(work: Work, task: Task) -> list[Enrolment]:
    """The enrolments that the task's reasons point to."""
    return [one for one in work.enrolments(task.deal) if any(link(one) in reason.notes for reason in task.reasons)]


def _call_off(work: Work, task: Task, answer: Answered, told: Cause) -> tuple[Note, ...]:
    """The enrolments stand where they stood, where they can, and what the answer had led to is over; what was done, in notes."""
    before = {one.enrolment: one for one in answer.stood}
    notes = [
        _restore(work, task, before[one.id], one, answer, told)
        for one in _linked(work, task)
        if one.id in before and stood(one, before[one.id].others) != before[one.id]
    ]
    for other in work.tasks(task.deal):
        if other.id != task.id and other.status == "open":
            notes += _withdrawn(work, other, answer, told)
    return tuple(notes)


def _withdrawn(work: Work, other: Task, answer: Answered, told: Cause) -> Iterable[Note]:
    """A rule that listened to the answer wanted the other task: that reason is gone with it, unless somebody took it up."""
    left = tuple(r for r in other.reasons if not (answer.led_to(r.event) and _stands_alone(r)))
    if len(left) == len(other.reasons):
        return ()
    if other.answer:
        return (note("left_open", *other.title),)
    if left:
        work.keep("left_reason", replace(other, reasons=left), told)
    else:
        work.keep("cancelled", closed(other, "cancelled", work.event, text="taken_back"), told)
    return ()


def _stands_alone(reason: Cause) -> bool:
    """True for what is not a step's of an enrolment, which goes back with that; a step asked for once more is its own."""
    codes = {code for code, _ in reason.notes}
    return "enrolment" not in codes or "rescheduled" in codes


def _restore(work: Work, task: Task, before: Stood, now: Enrolment, answer: Answered, told: Cause) -> Note:
    """The enrolment at its place before the answer, its newer tasks called off; the note says whether that could be."""
    fresh = _fresh(work, task, before, now, answer)
    moved = not answer.led_to(now.moved_by) or any(one.status != "open" or one.answer for one in fresh)
    if moved or _taken(work, now):
        return note("gone_on", *_called(work, now))
    for one in fresh:
        withdraw(work, one, link(now), told)
    work.keep(
        "put_back",
        replace(
            now, step=before.step, due_at=before.due_at, anchor_at=before.anchor_at, repeats=before.repeats,
            visit=before.visit, heard=before.heard, calendar=before.calendar, notes=before.notes, pause=before.pause,
            ended_as="", exit_name="", ended_at=None, ended_by=None,
        ),
        told,
    )  # fmt: skip
    return note("put_back", *_called(work, now), *_called(work, now, before.step))


def _called(work: Work, now: Enrolment, step: str = "") -> tuple[str, str]:
    """What the enrolment's cadence, or a step of it, is called in English and Chinese; its id when its version is gone."""
    version = version_of(now, work.rulebook)
    named = version.step(step) if version and step else version.header if version else None
    return (named.title.show("en"), named.title.show("zh")) if named else (step or now.cadence, step or now.cadence)


def _fresh(work: Work, task: Task, before: Stood, now: Enrolment, answer: Answered) -> list[Task]:
    """The enrolment's tasks that came after the answer; those that others ended at or before it are not meant."""
    known = {task.id, *before.others}
    linked = (one for one in work.tasks(now.deal) if any(link(now) in reason.notes for reason in one.reasons))
    return [one for one in linked if one.id not in known and not (one.ended_at and one.ended_at <= answer.at)]


def _taken(work: Work, now: Enrolment) -> bool:
    """True when the place of an enrolment that had ended is another's: the deal's next one in the cadence, or the last room."""
    if not now.ended_as:
        return False
    if now.ended_as in _BY_CLOSING or any(
        one.cadence == now.cadence and not one.ended_as for one in work.enrolments(now.deal)
    ):
        return True
    version = version_of(now, work.rulebook)
    return version is None or bool(no_room(work, version, now.owner))


def _reasons(work: Work, task: Task) -> tuple[tuple[Cause, ...], tuple[Note, ...]]:
    """The reasons for which the task still stands. One that led to a closing, or to a stage that the deal has left, is over; one of
    an enrolment that ended otherwise stands on its own."""
    enrolments = {link(one): one for one in _linked(work, task)}
    found: list[Cause] = []
    notes: list[Note] = []
    for reason in task.reasons:
        ended = [e for e in (enrolments.get(one) for one in reason.notes) if e and e.ended_as]
        if any(one.ended_as in _BY_CLOSING for one in ended) or not _stays(work, reason):
            continue
        if ended:
            alone = tuple(one for one in reason.notes if one[0] not in ("enrolment", "step"))
            notes.append(note("stands_alone", *_called(work, ended[0])))
            reason = replace(reason, notes=alone)
        found.append(reason)
    return tuple(found), tuple(notes)


def _stays(work: Work, reason: Cause) -> bool:
    """False for what was asked for during a visit to a stage that the deal has left."""
    deal = work.deal
    visits = [one for one in reason.notes if one[0] == "visit"]
    return not visits or (deal is not None and deal.status == "open" and note("visit", deal.id, deal.visit) in visits)
