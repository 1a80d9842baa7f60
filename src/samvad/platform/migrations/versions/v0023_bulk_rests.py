"""Version 23: numbers whose templates and bulk rest, while answers go on."""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.execute("ALTER TABLE channel_send_facts ADD COLUMN bulk_rests_until timestamptz")


def downgrade() -> None:
    op.execute("ALTER TABLE channel_send_facts DROP COLUMN bulk_rests_until")
