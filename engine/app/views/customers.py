"""Customers: the list, and one company with its people, deals, service and everything that happened."""

from dataclasses import dataclass
from datetime import date

from engine.app.views.choices import NO_WORDS, NOBODY, Belongs
from engine.app.views.deals import DealFact, DealRow, EnrolmentRow, HeldRow
from engine.app.views.happenings import TimelineRow
from engine.app.views.tasks import TaskRow
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """What the list is narrowed to; empty means all. `after` is the cursor of the page before."""

    text: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer in the list. `open_deals` and `won_deals` count those that the viewer may see; `also` are the ids that
    were merged into it."""

    id: str
    name: str
    owner_name: Title
    open_deals: int
    won_deals: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """One page of the list; `next` is the cursor of the following page, or empty."""

    rows: tuple[CustomerRow, ...]
    next: str
    total: int


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person at the customer: what is known of them, and the channels on which they do not want to be reached."""

    name: str
    facts: tuple[DealFact, ...]
    unwanted: tuple[Title, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A deal of the customer in a cadence."""

    deal: str
    deal_name: str
    enrolment: EnrolmentRow


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A partner's claim on the customer; `state` granted, refused, expired or fulfilled."""

    partner: Title
    product_line: Title
    state: Title
    requested_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A record of the same company that was merged into this one, and since when."""

    id: str
    name: str
    since_on: date


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing of the customer's whole record; `about` names the deal, contact or ticket that it is about (empty: the customer
    itself), `deal` is the deal's id."""

    row: TimelineRow
    about: str = ""
    deal: str = ""


@dataclass(frozen=True, slots=True)
class CustomerView:
    """Everything the customer page shows, as far as the viewer may see it. `others` counts deals that are somebody else's;
    `before` is the cursor of earlier happenings, or empty. `owners` is whose the customer is, whoever has deals with it;
    `held` the pool that it would go back to, `pooled` the one that it lies in (empty: none). No amount of pay is in it."""

    row: CustomerRow
    belongs: Belongs
    facts: tuple[DealFact, ...]
    contacts: tuple[ContactRow, ...]
    deals: tuple[DealRow, ...]
    others: int
    tasks: tuple[TaskRow, ...]
    follow_ups: tuple[FollowUp, ...]
    claims: tuple[ClaimRow, ...]
    merged: tuple[MergedRow, ...]
    timeline: tuple[Happened, ...]
    before: str = ""
    owners: Belongs = NOBODY
    held: HeldRow | None = None
    pooled: Title = NO_WORDS
