"""One channel's news asked for: fetched, stored, only then settled; and what failures ask for."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

from samvad.channels.errors import CredentialsRejected, NumberThrottled, SendError, Transient
from samvad.channels.repository import polls
from samvad.channels.rules import poll_wait, reaction
from samvad.channels.service import outbox
from samvad.channels.service.door import Door
from samvad.channels.service.recalling import Recaller
from samvad.channels.service.vault import Vault
from samvad.channels.types import (
    ChannelAdapter,
    ChannelCredentials,
    DuePoll,
    Fetched,
    Polls,
    Provider,
)
from samvad.kernel.clock import Clock
from samvad.kernel.errors import NotFound
from samvad.platform.crashpoints import Moment, Point, reach
from samvad.platform.crypto import Tampered
from samvad.platform.db import CommitUnknown, Database, Scope, is_down
from samvad.platform.logging import get_logger
from samvad.tenancy.service import alerts

log = get_logger("channels.polling")

ALARM = "polling_failed"
ALARM_AFTER = 5  # failures in a row: after half a minute or more
_LONGEST = 60.0  # seconds of one call, whatever the adapter allows itself
IN_A_ROW = 100  # answers of one channel before others have a turn


class Asker:
    def __init__(
        self,
        *,
        database: Database,
        vault: Vault,
        adapters: Mapping[Provider, ChannelAdapter],
        doors: Mapping[str, Door],
        recaller: Recaller,
        clock: Clock,
    ) -> None:
        self._database = database
        self._vault = vault
        self._adapters = adapters
        self._doors = doors
        self._recaller = recaller
        self._clock = clock
        self._random = random.Random()  # noqa: S311 - jitter needs no secrecy

    async def visit(self, due: DuePoll) -> float:
        """Takes in what there is; seconds until this channel is due again. Never raises: what the database
        does ends our lease, and nothing was settled that is not stored."""
        try:
            return await self._outcome(due)
        except Exception as failure:
            if not _away(failure):
                log.exception("polling.visit_failed", channel=str(due.channel))
            return due.pause

    async def _outcome(self, due: DuePoll) -> float:
        try:
            return await self._ask(due)
        except NotFound:  # deleted, or its adapter is no longer installed
            async with self._database.unit_of_work(due.tenant, point=Point.POLL_RELEASE) as scope:
                await polls.disarm(scope, due.channel)
            return due.pause
        except SendError as failure:
            return await self._failed(due, failure)
        except Tampered:
            said = "The stored credentials cannot be read: enter them again"
            return await self._failed(due, CredentialsRejected(said))
        except Exception as failure:
            if _away(failure):
                raise
            log.exception("polling.broke", channel=str(due.channel))
            return await self._failed(due, Transient(type(failure).__name__))

    async def _ask(self, due: DuePoll) -> float:
        channel, via = await self._vault.open(due.tenant, due.channel, version=due.version)
        adapter = self._adapters[channel.provider]
        if not isinstance(adapter, Polls):
            raise NotFound
        door, cursor, more = self._doors[adapter.family], due.cursor, True
        for _ in range(IN_A_ROW):
            fetched = await _fetch(adapter, via, cursor)
            if fetched.call is not None:
                await door.take_in(fetched.call, channel, due.tenant)
            if fetched.cursor != cursor and not await self._advance(due, fetched.cursor):
                return due.pause  # another worker's by now
            await _settle(adapter, via, fetched)
            cursor, more = fetched.cursor, fetched.more
            if not more:
                break
        wait = 0.0 if more else await self._recaller.look(due, adapter, via)
        return await self._release(due, wait)

    async def _advance(self, due: DuePoll, cursor: str) -> bool:
        async with self._database.system_statement(point=Point.POLL_ADVANCE) as scope:
            return await polls.advance(scope, due, cursor=cursor)

    async def _release(self, due: DuePoll, wait: float) -> float:
        now = self._clock.now()
        async with self._database.system_statement(point=Point.POLL_RELEASE) as scope:
            await polls.release(scope, due, next_at=now + timedelta(seconds=wait), failures=0)
        if due.failures >= ALARM_AFTER:
            async with self._database.unit_of_work(due.tenant, point=Point.POLL_RELEASE) as unit:
                await alerts.resolve_alerts_named(unit, ALARM, subject=str(due.channel), now=now)
        return wait

    async def _failed(self, due: DuePoll, failure: SendError) -> float:
        log.warning("polling.failed", channel=str(due.channel), code=failure.code, failures=due.failures + 1)
        asked = failure.retry_after if isinstance(failure, NumberThrottled) else 0
        wait = max(poll_wait(due.failures, pause=due.pause, jitter=self._random.random()), asked)
        next_at = self._clock.now() + timedelta(seconds=wait)
        async with self._database.unit_of_work(due.tenant, point=Point.POLL_RELEASE) as scope:
            if await polls.release(scope, due, next_at=next_at, failures=due.failures + 1):
                await self._tell(scope, due, failure)
        return wait

    async def _tell(self, scope: Scope, due: DuePoll, failure: SendError) -> None:
        """A refusal that would stop a send stops the channel; others are told when they go on."""
        subject, said, now = str(due.channel), failure.detail or failure.title, self._clock.now()
        if reaction(failure.code).stop_channel:
            await outbox.stop_channel(scope, due.channel, reason=failure.code)
            await alerts.raise_alert(scope, failure.code, subject=subject, detail=said, now=now)
        elif due.failures + 1 == ALARM_AFTER:
            detail = f"New messages cannot be fetched: {said}"
            await alerts.raise_alert(scope, ALARM, subject=subject, detail=detail, now=now)


async def _fetch(adapter: Polls, via: ChannelCredentials, cursor: str) -> Fetched:
    async with _called(Point.POLL_FETCH):
        return await adapter.fetch(via, cursor)


async def _settle(adapter: Polls, via: ChannelCredentials, fetched: Fetched) -> None:
    if fetched.call is not None:
        async with _called(Point.POLL_SETTLE):
            await adapter.settle(via, fetched)


@asynccontextmanager
async def _called(point: Point) -> AsyncIterator[None]:
    """Around a call of the provider, which may not keep a slot for ever."""
    reach(point, Moment.BEFORE)
    try:
        async with asyncio.timeout(_LONGEST):
            yield
    except TimeoutError as late:
        raise Transient(f"no answer within {_LONGEST:.0f} seconds") from late
    reach(point, Moment.AFTER)


def _away(failure: Exception) -> bool:
    return is_down(failure) or isinstance(failure, CommitUnknown)
