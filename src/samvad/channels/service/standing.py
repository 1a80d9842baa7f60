"""What a provider says of a number, asked for: its quality, its speed, its name, the limit of its account."""

from collections.abc import Mapping
from datetime import timedelta

from samvad.channels.errors import SendError
from samvad.channels.repository import channels
from samvad.channels.service import limits
from samvad.channels.service.vault import Vault
from samvad.channels.types import Channel, ChannelAdapter, Provider, Quality, Standing, TellsStanding
from samvad.kernel.clock import Clock
from samvad.kernel.ids import TenantId
from samvad.platform.crypto import Tampered
from samvad.platform.db import Database
from samvad.platform.logging import get_logger
from samvad.tenancy.service import alerts

log = get_logger("channels.standing")

_LOW = "provider_phone_number_quality_update"  # the alert of a number that was flagged

EVERY = timedelta(hours=20)  # asked beside the templates, which are asked for every few hours


class StandingDesk:
    def __init__(
        self,
        *,
        database: Database,
        vault: Vault,
        adapters: Mapping[Provider, ChannelAdapter],
        clock: Clock,
    ) -> None:
        self._database = database
        self._vault = vault
        self._adapters = adapters
        self._clock = clock

    async def ask_daily(self, tenant: TenantId, channel: Channel) -> None:
        """Where it was not asked lately."""
        if channel.standing_at is None or channel.standing_at <= self._clock.now() - EVERY:
            await self.ask(tenant, channel)

    async def ask(self, tenant: TenantId, channel: Channel) -> Standing | None:
        """Kept as what the provider's notices tell. None where it tells nothing now; what was known stays."""
        adapter = self._adapters.get(channel.provider)
        if not isinstance(adapter, TellsStanding):
            return None
        try:
            found = await adapter.standing(self._vault.credentials(tenant, channel))
        except (SendError, Tampered) as failure:
            log.warning("standing.not_told", channel=str(channel.id), why=type(failure).__name__)
            return None
        at = self._clock.now()
        async with self._database.unit_of_work(tenant) as scope:
            await channels.set_standing(scope, channel.id, found, at=at)
            if found.quality is Quality.HIGH:
                await alerts.resolve_alerts_named(scope, _LOW, subject=str(channel.id), now=at)
            if found.daily is not None and channel.account:
                await limits.note(scope, channel.account, found.daily, at=at)
        return found
