"""Indexes of the queue and the team: what a person did today, and whose deals nobody touched for longest, without reading
everything that they ever had."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    run_statements(op.get_bind(), "0014_queue")


def downgrade() -> None:
    """Drop them."""
    run_statements(op.get_bind(), "0014_queue_undo")
