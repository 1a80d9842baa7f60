"""Conversation rows for workflows: lock, change, save."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from samvad.conversations.repository import conversations, progress
from samvad.conversations.types import Conversation
from samvad.kernel.ids import ContactId
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


async def persons_of(scope: Scope, messages: Sequence[UUID]) -> dict[UUID, tuple[ContactId, str]]:
    """Whose each of these messages is, and the account of its channel."""
    return await conversations.persons_of(scope, messages)


async def named_by(scope: Scope, ids: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], UUID]:
    """(channel, the provider's own id) -> our id, where one message alone has it, of whomever."""
    return await progress.of_bare(scope, ids, theirs=True)


async def with_external(scope: Scope, ids: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], UUID]:
    """(channel, external id) -> our id."""
    return await progress.of_external(scope, ids)


async def shift_snoozes(scope: Scope, asleep: Sequence[tuple[UUID, timedelta]]) -> None:
    """These wake that much sooner; their timers are moved beside."""
    if asleep:
        await conversations.shift_snoozes(scope, asleep)
