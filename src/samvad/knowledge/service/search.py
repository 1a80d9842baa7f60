"""The search of the live path: the same ranking as `Library`, over what PostgreSQL holds."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from samvad.kernel.ids import TenantId
from samvad.knowledge.repository.search import Index, has_vectors
from samvad.knowledge.rules.bm25 import score
from samvad.knowledge.rules.model import fitted
from samvad.knowledge.rules.nearness import pays
from samvad.knowledge.rules.query import Query, ask
from samvad.knowledge.rules.ranking import POOL, Candidate, rank
from samvad.knowledge.rules.text import is_english, question_terms
from samvad.knowledge.types import Counts, Found, Measures, Near, Place
from samvad.platform.compute.codec import Value
from samvad.platform.compute.errors import ComputeFailed
from samvad.platform.db import Database, ReadScope
from samvad.platform.logging import get_logger

log = get_logger("knowledge")

EMBED = "samvad.knowledge.adapters.worker:embed"
_PATIENCE = 10.0  # seconds for one question; the first waits until the model is loaded
_LOOKED_AT = 2 * POOL  # windows of everybody's that the index considers at a time
_WINDOWS = 3 * POOL // 2  # of one passage several may be near
_ALL_WINDOWS = 6 * POOL  # the same where each is looked at anyway


class Call(Protocol):
    """`Compute.call`."""

    def __call__(self, function: str, *arguments: Value, timeout: float = ...) -> Awaitable[Value]: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What a search of a large library leaves out."""

    postings: int = 10_000  # read to find candidates; the commonest terms only weigh what the others found
    windows: int = 20_000  # up to here all are looked at, beyond it the index may be asked


EXHAUSTIVE = Limits(postings=1 << 62, windows=1 << 62)


class Search:
    def __init__(self, database: Database, call: Call, limits: Limits | None = None) -> None:
        self._database = database
        self._call = call
        self._limits = limits or Limits()
        self._vectors: bool | None = None

    async def search(
        self, question: str, *, tenant: TenantId, top_k: int = 5, sources: Sequence[UUID] | None = None
    ) -> list[Found]:
        """Best first, whatever their scores; no transaction is open while the question is embedded."""
        english = is_english(question)
        terms = question_terms(question, english=english)
        async with self._database.reading(tenant) as scope:
            kind = await self._kind(scope)
            counts = await Index(scope, vectors=kind, sources=sources).counts(terms)
        if not counts.passages:
            return []  # nobody's model is woken for a tenant who wrote nothing down
        vector = await self._vector(question) if counts.windows and english else None
        query = ask(question, counts.holding, counts.passages)
        async with self._database.reading(tenant) as scope:
            index = Index(scope, vectors=kind, sources=sources)
            await index.prepare(looked_at=_LOOKED_AT)
            near = await self._near(index, vector, counts)
            words = await index.by_words(query.leading(self._limits.postings), POOL)
            ranked = await _ranked(index, query, words, near)
            return await _found(index, ranked[:top_k])

    async def _near(self, index: Index, vector: Sequence[float] | None, counts: Counts) -> Near | None:
        """Exact for most tenants. The vector index knows no tenants: where it gives up before it has found
        enough of this one, all windows are looked at after all."""
        if vector is None:
            return None
        if counts.windows > self._limits.windows and index.has_nearest and pays(counts):
            found = await index.nearest(vector, POOL, windows=_WINDOWS)
            if len(found) >= POOL // 2:
                return Near(vector, found)
        return Near(vector, await index.exact(vector, POOL, windows=_ALL_WINDOWS))

    async def _kind(self, scope: ReadScope) -> bool:
        if self._vectors is None:
            self._vectors = await has_vectors(scope)
        return self._vectors

    async def _vector(self, question: str) -> Sequence[float] | None:
        """None without the model, or when it fails: then words alone must do."""
        try:
            found = await self._call(EMBED, [question], timeout=_PATIENCE)
        except ComputeFailed as failure:
            log.warning("knowledge.embedding_failed", code=failure.code)
            return None
        return found[0] if isinstance(found, list) and found else None


async def _ranked(
    index: Index, query: Query, words: Sequence[Place], near: Near | None
) -> list[tuple[Place, float]]:
    """Best first, with probabilities. A document that was removed since it was counted is not among them."""
    places = list(dict.fromkeys([*words, *(near.cosines if near else ())]))  # as `Library.candidates`
    weights = await index.weights(places, [term for term in query.rarity if query.holding.get(term)])
    measures = await index.measures(places, near)
    there = [n for n in range(len(places)) if n in measures]
    order = rank([_candidate(query, weights[n], measures[n]) for n in there], fitted())
    return [(places[there[i]], probability) for i, probability in order]


def _candidate(query: Query, weights: Mapping[str, float], found: Measures) -> Candidate:
    return Candidate(
        lexical=query.share(score(query.rarity, weights)),
        coverage=query.coverage(weights),
        vector=found.cosine,
        faq=found.faq,
        superseded=found.superseded,
    )


async def _found(index: Index, ranked: Sequence[tuple[Place, float]]) -> list[Found]:
    texts = await index.passages([place for place, _ in ranked])
    return [Found(texts[n], probability) for n, (_, probability) in enumerate(ranked) if n in texts]
