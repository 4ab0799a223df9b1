"""Approvals: what deals were asked to be allowed, and who agreed."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and its indexes."""
    run_statements(op.get_bind(), "0008_approvals")


def downgrade() -> None:
    """Drop them."""
    run_statements(op.get_bind(), "0008_approvals_undo")
