"""Settlements: what a run left waiting, so that the next one reads the open days alone."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the index by which the lines of some windows are found."""
    run_statements(op.get_bind(), "0006_settlements")


def downgrade() -> None:
    """Drop both."""
    run_statements(op.get_bind(), "0006_settlements_undo")
