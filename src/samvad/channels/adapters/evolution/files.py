"""Files of customers: WhatsApp keeps them encrypted, the gateway opens them and answers them as base64 within
JSON, which is decoded as it comes in."""

import base64
import binascii
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from samvad.channels.adapters.evolution.api import Gateway, refused
from samvad.channels.adapters.files import digest, gone
from samvad.channels.errors import FileGone, Rejected, SendError, Transient
from samvad.channels.types import ChannelCredentials, IncomingFile, JsonObject, Media
from samvad.platform.http import HttpError

_MARK = b'"base64":"'  # in no text of JSON, where quotes are escaped
_MOST_BEFORE = 256 * 1024
_MOST_REFUSAL = 64 * 1024


@asynccontextmanager
async def opened(gateway: Gateway, media: Media, via: ChannelCredentials) -> AsyncIterator[IncomingFile]:
    """By the message's id, which the gateway has to know still. Raises FileGone, SendError."""
    if not media.id:
        raise FileGone("the message names no file")
    body: JsonObject = {"message": {"key": {"id": media.id}}, "convertToMp4": False}
    async with gateway.opened("/chat/getBase64FromMediaMessage/", body, via=via) as answer:
        chunks = answer.chunks()
        if answer.status not in (200, 201):
            raise _failure(refused(answer.status, await _up_to(chunks, _MOST_REFUSAL), via))
        first = await _begun(chunks)
        yield IncomingFile(
            mime_type=media.mime_type,
            size=None,
            sha256=digest(media.sha256),
            chunks=_decoded(first, chunks),
        )


def _failure(failure: SendError) -> FileGone | SendError:
    """The gateway says 400 where it knows no such message, and where WhatsApp has the file no more."""
    lost = gone(failure) or isinstance(failure, Rejected)
    return FileGone(failure.detail) if lost and failure.detail.startswith("HTTP 400") else failure


async def _up_to(chunks: AsyncIterator[bytes], most: int) -> bytes:
    found = b""
    try:
        async for chunk in chunks:
            found += chunk
            if len(found) > most:
                break
    except HttpError as broken:
        raise Transient(broken.detail) from broken
    return found


async def _begun(chunks: AsyncIterator[bytes]) -> bytes:
    """What follows the mark, as far as it is here."""
    found = b""
    try:
        async for chunk in chunks:
            found += chunk
            if (at := found.find(_MARK)) >= 0:
                return found[at + len(_MARK) :]
            if len(found) > _MOST_BEFORE:
                break
    except HttpError as broken:
        raise Transient(broken.detail) from broken
    raise FileGone("the gateway answers no file")


async def _decoded(first: bytes, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Up to the closing quote; four characters of base64 are three bytes."""
    rest, part, over = b"", first, False
    try:
        while True:
            text, quote, _ = (rest + part).partition(b'"')
            over = bool(quote)
            whole = len(text) if over else len(text) // 4 * 4
            if whole:
                yield base64.b64decode(text[:whole], validate=True)
            if over:
                return
            rest = text[whole:]
            part = await anext(chunks)
    except StopAsyncIteration:
        raise Transient("the file broke off") from None
    except binascii.Error as broken:
        raise Transient("the file cannot be read") from broken
    except HttpError as broken:
        raise Transient(broken.detail) from broken
