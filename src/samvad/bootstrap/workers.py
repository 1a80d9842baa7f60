"""The workers of one process: lanes, replies, sender, later life, upkeep."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

from samvad.bootstrap.parts import Parts
from samvad.channels.service import lanes, outbox
from samvad.channels.service.asking import Asker
from samvad.channels.service.limits import Recounter
from samvad.channels.service.polling import Poller
from samvad.channels.service.recalling import Recaller
from samvad.channels.service.sender import Sender
from samvad.channels.service.template_sync import TemplateSyncer
from samvad.channels.service.watch import Watch
from samvad.conversations.service import files, unknowns
from samvad.conversations.service.fetching import FileFetcher
from samvad.conversations.service.outcomes import MessageOutcomes
from samvad.conversations.service.recalled import Recalled
from samvad.jobs import service as jobs
from samvad.jobs.types import TimerKind
from samvad.kernel.ids import TenantId
from samvad.knowledge.service.indexing import Indexer
from samvad.platform import events, metrics
from samvad.platform.db import buckets, windows
from samvad.platform.health import Check, tasks_check
from samvad.platform.logging import get_logger
from samvad.platform.periodic import every
from samvad.platform.wakeups import Topic
from samvad.tenancy.service.sign_in import forget_attempts
from samvad.tenancy.service.tenants import all_tenants
from samvad.workflows.identities.told import LearningOutcomes
from samvad.workflows.inbound.worker import InboundWorker
from samvad.workflows.lifecycle import Lifecycle
from samvad.workflows.reply.records import OwnRecords
from samvad.workflows.reply.worker import ReplyWorker

log = get_logger("bootstrap")

KEEP_BUCKETS = timedelta(minutes=10)  # until the slowest is full again
KEEP_EVENTS = timedelta(hours=48)
UNKNOWN_ALARM = timedelta(hours=1)
_NEVER_AHEAD = timedelta(minutes=15)  # no lease, lane, reply or first try lies so far ahead
_UPKEEP_SECONDS = 600.0
_PURGE = 5000
_FILES = 50  # of messages, in a transaction


@asynccontextmanager
async def workers(parts: Parts) -> AsyncIterator[Check]:
    """Run until the block ends; then calls under way may finish and their outcomes are written. The check
    says whether each of them still runs."""
    shared = {
        "database": parts.database,
        "tenants": parts.tenants,
        "wakeups": parts.wakeups,
        "clock": parts.clock,
        "settings": parts.settings.worker,
    }
    inbound = InboundWorker(receipts=parts.receipts, **shared)  # type: ignore[arg-type]
    records = OwnRecords(parts.answerer, parts.database)
    replies = ReplyWorker(receipts=parts.receipts, records=records, **shared)  # type: ignore[arg-type]
    life = Lifecycle(database=parts.database, tenants=parts.tenants, clock=parts.clock)
    sender = Sender(
        database=parts.database,
        dispatch=parts.dispatch,
        sink=LearningOutcomes(MessageOutcomes()),
        wakeups=parts.wakeups,
        clock=parts.clock,
        settings=parts.settings.worker,
    )
    poller = _poller(parts)
    templates = TemplateSyncer(
        database=parts.database,
        desk=parts.templates,
        standings=parts.standings,
        adapters=parts.adapters,
        wakeups=parts.wakeups,
        clock=parts.clock,
    )
    watch = Watch(database=parts.database, clock=parts.clock)
    indexer = Indexer(
        database=parts.database, call=parts.indexing.call, wakeups=parts.wakeups, clock=parts.clock
    )
    fetcher = FileFetcher(
        database=parts.database,
        providers=parts.files,
        wakeups=parts.wakeups,
        clock=parts.clock,
        settings=parts.settings.files,
    )
    async with parts.database.system() as scope:
        await events.ensure_epoch(scope)
    async with sender, poller:
        loops = (
            inbound.run(),
            inbound.keep_alive(),
            replies.run(),
            replies.keep_alive(),
            sender.run(),
            sender.keep_alive(),
            poller.run(),
            poller.keep_alive(),
            life.run(),
            indexer.run(),
            indexer.keep_alive(),
            fetcher.run(),
            fetcher.keep_alive(),
            watch.run(),
            Recounter(database=parts.database, clock=parts.clock).run(),
            templates.run(),
            every(_UPKEEP_SECONDS, partial(tidy, parts), log=log, event="upkeep.failed"),
        )
        tasks = [asyncio.create_task(loop, name=getattr(loop, "__qualname__", "")) for loop in loops]
        try:
            yield tasks_check("loops", tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _poller(parts: Parts) -> Poller:
    asker = Asker(
        database=parts.database,
        vault=parts.vault,
        adapters=parts.adapters,
        doors=parts.doors,
        recaller=Recaller(parts.database, Recalled(), parts.clock),
        clock=parts.clock,
    )
    return Poller(
        database=parts.database,
        asker=asker,
        wakeups=parts.wakeups,
        clock=parts.clock,
        settings=parts.settings.worker,
    )


async def tidy(parts: Parts) -> None:
    """Old live events, raw webhooks, files and sign-in attempts go; people are called to sends that stay
    unknown; what a wrong clock put off is due."""
    now = parts.clock.now()
    async with parts.database.system() as scope:
        beyond = now + _NEVER_AHEAD
        late = await lanes.pull_back(scope, now=now, beyond=beyond)
        late += await jobs.pull_back(scope, TimerKind.REPLY, now=now, beyond=beyond)
    if late:
        log.warning("clock.was_ahead", pulled_back=late)
        parts.wakeups.poke(Topic.LANES, Topic.TIMERS, Topic.OUTBOUND)
    async with parts.database.system() as scope:
        while await events.purge(scope, before=now - KEEP_EVENTS, limit=_PURGE) == _PURGE:
            pass
        lost = await outbox.unknown_since(scope, before=now - UNKNOWN_ALARM)
        await buckets.forget(scope, before=now - KEEP_BUCKETS)
        await windows.forget(scope, before=now)
    await parts.journal.purge(keep=timedelta(days=parts.settings.journal.keep_days))
    await forget_attempts(parts.database, now=now)
    if parts.settings.files.keep_days:
        await _remove_files(parts, days=parts.settings.files.keep_days)
    for tenant in lost:
        async with parts.database.unit_of_work(tenant) as unit:
            await unknowns.call_people(unit, before=now - UNKNOWN_ALARM, at=now)


async def _remove_files(parts: Parts, *, days: int) -> None:
    async with parts.database.system() as scope:
        tenants = await all_tenants(scope)
    for tenant in tenants:
        while True:
            async with parts.database.unit_of_work(TenantId(tenant.id)) as unit:
                gone = await files.remove_older(unit, days=days, at=parts.clock.now(), most=_FILES)
            metrics.files.labels("removed").inc(gone)
            if gone < _FILES:
                break
