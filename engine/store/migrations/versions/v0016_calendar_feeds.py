"""Calendar feeds: one secret address for each user, known by its hash alone."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    run_statements(op.get_bind(), "0016_calendar_feeds")


def downgrade() -> None:
    """Drop it."""
    run_statements(op.get_bind(), "0016_calendar_feeds_undo")
