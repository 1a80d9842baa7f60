"""Fetching a file from any provider: redirects followed without the credentials, ends as our own errors."""

import base64
import binascii
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urljoin

from samvad.channels.adapters.calling import refused
from samvad.channels.errors import ChannelBlocked, FileGone, OutcomeUnknown, Rejected, SendError, Transient
from samvad.channels.types import IncomingFile
from samvad.platform.http import HostPolicy, HttpClient, HttpDownload, HttpError, TargetRefused

IDLE_SECONDS, TOTAL_SECONDS = 30.0, 600.0
_HOPS = 3
_GONE = (404, 410)


@asynccontextmanager
async def opened(
    http: HttpClient, url: str, *, headers: Mapping[str, str], allow: HostPolicy
) -> AsyncIterator[IncomingFile]:
    """`headers` go to `url` alone: what it redirects to is a storage that must not see them.
    Raises FileGone, SendError."""
    async with AsyncExitStack() as stack:
        answer = await _get(stack, http, url, headers=headers, allow=allow)
        for _ in range(_HOPS):
            if not 300 <= answer.status < 400:
                break
            url = urljoin(url, answer.headers.get("location", ""))
            answer = await _get(stack, http, url, headers={}, allow=allow)
        if answer.status != 200:
            raise _failure(answer.status)
        size = answer.headers.get("content-length", "")
        yield IncomingFile(
            mime_type=answer.headers.get("content-type"),
            size=int(size) if size.isdigit() else None,
            sha256=None,
            chunks=_read(answer),
        )


async def _get(
    stack: AsyncExitStack, http: HttpClient, url: str, *, headers: Mapping[str, str], allow: HostPolicy
) -> HttpDownload:
    try:
        return await stack.enter_async_context(
            http.download(url, headers=headers, idle=IDLE_SECONDS, total=TOTAL_SECONDS, allow=allow)
        )
    except HttpError as failure:
        raise _unanswered(failure) from failure


async def _read(answer: HttpDownload) -> AsyncIterator[bytes]:
    try:
        async for chunk in answer.chunks():
            yield chunk
    except HttpError as failure:
        raise _unanswered(failure) from failure


def _unanswered(failure: HttpError) -> SendError:
    if isinstance(failure, TargetRefused):
        return ChannelBlocked(f"{failure.detail}; SAMVAD_HTTP__ALLOW_HOSTS may allow it")
    return Transient(failure.detail)


def _failure(status: int) -> FileGone | SendError:
    """Asking again does no harm, so what may have been is only: not yet."""
    if status in _GONE:
        return FileGone(f"HTTP {status}")
    kind = refused(status, spoken=False)
    return (Transient if issubclass(kind, OutcomeUnknown) else kind)(f"HTTP {status}")


def gone(failure: SendError) -> bool:
    """Whether a refusal to name a file's place means that there is none."""
    return isinstance(failure, Rejected | ChannelBlocked)


def digest(text: str | None) -> bytes | None:
    """A SHA-256 as providers write it: 64 hexadecimal digits, or base64; None for anything else."""
    try:
        found = (
            bytes.fromhex(text or "")
            if len(text or "") == 64
            else base64.b64decode(text or "", validate=True)
        )
    except (ValueError, binascii.Error):
        return None
    return found if len(found) == 32 else None
