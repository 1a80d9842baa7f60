"""Routes of linked devices: the gateway behind a channel, and the link of its phone."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from samvad.channels import device_schemas as schemas
from samvad.channels.service.devices import Devices
from samvad.channels.service.registry import Registry
from samvad.channels.types import Channel
from samvad.kernel.ids import ChannelId
from samvad.kernel.phone import BadPhone, typed_to_e164
from samvad.tenancy.deps import Admitted, Now, admits, part, room_router
from samvad.tenancy.service import audit, tenants
from samvad.tenancy.types import Permission

router = room_router("channels")

Acts = Annotated[Admitted, admits(Permission.CHANNELS_WRITE)]
Book = Annotated[Registry, Depends(part(Registry))]
Links = Annotated[Devices, Depends(part(Devices))]


async def _channel(call: Admitted, book: Registry, channel: UUID) -> Channel:
    async with call.reading() as scope:
        return await book.get(scope, ChannelId(channel))


@router.get("/channels/{channel_id}/gateway")
async def get_gateway(
    call: Annotated[Admitted, admits(Permission.CHANNELS_READ)], book: Book, links: Links, channel_id: UUID
) -> schemas.GatewayOut:
    """Whether the gateway of a linked device answers, asked now."""
    channel = await _channel(call, book, channel_id)
    return schemas.GatewayOut.of(await links.health(call.tenant, channel))


@router.post("/channels/{channel_id}/reconnect", status_code=204)
async def reconnect_device(call: Acts, book: Book, links: Links, channel_id: UUID) -> None:
    """Has the gateway connect again with the session that it keeps; it also does so by itself."""
    await links.reconnect(call.tenant, await _channel(call, book, channel_id))


@router.post("/channels/{channel_id}/logout", status_code=204)
async def log_device_out(call: Acts, now: Now, book: Book, links: Links, channel_id: UUID) -> None:
    """Ends the link of the phone: the gateway forgets the session, the channel stops and keeps its queue."""
    channel = await _channel(call, book, channel_id)
    await links.log_out(call.tenant, call.caller, channel)
    async with call.unit_of_work() as scope:
        await audit.record(scope, "channel.logged_out", subject=f"channel:{channel_id}", now=now)


@router.post("/channels/{channel_id}/numbers/check")
async def check_numbers(
    call: Annotated[Admitted, admits(Permission.INBOX_WRITE)],
    book: Book,
    links: Links,
    channel_id: UUID,
    body: schemas.NumbersIn,
) -> schemas.NumbersOut:
    """Which of these numbers can be written to, asked of the gateway; nothing is sent."""
    async with call.reading() as scope:
        channel = await book.get(scope, ChannelId(channel_id))
        region = (await tenants.get_tenant(scope)).settings.country
    numbers = [_number(phone, region) for phone in body.phones]
    asked: Sequence[str] = list(dict.fromkeys(number for number in numbers if number))
    known = {one.phone: one.exists for one in await links.reachable(call.tenant, channel, asked)}
    items = [
        schemas.CheckedOut(phone=phone, number=number, exists=known.get(number or "", False))
        for phone, number in zip(body.phones, numbers, strict=True)
    ]
    return schemas.NumbersOut(items=items)


def _number(phone: str, region: str) -> str | None:
    try:
        return typed_to_e164(phone, region=region)
    except BadPhone:
        return None
