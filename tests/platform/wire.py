"""A TCP relay to PostgreSQL's socket that can freeze, and that can speak in PostgreSQL's place."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit, urlunsplit

from samvad.platform.db import Database

# ErrorResponse as an administrator's command sends it: FATAL, 57P01, and no ReadyForQuery behind it
_FIELDS = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"
GOODBYE = b"E" + (len(_FIELDS) + 4).to_bytes(4) + _FIELDS


@dataclass
class Wire:
    socket: str
    flowing: asyncio.Event = field(default_factory=asyncio.Event)
    clients: list[asyncio.StreamWriter] = field(default_factory=list)

    def say(self, message: bytes) -> None:
        """To every client, as if from PostgreSQL; nothing is closed."""
        for writer in self.clients:
            writer.write(message)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.clients.append(writer)
        onward, outward = await asyncio.open_unix_connection(self.socket)
        await asyncio.gather(self._pump(reader, outward), self._pump(onward, writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                await self.flowing.wait()
                writer.write(data)
        writer.close()


@asynccontextmanager
async def wired(url: str, passwords: Mapping[str, str]) -> AsyncIterator[tuple[Database, Wire]]:
    """A Database whose every byte passes the wire."""
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    wire = Wire(f"{options['host'][0]}/.s.PGSQL.{options['port'][0]}")
    wire.flowing.set()
    server = await asyncio.start_server(wire.carry, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    through = urlunsplit(parts._replace(netloc=f"{parts.netloc}127.0.0.1:{port}", query=""))
    try:
        async with Database(through, passwords) as database:
            yield database, wire
    finally:
        server.close()
