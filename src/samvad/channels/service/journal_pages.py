"""A tenant's own look into the journal: its lines, and one delivery without what is not its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from samvad.channels.errors import MalformedBody
from samvad.channels.repository import inbound
from samvad.channels.repository.channels import Channels
from samvad.channels.repository.journal import Lines
from samvad.channels.service.door import concerns
from samvad.channels.service.journal import Journal
from samvad.channels.types import (
    ChannelAdapter,
    Item,
    JournalFilter,
    JournalLine,
    JournalPage,
    RawRequest,
    StoredDelivery,
    Verdict,
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
    waiting = await inbound.waiting(scope, [line.id for line in found])
    told = [replace(line, waiting=waiting.get(line.id, 0)) for line in found]
    return page_of(told, limit, lambda line: (line.received_at.isoformat(), str(line.id)))


async def opened(scope: ReadScope, delivery: UUID, *, book: Journal) -> JournalPage:
    """Raises NotFound."""
    line, kept = await _kept(scope, delivery)
    channel = await Channels(scope).get(line.channel) if line.channel else None
    strangers = await _strangers(kept, book)
    call = RawRequest.again(kept.headers, kept.body)
    items, named = _items(book.adapter_of(kept), call)
    ours = [
        item for item in items or () if channel and (concerns(item, channel) or item.address in strangers)
    ]
    alone = named <= strangers | ({channel.address} if channel else set())
    whole = alone and (not named if items is None else len(ours) == len(items))
    headers = _without_secrets(kept.headers)
    return JournalPage(line, headers, kept.body if whole else None, ours, sorted(strangers))


async def _strangers(kept: StoredDelivery, book: Journal) -> frozenset[str]:
    """Numbers that nobody has connected. Only what came to a channel's own URL, signed with its secret, is a
    tenant's at all without being for a number of its own: so it is told, and shown, what it sent itself."""
    if kept.verdict is not Verdict.UNROUTED or kept.channel is None:
        return frozenset()
    try:
        return await book.unconnected(kept)
    except MalformedBody:
        return frozenset()


async def belongs(scope: ReadScope, delivery: UUID) -> None:
    """Raises NotFound unless it is this tenant's."""
    await _kept(scope, delivery)


async def _kept(scope: ReadScope, delivery: UUID) -> tuple[JournalLine, StoredDelivery]:
    found = await Lines(scope).get(delivery)
    if found is None:
        raise NotFound
    line, kept = found
    return replace(line, waiting=(await inbound.waiting(scope, [delivery])).get(delivery, 0)), kept


def _items(adapter: ChannelAdapter, call: RawRequest) -> tuple[Sequence[Item] | None, frozenset[str]]:
    """The items, None where they cannot be read, and every number named: an app's webhook may carry several
    tenants' items. What is no webhook at all names nobody."""
    try:
        named = adapter.addresses(call)
    except MalformedBody:
        return None, frozenset()
    try:
        return adapter.parse(call), named
    except MalformedBody:
        return None, named


def _without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value if name.lower() in _HARMLESS else _HIDDEN for name, value in headers.items()}
