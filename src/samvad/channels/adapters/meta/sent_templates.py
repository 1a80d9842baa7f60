"""A template with its values as Meta wants it in a send."""

from collections.abc import Mapping

from samvad.channels.adapters.reading import rows, words
from samvad.channels.rules.templates import code_of, of_part, placeholders
from samvad.channels.types import (
    ButtonAct,
    HeaderFormat,
    JsonObject,
    JsonValue,
    TemplateButton,
    TemplateHeader,
    TemplateMessage,
)


def body(message: TemplateMessage, *, token: str) -> JsonObject:
    """`token` comes back with what the customer fills into a form of its buttons."""
    layout, values = message.layout, message.values
    made: list[JsonValue] = []
    head = of_part("header", values)
    if layout.header and (parameters := _header(layout.header, head, message.file)):
        made.append({"type": "header", "parameters": parameters})
    if parameters := _texts(layout.body, of_part("body", values)):
        made.append({"type": "body", "parameters": parameters})
    for at, button in enumerate(layout.buttons):
        if button.act is ButtonAct.FLOW:
            made.append(_flow(at, token))
        elif button.act is ButtonAct.COPY_CODE:
            made.append(_code(at, button, code_of(layout, at, values)))
        elif value := values.get(f"button.{at}"):
            made.append(_part(at, button.act.value, {"type": "text", "text": value}))
    sent: JsonObject = {"name": message.name, "language": {"code": message.language}}
    return sent | ({"components": made} if made else {})


def put_file(template: JsonObject, media: str) -> None:
    """The file of its header by Meta's id."""
    header = next((part for part in rows(template, "components") if words(part, "type") == "header"), None)
    for parameter in rows(header, "parameters"):
        if isinstance(parameter, dict) and isinstance(file := parameter.get(str(parameter["type"])), dict):
            file["id"] = media


def _header(header: TemplateHeader, values: Mapping[str, str], own: str) -> list[JsonValue]:
    kind = header.format.value
    if header.format is HeaderFormat.TEXT:
        return _texts(header.text, values)
    if header.format is HeaderFormat.LOCATION:
        place: JsonObject = {
            name: values[name] for name in ("latitude", "longitude", "name", "address") if name in values
        }
        return [{"type": kind, kind: place}]
    known = {"filename": own, **values} if own and header.format is HeaderFormat.DOCUMENT else values
    file: JsonObject = {name: known[name] for name in ("link", "filename") if known.get(name)}
    return [{"type": kind, kind: file}]


def _texts(text: str, values: Mapping[str, str]) -> list[JsonValue]:
    """In the order of the numbers; named ones by their names."""
    names = placeholders(text)
    if all(name.isdigit() for name in names):
        return [{"type": "text", "text": values.get(name, "")} for name in sorted(names, key=int)]
    return [{"type": "text", "parameter_name": name, "text": values.get(name, "")} for name in names]


def _flow(at: int, token: str) -> JsonObject:
    parameter: JsonObject = {"type": "action", "action": {"flow_token": token}}
    return {"type": "button", "sub_type": "flow", "index": str(at), "parameters": [parameter]}


def _code(at: int, button: TemplateButton, value: str) -> JsonObject:
    """A one-time password is for Meta a link's ending, whatever its button says; another code is a coupon."""
    if button.code:
        return _part(at, "url", {"type": "text", "text": value})
    return _part(at, button.act.value, {"type": "coupon_code", "coupon_code": value})


def _part(at: int, kind: str, parameter: JsonObject) -> JsonObject:
    return {"type": "button", "sub_type": kind, "index": str(at), "parameters": [parameter]}
