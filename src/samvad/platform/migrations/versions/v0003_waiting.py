"""What waits: how often a newer message undid a reply, and whether people were told of an unknown send."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for statement in (
        "ALTER TABLE timers ADD COLUMN restarts int NOT NULL DEFAULT 0",
        "ALTER TABLE outbound ADD COLUMN told_at timestamptz",
    ):
        op.execute(statement)


def downgrade() -> None:
    for statement in (
        "ALTER TABLE outbound DROP COLUMN told_at",
        "ALTER TABLE timers DROP COLUMN restarts",
    ):
        op.execute(statement)
