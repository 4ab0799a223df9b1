"""A service desk to tell stories at: one service level, hours from Monday to Friday, tickets in memory."""

from datetime import datetime

from engine.core.service.standing import Standing, standing_of
from engine.core.tickets import Ticket
from tests.core.workflow.story import Story, local, rules

HOURS = """
calendar: cn
title: {en: Plain, zh: 普通}
years: {from: 2025, until: 2029}
hours: {weekdays: [10:00-18:00]}
holidays: [{on: 2026-01-08, title: {en: Founders' Day, zh: 建厂日}}]
"""
SERVICE = """
service_level: service
title: {en: Service, zh: 服务}
promises:
  - {promise: urgent, when: ticket.priority = "urgent", first_response: 30 business minutes, resolution: 2 business hours}
  - promise: high
    when: ticket.priority = "high"
    first_response: 1 business hours
    next_response: 60 business minutes
    resolution: 4 business hours
  - {promise: usual, first_response: 8 business hours, resolution: 3 business days}
holds: [replied, on_hold]
steps:
  - {of: first_response, before: 10 business minutes, tell: ticket.owner}
  - {of: first_response, after: 0 minutes, task: answer-at-last, to: ticket.owner}
  - {of: resolution, after: 1 business hours, task: take-over, to: ticket.owner.manager}
close: {after: 5 days, statuses: [replied, resolved]}
satisfaction: {worst: 1, best: 5, satisfied_from: 4}
"""
VOCABULARY = """
vocabulary: polaris
deal:
  budget: {type: money, currency: CNY, title: {en: Budget, zh: 预算}}
account:
  tier: {type: choice, of: [gold, plain], title: {en: Tier, zh: 级别}}
"""


def desk(service: str = SERVICE, *more: str) -> Story:
    """A story with the service level."""
    return Story(rules(service, *more, calendar=HOURS, vocabulary=VOCABULARY))


def opened(story: Story, at: str = "2026-01-05 10:00", id: str = "T-1", **body: object) -> Story:
    """A ticket is opened (Monday 5 January 2026 is a working day, Thursday 8 January a holiday)."""
    return story.happen("ticket.opened", id, at, **{"owner": "wei", "account": "A-1", "topic": "No signal", **body})


def ticket(story: Story, id: str = "T-1") -> Ticket:
    """The ticket as it stands."""
    found = story.state.ticket(id)
    assert found is not None
    return found


def standing(story: Story, at: str, id: str = "T-1") -> Standing:
    """The ticket's standing at a local time."""
    return standing_of(ticket(story, id), local(at), story.state, story.rulebook)


def due(standing: Standing, limit: str) -> datetime:
    """The date of the last clock of a limit."""
    return [one.due_at for one in standing.clocks if one.limit == limit][-1]


def tick(story: Story, at: str, id: str = "T-1") -> Story:
    """The clock, for a ticket."""
    return story.happen("clock.ticked", f"ticket:{id}", at)
