"""Which account an event is about, and what its deals say of it: when it was last touched, when something was last won."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from engine.core.events import Event
from engine.core.merging import deals_of_company, ever_one_with, one_with
from engine.core.ownership import OF_ACCOUNT
from engine.core.records import Account, AccountVersion, Deal
from engine.core.situation import State


def account_of(event: Event) -> str:
    """The id of the account that the event is about, or empty."""
    if event.type.startswith("account."):
        return event.subject
    ticks = event.type == "clock.ticked" and event.subject.startswith(OF_ACCOUNT)
    return event.subject.removeprefix(OF_ACCOUNT) if ticks else ""


def as_last_told(event: Event, id: str, state: State) -> Event:
    """The event as of the last that was told of the company, where that is later: whose a customer is goes by all of it,
    however late some of it comes."""
    known = (account for one in ever_one_with(id, state) if (account := state.account(one)))
    last = max((one.versions[-1] for one in known if one.versions), key=lambda told: told.at, default=None)
    return replace(event, at=last.at, on=last.on) if last and last.at > event.at else event


def last_touch_at(id: str, state: State, moment: datetime) -> datetime | None:
    """When somebody last touched a deal of the company, or None."""
    return max((deal.last_touch_at for deal in _deals(id, state, moment) if deal.last_touch_at), default=None)


def last_won_at(id: str, state: State, moment: datetime) -> datetime | None:
    """When a deal of the company that still counts as won was won last, or None."""
    won = (deal.entered_stage_at for deal in _deals(id, state, moment) if deal.status == "won")
    return max(won, default=None)


def _deals(id: str, state: State, moment: datetime) -> Iterator[Deal]:
    return (deal for one in deals_of_company(id, state, moment) if (deal := state.deal(one)))


def told(account: Account, version: AccountVersion) -> Account:
    """The account with one more version in its place by moment, and its facts as they then last were."""
    versions = tuple(sorted([*account.versions, version], key=lambda one: (one.at, one.event)))
    began = account.began if account.versions else account.facts
    facts = {**began, **{name: value for one in versions for name, value in one.facts.items()}}
    return replace(account, facts=facts, began=began, versions=versions)


def in_hands(id: str, owner: str, event: Event, state: State) -> tuple[Account, ...]:
    """The company's records in somebody's hands from the event on; in nobody's (""), none of them says whose it is."""
    version = AccountVersion(event.at, event.on, event.id, {"owner": owner})
    records = [account for one in one_with(id, state, event.at) if (account := state.account(one))]
    return tuple(told(one, version) for one in (records[:1] if owner else records) if owner or one.facts.get("owner"))
