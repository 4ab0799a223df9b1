"""A cadence of three steps, and a lead with a contact that goes through it."""

from engine.core.records import Enrolment
from engine.core.workflow.notes import show_note
from tests.core.workflow.story import Story, rules
from tests.core.workflow.test_stages import BUDGET

FOLLOW = """
cadence: follow
title: {en: Follow, zh: 跟进}
start: {on: deal.stage_entered, when: deal.stage = "lead"}
MORE
steps:
  - {step: one, after: 0 days, task: {channel: email}}
  - {step: two, after: 2 business days, task: {channel: call}}
  - {step: three, after: 1 business days, task: {channel: email}}
policy: {POLICY}
"""


def follow(policy: str = "on_overdue: wait", more: str = "", steps: str = "") -> str:
    """The cadence's text, with that policy, further keys, and other steps."""
    text = FOLLOW.replace("POLICY", policy).replace("MORE", more)
    return f"{text[: text.index('steps:')]}steps:\n{steps}\npolicy: {{{policy}}}\n" if steps else text


OTHER = follow().replace("cadence: follow", "cadence: other").replace('deal.stage = "lead"', 'deal.stage = "proposal"')


def story(
    *texts: str, at: str = "2026-09-07 10:00", contact: dict[str, object] | None = None, **facts: object
) -> Story:
    """A new lead of Wei's, on a Monday, with a contact."""
    found = Story(rules(*texts))
    found.happen("contact.changed", "C-1", "2026-09-01 10:00", name="Li", **(contact or {}))
    return found.happen("deal.created", "D-1", at, owner="wei", contact="C-1", **facts)


def one(found: Story, deal: str = "D-1") -> Enrolment:
    """The deal's last enrolment."""
    return found.enrolments(deal)[-1]


def done(found: Story, at: str, outcome: str = "connected") -> Story:
    """The first open task done."""
    return found.happen("task.completed", found.tasks()[0].id, at, "wei", outcome=outcome)


def notes(found: Story) -> list[str]:
    """What moved the date of the last enrolment."""
    return [show_note(note) for note in one(found).notes]


def deals(found: Story, number: int, at: str = "2026-09-07 10:00", first: int = 1, **facts: object) -> Story:
    """So many new leads of Wei's at once."""
    for id in range(first, first + number):
        found.happen("deal.created", f"D-{id}", at, owner="wei", **facts)
    return found


def again(found: Story, at: str) -> Story:
    """The deal enters the stage `lead` once more."""
    found.happen("deal.stage_asked", "D-1", at, stage="qualified", budget=BUDGET, contact="C-1")
    return found.happen("deal.stage_asked", "D-1", at, stage="lead", reason="Again")
