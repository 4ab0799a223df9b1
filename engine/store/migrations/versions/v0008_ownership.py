"""Ownership: what changed hands by rules, what is held of public pools, tallies."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and their indexes."""
    run_statements(op.get_bind(), "0008_ownership")


def downgrade() -> None:
    """Drop them."""
    run_statements(op.get_bind(), "0008_ownership_undo")
