"""Version 37: what whoever gives a conversation back tells the assistant."""

from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.execute("ALTER TABLE mode_changes ADD COLUMN hint text NOT NULL DEFAULT ''")


def downgrade() -> None:
    op.execute("ALTER TABLE mode_changes DROP COLUMN hint")
