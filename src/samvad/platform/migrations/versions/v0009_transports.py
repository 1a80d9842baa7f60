"""Version 9: numbers of any provider: options by name, routes of any family, deliveries that name theirs."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("ALTER TABLE channels ADD COLUMN options jsonb NOT NULL DEFAULT '{}'")
    op.execute("UPDATE channels SET options = jsonb_build_object('graph_version', graph_version)")
    op.execute("ALTER TABLE channels ALTER COLUMN options DROP DEFAULT")
    op.execute("ALTER TABLE channels DROP COLUMN graph_version")
    op.execute("ALTER TABLE channel_routes RENAME COLUMN app_secret TO secret")
    op.execute("UPDATE deliveries SET door = CASE door WHEN 'own' THEN 'meta/own' ELSE 'meta' END")


def downgrade() -> None:
    op.execute("UPDATE deliveries SET door = CASE WHEN door LIKE '%/own' THEN 'own' ELSE 'app' END")
    op.execute("ALTER TABLE channel_routes RENAME COLUMN secret TO app_secret")
    op.execute("ALTER TABLE channels ADD COLUMN graph_version text NOT NULL DEFAULT ''")
    op.execute("UPDATE channels SET graph_version = coalesce(options ->> 'graph_version', '')")
    op.execute("ALTER TABLE channels ALTER COLUMN graph_version DROP DEFAULT")
    op.execute("ALTER TABLE channels DROP COLUMN options")
