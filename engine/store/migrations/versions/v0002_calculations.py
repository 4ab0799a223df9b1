"""Calculations in progress: parts that are done, until all are and become a draft run."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of a calculation in progress."""
    run_statements(op.get_bind(), "0002_calculations")


def downgrade() -> None:
    """Drop them."""
    run_statements(op.get_bind(), "0002_calculations_undo")
