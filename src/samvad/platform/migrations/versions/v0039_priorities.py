"""Version 39: how urgent a conversation is; those that need a person stand in that order."""

from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    for statement in (
        """ALTER TABLE conversations ADD COLUMN priority smallint NOT NULL DEFAULT 0
             CHECK (priority BETWEEN 0 AND 4)""",
        """CREATE INDEX conversations_priority ON conversations
             (tenant_id, priority, last_message_at DESC, id DESC) WHERE priority > 0""",
        "DROP INDEX conversations_escalated",
        """CREATE INDEX conversations_escalated ON conversations
             (tenant_id, priority DESC, last_message_at DESC, id DESC)
             WHERE needs_person_reason IS NOT NULL""",
    ):
        op.execute(statement)


def downgrade() -> None:
    for statement in (
        "DROP INDEX conversations_escalated",
        """CREATE INDEX conversations_escalated ON conversations (tenant_id, last_message_at DESC, id DESC)
             WHERE needs_person_reason IS NOT NULL""",
        "DROP INDEX conversations_priority",
        "ALTER TABLE conversations DROP COLUMN priority",
    ):
        op.execute(statement)
