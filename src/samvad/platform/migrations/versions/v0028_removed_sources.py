"""Version 28: sources that were removed a moment ago and can still be brought back."""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.execute("ALTER TABLE knowledge_sources ADD COLUMN removed_at timestamptz")
    op.execute("ALTER TABLE knowledge_sources ADD COLUMN kept_edition uuid")


def downgrade() -> None:
    op.execute("DELETE FROM knowledge_sources WHERE removed_at IS NOT NULL")
    op.execute("ALTER TABLE knowledge_sources DROP COLUMN kept_edition")
    op.execute("ALTER TABLE knowledge_sources DROP COLUMN removed_at")
