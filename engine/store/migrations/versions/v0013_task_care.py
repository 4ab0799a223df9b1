"""Who gets a task back, and when the clock looks at it."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns and their indexes."""
    run_statements(op.get_bind(), "0013_task_care")


def downgrade() -> None:
    """Drop them."""
    run_statements(op.get_bind(), "0013_task_care_undo")
