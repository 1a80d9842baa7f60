"""What the reply asks of the records, and what it hears back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from samvad.conversations.types import Source
from samvad.kernel.ids import TenantId
from samvad.kernel.json import JsonObject, JsonValue
from samvad.kernel.language import Language


@dataclass(frozen=True, slots=True)
class Heard:
    """`says`: whether `text` may be sent, an answer or one question back; else a person is needed."""

    says: bool
    reason: str
    text: str = ""
    citations: Sequence[JsonObject] = ()
    detail: JsonValue = None
    ms: float = 0
    source: Source = Source.ANSWER


class Records(Protocol):
    """Answers from what the tenant has written down. Raises nothing but what the database does."""

    async def ask(
        self, tenant: TenantId, question: str, *, language: Language, after: str | None, hint: str
    ) -> Heard:
        """`after`: what was asked before, where our last word asked back which thing is meant. `hint`: what
        a colleague left for the assistant, which only a language model reads."""
        ...

    async def growing(self, tenant: TenantId, *, at: datetime) -> bool:
        """Whether what was just added is still being read."""
        ...
