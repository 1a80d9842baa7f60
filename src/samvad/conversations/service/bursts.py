"""Unanswered messages, for whoever decides on a reply."""

from collections.abc import Sequence
from uuid import UUID

from samvad.conversations.repository import bursts
from samvad.conversations.types import Burst, Said
from samvad.platform.db import ReadScope


async def unanswered(scope: ReadScope, conversations: Sequence[UUID]) -> list[Burst]:
    """A snapshot per conversation; the final transaction compares `inbound_seq` and `epoch` again."""
    return await bursts.unanswered(scope, conversations)


async def said_before(scope: ReadScope, burst: Burst, *, most: int = 10) -> list[Said]:
    """What both sides had seen before the burst, the newest first."""
    if not burst.messages:
        return []
    return await bursts.said_before(scope, burst.conversation, burst.messages[0].id, most=most)
