"""Version 10: channels that are asked for news: from where on, when next, and by whom just now."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    for statement in (
        """CREATE TABLE channel_polls (
            tenant_id uuid NOT NULL, channel_id uuid NOT NULL, pause double precision NOT NULL,
            next_at timestamptz NOT NULL, cursor text NOT NULL, failures int NOT NULL, gen bigint NOT NULL,
            lease_until timestamptz, lease_owner uuid,
            PRIMARY KEY (tenant_id, channel_id)) WITH (fillfactor = 50)""",
        "CREATE INDEX channel_polls_next ON channel_polls (next_at)",
        *tenant_table("channel_polls", system="SELECT, UPDATE"),
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE channel_polls")
