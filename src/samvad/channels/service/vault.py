"""Secrets of channels: encrypted at rest, decrypted once per version, kept in memory only."""

from collections.abc import Mapping
from uuid import UUID

import orjson

from samvad.channels.repository.channels import Channels
from samvad.channels.types import SANDBOX, Channel, ChannelAdapter, ChannelCredentials, Provider
from samvad.kernel.errors import NotFound
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database

Secrets = Mapping[str, str]  # by the names of the adapter's form

_FIRST_THREE = ("access_token", "app_secret", "verify_token")  # before version 9 they had no names


class Vault:
    """`owner` of every ciphertext is the channel's id, so that none opens in another's place. `public_url`:
    where providers reach us; `sandbox_url`: where the emulator listens now."""

    def __init__(
        self,
        keyring: Keyring,
        database: Database,
        *,
        adapters: Mapping[Provider, ChannelAdapter],
        public_url: str = "",
        sandbox_url: str = "",
    ) -> None:
        self._keyring = keyring
        self._database = database
        self._adapters = adapters
        self._public_url = public_url
        self._sandbox_url = sandbox_url
        self._known: dict[UUID, tuple[int, Channel, ChannelCredentials]] = {}

    def seal(self, secrets: Secrets, channel: ChannelId) -> bytes:
        return self._keyring.encrypt(orjson.dumps(dict(secrets)).decode(), owner=str(channel))

    def unseal(self, channel: Channel) -> Secrets:
        words: dict[str, str] | list[str] = orjson.loads(
            self._keyring.decrypt(channel.credentials, owner=str(channel.id))
        )
        return words if isinstance(words, dict) else dict(zip(_FIRST_THREE, words, strict=True))

    def seal_word(self, word: str, channel: ChannelId) -> bytes:
        return self._keyring.encrypt(word, owner=f"route {channel}")

    def unseal_word(self, stored: bytes, channel: ChannelId) -> str:
        return self._keyring.decrypt(stored, owner=f"route {channel}")

    def webhook_url(self, channel: Channel) -> str:
        """The channel's own door, as its provider calls it."""
        return f"{self._public_url}/webhooks/{self._adapters[channel.provider].family}/{channel.key}"

    def credentials(self, tenant: TenantId, channel: Channel) -> ChannelCredentials:
        return ChannelCredentials(
            channel=channel.id,
            tenant=tenant,
            provider=channel.provider,
            address=channel.address,
            account=channel.account,
            base_url=self._base_url(channel),
            webhook_url=self.webhook_url(channel),
            options=channel.options,
            secrets=self.unseal(channel),
        )

    def _base_url(self, channel: Channel) -> str:
        """Sandbox numbers speak to wherever the emulator listens now; nothing else ever goes there."""
        return self._sandbox_url if channel.provider == SANDBOX else channel.base_url

    async def open(
        self, tenant: TenantId, channel: ChannelId, *, version: int | None
    ) -> tuple[Channel, ChannelCredentials]:
        """The channel at `version` or newer (None: whatever is known). Raises NotFound."""
        known = self._known.get(channel)
        if known and (version is None or known[0] >= version):
            return known[1], known[2]
        async with self._database.reading(tenant) as scope:
            found = await Channels(scope).get(channel)
        if found is None or found.provider not in self._adapters:
            self._known.pop(channel, None)
            raise NotFound
        credentials = self.credentials(tenant, found)
        self._known[channel] = (found.version, found, credentials)
        return found, credentials
