"""Public pools: what lies in them, claiming and giving back; and what nobody has, for operations to see."""

from dataclasses import replace
from datetime import timedelta

from engine.app.access import NotThere, NotYours, may
from engine.app.asking import asked, earlier
from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around, header_title, stage_title
from engine.app.recording import Recorded, Recording
from engine.app.refusals import Problems
from engine.app.views.choices import Choice
from engine.app.views.deals import HeldRow
from engine.app.views.pools import OwnerlessRow, OwnerlessView, PoolFilter, PoolRow, PoolTerms, PoolView
from engine.app.views.users import User
from engine.app.why import notes_of
from engine.core.events import Event
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.records import Cause, Deal, Handover, Holding, Task
from engine.core.rules.header import Title
from engine.core.rules.public_pool import PublicPool
from engine.core.rules.rulebook import in_force
from engine.core.workflow.public_pools import barred_until, tally_id
from engine.store.database import Unit
from engine.store.queries.holdings import count_pooled, ownerless_deals, ownerless_tasks, pooled
from engine.store.state import SqlState

_HOW = {
    "recycled": Title("nobody worked on it", "无人跟进，自动回收"),
    "returned": Title("given back", "退回"),
    "": Title("nobody has had it yet", "尚无负责人"),
}
_NO_RULE = Title("no assignment rule is for it", "没有适用的分配规则")


def pool_view(dw: Dealwright, wanted: PoolFilter, viewer: User) -> PoolView:
    """What lies in the pools, with what the viewer may still take out of them today."""
    pools = {pool.header.id: pool for pool in in_force(dw.rulebook.public_pools, dw.now().astimezone(dw.zone).date())}
    with dw.database.unit() as unit:
        held = pooled(unit, wanted.pool)
        known, state = around(unit, [one.id for one in held]), SqlState(unit)
        state.preload(deals=[one.id for one in held])
        rows = [_row(dw, one, pools[one.pool], known, state, viewer) for one in held if one.pool in pools]
        terms = tuple(_terms(dw, pool, state, viewer) for pool in pools.values())
        total = count_pooled(unit)
    text = wanted.text.casefold()
    found = tuple(row for row in rows if text in f"{row.deal} {row.name} {row.account}".casefold())
    return PoolView(terms, found, total, tuple(Choice(id, header_title(pool.header)) for id, pool in pools.items()))


def _terms(dw: Dealwright, pool: PublicPool, state: SqlState, viewer: User) -> PoolTerms:
    today = dw.now().astimezone(dw.zone).date().isoformat()
    tally = state.tally(tally_id(pool, viewer.actor, today))
    claimed, terms = tally.count if tally else 0, pool.claim
    held = sum(one.state == "held" and one.pool == pool.header.id for one in state.holdings_of(viewer.actor))
    left = None if terms.per_day is None else max(terms.per_day - claimed, 0)
    room = None if terms.hold_at_most is None else max(terms.hold_at_most - held, 0)
    return PoolTerms(pool.header.id, header_title(pool.header), terms.place, claimed, left, held, room)


def _row(dw: Dealwright, one: Holding, pool: PublicPool, known: Around, state: SqlState, viewer: User) -> PoolRow:
    deal = known.deals[one.id]
    last = next((h for h in reversed(state.handovers(one.id)) if h.how in ("recycled", "returned")), None)
    until = barred_until(dw.rulebook, pool, one, viewer.actor)
    amount = deal.facts.get("amount")
    return PoolRow(
        deal.id, str(deal.facts.get("name") or deal.id), known.account_of(deal), header_title(pool.header),
        stage_title(dw, deal), amount if isinstance(amount, Money) else None, one.since_at, _why(last),
        last.cause.place if last else pool.header.place, known.person(one.left[-1][0]) if one.left else Title(),
        until if until and until > dw.now() else None,
    )  # fmt: skip


def _why(last: Handover | None) -> Title:
    """Why it lies there: how it came back, with the reason that a person gave."""
    how = _HOW[last.how if last else ""]
    reason = last.reason if last else ""
    return Title(f"{how.en}: {reason}", f"{how.zh}：{reason}") if reason else how


def claim(dw: Dealwright, deal: str, viewer: User) -> Recorded | Problems:
    """The deal is the viewer's, or why not: exactly one of several who ask at once gets it. Raises NotThere for what
    does not lie in a pool, and has not just been claimed from one."""
    with dw.database.unit() as unit:
        state = SqlState(unit)
        held, last = state.holding(deal), state.handovers(deal)[-1:]
    if held is None or not (held.state == "pooled" or (last and last[0].how in ("claimed", "refused"))):
        raise NotThere(deal)
    return _at_once(dw, deal, "deal.claimed", {}, viewer)


def give_back(dw: Dealwright, deal: str, reason: str, viewer: User) -> Recorded | Problems:
    """The deal goes back to its pool. Raises NotThere, and NotYours for who may not work on it."""
    with dw.database.unit() as unit:
        found, known = SqlState(unit).deal(deal), around(unit, [deal])
    if found is None:
        raise NotThere(deal)
    if not may(viewer, "deal.work", known.belongs([found.owner], dw.now().astimezone(dw.zone).date())):
        raise NotYours(deal)
    return _at_once(dw, deal, "deal.returned", {"reason": reason}, viewer)


def hand_to(dw: Dealwright, deal: str, person: str, viewer: User) -> Recorded | Problems:
    """A deal that nobody has goes to a person; the pool's rules hold for that too. Raises NotThere."""
    with dw.database.unit() as unit:
        found = SqlState(unit).deal(deal)
    if found is None or found.owner:
        raise NotThere(deal)
    return _at_once(dw, deal, "deal.reassigned", {"owner": person}, viewer)


def _at_once(dw: Dealwright, deal: str, type: str, body: dict[str, object], viewer: User) -> Recorded | Problems:
    """The event, decided in one unit after everything that the deal has been through, so that nobody gets between."""
    with dw.database.unit() as unit:
        known = SqlState(unit).deal(deal)
    if known is None:
        raise NotThere(deal)
    event = asked(dw, type, deal, body, viewer, known.last_by)
    if isinstance(event, tuple):
        return event
    with dw.lock:
        return earlier(dw, event) or dw.database.run(lambda unit: _last(dw, unit, event))


def _last(dw: Dealwright, unit: Unit, event: Event) -> Recorded:
    deal = SqlState(unit).deal(event.subject)
    at = max(dw.now(), deal.last_at + timedelta(microseconds=1)) if deal else dw.now()
    return Recording(dw, unit).group([replace(event, at=at, on=at.astimezone(dw.zone).date())])[0]


def held_row(dw: Dealwright, deal: Deal, holding: Holding | None) -> HeldRow | None:
    """The pool that a deal with an owner would go back to, and when; None where there is none."""
    pool = next((one for one in dw.rulebook.public_pools if holding and one.header.id == holding.pool), None)
    if pool is None or holding is None or holding.state != "held":
        return None
    why = notes_of(dw, Cause("", pool.header.place, "", notes=holding.notes))
    return HeldRow(header_title(pool.header), holding.recycle_at, why, pool.header.place)


def ownerless(dw: Dealwright) -> OwnerlessView:
    """Open deals and tasks that nobody has and that lie in no pool."""
    today = dw.now().astimezone(dw.zone).date()
    with dw.database.unit() as unit:
        deals, tasks, state = ownerless_deals(unit), ownerless_tasks(unit), SqlState(unit)
        known = around(unit, [*(deal.id for deal in deals), *(task.deal for task in tasks)])
        rows = [_ownerless_deal(dw, deal, known, state) for deal in deals]
        rows += [_ownerless_task(dw, task, known) for task in tasks]
    people = [person for person in known.people.values() if person.employed(today)]
    return OwnerlessView(tuple(rows), tuple(Choice(one.id, known.person(one.id)) for one in people))


def how_many_ownerless(dw: Dealwright) -> int:
    """How many deals and tasks nobody has."""
    with dw.database.unit() as unit:
        return len(ownerless_deals(unit)) + len(ownerless_tasks(unit))


def _ownerless_task(dw: Dealwright, task: Task, known: Around) -> OwnerlessRow:
    cause, account = task.reasons[0], known.account_of(known.deals.get(task.deal))
    return OwnerlessRow("task", task.id, Title(*task.title), account, task.made_at, notes_of(dw, cause), cause.place)


def _ownerless_deal(dw: Dealwright, deal: Deal, known: Around, state: SqlState) -> OwnerlessRow:
    queued = next((one for one in reversed(state.handovers(deal.id)) if one.how == "queued"), None)
    why = notes_of(dw, queued.cause) if queued else _NO_RULE
    name = str(deal.facts.get("name") or deal.id)
    place = queued.cause.place if queued else Place("")
    return OwnerlessRow("deal", deal.id, Title(name, name), known.account_of(deal), deal.created_at, why, place)
