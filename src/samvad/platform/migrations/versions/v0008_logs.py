"""Version 8: the journal and the log of messages by time and by what went wrong, the provider's code kept.

Only columns that stand still for a message without trouble are indexed, so that its ticks cost no more.
"""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    for statement in (
        "CREATE INDEX deliveries_log ON deliveries (tenant_id, channel_id, received_at DESC, id DESC)",
        "DROP INDEX deliveries_verdict",
        """CREATE INDEX deliveries_verdict ON deliveries (tenant_id, verdict, received_at DESC, id DESC)
             WHERE verdict <> 'accepted'""",
        """ALTER TABLE messages ADD COLUMN provider_code text,
             ADD COLUMN trouble text GENERATED ALWAYS AS (
               CASE WHEN status IN ('failed', 'unknown', 'held', 'skipped') THEN status END) STORED""",
        "CREATE INDEX messages_log ON messages (tenant_id, channel_id, created_at DESC, id DESC)",
        """CREATE INDEX messages_trouble ON messages (tenant_id, trouble, created_at DESC, id DESC)
             WHERE trouble IS NOT NULL""",
        """CREATE INDEX messages_reason ON messages (tenant_id, reason, created_at DESC, id DESC)
             WHERE reason IS NOT NULL""",
        "CREATE INDEX alerts_recent ON alerts (resolved_at)",
        "GRANT SELECT ON alerts TO samvad_system",
        "CREATE POLICY system ON alerts FOR SELECT TO samvad_system USING (true)",
    ):
        op.execute(statement)


def downgrade() -> None:
    for statement in (
        "DROP POLICY system ON alerts",
        "REVOKE SELECT ON alerts FROM samvad_system",
        "DROP INDEX alerts_recent",
        "DROP INDEX messages_reason",
        "DROP INDEX messages_trouble",
        "DROP INDEX messages_log",
        "ALTER TABLE messages DROP COLUMN trouble, DROP COLUMN provider_code",
        "DROP INDEX deliveries_verdict",
        """CREATE INDEX deliveries_verdict ON deliveries (tenant_id, verdict, id)
             WHERE verdict <> 'accepted'""",
        "DROP INDEX deliveries_log",
    ):
        op.execute(statement)
