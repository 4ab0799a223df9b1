"""The whole story: people and partners arrive, customers come, deals begin day by day; sorted by when we hear of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from engine.app.demo.approvals import requests
from engine.app.demo.cast import PARTNERS, PEOPLE, Member, Reseller, account_name, contact_of
from engine.app.demo.chance import Chance
from engine.app.demo.lives import SOURCE, ZONE, Birth, Delivery, Life
from engine.app.demo.scores import scores
from engine.app.demo.tickets import tickets
from engine.core.events import Event

_UTC = UTC
_CUSTOMERS = 620
_MEDIUM = 20
_SOURCES = (("direct", 40), ("trade_show", 22), ("online_store", 20), ("association", 10), ("social", 8))


def story(seed: int, first_on: date, last_on: date, deals: int) -> tuple[Delivery, ...]:
    """Every delivery from the first day up to and including the last, in the order in which we hear of them."""
    found = [*_people(first_on), *_partners(first_on), *_customers(first_on), *_deals(seed, first_on, last_on, deals)]
    found += [*scores(seed, first_on, last_on), *tickets(seed, first_on, last_on)]
    end = _at(last_on, 23)
    return tuple(sorted((d for d in found if d.at <= end), key=lambda d: (d.at, d.event.order)))


def _at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), ZONE)


def _told(type: str, subject: str, on: date, first_on: date, **body: object) -> Delivery:
    """Something told in the morning of its day, or before the first day for what was so already."""
    at = _at(max(on, first_on - timedelta(days=1)), 8).astimezone(_UTC)
    happened = _at(on, 8).astimezone(_UTC)
    return Delivery(at, Event(type, subject, SOURCE, f"{type}-{subject}-{on}", happened, on, "guo-hua", body))


def _people(first_on: date) -> Iterator[Delivery]:
    for member in PEOPLE:
        known = {"name": member.name, "name_zh": member.name_zh, "role": member.role, "level": _level(member),
                 "team": member.team, "region": member.region, "from_on": member.joined_on}  # fmt: skip
        manager = {"manager": member.manager} if member.manager else {}
        yield _told("person.joined", member.id, member.joined_on, first_on, **known, **manager)
        if member.left_on:
            yield _told("person.left", member.id, member.left_on, first_on, reason="left the company")


def _level(member: Member) -> str:
    """Account executives who were there from the start are seniors."""
    if member.role != "account_executive":
        return ""
    return "senior" if member.joined_on.year < 2025 else "junior"


def _partners(first_on: date) -> Iterator[Delivery]:
    for partner in PARTNERS:
        body = {"name": partner.name, "channel": partner.channel, "programme": "resellers", "manager": partner.manager}
        yield _told("partner.joined", partner.id, partner.joined_on, first_on, **body)
        for year in (partner.joined_on.year, partner.joined_on.year + 1):
            from_on = max(partner.joined_on, date(year, partner.joined_on.month, 1))
            until_on = date(year + 1, partner.joined_on.month, 1)
            yield _told("agreement.signed", partner.id, from_on, first_on, from_on=from_on, until_on=until_on)


def _customers(first_on: date) -> Iterator[Delivery]:
    for number in range(_CUSTOMERS):
        id, name, industry, region = account_name(number)
        on = first_on - timedelta(days=1)
        yield _told("account.changed", id, on, first_on, name=name, industry=industry,
                    region=region, is_new=number % 3 == 0, **_whose(number, region, on))  # fmt: skip
        contact, known = contact_of(number)
        yield _told("contact.changed", contact, on, first_on, **known)


def _whose(number: int, region: str, on: date) -> dict[str, object]:
    """Every twentieth customer is of medium size; they belong to those who sell there, every third of them to nobody yet."""
    if number % _MEDIUM:
        return {}
    sellers = [
        member.id for member in _working_here(on) if member.share and (member.team == "china") == (region == "china")
    ]
    own = {"owner": sellers[number // _MEDIUM % len(sellers)]} if number // _MEDIUM % 3 else {}
    return {"size": "medium", **own}


def _deals(seed: int, first_on: date, last_on: date, deals: int) -> Iterator[Delivery]:
    """So many deals, spread over the days; each goes to somebody who works here on its day."""
    chance = Chance(seed, "births")
    days = (last_on - first_on).days + 1
    for number in range(1, deals + 1):
        on = first_on + timedelta(days=(number - 1) * days // deals)
        birth = _birth(number, on, chance)
        yield from Life(birth, seed).deliveries()
        yield from requests(birth, seed)


def _birth(number: int, on: date, chance: Chance) -> Birth:
    owner = chance.weighted([(member, member.share) for member in _working_here(on) if member.share])
    abroad = owner.team == "international"
    currency = chance.weighted((("EUR", 45), ("USD", 40), ("CNY", 15))) if abroad else "CNY"
    customer = _customer_for(abroad, chance)
    account, named, *_ = account_name(customer)
    callers = [member.id for member in _working_here(on) if member.role == "sdr" and member.team == owner.team]
    others = [m.id for m in _working_here(on) if m.share and m.team == owner.team and m.id != owner.id]
    partner = _partner_for(on, chance)
    source = partner.channel if partner else chance.weighted(_SOURCES)
    caller, colleague = chance.one_of(callers) if callers else "", chance.one_of(others)
    return Birth(
        number, on, owner, account, named, contact_of(customer)[0], currency, source, caller, colleague, partner
    )


def _working_here(on: date) -> list[Member]:
    return [m for m in PEOPLE if m.joined_on <= on and (m.left_on is None or on < m.left_on - timedelta(days=20))]


def _customer_for(abroad: bool, chance: Chance) -> int:
    """A customer of the right part of the world; the numbering alternates eight at home, eight abroad."""
    number = chance.between(0, _CUSTOMERS - 1)
    return number - number % 16 + number % 8 + (8 if abroad else 0)


def _partner_for(on: date, chance: Chance) -> Reseller | None:
    here = [(partner, partner.brings) for partner in PARTNERS if partner.joined_on <= on]
    nobody: tuple[Reseller | None, int] = (None, 100 - sum(brings for _, brings in here))
    return chance.weighted([*here, nobody])
