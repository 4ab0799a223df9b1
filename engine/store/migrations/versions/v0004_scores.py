"""Scores: what people were told to have reached of KPIs."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and its indexes."""
    run_statements(op.get_bind(), "0004_scores")


def downgrade() -> None:
    """Drop them."""
    run_statements(op.get_bind(), "0004_scores_undo")
