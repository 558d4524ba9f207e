"""Indexes under which the rooms' lists find what is open."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_promise_state", "promise", ["state", "until_on"], unique=False)
    op.create_index("ix_recommendation_state", "recommendation", ["state", "found_at"], unique=False)
