"""How urgent a conversation is."""

from enum import StrEnum


class Priority(StrEnum):
    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """As it is stored: the more urgent, the higher."""
        return RANKED.index(self)


RANKED = tuple(Priority)
