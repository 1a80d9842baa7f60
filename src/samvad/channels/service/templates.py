"""Templates for the rooms above and the API: what there is, what may be sent, what the provider tells."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.adapters.registry import installed
from samvad.channels.errors import KindNotSent, OptedOut, TemplateNotSent
from samvad.channels.repository import facts as stored_facts
from samvad.channels.repository import templates as stored
from samvad.channels.repository.channels import Channels
from samvad.channels.repository.templates import Templates
from samvad.channels.rules import templates as rules
from samvad.channels.types import (
    Channel,
    Kind,
    LinksExamples,
    ListedTemplate,
    TakesExamples,
    Template,
    TemplateCategory,
    TemplateChoice,
    TemplateFilter,
    TemplateMessage,
    TemplateNews,
    TemplateStatus,
    TemplateSync,
)
from samvad.jobs import service as jobs
from samvad.jobs.types import NewTimer, TimerKind
from samvad.kernel.errors import Invalid, NotFound
from samvad.platform import events
from samvad.platform.db import ReadScope, Scope
from samvad.platform.db.paging import Page, decode_cursor, page_of
from samvad.platform.events import NewEvent
from samvad.tenancy.service import alerts

CHANGED = "templates.changed"
_SOON = timedelta(seconds=5)  # news come in heaps
_STOPS = (TemplateStatus.REJECTED, TemplateStatus.PAUSED, TemplateStatus.DISABLED)


async def get(scope: ReadScope, template: UUID) -> Template:
    """Raises NotFound."""
    found = await Templates(scope).get(template)
    if found is None:
        raise NotFound
    return found


async def list_templates(
    scope: ReadScope, wanted: TemplateFilter, *, channel: UUID | None, cursor: str | None, limit: int
) -> Page[Template]:
    """By name and language; those of the channel's account. Raises NotFound for a channel that is gone."""
    if channel is not None:
        found = await _channel(scope, channel)
        wanted = replace(wanted, provider=found.provider, account=found.account)
    rows = await Templates(scope).page(wanted, after=_place(cursor), limit=limit + 1)
    return page_of(rows, limit, lambda t: (t.listed.name, t.listed.language, str(t.id)))


def _place(cursor: str | None) -> stored.Place | None:
    if cursor is None:
        return None
    name, language, last = decode_cursor(cursor, 3)
    try:
        return name, language, UUID(last)
    except ValueError:
        raise Invalid("use the next_cursor of an earlier answer") from None


async def _channel(scope: ReadScope, channel: UUID) -> Channel:
    found = await Channels(scope).get(channel)
    if found is None:
        raise NotFound
    return found


def has_templates(channel: Channel) -> bool:
    return channel.provider in installed() and installed()[channel.provider].capabilities.templates


def takes_examples(channel: Channel) -> bool:
    return issubclass(installed().get(channel.provider, object), TakesExamples)


def links_examples(channel: Channel) -> bool:
    return issubclass(installed().get(channel.provider, object), LinksExamples)


async def channels(scope: ReadScope) -> list[tuple[Channel, TemplateSync | None]]:
    """Those that can have templates, with how asking for them went."""
    found = [one for one in await Channels(scope).newest(before=None, limit=200) if has_templates(one)]
    syncs = await Templates(scope).syncs([one.id for one in found])
    return [(one, syncs.get(one.id)) for one in found]


async def compose(
    scope: ReadScope, channel: UUID, choice: TemplateChoice, *, contact: UUID, facts: Mapping[str, str]
) -> TemplateMessage:
    """What is sent of a choice to this contact, of whom `facts` are known. Raises NotFound, KindNotSent,
    TemplateNotSent, OptedOut, Invalid for values that ask for what is not known."""
    listed = (await sendable(scope, await _channel(scope, channel), choice)).listed
    if listed.category is TemplateCategory.MARKETING and await stored_facts.refuses_marketing(scope, contact):
        raise OptedOut
    return fill(listed, choice, facts)


def fill(listed: ListedTemplate, choice: TemplateChoice, facts: Mapping[str, str]) -> TemplateMessage:
    """Raises Invalid for values that ask for what is not known."""
    values, lacking = rules.personal(choice.values, facts)
    if lacking:
        first = lacking[0]
        detail = f"content.{first.field} {first.detail}"
        raise Invalid(detail, errors=[replace(one, field=f"content.{one.field}") for one in lacking])
    return TemplateMessage(
        name=listed.name,
        language=listed.language,
        category=listed.category,
        layout=listed.layout,
        values=values,
        asked={} if values == choice.values else choice.values,
        said=rules.read(listed.layout, values),
        external_id=listed.external_id,
    )


async def sendable(scope: ReadScope, channel: Channel, choice: TemplateChoice) -> Template:
    """The template as it is listed. Raises KindNotSent for a channel without templates, TemplateNotSent."""
    if not has_templates(channel):
        raise KindNotSent(f"{installed()[channel.provider].title} has no messages of kind {Kind.TEMPLATE}")
    named = await Templates(scope).of_account(channel.provider, channel.account, name=choice.name)
    found = next((one for one in named if one.listed.language == choice.language), None)
    shown = f"{choice.name[:60]!r} ({choice.language[:20]})"
    if found is None:
        others = ", ".join(one.listed.language for one in named)
        there = f": it is there in {others}" if others else ": look under Settings, Templates, and sync"
        raise TemplateNotSent(f"The channel has no template {shown}{there}")
    why = rules.WHY_NOT.get(found.listed.status)
    if why:
        raise TemplateNotSent(f"The template {shown} {why}" + _because(found.listed.reason))
    if found.listed.layout.lacking:
        raise TemplateNotSent(
            f"The template {shown} holds what Samvad cannot fill: {found.listed.layout.lacking}"
        )
    return found


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


async def ask_soon(scope: Scope, channels: Sequence[UUID], *, at: datetime) -> None:
    """The templates of these channels are not as we know them."""
    await jobs.arm(scope, [NewTimer(TimerKind.TEMPLATES, one, at + _SOON, at) for one in channels])


async def note_news(scope: Scope, channel: Channel, news: TemplateNews, *, at: datetime) -> str:
    """What the provider told of a template; says what became of it."""
    named = await Templates(scope).of_account(channel.provider, channel.account, name=news.name)
    known = next((one for one in named if one.listed.language == news.language), None)
    await ask_soon(scope, [channel.id], at=at)  # news may come late and out of order
    if known is None:
        return "a template that we do not know"
    if news.status is TemplateStatus.DELETED:
        await drop(scope, [known], at=at)
        return "deleted"
    listed = replace(
        known.listed,
        external_id=news.external_id,
        status=news.status or known.listed.status,
        quality=news.quality or known.listed.quality,
        category=news.category or known.listed.category,
        reason=news.reason if news.status else known.listed.reason,
    )
    await stored.put(scope, known.provider, known.account, {known.id: listed}, at=at)
    await tell(scope, known, replace(known, listed=listed), at=at)
    await events.append(scope, [NewEvent(CHANGED, {"id": str(known.id)})], at=at)
    return f"{listed.status.value}, {listed.quality.value}, {listed.category.value}"


async def tell(scope: Scope, before: Template, after: Template, *, at: datetime) -> None:
    """An alarm when a template stops being of use; it ends when the template is approved again."""
    status = after.listed.status
    if status is before.listed.status:
        return
    for stop in _STOPS:
        if stop is not status:
            await alerts.resolve_alerts_named(scope, _alarm(stop), subject=str(after.id), now=at)
    if status in _STOPS:
        shown = f"{after.listed.name} ({after.listed.language})"
        detail = f"The template {shown} {rules.WHY_NOT[status]}{_because(after.listed.reason)}"
        await alerts.raise_alert(scope, _alarm(status), subject=str(after.id), detail=detail, now=at)


async def drop(
    scope: Scope, gone: Sequence[Template], *, at: datetime, unchanged_since: datetime | None = None
) -> None:
    """They are not at the provider any more, and neither are their alarms."""
    await stored.remove(scope, [one.id for one in gone], unchanged_since=unchanged_since)
    for one in gone:
        if one.listed.status in _STOPS:
            await alerts.resolve_alerts_named(scope, _alarm(one.listed.status), subject=str(one.id), now=at)
    await events.append(scope, [NewEvent(CHANGED, {"id": str(one.id)}) for one in gone], at=at)


async def release(scope: Scope, deleted: Channel, *, at: datetime) -> None:
    """A number is disconnected: with an account's last one its templates go, at the provider they stay."""
    account = (deleted.provider, deleted.account)
    if any((one.provider, one.account) == account for one, _ in await channels(scope)):
        return
    gone = await Templates(scope).of_account(*account)
    if gone:
        await drop(scope, gone, at=at)


def _alarm(status: TemplateStatus) -> str:
    return f"template_{status.value}"
