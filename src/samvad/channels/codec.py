"""Events and outbound messages as JSON for the driver tables, and back."""

from pydantic import TypeAdapter

from samvad.channels.types import (
    AccountNotice,
    EchoReceived,
    Event,
    IdentityChanged,
    Ignored,
    MarketingPreference,
    MessageReceived,
    Outbound,
    StatusReceived,
    Unparsable,
)
from samvad.kernel.json import JsonObject

_KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        MessageReceived,
        EchoReceived,
        StatusReceived,
        IdentityChanged,
        MarketingPreference,
        AccountNotice,
        Ignored,
        Unparsable,
    )
}
_ADAPTERS: dict[str, TypeAdapter[Event]] = {name: TypeAdapter(kind) for name, kind in _KINDS.items()}
_OUTBOUND = TypeAdapter(Outbound)


def event_to_json(event: Event) -> object:
    """For a jsonb column: orjson writes dataclasses, enums, ids and times by itself."""
    return {"is": type(event).__name__, "event": event}


def event_from_json(stored: JsonObject) -> Event:
    """Raises KeyError or pydantic.ValidationError for what no version of ours wrote."""
    return _ADAPTERS[str(stored["is"])].validate_python(stored["event"])


def outbound_from_json(stored: JsonObject) -> Outbound:
    """`Outbound` itself is stored as it is."""
    return _OUTBOUND.validate_python(stored)
