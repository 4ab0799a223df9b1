"""Sentences about approvals: what people say to what they are asked."""

from datetime import datetime

from engine.core.events import Event
from tests.steps.readings import WrongSpelling
from tests.steps.sentences import when
from tests.steps.story import Story

_SAID = {"asks for": "requested", "grants": "granted", "refuses": "refused", "takes back": "recalled",
         "申请": "requested", "批准": "granted", "拒绝": "refused", "撤回": "recalled"}  # fmt: skip


@when(
    "on {moment}, {person} {said} the approval {name} of the deal {deal}[, because {reason}]",
    "{moment}，{person}{said}商机{deal}的{name}审批[，原因是{reason}]",
)
def says(story: Story, moment: datetime, person: str, said: str, name: str, deal: str, reason: str = "") -> None:
    """Somebody asks, agrees, refuses or takes the request back; the rule goes by its title."""
    found = {
        rule.header.id
        for rule in story.house.rulebook.approvals
        if name in (rule.header.title.en, rule.header.title.zh)
    }
    if len(found) != 1:
        raise WrongSpelling(f"{name!r} is the title of {len(found)} approval rules")
    body = {"approval": found.pop(), "reason": reason or None}
    story.tell(f"approval.{_SAID[said]}", deal, moment, person, **body)


def agreement(story: Story, deal: str, at: datetime) -> list[Event]:
    """What those who are asked about the deal say when they agree, each in turn; nothing when nobody is."""
    with story.state() as state:
        pending = [one for one in state.approvals(deal) if one.state == "pending"]
    seats = {(one.rule, seat.person) for one in pending for seat in one.waiting}
    return [story.event("approval.granted", deal, at, person, approval=rule) for rule, person in sorted(seats)]
