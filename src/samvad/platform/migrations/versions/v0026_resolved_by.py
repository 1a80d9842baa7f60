"""Version 26: who, or what, resolved a conversation."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.execute("ALTER TABLE conversations ADD COLUMN resolved_by text")


def downgrade() -> None:
    op.execute("ALTER TABLE conversations DROP COLUMN resolved_by")
