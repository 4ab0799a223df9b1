"""Commands that say why: explain, why-not, verify, replay."""

from collections.abc import Callable
from datetime import date

import click

from engine.app import explaining, replaying, verifying
from engine.app import why_not as use
from engine.app import why_not_pay as pay_use
from engine.app.access import NotThere
from engine.app.dealwright import Dealwright
from engine.app.explained_data import as_data
from engine.app.not_made import not_made
from engine.app.views.explaining import Explanation
from engine.cli.common import FOUND, Door, with_door

_ON = click.option(
    "--on", "on", default="today", help="For pay, as known on that day: today, month_end, 2026-03-31. 日期"
)
_AS = click.option("--as", "name", required=True, help="Who asks: pay is shown to those who may see it. 查询人")


def _show(door: Door, asked: Callable[[], Explanation], unknown: str) -> None:
    """Prints the explanation; what is not there and what is not theirs are answered alike."""
    try:
        found = asked()
    except NotThere:
        door.result({"unknown": unknown}, [(f"Nothing is known under {unknown}.", f"找不到 {unknown}。")])
        raise SystemExit(FOUND) from None
    door.result(as_data(found), [(line, line) for line in explaining.as_lines(found, door.language)])


@click.command()
@click.argument("id")
@_AS
@with_door
def explain(door: Door, id: str, name: str) -> None:
    """Why the task, earning line or ledger entry ID is as it is; the first characters of its id will do.
    解释任务、收入行或账本分录的由来"""
    house = door.house()
    viewer = door.acting(house, name, "pay.see")
    _show(door, lambda: explaining.explain(house, id, viewer), id)


@click.command("why-not")
@click.argument("deal")
@click.argument("rule")
@click.argument("more", nargs=-1)
@_ON
@_AS
@with_door
def why_not(door: Door, deal: str, rule: str, more: tuple[str, ...], on: str, name: str) -> None:
    """Why RULE, an id or a stage, does nothing for DEAL: each condition with what it finds. With `pay PAYEE COMPONENT`
    and perhaps a rate as 9% or an amount: why PAYEE does not get that. With `day PERSON [2026-03-31]`: what was not asked
    of PERSON on that day. 为什么没有发生；`pay 收款人 项目 [9%]` 询问为什么没有该费率；`day 人员 [日期]` 询问当日略去的事项"""
    house = door.house()
    if deal == "pay" and more:
        _why_not_pay(door, house, (rule, *more), on, name)
        return
    if deal == "day" and len(more) < 2:
        _why_not_day(door, house, rule, "".join(more), name)
        return
    if more:
        raise click.UsageError("Say DEAL RULE, pay PAYEE COMPONENT [RATE], or day PERSON [DATE].")
    viewer = door.acting(house, name, "deal.see")
    _show(door, lambda: use.why_not(house, deal, rule, viewer), f"{deal} / {rule}")


def _why_not_pay(door: Door, house: Dealwright, words: tuple[str, ...], on: str, name: str) -> None:
    """Why a payee does not get a rate or an amount; a question that makes no sense is refused."""
    if len(words) > 3:
        raise click.UsageError("Say pay PAYEE COMPONENT [RATE].")
    payee, component, wanted = (*words, "")[:3]
    viewer = door.acting(house, name, "pay.see")

    def asked() -> Explanation:
        found = pay_use.why_not_pay(house, payee, component, wanted, on, viewer)
        if isinstance(found, tuple):
            door.refuse(found)
        return found

    _show(door, asked, payee)


def _why_not_day(door: Door, house: Dealwright, person: str, day: str, name: str) -> None:
    """What was not asked of a person on a day, today when none is said."""
    try:
        on = date.fromisoformat(day) if day else house.now().astimezone(house.zone).date()
    except ValueError:
        raise click.UsageError(f"{day} is no date; write 2026-03-31.") from None
    viewer = door.acting(house, name, "task.see")
    _show(door, lambda: not_made(house, person, on, viewer), person)


@click.command()
@with_door
def verify(door: Door) -> None:
    """Walk the chains of events, ledger and audit, and the books: is everything as it was written? 校验"""
    found = verifying.verify(door.house())
    lines = [
        (f"{name}: {'whole' if fault is None else fault}", f"{name}：{'完整' if fault is None else fault}")
        for name, fault in found
    ]
    door.result(dict(found), lines)
    raise SystemExit(FOUND if any(fault for _, fault in found) else 0)


@click.command()
@with_door
def replay(door: Door) -> None:
    """Decide everything again from the log in a database of its own, and compare. 重放并比较"""
    house = door.house()
    lost, found = replaying.lost_rules(house), replaying.replay(house)
    lines = [(f"{kind}: {count} compared, {different} different", f"{kind}：比较 {count} 条，不同 {different} 条")
             for kind, count, different in found]  # fmt: skip
    lines += [
        (
            f"Decided by rules that were never released, so by today's here: {one[:12]}",
            f"部分事件由未发布的规则决定，此处按现行规则重放：{one[:12]}",
        )
        for one in lost
    ]
    counts = {kind: {"compared": count, "different": different} for kind, count, different in found}
    door.result({"records": counts, "lost_rules": lost}, lines)
    raise SystemExit(FOUND if any(different for *_, different in found) else 0)


COMMANDS = (explain, why_not, verify, replay)
