"""Who may call what, and what comes of it: one row for each route and method, one answer for each role and ownership.

Each address names a thing of Lin, a rep below Wang. It is asked for by `rep` Lin herself;
`peer` Zhao, a rep elsewhere; `manager` Wang, Lin's manager; `stranger` Liu, another manager; ops, finance, admin.
"""

from dataclasses import dataclass, field, replace

VIEWERS = {
    "rep": "lin",
    "peer": "zhao",
    "manager": "wang",
    "stranger": "liu",
    "ops": "sun",
    "finance": "qian",
    "admin": "root",
}
IDS = {
    "task": "T-000",
    "deal": "D-1001",
    "ticket": "TK-1",
    "account": "A-1",
    "approval": "AP-1",
    "payee": "p-lin",
    "line": "2026-Q4/p-lin/D-1001",
    "entry": "E-p-lin-1",
    "draft": "run-2026-Q4-2",
    "approved": "run-2026-Q3-3",
    "posted": "run-2026-Q1-1",
    "period": "2026-Q4",
    "repayment": "repayment-1",
    "scored": "2026-Q3",
    "cell": "account-executive/p-lin/records",
    "component": "bookings-commission",
    "rule": "plans/account-executive.yaml",
}
"""What the holes of the addresses stand for in the made-up data: a thing of Lin, or of everybody's."""
LINE = IDS["line"]


@dataclass(frozen=True)
class Row:
    """A route: its endpoint, how it is called, the status each viewer gets; `out` is somebody not signed in."""

    endpoint: str
    address: str
    rep: int
    peer: int
    manager: int
    stranger: int
    ops: int
    finance: int
    admin: int
    out: int = 303
    method: str = "GET"
    fields: dict[str, str] = field(default_factory=dict)

    def filled(self, ids: dict[str, str]) -> "Row":
        """The same with ids in the holes of the address and the fields."""
        fields = {name.format_map(ids): text.format_map(ids) for name, text in self.fields.items()}
        return replace(self, address=self.address.format_map(ids), fields=fields)


def _everybody(endpoint: str, address: str, status: int, **more: object) -> Row:
    return Row(endpoint, address, *[status] * 7, **more)  # type: ignore[arg-type]


def _finance(endpoint: str, address: str, **fields: str) -> Row:
    """What finance alone may do."""
    return Row(endpoint, address, 403, 403, 403, 403, 403, 303, 403, method="POST", fields=fields)


PATTERN = (
    _everybody("static", "/static/style.css", 200, out=200),
    _everybody("home.front", "/", 303),
    _everybody("home.language", "/language", 303, method="POST", fields={"language": "en"}),
    _everybody("sign_in.form", "/sign-in", 303, out=200),
    _everybody(
        "sign_in.enter", "/sign-in", 422, out=422, method="POST", fields={"name": "nobody", "password": "wrong"}
    ),
    _everybody("sign_in.leave", "/sign-out", 303, method="POST"),
    _everybody("help.shortcuts", "/help", 200),
    _everybody("explaining.ask", "/explain", 200),
    # somebody's things: theirs, their manager's, and those of the roles that see all
    Row("tasks.mine", "/tasks", 200, 200, 200, 200, 200, 403, 403),
    Row("tasks.one", "/tasks/{task}", 200, 404, 200, 404, 200, 403, 403),
    Row("tasks.not_made", "/tasks/not-made?person={payee}", 200, 404, 200, 404, 200, 403, 403),
    Row("tasks.complete", "/tasks/{task}/complete", 303, 404, 303, 404, 404, 403, 403, method="POST"),
    Row(
        "tasks.snooze",
        "/tasks/{task}/snooze",
        303,
        404,
        303,
        404,
        404,
        403,
        403,
        method="POST",
        fields={"until": "three_days"},
    ),
    Row(
        "tasks.delegate",
        "/tasks/{task}/delegate",
        303,
        404,
        303,
        404,
        404,
        403,
        403,
        method="POST",
        fields={"to": "p-zhao", "reason": "x"},
    ),
    # being out of office: for oneself, one's people, everybody
    Row("absences.overview", "/absences", 200, 200, 200, 200, 200, 403, 403),
    Row("absences.away", "/absences", 303, 404, 303, 404, 303, 403, 403, method="POST", fields={"person": "{payee}"}),
    Row(
        "absences.back",
        "/absences/back",
        303,
        404,
        303,
        404,
        303,
        403,
        403,
        method="POST",
        fields={"person": "{payee}"},
    ),
    Row(
        "tasks.skip",
        "/tasks/{task}/skip",
        303,
        404,
        303,
        404,
        404,
        403,
        403,
        method="POST",
        fields={"reason": "duplicate"},
    ),
    Row("tasks.take_back", "/tasks/{task}/take-back", 303, 404, 303, 404, 404, 403, 403, method="POST"),
    _everybody("calendar_feed.file", "/calendar/nobody-was-ever-given-this-token/todos.ics", 404, out=404),
    Row("calendar_feed.mine", "/calendar", 200, 200, 200, 200, 200, 403, 403),
    Row("calendar_feed.renew", "/calendar", 200, 200, 200, 200, 200, 403, 403, method="POST"),
    Row("calendar_feed.revoke", "/calendar/revoke", 303, 303, 303, 303, 303, 403, 403, method="POST"),
    # whoever picks what is not theirs is told that there is no such task, and nothing of it: test_bulk_pages
    Row("bulk.answer", "/tasks/bulk", 303, 303, 303, 303, 303, 403, 403, method="POST", fields={"what": "complete"}),
    Row("bulk.result", "/tasks/bulk/nobody-has-given-this", 404, 404, 404, 404, 404, 403, 403),
    Row("bulk.undo", "/tasks/bulk/nobody-has-given-this/undo", 404, 404, 404, 404, 404, 403, 403, method="POST"),
    # a manager's own team, and everybody's for operations
    Row("team.overview", "/team", 403, 403, 200, 200, 200, 403, 403),
    Row("team.person", "/team/{payee}", 403, 403, 200, 404, 200, 403, 403),
    Row("queue.log", "/tasks/{task}/log", 303, 404, 303, 404, 404, 403, 403, method="POST", fields={"kind": "call"}),
    Row("queue.next_card", "/tasks/queue?task={task}", 200, 404, 200, 404, 404, 403, 403),
    Row("deals.listing", "/deals", 200, 200, 200, 200, 200, 200, 403),
    Row("deals.one", "/deals/{deal}", 200, 404, 200, 404, 200, 200, 403),
    Row(
        "deals.move",
        "/deals/{deal}/move",
        422,
        404,
        422,
        404,
        422,
        404,
        403,
        method="POST",
        fields={"stage": "proposal"},
    ),
    Row(
        "deals.follow",
        "/deals/{deal}/cadences",
        303,
        404,
        303,
        404,
        303,
        403,
        403,
        method="POST",
        fields={"what": "paused", "cadence": "new-lead"},
    ),
    Row(
        "deals.log_activity",
        "/deals/{deal}/activities",
        303,
        404,
        303,
        404,
        303,
        403,
        403,
        method="POST",
        fields={"kind": "call"},
    ),
    # customers: whose a deal with them is; merging is the managers' and operations'
    Row("customers.listing", "/customers", 200, 200, 200, 200, 200, 200, 403),
    Row("customers.one", "/customers/{account}", 200, 404, 200, 404, 200, 200, 403),
    Row(
        "customers.merge",
        "/customers/{account}/merge",
        403,
        403,
        422,
        404,
        422,
        403,
        403,
        method="POST",
        fields={"into": "{account}"},
    ),
    Row(
        "customers.unmerge",
        "/customers/{account}/unmerge",
        403,
        403,
        303,
        404,
        303,
        403,
        403,
        method="POST",
        fields={"reason": "two"},
    ),
    Row("deals.board", "/board", 200, 200, 200, 200, 200, 200, 403),
    Row(
        "deals.request_approval",
        "/deals/{deal}/approvals",
        422,
        404,
        422,
        404,
        422,
        403,
        403,
        method="POST",
        fields={"approval": "no-visit"},
    ),
    # tickets: of whoever sees to them and whose deal they are about
    Row("tickets.listing", "/tickets", 200, 200, 200, 200, 200, 403, 403),
    Row("tickets.one", "/tickets/{ticket}", 200, 404, 200, 404, 200, 403, 403),
    Row(
        "tickets.act", "/tickets/{ticket}/reply", 303, 404, 303, 404, 303, 403, 403, method="POST", fields={"note": "x"}
    ),
    Row(
        "tickets.open_one",
        "/tickets",
        303,
        404,
        303,
        404,
        303,
        403,
        403,
        method="POST",
        fields={"deal": "{deal}", "kind": "question", "topic": "x"},
    ),
    # approvals: of who asked, of whoever is asked; nobody decides on their own
    Row("approvals.listing", "/approvals", 200, 200, 200, 200, 200, 200, 403),
    Row("approvals.say", "/approvals/{approval}/granted", 422, 404, 303, 404, 404, 404, 403, method="POST"),
    Row("explaining.answer", "/explain/{task}", 200, 404, 200, 404, 200, 404, 404),
    # pay: one's own, finance and ops; never a manager's, never an administrator's
    Row("earnings.mine", "/earnings?payee={payee}", 200, 404, 404, 404, 200, 200, 403),
    Row("earnings.mine", "/earnings", 200, 200, 200, 200, 200, 200, 403),
    Row("earnings.line", "/earnings/lines/{line}", 200, 404, 404, 404, 200, 200, 403),
    Row("explaining.answer", "/explain/{line}", 200, 404, 404, 404, 200, 200, 404),
    Row("explaining.answer", "/explain/{entry}", 200, 404, 404, 404, 200, 200, 404),
    # estimates: one's own on deals that one sees; of the next amount and of why not, like earnings
    Row("estimates.deal", "/estimates/deals/{deal}", 200, 404, 200, 404, 200, 200, 403),
    Row("estimates.next_amount", "/estimates/next?payee={payee}", 200, 404, 404, 404, 200, 200, 403),
    Row("estimates.next_amount", "/estimates/next", 200, 200, 200, 200, 200, 200, 403),
    Row(
        "estimates.why_not",
        "/estimates/why-not?payee={payee}&component={component}&wanted=9%25",
        200,
        404,
        404,
        404,
        200,
        200,
        403,
    ),
    # scores: of the people below one, and of everybody for operations; never one's own
    Row("scores.sheets", "/scores", 403, 403, 200, 200, 200, 403, 403),
    Row(
        "scores.give",
        "/scores",
        403,
        403,
        303,
        404,
        303,
        403,
        403,
        method="POST",
        fields={"period": "{scored}", "value/{cell}": "80"},
    ),
    # paying: finance acts, ops reads
    Row("payouts.runs", "/payouts", 403, 403, 403, 403, 200, 200, 403),
    Row(
        "payouts.calculate", "/payouts", 403, 403, 403, 403, 403, 303, 403, method="POST", fields={"period": "{period}"}
    ),
    Row("payouts.one", "/payouts/{draft}", 403, 403, 403, 403, 200, 200, 403),
    Row("payouts.approve", "/payouts/{draft}/approve", 403, 403, 403, 403, 403, 303, 403, method="POST"),
    Row("payouts.post", "/payouts/{approved}/post", 403, 403, 403, 403, 403, 303, 403, method="POST"),
    Row(
        "payouts.export",
        "/payouts/{posted}/export",
        403,
        403,
        403,
        403,
        403,
        200,
        403,
        method="POST",
        fields={"form": "csv"},
    ),
    Row("receivables.listing", "/receivables", 403, 403, 403, 403, 200, 200, 403),
    _finance("receivables.book", "/receivables", payee="{payee}", amount="1", reference="TRF-1", on="2026-11-02"),
    _finance("receivables.approve", "/receivables/{repayment}/approve"),
    _finance("receivables.decline", "/receivables/{repayment}/decline"),
    _finance("receivables.take_back", "/receivables/{repayment}/take-back", note="x"),
    Row("house_credits.report", "/house-credits", 403, 403, 403, 403, 200, 200, 403),
    Row("house_credits.file", "/house-credits/file", 403, 403, 403, 403, 200, 200, 403),
    Row("periods.listing", "/periods", 403, 403, 403, 403, 200, 200, 403),
    Row("periods.close", "/periods/{period}/close", 403, 403, 403, 403, 403, 303, 403, method="POST"),
    # rules and users
    Row("rules.listing", "/rules", 403, 403, 403, 403, 200, 200, 403),
    Row("rules.one", "/rules/{rule}", 403, 403, 403, 403, 200, 200, 403),
    Row(
        "rules.check",
        "/rules/{rule}/check",
        403,
        403,
        403,
        403,
        200,
        403,
        403,
        method="POST",
        fields={"text": "x"},
    ),
    Row("waiting.listing", "/waiting", 403, 403, 403, 403, 200, 200, 403),
    # the pool is everybody's who sells; what does not lie in it is not there
    Row("pool.listing", "/pool", 200, 200, 200, 200, 200, 403, 403),
    Row("pool.claim", "/pool/deal/{deal}/claim", 404, 404, 404, 404, 403, 403, 403, method="POST"),
    Row(
        "pool.give_back",
        "/deals/{deal}/return",
        422,
        404,
        422,
        404,
        422,
        403,
        403,
        method="POST",
        fields={"reason": "x"},
    ),
    Row(
        "pool.give_back_customer",
        "/customers/{account}/return",
        422,
        404,
        422,
        404,
        422,
        403,
        403,
        method="POST",
        fields={"reason": "x"},
    ),
    Row("pool.ownerless", "/unassigned", 403, 403, 200, 200, 200, 403, 403),
    Row(
        "pool.hand_to",
        "/unassigned/deal/{deal}",
        403,
        403,
        404,
        404,
        404,
        403,
        403,
        method="POST",
        fields={"person": "x"},
    ),
    Row("users.listing", "/users", 403, 403, 403, 403, 403, 403, 200),
)

MATRIX = tuple(row.filled(IDS) for row in PATTERN)
CALLS = tuple((row, role) for row in MATRIX for role in (*VIEWERS, "out"))
