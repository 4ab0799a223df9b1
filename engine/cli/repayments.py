"""Commands about what payees owe apart from their pay: the list, and what they gave back, which two people sign."""

from dataclasses import asdict

import click

from engine.app import repayments
from engine.app.payouts import Step
from engine.app.receivables import receivables as all_owed
from engine.app.views.receivables import ReceivableRow, RepaymentRow
from engine.cli.common import Door, with_door

_AS = click.option("--as", "actor", required=True, help="Who does it: a user's name. 操作人")
_NOTE = click.option("--note", default="", help="In your words, for whoever approves it. 备注")


@click.command()
@_AS
@with_door
def receivables(door: Door, actor: str) -> None:
    """Who owes what apart from their pay, since when, and which repayments wait for approval. 列出应收回的扣回款"""
    house = door.house()
    found = all_owed(house, door.acting(house, actor, "receivable.see"))
    lines = [*(_owing(row) for row in found.rows), *(_waiting(one) for one in found.waiting)]
    nothing = ("Nobody owes anything apart from their pay.", "没有应收回的款项。")
    door.result(asdict(found), lines or [nothing])


def _owing(row: ReceivableRow) -> tuple[str, str]:
    since = str(row.since or "--")
    return (
        f"{row.payee} {row.payee_name.show('en')}: {row.owed} owed since {since} ({row.days} days); "
        f"{row.taken} taken back, {row.repaid} given back, {row.waiting} waiting",
        f"{row.payee} {row.payee_name.show('zh')}：自 {since} 起应归还 {row.owed}（{row.days} 天）；"
        f"扣回 {row.taken}，已归还 {row.repaid}，待审批 {row.waiting}",
    )


def _waiting(one: RepaymentRow) -> tuple[str, str]:
    kind = (" (taken back)", "（冲销）") if one.takes_back else ("", "")
    return (
        f"{one.id[:22]} waits{kind[0]}: {one.amount} of {one.payee}, {one.reference}, {one.received_on}",
        f"{one.id[:22]} 待审批{kind[1]}：{one.payee} {one.amount}，{one.reference}，{one.received_on}",
    )


@click.command()
@click.argument("payee")
@click.argument("amount")
@click.option("--reference", required=True, help="What the bank or payroll calls it; booked once. 凭证号")
@click.option("--on", default="", help="The day on which it came in, today when left out. 到账日期")
@_NOTE
@_AS
@with_door
def repaid(door: Door, payee: str, amount: str, reference: str, on: str, note: str, actor: str) -> None:
    """Book that PAYEE gave AMOUNT back outside of their pay; somebody else approves it. 登记本人归还"""
    house = door.house()
    user = door.acting(house, actor, "repayment.book")
    _step(door, repayments.book(house, payee, amount, reference, on, note, user.actor))


@click.command("repaid-decide")
@click.argument("repayment")
@click.option("--decline", is_flag=True, help="Decline it instead; nothing is posted. 驳回，不入账")
@_AS
@with_door
def decide(door: Door, repayment: str, decline: bool, actor: str) -> None:
    """Approve REPAYMENT, which posts it to the ledger; whoever booked it may not. 审批归还并入账"""
    house = door.house()
    action, state = ("repayment.book", "declined") if decline else ("repayment.approve", "posted")
    _step(door, repayments.decide(house, repayment, state, door.acting(house, actor, action).actor))


@click.command("repaid-undo")
@click.argument("repayment")
@_NOTE
@_AS
@with_door
def undo(door: Door, repayment: str, note: str, actor: str) -> None:
    """Take back the posted REPAYMENT, which was a mistake; somebody else approves it. 冲销误记的归还"""
    house = door.house()
    _step(door, repayments.take_back(house, repayment, note, door.acting(house, actor, "repayment.book").actor))


_STATES = {
    "proposed": ("waits for approval", "待审批"),
    "posted": ("is posted", "已入账"),
    "declined": ("is declined", "已驳回"),
}


def _step(door: Door, done: Step) -> None:
    if done.problems:
        door.refuse(done.problems)
    en, zh = _STATES[done.state]
    door.result({"id": done.id, "state": done.state}, [(f"{done.id} {en}.", f"{done.id} {zh}。")])


COMMANDS = (receivables, repaid, decide, undo)
