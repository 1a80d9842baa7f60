"""A place in a tenant's stream of events: (epoch, transaction, event), opaque to clients."""

from dataclasses import dataclass
from uuid import UUID

from samvad.kernel.errors import FieldError, Invalid
from samvad.platform.db.paging import decode_cursor, encode_cursor

_FIRST = UUID(int=0)  # sorts before every event of a transaction
_XID_END = 1 << 63


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Places of one epoch are ordered; those of two epochs cannot be compared."""

    xid: int
    id: UUID


@dataclass(frozen=True, slots=True)
class Stream:
    """How the stream stands: transactions below `gate` are all over, those up to `purged` may be gone,
    and none has begun from `ceiling` on."""

    epoch: str
    gate: int
    ceiling: int
    purged: int

    @property
    def settled(self) -> bool:
        """Whether nothing can be waiting behind the gate."""
        return self.gate >= self.ceiling

    @property
    def head(self) -> Place:
        return Place(self.gate, _FIRST)

    def continues(self, epoch: str, place: Place) -> bool:
        """Whether every event behind `place` can still be read. A place above the gate was handed out
        by a database that has since been put back to an earlier state."""
        return epoch == self.epoch and self.purged < place.xid <= self.gate


def encode(epoch: str, place: Place) -> str:
    return encode_cursor(epoch, place.xid, str(place.id))


def decode(cursor: str) -> tuple[str, Place]:
    """Raises Invalid for anything we did not make."""
    epoch, xid, event = decode_cursor(cursor, 3)
    try:
        place = Place(int(xid), UUID(event))
    except ValueError as wrong:
        raise Invalid(errors=[FieldError("cursor", "use the cursor of an earlier event")]) from wrong
    if not 0 <= place.xid < _XID_END:
        raise Invalid(errors=[FieldError("cursor", "use the cursor of an earlier event")])
    return epoch, place
