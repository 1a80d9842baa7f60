"""Version 15: how many people an account may write to first in a day, and who rests from marketing."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    for statement in (
        "ALTER TABLE channel_send_facts ADD COLUMN account text NOT NULL DEFAULT ''",
        "ALTER TABLE channel_send_facts NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE channels NO FORCE ROW LEVEL SECURITY",
        """UPDATE channel_send_facts f SET account = c.account FROM channels c
           WHERE c.tenant_id = f.tenant_id AND c.id = f.channel_id""",
        "ALTER TABLE channels FORCE ROW LEVEL SECURITY",
        "ALTER TABLE channel_send_facts FORCE ROW LEVEL SECURITY",
        "ALTER TABLE contact_send_facts ADD COLUMN marketing_rests_until timestamptz",
        "ALTER TABLE tenant_send_facts DROP COLUMN portfolio_spent",
        # `room`: how many more may be written to now; counted anew every minute
        """CREATE TABLE account_limits (
             tenant_id uuid NOT NULL REFERENCES tenants, account text NOT NULL, daily int NOT NULL,
             room int NOT NULL, told_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, account))""",
        *tenant_table("account_limits", system="SELECT, UPDATE"),
        # by the gate, in the claim's own transaction; no foreign key, as in the other facts of sending
        """CREATE TABLE account_recipients (
             tenant_id uuid NOT NULL, account text NOT NULL, contact_id uuid NOT NULL,
             at timestamptz NOT NULL, PRIMARY KEY (tenant_id, account, contact_id))""",
        *tenant_table("account_recipients", rights="SELECT", system="SELECT, INSERT, UPDATE, DELETE"),
        "CREATE INDEX account_recipients_old ON account_recipients (at)",
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE account_recipients")
    op.execute("DROP TABLE account_limits")
    op.execute("ALTER TABLE tenant_send_facts ADD COLUMN portfolio_spent boolean NOT NULL DEFAULT false")
    op.execute("ALTER TABLE contact_send_facts DROP COLUMN marketing_rests_until")
    op.execute("ALTER TABLE channel_send_facts DROP COLUMN account")
