"""A desk over made-up data. It answers anybody with whatever they ask for: keeping people apart is the pages' work."""

import csv
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from engine.app.access import NotThere, may
from engine.app.views.absences import AbsencesView
from engine.app.views.approvals import ApprovalList, ApprovalRow
from engine.app.views.board import Board
from engine.app.views.bulk import BulkResult, BulkRow
from engine.app.views.choices import Choice
from engine.app.views.customers import CustomerFilter, CustomerPage, CustomerView
from engine.app.views.deals import DealFilter, DealPage, DealView
from engine.app.views.earnings import EarningsView, LineView, TeamTotals
from engine.app.views.estimates import DealEstimate, NextView
from engine.app.views.explaining import Explanation
from engine.app.views.feeds import FeedView
from engine.app.views.history import HistoryRow
from engine.app.views.house_credits import HouseReport
from engine.app.views.payouts import Export, PeriodRow, RunRow, RunView
from engine.app.views.pools import OwnerlessView, PoolFilter, PoolView
from engine.app.views.queue import QueueEnd
from engine.app.views.receivables import Receivables
from engine.app.views.rules import RuleFileView, RuleList
from engine.app.views.score_sheets import ScoresGiven, ScoreSheets
from engine.app.views.tasks import GROUPS, TaskCard, TaskGroup, TaskList, TaskRow
from engine.app.views.team import TeamView
from engine.app.views.tickets import TicketFilter, TicketPage, TicketView
from engine.app.views.users import Session, Shell, User, UserRow
from engine.app.views.waiting import WaitingEvent, WaitingMessages, WaitingRoom
from engine.core.outcomes import Missing
from engine.core.problems import Place, Problem
from engine.core.rules.header import Title
from tests.webui import (
    fake_approvals,
    fake_customers,
    fake_estimates,
    fake_pay,
    fake_rules,
    fake_tickets,
    fake_work,
)
from tests.webui.fake_people import CANARIES, PASSWORD, PERSONS, USERS, belongs_to
from tests.webui.fake_work import NOW
from webui.answers import Answer
from webui.desk import Move


class FakeDesk:
    """Keeps sessions, tasks and runs in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, TaskRow] = fake_work.tasks()
        self.runs_by_id: dict[str, RunRow] = dict(fake_pay.RUNS)
        self.tokens: dict[str, str] = {}
        self.made: list[tuple[object, ...]] = []
        self.bulks: dict[str, tuple[str, tuple[str, ...]]] = {}

    def sign_in(self, name: str, password: str, address: str) -> Session | None:
        if name not in USERS or password != PASSWORD:
            return None
        token = hashlib.sha256(f"{name}{len(self.tokens)}".encode()).hexdigest()
        self.tokens[token] = name
        return Session(token, USERS[name])

    def user_of(self, token: str) -> User | None:
        return USERS.get(self.tokens.get(token, ""))

    def sign_out(self, token: str) -> None:
        self.tokens.pop(token, None)

    def keep_language(self, viewer: User, language: str) -> None:
        self.made.append(("language", viewer.name, language))

    def shell(self, viewer: User | None) -> Shell:
        due = sum(len(group.rows) for group in self.tasks(viewer).groups[:2]) if viewer else 0
        counts = (("tasks", due), ("payouts", 1), ("rules", 1)) if viewer else ()
        return Shell(
            Title("Polaris Instruments", "北辰仪器"),
            "Asia/Shanghai",
            NOW,
            "9f8e7d6c5b4a39281706",
            counts,
            True,
            (2027,),
        )

    def tasks(self, viewer: User, after: str = "") -> TaskList:
        mine = [row for row in self.rows.values() if row.owner == viewer.person]
        groups = tuple(
            TaskGroup(id, tuple(rows), len(rows))
            for id in GROUPS
            for rows in [sorted((r for r in mine if group_of(r) == id), key=lambda r: (r.due_at, r.id))]
        )
        waiting = sum(group.total for group in groups[:4])
        return TaskList(viewer.person, viewer.shown, groups, fake_work.SNOOZES, open=waiting)

    def task(self, task_id: str, viewer: User) -> TaskCard:
        row = found(self.rows, task_id)
        mine = sorted(
            (r for r in self.rows.values() if r.owner == row.owner and r.status == "open"),
            key=lambda r: (r.due_at, r.id),
        )
        done = sum(r.owner == row.owner and r.status != "open" for r in self.rows.values())
        card = fake_work.card(row, tuple(r.id for r in mine), done)
        return replace(card, tickets=(fake_tickets.ROWS["TK-1"],)) if task_id == "T-000" else card

    def team_work(self, viewer: User) -> TeamView:
        return fake_work.TEAM

    def team_tasks(self, person: str, viewer: User, after: str = "") -> TaskList:
        return replace(self.tasks(PERSONS.get(person) or viewer), belongs=belongs_to(person))

    def first_due(self, viewer: User) -> str:
        return next((row.id for group in self.tasks(viewer).groups[:2] for row in group.rows), "")

    def queue_end(self, viewer: User) -> QueueEnd:
        groups = {group.id: group for group in self.tasks(viewer).groups}
        later = [*groups["this_week"].rows, *groups["later"].rows]
        done = groups["done_today"].total
        if not later:
            return QueueEnd(done, 0)
        return QueueEnd(done, len(later), later[0].id, later[0].title, later[0].account_name, later[0].due_at)

    def not_made(self, person: str, on: date | None, viewer: User) -> Explanation:
        why = Title("Kiln · New lead, Second call: the day was full", "窑炉 · 新线索，第二次电话：当日已满")
        return replace(fake_pay.explain_task(person, person, ""), kind="not_made", reasons=(why,))

    def complete(self, task_id: str, outcome: str, note: str, viewer: User) -> Answer:
        return self._changed(task_id, viewer, status="done", outcome=outcome, ended_at=NOW)

    def delegate(self, task_id: str, to: str, until: datetime | None, reason: str, viewer: User) -> Answer:
        self.made.append(("delegate", task_id, to, until, reason, viewer.actor))
        return Answer()

    def absences(self, viewer: User) -> AbsencesView:
        return fake_work.ABSENCES

    def tell_away(self, person: str, told: Mapping[str, object], viewer: User) -> Answer:
        theirs(person, viewer)
        self.made.append(("away", person, dict(told), viewer.actor))
        return Answer()

    def tell_back(self, person: str, viewer: User) -> Answer:
        theirs(person, viewer)
        self.made.append(("back", person, viewer.actor))
        return Answer()

    def snooze(self, task_id: str, until: datetime, viewer: User) -> Answer:
        return self._changed(task_id, viewer, due_at=until, snoozed_until=until)

    def skip(self, task_id: str, reason: str, viewer: User, again: bool = False) -> Answer:
        if again:
            self.made.append(("again", task_id, reason))
        return self._changed(task_id, viewer, status="skipped", ended_at=NOW)

    def task_history(self, task_id: str, viewer: User) -> tuple[HistoryRow, ...]:
        place, none = Place("cadences/new-lead.yaml", 26), Title()
        made = Title("Made", "生成")
        return (HistoryRow(NOW, made, none, none, Title("New lead", "新线索"), place, (), none),)

    def take_back(self, task_id: str, answered: str, viewer: User) -> Answer:
        return self._changed(task_id, viewer, status="open", outcome="", ended_at=None)

    def answer_many(
        self, bulk: str, task_ids: Sequence[str], type: str, body: Mapping[str, object], viewer: User
    ) -> BulkResult:
        self.bulks[bulk] = viewer.name, tuple(task_ids)
        return self.bulk(bulk, viewer)

    def bulk(self, bulk: str, viewer: User) -> BulkResult:
        _, ids = self.bulks[bulk] if bulk in self.bulks and self.bulks[bulk][0] == viewer.name else ("", ())
        rows = [self.rows[id] for id in ids]
        asked = Title("Task completed", "完成任务")
        return BulkResult(bulk, tuple(BulkRow(row.id, row.title, row.account_name, asked, until=NOW) for row in rows))

    def calendar_feed(self, viewer: User) -> FeedView:
        return FeedView(None, "Asia/Shanghai", ("Asia/Shanghai", "Europe/Berlin"))

    def renew_feed(self, zone: str, viewer: User) -> FeedView:
        return FeedView(NOW, "Asia/Shanghai", ("Asia/Shanghai",), "a-token-of-many-letters")

    def revoke_feed(self, viewer: User) -> bool:
        return True

    def feed(self, token: str, kind: str, link: Callable[[str], str]) -> bytes | None:
        return None

    def undo_many(self, bulk: str, viewer: User) -> BulkResult:
        return self.bulk(bulk, viewer)

    def _changed(self, task_id: str, viewer: User, **changes: object) -> Answer:
        self.rows[task_id] = replace(self.rows[task_id], **changes)
        self.made.append(("task", task_id, viewer.actor, *changes))
        return Answer()

    def customers(self, asked: CustomerFilter, viewer: User) -> CustomerPage:
        return fake_customers.page(asked)

    def customer(self, account_id: str, before: str, viewer: User) -> CustomerView:
        return found(fake_customers.CUSTOMERS, account_id)

    def merge(self, account_id: str, into: str, reason: str, viewer: User) -> Answer:
        self.made.append(("merge", account_id, into, reason, viewer.actor))
        if into == account_id:
            return Answer(False, (Problem("E250", Place(""), {"account": account_id, "into": into}),))
        return Answer()

    def unmerge(self, account_id: str, reason: str, viewer: User) -> Answer:
        self.made.append(("unmerge", account_id, reason, viewer.actor))
        return Answer()

    def log_activity(self, deal_id: str, kind: str, outcome: str, note: str, viewer: User) -> Answer:
        self.made.append(("activity", deal_id, kind, outcome, note, viewer.actor))
        return Answer()

    def deals(self, filters: DealFilter, viewer: User) -> DealPage:
        everyone = {"ops", "finance"} & set(viewer.roles)
        mine = [
            row
            for id, row in fake_work.ROWS.items()
            if (
                everyone
                or fake_work.OWNERS[id] == viewer.person
                or viewer.person in belongs_to(fake_work.OWNERS[id]).managers
            )
            and filters.text.lower() in f"{row.name} {row.account}".lower()
            and filters.status in ("", row.status)
            and filters.stage in ("", *(code for code, title in fake_work.STAGES.items() if title == row.stage))
        ]
        start = int(filters.after or 0)
        stages = tuple(Choice(code, title) for code, title in fake_work.STAGES.items())
        owners = tuple(
            Choice(user.person, user.shown) for user in USERS.values() if user.roles[0] in ("rep", "manager")
        )
        more = str(start + 12) if start + 12 < len(mine) else ""
        return DealPage(tuple(mine[start : start + 12]), more, len(mine), stages, owners if everyone else ())

    def deal(self, deal_id: str, viewer: User) -> DealView:
        found(fake_work.ROWS, deal_id)
        view = fake_work.deal_view(deal_id, self.rows)
        return replace(view, tickets=(fake_tickets.ROWS["TK-1"],)) if deal_id == "D-1001" else view

    def follow(self, deal_id: str, what: str, asked: Mapping[str, str], viewer: User) -> Answer:
        self.made.append(("follow", deal_id, what, dict(asked), viewer.actor))
        return Answer()

    def move(self, deal_id: str, asked: Move, viewer: User) -> Answer:
        self.made.append(("move", deal_id, asked))
        if asked.facts.get("budget") or (asked.override and asked.reason):
            return Answer()
        view = self.deal(deal_id, viewer)
        unmet = [c for stage in view.stages for c in stage.criteria if not c.condition.met]
        return Answer(False, (), tuple(Missing(c.words, c.condition.place, c.condition.text, ()) for c in unmet))

    def pool(self, asked: PoolFilter, viewer: User) -> PoolView:
        return fake_work.POOL

    def claim(self, kind: str, id: str, viewer: User) -> Answer:
        if (kind, id) not in ((row.kind, row.id) for row in fake_work.POOL.rows):
            raise NotThere(id)
        self.made.append(("claim", kind, id))
        taken = Problem("E181", Place("pools/leads.yaml", 3), {"deal": id, "owner": "p-chen"})
        return Answer(False, (taken,)) if id == "D-9002" else Answer()

    def give_back(self, kind: str, id: str, reason: str, viewer: User) -> Answer:
        code = "E180" if kind == "deal" else "E189"
        return Answer(False, (Problem(code, Place("pools/leads.yaml", 3), {kind: id}),))

    def ownerless(self, viewer: User) -> OwnerlessView:
        return fake_work.OWNERLESS

    def hand_to(self, kind: str, id: str, person: str, viewer: User) -> Answer:
        if (kind, id) not in ((row.kind, row.id) for row in fake_work.OWNERLESS.rows):
            raise NotThere(id)
        self.made.append(("hand_to", kind, id, person))
        return Answer()

    def request_approval(self, deal_id: str, approval: str, reason: str, viewer: User) -> Answer:
        self.made.append(("request", deal_id, approval, reason))
        return (
            Answer(False, (Problem("E023", Place(""), {"deal": deal_id, "status": "won"}),)) if not reason else Answer()
        )

    def board(self, pipeline: str, owner: str, viewer: User) -> Board:
        return fake_approvals.board(viewer)

    def tickets(self, asked: TicketFilter, viewer: User) -> TicketPage:
        return fake_tickets.page()

    def ticket(self, ticket_id: str, viewer: User) -> TicketView:
        found(fake_tickets.ROWS, ticket_id)
        return fake_tickets.view(ticket_id)

    def open_ticket(self, asked: Mapping[str, str], seen: str, viewer: User) -> Answer:
        self.made.append(("open_ticket", dict(asked)))
        return Answer(id="TK-1")

    def do_with_ticket(self, ticket_id: str, what: str, asked: Mapping[str, str], seen: str, viewer: User) -> Answer:
        found(fake_tickets.ROWS, ticket_id)
        self.made.append(("ticket", ticket_id, what, dict(asked), seen))
        params = {"ticket": ticket_id, "status": "open", "what": what}
        return Answer(False, (Problem("E241", Place(""), params),)) if what == "reopen" else Answer()

    def approvals(self, viewer: User) -> ApprovalList:
        return fake_approvals.listing(viewer)

    def approval(self, approval_id: str, viewer: User) -> ApprovalRow:
        return found(fake_approvals.ROWS, approval_id)

    def say(self, approval_id: str, word: str, reason: str, to: str, viewer: User) -> Answer:
        row = found(fake_approvals.ROWS, approval_id)
        self.made.append(("say", approval_id, word, reason, to, viewer.actor))
        if word != "recalled" and viewer.shown == row.requested_by:
            params = {"approval": row.rule, "deal": row.deal, "actor": viewer.actor}
            return Answer(False, (Problem("E205", Place(""), params),))
        return Answer()

    def earnings(self, payee: str, period: str, viewer: User) -> EarningsView:
        payee = payee or (viewer.person if viewer.person in CANARIES else fake_pay.PAYEES[0])
        found(CANARIES, payee)
        payees = fake_pay.PAYEES if {"ops", "finance"} & set(viewer.roles) else ()
        return fake_pay.earnings_of(payee, period, payees)

    def team(self, period: str, viewer: User) -> TeamTotals | None:
        return fake_pay.team_of(period) if "manager" in viewer.roles else None

    def line(self, key: str, viewer: User) -> LineView:
        parts = key.split("/")
        if len(parts) != 3 or parts[1] not in CANARIES or parts[2] not in fake_work.ROWS:
            raise NotThere
        return fake_pay.line_view(parts[1], parts[2])

    def estimate(self, deal_id: str, amount: str, on: str, viewer: User) -> DealEstimate:
        row = found(fake_work.ROWS, deal_id)
        return fake_estimates.of_deal(row, fake_work.OWNERS[deal_id], tuple(CANARIES))

    def next_amount(self, payee: str, amount: str, on: str, viewer: User) -> NextView:
        payee = payee or (viewer.person if viewer.person in CANARIES else fake_pay.PAYEES[0])
        found(CANARIES, payee)
        return fake_estimates.of_next(payee, fake_pay.PAYEES if {"ops", "finance"} & set(viewer.roles) else ())

    def why_not_pay(
        self, payee: str, component: str, wanted: str, on: str, viewer: User
    ) -> Explanation | tuple[Problem, ...]:
        found(CANARIES, payee)
        if wanted == "much":
            return (Problem("E153", Place(""), {"text": wanted}),)
        return replace(fake_pay.explain_line(payee, fake_pay.line_row(payee, 0)), kind="why_not_pay")

    def runs(self, viewer: User) -> tuple[RunRow, ...]:
        return tuple(self.runs_by_id.values())

    def run(self, run_id: str, viewer: User) -> RunView:
        return fake_pay.run_view(found(self.runs_by_id, run_id))

    def calculate(self, period: str, viewer: User) -> Answer:
        id = f"run-{period}-9"
        self.runs_by_id[id] = fake_pay.run_row("draft", id, period, viewer.actor)
        return Answer(id=id)

    def approve(self, run_id: str, viewer: User) -> Answer:
        return self._run(run_id, "approved", approver=viewer.actor)

    def post(self, run_id: str, viewer: User) -> Answer:
        return self._run(run_id, "posted")

    def _run(self, run_id: str, state: str, **changes: object) -> Answer:
        self.runs_by_id[run_id] = replace(found(self.runs_by_id, run_id), state=state, **changes)
        self.made.append(("run", run_id, state))
        return Answer()

    def export(self, run_id: str, profile: str, form: str, language: str, viewer: User) -> Export | Answer:
        run = self.run(run_id, viewer)
        out = io.StringIO()
        csv.writer(out).writerows((row.payee, row.payee_name.show("zh"), row.payable.plain()) for row in run.payouts)
        content = b"\xef\xbb\xbf" + out.getvalue().encode()
        return Export(f"提成明细_{run.row.period}.{form}", content, hashlib.sha256(content).hexdigest())

    def score_sheets(self, period: str, viewer: User) -> ScoreSheets:
        return fake_pay.score_sheets_of(period)

    def give_scores(self, period: str, values: Mapping[str, str], seen: Mapping[str, str], viewer: User) -> ScoresGiven:
        self.made.append(("scores", period, dict(values), {name: seen.get(name, "") for name in values}, viewer.actor))
        wrong = {name: text for name, text in values.items() if text == "many"}
        said = {name: Problem("E143", Place(""), {"kpi": name.split("/")[2], "found": text, "example": "80%"})
                for name, text in wrong.items()}  # fmt: skip
        return ScoresGiven(len(values) - len(wrong), said)

    def house_credits(self, period: str, viewer: User) -> HouseReport:
        return fake_pay.house_report(period)

    def house_file(self, period: str, language: str, viewer: User) -> Export:
        return Export("house.csv", b"x", hashlib.sha256(b"x").hexdigest())

    def receivables(self, viewer: User) -> Receivables:
        return fake_pay.receivables_of(viewer.person)

    def book_repayment(self, asked: Mapping[str, str], viewer: User) -> Answer:
        self.made.append(("repayment", *asked.values(), viewer.actor))
        if asked["amount"] == "much":
            return Answer(False, (Problem("E154", Place(""), {"text": "much"}),))
        return Answer(id="repayment-9")

    def decide_repayment(self, id: str, state: str, viewer: User) -> Answer:
        self.made.append(("repayment", id, state, viewer.actor))
        return Answer(id=id)

    def take_back_repayment(self, id: str, note: str, viewer: User) -> Answer:
        self.made.append(("repayment", id, "take back", note, viewer.actor))
        return Answer(id=id)

    def periods(self, viewer: User) -> tuple[PeriodRow, ...]:
        return fake_pay.period_rows(self.runs_by_id)

    def close(self, period: str, viewer: User) -> Answer:
        self.made.append(("close", period, viewer.actor))
        return Answer()

    def rules(self, viewer: User) -> RuleList:
        return fake_rules.listing()

    def rule_file(self, path: str, viewer: User) -> RuleFileView:
        text = found(fake_rules.FILES, path)
        return fake_rules.file_view(path, hashlib.sha256(text.encode()).hexdigest())

    def check(self, path: str, text: str, viewer: User) -> tuple[Problem, ...]:
        return fake_rules.problems_in(path, text)

    def waiting(self, viewer: User) -> WaitingRoom:
        problem = Problem("E001", Place("crm/pay-77"), {"event": "crm/pay-77", "kind": "deal", "id": "D-1999"})
        event = WaitingEvent(
            "crm/pay-77",
            Title("Payment received", "收到回款"),
            "D-1999",
            problem,
            Title("the deal D-1999", "商机 D-1999"),
            NOW,
            2,
        )
        return WaitingRoom((event,), 1, (WaitingMessages("task-overdue", "waiting", 12, NOW),))

    def explain(self, id: str, viewer: User) -> Explanation:
        if id in self.rows:
            return fake_pay.explain_task(id, self.rows[id].owner, self.rows[id].deal)
        if id.startswith("E-"):
            payee = found(CANARIES, id[2:].rsplit("-", 1)[0]) and id[2:].rsplit("-", 1)[0]
            return replace(fake_pay.explain_line(payee, fake_pay.line_row(payee, 0)), id=id, kind="entry")
        return self.line(id, viewer).explanation

    def users(self, viewer: User) -> tuple[UserRow, ...]:
        return tuple(UserRow(u.name, u.shown, u.person, u.roles, u.language, True, NOW) for u in USERS.values())


def found(table: dict, id: str) -> object:  # type: ignore[type-arg]
    """The entry, or NotThere."""
    if id not in table:
        raise NotThere
    return table[id]


def group_of(row: TaskRow) -> str:
    """The group of a task by its due day, seen from NOW."""
    if row.status != "open":
        return "done_today"
    days = (row.due_at.date() - NOW.date()).days
    return "overdue" if days < 0 else "today" if days == 0 else "this_week" if days < 6 else "later"


def theirs(person: str, viewer: User) -> None:
    """Raises NotThere unless the viewer may speak for the person."""
    if not may(viewer, "absence.tell", belongs_to(person)):
        raise NotThere(person)
