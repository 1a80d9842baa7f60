"""Linking a phone to a channel: asks its provider for the code of the moment."""

from collections.abc import Mapping

from samvad.channels.errors import SendError
from samvad.channels.service.vault import Vault
from samvad.channels.types import Channel, ChannelAdapter, Pairing, PairingState, Pairs, Provider
from samvad.kernel.ids import TenantId


class Pairer:
    def __init__(self, vault: Vault, adapters: Mapping[Provider, ChannelAdapter]) -> None:
        self._vault = vault
        self._adapters = adapters

    async def code(self, tenant: TenantId, channel: Channel) -> Pairing:
        """What the provider refuses is a reason to come again."""
        adapter = self._adapters.get(channel.provider)
        if not isinstance(adapter, Pairs):
            return Pairing(PairingState.NONE)
        try:
            return await adapter.pair(self._vault.credentials(tenant, channel))
        except SendError as failure:
            return Pairing(PairingState.LATER, detail=failure.detail)
