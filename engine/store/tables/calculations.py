"""A calculation in progress: its parts as they are finished, until all of them are there and become a draft run."""

from sqlalchemy import PrimaryKeyConstraint

from engine.store.tables.kinds import body, day, instant, key, money, reference, table, text, whole

calculations = table(
    "calculations", key(), text("period"), text("after"), text("release"), whole("watermark"), text("made_by"),
    instant("made_at"),
    title="A calculation in progress: what it was begun from, so that an interrupted one goes on where it stopped",
)  # fmt: skip

calculation_parts = table(
    "calculation_parts", reference("calculation", "calculations.id"), whole("number"), whole("count"), text("summary"),
    PrimaryKeyConstraint("calculation", "number"),
    title="A part of payees that is done: how many entries it holds, their digests and totals",
)  # fmt: skip

calculation_entries = table(
    "calculation_entries", reference("calculation", "calculations.id"), whole("part"), whole("number"), text("entry"),
    text("payee"), body(),
    PrimaryKeyConstraint("calculation", "part", "number"),
    title="An entry that a part proposes",
)  # fmt: skip

calculation_lines = table(
    "calculation_lines", reference("calculation", "calculations.id"), whole("part"), text("key"), text("payee"),
    text("plan"), text("version"), text("component"), text("window_period"), text("earned_period"), text("source"),
    text("source_kind"), text("deal"), text("event"), day("day"), *money("earned"), *money("released"), body(),
    PrimaryKeyConstraint("calculation", "part", "key"),
    title="An earning line that a part computed",
)  # fmt: skip
