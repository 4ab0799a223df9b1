"""Public pools (公海): claiming a deal or a customer, giving it back, and what the rules say about who may have it. One gate
for every door: a claim, a transfer, a changed owner and an import meet the same limits.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from engine.core.accounts import account_of
from engine.core.charges import Charge
from engine.core.events import Event
from engine.core.outcomes import Kept, Outcome, Refused
from engine.core.problems import Place
from engine.core.records import Account, Cause, Deal, Holding, Tally
from engine.core.rules.public_pool import PublicPool
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.situation import Situation
from engine.core.workflow.business_time import TimePolicy, reckon
from engine.core.workflow.causes import cause_of
from engine.core.workflow.charges import charge_of, facts_about
from engine.core.workflow.handing import hand_over, handover, let_go
from engine.core.workflow.notes import note
from engine.core.workflow.pipelines import calendar_of
from engine.core.workflow.work import Work

AS_IT_IS = TimePolicy(on_nonworking="run")
"""How long somebody may not claim is time as it passes, worked or not."""


def decide_public_pools(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """What was claimed or given back, or the refusal; a refusal also of a transfer that the pool does not let through."""
    does = _DOES.get(event.type)
    charge = charge_of(event, situation) if does else None
    if does is None or charge is None:
        return ()
    work = Work(event, situation, rulebook)
    does(work, charge)
    return tuple(work.outcomes)


LOOKED_OVER = "pools:"
"""The clock ticks under this once everything has been looked at anew because pools came into force, changed, or ended; the
tally of that name says which versions it was looked at by."""


def versions_in_force(rulebook: Rulebook, on: date) -> str:
    """The versions of the pools that hold on a day, as that tally names them."""
    return " ".join(sorted(pool.header.version for pool in in_force(rulebook.public_pools, on)))


def pool_of(charge: Charge, facts: Mapping[str, object], rulebook: Rulebook, on: date) -> PublicPool | None:
    """The first pool in force that covers it; None when it belongs to none, or is closed."""
    if not charge.is_open:
        return None
    pools = (pool for pool in in_force(rulebook.public_pools, on) if pool.of == charge.kind)
    return next((pool for pool in pools if pool.covers is None or pool.covers.holds(facts)), None)


def _pool(work: Work, charge: Charge) -> PublicPool | None:
    facts = facts_about(charge, work.event, work.situation, work.rulebook)
    return pool_of(charge, facts, work.rulebook, work.event.on)


def give_back(work: Work, charge: Charge, how: str, reason: str = "") -> None:
    """It goes back to the pool: nobody has it, and what a deal's owner was asked to do for it ends."""
    pool = _pool(work, charge)
    if pool is None:
        _refuse(work, "E180", None, charge, **_named(charge))
    elif not charge.owner:
        _refuse(work, "E186", pool, charge, pool=pool.header.id, **_named(charge))
    else:
        cause = cause_of(pool.header, pool.header.place, work.event, work.rulebook)
        if isinstance(charge.record, Deal):
            let_go(work, charge.record, cause)
        hand_over(work, charge, "", how, pool.header.id, cause, reason)


def _returned(work: Work, charge: Charge) -> None:
    give_back(work, charge, "returned", work.event.text("reason"))


def claimant(event: Event) -> str:
    """Who claims: the one named, else the actor."""
    return event.text("by") or event.actor


def _claim(work: Work, charge: Charge) -> None:
    """It is the claimant's, and counts as one claim of the day."""
    person, event = claimant(work.event), work.event
    pool = _pool(work, charge)
    if pool is None:
        _refuse(work, "E180", None, charge, **_named(charge))
        return
    objection = None if work.silent else next(_objections(work, charge, pool, person, claims=True), None)
    if objection:
        _refuse(work, objection[0], pool, charge, **objection[1])
        return
    today = claims_of(work, pool, person)
    most = pool.claim.per_day
    notes = (note("claims_left", most - today.count - 1, most),) if most is not None else ()
    cause = cause_of(pool.header, pool.claim.place, event, work.rulebook, notes=notes)
    hand_over(work, charge, person, "claimed", pool.header.id, cause)
    work.outcomes.append(Kept("counted", Tally(today.id, today.count + 1), cause))


def claims_of(work: Work, pool: PublicPool, person: str) -> Tally:
    """What the person has claimed from the pool on the event's day."""
    id = tally_id(pool, person, work.event.on.isoformat())
    return work.situation.state.tally(id) or Tally(id)


def tally_id(pool: PublicPool, person: str, day: str) -> str:
    """The name under which a day's claims of a person are counted."""
    return f"claims/{pool.header.id}/{person}/{day}"


def _transferred(work: Work, charge: Charge) -> None:
    """A transfer: what the new owner holds already, and whether they had it last."""
    told, record = work.event.text("owner"), charge.record
    if not told or told != charge.owner or work.silent:
        return
    if isinstance(record, Deal) and record.reassigned_on != work.event.on:
        return
    pool, holding = _pool(work, charge), work.situation.state.holding(charge.holding)
    new = isinstance(record, Account) and holding is None
    if pool is None or new or (holding is not None and holding.owner == charge.owner):
        return
    found = next(_objections(work, charge, pool, charge.owner, claims=False), None)
    if found:
        _refuse(work, found[0], pool, charge, **found[1])


_DOES: Mapping[str, Callable[[Work, Charge], None]] = MappingProxyType({
    "deal.claimed": _claim, "account.claimed": _claim, "deal.returned": _returned, "account.returned": _returned,
    **dict.fromkeys(("deal.reassigned", "deal.changed", "account.changed"), _transferred),
})  # fmt: skip

Objection = tuple[str, dict[str, str]]


def _objections(work: Work, charge: Charge, pool: PublicPool, person: str, *, claims: bool) -> Iterator[Objection]:
    """What stands against the person's having it, in a fixed order; only claims ask for role and day."""
    terms, state = pool.claim, work.situation.state
    if claims:
        yield from _of_the_claim(work, charge, pool, person)
    held = [one for one in state.holdings_of(person) if _counts(one, pool, charge)]
    if terms.hold_at_most is not None and len(held) >= terms.hold_at_most:
        yield (
            "E184",
            {"person": person, "held": str(len(held)), "most": str(terms.hold_at_most), "pool": pool.header.id},
        )
    until = barred_until(work.rulebook, pool, state.holding(charge.holding), person)
    if until and work.event.at < until:
        yield "E185", {"person": person, "until": _shown(until, work.rulebook), **_named(charge)}


def _of_the_claim(work: Work, charge: Charge, pool: PublicPool, person: str) -> Iterator[Objection]:
    terms = pool.claim
    if charge.owner:
        yield "E181", {"owner": charge.owner, **_named(charge)}
    known = work.situation.state.person(person)
    version = known.on(work.event.on) if known else None
    role = version.role if version else ""
    if known is None or not known.employed(work.event.on) or (terms.roles and role not in terms.roles):
        yield "E182", {"person": person or "–", "role": role or "–", "roles": ", ".join(terms.roles) or "–"}
    today = claims_of(work, pool, person).count
    if terms.per_day is not None and today >= terms.per_day:
        tomorrow = (work.event.on + timedelta(days=1)).isoformat()
        yield "E183", {"person": person, "claimed": str(today), "most": str(terms.per_day), "until": tomorrow}


def _counts(one: Holding, pool: PublicPool, charge: Charge) -> bool:
    """True for another of the pool that the person has; a deal that was won does not count."""
    return one.state == "held" and one.pool == pool.header.id and one.id != charge.holding


def barred_until(rulebook: Rulebook, pool: PublicPool, holding: Holding | None, person: str) -> datetime | None:
    """Until when somebody who had it last may not have it again; None when nothing bars them."""
    wait = pool.claim.not_again_for
    gone = [at for who, at in holding.left if who == person] if holding else []
    if wait is None or not gone:
        return None
    calendar = calendar_of(pool.calendar, rulebook, max(gone).date())
    return reckon(calendar, max(gone), wait, AS_IT_IS).at


def _shown(at: datetime, rulebook: Rulebook) -> str:
    return at.astimezone(ZoneInfo(rulebook.company.time_zone)).strftime("%Y-%m-%d %H:%M")


_OF_ACCOUNTS = MappingProxyType({"E180": "E189", "E181": "E190", "E184": "E191", "E185": "E192", "E186": "E193"})
"""What is said otherwise of customers than of deals."""


def _refuse(work: Work, code: str, by: PublicPool | None, charge: Charge, **params: str) -> None:
    nowhere = Cause("", Place(""), work.event.id, work.rulebook.fingerprint)
    cause = cause_of(by.header, by.claim.place, work.event, work.rulebook) if by else nowhere
    code = _OF_ACCOUNTS.get(code, code) if charge.kind == "account" else code
    work.outcomes.append(Refused(code, tuple(sorted(params.items())), (), cause))


def _named(charge: Charge) -> dict[str, str]:
    return {charge.kind: charge.id}


def noted_refusal(event: Event, refusal: Refused, deal: Deal | None) -> Kept | None:
    """The note that the pool did not let an event through, so that folding the deal anew does not either, and so that
    asking for a customer again is another wish."""
    subject = deal.id if deal else account_of(event)
    if refusal.code not in POOL_CODES or not subject:
        return None
    kind = "deal" if deal else "account"
    noted = handover(event, kind, subject, "", "refused", refusal.cause.rule, refusal.cause)
    return Kept("asked", noted, refusal.cause)


POOL_CODES = frozenset({"E180", "E181", "E182", "E183", "E184", "E185", "E186", *_OF_ACCOUNTS.values()})
"""Refusals that hold whatever else comes to light later."""
