"""The first form of the database: log, records, rules, pay, access."""

from alembic import op

from engine.store.migrations import statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, index and trigger."""
    _run("0001_first")


def downgrade() -> None:
    """Drop them all."""
    _run("0001_first_undo")


def _run(name: str) -> None:
    connection = op.get_bind()
    for statement in statements(name, connection.dialect.name):
        connection.exec_driver_sql(statement)
