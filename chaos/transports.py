"""Customers of the other transports, while everything dies: Twilio, Green API, a Telegram bot, the chat API.

Each says one thing, which its provider repeats until it is taken, and is owed one answer. What the providers
accepted and what we say of it must agree, as far as anything can tell: a send whose answer was cut off may be
unknown, never sent twice.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import orjson
from tests.support import green, twilio
from tests.support.serving import serving

from chaos.installation import Installation
from chaos.peers import Green, Ledger, Telegram, Twilio, digits, insisted
from samvad.bootstrap.tenants import on_tenant_created
from samvad.channels.service.registry import NewChannel
from samvad.channels.types import Channel, Provider, ReplySettings
from samvad.kernel.ids import TenantId
from samvad.tenancy.service.tenants import NewTenant, create_tenant
from samvad.tenancy.types import TenantSettings

BOT = "7104225518:AAF-token_of_the_trial_0123456789abc"
KEY = "api-key-of-the-trial-0123456789abcdef"
ACCEPTED = frozenset({"sent", "delivered", "read"})
_PATIENCE = 90.0  # a safety net
_SETTINGS = ReplySettings(0, 0, "reply", 1000)

_ANSWERS = """
SELECT (SELECT min(i.value) FROM identities i WHERE i.tenant_id = $1 AND i.contact_id = c.contact_id
    AND i.value ~ $3) AS who,
  count(*) FILTER (WHERE m.direction = 'in') AS heard,
  array_agg(m.status) FILTER (WHERE m.direction = 'out' AND m.author <> 'system') AS said
FROM conversations c JOIN messages m ON m.tenant_id = $1 AND m.conversation_id = c.id
WHERE c.tenant_id = $1 AND c.channel_id = $2 GROUP BY c.id, c.contact_id
"""


class Provided(Protocol):
    """A transport: how its customers write, and what its provider accepted."""

    name: str
    channel: Channel

    @property
    def ledger(self) -> Ledger | None:
        """None where there is no provider to ask."""
        ...

    async def say(self, who: str) -> None:
        """Until it is taken."""
        ...

    def waiting(self) -> int: ...


@dataclass
class ByTwilio:
    where: Installation
    channel: Channel
    peer: Twilio
    name: str = "Twilio"

    @property
    def ledger(self) -> Ledger:
        return self.peer.ledger

    async def say(self, who: str) -> None:
        url = f"http://127.0.0.1:{self.where.port}/webhooks/twilio/{self.channel.key}"
        said = twilio.message(self.channel, "hello", From=f"whatsapp:+{who}", WaId=who)
        await insisted(url, *twilio.signed(url, said))

    def waiting(self) -> int:
        return len(self.peer.calling)


@dataclass
class ByGreen:
    channel: Channel
    peer: Green
    name: str = "Green API"

    @property
    def ledger(self) -> Ledger:
        return self.peer.ledger

    async def say(self, who: str) -> None:
        self.peer.push(green.said("hello", id=f"IN{who}", chat=f"{who}@c.us"))

    def waiting(self) -> int:
        return len(self.peer.queue)


@dataclass
class ByTelegram:
    channel: Channel
    peer: Telegram
    name: str = "Telegram"

    @property
    def ledger(self) -> Ledger:
        return self.peer.ledger

    async def say(self, who: str) -> None:
        chat = {"id": int(who), "type": "private", "first_name": "Asha"}
        self.peer.push({"chat": chat, "text": "hello"})

    def waiting(self) -> int:
        return len(self.peer.updates) - 1  # the last one is told until there is another


@dataclass
class ByChat:
    """No provider: what a visitor is shown is our own timeline."""

    where: Installation
    channel: Channel
    name: str = "chat API"

    @property
    def ledger(self) -> None:
        return None

    async def say(self, who: str) -> None:
        url = f"http://127.0.0.1:{self.where.port}/api/v1/chat/{self.channel.address}/messages?wait=0"
        body = orjson.dumps({"id": f"m{who}", "visitor": {"id": who}, "text": "hello"})
        headers = {"authorization": f"Bearer {KEY}", "content-type": "application/json"}
        await insisted(url, body, headers)

    def waiting(self) -> int:
        return 0


@dataclass
class Transports:
    """Everybody who writes by one of them, in turn."""

    where: Installation
    tenant: TenantId
    lines: list[Provided]
    gap: float
    said: dict[str, set[str]] = field(default_factory=dict)
    writing: set[asyncio.Task[None]] = field(default_factory=set)
    _flowing: asyncio.Task[None] = field(init=False)

    async def flow(self) -> None:
        number = 0
        while True:
            line = self.lines[number % len(self.lines)]
            who = f"9177{number % len(self.lines)}{number:07d}"
            number += 1
            self.said.setdefault(line.name, set()).add(who)
            task = asyncio.create_task(line.say(who))
            self.writing.add(task)
            task.add_done_callback(self._taken)
            await asyncio.sleep(self.gap)

    def _taken(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or not task.exception():
            self.writing.discard(task)  # one that failed stays, for whoever waits for it

    def begin(self) -> None:
        self._flowing = asyncio.create_task(self.flow())

    async def end(self) -> None:
        """Nobody writes any more; what was written is repeated until it is taken."""
        if self._flowing.done() and not self._flowing.cancelled():
            await self._flowing
        self._flowing.cancel()
        await asyncio.gather(self._flowing, return_exceptions=True)

    async def finished(self) -> None:
        """Until all that was written is taken, and providers have told all that they know."""
        async with asyncio.timeout(_PATIENCE):
            await asyncio.gather(*self.writing)
            while any(line.waiting() > 0 for line in self.lines):  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def audit(self) -> "Crossed":
        told = Crossed()
        for line in self.lines:
            async with self.where.parts.database.reading(self.tenant) as scope:
                rows = await scope.db.fetch(_ANSWERS, self.tenant, line.channel.id, "9177")
            found = {digits(row["who"] or ""): (row["heard"], row["said"] or []) for row in rows}
            told.answered[line.name] = len(found)
            told.statuses.update(status for _, said in found.values() for status in said)
            told.faults += [
                f"{line.name}: {one}" for one in _faults(self.said.get(line.name, set()), found, line.ledger)
            ]
            told.mishaps.update(line.ledger.mishaps if line.ledger else {})
        return told


@dataclass
class Crossed:
    """`faults` is empty when everything held."""

    answered: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    mishaps: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def _faults(said: set[str], found: Mapping[str, tuple[int, list[str]]], ledger: Ledger | None) -> list[str]:
    faults = []
    for who in said:
        heard, statuses = found.get(who, (0, []))
        if heard != 1:
            faults.append(f"{who} wrote once and is stored {heard} times")
        if len(statuses) != 1:
            faults.append(f"{len(statuses)} answers to {who}")
        elif ledger:
            faults += _disagreement(who, statuses[0], ledger.accepted[who])
    return faults


def _disagreement(who: str, status: str, times: int) -> list[str]:
    """An unknown may have been taken; everything else is certain."""
    fits = times <= 1 if status == "unknown" else times == (status in ACCEPTED)
    return (
        []
        if fits and status not in ("queued", "sending", "failed", "held")
        else [f"we say {status} to {who}, the provider took it {times} times"]
    )


@asynccontextmanager
async def transports(where: Installation, *, seed: int, gap: float) -> AsyncIterator[Transports]:
    """Of a tenant of their own, begun before the processes that are to reach them; flows until `end`."""
    dice = random.Random(seed)
    async with AsyncExitStack() as stack:
        calls, asked, bot = Twilio(ledger=Ledger(dice)), Green(ledger=Ledger(dice)), Telegram(Ledger(dice))
        messages = "/2010-04-01/Accounts/{account}/Messages.json"
        calls.url = await stack.enter_async_context(
            serving(("POST", messages, calls.take), ("GET", messages, calls.tell))
        )
        asked.url = await stack.enter_async_context(serving(("*", "/{tail:.*}", asked.handle)))
        bot.url = await stack.enter_async_context(serving(("*", "/{tail:.*}", bot.handle)))
        places = [urlsplit(one.url).netloc for one in (calls, asked, bot)]
        where.env["SAMVAD_HTTP__ALLOW_HOSTS"] = ",".join(places)
        tenant, lines = await _connected(where, calls, asked, bot)
        made = Transports(where, tenant, lines, gap)
        made.begin()
        try:
            yield made
        finally:
            await made.end()


async def _connected(
    where: Installation, calls: Twilio, asked: Green, bot: Telegram
) -> tuple[TenantId, list[Provided]]:
    built = where.parts
    tenant, _ = await create_tenant(
        built.database,
        NewTenant("crossing", TenantSettings("Govind Dairy"), "crossing@example.org"),
        now=built.clock.now(),
        then=on_tenant_created(built),
    )
    await built.simulator.register_all(built.database, [tenant])
    called = await twilio.connect(built, tenant, calls.url, account_sid=twilio.account())
    linked = await green.connect(built, tenant, asked.url)
    told = await _channel(where, tenant, "telegram", bot_token=BOT, base_url=bot.url)
    chat = await _channel(where, tenant, "chat", api_key=KEY)
    return tenant, [
        ByTwilio(where, called, calls),
        ByGreen(linked, asked),
        ByTelegram(told, bot),
        ByChat(where, chat),
    ]


async def _channel(where: Installation, tenant: TenantId, provider: str, **values: str) -> Channel:
    new = NewChannel(provider=Provider(provider), name=provider, values=values, settings=_SETTINGS)
    async with where.parts.database.unit_of_work(tenant) as scope:
        return (await where.parts.registry.create(scope, new, at=where.parts.clock.now())).channel
