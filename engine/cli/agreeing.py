"""Commands about approvals: what waits for whom, and what somebody says to it. Nobody decides on their own request."""

import click

from engine.app import approvals as use
from engine.app.access import NotThere
from engine.app.approved_data import list_data, row_line
from engine.app.recording import Recorded
from engine.cli.common import FOUND, Door, with_door
from engine.core.problems import Place, Problem

_AS = click.option("--as", "actor", required=True, help="Who asks or decides: a user's name. 操作人")


@click.command()
@_AS
@with_door
def approvals(door: Door, actor: str) -> None:
    """What waits for your word, what you asked for, and what was decided in the last 90 days. 待审批与已审批的申请"""
    house = door.house()
    found = use.approvals(house, door.acting(house, actor, "approval.see"))
    groups = (("You decide", "待您审批", found.mine), ("You asked", "您的申请", found.asked),
              ("Others wait", "其他待审批", found.others), ("Decided", "已决定", found.decided))  # fmt: skip
    lines = [line for en, zh, rows in groups if rows for line in ((en, zh), *(row_line(row) for row in rows))]
    door.result(list_data(found), lines or [("Nothing waits.", "没有待审批的申请。")])


@click.command()
@click.argument("approval")
@click.argument("word", type=click.Choice(use.WORDS))
@click.option("--reason", default="", help="Why; a refusal needs one. 原因，拒绝时必填")
@click.option("--to", default="", help="For delegated: who decides instead. 委托给谁")
@_AS
@with_door
def decide(door: Door, approval: str, word: str, reason: str, to: str, actor: str) -> None:
    """Say WORD to the request APPROVAL; the first characters of its id will do. 对申请作出决定"""
    house = door.house()
    viewer = door.acting(house, actor, "approval.work")
    try:
        done = use.decide(house, use.approval_named(house, approval), word, viewer, reason, to)
    except NotThere:
        door.result({"unknown": approval}, [(f"Nothing is known under {approval}.", f"找不到 {approval}。")])
        raise SystemExit(FOUND) from None
    if not isinstance(done, Recorded):
        door.refuse(done)
    if done.refused:
        door.refuse([Problem(done.refused.code, Place(""), dict(done.refused.params))])
    row = use.approval(house, use.approval_named(house, approval), viewer)
    door.result({"approval": row.id, "state": row.state}, [row_line(row)])


COMMANDS = (approvals, decide)
