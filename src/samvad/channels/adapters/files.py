"""Fetching a file from any provider: redirects followed without the credentials, ends as our own errors."""

import base64
import binascii
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urljoin

from samvad.channels.adapters.calling import refused
from samvad.channels.errors import ChannelBlocked, FileGone, OutcomeUnknown, Rejected, SendError, Transient
from samvad.channels.types import Broken, IncomingFile
from samvad.platform.http import HostPolicy, HttpClient, HttpDownload, HttpError, TargetRefused

IDLE_SECONDS, TOTAL_SECONDS = 30.0, 600.0
_HOPS = 3
_GONE = (404, 410)
_CHECKSUM = "sha256:"
_NOTHING: Mapping[str, str] = MappingProxyType({})
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)", re.ASCII)


@asynccontextmanager
async def opened(
    http: HttpClient,
    url: str,
    *,
    headers: Mapping[str, str],
    allow: HostPolicy,
    broken: Broken | None = None,
) -> AsyncIterator[IncomingFile]:
    """`headers` go to `url` alone: what it redirects to is a storage that must not see them. With `broken`
    the rest is asked for, and all of it where something else than that very rest is answered.
    Raises FileGone, SendError."""
    source = _Source(http, url, headers, allow)
    async with AsyncExitStack() as stack:
        answer = await source.answer(stack, ranged=_rest(broken) if broken else {})
        if broken is not None and _goes_on(answer, broken):
            yield _file(answer, size=broken.size, start=broken.bytes, validator=broken.validator)
            return
        if broken is not None and answer.status != 200:
            answer = await source.answer(stack)
        if answer.status != 200:
            raise _failure(answer.status)
        said = answer.headers.get("content-length", "")
        size = int(said) if said.isdigit() else None
        yield _file(answer, size=size, start=0, validator=_validator(answer))


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a file is, and what is shown there."""

    http: HttpClient
    url: str
    headers: Mapping[str, str]
    allow: HostPolicy

    async def answer(self, stack: AsyncExitStack, *, ranged: Mapping[str, str] = _NOTHING) -> HttpDownload:
        """After the redirects."""
        url = self.url
        answer = await _get(stack, self.http, url, headers={**self.headers, **ranged}, allow=self.allow)
        for _ in range(_HOPS):
            if not 300 <= answer.status < 400:
                break
            url = urljoin(url, answer.headers.get("location", ""))
            answer = await _get(stack, self.http, url, headers=ranged, allow=self.allow)
        return answer


def _file(answer: HttpDownload, *, size: int | None, start: int, validator: str | None) -> IncomingFile:
    return IncomingFile(
        mime_type=answer.headers.get("content-type"),
        size=size,
        sha256=None,
        chunks=_read(answer),
        start=start,
        validator=validator,
    )


def by_checksum(stated: bytes | None) -> str | None:
    """A validator for providers that state a checksum, of which a storage knows nothing."""
    return _CHECKSUM + stated.hex() if stated else None


def _validator(answer: HttpDownload) -> str | None:
    """A strong entity tag, else the time of the last change (RFC 9110, 13.1.5)."""
    tag = answer.headers.get("etag", "")
    return tag if tag.startswith('"') else answer.headers.get("last-modified")


def _rest(broken: Broken) -> Mapping[str, str]:
    wanted = {"Range": f"bytes={broken.bytes}-"}
    return wanted if broken.validator.startswith(_CHECKSUM) else {**wanted, "If-Range": broken.validator}


def _goes_on(answer: HttpDownload, broken: Broken) -> bool:
    said = _CONTENT_RANGE.fullmatch(answer.headers.get("content-range", ""))
    if answer.status != 206 or said is None:
        return False
    if not broken.validator.startswith(_CHECKSUM) and _validator(answer) not in (None, broken.validator):
        return False
    return [int(part) for part in said.groups()] == [broken.bytes, broken.size - 1, broken.size]


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
