"""The 24-hour window and the first facts of a conversation, for the gate."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.repository import facts, passing
from samvad.platform.db import Scope


async def open_conversations(scope: Scope, conversations: Sequence[UUID]) -> None:
    """New conversations start in AI mode, epoch 0, with a closed window."""
    await facts.open_conversations(scope, conversations)


async def widen(scope: Scope, conversations: Sequence[UUID], until: Sequence[datetime]) -> None:
    """A customer wrote: free text is allowed until then. Never narrows."""
    if conversations:
        await facts.widen_windows(scope, conversations, until)


async def shut(scope: Scope, conversations: Sequence[UUID], *, at: datetime) -> None:
    """The provider says that they are closed by then, whatever we counted."""
    if conversations:
        await facts.narrow_windows(scope, conversations, at=at)


async def shift(scope: Scope, conversations: Sequence[UUID], *, by: timedelta) -> None:
    """So much time has passed for them: they close that much sooner."""
    if conversations and by:
        await facts.shift_windows(scope, conversations, by=by)


async def hasten(scope: Scope, channel: UUID, *, by: timedelta, now: datetime) -> None:
    """So much time has passed for this number: what waits for another try, and its pauses, wait less."""
    await passing.hasten(scope, channel, by=by, now=now)


async def join(scope: Scope, source: UUID, target: UUID) -> None:
    """The window of both: the customer wrote in either."""
    await facts.join_windows(scope, source, target)


async def set_mode(scope: Scope, conversation: UUID, *, mode: str, epoch: int) -> None:
    """From the commit on, rows of an older epoch do not pass the gate."""
    await facts.set_mode(scope, conversation, mode=mode, epoch=epoch)
