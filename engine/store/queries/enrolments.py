"""Enrolments across deals: by which versions of cadences work is under way, and which wait at a step."""

from sqlalchemy import func, select

from engine.store.database import Unit
from engine.store.tables.records import enrolments, tasks


def running_versions(unit: Unit) -> tuple[str, ...]:
    """The cadence versions by which some enrolment still goes, sorted."""
    c = enrolments.c
    rows = unit.rows(select(c.version).where(c.ended_as == "", c.version != "").distinct().order_by(c.version))
    return tuple(row.version for row in rows)


def steps_with_open_tasks(unit: Unit, version: str) -> dict[str, int]:
    """For each step of a cadence version where enrolments stand with an open task: how many of them."""
    c = enrolments.c
    open_ones = select(tasks.c.enrolment).where(tasks.c.status == "open", tasks.c.enrolment != "")
    query = select(c.step, func.count().label("number")).where(
        c.ended_as == "", c.version == version, c.id.in_(open_ones)
    )
    return {row.step: row.number for row in unit.rows(query.group_by(c.step).order_by(c.step))}
