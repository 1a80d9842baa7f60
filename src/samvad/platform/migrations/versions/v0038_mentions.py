"""Version 38: who is mentioned in the team's notes, and whether they have seen it."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    for statement in (
        """CREATE TABLE mentions (
             tenant_id uuid NOT NULL, message_id uuid NOT NULL, member_id uuid NOT NULL,
             conversation_id uuid NOT NULL, at timestamptz NOT NULL, seen_at timestamptz,
             PRIMARY KEY (tenant_id, message_id, member_id),
             FOREIGN KEY (tenant_id, message_id) REFERENCES messages ON DELETE CASCADE,
             FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations ON DELETE CASCADE,
             FOREIGN KEY (tenant_id, member_id) REFERENCES members ON DELETE CASCADE)""",
        "CREATE INDEX mentions_conversation ON mentions (tenant_id, conversation_id, member_id)",
        "CREATE INDEX mentions_member ON mentions (tenant_id, member_id, at DESC)",
        *tenant_table("mentions"),
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE mentions")
