"""The live stream: an open ear of one tenant, a message of the other."""

import asyncio

import orjson
from websockets.asyncio.client import connect

from samvad.tenancy.types import Role
from tests.conversations.conftest import until
from tests.isolation.conftest import PATIENCE, Pair


async def test_a_socket_hears_its_own_tenant_only(pair: Pair) -> None:
    url = pair.stage.url.replace("http", "ws") + "/ws"
    frames: list[str] = []
    async with connect(url) as socket, asyncio.timeout(PATIENCE):
        token = pair.ours.house.tokens[Role.OWNER]
        await socket.send(orjson.dumps({"type": "auth", "token": token, "cursor": None}).decode())
        assert orjson.loads(await socket.recv())["type"] == "ready"
        assert (
            await pair.theirs.knock(pair.theirs.saying("a secret of theirs", sender="919700000001"))
        ).status == 200

        async def arrived() -> bool:
            return bool((await pair.theirs.get("/conversations?phone=%2B919700000001"))["items"])

        await until(arrived)
        assert (
            await pair.ours.knock(pair.ours.saying("a word of ours", sender="919700000002"))
        ).status == 200
        while not any("a word of ours" in frame for frame in frames):
            frames.append(str(await socket.recv()))
    everything = "\n".join(frames)
    assert "a secret of theirs" not in everything
    assert str(pair.theirs.house.tenant) not in everything
    assert str(pair.theirs.channel.id) not in everything
