"""Version 36: what members think of answers, and which of these somebody has dealt with."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    for statement in (
        """CREATE TABLE judgements (
             tenant_id uuid NOT NULL, message_id uuid NOT NULL, member_id uuid NOT NULL,
             verdict text NOT NULL CHECK (verdict IN ('up','down')), reason text NOT NULL,
             at timestamptz NOT NULL, PRIMARY KEY (tenant_id, message_id, member_id),
             FOREIGN KEY (tenant_id, message_id) REFERENCES messages ON DELETE CASCADE,
             FOREIGN KEY (tenant_id, member_id) REFERENCES members ON DELETE CASCADE)""",
        *tenant_table("judgements"),
        """CREATE TABLE judged_answers (
             tenant_id uuid NOT NULL, message_id uuid NOT NULL, ups int NOT NULL, downs int NOT NULL,
             judged_at timestamptz NOT NULL, settled_at timestamptz, PRIMARY KEY (tenant_id, message_id),
             FOREIGN KEY (tenant_id, message_id) REFERENCES messages ON DELETE CASCADE)""",
        """CREATE INDEX judged_answers_wrong ON judged_answers
             (tenant_id, (settled_at IS NULL), judged_at DESC, message_id DESC) WHERE downs > 0""",
        *tenant_table("judged_answers"),
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE judged_answers")
    op.execute("DROP TABLE judgements")
