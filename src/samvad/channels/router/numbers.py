"""Routes of channels: numbers, their tests, the sandbox phone."""

import secrets
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from samvad.channels import schemas
from samvad.channels.service.registry import ChannelChange, NewChannel, Registry
from samvad.channels.service.selftest import SelfTest
from samvad.channels.service.simulator import PhonePass, Simulator
from samvad.channels.service.vault import ChannelSecrets
from samvad.channels.types import Channel, Provider, ReplySettings
from samvad.kernel.ids import ChannelId, OutletId
from samvad.platform.db import ReadScope, Scope
from samvad.platform.settings import MetaSettings
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
Meta = Annotated[MetaSettings, Depends(part(MetaSettings))]


def _settings(given: schemas.SettingsIn) -> ReplySettings:
    return ReplySettings(given.reply_quiet_ms, given.reply_cap_ms, given.mark_read, given.limits.per_second)


def _out(channel: Channel, tests: SelfTest) -> schemas.ChannelOut:
    return schemas.ChannelOut.of(channel, webhook_url=tests.webhook_url(channel))


@router.get("/channels")
async def list_channels(
    scope: Reads, book: Book, tests: Tests, cursor: Cursor = None, limit: Limit = PAGE
) -> schemas.ChannelPage:
    page = await book.list(scope, cursor=cursor, limit=limit)
    return schemas.ChannelPage(items=[_out(c, tests) for c in page.items], next_cursor=page.next_cursor)


@router.post("/channels", status_code=201)
async def create_channel(
    response: Response,
    scope: Writes,
    now: Now,
    book: Book,
    tests: Tests,
    meta: Meta,
    body: schemas.ChannelIn,
) -> schemas.NewChannelOut:
    """Connects a number; one that is connected elsewhere is `unclaimed` until its test proves control."""
    response.headers["Cache-Control"] = "no-store"  # it holds the verify token
    verify = body.verify_token.get_secret_value() if body.verify_token else secrets.token_urlsafe(24)
    token, secret = body.access_token.get_secret_value(), body.app_secret.get_secret_value()
    new = NewChannel(
        provider=Provider(body.provider),
        name=body.name,
        address=body.phone_number_id,
        account=body.waba_id,
        secrets=ChannelSecrets(token, secret, verify),
        base_url=body.base_url or meta.base_url,
        graph_version=body.graph_version or meta.graph_version,
        settings=_settings(body.settings),
        display_address=body.display_phone_number,
        outlet=OutletId(body.outlet_id) if body.outlet_id else None,
    )
    channel = await book.create(scope, new, at=now)
    await audit.record(scope, "channel.created", subject=f"channel:{channel.id}", now=now, name=channel.name)
    return schemas.NewChannelOut(**_out(channel, tests).model_dump(), verify_token=verify)


@router.get("/channels/{channel_id}")
async def get_channel(scope: Reads, book: Book, tests: Tests, channel_id: UUID) -> schemas.ChannelOut:
    return _out(await book.get(scope, ChannelId(channel_id)), tests)


@router.patch("/channels/{channel_id}")
async def change_channel(
    scope: Writes, now: Now, book: Book, tests: Tests, channel_id: UUID, body: schemas.ChannelChangeIn
) -> schemas.ChannelOut:
    """New credentials start a channel that was stopped for its old ones."""
    change = ChannelChange(
        name=body.name,
        account=body.waba_id,
        access_token=body.access_token.get_secret_value() if body.access_token else None,
        app_secret=body.app_secret.get_secret_value() if body.app_secret else None,
        verify_token=body.verify_token.get_secret_value() if body.verify_token else None,
        base_url=body.base_url.rstrip("/") if body.base_url else None,
        graph_version=body.graph_version,
        settings=_settings(body.settings) if body.settings else None,
    )
    channel = await book.change(scope, ChannelId(channel_id), change, at=now)
    fields = ", ".join(sorted(body.model_fields_set))
    await audit.record(scope, "channel.changed", subject=f"channel:{channel.id}", now=now, fields=fields)
    return _out(channel, tests)


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
