"""The knowledge of a folder in memory, searched as the product searches: no database, no network."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self, TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from samvad.knowledge.adapters import registry
from samvad.knowledge.adapters.documents import Document, document
from samvad.knowledge.adapters.vectors import Vectors
from samvad.knowledge.errors import Unreadable
from samvad.knowledge.rules.model import fitted
from samvad.knowledge.rules.query import Query, ask
from samvad.knowledge.rules.ranking import POOL, Candidate, rank
from samvad.knowledge.types import Embedder, Found, Passage, PassageKind, Piece

Scores: TypeAlias = Mapping[int, float]  # by the passage's number


class Library:
    """`unread` names the files that could not be used, each with the reason."""

    def __init__(
        self,
        passages: Sequence[Passage],
        weights: Sequence[Mapping[str, float]],
        windows: Sequence[Sequence[str]],
        *,
        embedder: Embedder | None,
        unread: Mapping[str, str] | None = None,
    ) -> None:
        self.passages = passages
        self.unread = unread or {}
        self._weights = weights
        self._holding = Counter(term for passage in weights for term in passage)
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(weights):
            for term in passage:
                self._postings[term].append(number)
        self._vectors = Vectors(windows, embedder) if embedder else None

    @classmethod
    def read(cls, folder: Path, *, model: Callable[[], Embedder | None] = registry.embedder) -> Self:
        """Every file below `folder`, by name; a source is named by its path below it."""
        documents: dict[str, Document] = {}
        unread: dict[str, str] = {}
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
            name = path.relative_to(folder).as_posix()
            try:
                documents[name] = document(name, path.read_bytes())
            except Unreadable as failure:
                unread[name] = failure.detail
        return cls.of(documents, embedder=model(), unread=unread)

    @classmethod
    def of(
        cls,
        documents: Mapping[str, Document],
        *,
        embedder: Embedder | None,
        unread: Mapping[str, str] | None = None,
    ) -> Self:
        passages, weights, windows = [], [], []
        for name, one in documents.items():
            source = uuid5(NAMESPACE_URL, name)
            for position, passage in enumerate(one.passages):
                passages.append(_passage(source, name, position, one, passage.piece))
                weights.append(passage.weights)
                windows.append(passage.windows)
        return cls(passages, weights, windows, embedder=embedder, unread=unread)

    def search(self, question: str, *, top_k: int = 5) -> list[Found]:
        """Best first; as many as there are, whatever their scores."""
        chosen = self.candidates(question)
        ranked = rank([candidate for _, candidate in chosen], fitted())[:top_k]
        return [Found(chosen[i][0], score) for i, score in ranked]

    def candidates(self, question: str) -> list[tuple[Passage, Candidate]]:
        """The best of each arm, measured by both."""
        query = ask(question, self._holding, len(self.passages))
        near = self._vectors.near(question) if self._vectors and query.english else {}
        lexical = self._lexical(query)
        chosen = dict.fromkeys([*_best(lexical), *_best(near)])
        return [(self.passages[i], self._measured(i, query, lexical.get(i, 0.0), near)) for i in chosen]

    def _measured(self, number: int, query: Query, lexical: float, near: Scores) -> Candidate:
        passage = self.passages[number]
        return Candidate(
            lexical=query.share(lexical),
            coverage=query.coverage(self._weights[number]),
            vector=near.get(number, 0.0) if near else None,
            faq=passage.kind is PassageKind.FAQ,
            superseded=passage.superseded,
        )

    def _lexical(self, query: Query) -> dict[int, float]:
        found: defaultdict[int, float] = defaultdict(float)
        for term, rarity in query.rarity.items():
            for number in self._postings.get(term, ()):
                found[number] += rarity * self._weights[number][term]
        return found


def _best(scores: Scores) -> list[int]:
    return sorted(scores, key=lambda number: (-scores[number], number))[:POOL]


def _passage(source: UUID, name: str, position: int, one: Document, piece: Piece) -> Passage:
    return Passage(
        id=uuid5(source, str(position)), source=name, source_id=source, position=position, kind=piece.kind,
        text=piece.text, heading=piece.heading, page=piece.page, fields=piece.fields,
        superseded=one.superseded,
    )  # fmt: skip
