"""A channel's self-test: provider, subscription, our public URL; names the step that fails."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samvad.channels.repository import routes
from samvad.channels.service.reactions import stops_over
from samvad.channels.service.registry import Registry
from samvad.channels.service.standing import StandingDesk
from samvad.channels.service.vault import Vault
from samvad.channels.types import (
    Channel,
    ChannelAdapter,
    ChannelCredentials,
    ChannelStatus,
    ProbeStep,
    Provider,
)
from samvad.kernel.clock import Clock
from samvad.kernel.ids import TenantId
from samvad.platform.db import Actor, Database
from samvad.platform.http import HostPolicy, HttpClient, HttpError
from samvad.tenancy.service import alerts

_SECONDS = 10.0
REACHED = "webhook_reachable"


@dataclass(frozen=True, slots=True)
class TestReport:
    ok: bool
    steps: Sequence[ProbeStep]


class SelfTest:
    def __init__(
        self,
        *,
        database: Database,
        vault: Vault,
        registry: Registry,
        adapters: Mapping[Provider, ChannelAdapter],
        http: HttpClient,
        allow: HostPolicy,
        clock: Clock,
        standings: StandingDesk,
    ) -> None:
        self._standings = standings
        self._database = database
        self._vault = vault
        self._registry = registry
        self._adapters = adapters
        self._http = http
        self._allow = allow
        self._clock = clock

    async def run(self, tenant: TenantId, actor: Actor, channel: Channel) -> TestReport:
        """As `examine`; one that passed starts a stopped channel, takes an unclaimed number, and
        asks what the provider says of it."""
        steps = list((await self.examine(tenant, channel)).steps)
        if all(step.ok for step in steps):
            steps.append(await self._start(tenant, actor, channel, self._adapters[channel.provider]))
            await self._standings.ask(tenant, channel)
        return TestReport(all(step.ok for step in steps), steps)

    async def examine(self, tenant: TenantId, channel: Channel) -> TestReport:
        """Provider first, then our own door; stops at the first step without which the rest says nothing.
        Changes nothing of the channel."""
        credentials = self._vault.credentials(tenant, channel)
        adapter = self._adapters[channel.provider]
        steps = list(await adapter.probe(credentials))
        if all(step.ok for step in steps):
            steps += await self._own_door(adapter, credentials)
        return TestReport(all(step.ok for step in steps), steps)

    async def _own_door(self, adapter: ChannelAdapter, credentials: ChannelCredentials) -> list[ProbeStep]:
        reached = await self._handshake(adapter, credentials)
        if reached and not reached.ok:
            return [reached]
        signed = await self._signed_event(adapter, credentials)
        return [step for step in (reached, signed) if step]

    async def _handshake(self, adapter: ChannelAdapter, credentials: ChannelCredentials) -> ProbeStep | None:
        """None: this provider asks for none."""
        url, nonce = credentials.webhook_url, secrets.token_hex(8)
        query = adapter.test_handshake(credentials, nonce=nonce)
        if query is None:
            return None
        try:
            answer = await self._http.request("GET", f"{url}?{query}", timeout=_SECONDS, allow=self._allow)
        except HttpError as failure:
            return ProbeStep(REACHED, False, f"{url} cannot be reached: {failure}")
        if answer.status != 200 or answer.body.decode(errors="replace") != nonce:
            detail = f"{url} answers, but not as this installation ({answer.status})"
            return ProbeStep(REACHED, False, detail)
        return ProbeStep(REACHED, True, url)

    async def _signed_event(
        self, adapter: ChannelAdapter, credentials: ChannelCredentials
    ) -> ProbeStep | None:
        """None: the provider does not call this channel, so nobody need reach us."""
        event = adapter.test_event(credentials, nonce=secrets.token_hex(8))
        if event is None:
            return None
        url = credentials.webhook_url + (f"?{event.query}" if event.query else "")
        try:
            answer = await self._http.request(
                "POST", url, headers=event.headers, body=event.body, timeout=_SECONDS, allow=self._allow
            )
        except HttpError as failure:
            return ProbeStep("signed_event", False, str(failure))
        if answer.status in (401, 403):
            return ProbeStep("signed_event", False, "the signature was refused: are the secrets right?")
        return ProbeStep("signed_event", answer.status == 200, f"answered {answer.status}")

    async def _start(
        self, tenant: TenantId, actor: Actor, channel: Channel, adapter: ChannelAdapter
    ) -> ProbeStep:
        """A test that passed starts a stopped channel, and lets an unclaimed one take its number.

        Only the official provider's word counts as proof of control: a `base_url` of one's own would
        say yes to everything.
        """
        if channel.status is ChannelStatus.UNCLAIMED:
            if not adapter.official or channel.base_url.rstrip("/") != adapter.official.rstrip("/"):
                detail = "the number is connected elsewhere here, and only the official API can prove control"
                return ProbeStep("number_is_ours", False, detail)
            await self._take_over(tenant, actor, channel, adapter.family)
        elif channel.status is ChannelStatus.STOPPED:
            async with self._database.unit_of_work(tenant, actor) as scope:
                await self._registry.start(scope, channel.id)
                await stops_over(scope, channel.id, at=self._clock.now())
        return ProbeStep("active", True)

    async def _take_over(self, tenant: TenantId, actor: Actor, channel: Channel, family: str) -> None:
        async with self._database.system() as system:
            former = await routes.release_address(system, family, channel.address, keep=channel.id)
        async with self._database.unit_of_work(tenant, actor) as scope:
            await self._registry.take_number(scope, channel.id)
        if former:
            async with self._database.unit_of_work(TenantId(former[0])) as scope:
                await alerts.raise_alert(
                    scope,
                    "number_taken_over",
                    subject=str(former[1]),
                    detail="Another channel proved control of this number with the provider",
                    now=self._clock.now(),
                )
