"""Files of messages: those that came, and those that we send."""

from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends
from fastapi.responses import StreamingResponse

from samvad.channels.service.uploads import MOST_BODY
from samvad.conversations.router.uploads import UPLOAD, GivenFile
from samvad.conversations.schemas import MessageOut
from samvad.conversations.service import agents, files, reading
from samvad.conversations.types.files import MessageFile
from samvad.platform.db import Scope
from samvad.platform.wakeups import Topic, Wakeups
from samvad.tenancy.deps import Admitted, Correlation, Now, admits, part, room_router, writes
from samvad.tenancy.types import Permission

router = room_router("messages")

# What a browser may show by itself; anything else is only ever saved.
_HARMLESS = frozenset({
    "image/jpeg", "image/png", "image/webp", "image/gif", "audio/aac", "audio/amr", "audio/mp4", "audio/mpeg",
    "audio/ogg", "video/3gpp", "video/mp4", "application/pdf",
})  # fmt: skip


@router.get(
    "/messages/{message_id}/file",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "the file"}},
)
async def get_file(
    call: Annotated[Admitted, admits(Permission.INBOX_READ)], message_id: UUID
) -> StreamingResponse:
    """The file as it came. 409 `file_not_here` until it has been fetched, or when it cannot be."""
    async with call.reading() as scope:
        found = await files.stored(scope, message_id)
    return StreamingResponse(_parts(call, message_id), media_type=_type(found), headers=_headers(found))


@router.post("/messages/{message_id}/file", status_code=204)
async def fetch_file(
    scope: Annotated[Scope, writes(Permission.INBOX_WRITE)],
    now: Now,
    wakeups: Annotated[Wakeups, Depends(part(Wakeups))],
    message_id: UUID,
) -> None:
    """Fetches the file from its provider once more; nothing happens where it is here."""
    await files.fetch_again(scope, message_id, at=now)
    wakeups.poke(Topic.FILES)


@router.post(
    "/conversations/{conversation_id}/files",
    status_code=201,
    max_body_size=MOST_BODY,
    openapi_extra=UPLOAD,
)
async def send_file(
    call: Annotated[Admitted, admits(Permission.INBOX_WRITE)],
    now: Now,
    wakeups: Annotated[Wakeups, Depends(part(Wakeups))],
    correlation: Correlation,
    conversation_id: UUID,
    given: GivenFile,
) -> MessageOut:
    """An agent's file with words under it, like a message: it takes over from AI, and the same `client_id`
    again sends nothing new."""
    async with call.unit_of_work(point=agents.POINT) as scope:
        message = await agents.write(
            scope,
            conversation_id,
            given.file,
            client_id=given.client_id,
            reply_to=given.reply_to,
            at=now,
            correlation=correlation,
        )
    wakeups.poke(Topic.OUTBOUND, Topic.EVENTS)
    return MessageOut.model_validate(reading.shown(message))


async def _parts(call: Admitted, message: UUID) -> AsyncIterator[bytes]:
    """Each by a transaction of its own: a slow reader holds none open."""
    number = 0
    while True:
        async with call.reading() as scope:
            content = await files.part(scope, message, number)
        if content is None:
            return
        yield content
        number += 1


def _type(file: MessageFile) -> str:
    stated = str(file.media.get("mime_type") or "").partition(";")[0].strip().lower()
    return stated if stated in _HARMLESS else "application/octet-stream"


def _headers(file: MessageFile) -> dict[str, str]:
    """It is a stranger's file: never sniffed, never run, never shown as a page."""
    name = quote(str(file.media.get("filename") or "file"), safe="")
    return {
        "Content-Length": str(file.media.get("size") or 0),
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=31536000, immutable",
    }
