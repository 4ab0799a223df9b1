"""Deals with the accounts that they name, activities and money received, kept up to date with what happened to them."""

from dataclasses import replace
from fractions import Fraction
from math import ceil

from engine.core.approving.standing import approvals_missing
from engine.core.events import Event
from engine.core.facts import facts_of
from engine.core.outcomes import Outcome, Refused
from engine.core.recording.common import kept, known_deal, known_people, refused, seen, team_of, told
from engine.core.records import Account, Activity, Deal, Receipt
from engine.core.rules.pipeline import Pipeline
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.situation import Situation
from engine.core.workflow.gates import gate
from engine.core.workflow.handing import with_owner

_OWN_FIELDS = frozenset({"pipeline", "stage", "team", "reason", "override", "by_rule"})
"""Body fields of deal events that are not facts of the deal."""


def _facts_in(event: Event) -> dict[str, object]:
    return {name: value for name, value in event.body.items() if name not in _OWN_FIELDS}


def deal_created(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """A new deal in the first stage of the pipeline that covers it."""
    if situation.state.deal(event.subject) is not None:
        return refused("E002", event, deal=event.subject)
    known_people(event, situation.state)
    facts = {"kind": "new", "created_on": event.on} | _facts_in(event)
    deal = Deal(
        id=event.subject, pipeline="", stage="", status="open", created_at=event.at, entered_stage_at=event.at,
        last_at=event.at, team=team_of(event), facts=facts, stage_by=event.id, last_rank=event.rank, last_by=event.id,
    )  # fmt: skip
    pipeline = _pipeline_for(deal, event, situation, rulebook)
    if pipeline is None:
        return refused("E003", event, deal=event.subject)
    deal = replace(deal, pipeline=pipeline.header.id, stage=pipeline.stages[0].id)
    begun = _begun(deal, pipeline, event, situation, rulebook)
    return (*_new_account(event, deal, situation), *kept("opened", begun, event)) if isinstance(begun, Deal) else begun


def _begun(
    deal: Deal, pipeline: Pipeline, event: Event, situation: Situation, rulebook: Rulebook
) -> Deal | tuple[Outcome, ...]:
    """The deal in the stage that the event names, behind the same gate as any move there; else in the first."""
    stage = event.text("stage") or deal.stage
    named = pipeline.stage(stage)
    if named is None or named.closes:
        return refused(
            "E005", event, stage=stage, pipeline=pipeline.header.id, stages=", ".join(s.id for s in pipeline.stages)
        )
    facts = facts_of(event, situation.state, rulebook, deal)
    rows = gate(facts, pipeline, stage, deal.stage) if stage != deal.stage else ()
    missing = tuple(row.missing for row in rows if not row.met)
    missing += approvals_missing(pipeline, stage, facts, situation.state, rulebook, event.on)
    if missing:
        return (Refused("E006", (("deal", deal.id), ("stage", stage)), missing, told(event)),)
    return replace(deal, stage=stage)


def _pipeline_for(deal: Deal, event: Event, situation: Situation, rulebook: Rulebook) -> Pipeline | None:
    """The pipeline named in the body, or the first in force that covers the deal."""
    pipelines = in_force(rulebook.pipelines, event.on)
    if event.text("pipeline"):
        return next((pipeline for pipeline in pipelines if pipeline.header.id == event.text("pipeline")), None)
    facts = facts_of(event, situation.state, rulebook, deal)
    return next((p for p in pipelines if p.covers is None or p.covers.holds(facts)), None)


def _new_account(event: Event, deal: Deal, situation: Situation) -> tuple[Outcome, ...]:
    """An account that a deal names for the first time is made, new, with no more than its id; told of late, it began
    with the earlier deal."""
    id = deal.account
    account = situation.state.account(id) if id else None
    if not id or (account is not None and account.created_on <= event.on):
        return ()
    if account:
        return kept("began", replace(account, created_on=event.on), event)
    return kept("opened", Account(id, event.on, {"is_new": True}), event)


def _account_left(event: Event, deal: Deal, situation: Situation) -> tuple[Outcome, ...]:
    """The account that the deal was with remembers it when it goes to another."""
    goes = deal.account and "account" in event.body and event.text("account") != deal.account
    account = situation.state.account(deal.account) if goes else None
    if account is None or deal.id in account.left_by:
        return ()
    return kept("left", replace(account, left_by=tuple(sorted({*account.left_by, deal.id}))), event)


def deal_changed(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal with the body's facts laid over its own, and its team where one is given."""
    deal = known_deal(event, situation)
    known_people(event, situation.state)
    facts = {**deal.facts, **_facts_in(event)}
    changed = seen(deal, event, facts=facts, team=team_of(event) or deal.team, **_handed_over(deal, event))
    accounts = (*_account_left(event, deal, situation), *_new_account(event, changed, situation))
    return (*accounts, *kept("changed", changed, event))


def deal_asked(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """Facts that come with a move are there before the gate looks; the move itself is the stage decider's."""
    deal = known_deal(event, situation)
    return kept("changed", seen(deal, event, facts={**deal.facts, **_facts_in(event)}), event)


def approval_told(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """What is said about an approval of the deal is seen; the rest is the approvals' decider's."""
    deal = known_deal(event, situation)
    known_people(event, situation.state)
    return kept("seen", seen(deal, event), event)


def deal_reassigned(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal with its new owner."""
    deal = known_deal(event, situation)
    known_people(event, situation.state)
    facts = {**deal.facts, "owner": event.text("owner")}
    return kept("reassigned", seen(deal, event, facts=facts, **_handed_over(deal, event)), event)


def deal_asked_of(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """A claim or a return is seen; whether it is so is for the pool's rules to say."""
    deal = known_deal(event, situation)
    known_people(event, situation.state)
    return kept("seen", seen(deal, event), event)


def deal_handed_over(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """A change of hands that was decided before, taken as it was."""
    deal = known_deal(event, situation)
    return kept("reassigned", with_owner(deal, event.text("owner"), event.on), event)


def _handed_over(deal: Deal, event: Event) -> dict[str, object]:
    """What a new owner changes besides: who had the deal before, and since when it is another's."""
    owner = event.text("owner")
    changed = owner and owner != deal.owner
    return {"previous_owner": deal.owner or deal.previous_owner, "reassigned_on": event.on} if changed else {}


def activity_logged(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The activity, and the deal touched by it."""
    deal = known_deal(event, situation)
    known_people(event, situation.state)
    activity = Activity(
        id=event.text("activity") or event.id, deal=deal.id, kind=event.text("kind"), outcome=event.text("outcome"),
        channel=event.text("channel"), by=event.text("by") or event.actor or deal.owner, at=event.at, on=event.on,
        duration_minutes=_minutes(event.body.get("duration_minutes")), note=event.text("note"),
        task=event.text("task"),
    )  # fmt: skip
    before = deal.last_touch_at
    touched = seen(
        deal,
        event,
        last_touch_at=max(event.at, before or event.at),
        facts=deal.facts if before and before > event.at else {**deal.facts, "last_touch_on": event.on},
    )
    return (*kept("logged", activity, event), *kept("touched", touched, event))


def enrolment_told(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal, which has seen that somebody moves it in a cadence; the rest is the cadences' own."""
    return kept("asked", seen(known_deal(event, situation), event), event)


def _minutes(value: object) -> int:
    """Whole minutes, a part of one counting as one."""
    return ceil(value) if isinstance(value, int | Fraction) else 0


def money_moved(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """A payment, an invoice or a credit note; its amount must be positive."""
    deal = known_deal(event, situation)
    kind, amount = event.type.split(".")[0], event.money("amount")
    if amount is None or amount.minor <= 0:
        return refused("E004", event, amount=str(amount), kind=kind)
    receipt = Receipt(event.text(kind) or event.id, kind, deal.id, amount, event.on, event.at)
    return (*kept("received", receipt, event), *kept("seen", seen(deal, event), event))
