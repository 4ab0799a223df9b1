"""Public pools (公海): claiming a deal, giving it back, and what the rules say about who may have it. One gate for every
door: a claim, a transfer, a changed owner and an import meet the same limits.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from engine.core.events import Event
from engine.core.outcomes import Kept, Outcome, Refused
from engine.core.problems import Place
from engine.core.records import Cause, Deal, Holding, Tally
from engine.core.rules.public_pool import PublicPool
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.situation import Situation
from engine.core.workflow.business_time import TimePolicy, reckon
from engine.core.workflow.causes import cause_of
from engine.core.workflow.handing import hand_over, handover, let_go
from engine.core.workflow.notes import note
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.work import Work

AS_IT_IS = TimePolicy(on_nonworking="run")
"""How long somebody may not claim is time as it passes, worked or not."""


def decide_public_pools(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal claimed or given back, or the refusal; a refusal also of a transfer that the pool does not let through."""
    deal = situation.deal
    if deal is None:
        return ()
    work = Work(event, situation, rulebook)
    if event.type == "deal.claimed":
        _claim(work, deal)
    elif event.type == "deal.returned":
        give_back(work, deal, "returned", event.text("reason"))
    elif _changes_hands(event, deal) and not work.silent:
        _gate(work, deal)
    return tuple(work.outcomes)


def pool_of(deal: Deal, situation: Situation, rulebook: Rulebook, on: date) -> PublicPool | None:
    """The first pool in force that covers the deal; None when it belongs to none, or is closed."""
    if deal.status != "open":
        return None
    pools = in_force(rulebook.public_pools, on)
    return next((pool for pool in pools if pool.covers is None or pool.covers.holds(situation.facts)), None)


def give_back(work: Work, deal: Deal, how: str, reason: str = "") -> None:
    """The deal goes back to the pool: nobody has it, and what its owner was asked to do for it ends."""
    pool = pool_of(deal, work.situation, work.rulebook, work.event.on)
    if pool is None:
        _refuse(work, "E180", None, deal=deal.id)
    elif not deal.owner:
        _refuse(work, "E186", pool, deal=deal.id, pool=pool.header.id)
    else:
        cause = cause_of(pool.header, pool.header.place, work.event, work.rulebook)
        let_go(work, deal, cause)
        hand_over(work, deal, "", how, pool.header.id, cause, reason)


def claimant(event: Event) -> str:
    """Who claims: the one named, else the actor."""
    return event.text("by") or event.actor


def _changes_hands(event: Event, deal: Deal) -> bool:
    """True when the event gives a deal that there was before to another person."""
    told = event.text("owner")
    return event.type in ("deal.reassigned", "deal.changed") and told != "" and deal.reassigned_on == event.on


def _claim(work: Work, deal: Deal) -> None:
    """The deal is the claimant's, and counts as one claim of the day."""
    person, event = claimant(work.event), work.event
    pool = pool_of(deal, work.situation, work.rulebook, event.on)
    if pool is None:
        _refuse(work, "E180", None, deal=deal.id)
        return
    objection = None if work.silent else next(_objections(work, deal, pool, person, claims=True), None)
    if objection:
        _refuse(work, objection[0], pool, **objection[1])
        return
    today = claims_of(work, pool, person)
    most = pool.claim.per_day
    notes = (note("claims_left", most - today.count - 1, most),) if most is not None else ()
    cause = cause_of(pool.header, pool.claim.place, event, work.rulebook, notes=notes)
    hand_over(work, deal, person, "claimed", pool.header.id, cause)
    work.outcomes.append(Kept("counted", Tally(today.id, today.count + 1), cause))


def claims_of(work: Work, pool: PublicPool, person: str) -> Tally:
    """What the person has claimed from the pool on the event's day."""
    id = tally_id(pool, person, work.event.on.isoformat())
    return work.situation.state.tally(id) or Tally(id)


def tally_id(pool: PublicPool, person: str, day: str) -> str:
    """The name under which a day's claims of a person are counted."""
    return f"claims/{pool.header.id}/{person}/{day}"


def _gate(work: Work, deal: Deal) -> None:
    """A transfer: what the new owner holds already, and whether they had it last."""
    pool = pool_of(deal, work.situation, work.rulebook, work.event.on)
    holding = work.situation.state.holding(deal.id)
    if pool is None or (holding is not None and holding.owner == deal.owner):
        return
    found = next(_objections(work, deal, pool, deal.owner, claims=False), None)
    if found:
        _refuse(work, found[0], pool, **found[1])


Objection = tuple[str, dict[str, str]]


def _objections(work: Work, deal: Deal, pool: PublicPool, person: str, *, claims: bool) -> Iterator[Objection]:
    """What stands against the person's having the deal, in a fixed order; only claims ask for role and day."""
    terms, state = pool.claim, work.situation.state
    if claims:
        yield from _of_the_claim(work, deal, pool, person)
    held = [one for one in state.holdings_of(person) if _counts(one, pool, deal)]
    if terms.hold_at_most is not None and len(held) >= terms.hold_at_most:
        yield (
            "E184",
            {"person": person, "held": str(len(held)), "most": str(terms.hold_at_most), "pool": pool.header.id},
        )
    until = barred_until(work.rulebook, pool, state.holding(deal.id), person)
    if until and work.event.at < until:
        yield "E185", {"person": person, "deal": deal.id, "until": _shown(until, work.rulebook)}


def _of_the_claim(work: Work, deal: Deal, pool: PublicPool, person: str) -> Iterator[Objection]:
    terms = pool.claim
    if deal.owner:
        yield "E181", {"deal": deal.id, "owner": deal.owner}
    known = work.situation.state.person(person)
    version = known.on(work.event.on) if known else None
    role = version.role if version else ""
    if known is None or not known.employed(work.event.on) or (terms.roles and role not in terms.roles):
        yield "E182", {"person": person or "–", "role": role or "–", "roles": ", ".join(terms.roles) or "–"}
    today = claims_of(work, pool, person).count
    if terms.per_day is not None and today >= terms.per_day:
        tomorrow = (work.event.on + timedelta(days=1)).isoformat()
        yield "E183", {"person": person, "claimed": str(today), "most": str(terms.per_day), "until": tomorrow}


def _counts(one: Holding, pool: PublicPool, deal: Deal) -> bool:
    """True for another open deal of the pool that the person has; what was won does not count."""
    return one.state == "held" and one.pool == pool.header.id and one.id != deal.id


def barred_until(rulebook: Rulebook, pool: PublicPool, holding: Holding | None, person: str) -> datetime | None:
    """Until when somebody who had the deal last may not have it again; None when nothing bars them."""
    wait = pool.claim.not_again_for
    gone = [at for who, at in holding.left if who == person] if holding else []
    if wait is None or not gone:
        return None
    calendar = calendar_of(pool.calendar, rulebook, max(gone).date())
    return reckon(calendar, max(gone), wait, AS_IT_IS).at


def _shown(at: datetime, rulebook: Rulebook) -> str:
    return at.astimezone(ZoneInfo(rulebook.company.time_zone)).strftime("%Y-%m-%d %H:%M")


def _refuse(work: Work, code: str, by: PublicPool | None, **params: str) -> None:
    nowhere = Cause("", Place(""), work.event.id, work.rulebook.fingerprint)
    cause = cause_of(by.header, by.claim.place, work.event, work.rulebook) if by else nowhere
    work.outcomes.append(Refused(code, tuple(sorted(params.items())), (), cause))


def noted_refusal(event: Event, refusal: Refused, deal: Deal) -> Kept | None:
    """The note that the pool did not let an event through, so that folding the deal anew does not either."""
    if refusal.code not in POOL_CODES:
        return None
    return Kept(
        "asked", handover(event, "deal", deal.id, "", "refused", refusal.cause.rule, refusal.cause), refusal.cause
    )


POOL_CODES = frozenset({"E180", "E181", "E182", "E183", "E184", "E185", "E186"})
"""Refusals that hold whatever else comes to light later."""
