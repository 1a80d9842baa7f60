"""Linked devices at a gateway: how gateway and link stand, who can be reached, the link ended."""

from collections.abc import Awaitable, Mapping, Sequence
from typing import TypeVar

from samvad.channels.errors import (
    NoDevice,
    NumberThrottled,
    OutcomeUnknown,
    ProviderAway,
    ProviderRefused,
    SendError,
    Transient,
)
from samvad.channels.service import outbox
from samvad.channels.service.vault import Vault
from samvad.channels.types import (
    Channel,
    ChannelAdapter,
    ChannelCredentials,
    Health,
    Linked,
    LinksDevice,
    LinkState,
    Provider,
    Reachable,
)
from samvad.kernel.ids import TenantId
from samvad.platform.crypto import Tampered
from samvad.platform.db import Actor, Database

T = TypeVar("T")

LOGGED_OUT = "logged_out"  # why a channel is stopped: somebody ended the link here


class Devices:
    def __init__(self, database: Database, vault: Vault, adapters: Mapping[Provider, ChannelAdapter]) -> None:
        self._database = database
        self._vault = vault
        self._adapters = adapters

    async def health(self, tenant: TenantId, channel: Channel) -> Health:
        """Of the gateway; what is wrong is in it."""
        try:
            adapter, via = self._open(tenant, channel)
        except (NoDevice, ProviderRefused) as failure:
            return Health(False, detail=failure.detail or failure.title)
        return await adapter.health(via)

    async def linked(self, tenant: TenantId, channel: Channel) -> Linked:
        """Asked of the gateway now; what it does not say is a state too."""
        try:
            adapter, via = self._open(tenant, channel)
            return await _asked(adapter.linked(via))
        except NoDevice as failure:
            return Linked(LinkState.NONE, failure.title)
        except (ProviderRefused, ProviderAway) as failure:
            return Linked(LinkState.UNREACHABLE, failure.detail or failure.title)

    async def reconnect(self, tenant: TenantId, channel: Channel) -> None:
        """Raises NoDevice, ProviderRefused, ProviderAway."""
        adapter, via = self._open(tenant, channel)
        await _asked(adapter.reconnect(via))

    async def log_out(self, tenant: TenantId, actor: Actor, channel: Channel) -> None:
        """Ends the link: the channel stops with its queue, until a phone is linked and the test has passed.
        Raises NoDevice, ProviderRefused, ProviderAway."""
        adapter, via = self._open(tenant, channel)
        async with self._database.unit_of_work(tenant, actor) as scope:
            await outbox.stop_channel(scope, channel.id, reason=LOGGED_OUT)
        await _asked(adapter.log_out(via))

    async def reachable(
        self, tenant: TenantId, channel: Channel, phones: Sequence[str]
    ) -> Sequence[Reachable]:
        """Of E.164 numbers. Raises NoDevice, ProviderRefused, ProviderAway."""
        adapter, via = self._open(tenant, channel)
        return await _asked(adapter.reachable(via, phones)) if phones else []

    def _open(self, tenant: TenantId, channel: Channel) -> tuple[LinksDevice, ChannelCredentials]:
        adapter = self._adapters.get(channel.provider)
        if not isinstance(adapter, LinksDevice):
            raise NoDevice
        try:
            return adapter, self._vault.credentials(tenant, channel)
        except Tampered as failure:
            raise ProviderRefused("The stored credentials cannot be read: enter them again") from failure


async def _asked(call: Awaitable[T]) -> T:
    try:
        return await call
    except (Transient, NumberThrottled, OutcomeUnknown) as failure:
        raise ProviderAway(failure.detail or failure.title) from failure
    except SendError as failure:
        raise ProviderRefused(failure.detail or failure.title) from failure
