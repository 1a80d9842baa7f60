"""Templates at the provider: asked for, created, edited, deleted; no transaction is open during a call."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

import orjson

from samvad.channels.errors import (
    AccountMissing,
    CredentialsRejected,
    NoTemplates,
    NumberThrottled,
    OutcomeUnknown,
    ProviderAway,
    ProviderRefused,
    SendError,
    Transient,
)
from samvad.channels.repository import templates as stored
from samvad.channels.repository.templates import Templates
from samvad.channels.service import templates
from samvad.channels.service.own_files import kind_of
from samvad.channels.service.vault import Vault
from samvad.channels.types import (
    Channel,
    ChannelAdapter,
    ChannelCredentials,
    HasTemplates,
    Kind,
    ListedTemplate,
    OutgoingFile,
    Provider,
    TakesExamples,
    Template,
    TemplateDraft,
    TemplateStatus,
)
from samvad.kernel.clock import Clock
from samvad.kernel.errors import Invalid
from samvad.kernel.ids import TemplateId, TenantId, new_id
from samvad.platform import events
from samvad.platform.crypto import Tampered
from samvad.platform.db import Actor, Database, Scope
from samvad.platform.db.scope import SYSTEM
from samvad.platform.events import NewEvent
from samvad.tenancy.service import audit

T = TypeVar("T")

_MOST_PAGES = 100
_SETTLES = timedelta(minutes=10)
_AWAY = (Transient, NumberThrottled, OutcomeUnknown)


@dataclass(frozen=True, slots=True)
class Synced:
    """How many there are now, and what is new, changed and gone since the last time."""

    total: int
    added: int
    changed: int
    removed: int
    pending: int


class TemplateDesk:
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

    async def sync(self, tenant: TenantId, channel: Channel, actor: Actor = SYSTEM) -> Synced:
        """Asks for all of the channel's account. Raises NoTemplates, AccountMissing, ProviderRefused,
        ProviderAway; what went wrong is kept with the channel."""
        began = self._clock.now()
        try:
            found = await self._all(tenant, channel)
        except (AccountMissing, ProviderRefused, ProviderAway) as failure:
            async with self._database.unit_of_work(tenant, actor) as scope:
                problem = failure.detail[:500] or failure.title
                await stored.note_sync(scope, channel.id, at=self._clock.now(), problem=problem)
            raise
        async with self._database.unit_of_work(tenant, actor) as scope:
            return await self._apply(scope, channel, found, began=began)

    async def _all(self, tenant: TenantId, channel: Channel) -> dict[tuple[str, str], ListedTemplate]:
        adapter, via = self._open(tenant, channel)
        found: dict[tuple[str, str], ListedTemplate] = {}
        after: str | None = ""
        for _ in range(_MOST_PAGES):
            page = await _asked(adapter.list_templates(via, after=after or ""))
            for one in page.items:
                _add(found, one)
            after = page.after
            if after is None:
                return found
        raise ProviderRefused(f"The provider lists more than {_MOST_PAGES} pages of templates")

    async def _apply(
        self,
        scope: Scope,
        channel: Channel,
        found: Mapping[tuple[str, str], ListedTemplate],
        *,
        began: datetime,
    ) -> Synced:
        at = self._clock.now()
        known = {
            (one.listed.name, one.listed.language): one
            for one in await Templates(scope).of_account(channel.provider, channel.account)
        }
        news = {key: one for key, one in found.items() if key not in known or known[key].listed != one}
        ids = {key: known[key].id if key in known else TemplateId(new_id()) for key in news}
        if news:
            rows = {ids[key]: one for key, one in news.items()}
            await stored.put(scope, channel.provider, channel.account, rows, at=at)
            await events.append(scope, [NewEvent(templates.CHANGED, {"id": str(i)}) for i in rows], at=at)
        for key in news.keys() & known.keys():
            await templates.tell(scope, known[key], replace(known[key], listed=news[key]), at=at)
        gone = [one for key, one in known.items() if key not in found and not _young(one, at)]
        if gone:  # one that was made while we asked is not on an early page
            await templates.drop(scope, gone, at=at, unchanged_since=began)
        await stored.note_sync(scope, channel.id, at=at, problem="")
        changed = len(news.keys() & known.keys())
        pending = sum(one.status is TemplateStatus.PENDING for one in found.values())
        return Synced(len(found), len(news) - changed, changed, len(gone), pending)

    async def create(
        self, tenant: TenantId, actor: Actor, channel: Channel, draft: TemplateDraft
    ) -> Template:
        """For review. Raises Invalid with every fault, NoTemplates, AccountMissing, ProviderRefused,
        ProviderAway: then it may have come through, and is asked for soon."""
        adapter, via = self._open(tenant, channel)
        _check(adapter, draft)
        try:
            made = await _asked(adapter.create_template(via, draft))
        except ProviderAway:
            async with self._database.unit_of_work(tenant, actor) as scope:
                await templates.ask_soon(scope, [channel.id], at=self._clock.now())
            raise
        listed = ListedTemplate(
            made.external_id, draft.name, draft.language, made.category, made.status, draft.layout
        )
        return await self._keep(tenant, actor, channel, listed, act="template.created")

    async def example(self, tenant: TenantId, channel: Channel, file: OutgoingFile) -> tuple[Kind, str]:
        """What a header of this kind says as its example. Raises Invalid, and as `create`."""
        adapter, via = self._open(tenant, channel)
        if not isinstance(adapter, TakesExamples):
            raise NoTemplates(f"The provider of {channel.name} takes no example files")
        kind = kind_of(adapter.example_rules(), mime_type=file.mime_type, size=len(file.content))
        return kind, await _asked(adapter.upload_example(via, file))

    async def edit(
        self, tenant: TenantId, actor: Actor, channel: Channel, known: Template, draft: TemplateDraft
    ) -> Template:
        """Goes into review again. Raises as `create`."""
        adapter, via = self._open(tenant, channel)
        _check(adapter, draft)
        await _asked(adapter.edit_template(via, known.listed.external_id, draft))
        listed = replace(
            known.listed,
            layout=draft.layout,
            category=draft.category,
            status=TemplateStatus.PENDING,
            reason="",
        )
        return await self._keep(tenant, actor, channel, listed, act="template.changed")

    async def delete(self, tenant: TenantId, actor: Actor, channel: Channel, known: Template) -> None:
        """In this language only. Raises as `create`."""
        adapter, via = self._open(tenant, channel)
        listed = known.listed
        await _asked(adapter.delete_template(via, external_id=listed.external_id, name=listed.name))
        at = self._clock.now()
        async with self._database.unit_of_work(tenant, actor) as scope:
            await templates.drop(scope, [known], at=at)
            await _record(scope, "template.deleted", known.id, listed, at=at)

    async def _keep(
        self, tenant: TenantId, actor: Actor, channel: Channel, listed: ListedTemplate, *, act: str
    ) -> Template:
        at = self._clock.now()
        async with self._database.unit_of_work(tenant, actor) as scope:
            row = {TemplateId(new_id()): listed}
            await stored.put(scope, channel.provider, channel.account, row, at=at)
            named = await Templates(scope).of_account(channel.provider, channel.account, name=listed.name)
            kept = next(one for one in named if one.listed.language == listed.language)
            await templates.ask_soon(scope, [channel.id], at=at)
            await events.append(scope, [NewEvent(templates.CHANGED, {"id": str(kept.id)})], at=at)
            await _record(scope, act, kept.id, listed, at=at)
            return kept

    def _open(self, tenant: TenantId, channel: Channel) -> tuple[HasTemplates, ChannelCredentials]:
        adapter = self._adapters.get(channel.provider)
        if not isinstance(adapter, HasTemplates):
            raise NoTemplates(f"The provider of {channel.name} reviews no templates")
        try:
            via = self._vault.credentials(tenant, channel)
        except Tampered as failure:
            raise ProviderRefused("The stored credentials cannot be read: enter them again") from failure
        if not via.account:
            raise AccountMissing
        return adapter, via


def _add(found: dict[tuple[str, str], ListedTemplate], one: ListedTemplate) -> None:
    """Of two with the same name and language, where a provider allows that, the one that can be sent."""
    key = (one.name, one.language)
    if key not in found or found[key].status is not TemplateStatus.APPROVED:
        found[key] = one


def _young(known: Template, at: datetime) -> bool:
    """In review for a moment only: the provider's list may not have it yet."""
    written = known.updated_at or at
    return known.listed.status is TemplateStatus.PENDING and at - written < _SETTLES


def _check(adapter: HasTemplates, draft: TemplateDraft) -> None:
    if not _storable(draft):
        raise Invalid("A text holds characters that cannot be stored")
    faults = [replace(one, field=_place(one.field)) for one in adapter.draft_faults(draft)]
    if faults:
        raise Invalid(f"{faults[0].field} {faults[0].detail}", errors=faults)


def _storable(draft: TemplateDraft) -> bool:
    """Asked before the provider is: what it took and we could not keep would be lost."""
    try:
        return b"\\u0000" not in orjson.dumps(draft.layout.as_json())
    except TypeError:
        return False


def _place(field: str) -> str:
    return field if field in ("name", "language", "category") else f"layout.{field}"


async def _record(scope: Scope, act: str, id_: TemplateId, listed: ListedTemplate, *, at: datetime) -> None:
    subject = f"template:{id_}"
    await audit.record(scope, act, subject=subject, now=at, name=listed.name, language=listed.language)


async def _asked(call: Awaitable[T]) -> T:
    """What a call of the provider gives. Raises ProviderRefused with its words, ProviderAway."""
    try:
        return await call
    except _AWAY as failure:
        raise ProviderAway(failure.detail or failure.title) from failure
    except CredentialsRejected as failure:
        advice = "The provider refused the access token, or it may not manage templates"
        raise ProviderRefused(f"{advice} ({failure.detail})") from failure
    except SendError as failure:
        raise ProviderRefused(failure.detail or failure.title) from failure
