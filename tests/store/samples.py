"""Records and events for the tests of the store: one of each class, with every kind of value in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from engine.core.approval import Approval, AskedMove, Seat
from engine.core.contacts import Contact, ContactTold, folded
from engine.core.durations import Duration, DurationUnit
from engine.core.events import Event
from engine.core.incentives.ledger import LedgerEntry
from engine.core.incentives.lines import EarningLine, Slice, Step
from engine.core.incentives.payouts import PayoutRun
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.records import (
    Account,
    Activity,
    Answer,
    Cause,
    Credit,
    Deal,
    Enrolment,
    Grant,
    Handover,
    Holding,
    Partner,
    Pause,
    Person,
    PersonVersion,
    Quota,
    Receipt,
    Record,
    Registration,
    Score,
    Share,
    Tally,
    Task,
    Ticket,
    TicketTold,
)
from engine.store.periods import PostingPeriod

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
DAY = date(2026, 3, 2)
HASH = "ab" * 32

CAUSE = Cause(
    "cadence:intro@1f", Place("cadences/intro.yaml", 12, 5), "crm/7", "f00d",
    (("deal.amount", Money(12_345, "CNY")), ("deal.discount", Fraction(1, 3)), ("deal.team", ("ana", "ben"))),
    (("moved", "2026-03-02"),),
)  # fmt: skip
FACTS = {
    "owner": "ana", "account": "A-1", "name": "长江 pump", "amount": Money(9_007_199_254_740_993 % 10**15, "CNY"),
    "discount": Fraction(1, 3), "close_on": date(2026, 6, 30), "contract_signed": True, "seats": 3, "budget": None,
    "wait": Duration(3, DurationUnit.BUSINESS_DAYS), "seen_at": NOON, "tags": ("a", "b"),
    "team": (Share("ana", Fraction(2, 3)), Share("ben", Fraction(1, 3))),
}  # fmt: skip

PERSON = Person("ana", "Ana", "安娜", DAY, None, (PersonVersion(DAY, "rep", "L1", "east", "boss", "cn", {"base": 1}),))
ACCOUNT = Account("A-1", DAY, {"name": "Acme", "industry": "steel", "is_new": False, "owner": "ana"})
DEAL = Deal("D-1", "direct", "lead", "open", NOON, NOON, NOON, 2, "", (Share("ana", Fraction(1)),), FACTS, due_at=NOON)
ACTIVITY = Activity("act-1", "D-1", "call", "connected", "phone", "ana", NOON, DAY, 12, "说好周五")
RECEIPT = Receipt("pay-1", "payment", "D-1", Money(-500, "CNY"), DAY, NOON)
PARTNER = Partner("P-1", "Reseller", DAY, "partner", "silver", "boss", "gold", ((DAY, None), (DAY, date(2027, 1, 1))))
REGISTRATION = Registration("reg-1", "P-1", "A-1", "pumps", "granted", DAY, date(2026, 6, 1), CAUSE, "first")
QUOTA = Quota("q-1", "ana", "booked", "2026-Q1", Money(1_250_000_00, "CNY"))
SCORE = Score(
    "reps/care/ana/2026-Q1",
    "ana",
    "reps",
    "care",
    "2026-Q1",
    Fraction(2, 3),
    "percent",
    NOON,
    "crm/9",
    "boss",
    "做得好",
)
CONTACT = folded(
    Contact(
        "C-1", DAY,
        told=(
            ContactTold(NOON, DAY, "crm/1", "changed", {"account": "A-1", "name": "Li Na", "time_zone": "Asia/Shanghai"}),
            ContactTold(NOON + timedelta(days=1), DAY, "crm/2", "opted_out", {"channel": "email", "reason": "too many"}),
        ),
    )
)  # fmt: skip
ENROLMENT = Enrolment(
    "en-1", "intro", "intro@1f", "D-1", "ana", NOON, "call", NOON + timedelta(days=3), NOON, CAUSE,
    pause=Pause(NOON, NOON + timedelta(days=3), None, "person", "休假"), priority=2,
)  # fmt: skip
TASK = Task("task-1", "call", "ana", "D-1", ("Call", "致电"), "phone", NOON, NOON + timedelta(days=1), (CAUSE,))
CREDIT = Credit(
    "cr-1", "booked", "ana", "D-1", "crm/7", DAY, NOON, Money(700, "CNY"), Money(100, "USD"), Fraction(1, 3), "direct",
    "reps", CAUSE, "usd-2026-03",
)  # fmt: skip
GRANT = Grant("g-1", "spiff", "reps", "ana", "D-1", "crm/7", DAY, NOON, Money(50_000, "CNY"), CAUSE, Money(1, "CNY"))

HANDOVER = Handover("h-1", "deal", "D-1", "ana", "assigned", "leads", NOON, DAY, "crm/7", CAUSE, "first")
HOLDING = Holding("D-1", "sea", "ana", "held", NOON, NOON, NOON, NOON, (("ben", NOON),), (("idle", "owned"),))
TALLY = Tally("leads/first", 3, "ana", 1, {"ana": 2, "ben": 1}, "ana:2, ben:1")
APPROVAL = Approval(
    "ap1",
    "discount",
    "approval:discount@1",
    "D-1",
    1,
    "ana",
    NOON,
    "pending",
    {"deal.discount": Fraction(1, 5)},
    0,
    CAUSE,
    seats=(Seat("deal.owner.manager", "ben", notes=(("away", "ana|ben|2026-03-09"),)),),
    reason="volume",
    due_at=NOON,
    move=AskedMove("deal.stage_asked", "negotiation", override=True),
)
TICKET = Ticket(
    "T-1", NOON, DAY, "on_hold", {"account": "A-1", "deal": "D-1", "kind": "complaint", "topic": "Noise"},
    (TicketTold(NOON, DAY, 40, "crm/20", "opened", "customer", {"account": "A-1", "kind": "complaint"}),),
    "service_level:service@1f", "complaint", NOON + timedelta(days=1), ("first_response.1.0",),
)  # fmt: skip
ANSWER = Answer("T-1", "ana", "A-1", DAY, NOON, "crm/21", Fraction(4), True, "quick")
RECORDS: tuple[Record, ...] = (
    PERSON, ACCOUNT, CONTACT, DEAL, ACTIVITY, RECEIPT, PARTNER, REGISTRATION, QUOTA, SCORE, ENROLMENT, TASK, CREDIT, GRANT,
    HANDOVER, HOLDING, TALLY, APPROVAL, TICKET, ANSWER,
)  # fmt: skip
"""One of each class, in an order in which they may be written."""

LINE = EarningLine(
    "line-1", "reps", "plan:reps@1", "commission", "2026-Q1", "ana", "cr-1", "credit", "D-1", "crm/7", DAY, "2026-03",
    Money(70, "CNY"), Money(0, "CNY"), Fraction(211, 3), Money(0, "CNY"), Money(0, "CNY"),
    (Slice("rate", 0, "amount", Fraction(0), Fraction(700), Fraction(1, 10), Fraction(700), Fraction(70), Place("p",
    1)),),
    (Step("rate", "marginal", (("tier", "1"),), Fraction(70)), Step("cap", "none")), CAUSE,
)  # fmt: skip
RUN = PayoutRun(
    "run-1", "2026-03", "", "draft", "digest", 1, (("expense>held", Money(70, "CNY")),), "f00d", "fay", NOON
)  # fmt: skip
ENTRY = LedgerEntry(
    "entry-1", "run-1", "earned", "expense", "held", "ana", Money(70, "CNY"), "line-1", "2026-03", "2026-03", "earned",
    (("tier", "1"),), "crm/7", "plan:reps@1",
)  # fmt: skip
PERIOD = PostingPeriod("2026-03", date(2026, 3, 1), date(2026, 4, 1), "open")


def event(number: int, **changes: object) -> Event:
    """A deal event with a key of that number."""
    first = Event("deal.changed", f"D-{number}", "crm", str(number), NOON, DAY, "ana", {"amount": Money(number, "CNY")})
    return replace(first, **changes)  # type: ignore[arg-type]


def deal(number: int, **changes: object) -> Deal:
    """An open deal of that number."""
    return replace(DEAL, id=f"D-{number}", **changes)  # type: ignore[arg-type]


def task(number: int, **changes: object) -> Task:
    """An open task of that number, on deal D-1."""
    return replace(TASK, id=f"task-{number:05}", **changes)  # type: ignore[arg-type]
