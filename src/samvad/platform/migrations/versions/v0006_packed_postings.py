"""Version 6: postings packed in blocks that stand in their index, vectors in half precision."""

from collections.abc import Iterator

from alembic import op
from sqlalchemy import text

from samvad.platform.migrations.tables import tenant_table
from samvad.platform.migrations.versions.v0005_knowledge import NEAREST, POSTINGS, POSTINGS_SOURCE

revision = "0006"
down_revision = "0005"

# `held`: for each passage of a block of 128 its place there, times 65536, and its weight as a share of 1.9 in
# 65535ths. A search reads no more than the index: 388 rows of a term are 12 of its pages instead of 388.
PACKED = """CREATE TABLE knowledge_postings (
    tenant_id uuid NOT NULL, term text NOT NULL, source_id uuid NOT NULL, edition uuid NOT NULL,
    block int NOT NULL, held int[] NOT NULL)"""
PACK = """INSERT INTO knowledge_postings
    SELECT p.tenant_id, p.term, p.source_id, p.edition, at.position / 128,
      array_agg(at.position % 128 << 16 | greatest(1, least(65535, round(at.weight / 1.9 * 65535)::int))
        ORDER BY at.position)
    FROM knowledge_postings_old p, unnest(p.positions, p.weights) AS at (position, weight)
    GROUP BY p.tenant_id, p.term, p.source_id, p.edition, at.position / 128"""
KEYS = (
    "ALTER TABLE knowledge_postings ADD PRIMARY KEY (tenant_id, term, edition, block) INCLUDE (held)",
    """ALTER TABLE knowledge_postings ADD FOREIGN KEY (tenant_id, source_id) REFERENCES knowledge_sources
         ON DELETE CASCADE""",
    # without `edition`: a search that names one must not be led here
    "CREATE INDEX knowledge_postings_source ON knowledge_postings (tenant_id, source_id)",
)
UNPACK = """INSERT INTO knowledge_postings
    SELECT p.tenant_id, p.term, p.source_id, p.edition,
      array_agg(p.block * 128 + (one >> 16) ORDER BY p.block, one),
      array_agg(((one & 65535) * 1.9 / 65535)::real ORDER BY p.block, one)
    FROM knowledge_postings_old p, unnest(p.held) AS one
    GROUP BY p.tenant_id, p.term, p.source_id, p.edition"""
HALF = """CREATE INDEX knowledge_vectors_nearest ON knowledge_vectors
    USING hnsw (embedding halfvec_ip_ops)"""


def upgrade() -> None:
    for statement in _replaced([PACKED, PACK, *KEYS]):
        op.execute(statement)
    _convert("vector", "halfvec", HALF)


def downgrade() -> None:
    for statement in _replaced([POSTINGS, POSTINGS_SOURCE, UNPACK]):
        op.execute(statement)
    _convert("halfvec", "vector", NEAREST)


def _replaced(making: list[str]) -> Iterator[str]:
    """Forced row-level security hides every tenant's rows from the owner too, so it rests meanwhile."""
    yield "SET LOCAL maintenance_work_mem = '256MB'"
    yield "ALTER TABLE knowledge_sources NO FORCE ROW LEVEL SECURITY"
    yield "ALTER TABLE knowledge_postings NO FORCE ROW LEVEL SECURITY"
    yield "ALTER TABLE knowledge_postings RENAME TO knowledge_postings_old"
    yield "ALTER INDEX knowledge_postings_pkey RENAME TO knowledge_postings_old_pkey"
    yield "ALTER INDEX knowledge_postings_source RENAME TO knowledge_postings_old_source"
    yield from making
    yield "DROP TABLE knowledge_postings_old"
    yield "ALTER TABLE knowledge_sources FORCE ROW LEVEL SECURITY"
    yield from tenant_table("knowledge_postings")


def _convert(old: str, new: str, index: str) -> None:
    """Nothing where vectors are plain arrays."""
    found = op.get_bind().execute(
        text(
            """SELECT format_type(atttypid, NULL) FROM pg_attribute
               WHERE attrelid = 'knowledge_vectors'::regclass AND attname = 'embedding'"""
        )
    )
    if found.scalar() != old:
        return
    for statement in (
        "DROP INDEX IF EXISTS knowledge_vectors_nearest",
        f"ALTER TABLE knowledge_vectors ALTER COLUMN embedding TYPE {new}(384) USING embedding::{new}(384)",
        index,
    ):
        op.execute(statement)
