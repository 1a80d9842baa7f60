"""Members who are mentioned in notes of a conversation."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Mentioned:
    """`seen`: they have had the conversation open since they were mentioned last."""

    member: UUID
    seen: bool
