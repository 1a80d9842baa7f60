"""The statements of a search.

Every table is entered by its tenant and an index that leads with it. Operators that are not leakproof
(array and vector ones) stand in no condition, so row-level security costs no index.
"""

from samvad.knowledge.rules.postings import BLOCK

COUNTS = """
SELECT c.passages, c.windows, t.term, t.holding,
  (SELECT reltuples::bigint FROM pg_class WHERE oid = 'knowledge_vectors'::regclass) AS stored
FROM knowledge_totals c
LEFT JOIN knowledge_terms t ON t.tenant_id = $1 AND t.term = ANY($2)
WHERE c.tenant_id = $1
"""

# Postings are read from their index alone, which has them term by term. A source is a small number while
# they are summed; one number for source and position would be slow, its hash xors both halves.
BY_WORDS = f"""
WITH live AS MATERIALIZED (
  SELECT s.id, s.edition, (row_number() OVER (ORDER BY s.id))::int AS n FROM knowledge_sources s
  WHERE s.tenant_id = $1 AND s.edition IS NOT NULL AND ($3::uuid[] IS NULL OR s.id = ANY($3))),
held AS (
  SELECT live.n, p.block, t.rarity, unnest(p.held) AS one
  FROM unnest($2::text[], $4::float8[]) AS t (term, rarity)
  JOIN knowledge_postings p ON p.tenant_id = $1 AND p.term = t.term
  JOIN live ON live.edition = p.edition),
best AS (
  SELECT n, block * {BLOCK} + (one >> 16) AS position, sum((one & 65535) * rarity) AS score
  FROM held GROUP BY 1, 2 ORDER BY score DESC, 1, 2 LIMIT $5)
SELECT live.id AS source_id, live.edition, best.position
FROM best JOIN live USING (n) ORDER BY best.score DESC, n, best.position
"""

_PASSAGES_OF = """
SELECT v.source_id, v.edition, v.position, max(v.score) AS score FROM near v
JOIN knowledge_sources s ON s.tenant_id = $1 AND s.id = v.source_id AND s.edition = v.edition
GROUP BY v.source_id, v.edition, v.position
ORDER BY score DESC, v.source_id, v.position LIMIT $4
"""

# What was removed and may still be restored keeps its windows, and takes nobody's place. Nearly all meet it:
# behind CASE the planner takes it for half of them, as a plain condition for next to none of a few editions.
_NOT_REMOVED = """CASE WHEN v.edition = ANY (ARRAY(SELECT h.kept_edition FROM knowledge_sources h
    WHERE h.tenant_id = $1 AND h.removed_at IS NOT NULL AND h.kept_edition IS NOT NULL))
  THEN false ELSE true END"""

# Of all windows of the tenant, found by its key: no index serves this order. Only the nearest are grouped.
_EXACT = f"""
WITH near AS MATERIALIZED (
  SELECT v.source_id, v.edition, v.position, {{cosine}} AS score
  FROM knowledge_vectors v WHERE v.tenant_id = $1 AND ($5::uuid[] IS NULL OR v.source_id = ANY($5))
    AND {_NOT_REMOVED}
  ORDER BY score DESC LIMIT $3)
{_PASSAGES_OF}
"""

NEAREST = f"""
WITH near AS MATERIALIZED (
  SELECT v.source_id, v.edition, v.position, -(v.embedding <#> $2::real[]::halfvec) AS score
  FROM knowledge_vectors v WHERE v.tenant_id = $1 AND {_NOT_REMOVED}
  ORDER BY v.embedding <#> $2::real[]::halfvec LIMIT $3)
{_PASSAGES_OF}
"""

# One look through the index for each term, in its order. As a join with the candidates, the planner went from
# a candidate's source to all terms of that source: half a million rows a question. `width_bucket` looks in an
# ordered block by halves; what it finds may be of the next passage.
WEIGHTS = f"""
WITH found AS MATERIALIZED (
  SELECT term, edition, block, held FROM knowledge_postings
  WHERE tenant_id = $1 AND term = ANY($2) AND edition = ANY($3::uuid[])
    AND block = ANY(ARRAY(SELECT DISTINCT position / {BLOCK} FROM unnest($4::int[]) AS position)))
SELECT c.n - 1 AS n, f.term, f.held[width_bucket(c.position % {BLOCK} << 16, f.held) + 1] AS one
FROM unnest($3::uuid[], $4::int[]) WITH ORDINALITY AS c (edition, position, n)
JOIN found f ON f.edition = c.edition AND f.block = c.position / {BLOCK}
"""

# A cosine is looked up only where the vectors did not bring the candidate.
_MEASURES = """
SELECT c.n, p.kind = 'faq' AS faq, s.superseded,
  (SELECT max({cosine}) FROM knowledge_vectors v
   WHERE v.tenant_id = $1 AND v.source_id = c.source_id AND v.edition = c.edition
     AND v.position = c.position AND c.lacking) AS cosine
FROM unnest($3::int[], $4::uuid[], $5::uuid[], $6::int[], $7::boolean[])
  AS c (n, source_id, edition, position, lacking)
JOIN knowledge_passages p ON p.tenant_id = $1 AND p.source_id = c.source_id AND p.edition = c.edition
  AND p.position = c.position
JOIN knowledge_sources s ON s.tenant_id = $1 AND s.id = c.source_id AND s.edition = c.edition
"""

PASSAGES = """
SELECT c.n, p.id, p.source_id, p.position, p.kind, p.text, p.heading, p.page, p.fields, s.name, s.superseded
FROM unnest($2::int[], $3::uuid[], $4::uuid[], $5::int[]) AS c (n, source_id, edition, position)
JOIN knowledge_passages p ON p.tenant_id = $1 AND p.source_id = c.source_id AND p.edition = c.edition
  AND p.position = c.position
JOIN knowledge_sources s ON s.tenant_id = $1 AND s.id = p.source_id AND s.edition = p.edition
"""

_COSINE_OF = {
    True: "-(v.embedding <#> $2::real[]::halfvec)",
    False: "(SELECT sum(a::float8 * b) FROM unnest(v.embedding, $2::real[]) AS x (a, b))",
}


def exact(*, vectors: bool) -> str:
    """`vectors`: whether they are stored as pgvector's type."""
    return _EXACT.format(cosine=_COSINE_OF[vectors])


def measures(*, vectors: bool) -> str:
    return _MEASURES.format(cosine=_COSINE_OF[vectors])
