"""Interactive messages as Meta takes them: buttons, lists, links, requests for a location; pure."""

from collections.abc import Callable, Mapping, Sequence

from samvad.sandbox.jsonio import BadField, Fields

BODY, LIST_BODY, EDGE = 1024, 4096, 60
_HEADERS = ("text", "image", "video", "document")


def check(content: Fields) -> None:
    """Raises BadField."""
    kind = content.text("type")
    if kind not in _KINDS:
        raise BadField(content.at("type"), "is not known")
    if kind not in _BODILESS or "body" in content:
        content.fields("body").text("text", limit=LIST_BODY if kind == "list" else BODY)
    _edges(content, kind)
    _KINDS[kind](content.fields("action"))


def _edges(content: Fields, kind: str) -> None:
    footer, header = content.optional_fields("footer"), content.optional_fields("header")
    if kind == "location_request_message" and (header or footer):
        raise BadField(content.at("header" if header else "footer"), "is not allowed here")
    if footer:
        footer.text("text", limit=EDGE)
    if header is None:
        return
    form = header.text("type")
    if form not in (_HEADERS if kind != "list" else ("text",)):
        raise BadField(header.at("type"), "is not allowed here")
    if form == "text":
        header.text("text", limit=EDGE)
    else:
        header.fields(form)


def _buttons(action: Fields) -> None:
    replies = []
    for button in action.items("buttons", most=3):
        if button.text("type") != "reply":
            raise BadField(button.at("type"), "must be reply")
        reply = button.fields("reply")
        reply.text("id", limit=256)
        reply.text("title", limit=20)
        replies.append(reply)
    _unique(action.at("buttons"), replies, "id")
    _unique(action.at("buttons"), replies, "title")


def _sections(action: Fields) -> None:
    action.text("button", limit=20)
    sections = action.items("sections", most=10)
    for section in sections:
        if len(sections) > 1 or "title" in section:
            section.text("title", limit=24)
    rows = [row for section in sections for row in section.items("rows", most=10)]
    if len(rows) > 10:
        raise BadField(action.at("sections"), "must have at most 10 rows in all")
    for row in rows:
        row.text("id", limit=200)
        row.text("title", limit=24)
        row.optional_text("description", limit=72)
    _unique(action.at("sections"), rows, "id")


def _unique(path: str, things: Sequence[Fields], name: str) -> None:
    if len({thing.values[name] for thing in things}) < len(things):
        raise BadField(path, f"must have different {name}s")


def _cta_url(action: Fields) -> None:
    _named(action, "cta_url")
    parameters = action.fields("parameters")
    parameters.text("display_text", limit=20)
    if not parameters.text("url").lower().startswith(("https://", "http://")):
        raise BadField(parameters.at("url"), "is not a valid URL")


def _location_request(action: Fields) -> None:
    _named(action, "send_location")


def _flow(action: Fields) -> None:
    _named(action, "flow")
    parameters = action.fields("parameters")
    if parameters.text("flow_message_version") != "3":
        raise BadField(parameters.at("flow_message_version"), "must be 3")
    if ("flow_id" in parameters) == ("flow_name" in parameters):
        raise BadField(parameters.at("flow_id"), "or flow_name is required, not both", missing=True)
    parameters.text("flow_id" if "flow_id" in parameters else "flow_name", limit=200)
    if not parameters.text("flow_cta", limit=20).isprintable():
        raise BadField(parameters.at("flow_cta"), "must be one line")
    if "mode" in parameters and parameters.text("mode") not in ("draft", "published"):
        raise BadField(parameters.at("mode"), "must be draft or published")
    how = parameters.text("flow_action") if "flow_action" in parameters else "navigate"
    if how not in ("navigate", "data_exchange"):
        raise BadField(parameters.at("flow_action"), "must be navigate or data_exchange")
    payload = parameters.optional_fields("flow_action_payload")
    if (how == "navigate") != (payload is not None):
        raise BadField(parameters.at("flow_action_payload"), "is required to navigate, and only then")
    if payload:
        payload.text("screen")
        if "data" in payload and not payload.fields("data").values:
            raise BadField(payload.at("data"), "must not be empty")


def _named(action: Fields, name: str) -> None:
    if action.text("name") != name:
        raise BadField(action.at("name"), f"must be {name}")


def _anything(_: Fields) -> None:
    """Kinds whose action the emulator does not look into."""


_BODILESS = frozenset({"product", "catalog_message", "call_permission_request"})
_KINDS: Mapping[str, Callable[[Fields], None]] = {
    "button": _buttons,
    "list": _sections,
    "cta_url": _cta_url,
    "location_request_message": _location_request,
    "flow": _flow,
    **dict.fromkeys(
        ("product", "product_list", "catalog_message", "call_permission_request", "address_message"),
        _anything,
    ),
}
