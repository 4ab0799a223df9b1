"""Commands that say why: explain, why-not, verify, replay."""

import click

from engine.app import explaining, verifying
from engine.cli.common import FOUND, Door, with_door


@click.command()
@click.argument("id")
@with_door
def explain(door: Door, id: str) -> None:
    """Why a task, an earning line or a ledger entry is as it is (the first characters of its id will do). 解释"""
    found = explaining.explain(door.house(), id)
    if found is None:
        door.say(f"Nothing is known under {id}.", f"找不到 {id}。")
        raise SystemExit(FOUND)
    door.result(explaining.as_data(found), [(line, line) for line in explaining.as_lines(found, door.language)])


@click.command("why-not")
@click.argument("deal")
@click.argument("rule")
@with_door
def why_not(door: Door, deal: str, rule: str) -> None:
    """Why RULE (an id, or a stage) did nothing for DEAL: each condition with what it found. 为什么没有发生"""
    found = explaining.why_not(door.house(), deal, rule)
    if found is None:
        door.say(f"No rule {rule} or no deal {deal}.", f"没有规则 {rule} 或商机 {deal}。")
        raise SystemExit(FOUND)
    door.result(explaining.as_data(found), [(line, line) for line in explaining.as_lines(found, door.language)])


@click.command()
@with_door
def verify(door: Door) -> None:
    """Walk the chains of events, ledger and audit, and the books: is everything as it was written? 校验"""
    found = verifying.verify(door.house())
    lines = [(f"{name}: {'whole' if fault is None else fault}", f"{name}：{'完整' if fault is None else fault}") for name, fault in found]
    door.result(dict(found), lines)
    raise SystemExit(FOUND if any(fault for _, fault in found) else 0)


@click.command()
@with_door
def replay(door: Door) -> None:
    """Decide everything again from the log in a database of its own, and compare. 重放并比较"""
    found = verifying.replay(door.house())
    lines = [(f"{kind}: {count} compared, {different} different", f"{kind}：比较 {count} 条，不同 {different} 条")
             for kind, count, different in found]  # fmt: skip
    door.result({kind: {"compared": count, "different": different} for kind, count, different in found}, lines)
    raise SystemExit(FOUND if any(different for *_, different in found) else 0)


COMMANDS = (explain, why_not, verify, replay)
