"""Contacts, deals by contact, and enrolments by version, by room and by priority."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, the columns and their indexes."""
    run_statements(op.get_bind(), "0010_contacts")


def downgrade() -> None:
    """Drop them."""
    run_statements(op.get_bind(), "0010_contacts_undo")
