"""`samvad up` backs up by itself where a passphrase is set, when the last one is old."""

import asyncio
import os
import sys
from datetime import datetime, timedelta

from samvad.bootstrap.backing_up import REGULAR, kept
from samvad.kernel.clock import Clock
from samvad.platform.logging import get_logger
from samvad.platform.settings import Settings

log = get_logger("bootstrap")

_AFTER_START = 60.0  # seconds: a start is busy enough
_LOOK = 600.0


def due_in(settings: Settings, *, now: datetime) -> float:
    """Seconds until the next one; 0 or less: now. By the files that are there: a restart repeats none."""
    mine = [one.made_at for one in kept(settings.backup_folder) if one.path.name.startswith(REGULAR)]
    if not mine:
        return 0.0
    return (max(mine) + timedelta(hours=settings.backup_every_hours) - now).total_seconds()


async def keep_backing_up(settings: Settings, clock: Clock) -> None:
    """Until cancelled. One that fails is logged and tried again in ten minutes."""
    if settings.backup_passphrase is None or not settings.backup_every_hours:
        return
    await asyncio.sleep(_AFTER_START)
    while True:
        wait = await asyncio.to_thread(due_in, settings, now=clock.now())
        if wait <= 0:
            await back_up_now(settings)
        await asyncio.sleep(min(max(wait, 1.0), _LOOK) if wait > 0 else _LOOK)


async def back_up_now(settings: Settings) -> bool:
    """By the command, so that sealing takes no time of ours. Whether it succeeded."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "samvad", "backup", "create", "--keep", str(settings.backup_keep),
        env={**os.environ, **_environment(settings)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        said, _ = await process.communicate()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    lines = said.decode(errors="replace").strip().splitlines() or [""]
    if process.returncode:
        log.error("backup.failed", reason=lines[-1])
        return False
    log.info("backup.made", said=lines[-1])
    return True


def _environment(settings: Settings) -> dict[str, str]:
    """What of our settings the command needs, wherever we have them from."""
    found = {
        "SAMVAD_DATA_DIR": str(settings.data_dir.absolute()),
        "SAMVAD_BACKUP_DIR": str(settings.backup_folder),
    }
    secrets = {
        "SAMVAD_BACKUP_PASSPHRASE": settings.backup_passphrase,
        "SAMVAD_DATABASE_URL": settings.database_url,
        "SAMVAD_SECRET_KEY": settings.secret_key,
    }
    return found | {name: value.get_secret_value() for name, value in secrets.items() if value is not None}
