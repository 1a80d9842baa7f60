"""Version 16: contacts that turned out to be one person, and what it takes to part them again."""

from alembic import op

from samvad.platform.migrations.tables import tenant_table

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    for statement in (
        "ALTER TABLE contacts ADD COLUMN merged_into uuid",
        "ALTER TABLE conversations ADD COLUMN merged_into uuid",
        """CREATE INDEX contacts_merged ON contacts (tenant_id, merged_into)
             WHERE merged_into IS NOT NULL""",
        """CREATE TABLE contact_merges (
             tenant_id uuid NOT NULL, id uuid NOT NULL, kept_id uuid NOT NULL, absorbed_id uuid NOT NULL,
             how text NOT NULL CHECK (how IN ('hand','evidence')), why text NOT NULL, moved jsonb NOT NULL,
             actor text NOT NULL, at timestamptz NOT NULL, undone_at timestamptz, undone_by text,
             PRIMARY KEY (tenant_id, id),
             FOREIGN KEY (tenant_id, kept_id) REFERENCES contacts ON DELETE CASCADE,
             FOREIGN KEY (tenant_id, absorbed_id) REFERENCES contacts ON DELETE CASCADE)""",
        "CREATE INDEX contact_merges_kept ON contact_merges (tenant_id, kept_id, id)",
        "CREATE INDEX contact_merges_absorbed ON contact_merges (tenant_id, absorbed_id, id)",
        *tenant_table("contact_merges"),
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE contact_merges")
    op.execute("ALTER TABLE conversations DROP COLUMN merged_into")
    op.execute("ALTER TABLE contacts DROP COLUMN merged_into")
