"""The command that looks ahead: what a deal, or the next amount, would earn."""

import click

from engine.app import estimate_data, estimating, next_amount
from engine.app.access import NotThere
from engine.app.views.estimates import DealEstimate, NextView
from engine.app.views.users import User
from engine.cli.common import FOUND, Door, with_door

_DAY = "today, month_end, next_month, or a day as 2026-03-31. 日期"


@click.command()
@click.argument("deal", required=False, default="")
@click.option("--amount", default="", help="Suppose this amount; usually the deal's own, or 100000. 假设金额")
@click.option("--on", "on", default="today", show_default=True, help=f"Suppose it is won on that day: {_DAY}")
@click.option("--payee", default="", help="Without a deal: whose next amount; usually your own. 收款人")
@click.option("--as", "name", required=True, help="Who asks: pay is shown to those who may see it. 查询人")
@with_door
def estimate(door: Door, deal: str, amount: str, on: str, payee: str, name: str) -> None:
    """What DEAL would earn if it were won, with the arithmetic; without DEAL, what the next amount would pay. 估算收入"""
    house = door.house()
    viewer = door.acting(house, name, "deal.see" if deal else "pay.see")
    try:
        if deal:
            _show_deal(door, estimating.estimate_deal(house, deal, amount, on, viewer), viewer)
        else:
            _show_next(door, next_amount.next_view(house, payee, amount, on, viewer))
    except NotThere:
        unknown = deal or payee or viewer.person
        door.result({"unknown": unknown}, [(f"Nothing is known under {unknown}.", f"找不到 {unknown}。")])
        raise SystemExit(FOUND) from None


def _show_deal(door: Door, found: DealEstimate, viewer: User) -> None:
    if found.problems:
        door.refuse(found.problems)
    lines = estimate_data.deal_lines(found, door.language)
    if not found.payees:
        said = (
            f"Nobody whose pay {viewer.name} may see would earn anything.",
            f"在 {viewer.name} 可查看的范围内，没有人会有所得。",
        )
        lines.append(said[door.language == "zh"])
    door.result(estimate_data.deal_data(found), [(line, line) for line in lines])


def _show_next(door: Door, found: NextView) -> None:
    if found.problems:
        door.refuse(found.problems)
    lines = estimate_data.next_lines(found, door.language)
    nothing = ("No commission is paid on anything that day.", "当日没有按业绩计提的项目。")
    door.result(estimate_data.next_data(found), [(line, line) for line in lines] or [nothing])


COMMANDS = (estimate,)
