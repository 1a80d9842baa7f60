"""Version 34: which windows of somebody without an account are open, counted over all processes."""

from alembic import op

from samvad.platform.migrations.tables import system_table

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE open_windows (
             subject bytea NOT NULL, holder uuid NOT NULL, until timestamptz NOT NULL,
             PRIMARY KEY (subject, holder))"""
    )
    op.execute("CREATE INDEX open_windows_holder ON open_windows (holder)")
    for statement in system_table("open_windows", "SELECT, INSERT, UPDATE, DELETE"):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE open_windows")
