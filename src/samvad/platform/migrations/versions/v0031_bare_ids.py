"""Version 31: the provider's own id of a message, where `external_id` is made of chat and id (Green API).

A column, for no index over an expression is used below row-level security.
"""

from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.execute("ALTER TABLE messages ADD COLUMN bare_id text")
    op.execute(
        """CREATE INDEX messages_bare ON messages (tenant_id, channel_id, bare_id)
           WHERE bare_id IS NOT NULL"""
    )


def downgrade() -> None:
    op.execute("ALTER TABLE messages DROP COLUMN bare_id")
