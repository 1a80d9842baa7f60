"""Version 24: a worker may follow the consent record of all tenants, to copy it out of the database."""

from alembic import op

from samvad.platform.migrations.tables import SYSTEM

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """It sees which lines there are; their words and whose they are only one tenant at a time."""
    op.execute("CREATE INDEX consents_newest ON consents (id)")
    op.execute(f"GRANT SELECT (tenant_id, id) ON consents TO {SYSTEM}")
    op.execute(f"CREATE POLICY system ON consents FOR SELECT TO {SYSTEM} USING (true)")


def downgrade() -> None:
    op.execute("DROP POLICY system ON consents")
    op.execute("REVOKE ALL ON consents FROM " + SYSTEM)
    op.execute("DROP INDEX consents_newest")
