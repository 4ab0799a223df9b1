"""Which account an event is about, and what its deals say of it: when it was last touched, when something was last won."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from engine.core.events import Event
from engine.core.merging import deals_of_company, ever_one_with, one_with
from engine.core.ownership import OF_ACCOUNT
from engine.core.records import Account, AccountVersion
from engine.core.situation import State


def account_of(event: Event) -> str:
    """The id of the account that the event is about, or empty."""
    if event.type.startswith("account."):
        return event.subject
    ticks = event.type == "clock.ticked" and event.subject.startswith(OF_ACCOUNT)
    return event.subject.removeprefix(OF_ACCOUNT) if ticks else ""


def last_told_at(id: str, state: State) -> datetime | None:
    """The moment of the last word about the company, be it about facts or about merging; None before the first."""
    known = [account for one in ever_one_with(id, state) if (account := state.account(one))]
    told = [account.versions[-1].at for account in known if account.versions]
    return max([*told, *(account.merges[-1].at for account in known if account.merges)], default=None)


def as_last_told(event: Event, id: str, state: State, zone: str) -> Event:
    """The event as of the last word about the company, where that is later: whose a customer is goes by all of it, however
    late some of it comes."""
    last = last_told_at(id, state)
    return replace(event, at=last, on=last.astimezone(ZoneInfo(zone)).date()) if last and last > event.at else event


def last_touch_and_win(id: str, state: State, moment: datetime) -> tuple[datetime | None, datetime | None]:
    """When somebody last touched a deal of the company, and when a deal of it was last won that still counts as won; None
    where there is no such moment."""
    deals = [deal for one in deals_of_company(id, state, moment) if (deal := state.deal(one))]
    touched = [deal.last_touch_at for deal in deals if deal.last_touch_at]
    won = [deal.entered_stage_at for deal in deals if deal.status == "won"]
    return max(touched, default=None), max(won, default=None)


def told(account: Account, version: AccountVersion) -> Account:
    """The account with one more version in its place by moment, and its facts as they then last were."""
    versions = tuple(sorted([*account.versions, version], key=lambda one: (one.at, one.event)))
    began = account.began if account.versions else account.facts
    facts = {**began, **{name: value for one in versions for name, value in one.facts.items()}}
    return replace(account, facts=facts, began=began, versions=versions)


def in_hands(id: str, owner: str, event: Event, state: State, zone: str) -> tuple[Account, ...]:
    """The company's records in somebody's hands from the event on; in nobody's (""), none of them says whose it is."""
    at = _takes_effect(id, event, state)
    version = AccountVersion(at, at.astimezone(ZoneInfo(zone)).date(), event.id, {"owner": owner})
    records = [account for one in one_with(id, state, at) if (account := state.account(one))]
    return tuple(told(one, version) for one in (records[:1] if owner else records) if owner or one.facts.get("owner"))


_JUST = timedelta(microseconds=1)


def _takes_effect(id: str, event: Event, state: State) -> datetime:
    """When a change of hands begins. What the clock does, and what follows from it, comes just before whatever is told of the
    same moment, since it is looked at first; what an event of the past brings about happens now, just after the last word."""
    last = last_told_at(id, state)
    if last and last > event.at:
        return last + _JUST
    by_clock = event.type == "clock.ticked" or event.source == "clock" or "+clock" in event.key
    return event.at - _JUST if by_clock else event.at
