"""What the program's own role may do on PostgreSQL: the owner of the tables makes them, another role works with them.

Triggers stop everybody who forgets; an owner could take them away. A role that owns nothing cannot, and on what is
written for ever it has no right but to read and to add.
"""

from sqlalchemy import text

from engine.store.database import Unit
from engine.store.tables import access, log, metadata, pay

FOR_EVER = (
    log.events, log.outcomes, log.audit, pay.ledger_entries, pay.closes, pay.exports, pay.line_frames,
    access.release_files, log.rules_used,
)  # fmt: skip
"""The tables whose rows are never changed and never deleted."""


def grant_to(unit: Unit, role: str) -> None:
    """Give a role exactly what the program needs, in a unit of the tables' owner. SQLite has no roles: nothing."""
    if unit.on_sqlite:
        return
    name = unit.connection.dialect.identifier_preparer.quote_identifier(role)
    unit.connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {name}"))
    for table in metadata.sorted_tables:
        rights = "SELECT, INSERT" if table in FOR_EVER else "SELECT, INSERT, UPDATE, DELETE"
        unit.connection.execute(text(f"REVOKE ALL ON {table.name} FROM {name}"))
        unit.connection.execute(text(f"GRANT {rights} ON {table.name} TO {name}"))
    unit.connection.execute(text(f"GRANT SELECT ON alembic_version TO {name}"))
