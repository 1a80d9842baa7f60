"""Files of messages: expected when the message comes, fetched by a job, read by people."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.types import Media
from samvad.conversations.errors import FileNotHere
from samvad.conversations.repository import files
from samvad.conversations.repository.files import Files
from samvad.conversations.service.announce import announce
from samvad.conversations.types import NewMessage
from samvad.conversations.types.files import FileState, MessageFile
from samvad.jobs import service as jobs
from samvad.jobs.types import NewTimer, TimerKind
from samvad.kernel.errors import NotFound
from samvad.kernel.ids import earliest_id
from samvad.kernel.json import JsonObject
from samvad.platform.db import ReadScope, Scope


def described(media: Media | None) -> JsonObject | None:
    """The provider's description, as a new message keeps it."""
    return {**asdict(media), "state": FileState.PENDING.value} if media else None


def media_of(file: MessageFile) -> Media:
    """What its provider knows it by."""
    named = {name: file.media.get(name) for name in ("id", "mime_type", "sha256", "filename", "url")}
    return Media(**{name: value if isinstance(value, str) else None for name, value in named.items()})


async def expect(scope: Scope, messages: Sequence[NewMessage], *, at: datetime) -> None:
    """The files of these new messages are to be fetched, after the commit."""
    await jobs.arm(scope, [NewTimer(TimerKind.FILE, m.id, at, at) for m in messages if m.media])


async def get(scope: ReadScope, message: UUID) -> MessageFile:
    """Raises NotFound."""
    found = await Files(scope).of(message)
    if found is None:
        raise NotFound
    return found


async def stored(scope: ReadScope, message: UUID) -> MessageFile:
    """Raises NotFound, FileNotHere."""
    found = await get(scope, message)
    if found.state is not FileState.STORED:
        raise FileNotHere(str(found.media.get("detail") or ""))
    return found


async def remove_older(scope: Scope, *, days: int, at: datetime, most: int) -> int:
    """Files of messages that are older than so many days go, the messages stay and say so: how many went."""
    facts: JsonObject = {"state": FileState.REMOVED.value, "reason": "file_removed", "kept_days": days,
                         "detail": f"it was removed after {days} days"}  # fmt: skip
    before = earliest_id(at - timedelta(days=days))
    return await files.remove_older(scope, before=before, facts=facts, most=most)


async def part(scope: ReadScope, message: UUID, number: int) -> bytes | None:
    """None after the last one."""
    return await Files(scope).part(message, number)


async def fetch_again(scope: Scope, message: UUID, *, at: datetime) -> None:
    """Once more from the provider, unless it is here. Raises NotFound, FileNotHere once it was removed."""
    found = await get(scope, message)
    if found.state is FileState.STORED:
        return
    if found.state is FileState.REMOVED:
        raise FileNotHere(str(found.media.get("detail") or ""))
    await files.note(scope, message, {"state": FileState.PENDING.value, "reason": None, "detail": ""})
    await jobs.arm(scope, [NewTimer(TimerKind.FILE, message, at, at)])
    await announce(scope, at=at, updated=[message])
