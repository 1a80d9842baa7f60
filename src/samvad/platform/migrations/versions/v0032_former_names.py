"""Version 32: the names that people gave themselves before."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    for statement in (
        """CREATE TABLE former_names (
             tenant_id uuid NOT NULL, contact_id uuid NOT NULL, until timestamptz NOT NULL,
             name text NOT NULL,
             PRIMARY KEY (tenant_id, contact_id, until),
             FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts ON DELETE CASCADE)""",
        *tenant_table("former_names"),
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE former_names")
