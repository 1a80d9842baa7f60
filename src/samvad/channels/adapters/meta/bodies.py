"""What each kind of content is on Meta's wire: its `type`, and the object under that name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from samvad.channels.adapters.meta import sent_templates
from samvad.channels.types import (
    Buttons,
    Contacts,
    CtaUrl,
    Flow,
    Framed,
    JsonObject,
    JsonValue,
    Kind,
    ListMessage,
    Location,
    LocationRequest,
    MediaLink,
    TemplateMessage,
)


@dataclass(frozen=True, slots=True)
class Body:
    type: str
    value: JsonValue


def of(content: Any, *, target: str | None, ours: str) -> Body:
    """`target`: Meta's id of the message that a reaction is for; `ours`: our own of this one."""
    if content.kind is Kind.REACTION:
        return Body("reaction", {"message_id": target or "", "emoji": content.emoji})
    if content.kind is Kind.FLOW:
        return _flow(content, token=ours)
    if isinstance(content, TemplateMessage):
        return Body("template", sent_templates.body(content, token=ours))
    return _WRITERS[content.kind](content)


def put_file(body: Body, media: str) -> None:
    """Where the message's own file stands in it, by the id that Meta gave the file."""
    if not isinstance(body.value, dict):
        return
    if body.type == "template":
        sent_templates.put_file(body.value, media)
    else:
        body.value["id"] = media


def _location(content: Location) -> Body:
    return Body("location", content.as_json())


def _contacts(content: Contacts) -> Body:
    return Body("contacts", content.as_json()["contacts"])


def _media(content: MediaLink) -> Body:
    return Body(content.kind.value, content.as_json())


def _interactive(type_: str, content: Framed | LocationRequest, action: JsonObject) -> Body:
    made: JsonObject = {"type": type_, "body": {"text": content.body}, "action": action}
    if isinstance(content, Framed):
        if content.header:
            made["header"] = {"type": "text", "text": content.header}
        if content.footer:
            made["footer"] = {"text": content.footer}
    return Body("interactive", made)


def _buttons(content: Buttons) -> Body:
    made: list[JsonValue] = [
        {"type": "reply", "reply": {"id": button.id, "title": button.title}} for button in content.buttons
    ]
    return _interactive("button", content, {"buttons": made})


def _list(content: ListMessage) -> Body:
    sections: list[JsonValue] = [section.as_json() for section in content.sections]
    return _interactive("list", content, {"button": content.button, "sections": sections})


def _cta_url(content: CtaUrl) -> Body:
    parameters: JsonObject = {"display_text": content.display_text, "url": content.url}
    return _interactive("cta_url", content, {"name": "cta_url", "parameters": parameters})


def _location_request(content: LocationRequest) -> Body:
    return _interactive("location_request_message", content, {"name": "send_location"})


def _flow(content: Flow, *, token: str) -> Body:
    """The token comes back with what the customer filled in."""
    parameters: JsonObject = {
        "flow_message_version": "3",
        "flow_token": token,
        "flow_cta": content.cta,
        "mode": content.mode.value,
        "flow_action": "navigate" if content.screen else "data_exchange",
        **({"flow_id": content.flow_id} if content.flow_id else {"flow_name": content.flow_name}),
    }
    if content.screen:
        data: JsonObject = {"data": dict(content.data)} if content.data else {}
        parameters["flow_action_payload"] = {"screen": content.screen, **data}
    return _interactive("flow", content, {"name": "flow", "parameters": parameters})


_WRITERS: Mapping[Kind, Callable[[Any], Body]] = {
    Kind.LOCATION: _location,
    Kind.CONTACTS: _contacts,
    Kind.BUTTONS: _buttons,
    Kind.LIST: _list,
    Kind.CTA_URL: _cta_url,
    Kind.LOCATION_REQUEST: _location_request,
    **dict.fromkeys((Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT, Kind.AUDIO, Kind.STICKER), _media),
}

KINDS = frozenset(_WRITERS) | {Kind.TEXT, Kind.REACTION, Kind.FLOW, Kind.TEMPLATE}
