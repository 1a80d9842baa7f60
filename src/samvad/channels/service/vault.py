"""Secrets of channels: encrypted at rest, decrypted once per version, kept in memory only."""

from dataclasses import dataclass
from uuid import UUID

import orjson

from samvad.channels.repository.channels import Channels
from samvad.channels.types import Channel, ChannelCredentials, Provider
from samvad.kernel.errors import NotFound
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database


@dataclass(frozen=True, slots=True)
class ChannelSecrets:
    access_token: str
    app_secret: str
    verify_token: str

    def __repr__(self) -> str:
        return "ChannelSecrets(***)"


class Vault:
    """`owner` of every ciphertext is the channel's id, so that none opens in another's place."""

    def __init__(self, keyring: Keyring, database: Database, *, sandbox_url: str = "") -> None:
        self._keyring = keyring
        self._sandbox_url = sandbox_url
        self._database = database
        self._known: dict[UUID, tuple[int, Channel, ChannelCredentials]] = {}

    def seal(self, secrets: ChannelSecrets, channel: ChannelId) -> bytes:
        plain = orjson.dumps([secrets.access_token, secrets.app_secret, secrets.verify_token]).decode()
        return self._keyring.encrypt(plain, owner=str(channel))

    def unseal(self, channel: Channel) -> ChannelSecrets:
        return ChannelSecrets(
            *orjson.loads(self._keyring.decrypt(channel.credentials, owner=str(channel.id)))
        )

    def seal_word(self, word: str, channel: ChannelId) -> bytes:
        return self._keyring.encrypt(word, owner=f"route {channel}")

    def unseal_word(self, stored: bytes, channel: ChannelId) -> str:
        return self._keyring.decrypt(stored, owner=f"route {channel}")

    def credentials(self, tenant: TenantId, channel: Channel) -> ChannelCredentials:
        secrets = self.unseal(channel)
        return ChannelCredentials(
            channel=channel.id,
            tenant=tenant,
            provider=Provider(channel.provider),
            address=channel.address,
            account=channel.account,
            access_token=secrets.access_token,
            app_secret=secrets.app_secret,
            verify_token=secrets.verify_token,
            base_url=self._base_url(channel),
            graph_version=channel.graph_version,
        )

    def _base_url(self, channel: Channel) -> str:
        """Sandbox numbers speak to wherever the emulator listens now; nothing else ever goes there."""
        return self._sandbox_url if channel.provider is Provider.SANDBOX else channel.base_url

    async def open(
        self, tenant: TenantId, channel: ChannelId, *, version: int | None
    ) -> tuple[Channel, ChannelCredentials]:
        """The channel at `version` or newer (None: whatever is known). Raises NotFound."""
        known = self._known.get(channel)
        if known and (version is None or known[0] >= version):
            return known[1], known[2]
        async with self._database.reading(tenant) as scope:
            found = await Channels(scope).get(channel)
        if found is None:
            self._known.pop(channel, None)
            raise NotFound
        credentials = self.credentials(tenant, found)
        self._known[channel] = (found.version, found, credentials)
        return found, credentials
