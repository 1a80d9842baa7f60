"""Files of ours for the providers that fetch them: the address is the proof, no session is asked for."""

import re
from collections.abc import AsyncIterator
from math import ceil
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from samvad.conversations.errors import FileNotHere
from samvad.conversations.service import files
from samvad.conversations.service.file_links import PATH, FileLinks
from samvad.conversations.types.files import MessageFile
from samvad.kernel.clock import Clock
from samvad.kernel.errors import NotFound, TooMany
from samvad.kernel.ids import TenantId
from samvad.platform.db import Database
from samvad.workflows.chat.guard import place
from samvad.workflows.chat.rules import Buckets

_OFFICE = "application/vnd.openxmlformats-officedocument."
# Named as they are, for providers go by it; whatever a browser could run is a heap of bytes.
_NAMED = frozenset({
    "image/jpeg", "image/png", "image/webp", "image/gif", "audio/aac", "audio/amr", "audio/mp4", "audio/mpeg",
    "audio/ogg", "audio/3gpp", "video/3gpp", "video/mp4", "application/pdf", "application/msword",
    "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "text/plain", "text/vcard",
    f"{_OFFICE}wordprocessingml.document", f"{_OFFICE}spreadsheetml.sheet",
    f"{_OFFICE}presentationml.presentation",
})  # fmt: skip
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 20  # what Twilio advises: people see the name


class Media:
    """A file is read 20 times at once and then every 30 s at most, in this process; whoever comes with
    addresses that are none may try as often as a person could."""

    def __init__(self, database: Database, links: FileLinks, clock: Clock) -> None:
        self._database = database
        self._links = links
        self._clock = clock
        self._reads = Buckets(burst=20, per_second=1 / 30)
        self._guesses = Buckets(burst=30, per_second=0.5)

    def route(self) -> Route:
        return Route(PATH + "{token}", self._answer, methods=["GET", "HEAD"])

    async def _answer(self, request: Request) -> Response:
        """404 for whatever is wrong. Raises TooMany."""
        opened = self._links.opened(request.path_params["token"])
        if opened is None:
            self._take(self._guesses, place(request.client.host if request.client else ""))
            raise NotFound
        tenant, message = opened
        self._take(self._reads, str(message))
        async with self._database.reading(tenant) as scope:
            try:
                file = await files.stored(scope, message)
            except FileNotHere as missing:
                raise NotFound from missing
        headers = _headers(file)
        if request.method == "HEAD":
            return Response(headers=headers)
        return StreamingResponse(self._parts(tenant, message), headers=headers)

    def _take(self, buckets: Buckets, key: str) -> None:
        wait = buckets.take(key, self._clock.now())
        if wait:
            raise TooMany("Too often; try again later", retry_after=ceil(wait))

    async def _parts(self, tenant: TenantId, message: UUID) -> AsyncIterator[bytes]:
        """Each by a transaction of its own: a slow reader holds none open."""
        number = 0
        while True:
            async with self._database.reading(tenant) as scope:
                content = await files.part(scope, message, number)
            if content is None:
                return
            yield content
            number += 1


def _headers(file: MessageFile) -> dict[str, str]:
    stated = str(file.media.get("mime_type") or "")
    return {
        "Content-Type": stated if stated in _NAMED else "application/octet-stream",
        "Content-Length": str(file.media.get("size") or 0),
        "Content-Disposition": f'inline; filename="{_name(str(file.media.get("filename") or ""))}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Cache-Control": "private, no-store",
    }


def _name(given: str) -> str:
    """Letters, digits and little else, as providers show it; the ending stays."""
    stem, dot, ending = _ODD.sub("_", given).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    tail = f".{ending[:8]}" if ending else ""
    return (stem.strip("._-")[: _LONGEST_NAME - len(tail)] or "file") + tail
