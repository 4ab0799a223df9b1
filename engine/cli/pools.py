"""Commands about the public pool: what lies in it, claiming, giving back, and what nobody has."""

from collections.abc import Callable

import click

from engine.app import public_pools
from engine.app.access import NotThere
from engine.app.recording import Recorded
from engine.app.refusals import Problems, not_done
from engine.app.views.pools import OwnerlessRow, PoolFilter, PoolTerms
from engine.cli.common import FOUND, Door, with_door
from engine.core.problems import Place, Problem

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
    deals = [{"deal": row.deal, "name": row.name, "since": row.since_at.isoformat(), "why": row.why.show(door.language)}
             for row in view.rows]  # fmt: skip
    lines = [
        (f"{row.deal}  {row.name}  {row.why.show('en')}", f"{row.deal}  {row.name}  {row.why.show('zh')}")
        for row in view.rows
    ]
    door.result({"pools": terms, "deals": deals, "total": view.total}, [*lines, *map(_left, view.pools)])


def _left(one: PoolTerms) -> tuple[str, str]:
    """What may still be claimed from a pool today."""
    title = one.title
    en, zh = ("any number", "不限") if one.left is None else (str(one.left), f"{one.left} 个")
    return f"{title.show('en')}: {en} left today.", f"{title.show('zh')}：今日还可领取 {zh}。"


@click.command()
@click.argument("deal")
@_AS
@with_door
def claim(door: Door, deal: str, actor: str) -> None:
    """Claim DEAL from its public pool. 从公海领取商机"""
    house = door.house()
    user = door.acting(house, actor, "pool.claim")
    _answer(door, deal, lambda: public_pools.claim(house, deal, user), f"{deal} is yours.", f"{deal} 已归你。")


@click.command("give-back")
@click.argument("deal")
@click.option("--reason", required=True, help="Why. 原因")
@_AS
@with_door
def give_back(door: Door, deal: str, reason: str, actor: str) -> None:
    """Put DEAL back into its public pool. 将商机退回公海"""
    house = door.house()
    user = door.acting(house, actor, "deal.work")
    done = lambda: public_pools.give_back(house, deal, reason, user)  # noqa: E731
    _answer(door, deal, done, f"{deal} is back in its pool.", f"{deal} 已退回公海。")


@click.command()
@_AS
@with_door
def ownerless(door: Door, actor: str) -> None:
    """List the deals and tasks that nobody has, and why no rule gave them to anybody. 查看无人负责的商机和任务"""
    house = door.house()
    door.acting(house, actor, "ownerless.see")
    rows = public_pools.ownerless(house).rows
    found = [{"kind": row.kind, "id": row.id, "why": row.why.show(door.language)} for row in rows]
    door.result({"ownerless": found}, [_ownerless_line(row) for row in rows])
    raise SystemExit(FOUND if rows else 0)


def _ownerless_line(row: OwnerlessRow) -> tuple[str, str]:
    return (
        f"{row.id}  {row.title.show('en')}  {row.why.show('en')}",
        f"{row.id}  {row.title.show('zh')}  {row.why.show('zh')}",
    )


def _answer(door: Door, deal: str, do: Callable[[], Recorded | Problems], en: str, zh: str) -> None:
    """Says what came of it; ends the command with the refusal in words where there is one."""
    try:
        done = do()
    except NotThere:
        door.refuse([not_done("E180", deal=deal)])
    if isinstance(done, tuple):
        door.refuse(done)
    if done.refused or done.problem:
        door.refuse([_refusal(done)])
    door.result({"deal": deal, "status": done.status}, [(en, zh)])


def _refusal(done: Recorded) -> Problem:
    refused = done.refused
    if refused is None:
        assert done.problem is not None, "the caller asks for what was not done"
        return done.problem
    return Problem(refused.code, refused.cause.place or Place(""), dict(refused.params))


COMMANDS = (pool, claim, give_back, ownerless)
