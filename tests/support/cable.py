"""A cable to PostgreSQL that can be cut: a TCP port before its socket that can fall silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit


@dataclass
class Cable:
    """`cut`: bytes are held back in both directions and nobody is told, as when a switch dies."""

    url: str = ""
    _whole: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def cut(self) -> None:
        self._whole.clear()

    def mend(self) -> None:
        self._whole.set()

    async def plugged(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, socket: str) -> None:
        there, back = await asyncio.open_unix_connection(socket)
        for source, target in ((reader, back), (there, writer)):
            task = asyncio.create_task(self._carry(source, target))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(65536):
                await self._whole.wait()
                target.write(data)
                await target.drain()
        target.close()

    async def unplug(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def cable(url: str) -> AsyncIterator[Cable]:
    """`url` names a server by its Unix socket; the cable's own names the same one by a TCP port."""
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    socket = f"{options['host'][0]}/.s.PGSQL.{options['port'][0]}"
    made = Cable()
    made.mend()
    server = await asyncio.start_server(lambda r, w: made.plugged(r, w, socket), "127.0.0.1", 0)
    made.url = f"postgresql://{parts.username}@127.0.0.1:{server.sockets[0].getsockname()[1]}{parts.path}"
    try:
        yield made
    finally:
        made.mend()
        server.close()
        await made.unplug()
