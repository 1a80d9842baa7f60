"""UUIDv7 ids (RFC 9562) made by the app: ordered by time, monotonic inside one process."""

import os
import threading
import time
from datetime import UTC, datetime
from typing import NewType
from uuid import UUID

TenantId = NewType("TenantId", UUID)
OutletId = NewType("OutletId", UUID)
MemberId = NewType("MemberId", UUID)
ChannelId = NewType("ChannelId", UUID)
ContactId = NewType("ContactId", UUID)
ConversationId = NewType("ConversationId", UUID)
MessageId = NewType("MessageId", UUID)
TemplateId = NewType("TemplateId", UUID)

_VERSION = 0x7 << 76
_VARIANT = 0x2 << 62
_RAND_BITS = 74
_STEP_BITS = 32


class IdFactory:
    """Makes UUIDv7: 48 bits of Unix milliseconds, then 74 bits that only grow within a millisecond."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_ms = 0
        self._tail = 0

    def new(self) -> UUID:
        with self._lock:
            ms = time.time_ns() // 1_000_000
            if ms > self._last_ms:
                self._last_ms = ms
                self._tail = int.from_bytes(os.urandom(10)) >> 7  # 73 bits: room to count upwards
            else:
                self._tail += 1 + int.from_bytes(os.urandom(4)) % (1 << (_STEP_BITS - 4))
            return _compose(self._last_ms, self._tail)


def _compose(ms: int, tail: int) -> UUID:
    high, low = tail >> 62, tail & ((1 << 62) - 1)
    return UUID(int=(ms << 80) | _VERSION | ((high & 0xFFF) << 64) | _VARIANT | low)


_factory = IdFactory()


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return _factory.new()


def earliest_id(at: datetime) -> UUID:
    """Before every id that is made from this moment on."""
    return _compose(int(at.timestamp() * 1000), 0)


def made_at(id: UUID) -> datetime:
    """When a UUIDv7 was made, to the millisecond."""
    return datetime.fromtimestamp((id.int >> 80) / 1000, UTC)


def parse_id(text: str) -> UUID | None:
    """The UUID written in `text`, or None; only the canonical 36-character form counts."""
    if len(text) != 36:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None
