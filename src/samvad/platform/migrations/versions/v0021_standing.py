"""Version 21: what the provider says of a number."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.execute("ALTER TABLE channels ADD COLUMN standing jsonb")


def downgrade() -> None:
    op.execute("ALTER TABLE channels DROP COLUMN standing")
