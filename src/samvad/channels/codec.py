"""Events, outbound messages and their content as JSON for the tables, and back."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from samvad.channels.types import (
    AccountNotice,
    Audio,
    Buttons,
    Contacts,
    Content,
    CtaUrl,
    Document,
    EchoReceived,
    Event,
    Flow,
    IdentityChanged,
    Ignored,
    Image,
    Kind,
    ListMessage,
    Location,
    LocationRequest,
    MarketingPreference,
    MessageReceived,
    Outbound,
    PastMessage,
    Reaction,
    StatusReceived,
    Sticker,
    TemplateMessage,
    TemplateNews,
    Unparsable,
    Video,
)
from samvad.kernel.json import JsonObject

_KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        MessageReceived,
        EchoReceived,
        PastMessage,
        StatusReceived,
        IdentityChanged,
        MarketingPreference,
        TemplateNews,
        AccountNotice,
        Ignored,
        Unparsable,
    )
}
_ADAPTERS: dict[str, TypeAdapter[Event]] = {name: TypeAdapter(kind) for name, kind in _KINDS.items()}
_OUTBOUND = TypeAdapter(Outbound)
_RECORDS: tuple[type[Content], ...] = (
    Location, Contacts, Reaction, Buttons, ListMessage, CtaUrl, LocationRequest, Flow,
    Image, Video, Document, Audio, Sticker, TemplateMessage,
)  # fmt: skip
_CONTENT: Mapping[Kind, TypeAdapter[Content]] = {record.kind: TypeAdapter(record) for record in _RECORDS}


def event_to_json(event: Event) -> object:
    """For a jsonb column: orjson writes dataclasses, enums, ids and times by itself."""
    return {"is": type(event).__name__, "event": event}


def event_from_json(stored: JsonObject) -> Event:
    """Raises KeyError or pydantic.ValidationError for what no version of ours wrote."""
    return _ADAPTERS[str(stored["is"])].validate_python(stored["event"])


def outbound_from_json(stored: JsonObject) -> Outbound:
    """`Outbound` itself is stored as it is."""
    return _OUTBOUND.validate_python(stored)


def content_from_json(kind: Kind, stored: JsonObject) -> Content:
    """What `Content.as_json` wrote. Raises KeyError for a kind without a record, pydantic.ValidationError."""
    return _CONTENT[kind].validate_python(stored)
