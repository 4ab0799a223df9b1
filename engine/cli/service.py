"""Commands about customers' tickets: the list with what is due, and one with its clocks and why."""

import click

from engine.app import tickets as service
from engine.app.access import NotThere
from engine.app.refusals import not_done
from engine.app.views.tickets import ClockRow, TicketFilter, TicketRow
from engine.cli.common import Door, with_door

_AS = click.option("--as", "actor", required=True, help="Who looks: a user's name. 查看人")


@click.command()
@click.option(
    "--status", default="open", help="A status, `open` for all that are not settled, `any`. 状态；open 为未了结"
)
@click.option("--kind", default="", help="Only this kind. 只看此类型")
@_AS
@with_door
def tickets(door: Door, status: str, kind: str, actor: str) -> None:
    """List customers' tickets, those that fall due first. 查看工单，先到期者在前"""
    house = door.house()
    page = service.tickets(house, TicketFilter(status, kind), door.acting(house, actor, "ticket.see"))
    rows = [
        {"ticket": row.id, "title": row.title, "kind": row.kind.code, "status": row.status.code,
         "promise": row.state.code, "due": row.due.due_at.isoformat() if row.due else None}
        for row in page.rows
    ]  # fmt: skip
    door.result({"tickets": rows, "total": page.total}, [_line(row) for row in page.rows])


def _line(row: TicketRow) -> tuple[str, str]:
    due = f" {row.due.due_at:%Y-%m-%d %H:%M} UTC" if row.due else ""
    en, zh = row.state.title.show("en"), row.state.title.show("zh")
    return f"{row.id}  {row.title}  {en}{due}", f"{row.id}  {row.title}  {zh}{due}"


@click.command()
@click.argument("ticket")
@_AS
@with_door
def ticket(door: Door, ticket: str, actor: str) -> None:
    """Say how TICKET stands: what was promised by which rule, each limit, what the calendar had to do with it. 说明工单的时限与依据"""
    house = door.house()
    try:
        view = service.ticket_view(house, ticket, door.acting(house, actor, "ticket.see"))
    except NotThere:
        door.refuse([not_done("E001", kind="ticket", id=ticket, event="-")])
    clocks = [
        {"limit": clock.limit.show("en"), "round": clock.round, "state": clock.state, "due": clock.due_at.isoformat(),
         "late": clock.late.show(door.language), "notes": clock.notes.show(door.language)}
        for clock in view.clocks
    ]  # fmt: skip
    promise = (f"{view.promise.en} ({view.place})", f"{view.promise.zh}（{view.place}）")
    said = [(f"{one.at:%Y-%m-%d %H:%M}  {one.title.en} {one.detail.en}", f"{one.at:%Y-%m-%d %H:%M}  {one.title.zh} {one.detail.zh}")
            for one in reversed(view.history)]  # fmt: skip
    answer = {"ticket": ticket, "status": view.row.status.code, "promise": view.row.state.code, "clocks": clocks}
    door.result(answer, [_line(view.row), promise, *(_clock(one) for one in view.clocks), *said])


def _clock(clock: ClockRow) -> tuple[str, str]:
    en, zh = {
        "due": ("due", "计时中"), "met": ("kept", "已达成"), "paused": ("on hold", "暂停计时"),
        "failed": (f"missed by {clock.late.en}", f"已超时 {clock.late.zh}"),
    }[clock.state]  # fmt: skip
    when = f"{clock.due_at:%Y-%m-%d %H:%M} UTC"
    notes = (f" ({clock.notes.en})", f"（{clock.notes.zh}）") if clock.notes.en else ("", "")
    return f"  {clock.limit.en}: {when}, {en}{notes[0]}", f"  {clock.limit.zh}：{when}，{zh}{notes[1]}"


COMMANDS = (tickets, ticket)
