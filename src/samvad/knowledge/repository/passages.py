"""The passages of one source, in their order."""

from samvad.knowledge.repository.search import passage
from samvad.knowledge.types import Passage, Source
from samvad.platform.db import ReadScope


class Passages:
    def __init__(self, scope: ReadScope) -> None:
        self._db = scope.db
        self._tenant = scope.tenant

    async def page(self, source: Source, after: int, limit: int) -> list[Passage]:
        rows = await self._db.fetch(
            """SELECT id, source_id, position, kind, text, heading, page, fields, $5::text AS name,
                 $6::boolean AS superseded
               FROM knowledge_passages
               WHERE tenant_id = $1 AND source_id = $2 AND edition = $3 AND position > $4
               ORDER BY position LIMIT $7""",
            self._tenant, source.id, source.edition, after, source.name, source.superseded, limit,
        )  # fmt: skip
        return [passage(row) for row in rows]
