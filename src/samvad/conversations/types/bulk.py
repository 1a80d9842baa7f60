"""One text to many, and how far it is."""

from dataclasses import dataclass
from uuid import UUID

from samvad.conversations.types import MessageStatus


@dataclass(frozen=True, slots=True)
class Progress:
    """Of one message of a bulk; `number` of its recipient, E.164, if one is known."""

    message: UUID
    conversation: UUID
    number: str | None
    status: MessageStatus
    reason: str | None
