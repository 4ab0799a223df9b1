"""Builds task policies."""

from engine.core.rules.header import Header
from engine.core.rules.task_policy import Overdue, TaskPolicy
from engine.rulefiles.building.workshop import Workshop
from engine.rulefiles.schemas.base import Form

MAY_ASK = ("deal", "account", "contact", "owner", "task")
"""What does not change with the event at which somebody asks."""


def build_task_policy(form: Form, header: Header, workshop: Workshop) -> TaskPolicy:
    """The rule's record."""
    covers = workshop.condition(form.get("covers"))
    for name in sorted(covers.reads) if covers else ():
        if name.split(".")[0] not in MAY_ASK:
            workshop.report(form.at("covers"), "R402", found=name)
    snooze = form.get("snooze", {})
    return TaskPolicy(
        header=header,
        covers=covers,
        when_away=form["when_away"],
        overdue=tuple(Overdue(one["after"], one["tell"], one["give_to"], one.place) for one in form["overdue"]),
        snooze_at_most=snooze.get("at_most"),
        snooze_for_at_most=snooze.get("for_at_most"),
        delegate=form["delegate"],
        done_within=form.get("done_within"),
        calendar=form["calendar"],
    )
