"""Everything that can happen outside, as frozen records in the past tense, and what each may say.

One table, `EVENT_TYPES`, is the only list of event types: intake validates against it, the reference is made from it.
An event is recorded once under its source and key and never changed; a correction is a further event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from engine.core.money import Money


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an event's body. `kind` is a value kind of `fact_types` or `person`, `shares`, `stage`,
    `figure` (a number or a percent, kept as its text)."""

    name: str
    kind: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class EventType:
    """What one type of event is about (`subject`: deal, person, partner, account, contact, ticket,
    task, clock) and its body's fields.

    `facts` True: the body may also carry any declared fact of the subject by its bare name (`budget`).
    """

    name: str
    subject: str
    fields: tuple[Field, ...]
    facts: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    `(source, key)` names it for ever. `at` is when it happened (aware, UTC); `on` is that day in the company's zone.
    `subject` is the id of the deal, person, partner, account, contact or task. `actor` is who did it ("" unknown). `body` holds
    typed values by field name. `mode` is `live` or `history`: history makes no tasks and tells nobody. `seq` is its
    place in the log (0: not recorded, or derived from another event).
    """

    type: str
    subject: str
    source: str
    key: str
    at: datetime
    on: date
    actor: str = ""
    body: Mapping[str, object] = field(default_factory=dict)
    mode: str = "live"
    seq: int = 0

    def text(self, name: str) -> str:
        """The body's text under that name, or empty."""
        return str(self.body.get(name) or "")

    def day(self, name: str) -> date | None:
        """The body's date under that name, or None."""
        value = self.body.get(name)
        return value if isinstance(value, date) else None

    def money(self, name: str) -> Money | None:
        """The body's amount under that name, or None."""
        value = self.body.get(name)
        return value if isinstance(value, Money) else None

    @property
    def id(self) -> str:
        """`source/key`, the name by which causes point to it."""
        return f"{self.source}/{self.key}"

    @property
    def order(self) -> tuple[datetime, int, str]:
        """The one order of events, whatever the order of delivery: moment, then the type's rank, then source and key.

        The rank settles what a file with dates only leaves open: on one day a deal is created before it is called,
        changed, moved and won, and paid after that.
        """
        return (self.at, self.rank, self.id)

    @property
    def rank(self) -> int:
        """The place of the event's type among the events of one moment."""
        return rank_of(self.type)


def _type(name: str, subject: str, *fields: Field, facts: bool = False) -> EventType:
    return EventType(name, subject, fields, facts)


_DEAL_FIELDS = (
    Field("name", "text"), Field("kind", "text"), Field("account", "text"), Field("owner", "person"),
    Field("amount", "money"), Field("margin", "money"), Field("list_price", "money"), Field("discount", "percent"),
    Field("source", "text"), Field("channel", "text"), Field("partner", "text"), Field("referred_by", "text"),
    Field("registration", "text"), Field("probability", "percent"), Field("close_on", "date"),
    Field("contract_signed", "bool"), Field("team", "shares"), Field("pipeline", "text"), Field("loss_reason", "text"),
    Field("contact", "text"),
)  # fmt: skip
_PERSON_FIELDS = (
    Field("name", "text"), Field("name_zh", "text"), Field("role", "text"), Field("level", "text"), Field("team", "text"),
    Field("manager", "person"), Field("region", "text"), Field("from_on", "date"),
)  # fmt: skip
_TICKET_FIELDS = (
    Field("account", "text"), Field("contact", "text"), Field("deal", "text"), Field("kind", "text"),
    Field("priority", "text"), Field("topic", "text"), Field("owner", "person"),
)  # fmt: skip
_MONEY_FIELDS = (Field("amount", "money", needed=True), Field("reason", "text"))

_TYPES = (
    _type("deal.created", "deal", *_DEAL_FIELDS, Field("stage", "stage"), facts=True),
    _type("deal.changed", "deal", *_DEAL_FIELDS, facts=True),
    _type("deal.stage_asked", "deal", Field("stage", "stage", needed=True), Field("reason", "text"),
          Field("override", "bool"), facts=True),
    _type("deal.won", "deal", Field("amount", "money"), Field("reason", "text"), Field("override", "bool"), facts=True),
    _type("deal.lost", "deal", Field("loss_reason", "text"), Field("reason", "text"), Field("override", "bool"), facts=True),
    _type("deal.reopened", "deal", Field("stage", "stage"), Field("reason", "text", needed=True)),
    _type("deal.line_set", "deal", Field("line", "text", needed=True), Field("product", "text"),
          Field("product_line", "text"), Field("quantity", "number"), Field("amount", "money"), Field("margin", "money")),
    _type("deal.line_removed", "deal", Field("line", "text", needed=True)),
    _type("deal.cancelled", "deal", Field("reason", "text", needed=True)),
    _type("deal.claimed", "deal", Field("by", "person")),
    _type("deal.returned", "deal", Field("reason", "text", needed=True)),
    _type("deal.reassigned", "deal", Field("owner", "person", needed=True), Field("reason", "text")),
    _type("approval.requested", "deal", Field("approval", "text", needed=True), Field("reason", "text")),
    _type("approval.granted", "deal", Field("approval", "text", needed=True), Field("reason", "text")),
    _type("approval.refused", "deal", Field("approval", "text", needed=True), Field("reason", "text", needed=True)),
    _type("approval.recalled", "deal", Field("approval", "text", needed=True), Field("reason", "text")),
    _type("approval.delegated", "deal", Field("approval", "text", needed=True), Field("to", "person", needed=True),
          Field("reason", "text")),
    _type("activity.logged", "deal", Field("activity", "text"), Field("kind", "text", needed=True), Field("outcome", "text"),
          Field("channel", "text"), Field("duration_minutes", "number"), Field("by", "person"), Field("note", "text"),
          Field("return_on", "date")),
    _type("enrolment.asked", "deal", Field("cadence", "text", needed=True), Field("priority", "number"),
          Field("reason", "text")),
    _type("enrolment.paused", "deal", Field("cadence", "text", needed=True), Field("until", "date"),
          Field("reason", "text")),
    _type("enrolment.resumed", "deal", Field("cadence", "text", needed=True), Field("reason", "text")),
    _type("enrolment.removed", "deal", Field("cadence", "text", needed=True), Field("reason", "text", needed=True)),
    _type("payment.received", "deal", Field("payment", "text"), Field("instalment", "number"), *_MONEY_FIELDS),
    _type("invoice.issued", "deal", Field("invoice", "text"), *_MONEY_FIELDS),
    _type("credit_note.issued", "deal", Field("credit_note", "text"), *_MONEY_FIELDS),
    _type("account.changed", "account", Field("name", "text"), Field("industry", "text"), Field("region", "text"),
          Field("owner", "person"), Field("is_new", "bool"), facts=True),
    _type("account.claimed", "account", Field("by", "person")),
    _type("account.returned", "account", Field("reason", "text", needed=True)),
    _type("account.merged", "account", Field("into", "text", needed=True), Field("reason", "text")),
    _type("account.unmerged", "account", Field("reason", "text", needed=True)),
    _type("contact.changed", "contact", Field("account", "text"), Field("name", "text"), Field("name_zh", "text"),
          Field("job_title", "text"), Field("phone", "text"), Field("email", "text"), Field("wecom", "text"),
          Field("language", "text"), Field("time_zone", "text"), facts=True),
    _type("contact.opted_out", "contact", Field("channel", "text", needed=True), Field("reason", "text")),
    _type("contact.opted_in", "contact", Field("channel", "text", needed=True), Field("reason", "text")),
    _type("contact.removed", "contact", Field("reason", "text")),
    _type("person.joined", "person", *_PERSON_FIELDS, facts=True),
    _type("person.changed", "person", *_PERSON_FIELDS, facts=True),
    _type("person.left", "person", Field("reason", "text")),
    _type("leave.taken", "person", Field("from_on", "date", needed=True), Field("until_on", "date", needed=True),
          Field("paid", "bool"), Field("reason", "text")),
    _type("person.out_of_office", "person", Field("from_at", "instant"), Field("until_at", "instant"),
          Field("stand_in", "person"), Field("reason", "text")),
    _type("person.back", "person"),
    _type("quota.set", "person", Field("measure", "text", needed=True), Field("period", "period", needed=True),
          Field("amount", "money", needed=True)),
    _type("score.given", "person", Field("scorecard", "text", needed=True), Field("kpi", "text", needed=True),
          Field("period", "period", needed=True), Field("value", "figure", needed=True), Field("note", "text")),
    _type("partner.joined", "partner", Field("name", "text", needed=True), Field("channel", "text"),
          Field("programme", "text"), Field("manager", "person"), facts=True),
    _type("agreement.signed", "partner", Field("from_on", "date", needed=True), Field("until_on", "date")),
    _type("registration.requested", "partner", Field("registration", "text", needed=True), Field("account", "text", needed=True),
          Field("product_line", "text"), Field("deal", "text")),
    _type("ticket.opened", "ticket", *_TICKET_FIELDS, Field("by", "text"), facts=True),
    _type("ticket.changed", "ticket", *_TICKET_FIELDS, facts=True),
    _type("ticket.replied", "ticket", Field("by", "text", needed=True), Field("note", "text")),
    _type("ticket.held", "ticket", Field("reason", "text", needed=True)),
    _type("ticket.resumed", "ticket", Field("reason", "text")),
    _type("ticket.resolved", "ticket", Field("note", "text")),
    _type("ticket.reopened", "ticket", Field("reason", "text", needed=True)),
    _type("ticket.closed", "ticket", Field("reason", "text")),
    _type("satisfaction.answered", "ticket", Field("score", "number", needed=True), Field("note", "text")),
    _type("task.completed", "task", Field("outcome", "text"), Field("note", "text")),
    _type("task.delegated", "task", Field("to", "person", needed=True), Field("until", "instant"), Field("reason", "text")),
    _type("task.snoozed", "task", Field("until", "instant", needed=True), Field("reason", "text")),
    _type("task.skipped", "task", Field("reason", "text", needed=True), Field("reschedule", "bool")),
    _type("task.reopened", "task", Field("reason", "text")),
    _type("clock.ticked", "clock"),
)  # fmt: skip

EVENT_TYPES: Mapping[str, EventType] = MappingProxyType({event_type.name: event_type for event_type in _TYPES})

_ORDER_OF_A_DAY = (
    "person.joined", "person.changed", "leave.taken", "person.out_of_office", "person.back", "quota.set",
    "score.given", "partner.joined", "agreement.signed", "account.changed", "account.claimed", "account.returned",
    "account.merged", "account.unmerged", "contact.changed",
    "registration.requested", "deal.created",
    "deal.handed_over", "deal.claimed", "deal.returned", "activity.logged", "deal.reassigned", "deal.changed",
    "deal.line_set", "deal.line_removed", "approval.requested", "approval.delegated", "approval.recalled",
    "approval.refused", "approval.granted", "deal.stage_asked", "deal.won", "deal.lost", "deal.reopened",
    "invoice.issued", "payment.received", "credit_note.issued", "deal.cancelled",
    "contact.opted_out", "contact.opted_in", "contact.removed", "ticket.opened", "ticket.changed",
    "ticket.replied", "ticket.held", "ticket.resumed", "ticket.resolved", "ticket.reopened", "ticket.closed",
    "satisfaction.answered", "enrolment.asked", "enrolment.paused",
    "enrolment.resumed", "enrolment.removed", "task.delegated", "task.snoozed", "task.skipped",
    "task.completed", "task.reopened", "person.left", "clock.ticked",
)  # fmt: skip
_RANK: Mapping[str, int] = MappingProxyType({name: rank for rank, name in enumerate(_ORDER_OF_A_DAY)})


def rank_of(type: str) -> int:
    """The place of a type of event among the events of one moment; what is derived comes after all."""
    return _RANK.get(type, len(_RANK))


DERIVED_TYPES = (
    "deal.stage_entered", "deal.closed", "deal.fact_set", "deal.went_idle", "deal.assigned", "deal.recycled",
    "account.created", "account.assigned", "account.recycled",
    "registration.granted", "registration.refused", "ticket.settled",
)  # fmt: skip
"""Events that the engine derives from its own outcomes; rules may listen to them, nobody may send them."""

RULE_EVENTS = (*EVENT_TYPES, *DERIVED_TYPES)
"""Every event name that `on:` may use."""
