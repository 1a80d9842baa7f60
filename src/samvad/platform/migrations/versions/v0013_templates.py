"""Version 13: message templates of accounts, how asking for them went, and who wants no marketing."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0013"
down_revision = "0012"

# what contacts told their provider before the gate looked at it; forced security hides rows from the owner
_STOPPED = """
UPDATE contact_send_facts f SET marketing_stopped = true
FROM (SELECT DISTINCT ON (tenant_id, contact_id) tenant_id, contact_id, change FROM consents
      WHERE change IN ('marketing_stop', 'marketing_resume') ORDER BY tenant_id, contact_id, id DESC) c
WHERE f.tenant_id = c.tenant_id AND f.contact_id = c.contact_id AND c.change = 'marketing_stop'
"""


def upgrade() -> None:
    for statement in (
        """CREATE TABLE templates (
             tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, provider text NOT NULL,
             account text NOT NULL, external_id text NOT NULL, name text NOT NULL, language text NOT NULL,
             category text NOT NULL, status text NOT NULL, quality text NOT NULL, reason text NOT NULL,
             layout jsonb NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
             PRIMARY KEY (tenant_id, id),
             UNIQUE (tenant_id, provider, account, name, language))""",
        "CREATE INDEX templates_names ON templates (tenant_id, name, language, id)",
        *tenant_table("templates"),
        """CREATE TABLE template_syncs (
             tenant_id uuid NOT NULL, channel_id uuid NOT NULL, tried_at timestamptz NOT NULL,
             synced_at timestamptz, problem text NOT NULL,
             PRIMARY KEY (tenant_id, channel_id),
             FOREIGN KEY (tenant_id, channel_id) REFERENCES channels)""",
        *tenant_table("template_syncs"),
        "ALTER TABLE contact_send_facts ADD COLUMN marketing_stopped boolean NOT NULL DEFAULT false",
        "ALTER TABLE contact_send_facts NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE consents NO FORCE ROW LEVEL SECURITY",
        _STOPPED,
        "ALTER TABLE consents FORCE ROW LEVEL SECURITY",
        "ALTER TABLE contact_send_facts FORCE ROW LEVEL SECURITY",
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("ALTER TABLE contact_send_facts DROP COLUMN marketing_stopped")
    op.execute("DROP TABLE template_syncs")
    op.execute("DROP TABLE templates")
