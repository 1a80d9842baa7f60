"""Version 22: who has seen an alert, who ended it, and all of one cause."""

from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.execute(
        """ALTER TABLE alerts ADD COLUMN acknowledged_at timestamptz,
             ADD COLUMN acknowledged_by text NOT NULL DEFAULT '',
             ADD COLUMN resolved_by text NOT NULL DEFAULT ''"""
    )
    op.execute("CREATE INDEX alerts_subject ON alerts (tenant_id, subject, id)")


def downgrade() -> None:
    op.execute("DROP INDEX alerts_subject")
    for column in ("acknowledged_at", "acknowledged_by", "resolved_by"):
        op.execute(f"ALTER TABLE alerts DROP COLUMN {column}")
