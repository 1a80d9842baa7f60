"""The worker that fetches files: a few at a time, part by part, checked against what the provider stated.

A worker that dies leaves a lease that ends and parts: the next attempt goes on behind them where the provider
hands out the rest of the very same file, else it drops them. Readers see a file only when it is whole.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

from samvad.channels.service.files import FileGone, SendError
from samvad.channels.service.files import Files as Providers
from samvad.channels.types import Broken, IncomingFile
from samvad.conversations.repository import files
from samvad.conversations.repository.files import Files
from samvad.conversations.service.announce import announce
from samvad.conversations.service.files import media_of
from samvad.conversations.types.files import FileState, MessageFile
from samvad.jobs import service as jobs
from samvad.jobs.types import DueTimer, TimerKind
from samvad.kernel.clock import Clock
from samvad.kernel.errors import NotFound, SamvadError
from samvad.kernel.ids import new_id
from samvad.kernel.json import JsonObject
from samvad.platform import metrics
from samvad.platform.db import Database, ReadScope, is_down
from samvad.platform.logging import get_logger
from samvad.platform.periodic import every
from samvad.platform.settings import FilesSettings
from samvad.platform.wakeups import Topic, Wakeups

log = get_logger("conversations.files")

PART = 1024 * 1024
KEPT = timedelta(days=7)  # by Meta; others keep files longer
_LEASE = timedelta(seconds=60)
_LOOK_SECONDS = 5.0
_ALTERED = 3  # attempts until a file that differs from what was stated is given up


class TooLarge(SamvadError):
    code = "file_too_large"
    title = "The file is larger than this installation fetches"


class Altered(SamvadError):
    code = "file_altered"
    title = "The file differs from what the provider stated"


class _LeaseLost(Exception):
    """Another worker has it, or the message is gone."""


class FileFetcher:
    """Works off FILE timers of all tenants. `providers` opens a file at its provider."""

    def __init__(
        self,
        *,
        database: Database,
        providers: Providers,
        wakeups: Wakeups,
        clock: Clock,
        settings: FilesSettings,
    ) -> None:
        self._database = database
        self._providers = providers
        self._wakeups = wakeups
        self._clock = clock
        self._most = settings.most_megabytes * 1024 * 1024
        self._slots = settings.at_once
        self._owner = new_id()
        self._working: set[asyncio.Task[None]] = set()
        self._held: set[UUID] = set()  # messages whose files are being fetched

    async def run(self) -> None:
        """Until cancelled; then what is being fetched stops too."""
        waiter = self._wakeups.waiter(Topic.FILES)
        try:
            while True:
                try:
                    while await self._round():
                        pass
                except Exception as failure:
                    if not is_down(failure):
                        log.exception("files.round_failed")
                await waiter.wait(_LOOK_SECONDS)
        finally:
            for task in self._working:
                task.cancel()
            await asyncio.gather(*self._working, return_exceptions=True)

    async def keep_alive(self) -> None:
        """Renews our leases until cancelled."""
        await every(_LEASE.total_seconds() / 3, self._renew, log=log, event="files.renew_failed")

    async def _renew(self) -> None:
        async with self._database.system_statement() as scope:
            until = self._clock.now() + _LEASE
            await jobs.renew(scope, self._held, owner=self._owner, until=until)

    async def _round(self) -> bool:
        """Whether a file was due."""
        if len(self._working) >= self._slots:
            await asyncio.wait(self._working, return_when=asyncio.FIRST_COMPLETED)
        async with self._database.system_statement() as scope:
            due = await jobs.claim_due(
                scope,
                TimerKind.FILE,
                now=self._clock.now(),
                lease=_LEASE,
                owner=self._owner,
                most=self._slots - len(self._working),
            )
        for timer in due:
            self._held.add(timer.key)
            task = asyncio.create_task(self._work_off(timer))
            self._working.add(task)
            task.add_done_callback(self._working.discard)
        return bool(due)

    async def _work_off(self, timer: DueTimer) -> None:
        try:
            await self._attempt(timer)
        except _LeaseLost:
            log.info("files.lease_lost", message=str(timer.key))
        except Exception as failure:
            if not is_down(failure):
                log.exception("files.failed", message=str(timer.key))
                await self._later(timer)
        finally:
            self._held.discard(timer.key)

    async def _attempt(self, timer: DueTimer) -> None:
        async with self._database.reading(timer.tenant) as scope:
            file = await Files(scope).of(timer.key)
            broken = await _broken(scope, file) if file else None
        if file is None:
            return await self._finish(timer, None)
        try:
            async with self._providers.open(
                timer.tenant, file.channel, media_of(file), broken=broken
            ) as opened:
                size = await self._store(timer, opened)
        except (FileGone, NotFound, TooLarge) as failure:
            await self._give_up(timer, failure)
        except Altered as failure:
            await (self._anew(timer) if timer.attempts + 1 < _ALTERED else self._give_up(timer, failure))
        except SendError as failure:
            await self._setback(timer, file, failure)
        else:
            mime = opened.mime_type or file.media.get("mime_type")
            facts: JsonObject = {
                "size": size,
                "mime_type": mime,
                "reason": None,
                "detail": "",
                "coming": None,
            }
            await self._finish(timer, {"state": FileState.STORED.value, **facts})

    async def _store(self, timer: DueTimer, opened: IncomingFile) -> int:
        """Its size. Raises TooLarge, Altered, SendError, _LeaseLost."""
        if opened.size is not None and opened.size > self._most:
            raise TooLarge(f"{opened.size} bytes")
        digest = hashlib.sha256()
        size, number = opened.start, opened.start // PART
        for earlier in range(number):
            digest.update(await self._kept(timer, earlier))
        async for content in _parts(opened.chunks):
            size += len(content)
            if size > self._most:
                raise TooLarge(f"more than {self._most} bytes")
            digest.update(content)
            await self._add(timer, number, content, coming=_coming(opened))
            number += 1
        if opened.sha256 is not None and digest.digest() != opened.sha256:
            raise Altered(f"{size} bytes with another checksum")
        if opened.size is not None and opened.size != size:
            raise Altered(f"{size} bytes in place of {opened.size}")
        return size

    async def _kept(self, timer: DueTimer, number: int) -> bytes:
        async with self._database.reading(timer.tenant) as scope:
            content = await Files(scope).part(timer.key, number)
        if content is None:
            raise _LeaseLost
        return content

    async def _add(self, timer: DueTimer, number: int, content: bytes, *, coming: JsonObject | None) -> None:
        async with self._database.unit_of_work(timer.tenant) as scope:
            if not await jobs.holds(scope, timer, owner=self._owner):
                raise _LeaseLost
            if number == 0:
                await files.drop(scope, timer.key)  # of an attempt that came to nothing
                await files.note(scope, timer.key, {"coming": coming})
            await files.add_part(scope, timer.key, number, content)

    async def _setback(self, timer: DueTimer, file: MessageFile, failure: SendError) -> None:
        if self._clock.now() - file.created_at < KEPT:
            log.info("files.again", message=str(timer.key), code=failure.code)
            return await self._later(timer)
        await self._give_up(timer, failure)

    async def _give_up(self, timer: DueTimer, failure: SamvadError) -> None:
        facts: JsonObject = {
            "state": FileState.FAILED.value,
            "reason": failure.code,
            "detail": failure.detail,
        }
        await self._finish(timer, facts)

    async def _finish(self, timer: DueTimer, facts: JsonObject | None) -> None:
        """None: the message is gone."""
        at = self._clock.now()
        async with self._database.unit_of_work(timer.tenant) as scope:
            if not await jobs.holds(scope, timer, owner=self._owner):
                raise _LeaseLost
            if facts is not None:
                if facts["state"] == FileState.FAILED.value:
                    await files.drop(scope, timer.key)
                await files.note(scope, timer.key, facts)
                await announce(scope, at=at, updated=[timer.key])
            await jobs.done(scope, [timer], owner=self._owner, now=at)
        if facts is not None:
            metrics.files.labels(facts["reason"] or "stored").inc()
            self._wakeups.poke(Topic.EVENTS)

    async def _anew(self, timer: DueTimer) -> None:
        """Again, and nothing of what came counts."""
        async with self._database.unit_of_work(timer.tenant) as scope:
            if not await jobs.holds(scope, timer, owner=self._owner):
                raise _LeaseLost
            await files.drop(scope, timer.key)
            await jobs.retry_later(scope, timer, owner=self._owner, now=self._clock.now())

    async def _later(self, timer: DueTimer) -> None:
        async with self._database.unit_of_work(timer.tenant) as scope:
            await jobs.retry_later(scope, timer, owner=self._owner, now=self._clock.now())


def _coming(opened: IncomingFile) -> JsonObject | None:
    """What tells whether the rest belongs to what is here; None: nothing does."""
    if opened.validator is None or opened.size is None:
        return None
    return {"size": opened.size, "validator": opened.validator}


async def _broken(scope: ReadScope, file: MessageFile) -> Broken | None:
    """What an attempt left behind that broke off between two whole parts."""
    coming = file.media.get("coming")
    if not isinstance(coming, dict):
        return None
    parts, held = await Files(scope).here(file.message)
    size = int(str(coming["size"]))
    if not parts or held != parts * PART or held >= size:
        return None
    return Broken(held, size, str(coming["validator"]))


async def _parts(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Pieces of PART bytes, the last one shorter; one empty piece of an empty file."""
    held = bytearray()
    sent = False
    async for chunk in chunks:
        held += chunk
        while len(held) >= PART:
            yield bytes(held[:PART])
            del held[:PART]
            sent = True
    if held or not sent:
        yield bytes(held)
