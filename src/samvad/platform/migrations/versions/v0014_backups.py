"""Version 14: the owner role may read every row, so that a backup needs no superuser."""

from alembic import op
from sqlalchemy import text

from samvad.platform.migrations.tables import readable

revision = "0014"
down_revision = "0013"

_LACKING = """
SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity
  AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'backup') ORDER BY 1"""
_HAVING = "SELECT polrelid::regclass::text FROM pg_policy WHERE polname = 'backup' ORDER BY 1"


def upgrade() -> None:
    """Tables of a database that is made anew have the policy from the first version on."""
    for name in op.get_bind().execute(text(_LACKING)).scalars().all():
        op.execute(readable(name))


def downgrade() -> None:
    for name in op.get_bind().execute(text(_HAVING)).scalars().all():
        op.execute(f"DROP POLICY backup ON {name}")
