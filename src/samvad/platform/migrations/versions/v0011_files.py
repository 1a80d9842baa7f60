"""Version 11: the files that came with messages, in parts."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE message_files (
             tenant_id uuid NOT NULL, message_id uuid NOT NULL, part int NOT NULL, content bytea NOT NULL,
             PRIMARY KEY (tenant_id, message_id, part),
             FOREIGN KEY (tenant_id, message_id) REFERENCES messages ON DELETE CASCADE)"""
    )
    # pictures, voice and PDF are packed already
    op.execute("ALTER TABLE message_files ALTER COLUMN content SET STORAGE EXTERNAL")
    for statement in tenant_table("message_files"):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE message_files")
