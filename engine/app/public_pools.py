"""Public pools: what deals and customers lie in them, claiming, giving back, and handing what nobody has to somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
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
from engine.core.accounts import last_told_at
from engine.core.charges import Charge, ChargeKind
from engine.core.events import Event
from engine.core.merging import as_known
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
        found = pooled(unit, wanted.pool, wanted.text, _cursor(wanted.after), PAGE + 1)
        held = found[:PAGE]
        deals = [one.deal for one in held if one.deal]
        known = around(unit, deals)
        state.preload(deals=deals, accounts=[one.account for one in held if one.account])
        rows = [_row(dw, one, pools[one.pool], known, state, viewer) for one in held if one.pool in pools]
        terms = tuple(_terms(dw, pool, state, viewer) for pool in pools.values())
        total = count_pooled(unit, wanted.pool, wanted.text)
    choices = tuple(Choice(id, header_title(pool.header)) for id, pool in pools.items())
    return PoolView(terms, tuple(rows), total, choices, _after(held[-1]) if len(found) > PAGE else "")


def _after(last: Holding) -> str:
    """The place after that row, also when somebody has claimed it meanwhile."""
    return f"{last.since_at.astimezone(UTC).isoformat()} {last.id}"


def _cursor(text: str) -> tuple[datetime, str] | None:
    """The place that the text says; the beginning for one that says none."""
    moment, _, id = text.partition(" ")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, id) if at.tzinfo else None


def _terms(dw: Dealwright, pool: PublicPool, state: SqlState, viewer: User) -> PoolTerms:
    today = dw.now().astimezone(dw.zone).date().isoformat()
    tally = state.tally(tally_id(pool, viewer.actor, today))
    claimed, terms = tally.count if tally else 0, pool.claim
    held = sum(one.state == "held" and one.pool == pool.header.id for one in state.holdings_of(viewer.actor))
    left = None if terms.per_day is None else max(terms.per_day - claimed, 0)
    room = None if terms.hold_at_most is None else max(terms.hold_at_most - held, 0)
    return PoolTerms(pool.header.id, header_title(pool.header), terms.place, claimed, left, held, room)


def _row(dw: Dealwright, one: Holding, pool: PublicPool, known: Around, state: SqlState, viewer: User) -> PoolRow:
    charge = _charge("account" if one.account else "deal", one.account or one.deal, state, dw.now())
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


def _charge(kind: str, id: str, state: State, now: datetime) -> Charge | None:
    """The deal, the ticket, or the customer with all that is known of the company."""
    if kind == "account":
        last = last_told_at(id, state)
        account = as_known(id, state, max(now, last or now))
        return Charge(account) if account else None
    found = {"deal": state.deal, "ticket": state.ticket}[kind](id) if kind in ("deal", "ticket") else None
    return Charge(found) if found else None


@dataclass(frozen=True, slots=True)
class _Found:
    """One of them, where it stands to its pool, how it changed hands, and when it was last told of."""

    charge: Charge
    holding: Holding | None
    moved: tuple[Handover, ...]
    last_at: datetime | None

    @property
    def seen(self) -> str:
        """What the viewer last saw of it: one form sent twice is one wish, after a refusal it is another."""
        record = self.charge.record
        return record.last_by if isinstance(record, Deal) else f"{self.last_at}/{len(self.moved)}"


def _found(kind: str, id: str, state: State, now: datetime) -> _Found:
    """What is there under that id. Raises NotThere."""
    charge = _charge(kind, id, state, now)
    if charge is None:
        raise NotThere(id)
    record = charge.record
    moved = tuple(one for one in state.handovers(charge.id) if one.kind == kind)
    if isinstance(record, Deal):
        last: datetime | None = record.last_at
    else:
        last = last_told_at(charge.id, state) if isinstance(record, Account) else record.told[-1].at
    return _Found(charge, state.holding(charge.holding), moved, last)


def _there(dw: Dealwright, kind: str, id: str) -> _Found:
    with dw.database.unit() as unit:
        return _found(kind, id, SqlState(unit), dw.now())


def claim(dw: Dealwright, kind: str, id: str, viewer: User) -> Recorded | Problems:
    """The deal or the customer is the viewer's, or why not: exactly one of several who ask at once gets it. Raises NotThere
    for what does not lie in a pool, and has not just been claimed from one."""
    found = _there(dw, kind, id)
    held, last = found.holding, found.moved[-1:]
    if held is None or not (held.state == "pooled" or (last and last[0].how in ("claimed", "refused"))):
        raise NotThere(id)
    return _at_once(dw, found, f"{found.charge.kind}.claimed", {}, viewer)


_WORKS = MappingProxyType({"deal": "deal.work", "account": "account.work"})


def give_back(dw: Dealwright, kind: str, id: str, reason: str, viewer: User) -> Recorded | Problems:
    """The deal or the customer goes back to its pool. Raises NotThere, and NotYours for who may not work on it."""
    found = _there(dw, kind, id)
    with dw.database.unit() as unit:
        belongs = around(unit).belongs([found.charge.owner], dw.now().astimezone(dw.zone).date())
    if not may(viewer, _WORKS.get(kind, ""), belongs):
        raise NotYours(id)
    return _at_once(dw, found, f"{found.charge.kind}.returned", {"reason": reason}, viewer)


_GIVES: Mapping[ChargeKind, str] = MappingProxyType(
    {"deal": "deal.reassigned", "account": "account.changed", "ticket": "ticket.changed"}
)


def hand_to(dw: Dealwright, kind: str, id: str, person: str, viewer: User) -> Recorded | Problems:
    """What nobody has goes to a person; the pool's rules hold for that too. Raises NotThere, also for what is over."""
    found = _there(dw, kind, id)
    if found.charge.owner or not found.charge.is_open:
        raise NotThere(id)
    return _at_once(dw, found, _GIVES[found.charge.kind], {"owner": person}, viewer)


def _at_once(dw: Dealwright, found: _Found, type: str, body: dict[str, object], viewer: User) -> Recorded | Problems:
    """The event, decided in one unit after everything that it has been through, so that nobody gets between."""
    event = asked(dw, type, found.charge.id, body, viewer, found.seen)
    if isinstance(event, tuple):
        return event
    with dw.lock:
        return earlier(dw, event) or dw.database.run(lambda unit: _last(dw, unit, event, found.charge.kind))


def _last(dw: Dealwright, unit: Unit, event: Event, kind: ChargeKind) -> Recorded:
    last = _found(kind, event.subject, SqlState(unit), dw.now()).last_at
    at = max(dw.now(), last + timedelta(microseconds=1)) if last else dw.now()
    return Recording(dw, unit).group([replace(event, at=at, on=at.astimezone(dw.zone).date())])[0]


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
