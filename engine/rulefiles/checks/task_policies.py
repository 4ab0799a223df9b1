"""Task policies: levels that rise, policies that can be reached, whom they address."""

from collections.abc import Iterator
from itertools import pairwise

from engine.core.problems import Problem
from engine.core.rules.header import Header
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.checks.finding import Path, finding
from engine.rulefiles.checks.transitions import no_later


def levels_rise(rulebook: Rulebook) -> Iterator[Problem]:
    """R365 for a level of being overdue that is reached no later than the one before it."""
    for policy in rulebook.task_policies:
        for number, (before, level) in enumerate(pairwise(policy.overdue), start=1):
            if no_later(level.after, before.after):
                found = {"found": str(level.after), "before": str(before.after)}
                yield finding(rulebook, policy.header, ("overdue", number, "after"), "R365", **found)


def policies_can_be_reached(rulebook: Rulebook) -> Iterator[Problem]:
    """R403 for a policy after one that covers everything on the same days."""
    for number, later in enumerate(rulebook.task_policies):
        for first in rulebook.task_policies[:number]:
            one, other = first.header, later.header
            if first.covers is None and one.id != other.id and one.in_force.overlaps(other.in_force):
                yield finding(rulebook, other, ("task_policy",), "R403", found=other.id, before=one.id)
                break


def addressed(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str]]:
    """Whom the levels address; the task's owner and their manager are known by name."""
    for policy in rulebook.task_policies:
        for number, level in enumerate(policy.overdue):
            for key, to in (("tell", level.tell), ("give_to", level.give_to)):
                if to and to not in ("task.owner", "task.owner.manager"):
                    yield policy.header, ("overdue", number, key), to


def calendars_named(rulebook: Rulebook) -> Iterator[tuple[Header, Path, str]]:
    """The calendars by which policies count."""
    return ((one.header, ("calendar",), one.calendar) for one in rulebook.task_policies if one.calendar)
