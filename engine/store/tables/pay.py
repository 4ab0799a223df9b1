"""Pay: periods and their closes, payout runs, earning lines, the ledger, exports. The database keeps the locks."""

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint

from engine.store.tables.guards import fixed, guard
from engine.store.tables.insert_only import insert_only
from engine.store.tables.kinds import (
    body,
    choice,
    day,
    digest,
    instant,
    key,
    money,
    number_key,
    reference,
    table,
    text,
    whole,
)

_ACCOUNTS = ("expense", "held", "payable", "paid")

periods = table(
    "periods", key(), day("from_on"), day("until_on"), choice("state", "future", "open", "closed"),
    CheckConstraint("from_on < until_on", name="begins_before_it_ends"),
    Index(None, "from_on"),
    title="A span [from, until) that entries are posted in; closed is for ever",
)  # fmt: skip

closes = insert_only(
    table(
        "closes", number_key(), reference("period", "periods.id"), text("made_by"), instant("made_at"),
        text("approved_by"), instant("approved_at"), text("release"), text("manifest"), digest("hash"),
        UniqueConstraint("period"),
        CheckConstraint("approved_by <> made_by", name="two_people"),
        title="The close of a period: totals, counts, heads of the chains, fingerprint, and who signed",
    )
)  # fmt: skip

runs = table(
    "runs", key(), reference("period", "periods.id"), text("after"),
    choice("state", "draft", "approved", "posted", "exported"), text("contents"), whole("count"), text("totals"),
    text("release"), whole("watermark"), text("made_by"), instant("made_at"), text("approved_by", needed=False),
    instant("approved_at", needed=False), text("posted_by", needed=False), instant("posted_at", needed=False),
    text("exported_by", needed=False), instant("exported_at", needed=False),
    CheckConstraint("approved_by <> made_by", name="two_people"),
    CheckConstraint("(state = 'draft') = (approved_by IS NULL)", name="approved_by_somebody"),
    CheckConstraint("(state IN ('posted', 'exported')) = (posted_by IS NOT NULL)", name="posted_by_somebody"),
    Index(None, "period", "made_at"), Index(None, "state", "made_at"),
    title="One computation of what is owed for a period, on its way to the ledger",
)  # fmt: skip

run_entries = table(
    "run_entries", reference("run", "runs.id"), whole("number"), text("entry"), text("payee"), body(),
    PrimaryKeyConstraint("run", "number"),
    Index(None, "run", "payee"),
    title="An entry that a run proposes; what is approved is what is posted",
)  # fmt: skip

earning_lines = table(
    "earning_lines", reference("run", "runs.id"), text("key"), text("payee"), text("plan"), text("version"),
    text("component"), text("window_period"), text("earned_period"), text("source"), text("source_kind"), text("deal"),
    text("event"), day("day"), *money("earned"), *money("released"), body(),
    PrimaryKeyConstraint("run", "key"), Index(None, "key"),
    Index(None, "payee", "earned_period"), Index(None, "payee", "window_period"), Index(None, "run", "payee"),
    title="What one source earned for one payee as a run computed it, with its arithmetic",
)  # fmt: skip

line_frames = insert_only(
    table(
        "line_frames", key(), body(),
        title="What the lines of a component have in common, named by the body of a line: what they tell of the rules",
    )
)  # fmt: skip

settlements = table(
    "settlements", reference("run", "runs.id"), text("engine"), text("waiting"),
    PrimaryKeyConstraint("run"),
    title="What a run left waiting: by payee the days that it did not settle; and the engine that says so",
)  # fmt: skip

ledger_entries = insert_only(
    table(
        "ledger_entries", number_key(), text("id"), reference("run", "runs.id", needed=False),
        choice("kind", "earned", "released", "reversed", "paid", "adjustment"), choice("debit", *_ACCOUNTS),
        choice("credit", *_ACCOUNTS), text("payee"), *money(), text("line"), text("earned_period"),
        reference("posted_period", "periods.id"), text("reason"), text("particulars"), text("event"), text("rule"),
        reference("reverses", "ledger_entries.id", needed=False), text("actor"), text("note"), instant("posted_at"),
        digest("hash"),
        UniqueConstraint("id"),
        CheckConstraint("amount_minor > 0", name="amount_is_positive"),
        CheckConstraint("debit <> credit", name="two_accounts"),
        CheckConstraint("kind = 'adjustment' OR run IS NOT NULL", name="by_a_run_or_a_person"),
        Index(None, "payee", "posted_period"), Index(None, "line"), Index(None, "run"), Index(None, "posted_period"),
        Index("uq_ledger_entries_reverses", "reverses", unique=True),
        title="One movement of money between two accounts of a payee, posted for ever",
    )
)  # fmt: skip

repayments = table(
    "repayments", key(), text("payee"), *money(), text("reference"), day("received_on"), text("note"),
    reference("takes_back", "repayments.id", needed=False), choice("state", "proposed", "posted", "declined"),
    text("made_by"), instant("made_at"), text("decided_by", needed=False), instant("decided_at", needed=False),
    reference("entry", "ledger_entries.id", needed=False),
    CheckConstraint("amount_minor > 0", name="amount_is_positive"),
    CheckConstraint("state <> 'posted' OR decided_by <> made_by", name="two_people"),
    CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided_by_somebody"),
    CheckConstraint("(state = 'posted') = (entry IS NOT NULL)", name="posted_with_its_entry"),
    Index(None, "payee", "made_at"), Index(None, "state", "made_at"),
    title="Money that a payee gave back outside of their pay, as it was booked, posted or declined",
)  # fmt: skip

exports = insert_only(
    table(
        "exports", number_key(), text("id"), text("kind"),
        text("format"), reference("run", "runs.id", needed=False), text("period"), text("filename"),
        digest("sha256"), whole("row_count"), text("totals"), text("release"), whole("ledger_seq"),
        digest("ledger_hash"), text("made_by"),
        instant("made_at"), reference("duplicate_of", "exports.id", needed=False), digest("hash"),
        UniqueConstraint("id"), Index(None, "period", "seq"), Index(None, "run"),
        title="A file that left the house: its hash, its rows and its control totals",
    )
)  # fmt: skip

_STATE_OF_PERIOD = "(SELECT state FROM periods WHERE id = NEW.posted_period)"
guard(ledger_entries, "open_period", "INSERT", f"{_STATE_OF_PERIOD} IS DISTINCT FROM 'open'",
      "entries are posted in an open period only")  # fmt: skip

guard(ledger_entries, "approved_run", "INSERT",
      "NEW.run IS NOT NULL AND (SELECT state FROM runs WHERE id = NEW.run) IS NOT DISTINCT FROM 'draft'",
      "a draft run is not posted")  # fmt: skip

guard(periods, "closed_for_ever", "UPDATE", f"OLD.state = 'closed' OR {fixed('id', 'from_on', 'until_on')}",
      "a closed period stays closed, and a period keeps its days")  # fmt: skip
guard(periods, "closed_with_manifest", "UPDATE",
      "NEW.state = 'closed' AND NOT EXISTS (SELECT 1 FROM closes WHERE closes.period = NEW.id)",
      "a period is closed with its manifest only")  # fmt: skip
guard(periods, "opened_first", "INSERT", "NEW.state = 'closed'", "a period is closed with its manifest only")
guard(periods, "kept", "DELETE", "OLD.state <> 'future'", "a period that was opened is never deleted")

guard(repayments, "decided_once", "UPDATE",
      "OLD.state <> 'proposed' OR " + fixed("id", "payee", "amount_minor", "amount_currency", "reference", "received_on",
                                            "note", "takes_back", "made_by", "made_at"),
      "a repayment is decided once, and what it says is never changed")  # fmt: skip
guard(repayments, "kept", "DELETE", "OLD.id <> ''", "repayments are never deleted")

_FORWARD = "('draft>approved', 'approved>posted', 'posted>exported', 'approved>draft')"
guard(runs, "forward", "UPDATE",
      f"NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN {_FORWARD}",
      "a run goes from draft to approved to posted to exported")  # fmt: skip
guard(runs, "contents", "UPDATE",
      fixed("id", "period", "after", "contents", "count", "totals", "release", "watermark", "made_by", "made_at"),
      "what a run contains is never changed; make another")  # fmt: skip
guard(runs, "kept", "DELETE", "OLD.state <> 'draft'", "only a draft run may be deleted")

for _table in (run_entries, earning_lines, settlements):
    _name = f"the {_table.name.replace('_', ' ')} of a run that is no draft are never changed"
    for _verb, _row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        guard(_table, f"draft_{_verb.lower()}", _verb,
              f"(SELECT state FROM runs WHERE id = {_row}.run) IS DISTINCT FROM 'draft'", _name)  # fmt: skip
