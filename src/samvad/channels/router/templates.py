"""Routes of message templates."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query

from samvad.channels import template_schemas as schemas
from samvad.channels.errors import NoTemplates
from samvad.channels.router.uploads import EXAMPLE, GivenExample
from samvad.channels.service import templates
from samvad.channels.service.registry import Registry
from samvad.channels.service.template_desk import TemplateDesk
from samvad.channels.service.uploads import MOST_BODY
from samvad.channels.types import (
    Channel,
    HeaderFormat,
    Template,
    TemplateCategory,
    TemplateFilter,
    TemplateStatus,
)
from samvad.kernel.ids import ChannelId
from samvad.platform.db import ReadScope
from samvad.platform.wakeups import Topic, Wakeups
from samvad.tenancy.deps import PAGE, Admitted, Cursor, Limit, admits, part, reads, room_router
from samvad.tenancy.types import Permission

router = room_router("templates")

Reads = Annotated[ReadScope, reads(Permission.CHANNELS_READ)]
Acts = Annotated[Admitted, admits(Permission.CHANNELS_WRITE)]
Book = Annotated[Registry, Depends(part(Registry))]
Desk = Annotated[TemplateDesk, Depends(part(TemplateDesk))]
Wakes = Annotated[Wakeups, Depends(part(Wakeups))]


@router.get("/templates")
async def list_templates(
    scope: Reads,
    channel_id: Annotated[UUID | None, Query(description="those that can be sent from this number")] = None,
    status: Literal["approved", "pending", "rejected", "paused", "disabled", "unknown"] | None = None,
    category: Literal["marketing", "utility", "authentication"] | None = None,
    language: Annotated[str | None, Query(max_length=20)] = None,
    q: Annotated[str | None, Query(max_length=100, description="a part of the name")] = None,
    cursor: Cursor = None,
    limit: Limit = PAGE,
) -> schemas.TemplatePage:
    """By name and language, as the provider had them when it was last asked."""
    wanted = TemplateFilter(
        status=TemplateStatus(status) if status else None,
        category=TemplateCategory(category) if category else None,
        language=language,
        words=q.strip().lower().replace(" ", "_") if q else None,
    )
    page = await templates.list_templates(scope, wanted, channel=channel_id, cursor=cursor, limit=limit)
    numbers = [channel for channel, _ in await templates.channels(scope)]
    items = [schemas.TemplateOut.of(one, numbers) for one in page.items]
    return schemas.TemplatePage(items=items, next_cursor=page.next_cursor)


@router.get("/template-channels")
async def list_template_channels(scope: Reads) -> schemas.TemplateChannels:
    """The numbers whose provider reviews templates, and how asking for theirs went."""
    found = await templates.channels(scope)
    return schemas.TemplateChannels(items=[schemas.TemplateChannelOut.of(c, sync) for c, sync in found])


@router.post("/templates", status_code=201)
async def create_template(
    call: Acts, book: Book, desk: Desk, wakes: Wakes, body: schemas.NewTemplateIn
) -> schemas.TemplateOut:
    """Sends it to the provider for review; it may be sent to customers once it is `approved`."""
    channel = await _channel(call, book, body.channel_id)
    made = await desk.create(call.tenant, call.caller, channel, body.draft(body.name, body.language))
    wakes.poke(Topic.EVENTS)
    return schemas.TemplateOut.of(made, [channel])


@router.post("/templates/examples", status_code=201, max_body_size=MOST_BODY, openapi_extra=EXAMPLE)
async def upload_example(call: Acts, book: Book, desk: Desk, given: GivenExample) -> schemas.ExampleOut:
    """Hands the provider a picture, video or document that shows its reviewers what a header will hold:
    `handle` is the `example` of a header of this `format`."""
    channel = await _channel(call, book, given.channel)
    kind, handle = await desk.example(call.tenant, channel, given.file)
    return schemas.ExampleOut(format=HeaderFormat(kind.value), handle=handle)


@router.post("/templates/sync")
async def sync_templates(
    call: Acts, book: Book, desk: Desk, wakes: Wakes, body: schemas.SyncIn
) -> schemas.SyncOut:
    """Asks the provider for all templates of the channel's account now."""
    channel = await _channel(call, book, body.channel_id)
    synced = await desk.sync(call.tenant, channel, call.caller)
    wakes.poke(Topic.EVENTS)
    return schemas.SyncOut(
        total=synced.total, added=synced.added, changed=synced.changed, removed=synced.removed
    )


@router.get("/templates/{template_id}")
async def get_template(scope: Reads, template_id: UUID) -> schemas.TemplateOut:
    found = await templates.get(scope, template_id)
    return schemas.TemplateOut.of(found, [channel for channel, _ in await templates.channels(scope)])


@router.put("/templates/{template_id}")
async def change_template(
    call: Acts, desk: Desk, wakes: Wakes, template_id: UUID, body: schemas.DraftIn
) -> schemas.TemplateOut:
    """Name and language stay; it is reviewed again. Providers limit how often: Meta takes one a day."""
    known, channel = await _known(call, template_id)
    draft = body.draft(known.listed.name, known.listed.language)
    changed = await desk.edit(call.tenant, call.caller, channel, known, draft)
    wakes.poke(Topic.EVENTS)
    return schemas.TemplateOut.of(changed, [channel])


@router.delete("/templates/{template_id}", status_code=204)
async def delete_template(call: Acts, desk: Desk, wakes: Wakes, template_id: UUID) -> None:
    """At the provider too, in this language; Meta keeps the name for 30 days."""
    known, channel = await _known(call, template_id)
    await desk.delete(call.tenant, call.caller, channel, known)
    wakes.poke(Topic.EVENTS)


async def _channel(call: Admitted, book: Registry, channel: UUID) -> Channel:
    async with call.reading() as scope:
        return await book.get(scope, ChannelId(channel))


async def _known(call: Admitted, template: UUID) -> tuple[Template, Channel]:
    """With a number of its account, which speaks for all of them."""
    async with call.reading() as scope:
        known = await templates.get(scope, template)
        numbers = [channel for channel, _ in await templates.channels(scope)]
    account = (known.provider, known.account)
    channel = next((one for one in numbers if (one.provider, one.account) == account), None)
    if channel is None:
        raise NoTemplates("No number of this template's account is connected any more")
    return known, channel
