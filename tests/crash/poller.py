"""A polling worker to be killed: `python -m tests.crash.poller URL SECRET FOLDER`."""

import asyncio
import sys
from pathlib import Path

from samvad.kernel.clock import SystemClock
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from samvad.platform.db.database import APP, SYSTEM_ROLE
from tests.support.feed import polling


async def main(url: str, secret: str, folder: str) -> None:
    keyring = Keyring(secret)
    passwords = {role: keyring.password_for(role) for role in (APP, SYSTEM_ROLE)}
    async with (
        Database(url, passwords) as database,
        polling(database, keyring, SystemClock(), Path(folder)) as scene,
    ):
        await scene.ask()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
