"""Version 35: canned replies."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    for statement in (
        """CREATE TABLE canned_replies (
             tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, shortcut text NOT NULL,
             name text NOT NULL, text text NOT NULL, created_at timestamptz NOT NULL,
             updated_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, id))""",
        "CREATE UNIQUE INDEX canned_replies_shortcut ON canned_replies (tenant_id, lower(shortcut))",
        *tenant_table("canned_replies"),
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE canned_replies")
