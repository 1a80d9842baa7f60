"""Conversations to write into, and senders that share one queue as separate processes would."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID

from tests.support.house import House

from samvad.bootstrap.engine import Engine
from samvad.bootstrap.parts import Parts, parts
from samvad.channels.service.sender import Sender
from samvad.channels.types import GateLimits, Identity, IdentityKind, Kind, MessageReceived, Purpose
from samvad.contacts import service as contacts
from samvad.conversations.service import outgoing, records
from samvad.conversations.service.agents import recipient
from samvad.conversations.service.announce import announce
from samvad.conversations.service.outcomes import MessageOutcomes
from samvad.conversations.service.timeline import append_inbound
from samvad.conversations.types import Author, Draft, InboundEntry, Source
from samvad.kernel.identity import Sender as Person
from samvad.platform.wakeups import Topic

NO_LOOP_GUARD = GateLimits(loop_replies=1_000_000)  # for trials that say more than ten things


@asynccontextmanager
async def senders(
    house: House, engine: Engine, *, count: int = 2, limits: GateLimits | None = None, slots: int = 256
) -> AsyncIterator[Sequence[Sender]]:
    """Each has its own pools, dispatch and wake-ups: nothing in common but the database."""
    settings = house.parts.settings
    worker = settings.worker.model_copy(update={"send_slots": slots})
    async with AsyncExitStack() as stack:
        made = []
        for _ in range(count):
            built = await stack.enter_async_context(
                parts(settings.model_copy(update={"worker": worker}), engine)
            )
            made.append(await stack.enter_async_context(_running(built, limits)))
        yield made


@asynccontextmanager
async def _running(built: Parts, limits: GateLimits | None) -> AsyncIterator[Sender]:
    sender = Sender(
        database=built.database,
        dispatch=built.dispatch,
        sink=MessageOutcomes(),
        wakeups=built.wakeups,
        clock=built.clock,
        settings=built.settings.worker,
        limits=limits,
    )
    async with sender:
        tasks = [asyncio.create_task(sender.run()), asyncio.create_task(sender.keep_alive())]
        try:
            yield sender
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def phone(number: int) -> str:
    """The wa_id of one of a million customers."""
    return f"9198{number:08d}"


async def open_talks(house: House, count: int, *, first: int = 0) -> list[UUID]:
    """Conversations in AI mode whose window is open, as after a first message; nothing is due in them."""
    at = house.parts.clock.now()
    people = [Person((Identity(IdentityKind.WA_ID, phone(first + n)),), f"C{n}") for n in range(count)]
    account = house.channel.account
    async with house.parts.database.unit_of_work(house.tenant) as scope:
        known = await contacts.resolve(scope, [(person, account) for person in people], at=at)
        entries = [
            InboundEntry(
                channel=house.channel.id,
                contact=one.id,
                event=MessageReceived(f"wamid.OPEN{first + n}", people[n], Kind.TEXT, at, text="hi"),
                sent_at=at,
                arrived_at=at,
                correlation="opening",
            )
            for n, one in enumerate(known)
        ]
        appended = await append_inbound(scope, entries, at=at)
    return [one.conversation.id for one in appended]


async def say(
    house: House, conversation: UUID, texts: Sequence[str], *, purpose: Purpose = Purpose.REPLY
) -> list[UUID]:
    """Queues one automatic reply of these parts as the reply worker does; their ids in order."""
    at = house.parts.clock.now()
    async with house.parts.database.unit_of_work(house.tenant) as scope:
        locked = (await records.lock(scope, [conversation]))[conversation]
        draft = Draft(purpose, texts, Source.RULE, Author.ASSISTANT)
        to = await recipient(scope, locked.id)
        ids = await outgoing.say(scope, locked, draft, to=to, at=at, correlation=str(conversation))
        await records.save(scope, [locked], at=at)
        await announce(scope, at=at, created=ids, conversations=[conversation])
    house.parts.wakeups.poke(Topic.OUTBOUND)
    return list(ids)
