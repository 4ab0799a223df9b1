"""Credits may be for the house: counted, and paid to nobody."""

from alembic import op

from engine.store.migrations import statements

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the form `house` into the credits."""
    _run("0002_house")


def downgrade() -> None:
    """Credits for the house go with their form."""
    _run("0002_house_undo")


def _run(name: str) -> None:
    connection = op.get_bind()
    for statement in statements(name, connection.dialect.name):
        connection.exec_driver_sql(statement)
