"""Public pools: what deals and customers lie in them, claiming, giving back, and handing what nobody has to somebody."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from engine.app.access import NotThere, NotYours, may
from engine.app.asking import asked, earlier
from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around, header_title, stage_title
from engine.app.recording import Recorded, Recording
from engine.app.refusals import Problems
from engine.app.views.choices import Choice
from engine.app.views.deals import HeldRow
from engine.app.views.pools import PoolFilter, PoolRow, PoolTerms, PoolView
from engine.app.views.users import User
from engine.app.why import notes_of
from engine.core.charges import Charge, ChargeKind
from engine.core.events import Event
from engine.core.money import Money
from engine.core.records import Account, Cause, Deal, Handover, Holding
from engine.core.rules.header import Title
from engine.core.rules.public_pool import PublicPool
from engine.core.rules.rulebook import in_force
from engine.core.situation import State
from engine.core.workflow.public_pools import barred_until, tally_id
from engine.store.database import Unit
from engine.store.queries.holdings import count_pooled, pooled
from engine.store.state import SqlState

PAGE = 50

_HOW = {
    "recycled": Title("nobody worked on it", "无人跟进，自动回收"),
    "returned": Title("given back", "退回"),
    "": Title("nobody has had it yet", "尚无负责人"),
}


def pool_view(dw: Dealwright, wanted: PoolFilter, viewer: User) -> PoolView:
    """What lies in the pools, with what the viewer may still take out of them today."""
    pools = {pool.header.id: pool for pool in in_force(dw.rulebook.public_pools, dw.now().astimezone(dw.zone).date())}
    with dw.database.unit() as unit:
        state = SqlState(unit)
        last = state.holding(wanted.after) if wanted.after else None
        found = pooled(unit, wanted.pool, wanted.text, last, PAGE + 1)
        held = found[:PAGE]
        deals = [one.deal for one in held if one.deal]
        known = around(unit, deals)
        state.preload(deals=deals, accounts=[one.account for one in held if one.account])
        rows = [_row(dw, one, pools[one.pool], known, state, viewer) for one in held if one.pool in pools]
        terms = tuple(_terms(dw, pool, state, viewer) for pool in pools.values())
        total = count_pooled(unit, wanted.pool, wanted.text)
    choices = tuple(Choice(id, header_title(pool.header)) for id, pool in pools.items())
    return PoolView(terms, tuple(rows), total, choices, held[-1].id if len(found) > PAGE else "")


def _terms(dw: Dealwright, pool: PublicPool, state: SqlState, viewer: User) -> PoolTerms:
    today = dw.now().astimezone(dw.zone).date().isoformat()
    tally = state.tally(tally_id(pool, viewer.actor, today))
    claimed, terms = tally.count if tally else 0, pool.claim
    held = sum(one.state == "held" and one.pool == pool.header.id for one in state.holdings_of(viewer.actor))
    left = None if terms.per_day is None else max(terms.per_day - claimed, 0)
    room = None if terms.hold_at_most is None else max(terms.hold_at_most - held, 0)
    return PoolTerms(pool.header.id, header_title(pool.header), terms.place, claimed, left, held, room)


def _row(dw: Dealwright, one: Holding, pool: PublicPool, known: Around, state: SqlState, viewer: User) -> PoolRow:
    charge = _charge("account" if one.account else "deal", one.account or one.deal, state)
    assert charge is not None, "what has a holding is there"
    deal = charge.record if isinstance(charge.record, Deal) else None
    last = next((h for h in reversed(state.handovers(charge.id)) if _came_back(h, charge)), None)
    until = barred_until(dw.rulebook, pool, one, viewer.actor)
    amount = charge.record.facts.get("amount")
    return PoolRow(
        charge.kind, charge.id, str(charge.record.facts.get("name") or charge.id), known.account_of(deal),
        header_title(pool.header), stage_title(dw, deal) if deal else Title(), amount if isinstance(amount, Money) else None,
        one.since_at, _why(last), last.cause.place if last else pool.header.place,
        known.person(one.left[-1][0]) if one.left else Title(), until if until and until > dw.now() else None,
    )  # fmt: skip


def _came_back(one: Handover, charge: Charge) -> bool:
    return one.kind == charge.kind and one.how in ("recycled", "returned")


def _why(last: Handover | None) -> Title:
    """Why it lies there: how it came back, with the reason that a person gave."""
    how = _HOW[last.how if last else ""]
    reason = last.reason if last else ""
    return Title(f"{how.en}: {reason}", f"{how.zh}：{reason}") if reason else how


def _charge(kind: str, id: str, state: State) -> Charge | None:
    look_up = {"deal": state.deal, "account": state.account, "ticket": state.ticket}.get(kind)
    found = look_up(id) if look_up else None
    return Charge(found) if found else None


def _there(dw: Dealwright, kind: str, id: str) -> tuple[Charge, Holding | None, tuple[Handover, ...]]:
    """The deal, customer or ticket of that id, where it stands to its pool, and how it changed hands. Raises NotThere."""
    with dw.database.unit() as unit:
        state = SqlState(unit)
        charge = _charge(kind, id, state)
        if charge is None:
            raise NotThere(id)
        moved = tuple(one for one in state.handovers(id) if one.kind == kind)
        return charge, state.holding(charge.holding), moved


def claim(dw: Dealwright, kind: str, id: str, viewer: User) -> Recorded | Problems:
    """The deal or the customer is the viewer's, or why not: exactly one of several who ask at once gets it. Raises NotThere
    for what does not lie in a pool, and has not just been claimed from one."""
    charge, held, moved = _there(dw, kind, id)
    if held is None or not (held.state == "pooled" or (moved and moved[-1].how in ("claimed", "refused"))):
        raise NotThere(id)
    return _at_once(dw, charge, f"{charge.kind}.claimed", {}, viewer)


_WORKS = MappingProxyType({"deal": "deal.work", "account": "account.work"})


def give_back(dw: Dealwright, kind: str, id: str, reason: str, viewer: User) -> Recorded | Problems:
    """The deal or the customer goes back to its pool. Raises NotThere, and NotYours for who may not work on it."""
    charge, *_ = _there(dw, kind, id)
    with dw.database.unit() as unit:
        belongs = around(unit).belongs([charge.owner], dw.now().astimezone(dw.zone).date())
    if not may(viewer, _WORKS.get(kind, ""), belongs):
        raise NotYours(id)
    return _at_once(dw, charge, f"{charge.kind}.returned", {"reason": reason}, viewer)


_GIVES: Mapping[ChargeKind, str] = MappingProxyType(
    {"deal": "deal.reassigned", "account": "account.changed", "ticket": "ticket.changed"}
)


def hand_to(dw: Dealwright, kind: str, id: str, person: str, viewer: User) -> Recorded | Problems:
    """What nobody has goes to a person; the pool's rules hold for that too. Raises NotThere."""
    charge, *_ = _there(dw, kind, id)
    if charge.owner:
        raise NotThere(id)
    return _at_once(dw, charge, _GIVES[charge.kind], {"owner": person}, viewer)


def _at_once(dw: Dealwright, charge: Charge, type: str, body: dict[str, object], viewer: User) -> Recorded | Problems:
    """The event, decided in one unit after everything that it has been through, so that nobody gets between."""
    event = asked(dw, type, charge.id, body, viewer, _last_told(charge)[0])
    if isinstance(event, tuple):
        return event
    with dw.lock:
        return earlier(dw, event) or dw.database.run(lambda unit: _last(dw, unit, event, charge.kind))


def _last(dw: Dealwright, unit: Unit, event: Event, kind: ChargeKind) -> Recorded:
    charge = _charge(kind, event.subject, SqlState(unit))
    last = _last_told(charge)[1] if charge else None
    at = max(dw.now(), last + timedelta(microseconds=1)) if last else dw.now()
    return Recording(dw, unit).group([replace(event, at=at, on=at.astimezone(dw.zone).date())])[0]


def _last_told(charge: Charge) -> tuple[str, datetime | None]:
    """The last event that was told of it, and its moment."""
    record = charge.record
    if isinstance(record, Deal):
        return record.last_by, record.last_at
    told = record.versions if isinstance(record, Account) else record.told
    return (told[-1].event, told[-1].at) if told else ("", None)


def held_row(dw: Dealwright, holding: Holding | None) -> HeldRow | None:
    """The pool that what has an owner would go back to, and when; None where there is none."""
    pool = _pool(dw, holding, "held")
    if pool is None or holding is None:
        return None
    why = notes_of(dw, Cause("", pool.header.place, "", notes=holding.notes))
    return HeldRow(header_title(pool.header), holding.recycle_at, why, pool.header.place)


def pool_of(dw: Dealwright, holding: Holding | None) -> Title:
    """The pool in which it lies; empty when it lies in none."""
    pool = _pool(dw, holding, "pooled")
    return header_title(pool.header) if pool else Title()


def _pool(dw: Dealwright, holding: Holding | None, state: str) -> PublicPool | None:
    """The pool to which it stands in that way."""
    found = (one for one in dw.rulebook.public_pools if holding and one.header.id == holding.pool)
    return next(found, None) if holding and holding.state == state else None
