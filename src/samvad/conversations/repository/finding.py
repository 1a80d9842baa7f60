"""Full-text search of messages: the words each is found by, and the newest that have the words asked for."""

from collections.abc import Sequence

from samvad.conversations.types.inbox import Hit
from samvad.kernel.ids import TenantId
from samvad.kernel.words import words
from samvad.platform.db import ReadScope

_MOST_WORDS, _LONGEST = 500, 60

_NEWEST = """
SELECT h.conversation_id, h.id, m.text, m.sort_at FROM search_messages($2::text::tsquery, $3) h
JOIN messages m ON m.tenant_id = $1 AND m.id = h.id
"""


def lexemes(tenant: TenantId, text: str) -> list[str]:
    """The tenant as a lexeme of its own keeps the index selective under row-level security."""
    found = {word[:_LONGEST] for word in words(text)}
    return [f"t{tenant.hex}", *sorted(found)[:_MOST_WORDS]]


async def newest(scope: ReadScope, asked: Sequence[str], *, most: int) -> list[Hit]:
    """The newest message with all these words of each conversation; the last word may be unfinished."""
    *whole, last = (f"'{word[:_LONGEST]}'" for word in asked)  # words hold letters, marks and digits only
    query = " & ".join([*whole, f"{last}:*"])
    rows = await scope.db.fetch(_NEWEST, scope.tenant, query, most)
    return [Hit(row["conversation_id"], row["id"], row["text"], row["sort_at"]) for row in rows]
