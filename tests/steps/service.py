"""Sentences about customers' tickets: what is promised, what is done about them, what customers say."""

from datetime import datetime

from engine.app.tickets import ticket_view
from engine.app.words import word
from engine.core.tickets import KINDS
from tests.steps.readings import WrongSpelling
from tests.steps.sentences import then, when
from tests.steps.story import Story


@when(
    "on {moment}, {person} opens the ticket {ticket:name}, a {kind:name}[ about the deal {deal}]",
    "{moment}，{person}新建{kind:name}工单{ticket:name}[，涉及商机{deal}]",
)
def opens(story: Story, moment: datetime, person: str, ticket: str, kind: str, deal: str = "") -> None:
    """A ticket that the person sees to."""
    story.tell("ticket.opened", ticket, moment, person, kind=_kind(story, kind), owner=person, deal=deal or None)


@when(
    "on {moment}, the ticket {ticket:name} comes in, a {kind:name}[ from the customer {customer}]",
    "{moment}，收到{kind:name}工单{ticket:name}[，来自客户{customer}]",
)
def comes_in(story: Story, moment: datetime, ticket: str, kind: str, customer: str = "") -> None:
    """A ticket that nobody has yet."""
    story.tell("ticket.opened", ticket, moment, kind=_kind(story, kind), account=customer or None)


def _kind(story: Story, kind: str) -> str:
    found = [code for code in KINDS if kind.lower() in (word(code).en.lower(), word(code).zh)]
    if not found:
        raise WrongSpelling(f"{kind!r} is none of {', '.join(word(code).show(story.language) for code in KINDS)}")
    return found[0]


@then("{person} has the ticket {ticket:name}", "工单{ticket:name}由{person}处理")
def has_ticket(story: Story, person: str, ticket: str) -> None:
    """Whose it is."""
    with story.state() as state:
        found = state.ticket(ticket)
    assert found is not None and found.owner == person, found and found.owner


@when(
    "on {moment}, {person} {serves} the ticket {ticket:name}[, because {reason}]",
    "{moment}，{person}{serves}工单{ticket:name}[，原因是{reason}]",
)
def serves(story: Story, moment: datetime, person: str, serves: str, ticket: str, reason: str = "") -> None:
    """Answers, holds, resumes, resolves, reopens or closes it."""
    body = {"by": "agent"} if serves == "ticket.replied" else {"reason": reason} if reason else {}
    story.tell(serves, ticket, moment, person, **body)


@when(
    "on {moment}, the customer of the ticket {ticket:name} {customer_says}[ {number}]",
    "{moment}，工单{ticket:name}的客户{customer_says}[ {number}]",
)
def customer_says(story: Story, moment: datetime, ticket: str, customer_says: str, number: int | None = None) -> None:
    """A further message, or how satisfied they are."""
    body = {"by": "customer"} if customer_says == "ticket.replied" else {"score": number}
    story.tell(customer_says, ticket, moment, **body)


@then(
    "the ticket {ticket:name} is {status:name}, and its {limit:name}, due on {moment}, is {state:name}[, late by {late:name}]",
    "工单{ticket:name}的状态为{status:name}，其{limit:name}时限{moment}为{state:name}[，超时{late:name}]",
)
def stands(story: Story, ticket: str, status: str, limit: str, moment: datetime, state: str, late: str = "") -> None:
    """How the last clock of that limit stands now."""
    found = ticket_view(story.house, ticket, story.viewer("guo-hua"))
    clock = [one for one in found.clocks if story.shown(one.limit) == limit][-1]
    words = {
        "due": ("due", "计时中"),
        "met": ("kept", "已达成"),
        "paused": ("on hold", "暂停计时"),
        "failed": ("missed", "已超时"),
    }
    shown = words[clock.state][story.language == "zh"]
    seen = (story.shown(found.row.status.title), clock.due_at, shown, story.shown(clock.late))
    assert seen == (status, moment, state, late), f"{seen}"
