"""What the customer of a conversation sees of it: for channels whose other side asks us."""

from datetime import datetime
from uuid import UUID

from samvad.conversations.repository import threads
from samvad.conversations.types.threads import Thread
from samvad.kernel.identity import Identity
from samvad.platform.db import ReadScope

MOST = 50


async def read(
    scope: ReadScope,
    channel: UUID,
    who: Identity,
    *,
    before: tuple[datetime, UUID] | None = None,
    limit: int = MOST,
) -> Thread:
    """The newest messages, or those before a place; empty for somebody who never wrote."""
    conversation = await threads.find(scope, channel, who)
    if conversation is None:
        return Thread(None)
    return await threads.read(scope, conversation, before=before, limit=limit)


async def text_of(scope: ReadScope, channel: UUID, external_id: str) -> str | None:
    """What the message that came with this id says; None: nothing came with it yet."""
    return await threads.text_of(scope, channel, external_id)


async def has(scope: ReadScope, channel: UUID, who: Identity, message: UUID) -> bool:
    """Whether this message of ours is in their conversation."""
    conversation = await threads.find(scope, channel, who)
    return conversation is not None and message in await threads.holds(scope, conversation, [message])
