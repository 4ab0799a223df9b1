"""The calendar feed of a person: their own tasks under a secret address, in their language, without pay or amounts."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from engine.app.access import may
from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around, rule_title
from engine.app.refusals import Problems, not_done
from engine.app.users import user_named
from engine.app.views.feeds import FeedView
from engine.app.views.users import User
from engine.app.words import word
from engine.core.records import Task
from engine.core.rules.header import Title
from engine.exports.task_calendar import KINDS, Entry, task_calendar
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.feeds import Feed, FeedBook, revisions
from engine.store.queries.tasks import tasks_to_show

CLOSED_FOR = timedelta(days=14)
"""How long a closed task stays in the feed, so that calendar programs hear of its end."""

MOST = 2000
"""Tasks of one feed: the open ones that are due first, then the last closed."""


def feed_view(dw: Dealwright, viewer: User) -> FeedView:
    """Whether the viewer has a feed, and in which zones it may be."""
    with dw.database.unit() as unit:
        feed = FeedBook(unit).of(viewer.name)
    return FeedView(feed.made_at if feed else None, feed.time_zone if feed else dw.zone.key, zones(dw))


def zones(dw: Dealwright) -> tuple[str, ...]:
    """The zones of the company and its calendars, the company's first."""
    others = sorted({calendar.time_zone for calendar in dw.rulebook.calendars})
    return tuple(dict.fromkeys((dw.zone.key, *others)))


def renew_feed(dw: Dealwright, viewer: User, zone: str = "") -> FeedView | Problems:
    """A new address, which is told this once; the former one is worth nothing any more. E115 for a zone in which nobody works."""
    zone = zone or dw.zone.key
    if zone not in zones(dw):
        return (not_done("E115", what=zone),)
    token, now = secrets.token_urlsafe(32), dw.now()
    dw.database.run(lambda unit: FeedBook(unit).begin(Feed(viewer.name, _digest(token), zone, now)), appends=False)
    _note(dw, viewer, "calendar_feed.made")
    return FeedView(now, zone, zones(dw), token)


def revoke_feed(dw: Dealwright, viewer: User) -> bool:
    """No address any more; False when there was none."""
    ended = dw.database.run(lambda unit: FeedBook(unit).end(viewer.name), appends=False)
    if ended:
        _note(dw, viewer, "calendar_feed.revoked")
    return ended


def _note(dw: Dealwright, viewer: User, action: str) -> None:
    dw.database.run(lambda unit: AuditTrail(unit).write(dw.now(), viewer.name, action, viewer.name, {}))


def feed_of(dw: Dealwright, token: str, kind: str, link: Callable[[str], str]) -> bytes | None:
    """The file of that token; None alike for an unknown token, a disabled user and one who may see no tasks.

    `link` gives the address of a task's page.
    """
    found = next((one for one in KINDS if one == kind), None)
    with dw.database.unit() as unit:
        feed = FeedBook(unit).find(_digest(token)) if found else None
    user = user_named(dw, feed.name) if feed else None
    if feed is None or found is None or user is None or not may(user, "task.see"):
        return None
    with dw.database.unit() as unit:
        entries = _entries(dw, unit, user, link)
    name = Title("Tasks of", "任务：").show(user.language) + " " + user.shown.show(user.language)
    return task_calendar(entries, found, name, ZoneInfo(feed.time_zone), dw.rulebook.company.header.id)


def _entries(dw: Dealwright, unit: Unit, user: User, link: Callable[[str], str]) -> list[Entry]:
    tasks = tasks_to_show(unit, user.actor, dw.now() - CLOSED_FOR, MOST)
    known = around(unit, {task.deal for task in tasks})
    changed = revisions(unit, [task.id for task in tasks])
    return [_entry(dw, task, user, known, changed.get(task.id, (0, task.made_at)), link(task.id)) for task in tasks]


def _entry(dw: Dealwright, task: Task, user: User, known: Around, changed: tuple[int, datetime], link: str) -> Entry:
    """The task in the user's language: what, for whom, by which rule; no fact, since facts may be amounts."""
    deal, language = known.deals.get(task.deal), user.language
    customer = known.account_of(deal) or (str(deal.facts.get("name") or deal.id) if deal else "")
    cause = task.reasons[0]
    rule = rule_title(dw, cause.rule).show(language) if cause.rule else ""
    place = f"{cause.place.file}:{cause.place.line}" if cause.place.line else ""
    said = (word(task.channel).show(language), rule, place)
    return Entry(
        task.id, " · ".join(filter(None, [Title(*task.title).show(language), customer])),
        "\n".join(filter(None, said)), task.due_at, task.status, changed[0], changed[1], link, task.ended_at,
        task.priority,
    )  # fmt: skip


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
