"""Accounts by name, and which account stands for another."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column and the indexes."""
    run_statements(op.get_bind(), "0015_accounts")


def downgrade() -> None:
    """Drop them."""
    run_statements(op.get_bind(), "0015_accounts_undo")
