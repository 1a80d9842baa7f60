"""The file of a message: where it is on its way to us."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samvad.kernel.json import JsonObject


class FileState(StrEnum):
    PENDING = "pending"  # at the provider, being fetched
    STORED = "stored"
    FAILED = "failed"  # `reason` says why it will not come
    REMOVED = "removed"  # it was here, for as many days as this installation keeps files


@dataclass(frozen=True, slots=True)
class MessageFile:
    """What is known of a file; `media` is the provider's own description, with our state beside it."""

    message: UUID
    channel: UUID
    created_at: datetime
    media: JsonObject

    @property
    def state(self) -> FileState | None:
        """None: of a message that came before files were fetched."""
        state = self.media.get("state")
        return FileState(state) if isinstance(state, str) else None
