"""Customers and tickets change hands by rules, and customers lie in public pools."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let them, and find a person's customers quickly."""
    run_statements(op.get_bind(), "0017_charges")


def downgrade() -> None:
    """What was noted of them is lost; who has them stays."""
    run_statements(op.get_bind(), "0017_charges_undo")
