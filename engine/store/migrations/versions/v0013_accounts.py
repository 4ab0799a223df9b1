"""Accounts by name, and which account stands for another."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column and the indexes."""
    run_statements(op.get_bind(), "0013_accounts")


def downgrade() -> None:
    """Drop them."""
    run_statements(op.get_bind(), "0013_accounts_undo")
