"""Version 5: knowledge, its files, passages, postings and vectors."""

from alembic import op
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from samvad.platform.migrations.tables import tenant_table

revision = "0005"
down_revision = "0004"

# one row for a term in a source: where it stands and how much it weighs there
POSTINGS = """CREATE TABLE knowledge_postings (
        tenant_id uuid NOT NULL, term text NOT NULL, source_id uuid NOT NULL, edition uuid NOT NULL,
        positions int[] NOT NULL, weights real[] NOT NULL,
        PRIMARY KEY (tenant_id, term, source_id, edition),
        FOREIGN KEY (tenant_id, source_id) REFERENCES knowledge_sources ON DELETE CASCADE)"""
POSTINGS_SOURCE = """CREATE INDEX knowledge_postings_source
        ON knowledge_postings (tenant_id, source_id, edition)"""
SOURCES = (
    # `edition` names the one finished indexing that searches see; another may be growing beside it
    """CREATE TABLE knowledge_sources (
        tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, name text NOT NULL,
        state text NOT NULL CHECK (state IN ('pending','processing','completed','failed')),
        error text, kind text, size bigint NOT NULL, checksum text NOT NULL,
        version int NOT NULL DEFAULT 1, edition uuid, passages int NOT NULL DEFAULT 0,
        windows int NOT NULL DEFAULT 0, hidden int NOT NULL DEFAULT 0,
        superseded boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id))""",
    "CREATE INDEX knowledge_sources_newest ON knowledge_sources (tenant_id, created_at DESC, id DESC)",
    """CREATE TABLE knowledge_files (
        tenant_id uuid NOT NULL, source_id uuid NOT NULL, part int NOT NULL, content bytea NOT NULL,
        PRIMARY KEY (tenant_id, source_id, part),
        FOREIGN KEY (tenant_id, source_id) REFERENCES knowledge_sources ON DELETE CASCADE)""",
    "ALTER TABLE knowledge_files ALTER COLUMN content SET STORAGE EXTERNAL",  # most are packed already
    """CREATE TABLE knowledge_passages (
        tenant_id uuid NOT NULL, source_id uuid NOT NULL, edition uuid NOT NULL, position int NOT NULL,
        id uuid NOT NULL, kind text NOT NULL CHECK (kind IN ('text','row','faq')), text text NOT NULL,
        heading text NOT NULL, page int, fields jsonb NOT NULL,
        PRIMARY KEY (tenant_id, source_id, edition, position),
        FOREIGN KEY (tenant_id, source_id) REFERENCES knowledge_sources ON DELETE CASCADE)""",
    "CREATE INDEX knowledge_passages_id ON knowledge_passages (tenant_id, id)",
    POSTINGS,
    POSTINGS_SOURCE,
    """CREATE TABLE knowledge_terms (
        tenant_id uuid NOT NULL, term text NOT NULL, holding int NOT NULL,
        PRIMARY KEY (tenant_id, term)) WITH (fillfactor = 70)""",
    """CREATE TABLE knowledge_totals (
        tenant_id uuid PRIMARY KEY, passages int NOT NULL, windows int NOT NULL)""",
)
VECTORS = """CREATE TABLE knowledge_vectors (
        tenant_id uuid NOT NULL, source_id uuid NOT NULL, edition uuid NOT NULL, position int NOT NULL,
        part int NOT NULL, embedding {type} NOT NULL,
        PRIMARY KEY (tenant_id, source_id, edition, position, part),
        FOREIGN KEY (tenant_id, source_id) REFERENCES knowledge_sources ON DELETE CASCADE)"""
NEAREST = """CREATE INDEX knowledge_vectors_nearest ON knowledge_vectors
        USING hnsw (embedding vector_ip_ops)"""
TABLES = (
    "knowledge_sources", "knowledge_files", "knowledge_passages", "knowledge_postings", "knowledge_terms",
    "knowledge_totals", "knowledge_vectors",
)  # fmt: skip


def upgrade() -> None:
    for statement in SOURCES:
        op.execute(statement)
    if _has_vector():
        op.execute(VECTORS.format(type="vector(384)"))
        op.execute(NEAREST)
    else:
        op.execute(VECTORS.format(type="real[]"))
    for name in TABLES:
        for statement in tenant_table(name):
            op.execute(statement)


def _has_vector() -> bool:
    """Present, or there to be created by us, with the iterative scans that a filter by tenant needs
    (0.8); a server without it, or that forbids it, has exact search instead."""
    connection = op.get_bind()
    present = connection.execute(text("SELECT extversion FROM pg_extension WHERE extname = 'vector'"))
    offered = connection.execute(
        text("SELECT default_version FROM pg_available_extensions WHERE name = 'vector'")
    )
    if (version := present.scalar()) is not None:
        return _recent(version)
    if not _recent(offered.scalar() or "0.0"):
        return False
    try:
        with connection.begin_nested():
            connection.execute(text("CREATE EXTENSION vector"))
    except DBAPIError:
        return False
    return True


def _recent(version: str) -> bool:
    major, minor = (int(part) for part in version.split(".")[:2])
    return (major, minor) >= (0, 8)


def downgrade() -> None:
    for name in reversed(TABLES):
        op.execute(f"DROP TABLE {name} CASCADE")
