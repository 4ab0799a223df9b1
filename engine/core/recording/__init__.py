"""Keeps the records up to date with what happened: the first decider, before any rule looks.

What it refuses is what cannot be: a deal made twice, money that is not positive. What it cannot place yet (a deal or
person that nobody has told of) is `NotYetKnown`, and waits in quarantine until it can.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from engine.core.events import EVENT_TYPES, Event
from engine.core.merging import MERGING
from engine.core.outcomes import Outcome
from engine.core.recording import accounts, contacts, deals, lines, people, presence, scores, tickets
from engine.core.recording.common import NotYetKnown, seen
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation

__all__ = ["NotYetKnown", "decide_records", "seen"]

Keeper = Callable[[Event, Situation, Rulebook], tuple[Outcome, ...]]

_KEEPERS: Mapping[str, Keeper] = MappingProxyType({
    "deal.created": deals.deal_created, "deal.changed": deals.deal_changed, "deal.stage_asked": deals.deal_asked,
    "deal.won": deals.deal_asked, "deal.lost": deals.deal_asked, "deal.reopened": deals.deal_asked,
    "deal.claimed": deals.deal_asked_of, "deal.returned": deals.deal_asked_of, "deal.handed_over": deals.deal_handed_over,
    "deal.cancelled": deals.deal_asked, "deal.reassigned": deals.deal_reassigned, "deal.line_set": lines.line_set, "deal.line_removed": lines.line_removed,
    **dict.fromkeys(("approval.requested", "approval.granted", "approval.refused", "approval.recalled",
                     "approval.delegated"), deals.approval_told),
    "activity.logged": deals.activity_logged,
    **dict.fromkeys(("enrolment.asked", "enrolment.paused", "enrolment.resumed", "enrolment.removed"),
                    deals.enrolment_told),
    "payment.received": deals.money_moved, "invoice.issued": deals.money_moved, "credit_note.issued": deals.money_moved,
    **dict.fromkeys(MERGING, accounts.merging_told),
    "account.claimed": accounts.account_asked_of, "account.returned": accounts.account_asked_of,
    "account.changed": accounts.account_changed, "person.joined": people.person_told, "person.changed": people.person_told,
    "person.left": people.person_left, "leave.taken": people.leave_taken,
    "person.out_of_office": presence.out_of_office, "person.back": presence.back, "quota.set": people.quota_set,
    "partner.joined": people.partner_joined,
    **dict.fromkeys(("contact.changed", "contact.opted_out", "contact.opted_in", "contact.removed"),
                    contacts.contact_told),
    "agreement.signed": people.agreement_signed, "score.given": scores.score_given,
    **dict.fromkeys((name for name, one in EVENT_TYPES.items() if one.subject == "ticket"), tickets.ticket_told),
})  # fmt: skip


def decide_records(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The records that the event makes or changes, as they then stand."""
    keeper = _KEEPERS.get(event.type)
    return keeper(event, situation, rulebook) if keeper else ()
