"""Each class of record: its table, its row, and the lists asked of it. Adding a class is one entry in KINDS."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table

from engine.core.incentives.open_days import changed_from, moves_release
from engine.core.money import Money
from engine.core.records import (
    Account,
    Activity,
    Answer,
    Approval,
    Contact,
    Credit,
    Deal,
    Enrolment,
    Grant,
    Handover,
    Holding,
    Partner,
    Person,
    Quota,
    Receipt,
    Registration,
    Score,
    Tally,
    Task,
    Ticket,
)
from engine.store.codec import fraction_text
from engine.store.record_codec import record_text
from engine.store.tables import records as tables

Row = dict[str, Any]
ListKey = tuple[str, ...]
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a class of record is stored.

    `lists` are the columns by which lists are asked for, each with the record's value for them; the first is the home
    list, which is loaded before a record of it changes. `touched` says which pay windows a change bears on, as
    (subject, name, day), from the record before and after it (None: there is none).
    """

    record: type
    table: Table
    columns: Callable[[Any], Row]
    lists: Mapping[ListKey, Callable[[Any], ListKey]]
    touched: Callable[[Any, Any], Iterable[Place]] | None = None

    def row(self, record: Any) -> Row:
        """The record's whole row."""
        return {"id": record.id, **self.columns(record), "body": record_text(record)}


def _money(amount: Money, name: str = "amount") -> Row:
    return {f"{name}_minor": amount.minor, f"{name}_currency": amount.currency}


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _person(person: Person) -> Row:
    last = person.versions[-1] if person.versions else None
    return {
        "name": person.name, "name_zh": person.name_zh, "joined_on": person.joined_on, "left_on": person.left_on,
        "role": last.role if last else "", "team": last.team if last else "", "manager": last.manager if last else "",
    }  # fmt: skip


def _account(account: Account) -> Row:
    facts = account.facts
    return {
        "name": _word(facts.get("name")), "owner": _word(facts.get("owner")), "created_on": account.created_on,
        "survivor": account.survivor,
    }  # fmt: skip


def _contact(contact: Contact) -> Row:
    return {
        "account": contact.account, "name": _word(contact.facts.get("name")), "created_on": contact.created_on,
        "removed_at": contact.removed_at,
    }  # fmt: skip


def _deal(deal: Deal) -> Row:
    facts = deal.facts
    amount = facts.get("amount")
    money = amount if isinstance(amount, Money) else None
    return {
        "name": _word(facts.get("name")), "pipeline": deal.pipeline, "stage": deal.stage, "status": deal.status,
        "owner": deal.owner, "account": _word(facts.get("account")), "partner": _word(facts.get("partner")),
        "amount_minor": money.minor if money is not None else None,
        "amount_currency": money.currency if money is not None else None,
        "created_at": deal.created_at, "entered_stage_at": deal.entered_stage_at, "last_at": deal.last_at,
        "last_touch_at": deal.last_touch_at, "won_on": deal.won_on, "undone_on": deal.undone_on,
        "due_at": deal.next_due_at, "contact": _word(facts.get("contact")),
    }  # fmt: skip


def _activity(activity: Activity) -> Row:
    return {
        "deal": activity.deal, "kind": activity.kind, "outcome": activity.outcome, "channel": activity.channel,
        "person": activity.by, "at": activity.at, "day": activity.on,
    }  # fmt: skip


def _receipt(receipt: Receipt) -> Row:
    return {"deal": receipt.deal, "kind": receipt.kind, **_money(receipt.amount), "at": receipt.at, "day": receipt.on}


def _partner(partner: Partner) -> Row:
    return {
        "name": partner.name, "channel": partner.channel, "programme": partner.programme, "manager": partner.manager,
        "partner_tier": partner.partner_tier, "joined_on": partner.joined_on,
    }  # fmt: skip


def _registration(registration: Registration) -> Row:
    return {
        "partner": registration.partner, "account": registration.account, "product_line": registration.product_line,
        "state": registration.state, "requested_on": registration.requested_on, "until_on": registration.until_on,
    }  # fmt: skip


def _quota(quota: Quota) -> Row:
    return {"person": quota.person, "measure": quota.measure, "period": quota.period, **_money(quota.amount)}


def _score(score: Score) -> Row:
    return {
        "person": score.person, "scorecard": score.scorecard, "kpi": score.kpi, "period": score.period,
        "value": fraction_text(score.value), "unit": score.unit, "at": score.at, "event": score.event,
    }  # fmt: skip


def _enrolment(enrolment: Enrolment) -> Row:
    return {
        "cadence": enrolment.cadence, "deal": enrolment.deal, "owner": enrolment.owner, "step": enrolment.step,
        "started_at": enrolment.started_at, "due_at": enrolment.due_at, "ended_as": enrolment.ended_as,
        "version": enrolment.version, "pending": enrolment.pending, "priority": enrolment.priority,
    }  # fmt: skip


def _task(task: Task) -> Row:
    return {
        "owner": task.owner, "deal": task.deal or None, "purpose": task.purpose, "enrolment": task.enrolment,
        "status": task.status, "priority": task.priority, "made_at": task.made_at, "due_at": task.due_at,
        "snoozed_until": task.snoozed_until, "ended_at": task.ended_at, "lent_by": task.lent_by,
        "look_at": task.look_at if task.status == "open" else None,
    }  # fmt: skip


def _credit(credit: Credit) -> Row:
    return {
        "name": credit.name, "payee": credit.payee, "deal": credit.deal or None, "event": credit.event,
        "day": credit.on, "at": credit.at, **_money(credit.amount), **_money(credit.source_amount, "source"),
        "share": fraction_text(credit.share), "form": credit.form, "plan": credit.plan, "rate": credit.rate,
        "undone_on": credit.undone_on, "withdrawn": 0,
    }  # fmt: skip


def _grant(grant: Grant) -> Row:
    return {
        "component": grant.component, "plan": grant.plan, "payee": grant.payee, "deal": grant.deal or None,
        "event": grant.event, "day": grant.on, "at": grant.at, **_money(grant.amount), "undone_on": grant.undone_on,
        "withdrawn": 0,
    }  # fmt: skip


def _either(place: Callable[[Any], Place]) -> Callable[[Any, Any], Iterable[Place]]:
    """Where the record stood and where it stands."""
    return lambda before, after: (place(record) for record in (before, after) if record is not None)


def _of_person(before: Person | None, after: Person) -> Iterable[Place]:
    """From the day on which the person is another."""
    day = changed_from(before, after)
    return () if day is None else ((after.id, "", day.isoformat()),)


def _of_deal(before: Deal | None, after: Deal) -> Iterable[Place]:
    """Whatever the deal earned, where what it releases may change."""
    return ((after.id, "", date.min.isoformat()),) if moves_release(before, after) else ()


def _handover(handover: Handover) -> Row:
    return {
        "kind": handover.kind, "subject": handover.subject, "person": handover.to, "how": handover.how,
        "rule": handover.rule, "at": handover.at, "day": handover.on, "event": handover.event,
    }  # fmt: skip


def _holding(holding: Holding) -> Row:
    return {
        "pool": holding.pool, "owner": holding.owner, "state": holding.state, "since_at": holding.since_at,
        "due_at": holding.due_at, "recycle_at": holding.recycle_at,
    }  # fmt: skip


def _tally(tally: Tally) -> Row:
    return {"count": tally.count, "last": tally.last}


def _approval(approval: Approval) -> Row:
    return {
        "rule": approval.rule, "deal": approval.deal, "requested_by": approval.requested_by, "state": approval.state,
        "requested_at": approval.requested_at, "ended_at": approval.ended_at,
    }  # fmt: skip


def _ticket(ticket: Ticket) -> Row:
    return {
        "account": ticket.account, "deal": ticket.deal or None, "kind": ticket.text("kind"),
        "priority": ticket.text("priority"), "status": ticket.status, "owner": ticket.owner,
        "topic": ticket.text("topic"), "opened_at": ticket.opened_at, "due_at": ticket.due_at,
        "service": ticket.service,
    }  # fmt: skip


def _answer(answer: Answer) -> Row:
    return {
        "person": answer.person, "account": answer.account, "day": answer.on, "at": answer.at, "event": answer.event,
        "score": fraction_text(answer.score), "satisfied": int(answer.satisfied),
    }  # fmt: skip


_BY_DEAL: Mapping[ListKey, Callable[[Any], ListKey]] = {("deal",): lambda record: (record.deal,)}

KINDS: Mapping[type, Kind] = {
    kind.record: kind
    for kind in (
        Kind(Person, tables.people, _person, {}, _of_person),
        Kind(Account, tables.accounts, _account, {}),
        Kind(Contact, tables.contacts, _contact, {}),
        Kind(Deal, tables.deals, _deal, {}, _of_deal),
        Kind(Activity, tables.activities, _activity, _BY_DEAL),
        Kind(Receipt, tables.receipts, _receipt, _BY_DEAL,
             _either(lambda r: (r.deal, r.kind, r.on.isoformat()))),
        Kind(Partner, tables.partners, _partner, {}, _either(lambda p: (p.id, "", date.min.isoformat()))),
        Kind(Registration, tables.registrations, _registration, {("account",): lambda r: (r.account,)}),
        Kind(Quota, tables.quotas, _quota, {("person",): lambda r: (r.person,)},
             _either(lambda r: (r.person, r.measure, r.period))),
        Kind(Score, tables.scores, _score, {("person",): lambda r: (r.person,)},
             _either(lambda r: (r.person, r.scorecard, r.period))),
        Kind(Enrolment, tables.enrolments, _enrolment, _BY_DEAL),
        Kind(Task, tables.tasks, _task, _BY_DEAL),
        Kind(Credit, tables.credits, _credit, {**_BY_DEAL, ("payee", "name"): lambda r: (r.payee, r.name)},
             _either(lambda r: (r.payee, r.name, r.on.isoformat()))),
        Kind(Grant, tables.grants, _grant, _BY_DEAL,
             _either(lambda r: (r.payee, r.component, r.on.isoformat()))),
        Kind(Handover, tables.handovers, _handover, {("subject",): lambda r: (r.subject,)}),
        Kind(Holding, tables.holdings, _holding, {("owner",): lambda r: (r.owner,)}),
        Kind(Tally, tables.tallies, _tally, {}),
        Kind(Approval, tables.approvals, _approval, _BY_DEAL),
        Kind(Ticket, tables.tickets, _ticket, {("account",): lambda r: (r.account,)}),
        Kind(Answer, tables.answers, _answer, {}, _either(lambda r: (r.person, "csat", r.on.isoformat()))),
    )
}  # fmt: skip
"""In an order in which rows may be written: what is pointed to comes before what points."""

LISTED_BY_DEAL = (Activity, Receipt, Enrolment, Task, Credit, Grant, Approval)
