"""Bodies of Graph calls and of our own test webhook, made without I/O."""

import re

import orjson

from samvad.channels.adapters.meta import bodies, limits
from samvad.channels.adapters.meta.fields import TEST_FIELD
from samvad.channels.adapters.outgoing import content_of, text_of
from samvad.channels.errors import RecipientUnreachable, Rejected
from samvad.channels.types import ChannelCredentials, Identity, IdentityKind, JsonObject, Kind, Outbound

_LINK = re.compile(r"https?://\S")


def message(outbound: Outbound, *, media: str | None = None) -> bytes:
    """The body that sends `outbound`, its file by the id `media`. Raises Rejected or RecipientUnreachable:
    no call would help."""
    if outbound.kind not in bodies.KINDS:
        raise Rejected(f"a message of kind {outbound.kind.value} cannot be sent here")
    said = _said(outbound)
    if media is not None:
        bodies.put_file(said, media)
    body: JsonObject = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(outbound.to),
        "type": said.type,
        said.type: said.value,
        "biz_opaque_callback_data": str(outbound.id),
    }
    if outbound.reply_to:
        body["context"] = {"message_id": outbound.reply_to}
    return orjson.dumps(body)


def _recipient(to: tuple[Identity, ...]) -> JsonObject:
    """The phone number where there is one; Meta prefers it too when both are named."""
    found = {identity.kind: identity.value for identity in to}
    phone = found.get(IdentityKind.WA_ID) or found.get(IdentityKind.PHONE)
    if phone:
        return {"to": phone.removeprefix("+")}
    if bsuid := found.get(IdentityKind.BSUID):
        return {"recipient": bsuid}
    raise RecipientUnreachable("the contact has neither a phone number nor a user id")


def _said(outbound: Outbound) -> bodies.Body:
    if outbound.kind is not Kind.TEXT:
        return bodies.of(content_of(outbound, limits.faults), target=outbound.target, ours=str(outbound.id))
    text = text_of(outbound, most=limits.TEXT)
    return bodies.Body("text", {"body": text, "preview_url": bool(_LINK.search(text))})


def read_receipt(external_id: str, *, typing: bool) -> bytes:
    """Blue ticks for a customer's message; with `typing` also "is writing" for up to 25 seconds."""
    body: JsonObject = {"messaging_product": "whatsapp", "status": "read", "message_id": external_id}
    if typing:
        body["typing_indicator"] = {"type": "text"}
    return orjson.dumps(body)


def test_event(via: ChannelCredentials, *, nonce: str) -> bytes:
    """A webhook body for this number that has no effect but to be seen."""
    value: JsonObject = {"metadata": {"phone_number_id": via.address}, "nonce": nonce}
    change: JsonObject = {"field": TEST_FIELD, "value": value}
    entry: JsonObject = {"id": via.account, "changes": [change]}
    return orjson.dumps({"object": "whatsapp_business_account", "entry": [entry]})
