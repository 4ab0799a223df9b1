"""Scores: what people were told to have reached of KPIs."""

from alembic import op

from engine.store.migrations import statements

revision = "0003"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and its indexes."""
    _run("0003_scores")


def downgrade() -> None:
    """Drop them."""
    _run("0003_scores_undo")


def _run(name: str) -> None:
    connection = op.get_bind()
    for statement in statements(name, connection.dialect.name):
        connection.exec_driver_sql(statement)
