"""Starting the peers, and asking them."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass

import aiohttp
import orjson

from benchmarks.peers.load import Plan, Result
from benchmarks.peers.provider import Call
from benchmarks.peers.statuses import Where


@dataclass(frozen=True, slots=True)
class Provider:
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def allowed(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def calls(self) -> list[Call]:
        """(monotonic seconds, recipient, text) of each send, in order."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/ledger") as answer:
            _, calls = orjson.loads(await answer.read())
            return [(at, to, text) for at, to, text in calls]

    async def tell_statuses(self, where: Where) -> None:
        """From now on: three webhooks for each message."""
        said = orjson.dumps(asdict(where))
        async with aiohttp.ClientSession() as s, s.put(f"{self.url}/statuses", data=said) as answer:
            await answer.read()

    async def statuses(self) -> tuple[int, int]:
        """(taken, refused) of these webhooks; what was refused comes again."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/statuses") as answer:
            taken, refused = orjson.loads(await answer.read())
            return taken, refused

    async def forget(self) -> None:
        async with aiohttp.ClientSession() as session, session.delete(f"{self.url}/ledger") as answer:
            await answer.read()


@asynccontextmanager
async def provider(*, delay_ms: float = 0) -> AsyncIterator[Provider]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.peers.provider", str(delay_ms), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield Provider(int(await process.stdout.readline()))
    finally:
        process.terminate()
        await process.wait()


async def load(plan: Plan) -> Result:
    """Runs the load tool to its end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.peers.load",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate(orjson.dumps(asdict(plan)))
    if process.returncode:
        raise RuntimeError("the load tool failed")
    return Result(**orjson.loads(said))
