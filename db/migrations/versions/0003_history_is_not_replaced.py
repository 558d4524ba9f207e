"""Triggers that keep history rows from being replaced by new ones or cleared away at once."""

from alembic import op

from db.migrations import history_triggers

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    history_triggers.close_ways_around(op.get_bind())
