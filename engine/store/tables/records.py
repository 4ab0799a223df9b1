"""One table for each class of record: typed columns for what is asked for, and the whole record as canonical JSON."""

from sqlalchemy import Index, Table
from sqlalchemy import text as sql

from engine.core.tickets import STATUSES
from engine.store.tables.kinds import body, choice, day, flag, instant, key, money, reference, table, text, whole

people = table(
    "people", key(), text("name"), text("name_zh"), day("joined_on"), day("left_on", needed=False), text("role"),
    text("team"), text("manager"), body(),
    title="Somebody who works here; role, team and manager as of their last version",
)  # fmt: skip

accounts = table(
    "accounts", key(), text("name"), text("owner"), day("created_on"), body(), text("survivor", since=""),
    Index(None, "survivor", "name", "id"), Index(None, "owner", "survivor", "id"),
    title="A customer company; survivor is the account that it was merged into",
)  # fmt: skip

contacts = table(
    "contacts", key(), text("account"), text("name"), day("created_on"), instant("removed_at", needed=False), body(),
    Index(None, "account", "id"),
    title="A person at a customer",
)  # fmt: skip

deals = table(
    "deals", key(), text("name"), text("pipeline"), text("stage"), choice("status", "open", "won", "lost", "cancelled"),
    text("owner"), text("account"), text("partner"), *money(needed=False), instant("created_at"),
    instant("entered_stage_at"), instant("last_at"), instant("last_touch_at", needed=False),
    day("won_on", needed=False), day("undone_on", needed=False), instant("due_at", needed=False), body(),
    text("contact", since=""),
    Index(None, "owner", "status", "last_at", "id"), Index(None, "status", "last_at", "id"),
    Index("ix_deals_quiet", "owner", "status", "last_touch_at", "created_at", "entered_stage_at", "id"),
    Index(None, "last_at", "id"), Index(None, "account"), Index(None, "contact"),
    Index(None, "pipeline", "stage", "status", "entered_stage_at"),
    Index("ix_deals_due_at_id", "due_at", "id", sqlite_where=sql("due_at IS NOT NULL"),
          postgresql_where=sql("due_at IS NOT NULL")),
    title="A possible sale",
)  # fmt: skip

activities = table(
    "activities", key(), reference("deal", "deals.id"), text("kind"), text("outcome"), text("channel"), text("person"),
    instant("at"), day("day"), body(),
    Index(None, "deal", "at", "id"), Index(None, "person", "day"),
    title="One logged touch",
)  # fmt: skip

receipts = table(
    "receipts", key(), reference("deal", "deals.id"), choice("kind", "payment", "invoice", "credit_note"), *money(),
    instant("at"), day("day"), body(),
    Index(None, "deal", "at", "id"), Index(None, "kind", "day"),
    title="Money that moved for a deal",
)  # fmt: skip

partners = table(
    "partners", key(), text("name"), text("channel"), text("programme"), text("manager"), text("partner_tier"),
    day("joined_on"), body(),
    title="A company that sells with or for us",
)  # fmt: skip

registrations = table(
    "registrations", key(), text("partner"), text("account"), text("product_line"), text("state"),
    day("requested_on"), day("until_on", needed=False), body(),
    Index(None, "account", "requested_on", "id"), Index(None, "partner", "state"), Index(None, "state", "until_on"),
    title="A partner's claim to a deal",
)  # fmt: skip

quotas = table(
    "quotas", key(), text("person"), text("measure"), text("period"), *money(), body(),
    Index(None, "person", "measure", "period"),
    title="What a payee is expected to reach of a measure in a period",
)  # fmt: skip

scores = table(
    "scores", key(), text("person"), text("scorecard"), text("kpi"), text("period"), text("value"),
    choice("unit", "percent", "number"), instant("at"), text("event"), body(),
    Index(None, "person", "period"), Index(None, "scorecard", "period"),
    title="What a person was told to have reached of a KPI in a period",
)  # fmt: skip

enrolments = table(
    "enrolments", key(), text("cadence"), reference("deal", "deals.id"), text("owner"), text("step"),
    instant("started_at"), instant("due_at", needed=False), text("ended_as"), body(),
    text("version", since=""), text("pending", since=""), whole("priority", since="0"),
    Index(None, "deal", "started_at", "id"), Index(None, "cadence", "ended_as", "pending", "owner"),
    Index(None, "ended_as", "version"),
    Index("ix_enrolments_due_at_id", "due_at", "id", sqlite_where=sql("due_at IS NOT NULL"),
          postgresql_where=sql("due_at IS NOT NULL")),
    title="One deal going through one cadence version",
)  # fmt: skip

tasks = table(
    "tasks", key(), text("owner"), reference("deal", "deals.id", needed=False), text("purpose"), text("enrolment"),
    choice("status", "open", "done", "skipped", "cancelled"), whole("priority"), instant("made_at"), instant("due_at"),
    instant("snoozed_until", needed=False), instant("ended_at", needed=False), text("lent_by", since=""),
    instant("look_at", needed=False), body(),
    Index(None, "owner", "status", "due_at", "id", "snoozed_until"), Index(None, "lent_by", "status"), Index(None, "look_at"),
    Index(None, "deal", "made_at", "id"),
    Index(None, "status", "due_at", "id"), Index(None, "owner", "made_at"),
    Index("ix_tasks_owner_ended_at", "owner", "ended_at", sqlite_where=sql("ended_at IS NOT NULL"),
          postgresql_where=sql("ended_at IS NOT NULL")),
    title="One thing a named person must do",
)  # fmt: skip

credits = table(
    "credits", key(), text("name"), text("payee"), reference("deal", "deals.id", needed=False), text("event"),
    day("day"), instant("at"), *money(), *money("source"), text("share"), choice("form", "direct", "overlay", "house"),
    text("plan"), text("rate"), day("undone_on", needed=False), flag("withdrawn"), body(),
    Index(None, "payee", "name", "day"), Index(None, "deal", "at", "id"), Index(None, "event"),
    title="Who gets how much of an event, for one measure; withdrawn ones stay in sight and count for nothing",
)  # fmt: skip

grants = table(
    "grants", key(), text("component"), text("plan"), text("payee"), reference("deal", "deals.id", needed=False),
    text("event"), day("day"), instant("at"), *money(), day("undone_on", needed=False), flag("withdrawn"), body(),
    Index(None, "payee", "component", "day"), Index(None, "deal", "at", "id"),
    title="A bonus or referral fee that one event earned; withdrawn ones stay in sight and count for nothing",
)  # fmt: skip

handovers = table(
    "handovers", key(), choice("kind", "deal", "account", "ticket", "task"), text("subject"), text("person"), text("how"), text("rule"),
    instant("at"), day("day"), text("event"), body(),
    Index(None, "subject", "at", "id"), Index(None, "person", "at"), Index(None, "event"),
    title="Something changed hands by a rule, and why",
)  # fmt: skip

holdings = table(
    "holdings", key(), text("pool"), text("owner"), choice("state", "held", "pooled", "out"), instant("since_at"),
    instant("due_at", needed=False), instant("recycle_at", needed=False), body(),
    Index(None, "state", "pool", "since_at", "id"), Index(None, "owner", "state"),
    Index("ix_holdings_due_at_id", "due_at", "id", sqlite_where=sql("due_at IS NOT NULL"),
          postgresql_where=sql("due_at IS NOT NULL")),
    title="Where a deal or a customer stands to a public pool",
)  # fmt: skip

tallies = table(
    "tallies", key(), whole("count"), text("last"), body(),
    title="How often something was done, and where a turn stands",
)  # fmt: skip

approvals = table(
    "approvals", key(), text("rule"), reference("deal", "deals.id"), text("requested_by"),
    choice("state", "pending", "granted", "refused", "recalled", "void"), instant("requested_at"),
    instant("ended_at", needed=False), body(),
    Index(None, "deal", "requested_at", "id"), Index(None, "state", "requested_at", "id"),
    Index(None, "requested_by", "requested_at", "id"),
    title="A request that a deal be allowed something that needs agreement",
)  # fmt: skip

tickets = table(
    "tickets", key(), text("account"), reference("deal", "deals.id", needed=False), text("kind"), text("priority"),
    choice("status", *STATUSES), text("owner"), text("topic"), instant("opened_at"), instant("due_at", needed=False),
    text("service"), body(),
    Index(None, "account", "opened_at", "id"), Index(None, "status", "opened_at", "id"),
    Index(None, "owner", "status", "opened_at", "id"), Index(None, "opened_at", "id"),
    Index("ix_tickets_due_at_id", "due_at", "id", sqlite_where=sql("due_at IS NOT NULL"),
          postgresql_where=sql("due_at IS NOT NULL")),
    title="A matter of a customer",
)  # fmt: skip

answers = table(
    "answers", key(), text("person"), text("account"), day("day"), instant("at"), text("event"), text("score"),
    flag("satisfied"), body(),
    Index(None, "person", "day"), Index(None, "account", "day"),
    title="What a customer thought of how a ticket was seen to",
)  # fmt: skip

touches = table(
    "touches", key("kind"), key("subject"), key("name"), key("day"), whole("version"),
    Index(None, "version"),
    title="At which version of the records a credit, grant, quota or receipt of a pay window last changed",
)  # fmt: skip

RECORD_TABLES: tuple[Table, ...] = (
    people, accounts, contacts, deals, activities, receipts, partners, registrations, quotas, scores, enrolments, tasks,
    credits, grants, handovers, holdings, tallies, approvals, tickets, answers,
)  # fmt: skip
"""In an order in which rows may be written: what is pointed to comes before what points."""
