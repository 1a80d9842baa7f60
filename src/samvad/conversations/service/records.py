"""Conversation rows for workflows: lock, change, save."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.conversations.repository import conversations
from samvad.conversations.types import Conversation
from samvad.platform.db import Scope


async def lock(scope: Scope, ids: Sequence[UUID]) -> dict[UUID, Conversation]:
    """Locked in id order until the transaction ends; ids that are not there are left out."""
    return await conversations.lock(scope, ids)


async def save(scope: Scope, changed: Sequence[Conversation], *, at: datetime) -> None:
    if changed:
        await conversations.save(scope, changed, at=at)


async def of_channel(scope: Scope, channel: UUID) -> list[UUID]:
    """All conversations of a number, the newest first."""
    return await conversations.of_channel(scope, channel)


async def of_contact(scope: Scope, contact: UUID) -> list[UUID]:
    """All conversations of a person, over all numbers."""
    return await conversations.of_contact(scope, contact)
