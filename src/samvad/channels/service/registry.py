"""Connecting numbers: create, change, delete, prove control, and the sandbox that every tenant gets."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import asyncpg

from samvad.channels.errors import AddressTaken
from samvad.channels.repository import channels, facts, routes
from samvad.channels.repository.channels import Channels
from samvad.channels.service.vault import ChannelSecrets, Vault
from samvad.channels.types import (
    Capabilities,
    Channel,
    ChannelAdapter,
    ChannelStatus,
    Provider,
    ReplySettings,
    Route,
    RouteKind,
    StoredChannel,
)
from samvad.kernel.errors import NotFound
from samvad.kernel.ids import ChannelId, OutletId, new_id
from samvad.platform.crypto import token_hash
from samvad.platform.db import ReadScope, Scope, savepoint
from samvad.platform.db.paging import Page, page_of, pair

_KEY_BYTES = 18


@dataclass(frozen=True, slots=True)
class NewChannel:
    """What somebody fills in to connect a number."""

    provider: Provider
    name: str
    address: str
    account: str
    secrets: ChannelSecrets
    base_url: str
    graph_version: str
    settings: ReplySettings
    display_address: str = ""
    outlet: OutletId | None = None


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """None leaves a field as it is."""

    name: str | None = None
    account: str | None = None
    access_token: str | None = None
    app_secret: str | None = None
    verify_token: str | None = None
    base_url: str | None = None
    graph_version: str | None = None
    settings: ReplySettings | None = None


class Registry:
    def __init__(self, vault: Vault, adapters: Mapping[Provider, ChannelAdapter]) -> None:
        self._vault = vault
        self._adapters = adapters

    async def create(self, scope: Scope, new: NewChannel, *, at: datetime) -> Channel:
        """A number that another channel answers for is stored `unclaimed`: it must prove control first."""
        channel = ChannelId(new_id())
        stored = StoredChannel(
            id=channel,
            outlet=new.outlet,
            provider=new.provider,
            name=new.name,
            key=secrets.token_urlsafe(_KEY_BYTES),
            address=new.address,
            account=new.account,
            display_address=new.display_address,
            base_url=new.base_url,
            graph_version=new.graph_version,
            settings=new.settings,
            credentials=self._vault.seal(new.secrets, channel),
        )
        await channels.insert(scope, stored, at=at)
        capabilities = self._capabilities(new.provider)
        await facts.open_channel(
            scope,
            channel,
            has_window=capabilities.window,
            per_second=new.settings.per_second or capabilities.per_second,
            status=ChannelStatus.ACTIVE,
            at=at,
        )
        kinds = (RouteKind.KEY, RouteKind.ACCOUNT, RouteKind.VERIFY)
        await routes.put(scope, self._routes(scope, stored, new.secrets, kinds=kinds))
        await self._claim(scope, stored, new.secrets)
        return await self.get(scope, channel)

    async def _claim(self, scope: Scope, stored: StoredChannel, words: ChannelSecrets) -> None:
        try:
            async with savepoint(scope):  # a taken number must not undo the rest
                await routes.put(scope, self._routes(scope, stored, words, kinds=(RouteKind.ADDRESS,)))
        except asyncpg.UniqueViolationError:
            await facts.set_status(
                scope, stored.id, status=ChannelStatus.UNCLAIMED, reason="the number is connected elsewhere"
            )

    def _capabilities(self, provider: Provider) -> Capabilities:
        return self._adapters[provider].capabilities

    def _routes(
        self, scope: Scope, stored: StoredChannel, words: ChannelSecrets, *, kinds: tuple[RouteKind, ...]
    ) -> list[Route]:
        values = {
            RouteKind.KEY: stored.key,
            RouteKind.ADDRESS: stored.address,
            RouteKind.ACCOUNT: stored.account,
            RouteKind.VERIFY: token_hash(words.verify_token).hex(),
        }
        return [
            Route(
                kind=kind,
                value=values[kind],
                tenant=scope.tenant,
                channel=stored.id,
                app_secret=self._vault.seal_word(words.app_secret, stored.id),
                verify_token=self._vault.seal_word(words.verify_token, stored.id),
            )
            for kind in kinds
            if values[kind]
        ]

    async def get(self, scope: ReadScope, channel: ChannelId) -> Channel:
        """Raises NotFound."""
        found = await Channels(scope).get(channel)
        if found is None:
            raise NotFound
        return found

    async def list(self, scope: ReadScope, *, cursor: str | None, limit: int) -> Page[Channel]:
        rows = await Channels(scope).newest(before=pair(cursor), limit=limit + 1)
        return page_of(rows, limit, lambda c: (c.created_at.isoformat() if c.created_at else "", str(c.id)))

    async def change(
        self, scope: Scope, channel: ChannelId, change: ChannelChange, *, at: datetime
    ) -> Channel:
        """New credentials start a stopped channel again. Raises NotFound."""
        found = await self.get(scope, channel)
        words = self._vault.unseal(found)
        new_words = ChannelSecrets(
            change.access_token or words.access_token,
            change.app_secret or words.app_secret,
            change.verify_token or words.verify_token,
        )
        changed = replace(
            found,
            name=change.name or found.name,
            account=found.account if change.account is None else change.account,
            base_url=change.base_url or found.base_url,
            graph_version=change.graph_version or found.graph_version,
            settings=change.settings or found.settings,
            credentials=self._vault.seal(new_words, channel),
        )
        await channels.update(scope, changed, at=at)
        speed = changed.settings.per_second or self._capabilities(found.provider).per_second
        await facts.change_channel(scope, channel, per_second=speed)
        held = [RouteKind.KEY, RouteKind.ACCOUNT, RouteKind.VERIFY]
        if found.status is not ChannelStatus.UNCLAIMED:
            held.append(RouteKind.ADDRESS)
        await routes.put(scope, self._routes(scope, changed, new_words, kinds=tuple(held)))
        if change.access_token and found.status is ChannelStatus.STOPPED:
            await facts.set_status(scope, channel, status=ChannelStatus.ACTIVE, reason="")
        return await self.get(scope, channel)

    async def start(self, scope: Scope, channel: ChannelId) -> Channel:
        """Lets a stopped channel send again. Raises NotFound, AddressTaken."""
        found = await self.get(scope, channel)
        if found.status is ChannelStatus.UNCLAIMED:
            raise AddressTaken
        await facts.set_status(scope, channel, status=ChannelStatus.ACTIVE, reason="")
        return await self.get(scope, channel)

    async def delete(self, scope: Scope, channel: ChannelId, *, at: datetime) -> None:
        """The number is free again; conversations stay. Raises NotFound."""
        await self.get(scope, channel)
        await routes.remove(scope, channel)
        await facts.set_status(scope, channel, status=ChannelStatus.STOPPED, reason="deleted")
        await channels.delete(scope, channel, at=at)

    async def take_number(self, scope: Scope, channel: ChannelId) -> None:
        """After control was proved and the former holder has let go. Raises AddressTaken."""
        found = await self.get(scope, channel)
        try:
            async with savepoint(scope):
                await routes.put(
                    scope, self._routes(scope, found, self._vault.unseal(found), kinds=(RouteKind.ADDRESS,))
                )
        except asyncpg.UniqueViolationError as taken:
            raise AddressTaken from taken
        await facts.set_status(scope, channel, status=ChannelStatus.ACTIVE, reason="")
