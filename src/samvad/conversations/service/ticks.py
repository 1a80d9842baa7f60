"""Whether the customer is to see now that their message was read."""

from typing import Literal

from samvad.channels.service import numbers
from samvad.conversations.types import Conversation
from samvad.platform.db import ReadScope


async def to_show(
    scope: ReadScope, conversation: Conversation, *, when: Literal["open", "reply"]
) -> str | None:
    """The provider's id of the newest message, where the channel shows ticks at this moment."""
    channel = await numbers.one(scope, conversation.channel)
    if channel is None or channel.settings.mark_read != when:
        return None
    return conversation.last_inbound_external_id
