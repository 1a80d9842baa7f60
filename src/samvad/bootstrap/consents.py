"""The log of consent beside the backups: kept up to date by whoever works, found again by a restore."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import asyncpg

from samvad.bootstrap.engine import Engine
from samvad.bootstrap.parts import Parts
from samvad.platform.backup.consent_log import ConsentLog
from samvad.platform.crypto import Keyring
from samvad.platform.db import is_down
from samvad.platform.logging import get_logger
from samvad.platform.migrations.version import HEAD, current
from samvad.platform.settings import Settings
from samvad.workflows.consent_copies import KEPT, Copier

log = get_logger("bootstrap")

_THOROUGH = 600  # rounds of a second
_ANOTHER_HAS_IT = 10.0
_AFTER_FAILURE = 10.0


async def keep_copied(parts: Parts) -> None:
    """Until cancelled: every second, by one process of those that share a folder of backups."""
    mine = ConsentLog(parts.settings.backup_folder, parts.keyring)
    copier = Copier(parts.database, mine)
    rounds, failing = 0, False
    try:
        while True:
            try:
                if not await asyncio.to_thread(mine.take):
                    await asyncio.sleep(_ANOTHER_HAS_IT)
                    continue
                thorough = rounds % _THOROUGH == 0
                now = parts.clock.now()
                await copier.catch_up(now=now, thorough=thorough)
                if thorough:
                    await asyncio.to_thread(mine.forget, before=now - KEPT)
                rounds, failing = rounds + 1, False
                await asyncio.sleep(parts.settings.worker.poll_seconds)
            except Exception as failure:
                if not is_down(failure) and not failing:
                    log.exception("consents.not_copied")
                failing = failing or not is_down(failure)  # said once: the folder may be read-only for good
                await asyncio.sleep(_AFTER_FAILURE)
    finally:
        mine.leave()


def logs_in(folders: Iterable[Path], keyring: Keyring) -> Sequence[ConsentLog]:
    return [ConsentLog(folder, keyring) for folder in dict.fromkeys(folders)]


async def catch_up_last(settings: Settings, present: Engine, *, at: datetime) -> None:
    """What the installation that is about to be replaced still knows; nothing where it cannot say it."""
    mine = ConsentLog(settings.backup_folder, present.keyring)
    try:
        if await current(present.url) != HEAD or not await asyncio.to_thread(mine.take):
            return
        async with present.database() as database:
            await Copier(database, mine).catch_up(now=at)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
        log.warning("consents.not_asked", why=str(failure))
    finally:
        mine.leave()
