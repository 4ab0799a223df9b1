"""Tasks by who ended them when: what a person did today is found without reading all that they ever did."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0014"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    run_statements(op.get_bind(), "0014_queue")


def downgrade() -> None:
    """Drop it."""
    run_statements(op.get_bind(), "0014_queue_undo")
