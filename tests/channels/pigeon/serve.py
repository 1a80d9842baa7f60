"""Samvad in a process of its own, until its standard input ends; says where it is and who may enter."""

import asyncio
import json
import sys

from samvad.platform.crypto import Keyring
from samvad.tenancy.types import Role
from tests.conftest import SECRET
from tests.door.stage import stage


async def serve(dsn: str, peer: str) -> None:
    async with stage(dsn, Keyring(SECRET), working=True, beside=peer) as opened:
        shop = await opened.shop()
        sys.stdout.write(json.dumps({"url": opened.url, "token": shop.house.tokens[Role.OWNER]}) + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


asyncio.run(serve(*sys.argv[1:]))
