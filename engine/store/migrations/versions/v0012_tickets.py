"""Tickets, and what customers thought of how they were seen to."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and their indexes."""
    run_statements(op.get_bind(), "0012_tickets")


def downgrade() -> None:
    """Drop them."""
    run_statements(op.get_bind(), "0012_tickets_undo")
