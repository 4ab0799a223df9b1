"""Frames: what many earning lines tell of the rules, kept once. Lines that are there keep the form they have."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and what guards it."""
    run_statements(op.get_bind(), "0005_frames")


def downgrade() -> None:
    """Drop them; lines that name a frame cannot be told any more."""
    run_statements(op.get_bind(), "0005_frames_undo")
