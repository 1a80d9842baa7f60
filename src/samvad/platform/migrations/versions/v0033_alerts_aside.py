"""Version 33: which alerts ended with a conversation that was laid aside, should that be undone."""

from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.execute("ALTER TABLE alerts ADD COLUMN laid_aside boolean NOT NULL DEFAULT false")


def downgrade() -> None:
    op.execute("ALTER TABLE alerts DROP COLUMN laid_aside")
