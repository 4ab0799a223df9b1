"""A house to test in: the sample rules on a fresh SQLite file, a clock that is told, and events in a few words."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import Recorded, record, record_many
from engine.core.events import Event
from engine.core.money import Money
from engine.core.rules.rulebook import Rulebook
from engine.matching import Matcher
from engine.rulefiles.loading import load_rules
from engine.store.database import Database, open_database
from engine.store.migrations import upgrade

ZONE = ZoneInfo("Asia/Shanghai")
RULES = Path(__file__).parent.parent / "rules"


@cache
def sample() -> tuple[Rulebook, Matcher]:
    """The sample rulebook and its matcher, read once for all tests."""
    rulebook = load_rules(RULES).rulebook
    assert rulebook is not None, "the sample rules have no errors"
    return rulebook, matcher_for(rulebook)


def house(path: Path, now: datetime | None = None) -> Dealwright:
    """An open house on a new file. Its clock stands at `now`."""
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    return open_on(database, now)


def open_on(database: Database, now: datetime | None = None) -> Dealwright:
    """An open house on a database that has its tables."""
    rulebook, matcher = sample()
    moment = now or datetime(2026, 6, 1, tzinfo=UTC)
    return Dealwright(database, rulebook, matcher, lambda: moment)


def at(text: str) -> datetime:
    """`2026-03-14 10:00` in Shanghai, as an instant; a day alone is nine in the morning."""
    day, _, clock = text.partition(" ")
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock or "09:00"), ZONE).astimezone(UTC)


def event(
    type: str, subject: str, when: str, key: str = "", actor: str = "", mode: str = "live", **body: object
) -> Event:
    """An event from the source `test`; its key says what it is unless one is given."""
    moment = at(when)
    values: Mapping[str, object] = {
        name: Money.parse(v) if isinstance(v, str) and v.endswith(" CNY") else v for name, v in body.items()
    }
    name = key or f"{type}:{subject}:{when}"
    return Event(type, subject, "test", name, moment, moment.astimezone(ZONE).date(), actor, values, mode)


STAFF = (
    event("person.joined", "wu-fang", "2024-01-02", name="Wu Fang", name_zh="吴芳", role="sales_manager", team="china"),
    event(
        "person.joined",
        "chen-wei",
        "2024-01-02",
        "chen",
        name="Chen Wei",
        name_zh="陈伟",
        role="account_executive",
        team="china",
        manager="wu-fang",
    ),
    event(
        "person.joined",
        "li-na",
        "2024-01-02",
        "li",
        name="Li Na",
        name_zh="李娜",
        role="account_executive",
        team="china",
        manager="wu-fang",
    ),
)


def staffed(path: Path, now: datetime | None = None) -> Dealwright:
    """A house in which the sample's people work."""
    dw = house(path, now)
    tell(dw, *STAFF)
    return dw


def tell(dw: Dealwright, *events: Event) -> tuple[Recorded, ...]:
    """Record the events one after the other; each must have been recorded."""
    found = tuple(record(dw, one) for one in events)
    assert [one.status for one in found] == ["recorded"] * len(events), [
        (o.event.id, o.status, o.refused, o.problem) for o in found
    ]
    return found


def tell_all(dw: Dealwright, events: list[Event], group: int = 200) -> tuple[Recorded, ...]:
    """Record many, in groups of so many."""
    return record_many(dw, events, group)


def sale(deal: str, won: str, amount: str = "60_000 CNY", owner: str = "chen-wei", **facts: object) -> list[Event]:
    """The life of a sale that meets every gate, won on that day; the steps before lie in the days before."""
    day = date.fromisoformat(won)
    earlier = [date.fromordinal(day.toordinal() - back).isoformat() for back in (20, 15, 14, 10, 5)]
    return [
        event(
            "deal.created",
            deal,
            earlier[0],
            owner=owner,
            amount=amount,
            account=f"A-{deal}",
            channel="direct",
            product_line="hardware",
            **facts,
        ),
        event("activity.logged", deal, earlier[1], kind="call", outcome="connected"),
        event("deal.changed", deal, earlier[1] + " 10:00", budget="90_000 CNY", decision_maker="Director"),
        event("deal.stage_asked", deal, earlier[2], stage="qualified"),
        event("deal.stage_asked", deal, earlier[3], stage="proposal"),
        event("deal.stage_asked", deal, earlier[4], stage="negotiation"),
        event("deal.changed", deal, won + " 10:00", contract_signed=True),
        event("deal.won", deal, won + " 11:00"),
    ]
