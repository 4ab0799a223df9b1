"""The first form of the database: log, records, rules, pay, access."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, index and trigger."""
    run_statements(op.get_bind(), "0001_first")


def downgrade() -> None:
    """Drop them all."""
    run_statements(op.get_bind(), "0001_first_undo")
