"""Connecting numbers: create, change, delete, prove control, and the sandbox that every tenant gets."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import asyncpg

from samvad.channels.errors import AddressTaken
from samvad.channels.repository import channels, facts, polls, routes
from samvad.channels.repository.channels import Channels
from samvad.channels.service import limits, templates
from samvad.channels.service.vault import Secrets, Vault
from samvad.channels.types import (
    ACCEPTED,
    CapsStrangers,
    Channel,
    ChannelAdapter,
    ChannelStatus,
    Connection,
    FieldRole,
    FormField,
    HasTemplates,
    Polls,
    Provider,
    ReplySettings,
    Route,
    RouteKind,
    StoredChannel,
    proof,
)
from samvad.kernel.errors import FieldError, Invalid, NotFound
from samvad.kernel.ids import ChannelId, OutletId, new_id
from samvad.platform.crypto import token_hash
from samvad.platform.db import ReadScope, Scope, savepoint
from samvad.platform.db.paging import Page, page_of, pair

_KEY_BYTES = 18
_MADE_BYTES = 24
_WITHOUT_ADDRESS = (RouteKind.KEY, RouteKind.ACCOUNT, RouteKind.VERIFY)


@dataclass(frozen=True, slots=True)
class NewChannel:
    """What somebody fills in to connect a number; `values` by the names of the adapter's form."""

    provider: Provider
    name: str
    values: Mapping[str, str] = field(repr=False)
    settings: ReplySettings
    outlet: OutletId | None = None


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """None leaves name or settings as they are, and so does a value that is not named."""

    name: str | None = None
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    settings: ReplySettings | None = None


@dataclass(frozen=True, slots=True)
class Created:
    """A new channel; `made`: what has to be entered at the provider, shown this once."""

    channel: Channel
    made: Mapping[str, str] = field(repr=False)


class Registry:
    def __init__(self, vault: Vault, adapters: Mapping[Provider, ChannelAdapter]) -> None:
        self._vault = vault
        self._adapters = adapters

    def adapter(self, provider: Provider) -> ChannelAdapter:
        """Raises Invalid for a provider that no installed adapter speaks for."""
        if provider not in self._adapters:
            raise Invalid(f"No installed adapter speaks for {provider}")
        return self._adapters[provider]

    async def create(self, scope: Scope, new: NewChannel, *, at: datetime) -> Created:
        """A number that another channel answers for is stored `unclaimed`: it must prove control first.
        Raises Invalid."""
        channel = ChannelId(new_id())
        adapter = self.adapter(new.provider)
        _check_risks(adapter.form, new.values)
        values = adapter.complete(_made(adapter.form) | {k: v for k, v in new.values.items() if v})
        given = Connection.of(adapter.form, values)
        stored = StoredChannel(
            id=channel,
            outlet=new.outlet,
            provider=new.provider,
            name=new.name,
            key=secrets.token_urlsafe(_KEY_BYTES),
            address=given.address,
            account=given.account,
            display_address=given.display_address,
            base_url=given.base_url,
            options=given.options,
            settings=new.settings,
            credentials=self._vault.seal(given.secrets, channel),
        )
        await channels.insert(scope, stored, at=at)
        await facts.open_channel(
            scope,
            channel,
            has_window=adapter.capabilities.window,
            per_second=new.settings.per_second or adapter.capabilities.per_second,
            status=ChannelStatus.ACTIVE,
            at=at,
            account=given.account,
        )
        await self._put(scope, stored, given.secrets, _WITHOUT_ADDRESS)
        await self._claim(scope, stored, given.secrets)
        await _cap(scope, adapter, given, at=at)
        await self._poll(scope, channel, adapter, given, at=at)
        await self._ask_for_templates(scope, channel, adapter, given, at=at)
        made = {field.name: values[field.name] for field in adapter.form if field.made and field.asked}
        return Created(await self.get(scope, channel), made)

    async def _poll(
        self, scope: Scope, channel: ChannelId, adapter: ChannelAdapter, given: Connection, *, at: datetime
    ) -> None:
        pause = adapter.poll_pause(given) if isinstance(adapter, Polls) else None
        if pause is None:
            await polls.disarm(scope, channel)
        else:
            await polls.arm(scope, channel, pause=pause, at=at)

    async def _ask_for_templates(
        self, scope: Scope, channel: ChannelId, adapter: ChannelAdapter, given: Connection, *, at: datetime
    ) -> None:
        if isinstance(adapter, HasTemplates) and given.account:
            await templates.ask_soon(scope, [channel], at=at)

    async def _claim(self, scope: Scope, stored: StoredChannel, words: Secrets) -> None:
        try:
            async with savepoint(scope):  # a taken number must not undo the rest
                await self._put(scope, stored, words, (RouteKind.ADDRESS,))
        except asyncpg.UniqueViolationError:
            await facts.set_status(
                scope, stored.id, status=ChannelStatus.UNCLAIMED, reason="the number is connected elsewhere"
            )

    async def _put(
        self, scope: Scope, stored: StoredChannel, words: Secrets, kinds: Sequence[RouteKind]
    ) -> None:
        adapter = self._adapters[stored.provider]
        verify = words.get(adapter.handshake_word, "")
        values = {
            RouteKind.KEY: stored.key,
            RouteKind.ADDRESS: stored.address,
            RouteKind.ACCOUNT: stored.account,
            RouteKind.VERIFY: token_hash(verify).hex() if verify else "",
        }
        secret = proof(adapter, words)
        found = [
            Route(
                kind=kind,
                value=values[kind],
                tenant=scope.tenant,
                channel=stored.id,
                secret=self._vault.seal_word(secret, stored.id),
                verify_token=self._vault.seal_word(verify, stored.id),
            )
            for kind in kinds
            if values[kind]
        ]
        await routes.put(scope, adapter.family, found)

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
        """New secrets start a stopped channel again. Raises NotFound, Invalid."""
        found = await self.get(scope, channel)
        adapter = self.adapter(found.provider)
        known = found.connection(self._vault.unseal(found)).values(adapter.form)
        given = Connection.of(adapter.form, adapter.complete(known | dict(change.values)))
        changed = replace(
            found,
            name=change.name or found.name,
            account=given.account,
            base_url=given.base_url,
            options=given.options,
            settings=change.settings or found.settings,
            credentials=self._vault.seal(given.secrets, channel),
        )
        await channels.update(scope, changed, at=at)
        await _cap(scope, adapter, given, at=at)
        speed = changed.settings.per_second or adapter.capabilities.per_second
        await facts.change_channel(scope, channel, per_second=speed, account=given.account)
        held = _WITHOUT_ADDRESS if found.status is ChannelStatus.UNCLAIMED else tuple(RouteKind)
        await self._put(scope, changed, given.secrets, held)
        await self._poll(scope, channel, adapter, given, at=at)
        await self._ask_for_templates(scope, channel, adapter, given, at=at)
        secret = {field.name for field in adapter.form if field.role is FieldRole.SECRET}
        if secret & change.values.keys() and found.status is ChannelStatus.STOPPED:
            await facts.set_status(scope, channel, status=ChannelStatus.ACTIVE, reason="")
        return await self.get(scope, channel)

    async def start(self, scope: Scope, channel: ChannelId) -> Channel:
        """Lets a stopped channel send again. Raises NotFound, AddressTaken."""
        found = await self.get(scope, channel)
        if found.status is ChannelStatus.UNCLAIMED:
            raise AddressTaken
        await facts.set_status(scope, channel, status=ChannelStatus.ACTIVE, reason="")
        await polls.wake(scope, channel)
        return await self.get(scope, channel)

    async def delete(self, scope: Scope, channel: ChannelId, *, at: datetime) -> None:
        """The number is free again; conversations stay. Raises NotFound."""
        found = await self.get(scope, channel)
        await routes.remove(scope, channel)
        await polls.disarm(scope, channel)
        await facts.set_status(scope, channel, status=ChannelStatus.STOPPED, reason="deleted")
        await channels.delete(scope, channel, at=at)
        await templates.release(scope, found, at=at)

    async def take_number(self, scope: Scope, channel: ChannelId) -> None:
        """After control was proved and the former holder has let go. Raises AddressTaken."""
        found = await self.get(scope, channel)
        try:
            async with savepoint(scope):
                await self._put(scope, found, self._vault.unseal(found), (RouteKind.ADDRESS,))
        except asyncpg.UniqueViolationError as taken:
            raise AddressTaken from taken
        await facts.set_status(scope, channel, status=ChannelStatus.ACTIVE, reason="")
        await polls.wake(scope, channel)


async def _cap(scope: Scope, adapter: ChannelAdapter, given: Connection, *, at: datetime) -> None:
    if isinstance(adapter, CapsStrangers):
        await limits.note(scope, given.account, adapter.strangers_daily(given), at=at)


def _check_risks(form: Sequence[FormField], values: Mapping[str, str]) -> None:
    """Nobody takes a risk by leaving it out. Raises Invalid."""
    missing = [field for field in form if field.accepted and values.get(field.name) != ACCEPTED]
    if missing:
        said = "must be accepted: say yes"
        raise Invalid(errors=[FieldError(field.name, said) for field in missing])


def _made(form: Sequence[FormField]) -> dict[str, str]:
    """Words of our own for the fields that may be left out."""
    return {field.name: secrets.token_urlsafe(_MADE_BYTES) for field in form if field.made}
