"""What can be said without a database: data folder, disk, secret key, backups."""

import asyncio
import os
import shutil
from collections.abc import Sequence
from datetime import timedelta

from samvad.bootstrap.backing_up import kept
from samvad.kernel.clock import Clock
from samvad.platform.health import Check, Finding, State
from samvad.platform.settings import Settings

LITTLE, TOO_LITTLE = 2 << 30, 200 << 20  # bytes of free disk
OLD_BACKUP = timedelta(hours=36)  # of a nightly one that was missed
_OK = Finding(State.OK)


def checks(settings: Settings, clock: Clock) -> Sequence[Check]:
    return [
        _folder_check(settings),
        _disk_check(settings),
        _secret_check(settings),
        _backups_check(settings, clock),
    ]


def _folder_check(settings: Settings) -> Check:
    async def probe() -> Finding:
        folder = settings.data_dir.absolute()
        if settings.database_url is not None and not folder.exists():
            return Finding(State.OK, "not needed so far")
        fine = folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)
        return _OK if fine else Finding(State.DOWN, f"{folder} cannot be read and written")

    return Check("data folder", True, probe)


def _disk_check(settings: Settings) -> Check:
    async def probe() -> Finding:
        folder = settings.data_dir.absolute()
        while not folder.exists():
            folder = folder.parent
        free = (await asyncio.to_thread(shutil.disk_usage, folder)).free
        facts = {"free_mb": free >> 20}
        if free < TOO_LITTLE:
            return Finding(State.DOWN, "the disk is nearly full", facts)
        return Finding(State.OK if free >= LITTLE else State.DEGRADED, "", facts)

    return Check("disk", True, probe)


def _secret_check(settings: Settings) -> Check:
    """It may be set, or kept in the data folder for its owner's eyes alone."""

    async def probe() -> Finding:
        file = settings.data_dir.absolute() / "secret.key"
        if settings.secret_key is not None:
            return Finding(State.OK, "set")
        if not file.exists():
            return Finding(State.DOWN, f"there is none: neither SAMVAD_SECRET_KEY nor {file}")
        if not os.access(file, os.R_OK):
            return Finding(State.DOWN, f"{file} cannot be read")
        mode = file.stat().st_mode & 0o777
        return Finding(State.DOWN, f"{file} has mode {mode:o}: others can read it") if mode & 0o077 else _OK

    return Check("secret key", True, probe)


def _backups_check(settings: Settings, clock: Clock) -> Check:
    """By the folder of backups here: one that is copied elsewhere and deleted is not seen."""

    async def probe() -> Finding:
        folder = settings.backup_folder
        found = await asyncio.to_thread(kept, folder)
        if not found:
            return Finding(State.DEGRADED, f"there is none in {folder}")
        age = clock.now() - found[0].made_at
        facts = {"kept": len(found), "newest_hours": round(age.total_seconds() / 3600, 1)}
        if age > OLD_BACKUP:
            return Finding(State.DEGRADED, "the newest is old", facts)
        return Finding(State.OK, "", facts)

    return Check("backups", False, probe)
