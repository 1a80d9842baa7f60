"""Which demo business a tenant has, and what of it is still untouched."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0004"
down_revision = "0003"

DEMOS = """CREATE TABLE demos (
    tenant_id uuid PRIMARY KEY REFERENCES tenants, name text NOT NULL, brought jsonb NOT NULL,
    loaded_at timestamptz NOT NULL)"""


def upgrade() -> None:
    for statement in (DEMOS, *tenant_table("demos")):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE demos")
