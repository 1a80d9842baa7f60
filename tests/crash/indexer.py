"""An indexing worker in a process of its own, to be killed: `python -m tests.crash.indexer URL SECRET`."""

import asyncio
import sys

from samvad.kernel.clock import SystemClock
from samvad.knowledge.service.indexing import Indexer
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from samvad.platform.db.database import APP, SYSTEM_ROLE
from samvad.platform.wakeups import Wakeups
from tests.knowledge.conftest import here


async def main(url: str, secret: str) -> None:
    keyring = Keyring(secret)
    passwords = {role: keyring.password_for(role) for role in (APP, SYSTEM_ROLE)}
    async with Database(url, passwords) as database, Wakeups(database.connect_settings()) as wakeups:
        indexer = Indexer(database=database, call=here, wakeups=wakeups, clock=SystemClock())
        while await indexer.round():
            pass


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
