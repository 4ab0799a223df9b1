"""Who may come in: users, their roles, their sessions; and which rules are released, by whom, and why."""

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint

from engine.store.tables.guards import fixed, guard
from engine.store.tables.insert_only import insert_only
from engine.store.tables.kinds import choice, day, digest, flag, instant, key, number_key, reference, table, text

users = table(
    "users", key("name"), text("person"), text("password_hash"), choice("language", "en", "zh"), flag("disabled"),
    instant("made_at"),
    Index(None, "person"),
    title="Somebody who may sign in; person is their id in the records, or empty",
)  # fmt: skip

user_roles = table(
    "user_roles", reference("name", "users.name"),
    choice("role", "rep", "manager", "ops", "finance", "admin", "auditor"),
    PrimaryKeyConstraint("name", "role"),
    title="What a user may do",
)  # fmt: skip

sessions = table(
    "sessions", key("token_hash"), reference("name", "users.name"), instant("made_at"), instant("seen_at"),
    instant("idle_until"), instant("ends_at"),
    CheckConstraint("length(token_hash) = 64", name="token_hash_is_sha256"),
    Index(None, "name"), Index(None, "ends_at"),
    title="One signed-in browser; the token itself is known to the browser alone",
)  # fmt: skip

calendar_feeds = table(
    "calendar_feeds", reference("name", "users.name"), text("token_hash"), text("time_zone"), instant("made_at"),
    PrimaryKeyConstraint("name"),
    CheckConstraint("length(token_hash) = 64", name="token_hash_is_sha256"),
    UniqueConstraint("token_hash"),
    title="The secret address under which a user's calendar program reads their tasks; the token itself is known to that program alone",
)  # fmt: skip

releases = table(
    "releases", number_key(), digest("fingerprint"), text("author"), text("reason"), instant("made_at"),
    day("in_force_from"), choice("state", "proposed", "approved", "rejected"), text("decided_by", needed=False),
    instant("decided_at", needed=False), text("decision_reason"),
    CheckConstraint("decided_by <> author", name="two_people"),
    CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided_by_somebody"),
    Index(None, "fingerprint"), Index(None, "state", "in_force_from", "seq"),
    title="A rulebook as it was proposed, approved or rejected, and from when it is in force",
)  # fmt: skip

release_files = insert_only(
    table(
        "release_files", reference("release", "releases.seq"), text("path"), text("text"),
        UniqueConstraint("release", "path"),
        title="The exact text of one file of a release",
    )
)  # fmt: skip

guard(releases, "decided_once", "UPDATE",
      f"OLD.state <> 'proposed' OR {fixed('seq', 'fingerprint', 'author', 'reason', 'made_at', 'in_force_from')}",
      "a release is decided once, and what it says is never changed")  # fmt: skip
guard(releases, "kept", "DELETE", "OLD.seq > 0", "releases are never deleted")
