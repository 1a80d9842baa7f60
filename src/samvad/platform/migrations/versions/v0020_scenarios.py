"""The scenarios that a tenant has written."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0020"
down_revision = "0019"

SCENARIOS = """CREATE TABLE scenarios (
    tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, name text NOT NULL, source text NOT NULL,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, id))"""


def upgrade() -> None:
    for statement in (SCENARIOS, *tenant_table("scenarios")):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE scenarios")
