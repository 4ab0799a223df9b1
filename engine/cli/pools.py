"""Commands about public pools: what lies in them, claiming, giving back, and what nobody has."""

from collections.abc import Callable

import click

from engine.app import public_pools
from engine.app.access import NotThere
from engine.app.ownerless import ownerless as what_nobody_has
from engine.app.recording import Recorded
from engine.app.refusals import Problems, not_done
from engine.app.views.pools import OwnerlessRow, PoolFilter, PoolTerms
from engine.cli.common import FOUND, Door, with_door
from engine.core.charges import ChargeKind
from engine.core.problems import Place, Problem

_CUSTOMER = click.option("--customer", is_flag=True, help="It is a customer, not a deal. 是客户而非商机")
_AS = click.option("--as", "actor", required=True, help="Who does it: a user's name. 操作人")


@click.command()
@click.option("--pool", default="", help="Only this pool. 只看此公海")
@_AS
@with_door
def pool(door: Door, pool: str, actor: str) -> None:
    """List what lies in the public pools, and what the user may still claim today. 查看公海及今日可领取数"""
    house = door.house()
    view = public_pools.pool_view(house, PoolFilter(pool), door.acting(house, actor, "pool.see"))
    terms = [
        {"pool": one.pool, "claimed": one.claimed, "left": one.left, "held": one.held, "room": one.room}
        for one in view.pools
    ]
    rows = [{"kind": row.kind, "id": row.id, "name": row.name, "since": row.since_at.isoformat(),
             "why": row.why.show(door.language)} for row in view.rows]  # fmt: skip
    lines = [
        (f"{row.id}  {row.name}  {row.why.show('en')}", f"{row.id}  {row.name}  {row.why.show('zh')}")
        for row in view.rows
    ]
    door.result({"pools": terms, "rows": rows, "total": view.total}, [*lines, *map(_left, view.pools)])


def _left(one: PoolTerms) -> tuple[str, str]:
    """What may still be claimed from a pool today."""
    title = one.title
    en, zh = ("any number", "不限") if one.left is None else (str(one.left), f"{one.left} 个")
    return f"{title.show('en')}: {en} left today.", f"{title.show('zh')}：今日还可领取 {zh}。"


@click.command()
@click.argument("id")
@_CUSTOMER
@_AS
@with_door
def claim(door: Door, id: str, customer: bool, actor: str) -> None:
    """Claim a deal, or a customer, of that ID from its public pool. 从公海领取商机或客户"""
    house = door.house()
    user, kind = door.acting(house, actor, "pool.claim"), _kind(customer)
    _answer(door, kind, id, lambda: public_pools.claim(house, kind, id, user), f"{id} is yours.", f"{id} 已归你。")


@click.command("give-back")
@click.argument("id")
@click.option("--reason", required=True, help="Why. 原因")
@_CUSTOMER
@_AS
@with_door
def give_back(door: Door, id: str, reason: str, customer: bool, actor: str) -> None:
    """Put a deal, or a customer, of that ID back into its public pool. 将商机或客户退回公海"""
    house = door.house()
    kind = _kind(customer)
    user = door.acting(house, actor, f"{kind}.work")
    done = lambda: public_pools.give_back(house, kind, id, reason, user)  # noqa: E731
    _answer(door, kind, id, done, f"{id} is back in its pool.", f"{id} 已退回公海。")


def _kind(customer: bool) -> ChargeKind:
    return "account" if customer else "deal"


@click.command()
@_AS
@with_door
def ownerless(door: Door, actor: str) -> None:
    """List what nobody has, and why no rule gave it to anybody. 查看无人负责的商机、客户、工单和任务"""
    house = door.house()
    door.acting(house, actor, "ownerless.see")
    rows = what_nobody_has(house).rows
    found = [{"kind": row.kind, "id": row.id, "why": row.why.show(door.language)} for row in rows]
    door.result({"ownerless": found}, [_ownerless_line(row) for row in rows])
    raise SystemExit(FOUND if rows else 0)


def _ownerless_line(row: OwnerlessRow) -> tuple[str, str]:
    return (
        f"{row.id}  {row.title.show('en')}  {row.why.show('en')}",
        f"{row.id}  {row.title.show('zh')}  {row.why.show('zh')}",
    )


def _answer(door: Door, kind: ChargeKind, id: str, do: Callable[[], Recorded | Problems], en: str, zh: str) -> None:
    """Says what came of it; ends the command with the refusal in words where there is one."""
    try:
        done = do()
    except NotThere:
        door.refuse([not_done("E180" if kind == "deal" else "E189", **{kind: id})])
    if isinstance(done, tuple):
        door.refuse(done)
    if done.refused or done.problem:
        door.refuse([_refusal(done)])
    door.result({kind: id, "status": done.status}, [(en, zh)])


def _refusal(done: Recorded) -> Problem:
    refused = done.refused
    if refused is None:
        assert done.problem is not None, "the caller asks for what was not done"
        return done.problem
    return Problem(refused.code, refused.cause.place or Place(""), dict(refused.params))


COMMANDS = (pool, claim, give_back, ownerless)
