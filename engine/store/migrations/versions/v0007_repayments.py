"""Repayments: what payees gave back outside of their pay."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, its indexes and its guards."""
    run_statements(op.get_bind(), "0007_repayments")


def downgrade() -> None:
    """Drop them, and what they say."""
    run_statements(op.get_bind(), "0007_repayments_undo")
