"""People at a customer: how to reach them, in which zone they live, and on which channels they do not want to be reached.

A record like those of `records.py`. It is folded from everything that was told of it, by moment, so that the order of
delivery does not matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

EVERY_CHANNEL = "all"
"""The channel of an opt-out that closes every one."""


@dataclass(frozen=True, slots=True)
class ContactTold:
    """What one event told: `what` is changed, opted_out, opted_in or removed; `facts` are its body."""

    at: datetime
    on: date
    event: str
    what: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OptOut:
    """A channel on which the contact does not want to be reached, since when, and why."""

    channel: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at an account; `facts` by bare name (account, name, name_zh, job_title, phone, email, wecom, language,
    time_zone, custom facts), as last known. `removed_at` None: there. `told` is everything, in order of its moments.
    """

    id: str
    created_on: date
    facts: Mapping[str, object] = field(default_factory=dict)
    opted_out: tuple[OptOut, ...] = ()
    removed_at: datetime | None = None
    removed_for: str = ""
    told: tuple[ContactTold, ...] = ()

    @property
    def account(self) -> str:
        """The id of the account that the contact belongs to, or empty."""
        return str(self.facts.get("account") or "")

    @property
    def time_zone(self) -> str:
        """The zone that was told, whether or not there is such a zone."""
        return str(self.facts.get("time_zone") or "")

    def refuses(self, channel: str) -> OptOut | None:
        """The opt-out that closes the channel, or None when the contact may be reached there."""
        return next((out for out in self.opted_out if out.channel in (channel, EVERY_CHANNEL)), None)

    def changed_at(self, name: str) -> datetime | None:
        """When that fact was last told, or None when it never was."""
        return max((one.at for one in self.told if one.what == "changed" and name in one.facts), default=None)

    def at(self, moment: datetime) -> Mapping[str, object]:
        """The facts as they were told up to a moment."""
        return folded(replace(self, told=tuple(one for one in self.told if one.at <= moment))).facts


def contact_facts(contact: Contact | None, moment: datetime) -> dict[str, object]:
    """What a condition may know of a contact, as told up to a moment; empty when there is none."""
    if contact is None:
        return {}
    told = {f"contact.{name}": value for name, value in contact.at(moment).items() if value not in (None, "")}
    return {"contact": contact.id, "contact.id": contact.id, **told}


def folded(contact: Contact) -> Contact:
    """The contact as everything that was told of it makes it, in the order of its moments."""
    now = Contact(contact.id, contact.created_on, told=tuple(sorted(contact.told, key=lambda one: (one.at, one.event))))
    for one in now.told:
        now = _after(now, one)
    return now


def _after(contact: Contact, one: ContactTold) -> Contact:
    channel, reason = str(one.facts.get("channel") or ""), str(one.facts.get("reason") or "")
    open_ones = tuple(out for out in contact.opted_out if out.channel != channel)
    match one.what:
        case "opted_out":
            return replace(contact, opted_out=(*open_ones, OptOut(channel, one.at, reason)))
        case "opted_in":
            return replace(contact, opted_out=() if channel == EVERY_CHANNEL else open_ones)
        case "removed":
            return replace(contact, removed_at=one.at, removed_for=reason)
    return replace(contact, facts={**contact.facts, **one.facts}, removed_at=None, removed_for="")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def known_zone(name: str) -> bool:
    """True for the name of a time zone that there is: `Asia/Shanghai`, not `UTC2`."""
    return name in _zones()


def zone_of(contact: Contact | None, *others: str) -> tuple[ZoneInfo, str]:
    """The first zone there is, of the contact's and then the others; with the contact's where it is told and unknown."""
    told = contact.time_zone if contact else ""
    found = next(name for name in (told, *others) if name and known_zone(name))
    return ZoneInfo(found), told if told and found != told else ""
