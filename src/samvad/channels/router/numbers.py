"""Routes of channels: numbers, their tests, the sandbox phone."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from samvad.channels import provider_schemas, schemas
from samvad.channels.adapters.registry import installed
from samvad.channels.router.forms import OFFERED, AnyChannelChangeIn, AnyChannelIn
from samvad.channels.service import window_templates
from samvad.channels.service.pairing import Pairer
from samvad.channels.service.registry import ChannelChange, NewChannel, Registry
from samvad.channels.service.selftest import SelfTest
from samvad.channels.service.simulator import PhonePass, Simulator
from samvad.channels.service.vault import Vault
from samvad.channels.types import Channel, Provider, ReplySettings
from samvad.kernel.ids import ChannelId, OutletId
from samvad.platform.db import ReadScope, Scope
from samvad.tenancy.deps import PAGE, Admitted, Cursor, Limit, Now, admits, part, reads, room_router, writes
from samvad.tenancy.service import audit
from samvad.tenancy.types import Permission

router = room_router("channels")

Reads = Annotated[ReadScope, reads(Permission.CHANNELS_READ)]
Writes = Annotated[Scope, writes(Permission.CHANNELS_WRITE)]
Acts = Annotated[Admitted, admits(Permission.CHANNELS_WRITE)]
Looks = Annotated[Admitted, admits(Permission.CHANNELS_READ)]
Phones = Annotated[Simulator, Depends(part(Simulator))]
Book = Annotated[Registry, Depends(part(Registry))]
Tests = Annotated[SelfTest, Depends(part(SelfTest))]
Pairing = Annotated[Pairer, Depends(part(Pairer))]
Words = Annotated[Vault, Depends(part(Vault))]


def _settings(given: schemas.SettingsIn) -> ReplySettings:
    return ReplySettings(given.reply_quiet_ms, given.reply_cap_ms, given.mark_read, given.limits.per_second)


def _out(channel: Channel, vault: Vault) -> schemas.ChannelOut:
    kind = installed()[channel.provider]
    return schemas.ChannelOut.of(
        channel,
        webhook_url=vault.webhook_url(channel),
        form=kind.form,
        by_phone=kind.capabilities.by_phone,
    )


@router.get("/channel-providers")
async def list_providers(call: Looks) -> provider_schemas.ProvidersOut:
    """What can be connected here, and what it takes."""
    return provider_schemas.ProvidersOut(items=[provider_schemas.ProviderOut.of(kind) for kind in OFFERED])


@router.get("/channels")
async def list_channels(
    scope: Reads, book: Book, vault: Words, cursor: Cursor = None, limit: Limit = PAGE
) -> schemas.ChannelPage:
    page = await book.list(scope, cursor=cursor, limit=limit)
    return schemas.ChannelPage(items=[_out(c, vault) for c in page.items], next_cursor=page.next_cursor)


@router.post("/channels", status_code=201)
async def create_channel(
    response: Response, scope: Writes, now: Now, book: Book, vault: Words, body: AnyChannelIn
) -> schemas.NewChannelOut:
    """Connects a number; one that is connected elsewhere is `unclaimed` until its test proves control."""
    response.headers["Cache-Control"] = "no-store"  # it holds what was made
    new = NewChannel(
        provider=Provider(body.provider),
        name=body.name,
        values=body.values(),
        settings=_settings(body.settings),
        outlet=OutletId(body.outlet_id) if body.outlet_id else None,
    )
    created = await book.create(scope, new, at=now)
    channel = created.channel
    await audit.record(scope, "channel.created", subject=f"channel:{channel.id}", now=now, name=channel.name)
    return schemas.NewChannelOut(**_out(channel, vault).model_dump(), made=dict(created.made))


@router.get("/channels/{channel_id}")
async def get_channel(scope: Reads, book: Book, vault: Words, channel_id: UUID) -> schemas.ChannelOut:
    return _out(await book.get(scope, ChannelId(channel_id)), vault)


@router.patch("/channels/{channel_id}")
async def change_channel(
    scope: Writes, now: Now, book: Book, vault: Words, channel_id: UUID, body: AnyChannelChangeIn
) -> schemas.ChannelOut:
    """New secrets start a channel that was stopped for its old ones."""
    found = await book.get(scope, ChannelId(channel_id))
    change = ChannelChange(
        name=body.name,
        values=provider_schemas.of_provider(installed()[found.provider], body),
        settings=_settings(body.settings) if body.settings else None,
    )
    channel = await book.change(scope, found.id, change, at=now)
    fields = ", ".join(sorted(body.model_fields_set))
    await audit.record(scope, "channel.changed", subject=f"channel:{channel.id}", now=now, fields=fields)
    return _out(channel, vault)


@router.put("/channels/{channel_id}/window-template")
async def set_window_template(
    scope: Writes, now: Now, book: Book, vault: Words, channel_id: UUID, body: schemas.WindowTemplateIn
) -> schemas.ChannelOut:
    """What automations send where a customer wrote more than 24 hours ago; null: they are held."""
    found = await book.get(scope, ChannelId(channel_id))
    await window_templates.choose(scope, found, body.template, at=now)
    named = body.template.name if body.template else ""
    subject = f"channel:{channel_id}"
    await audit.record(scope, "channel.window_template", subject=subject, now=now, template=named)
    return _out(await book.get(scope, found.id), vault)


@router.delete("/channels/{channel_id}", status_code=204)
async def delete_channel(scope: Writes, now: Now, book: Book, channel_id: UUID) -> None:
    """The number is free again; its conversations stay."""
    await book.delete(scope, ChannelId(channel_id), at=now)
    await audit.record(scope, "channel.deleted", subject=f"channel:{channel_id}", now=now)


@router.post("/channels/{channel_id}/test")
async def test_channel(call: Acts, book: Book, tests: Tests, channel_id: UUID) -> schemas.TestOut:
    """Calls the provider, subscribes, and posts itself a signed event through the public URL."""
    async with call.reading() as scope:
        channel = await book.get(scope, ChannelId(channel_id))
    report = await tests.run(call.tenant, call.caller, channel)
    steps = [schemas.StepOut(name=s.name, ok=s.ok, detail=s.detail) for s in report.steps]
    return schemas.TestOut(ok=report.ok, steps=steps)


@router.get("/channels/{channel_id}/pairing")
async def get_pairing(
    response: Response, call: Acts, book: Book, pairer: Pairing, channel_id: UUID
) -> schemas.PairingOut:
    """The QR code that links a phone to the channel, for providers that link one. It is a secret: whoever
    scans it links their phone."""
    response.headers["Cache-Control"] = "no-store"
    async with call.reading() as scope:
        channel = await book.get(scope, ChannelId(channel_id))
    return schemas.PairingOut.of(await pairer.code(call.tenant, channel))


@router.get("/sandbox")
async def get_sandbox(call: Looks, now: Now, phones: Phones) -> schemas.SandboxOut:
    """Passes for the phone page of this tenant's sandbox numbers; the emulator learns of them on the way."""
    async with call.reading() as scope:
        passes = await phones.passes(scope, now=now)
    for one in passes:
        await phones.register(call.tenant, one.channel)
    first = passes[0] if passes else None
    return schemas.SandboxOut(
        base="/sandbox",
        channel_id=first.channel.id if first else None,
        token=first.token if first else None,
        expires_at=first.expires_at if first else None,
        numbers=[_number(one) for one in passes],
    )


def _number(one: PhonePass) -> schemas.NumberOut:
    return schemas.NumberOut(
        channel_id=one.channel.id,
        phone_number_id=one.channel.address,
        name=one.channel.name,
        display_phone_number=one.channel.display_address,
        token=one.token,
    )
