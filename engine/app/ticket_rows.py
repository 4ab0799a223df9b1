"""Tickets in words: their rows, their clocks, what was promised, what was said of them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from engine.app.dealwright import Dealwright
from engine.app.reading import Around
from engine.app.views.choices import Choice
from engine.app.views.tickets import ClockRow, Said, TicketRow
from engine.app.why import told
from engine.app.words import duration, word
from engine.core.events import Event
from engine.core.records import Task
from engine.core.rules.header import Title
from engine.core.service.clocks import Clock
from engine.core.service.notes import LIMIT_WORDS
from engine.core.service.standing import Standing, standing_of
from engine.core.situation import State
from engine.core.tickets import Ticket
from engine.core.workflow.notes import show_note

_STATES = {
    "failed": Title("missed", "已超时"), "fulfilled": Title("kept", "已达成"), "paused": Title("on hold", "暂停计时"),
    "first_response_due": Title("first response due", "待首次响应"), "next_response_due": Title("answer due", "待回复"),
    "resolution_due": Title("resolution due", "待解决"), "": Title("nothing promised", "无承诺"),
}  # fmt: skip

_STATUSES = {
    "open": Title("open", "待处理"), "replied": Title("answered", "已回复"), "on_hold": Title("on hold", "挂起"),
    "resolved": Title("resolved", "已解决"), "closed": Title("closed", "已关闭"),
}  # fmt: skip


def ticket_row(dw: Dealwright, ticket: Ticket, state: State, known: Around) -> TicketRow:
    """One ticket as a list shows it, as it stands now."""
    standing = standing_of(ticket, dw.now(), state, dw.rulebook)
    stood = standing.stood
    account = state.account(stood.account) if stood.account else None
    named = str((account.facts.get("name") if account else "") or stood.account)
    return TicketRow(
        ticket.id, stood.text("topic") or ticket.id, choice(stood.text("kind")), choice(stood.text("priority")),
        choice(stood.status), stood.account, named, stood.deal, stood.owner,
        known.person(stood.owner) if stood.owner else Title(), ticket.opened_at,
        Choice(standing.state, _STATES[standing.state]), _shown_clock(standing),
    )  # fmt: skip


def open_tickets_of(dw: Dealwright, state: State, account: str, known: Around) -> tuple[TicketRow, ...]:
    """The account's tickets that are not settled, complaints first: whoever sells to it should know."""
    rows = (ticket_row(dw, one, state, known) for one in state.tickets_of(account) if one.is_open)
    return tuple(sorted(rows, key=lambda row: (not row.complains, row.opened_at, row.id)))


def _shown_clock(standing: Standing) -> ClockRow | None:
    """The clock that a list shows: the one that was missed, else the one that runs and is due first, else what rests."""
    last = {clock.limit: clock for clock in standing.clocks}.values()
    missed = [clock for clock in last if clock.late is not None]
    running = sorted((clock for clock in last if clock.runs), key=lambda clock: clock.due_at)
    resting = [clock for clock in last if clock.paused_at]
    shown = next(iter((*missed, *running, *resting)), None)
    return clock_row(shown) if shown else None


def clock_row(clock: Clock) -> ClockRow:
    """A clock in words."""
    state = (
        "failed"
        if clock.late is not None
        else "met"
        if clock.met_at is not None
        else "paused"
        if clock.paused_at
        else "due"
    )
    notes = [show_note(one, "en") for one in clock.notes], [show_note(one, "zh") for one in clock.notes]
    return ClockRow(
        Title(*LIMIT_WORDS[clock.limit]), clock.round, state, clock.due_at, clock.met_at,
        span(clock.took) if clock.took is not None else Title(), span(clock.late) if clock.late is not None else Title(),
        clock.paused_at, Title("; ".join(notes[0]), "；".join(notes[1])),
    )  # fmt: skip


def span(time: timedelta) -> Title:
    """`1 h 05 min`, `1 小时 5 分`; hours are not made days, since a working day is none of 24 hours."""
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if not hours and not minutes:
        return Title(f"{seconds} s", f"{seconds} 秒")
    en = f"{hours} h {minutes:02} min" if hours else f"{minutes} min"
    return Title(en, f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分")


def promise_words(standing: Standing) -> Title:
    """What was promised: the promise that holds, with its times; empty where there is none."""
    level, promise = standing.level, standing.promise
    if level is None or promise is None:
        return Title("No service level promises anything for it.", "没有服务标准对此工单作出承诺。")
    times = [(LIMIT_WORDS[limit], promise.within(limit)) for limit in LIMIT_WORDS]
    en = ", ".join(f"{words[0]} within {within}" for words, within in times if within)
    zh = "，".join(f"{words[1]} {duration(str(within)).show('zh')}" for words, within in times if within)
    when = promise.when.source if promise.when else ""
    title = level.header.title
    en = f"{title.show('en')}, {promise.id}{f' ({when})' if when else ''}: {en}"
    return Title(en, f"{title.show('zh')}，{promise.id}{f'（{when}）' if when else ''}：{zh}")


def history(dw: Dealwright, events: Sequence[Event], standing: Standing, known: Around) -> tuple[Said, ...]:
    """Everything that was said of a ticket, the latest first; what could not be is marked."""
    impossible = standing.course.impossible
    pairs = [(told(dw, event, known, without=("account", "deal")), event) for event in events]
    found = [Said(row.at, row.title, row.detail, row.actor, event.id not in impossible) for row, event in pairs]
    closed = standing.course.closed_itself_at
    if closed:
        found.append(Said(closed, Title("Closed by itself", "自动关闭"), Title(), Title()))
    return tuple(sorted(found, key=lambda said: said.at, reverse=True))


def choice(code: str) -> Choice:
    """A status with its words."""
    return Choice(code, _STATUSES.get(code) or word(code))


def ticket_behind(task: Task, events: Mapping[str, Event]) -> str:
    """The id of the ticket that a task is about: that of the limit, or of the event, that made it; empty for none."""
    notes = (particulars for reason in task.reasons for code, particulars in reason.notes if code == "promised")
    told = (events[reason.event] for reason in task.reasons if reason.event in events)
    about = (event.subject for event in told if event.type.startswith(("ticket.", "satisfaction.")))
    return next((one.split("|")[0] for one in notes), next(about, ""))
