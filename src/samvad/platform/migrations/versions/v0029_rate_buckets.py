"""Version 29: how much somebody without an account may still ask for, counted over all processes."""

from alembic import op

from samvad.platform.migrations.tables import system_table

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE rate_buckets (
             subject bytea PRIMARY KEY, tokens double precision NOT NULL, taken boolean NOT NULL,
             at timestamptz NOT NULL) WITH (fillfactor = 50)"""
    )
    op.execute("CREATE INDEX rate_buckets_age ON rate_buckets (at)")
    for statement in system_table("rate_buckets", "SELECT, INSERT, UPDATE, DELETE"):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE rate_buckets")
