"""Version 25: how many of a webhook's items had come before."""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.execute("ALTER TABLE deliveries ADD COLUMN duplicates int NOT NULL DEFAULT 0")


def downgrade() -> None:
    op.execute("UPDATE deliveries SET verdict = 'accepted' WHERE verdict = 'duplicate'")
    op.execute("ALTER TABLE deliveries DROP COLUMN duplicates")
