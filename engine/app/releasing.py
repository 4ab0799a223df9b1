"""Putting a rule folder in force: written by one person, approved by another, and never behind a closed period."""

from dataclasses import dataclass

from engine.app.dealwright import Dealwright
from engine.app.refusals import Problems, not_done
from engine.app.rules_in_force import approved
from engine.core.rules.rulebook import Rulebook
from engine.store.database import Unit
from engine.store.periods import PeriodBook
from engine.store.queries.enrolments import steps_with_open_tasks

_PAYING = ("plan", "programme", "targets", "scorecard")


@dataclass(frozen=True, slots=True)
class Released:
    """A release: its fingerprint, or why there is none."""

    fingerprint: str = ""
    problems: Problems = ()


def release(dw: Dealwright, reason: str, author: str, approver: str) -> Released:
    """The folder's rules put in force and kept as text; they apply from the next opening of the house."""
    if author == approver:
        return Released(problems=(not_done("E114", author=author),))
    return dw.database.run(lambda unit: _release(dw, unit, reason, author, approver))


def _release(dw: Dealwright, unit: Unit, reason: str, author: str, approver: str) -> Released:
    folder = dw.folder or dw.rulebook
    if folder.fingerprint == dw.rulebook.fingerprint:
        return Released(folder.fingerprint)
    gone = (*_edited_behind_a_close(dw, unit, folder), *_steps_taken_away(dw, unit, folder))
    if gone:
        return Released(problems=gone)
    approved(unit, folder, author, approver, reason, dw.now())
    return Released(folder.fingerprint)


def _steps_taken_away(dw: Dealwright, unit: Unit, folder: Rulebook) -> Problems:
    """Steps of work under way, with a task open, that a newer version of their cadence no longer has and of which it does
    not say what becomes of them."""
    newest = {cadence.header.id: cadence for cadence in folder.cadences}
    there = {cadence.header.version for cadence in folder.cadences}
    found = []
    for cadence in (c for c in (*dw.rulebook.cadences, *dw.rulebook.former) if c.header.version not in there):
        newer = newest.get(cadence.header.id)
        if newer is None or "migrate" in newer.stated:
            continue
        for step, number in steps_with_open_tasks(unit, cadence.header.version).items():
            if newer.step(step) is None:
                found.append(not_done("E226", cadence=newer.header.id, step=step, number=str(number)))
    return tuple(found)


def _edited_behind_a_close(dw: Dealwright, unit: Unit, folder: Rulebook) -> Problems:
    """Versions in force in a closed period that are not in the folder with the same text."""
    closed = [period for period in PeriodBook(unit).all() if period.state == "closed"]
    there = {rule.header.version for rule in folder.rules()}
    gone = [rule.header for rule in dw.rulebook.rules() if rule.header.version not in there]
    return tuple(
        not_done("E113", rule=f"{head.kind} {head.id}", period=period.id)
        for head in gone
        for period in closed[-1:]
        if head.kind in _PAYING and head.in_force.from_on < period.until_on
    )
