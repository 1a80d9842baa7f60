"""A load balancer of the simplest kind: each connection goes to the next API that takes it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import count

_TRY_SECONDS = 1.0


@asynccontextmanager
async def balanced(port: int, targets: Sequence[int]) -> AsyncIterator[None]:
    """Listens on `port` of this machine."""
    turn = count()
    running: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = next(turn)
        for n in range(len(targets)):
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(_TRY_SECONDS):
                    there, back = await asyncio.open_connection(
                        "127.0.0.1", targets[(first + n) % len(targets)]
                    )
                for pair in ((reader, back), (there, writer)):
                    task = asyncio.create_task(_carry(*pair))
                    running.add(task)
                    task.add_done_callback(running.discard)
                return
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    try:
        yield
    finally:
        server.close()
        for task in list(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
    target.close()
