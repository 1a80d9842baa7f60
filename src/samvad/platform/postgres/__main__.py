"""Trials by hand: `python -m samvad.platform.postgres --data-dir DIR` runs a cluster until interrupted."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from samvad.platform.logging import configure
from samvad.platform.postgres import EngineError, Supervisor
from samvad.platform.settings import LogSettings


async def _run(data_dir: Path) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    supervisor = Supervisor(data_dir)
    async with supervisor as cluster:
        role = "owner" if supervisor.is_owner else "guest"
        sys.stdout.write(f"{role} {cluster.dsn(database='postgres', user=cluster.superuser)}\n")
        sys.stdout.flush()
        watching = asyncio.create_task(supervisor.watch())
        await stopped.wait()
        watching.cancel()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m samvad.platform.postgres")
    parser.add_argument("--data-dir", type=Path, required=True)
    configure(LogSettings())
    try:
        asyncio.run(_run(parser.parse_args().data_dir))
    except EngineError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
