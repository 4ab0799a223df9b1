"""What customers ask and complain about in the story, who answers them, and how satisfied they say they are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from engine.app.demo.cast import PEOPLE, account_name
from engine.app.demo.chance import Chance
from engine.app.demo.lives import SOURCE, ZONE, Delivery
from engine.core.events import Event

_EVERY = 6
_CUSTOMERS = 620
_ABOUT = {
    "question": ("Which cable fits the new head?", "新探头配哪种线缆？", "能否提供校准证书？"),
    "complaint": ("The delivery is two weeks late", "读数偏高三度", "验收资料一直没有收到"),
    "fault": ("No signal after the update", "开机后无显示", "The pump stops at full load"),
    "return": ("Wrong model delivered", "型号发错，需换货", "发票抬头有误，需退回重开"),
}


def tickets(seed: int, first_on: date, last_on: date) -> Iterator[Delivery]:
    """A ticket every few days, seen to by somebody who sells; the last ones are still open."""
    chance = Chance(seed, "tickets")
    for number, on in enumerate(first_on + timedelta(days=day) for day in range(2, (last_on - first_on).days, _EVERY)):
        owners = [m.id for m in PEOPLE if m.share and m.joined_on <= on and (m.left_on is None or m.left_on > on)]
        yield from _ticket(f"T-{number + 1:04d}", on, chance.one_of(owners), chance)


def _ticket(id: str, on: date, owner: str, chance: Chance) -> Iterator[Delivery]:
    kind = chance.weighted((("question", 45), ("fault", 25), ("complaint", 18), ("return", 12)))
    account, *_ = account_name(chance.between(0, _CUSTOMERS - 1))
    opened = datetime.combine(on, time(9), ZONE) + timedelta(minutes=chance.between(0, 420))
    body = {"account": account, "kind": kind, "owner": owner, "topic": chance.one_of(_ABOUT[kind]),
            "priority": chance.weighted((("normal", 70), ("high", 20), ("urgent", 10)))}  # fmt: skip
    yield _heard("ticket.opened", id, opened, "", **body)
    replied = opened + timedelta(minutes=chance.between(10, 300))
    yield _heard("ticket.replied", id, replied, owner, by="agent", note="")
    if chance.percent(30):
        held = replied + timedelta(hours=1)
        yield _heard("ticket.held", id, held, owner, reason="a spare part is on its way")
        yield _heard("ticket.resumed", id, held + timedelta(days=2), owner)
    resolved = replied + timedelta(days=chance.between(3, 9), minutes=chance.between(0, 200))
    yield _heard("ticket.resolved", id, resolved, owner)
    if chance.percent(60):
        said = resolved + timedelta(days=1)
        score = chance.weighted(((5, 45), (4, 35), (3, 12), (2, 5), (1, 3)))
        yield _heard("satisfaction.answered", id, said, "", score=score)


def _heard(type: str, id: str, at: datetime, actor: str, **body: object) -> Delivery:
    given = {name: value for name, value in body.items() if value != ""}
    moment = at.astimezone(UTC)
    return Delivery(moment, Event(type, id, SOURCE, f"{type}-{id}", moment, at.date(), actor, given))
