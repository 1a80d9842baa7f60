"""Version 19: the provider's ids of earlier attempts of a message: their statuses say nothing of this one."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("ALTER TABLE messages ADD COLUMN resent_ids text[] NOT NULL DEFAULT '{}'")


def downgrade() -> None:
    op.execute("ALTER TABLE messages DROP COLUMN resent_ids")
