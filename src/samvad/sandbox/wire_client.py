"""A small HTTP/1.1 client on asyncio streams: pooled, one request at a time on a connection, no redirects."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import httptools

_RESPONSE_CAP = 1 << 20


class Response(Protocol):
    @property
    def status(self) -> int: ...
    @property
    def body(self) -> bytes: ...


class HttpClient(Protocol):
    """What delivery needs of a client; any exception means: not answered."""

    async def request(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> Response: ...


class NotAnswered(Exception):
    """The other side closed the connection or answered no HTTP."""


@dataclass(slots=True)
class _Answer:
    """Filled by the parser's callbacks."""

    headers: dict[str, str] = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)
    complete: bool = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_message_complete(self) -> None:
        self.complete = True


@dataclass(frozen=True, slots=True)
class HttpResponse:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used: bool = False


_Key = tuple[str, str, int]


class WireClient:
    def __init__(self) -> None:
        self._idle: dict[_Key, list[_Connection]] = {}

    async def request(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> HttpResponse:
        """Raises OSError, TimeoutError or NotAnswered. Repeated when a kept connection turns out dead."""
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        key = (parts.scheme, parts.hostname or "", parts.port or (443 if secure else 80))
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        message = (
            f"{method} {target} HTTP/1.1\r\nhost: {parts.netloc}\r\n{head}content-length: {len(body)}\r\n\r\n"
        ).encode("latin-1") + body
        async with asyncio.timeout(timeout):
            return await self._exchange(key, message)

    async def _exchange(self, key: _Key, message: bytes) -> HttpResponse:
        while True:
            connection = await self._connect(key)
            try:
                return await self._on(connection, key, message)
            except (NotAnswered, ConnectionError):
                connection.writer.close()
                if not connection.used:
                    raise
            except BaseException:
                connection.writer.close()
                raise

    async def _connect(self, key: _Key) -> _Connection:
        idle = self._idle.get(key)
        if idle:
            return idle.pop()
        scheme, host, port = key
        reader, writer = await asyncio.open_connection(host, port, ssl=scheme == "https" or None)
        return _Connection(reader, writer)

    async def _on(self, connection: _Connection, key: _Key, message: bytes) -> HttpResponse:
        answer = _Answer()
        parser = httptools.HttpResponseParser(answer)
        connection.writer.write(message)
        while not answer.complete:
            data = await connection.reader.read(65_536)
            if not data:
                raise NotAnswered("the connection was closed before the answer was complete")
            try:
                parser.feed_data(data)
            except httptools.HttpParserError as failure:
                raise NotAnswered(f"no HTTP: {failure}") from failure
            if len(answer.body) > _RESPONSE_CAP:
                raise NotAnswered("the answer is too large")
        # Asked after the end, the parser always says no: the header decides.
        if answer.headers.get("connection", "").lower() != "close" and parser.get_http_version() == "1.1":
            kept = _Connection(connection.reader, connection.writer, used=True)
            self._idle.setdefault(key, []).append(kept)
        else:
            connection.writer.close()
        return HttpResponse(parser.get_status_code(), answer.headers, bytes(answer.body))

    async def close(self) -> None:
        for connections in self._idle.values():
            for connection in connections:
                connection.writer.close()
                with contextlib.suppress(OSError):
                    await connection.writer.wait_closed()
        self._idle.clear()
