"""From which event on the log was decided by which rules."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    run_statements(op.get_bind(), "0011_rules_used")


def downgrade() -> None:
    """Drop it."""
    run_statements(op.get_bind(), "0011_rules_used_undo")
