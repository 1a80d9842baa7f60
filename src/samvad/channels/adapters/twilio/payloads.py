"""Forms of API calls and of our own test webhook, made without I/O."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

import orjson

from samvad.channels.adapters.outgoing import content_of, text_of
from samvad.channels.adapters.twilio import choices, contents, limits
from samvad.channels.adapters.twilio.envelope import OUR_ID, TEST
from samvad.channels.adapters.twilio.form import number_of
from samvad.channels.adapters.twilio.people import WHATSAPP
from samvad.channels.errors import RecipientUnreachable, Rejected
from samvad.channels.types import (
    Buttons,
    Captioned,
    ChannelCredentials,
    Content,
    Identity,
    IdentityKind,
    Kind,
    ListMessage,
    Location,
    MediaLink,
    Outbound,
    TemplateMessage,
)
from samvad.kernel.text import storable

Form = Mapping[str, str]


def message(outbound: Outbound, *, via: ChannelCredentials, link: str = "", content: str = "") -> bytes:
    """The form that sends `outbound`; `link`: where the file is that belongs to it, `content`: the id of the
    content that its buttons or list fill. Raises Rejected or RecipientUnreachable: no call would help."""
    if outbound.kind not in KINDS:
        raise Rejected(f"a message of kind {outbound.kind.value} cannot be sent here")
    said = _said(outbound, link, content)
    service = via.option("messaging_service_sid")
    return encoded({
        **ends(outbound, via=via),
        **({"MessagingServiceSid": service} if service else {}),
        **said,
        "StatusCallback": f"{via.webhook_url}?{urlencode({OUR_ID: str(outbound.id)})}",
    })  # fmt: skip


def ends(outbound: Outbound, *, via: ChannelCredentials) -> Form:
    """From whom to whom. Raises RecipientUnreachable."""
    return {"To": WHATSAPP + _recipient(outbound.to), "From": WHATSAPP + number_of(via.address)}


def encoded(form: Form) -> bytes:
    return urlencode(form).encode()


def _recipient(to: tuple[Identity, ...]) -> str:
    """The number as Twilio named it where there is one, else the user id."""
    found = {identity.kind: identity.value for identity in to}
    digits = found.get(IdentityKind.PHONE) or found.get(IdentityKind.WA_ID)
    if digits:
        return "+" + digits.removeprefix("+")
    if bsuid := found.get(IdentityKind.BSUID):
        return bsuid
    raise RecipientUnreachable("the contact has neither a phone number nor a user id")


def choice_of(outbound: Outbound, *, via: ChannelCredentials) -> choices.Choice:
    """Of buttons or a list that can be sent. Raises as `message` does."""
    ends(outbound, via=via)
    return choices.choice(cast(Buttons | ListMessage, content_of(outbound, limits.faults)))


def _said(outbound: Outbound, link: str, sid: str) -> Form:
    if outbound.kind is Kind.TEXT:
        return {"Body": text_of(outbound, most=limits.TEXT)}
    content = content_of(outbound, limits.faults)
    if isinstance(content, Buttons | ListMessage):
        return _filled(sid, choices.choice(content).values)
    if isinstance(content, TemplateMessage):
        return _template(content, link)
    return {**said_of(content), **({"MediaUrl": link} if link else {})}


def said_of(content: Content) -> Form:
    return _WRITERS[content.kind](content)


def _media(content: MediaLink) -> Form:
    caption = storable(content.caption) if isinstance(content, Captioned) else ""
    return {**({"Body": caption} if caption else {}), "MediaUrl": content.link}


def _location(content: Location) -> Form:
    """The name is the text, the address stands at the pin; a place without either is named by its degrees."""
    place = f"{content.latitude:.6f},{content.longitude:.6f}"
    label = f"|{storable(content.address)}" if content.address else ""
    return {
        "Body": storable(content.name or content.address or place),
        "PersistentAction": f"geo:{place}{label}",
    }


def _template(content: TemplateMessage, link: str) -> Form:
    """A file of ours is a variable too: Twilio ignores a MediaUrl beside a content."""
    if link:
        content = replace(content, values={**content.values, "header.link": link})
    return _filled(content.external_id, {name: given[0] for name, given in contents.filled(content).items()})


def _filled(sid: str, values: Mapping[str, str]) -> Form:
    variables = {"ContentVariables": orjson.dumps(values).decode()} if values else {}
    return {"ContentSid": sid, **variables}


_WRITERS: Mapping[Kind, Callable[[Any], Form]] = {
    Kind.LOCATION: _location,
    **dict.fromkeys((Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT, Kind.AUDIO, Kind.STICKER), _media),
}

KINDS = frozenset(_WRITERS) | choices.KINDS | {Kind.TEXT, Kind.TEMPLATE}


def test_event(via: ChannelCredentials, *, nonce: str) -> list[tuple[str, str]]:
    """Parameters of a call for this number that has no effect but to be seen."""
    return [("AccountSid", via.account), ("To", WHATSAPP + number_of(via.address)), (TEST, nonce)]
