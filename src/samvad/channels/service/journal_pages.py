"""A tenant's own look into the journal: its lines, and one delivery without what is not its own."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from samvad.channels.errors import MalformedBody
from samvad.channels.repository.channels import Channels
from samvad.channels.repository.journal import Lines
from samvad.channels.service.journal import concerns
from samvad.channels.types import (
    Channel,
    ChannelAdapter,
    Item,
    JournalFilter,
    JournalLine,
    JournalPage,
    StoredDelivery,
)
from samvad.kernel.errors import NotFound
from samvad.platform.db import Page, ReadScope
from samvad.platform.db.paging import page_of, pair

_HIDDEN = "(hidden)"
_HARMLESS = frozenset({"content-type", "content-length", "user-agent"})


async def lines(
    scope: ReadScope, wanted: JournalFilter, *, cursor: str | None, limit: int
) -> Page[JournalLine]:
    """Newest first. Raises Invalid for a cursor that is not ours."""
    found = await Lines(scope).newest(wanted, before=pair(cursor), limit=limit + 1)
    return page_of(found, limit, lambda line: (line.received_at.isoformat(), str(line.id)))


async def opened(scope: ReadScope, delivery: UUID, *, adapter: ChannelAdapter) -> JournalPage:
    """Raises NotFound."""
    line, kept = await _kept(scope, delivery)
    channel = await Channels(scope).get(line.channel) if line.channel else None
    items, alone = _items(adapter, kept.body, channel)
    ours = [item for item in items if channel and concerns(item, channel)]
    whole = alone and len(ours) == len(items)
    return JournalPage(line, _without_secrets(kept.headers), kept.body if whole else None, ours)


async def belongs(scope: ReadScope, delivery: UUID) -> None:
    """Raises NotFound unless it is this tenant's."""
    await _kept(scope, delivery)


async def _kept(scope: ReadScope, delivery: UUID) -> tuple[JournalLine, StoredDelivery]:
    found = await Lines(scope).get(delivery)
    if found is None:
        raise NotFound
    return found


def _items(adapter: ChannelAdapter, body: bytes, channel: Channel | None) -> tuple[Sequence[Item], bool]:
    """The items, and if no other number is named: an app's webhook may carry several tenants' items.
    What is no webhook at all names nobody."""
    try:
        named = adapter.addresses(body)
    except MalformedBody:
        return (), True
    try:
        items = adapter.parse(body)
    except MalformedBody:
        return (), False
    return items, named <= ({channel.address} if channel else set())


def _without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value if name.lower() in _HARMLESS else _HIDDEN for name, value in headers.items()}
