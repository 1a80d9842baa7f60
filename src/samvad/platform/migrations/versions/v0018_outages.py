"""Version 18: numbers whose provider is down."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.execute(
        """ALTER TABLE channel_send_facts ADD COLUMN failures integer NOT NULL DEFAULT 0,
             ADD COLUMN down_since timestamptz, ADD COLUMN probe_at timestamptz"""
    )


def downgrade() -> None:
    for column in ("failures", "down_since", "probe_at"):
        op.execute(f"ALTER TABLE channel_send_facts DROP COLUMN {column}")
