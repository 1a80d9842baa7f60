"""Version 17: the template that automations use in a closed window, and held messages by conversation."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    for statement in (
        "ALTER TABLE channels ADD COLUMN window_template jsonb",
        # `trouble` stands still for a message without trouble, so its ticks cost no more
        "CREATE INDEX messages_held ON messages (tenant_id, conversation_id) WHERE trouble = 'held'",
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP INDEX messages_held")
    op.execute("ALTER TABLE channels DROP COLUMN window_template")
