"""Keeps the records up to date with what happened: the first decider, before any rule looks.

What it refuses is what cannot be: a deal made twice, money that is not positive. What it cannot place yet (a deal or
person that nobody has told of) is `NotYetKnown`, and waits in quarantine until it can.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from engine.core.events import Event
from engine.core.outcomes import Outcome
from engine.core.recording import contacts, deals, lines, people, scores
from engine.core.recording.common import NotYetKnown, seen
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation

__all__ = ["NotYetKnown", "decide_records", "seen"]

Keeper = Callable[[Event, Situation, Rulebook], tuple[Outcome, ...]]

_KEEPERS: Mapping[str, Keeper] = MappingProxyType({
    "deal.created": deals.deal_created, "deal.changed": deals.deal_changed, "deal.stage_asked": deals.deal_asked,
    "deal.won": deals.deal_asked, "deal.lost": deals.deal_asked, "deal.reopened": deals.deal_asked,
    "deal.cancelled": deals.deal_asked, "deal.reassigned": deals.deal_reassigned, "deal.line_set": lines.line_set, "deal.line_removed": lines.line_removed,
    "activity.logged": deals.activity_logged, "enrolment.asked": deals.enrolment_told,
    "enrolment.paused": deals.enrolment_told, "enrolment.resumed": deals.enrolment_told,
    "enrolment.removed": deals.enrolment_told,
    "payment.received": deals.money_moved, "invoice.issued": deals.money_moved, "credit_note.issued": deals.money_moved,
    "account.changed": deals.account_changed, "person.joined": people.person_told, "person.changed": people.person_told,
    "person.left": people.person_left, "leave.taken": people.leave_taken, "quota.set": people.quota_set,
    "partner.joined": people.partner_joined, "contact.changed": contacts.contact_told,
    "contact.opted_out": contacts.contact_told, "contact.opted_in": contacts.contact_told,
    "contact.removed": contacts.contact_told,
    "agreement.signed": people.agreement_signed, "score.given": scores.score_given,
})  # fmt: skip


def decide_records(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The records that the event makes or changes, as they then stand."""
    keeper = _KEEPERS.get(event.type)
    return keeper(event, situation, rulebook) if keeper else ()
