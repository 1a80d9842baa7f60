"""Version 27: labels, and the conversations that bear them."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    for statement in (
        """CREATE TABLE labels (
             tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, name text NOT NULL,
             colour text NOT NULL, created_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, id))""",
        "CREATE UNIQUE INDEX labels_name ON labels (tenant_id, lower(name))",
        *tenant_table("labels"),
        """CREATE TABLE conversation_labels (
             tenant_id uuid NOT NULL, conversation_id uuid NOT NULL, label_id uuid NOT NULL,
             at timestamptz NOT NULL, PRIMARY KEY (tenant_id, conversation_id, label_id),
             FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations ON DELETE CASCADE,
             FOREIGN KEY (tenant_id, label_id) REFERENCES labels ON DELETE CASCADE)""",
        """CREATE INDEX conversation_labels_label
             ON conversation_labels (tenant_id, label_id, conversation_id)""",
        *tenant_table("conversation_labels"),
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE conversation_labels")
    op.execute("DROP TABLE labels")
