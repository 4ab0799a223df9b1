"""Made-up earnings, lines, explanations, payout runs and periods."""

from datetime import date
from fractions import Fraction

from engine.app.views.earnings import (
    ComponentRow,
    EarningsView,
    LineRow,
    LineVersion,
    LineView,
    PeriodChoice,
    TeamTotals,
    Totals,
    WholePlan,
)
from engine.app.views.explaining import (
    CauseLink,
    ConditionRow,
    EventRow,
    Explanation,
    FactRow,
    RuleExcerpt,
    SliceRow,
    StepRow,
)
from engine.app.views.house_credits import HouseCredit, HouseReport, HouseSum
from engine.app.views.payouts import ControlTotal, LogRow, PayoutRow, PeriodRow, RunException, RunRow, RunView
from engine.app.views.receivables import ClaimRow, OwedBack, ReceivableRow, Receivables, RepaymentRow
from engine.app.views.score_sheets import ScoreSheet, ScoreSheets, ToldCell, ToldKpi, ToldRow
from engine.app.views.scores import KpiRow, ScoreRow
from engine.core.money import Money
from engine.core.problems import Place, Problem
from engine.core.rules.header import Title
from tests.webui.fake_people import PERSONS, belongs_to, pay
from tests.webui.fake_rules import PLAN_FILE, PLAN_TEXT
from tests.webui.fake_work import ROWS, at

PERIODS = tuple(
    PeriodChoice(
        f"2026-Q{q}",
        Title(f"2026 Q{q}", f"2026 年第 {q} 季度"),
        date(2026, q * 3 - 2, 1),
        date(2026 + q // 4, q * 3 % 12 + 1, 1),
        "open" if q == 4 else "closed",
    )
    for q in (4, 3, 2, 1)
)
TIERS = ((Fraction(0), "5%"), (Fraction(1, 2), "8%"), (Fraction(1), "12%"), (Fraction(3, 2), "15%"))
COMMISSION, SPIFF = Title("Bookings commission", "签约提成"), Title("New-customer bonus", "新客户奖励")
PLAN_PLACE = Place(PLAN_FILE, 17, 5)
STATUSES = ("held", "payable", "paid", "paid", "clawed_back")


def period_of(id: str) -> PeriodChoice:
    """The period of that id, or the open one."""
    return next((period for period in PERIODS if period.id == id), PERIODS[0])


def sums(payee: str, first: int) -> Totals:
    """Four sums from four numbers of the payee."""
    return Totals(*(pay(payee, first + n) for n in range(4)))


def name_of(payee: str) -> Title:
    """What the payee is called."""
    return PERSONS[payee].shown if payee in PERSONS else Title("Kunlun Trading", "昆仑贸易")


def line_row(payee: str, number: int) -> LineRow:
    """The payee's line of that number."""
    deal = ROWS[f"D-{1000 + number}"]
    amount = pay(payee, 20 + number) if number % 5 != 4 else -pay(payee, 20 + number)
    return LineRow(
        f"2026-Q4/{payee}/{deal.id}",
        Title(f"{COMMISSION.en}: {deal.name}", f"{COMMISSION.zh}：{deal.name}"),
        COMMISSION if number % 3 else SPIFF,
        deal.id,
        deal.name,
        date(2026, 10, 8 + number),
        deal.amount,
        "8%, 12%" if number % 3 else "",
        amount,
        pay(payee, 40 + number),
        pay(payee, 60 + number),
        STATUSES[number % 5],
    )


PRORATED = Title(
    "Proration: quota 1,250,000.00 CNY: 50% of 2,500,000.00 CNY", "折算：定额 1,250,000.00 CNY：2,500,000.00 CNY 的 50%"
)


def earnings_of(payee: str, period: str, payees: tuple[str, ...]) -> EarningsView:
    """A payee's period with two components and eleven lines."""
    chosen = period_of(period)
    quota, credited = Money(125_000_000, "CNY"), Money(109_375_000, "CNY")
    components = (
        ComponentRow(
            "bookings-commission",
            COMMISSION,
            PLAN_PLACE,
            pay(payee, 4),
            pay(payee, 5),
            pay(payee, 6),
            credited,
            quota,
            Fraction(credited.minor, quota.minor),
            "8%",
            TIERS,
            PRORATED,
        ),
        ComponentRow(
            "new-logo-spiff",
            SPIFF,
            Place(PLAN_FILE, 31, 5),
            pay(payee, 8),
            pay(payee, 9),
            pay(payee, 10),
        ),
    )
    return EarningsView(
        payee,
        name_of(payee),
        belongs_to(payee),
        chosen,
        PERIODS,
        (sums(payee, 0),),
        components,
        tuple(line_row(payee, number) for number in range(11)),
        Title("Account executive 2026", "客户经理 2026"),
        "" if chosen.status == "open" else f"S-{chosen.id}-{payee}",
        "run-2026-Q4-2",
        "draft",
        tuple((id, name_of(id)) for id in payees),
        WholePlan(Money(140_000, "CNY"), (Money(50_000, "CNY"),)),
        (score_of(chosen.id),),
        (OwedBack(pay(payee, 31), pay(payee, 30), pay(payee, 32)),),
    )


def score_of(period: str) -> ScoreRow:
    """A scorecard of which one KPI has no value."""
    words = Title("Records kept: no value has been told yet", "客户资料完整度：尚未告知")
    return ScoreRow(
        "account-executive",
        Title("Account executive's scorecard", "客户经理绩效考核"),
        Place("scorecards/account-executive.yaml", 2, 1),
        period,
        Title("40 + 24 + 14 = 78 points", "40 + 24 + 14 = 78 分"),
        "78",
        "B",
        Title("As expected", "达标"),
        "1",
        True,
        (
            KpiRow(Title("Bookings", "销售额"), "80%", "80", "50%", "40", Title("Bookings: 80%", "销售额：80%")),
            KpiRow(Title("Records kept", "客户资料完整度"), "", "", "20%", "0", words),
        ),
    )


def team_of(period: str) -> TeamTotals:
    """Sums of a team that no single person's amounts equal."""
    return TeamTotals(
        Title("East team", "华东组"),
        period_of(period),
        3,
        (Totals(*(Money(m, "CNY") for m in (44_000_100, 11_000_200, 22_000_300, 11_000_400))),),
    )


def line_view(payee: str, deal: str) -> LineView:
    """One line in full."""
    row = line_row(payee, int(deal[2:]) - 1000)
    versions = (
        LineVersion(f"E-{payee}-1", at(-20), "2026-Q4", pay(payee, 50), None, Title("First calculation", "首次计算")),
        LineVersion(f"E-{payee}-2", at(-2), "2026-Q4", None, pay(payee, 51), Title("Released", "发放")),
    )
    return LineView(row, payee, name_of(payee), belongs_to(payee), PERIODS[0], explain_line(payee, row), versions)


STEPS = (
    ("eligible", "Eligible", "适用", "on plan account-executive all quarter", "全季适用 account-executive 方案", "yes"),
    ("credit", "Credit", "归属", "70 % of the deal", "商机的 70%", "432,145.00 CNY"),
    ("measure", "Measure", "计量", "bookings of the quarter so far", "本季累计签约额", "1,093,750.00 CNY"),
    ("gate", "Gate", "门槛", "none", "无", ""),
    ("rate", "Rate", "费率", "two slices, see above", "跨两档，见上表", "{}"),
    (
        "per_deal",
        "Per-deal limits",
        "单笔上限",
        "at most 80,000.00 CNY: not reached",
        "单笔不超过 80,000.00 CNY：未触及",
        "{}",
    ),
    ("multiply", "Multipliers", "系数", "× 1", "× 1", "{}"),
    ("cap", "Component cap", "封顶", "none", "无", ""),
    ("proration", "Proration", "折算", "none", "无", ""),
    ("plan_cap", "Plan cap", "方案封顶", "none", "无", ""),
    ("clawback", "Clawback", "扣回", "none", "无", ""),
    ("draw", "Draw or guarantee", "预支或保底", "none", "无", ""),
    ("release", "Release", "发放条件", "50 % on signing, 50 % on payment", "签约 50%，回款 50%", "{}"),
    ("currency", "Currency", "币种", "CNY", "CNY", ""),
    ("rounding", "Rounding", "舍入", "half up, once", "四舍五入，一次", "{}"),
    ("payable", "Payable", "应发", "", "", "{}"),
)


def explain_line(payee: str, row: LineRow) -> Explanation:
    """The explanation of an earning line."""
    amount = pay(payee, 20)
    lines = tuple((number, text) for number, text in enumerate(PLAN_TEXT.split("\n"), start=1) if 15 <= number <= 30)
    return Explanation(
        row.key,
        "line",
        row.title,
        Title(
            "The deal was won on 2026-10-08; 70 % of it was credited to you, part of it above half your quota.",
            "该商机于 2026-10-08 赢单；70% 归属于您，其中一部分落在指标 50% 以上的档位。",
        ),
        belongs_to(payee),
        row.amount,
        EventRow(
            "crm/won-1009",
            "deal.won",
            Title("Deal won", "赢单"),
            at(-46),
            PERSONS["p-lin"].shown,
            Title("617,350.00 CNY", "617,350.00 CNY"),
        ),
        (
            RuleExcerpt(
                Title("Account executive 2026", "客户经理 2026"),
                "plan:account-executive@7d0c2e91ab44",
                Place(PLAN_FILE, 22, 5),
                lines,
                (22, 25, 26),
            ),
        ),
        (
            FactRow("deal.amount", Title("Amount", "金额"), Title("617,350.00 CNY", "617,350.00 CNY"), "crm/won-1009"),
            FactRow(
                "deal.team",
                Title("Team", "团队"),
                Title("Lin Xiao 70 %, Chen Wei 30 %", "林晓 70%，陈伟 30%"),
                "crm/changed-1009-2",
            ),
            FactRow("deal.pipeline", Title("Pipeline", "流程"), Title("standard", "standard"), ""),
        ),
        (ConditionRow('deal.pipeline = "standard"', Place(PLAN_FILE, 10, 11), True),),
        (
            (Title("Commission after this deal", "本单之后的累计提成"), str(pay(payee, 21).exact)),
            (Title("Commission before this deal", "本单之前的累计提成"), str(pay(payee, 22).exact)),
            (Title("This line", "本行"), str(amount)),
        ),
        (
            SliceRow("0%", "50%", Money(18_000_000, "CNY"), "5%", "9,000.00 CNY"),
            SliceRow("50%", "100%", Money(25_214_500, "CNY"), "8%", "20,171.60 CNY"),
            SliceRow("100%", "150%", None, "12%", "", False),
            SliceRow("150%", "", None, "15%", "", False),
        ),
        tuple(
            StepRow(id, Title(en, zh), Title(words, words_zh), after.format(amount), bool(after))
            for id, en, zh, words, words_zh, after in STEPS
        ),
        (
            CauseLink(Title("Credit: 432,145.00 CNY of bookings", "归属：签约额 432,145.00 CNY")),
            CauseLink(Title("Ledger entry", "账目"), f"E-{payee}-1"),
        ),
        "9f8e7d6c5b4a39281706",
    )


def explain_task(id: str, owner: str, deal: str) -> Explanation:
    """The explanation of a task."""
    return Explanation(
        id,
        "task",
        Title("First call", "首次电话"),
        Title(
            "The cadence reached its second step, two business days after the first.",
            "节奏到达第二步：距第一步满两个工作日。",
        ),
        belongs_to(owner),
        None,
        EventRow("clock/2026-11-23T01:00Z", "clock.ticked", Title("Time passed", "到期"), at(0, 1)),
        (
            RuleExcerpt(
                Title("New lead follow-up", "新线索跟进"),
                "cadence:new-lead@5b1f77c2a9",
                Place("cadences/new-lead.yaml", 14, 5),
                ((13, "steps:"), (14, "  - {step: second-call, after: 2 business days, task: {channel: call}}")),
                (14,),
            ),
        ),
        (FactRow("deal.stage", Title("Stage", "阶段"), Title("lead", "线索"), deal),),
        causes=(CauseLink(Title("Enrolment", "进入节奏")),),
        release="9f8e7d6c5b4a",
    )


PAYEES = ("p-lin", "p-chen", "p-zhao", "p-wang", "p-liu", "partner-kunlun")


def payout_row(payee: str) -> PayoutRow:
    """What a payee receives."""
    amounts = (pay(payee, 12), pay(payee, 13), pay(payee, 14), -pay(payee, 15), pay(payee, 16))
    return PayoutRow(payee, name_of(payee), *amounts, 11)


def run_row(state: str, id: str, period: str, author: str, approver: str = "") -> RunRow:
    """A run of all payees."""
    total = Money.total((pay(payee, 16) for payee in PAYEES), "CNY")
    names = (author, who(author), approver, who(approver) if approver else Title())
    owed = (Money(12_345_67, "CNY"),) if period == "2026-Q4" else ()
    return RunRow(id, period, period_of(period).title, state, len(PAYEES), 66, (total,), at(-2, 3), *names, owed)


def who(actor: str) -> Title:
    """The name of an actor."""
    return PERSONS[actor].shown if actor in PERSONS else Title(actor, actor)


RUNS = {
    row.id: row
    for row in (
        run_row("draft", "run-2026-Q4-2", "2026-Q4", "p-qian"),
        run_row("approved", "run-2026-Q3-3", "2026-Q3", "p-qian", "p-hu"),
        run_row("posted", "run-2026-Q2-1", "2026-Q2", "p-hu", "p-qian"),
        run_row("exported", "run-2026-Q1-1", "2026-Q1", "p-hu", "p-qian"),
    )
}


def run_view(row: RunRow) -> RunView:
    """The run page."""
    controls = (
        ControlTotal(Title("Payees", "收款人"), row.payees),
        ControlTotal(Title("Lines", "明细行"), row.lines),
        ControlTotal(Title("Payable", "应发"), None, row.totals[0]),
        ControlTotal(Title("Won deals in the log", "日志中的赢单数"), 38),
        ControlTotal(Title("Won deals credited", "已归属的赢单数"), 38),
    )
    exceptions = (
        RunException(
            Problem("R163", Place("plans/export.yaml", 3, 1), {"found": "XXX", "near": "XAF"}),
            Title("D-1017 Rotterdam", "D-1017 鹿特丹"),
        ),
    )
    log = (LogRow(at(-1, 3), "p-hu", who("p-hu"), "approved"),) if row.approver else ()
    return RunView(
        row,
        "9f8e7d6c5b4a39281706",
        tuple(payout_row(payee) for payee in PAYEES),
        controls,
        exceptions if row.state == "draft" else (),
        (*log, LogRow(at(-2, 3), row.author, row.author_name, "calculated", "66")),
    )


def period_rows(runs: dict[str, RunRow]) -> tuple[PeriodRow, ...]:
    """All periods with their runs."""
    by_period = {row.period: row for row in runs.values()}
    return tuple(
        PeriodRow(
            p.id,
            p.title,
            p.from_on,
            p.until_on,
            p.status,
            by_period[p.id].id,
            by_period[p.id].state,
            by_period[p.id].totals,
            at(-40) if p.status == "closed" else None,
            "p-hu" if p.status == "closed" else "",
            who("p-hu") if p.status == "closed" else Title(),
        )
        for p in PERIODS
    )


def receivables_of(viewer: str) -> Receivables:
    """Two payees owe something; one repayment waits, one is posted."""
    claim = ClaimRow(
        "2026-Q4/p-lin/D-1001", "D-1001", "2026-Q3", date(2026, 9, 3), 81, pay("p-lin", 30), pay("p-lin", 31)
    )
    rows = (
        ReceivableRow("p-lin", name_of("p-lin"), pay("p-lin", 30), pay("p-lin", 32), pay("p-lin", 31), pay("p-lin", 33),
                      claim.since, claim.days, (claim,)),
        ReceivableRow("p-chen", name_of("p-chen"), pay("p-chen", 30), pay("p-chen", 31), pay("p-chen", 32),
                      Money(0, "CNY"), None, 0),
    )  # fmt: skip
    own = viewer == "p-qian"
    waits = RepaymentRow(
        "repayment-1", "p-lin", name_of("p-lin"), pay("p-lin", 33), "TRF-20261102-1", date(2026, 11, 2), "By transfer",
        "proposed", at(-1, 3), who("p-qian"), may_decide=not own and viewer == "p-hu", may_call_off=viewer in ("p-qian", "p-hu"),
    )  # fmt: skip
    posted = RepaymentRow(
        "repayment-2", "p-lin", name_of("p-lin"), pay("p-lin", 32), "TRF-20261001-7", date(2026, 10, 1), "", "posted",
        at(-9, 3), who("p-hu"), who("p-qian"), period="2026-Q4", may_take_back=viewer in ("p-qian", "p-hu"),
    )  # fmt: skip
    return Receivables(rows, (pay("p-lin", 31),), (waits,), (posted,), date(2026, 11, 23))


def house_report(period: str) -> HouseReport:
    """Two credits of the house, one of them undone."""
    plan, amount = Title("Account executive 2026", "客户经理 2026"), Money(3_000_000, "CNY")
    rows = tuple(
        HouseCredit(date(2026, 11, 2), id, ROWS[id].name, ROWS[id].account, "bookings", plan, PLAN_PLACE, amount, "60%",
                    Money(5_000_000, "CNY"), f"crm/{id}/won", undone)
        for id, undone in (("D-1001", None), ("D-1002", date(2026, 11, 9)))
    )  # fmt: skip
    return HouseReport(period_of(period), PERIODS, (HouseSum(plan, "bookings", amount, 1),), rows)


def score_sheets_of(period: str) -> ScoreSheets:
    """Everybody's sheets, whoever asks: a representative's with two KPIs, a manager's with one."""
    kpis = (
        ToldKpi("customer-satisfaction", Title("Customer satisfaction", "客户满意度"), "percent", "30%"),
        ToldKpi("records", Title("Records kept", "客户资料完整度"), "percent", "20%"),
    )
    team = ToldKpi("hires", Title("Hires", "招聘人数"), "number", "100%")
    reps = tuple(_told_row("account-executive", person, kpis) for person in ("p-lin", "p-chen", "p-zhao"))
    leads = (_told_row("sales-manager", "p-wang", (team,)),)
    sheets = (
        ScoreSheet("account-executive", Title("Account executive's scorecard", "客户经理绩效考核"), kpis, reps),
        ScoreSheet("sales-manager", Title("Sales manager's objectives", "销售经理目标"), (team,), leads),
    )
    return ScoreSheets(period_of(period or "2026-Q3"), PERIODS, sheets)


def _told_row(card: str, person: str, kpis: tuple[ToldKpi, ...]) -> ToldRow:
    """The first KPI was told."""
    names = [f"{card}/{person}/{kpi.id}" for kpi in kpis]
    first = ToldCell(names[0], "92.5%", who("p-wang"), at(-20), "web/score-1")
    return ToldRow(person, name_of(person), belongs_to(person), (first, *map(ToldCell, names[1:])))
