"""Customers write and read: each one unit of work on the ledger."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import replace

from samvad.sandbox import envelope
from samvad.sandbox.announcing import announce
from samvad.sandbox.behaviour import Until
from samvad.sandbox.ids import media_id, wamid
from samvad.sandbox.inbound import ECHOES, MEDIA_KINDS, MESSAGES, Draft, item
from samvad.sandbox.jsonio import BadField
from samvad.sandbox.people import move
from samvad.sandbox.posting import Item, enqueue
from samvad.sandbox.repository.media import Media
from samvad.sandbox.repository.messages import NewMessage
from samvad.sandbox.samples import sample
from samvad.sandbox.statuses import Step, Subject, category_of
from samvad.sandbox.types import Customer, Direction, State
from samvad.sandbox.world import Unit

MEDIA_LIFE_MS = 7 * 24 * 3600 * 1000
_MEDIA_CAP = 5_000_000


def say(unit: Unit, customer: Customer, *, draft: Draft) -> str:
    """The customer (or the business's own phone) sends; the wamid."""
    world = unit.world
    wamid_ = draft.wamid or wamid(world.seed, unit.id, unit.next_sequence())
    draft = _with_media(unit, draft) if draft.kind in MEDIA_KINDS else draft
    new = NewMessage(
        phone_number_id=unit.id,
        customer_id=customer.id,
        wamid=wamid_,
        direction=draft.direction,
        kind=draft.kind,
        content=draft.content,
        at_ms=unit.now_ms,
        reply_to=draft.reply_to,
    )
    message_id = world.messages.add(unit.db, new)
    enqueue(unit, _item(unit, customer, draft=draft, wamid_=wamid_, message_id=message_id))
    if not draft.echo:
        world.customers.wrote(unit.db, customer, at_ms=unit.now_ms)
    if draft.kind == "number_change":
        move(unit, customer, phone=str(draft.content["wa_id"]))
    return wamid_


def _item(unit: Unit, customer: Customer, *, draft: Draft, wamid_: str, message_id: int) -> Item:
    at_s = unit.now_ms // 1000
    made = item(draft, wamid=wamid_, number=unit.number, customer=customer, at_s=at_s)
    contacts = [envelope.contact_item(customer)]
    if draft.echo:
        value = envelope.value(unit.number, contacts=contacts, message_echoes=[made])
    else:
        value = envelope.value(unit.number, contacts=contacts, messages=[made])
    return Item(
        key=wamid_,
        field=ECHOES if draft.echo else MESSAGES,
        value=value,
        customer=customer,
        message_id=message_id,
        state=State.DELIVERED,
    )


def _with_media(unit: Unit, draft: Draft) -> Draft:
    """Stores the given bytes, or a small sample, and refers to them as Meta does."""
    given: Mapping[str, object] = draft.content
    mime_type, filename, data = sample(draft.kind)
    if given.get("data") is not None:
        data = _decode(given["data"])
    media = Media(
        id=media_id(unit.world.seed, unit.id, unit.next_sequence()),
        phone_number_id=unit.id,
        mime_type=str(given.get("mime_type") or mime_type),
        filename=str(given.get("filename") or filename),
        sha256=base64.b64encode(hashlib.sha256(data).digest()).decode(),
        data=data,
        expires_ms=unit.now_ms + MEDIA_LIFE_MS,
    )
    unit.world.media.add(unit.db, media)
    named = {"filename": media.filename} if draft.kind == "document" else {}
    rest = {k: v for k, v in draft.content.items() if k not in ("data", "mime_type", "filename")}
    body = {**rest, **named, "mime_type": media.mime_type, "sha256": media.sha256, "id": media.id}
    return replace(draft, body=body)


def _decode(data: object) -> bytes:
    try:
        decoded = base64.b64decode(str(data), validate=True)
    except ValueError as failure:
        raise BadField("content.data", "must be base64") from failure
    if len(decoded) > _MEDIA_CAP:
        raise BadField("content.data", f"must be at most {_MEDIA_CAP} bytes")
    return decoded


def read(unit: Unit, customer: Customer) -> int:
    """The customer opens the chat: `read` for what was new, unless statuses are off. How many were new."""
    seen = unit.world.messages.see(unit.db, customer.id)
    silent = unit.number.behaviour.statuses.until is Until.NONE
    for message in seen:
        if message.direction is not Direction.OUT or message.state is State.READ:
            continue
        unit.world.messages.advance(unit.db, message.id, State.READ)
        if not silent and message.kind != "reaction":
            category = category_of(message.content)
            subject = Subject(message.id, message.wamid, customer, message.kind, message.client_id, category)
            announce(unit, subject, steps=[Step(State.READ, 0)])
    return len(seen)
