"""One message of a customer as events: one, and one more for each further file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from samvad.channels.adapters.reading import TooDeep, clean, decode_any
from samvad.channels.adapters.said import Said
from samvad.channels.adapters.twilio import kinds, people
from samvad.channels.adapters.twilio.parameters import Parameters, ident, one, rest
from samvad.channels.errors import MalformedBody
from samvad.channels.types import Event, JsonObject, JsonValue, Kind, MessageReceived, Unparsable

_TRUE = ("true", "1")
_FLAGS = (("Forwarded", "forwarded"), ("FrequentlyForwarded", "frequently_forwarded"))
_REFERRAL = {
    "ReferralSourceUrl": "source_url",
    "ReferralSourceId": "source_id",
    "ReferralSourceType": "source_type",
    "ReferralHeadline": "headline",
    "ReferralBody": "body",
    "ReferralMediaId": "media_id",
    "ReferralMediaUrl": "media_url",
    "ReferralMediaContentType": "media_type",
    "ReferralNumMedia": "num_media",
    "ReferralCtwaClid": "ctwa_clid",
}
_TOLD = frozenset({
    "MessageSid", "SmsMessageSid", "SmsSid", "AccountSid", "From", "To", "ProfileName", "WaId",
    "ExternalUserId", "OriginalRepliedMessageSid", "ChannelMetadata", "NumMedia",
    *(name for name, _ in _FLAGS), *_REFERRAL,
    *(f"Media{part}{at}" for at in range(kinds.MOST_FILES) for part in ("Url", "ContentType")),
})  # fmt: skip
_TOLD_BY: Mapping[Kind, frozenset[str]] = {
    Kind.LOCATION: frozenset({"Latitude", "Longitude", "Address", "Label"}),
    Kind.LIST_REPLY: frozenset({"ListId", "ListTitle", "ListDescription"}),
    Kind.BUTTON_REPLY: frozenset({"ButtonPayload", "ButtonText"}),
}


def events(parameters: Parameters, sid: str, *, sent_at: datetime | None) -> Sequence[Event]:
    """The message itself under its `sid`; the n-th further file under `sid:n`, so that each is unique.

    `sent_at`: None for a webhook, which names no time.
    """
    author = people.sender(parameters, "From")
    if author is None:
        return [Unparsable("the message has no sender", rest(parameters, frozenset()))]
    first, *further = kinds.read(parameters)
    first = replace(first, content=_content(parameters, first))
    parts = [(sid, first)]
    for at, said in enumerate(further, start=1):
        parts.append((f"{sid}:{at}", replace(said, content={"part_of": sid, "part": at})))
    return [
        MessageReceived(
            external_id=external_id,
            sender=author,
            kind=said.kind,
            sent_at=sent_at,
            text=said.text,
            media=said.media,
            reply_to=ident(parameters, "OriginalRepliedMessageSid"),
            content=said.content,
        )
        for external_id, said in parts
    ]


def _content(parameters: Parameters, said: Said) -> JsonObject:
    content: JsonObject = dict(said.content)
    for name, key in _FLAGS:
        if one(parameters, name).lower() in _TRUE:
            content[key] = True
    referral: JsonObject = {key: found for name, key in _REFERRAL.items() if (found := one(parameters, name))}
    if referral.keys() - {"num_media"}:  # which is said, as 0, of messages without one too
        content["referral"] = referral
    if metadata := one(parameters, "ChannelMetadata"):
        content["channel_metadata"] = _inner_json(metadata)
    same = {"Body"} if one(parameters, "Body") == said.text else set()
    left = rest(parameters, _TOLD | same | _TOLD_BY.get(said.kind, frozenset()))
    return content | ({"parameters": left} if left else {})


def _inner_json(text: str) -> JsonValue:
    try:
        return clean(decode_any(text.encode("utf-8", "replace")))
    except (MalformedBody, TooDeep):
        return text
