"""Version 7: conversations that need a person, which the inbox shows first."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute(
        """CREATE INDEX conversations_escalated ON conversations (tenant_id, last_message_at DESC, id DESC)
             WHERE needs_person_reason IS NOT NULL"""
    )


def downgrade() -> None:
    op.execute("DROP INDEX conversations_escalated")
