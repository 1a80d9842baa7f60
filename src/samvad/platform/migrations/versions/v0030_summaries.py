"""Version 30: what a person is told when called, and the call that resolving or snoozing laid aside."""

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.execute("ALTER TABLE conversations ADD COLUMN summary jsonb")
    op.execute("ALTER TABLE conversations ADD COLUMN laid_aside text")


def downgrade() -> None:
    op.execute("ALTER TABLE conversations DROP COLUMN laid_aside")
    op.execute("ALTER TABLE conversations DROP COLUMN summary")
