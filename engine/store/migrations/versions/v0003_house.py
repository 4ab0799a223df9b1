"""Credits may be for the house: counted, and paid to nobody."""

from alembic import op

from engine.store.migrations import run_statements

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the form `house` into the credits."""
    run_statements(op.get_bind(), "0003_house")


def downgrade() -> None:
    """Credits for the house go with their form."""
    run_statements(op.get_bind(), "0003_house_undo")
