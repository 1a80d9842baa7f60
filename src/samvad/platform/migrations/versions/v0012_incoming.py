"""Version 12: how much comes for a number, where its limit counts both ways."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute(
        """ALTER TABLE channel_send_facts
             ADD COLUMN incoming double precision NOT NULL DEFAULT 0, ADD COLUMN incoming_at timestamptz"""
    )


def downgrade() -> None:
    op.execute("ALTER TABLE channel_send_facts DROP COLUMN incoming, DROP COLUMN incoming_at")
