"""What Meta refuses in a message, told before it is sent: field, limit, and what was given.

From Meta's pages under developers.facebook.com/documentation/business-messaging/whatsapp/messages:
interactive-reply-buttons-messages, interactive-list-messages, interactive-cta-url-messages,
location-request-messages, contacts-messages, location-messages, reaction-messages, image-messages and so on;
of flows from flows/guides/sendingaflow beside them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from samvad.channels.adapters import checks
from samvad.channels.adapters.meta.template_limits import message_faults
from samvad.channels.types import (
    Audio,
    Buttons,
    Captioned,
    ContactCard,
    Contacts,
    Content,
    CtaUrl,
    Document,
    Flow,
    Framed,
    Image,
    ListMessage,
    ListRow,
    Location,
    LocationRequest,
    MediaLink,
    Reaction,
    Sticker,
    TemplateMessage,
    Video,
)
from samvad.kernel.errors import FieldError

TEXT = 4096
CAPTION = 1024
BODY = 1024  # of a list some pages say 4096, others 1024: the smaller one is taken everywhere
EDGE = 60  # header, footer
BUTTONS, BUTTON, BUTTON_ID = 3, 20, 256
SECTIONS, ROWS, SECTION, ROW, DESCRIPTION, ROW_ID = 10, 10, 24, 24, 72, 200
CARDS = 257
FLOW_NAME, SCREEN = 200, 200  # Meta names none
FLOW_DATA = 50_000  # characters of JSON; Meta names no limit
NAME = 1000  # of places, files, people: Meta names none

_PICTURE = r"(?![\U0001f1e6-\U0001f1ff])[\xa9\xae\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_ONE = rf"{_PICTURE}\ufe0f?[\U0001f3fb-\U0001f3ff]?"
_EMOJI = re.compile(
    rf"{_ONE}(\u200d{_ONE})*[\U000e0020-\U000e007f]*|[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3"
)
_FLOW_ID = re.compile(r"\d{1,32}")
_DIGITS = re.compile(r"\d{5,15}")


def faults(content: Content) -> Sequence[FieldError]:
    """Every fault of it; none: Meta takes it. Paths begin at the content."""
    return list(_CHECKS[type(content)](content))


def _location(content: Location) -> Iterator[FieldError]:
    yield from checks.degrees(content)
    yield from checks.optional("name", content.name, NAME)
    yield from checks.optional("address", content.address, NAME)
    if content.address and not content.name:
        yield FieldError("name", "is empty: an address is shown under a name only")


def _framed(content: Framed) -> Iterator[FieldError]:
    yield from checks.text("body", content.body, BODY)
    yield from checks.optional("header", content.header, EDGE)
    yield from checks.optional("footer", content.footer, EDGE)


def _buttons(content: Buttons) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from checks.count("buttons", content.buttons, BUTTONS)
    paths = [f"buttons.{at}" for at in range(len(content.buttons))]
    for path, button in zip(paths, content.buttons, strict=True):
        yield from checks.identifier(f"{path}.id", button.id, BUTTON_ID)
        yield from checks.text(f"{path}.title", button.title, BUTTON)
    yield from checks.unique([f"{path}.id" for path in paths], [b.id for b in content.buttons])
    yield from checks.unique([f"{path}.title" for path in paths], [b.title for b in content.buttons])


def _list(content: ListMessage) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from checks.text("button", content.button, BUTTON)
    yield from checks.count("sections", content.sections, SECTIONS)
    rows: list[tuple[str, ListRow]] = []
    for at, section in enumerate(content.sections):
        path = f"sections.{at}"
        if len(content.sections) > 1 or section.title:
            yield from checks.text(f"{path}.title", section.title, SECTION)
        yield from checks.count(f"{path}.rows", section.rows, ROWS)
        rows += [(f"{path}.rows.{n}", row) for n, row in enumerate(section.rows)]
    if len(rows) > ROWS and len(content.sections) > 1:
        yield FieldError("sections", f"hold {len(rows)} rows, at most {ROWS} in all are allowed")
    for path, row in rows:
        yield from _row(path, row)
    yield from checks.unique([f"{path}.id" for path, _ in rows], [row.id for _, row in rows])


def _row(path: str, row: ListRow) -> Iterator[FieldError]:
    yield from checks.identifier(f"{path}.id", row.id, ROW_ID)
    yield from checks.text(f"{path}.title", row.title, ROW)
    yield from checks.optional(f"{path}.description", row.description, DESCRIPTION)


def _cta_url(content: CtaUrl) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from checks.text("display_text", content.display_text, BUTTON)
    yield from checks.url("url", content.url, schemes=("https", "http"))


def _flow(content: Flow) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from checks.text("cta", content.cta, BUTTON)
    if _EMOJI.search(content.cta):
        yield FieldError("cta", "holds an emoji, which Meta refuses on this button")
    if bool(content.flow_id) == bool(content.flow_name):
        yield FieldError("flow_id", "or flow_name says which flow: exactly one of both is needed")
    if content.flow_id and not _FLOW_ID.fullmatch(content.flow_id):
        yield FieldError(
            "flow_id", f"is {content.flow_id[:40]!r}: the digits that Meta gave the flow are needed"
        )
    yield from checks.optional("flow_name", content.flow_name, FLOW_NAME)
    yield from checks.optional("screen", content.screen, SCREEN)
    if content.data and not content.screen:
        yield FieldError("data", "is for a first screen, and none is named: give `screen`")
    yield from checks.json_size("data", content.data, FLOW_DATA)


def _location_request(content: LocationRequest) -> Iterator[FieldError]:
    yield from checks.text("body", content.body, BODY)


def _contacts(content: Contacts) -> Iterator[FieldError]:
    yield from checks.count("contacts", content.contacts, CARDS)
    for at, card in enumerate(content.contacts):
        yield from _card(f"contacts.{at}", card)


def _card(path: str, card: ContactCard) -> Iterator[FieldError]:
    yield from checks.text(f"{path}.name.formatted_name", card.name.formatted_name, NAME)
    if len(card.name.as_json()) < 2:
        yield FieldError(f"{path}.name", "holds formatted_name alone: one more part of the name is needed")
    for at, phone in enumerate(card.phones):
        yield from checks.text(f"{path}.phones.{at}.phone", phone.phone, NAME)
        if phone.wa_id and not _DIGITS.fullmatch(phone.wa_id):
            yield FieldError(
                f"{path}.phones.{at}.wa_id", f"is {phone.wa_id[:20]!r}: 5 to 15 digits are needed"
            )
    for at, email in enumerate(card.emails):
        yield from checks.text(f"{path}.emails.{at}.email", email.email, NAME)
    for at, url in enumerate(card.urls):
        yield from checks.text(f"{path}.urls.{at}.url", url.url, checks.LONGEST_URL)
    if card.birthday and not _is_date(card.birthday):
        yield FieldError(f"{path}.birthday", f"is {card.birthday[:20]!r}: YYYY-MM-DD is needed")


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _reaction(content: Reaction) -> Iterator[FieldError]:
    if content.emoji and not _EMOJI.fullmatch(content.emoji):
        yield FieldError("emoji", f"is {content.emoji[:20]!r}: one emoji, or nothing to take it back")


def _media(content: MediaLink) -> Iterator[FieldError]:
    yield from checks.url("link", content.link)
    if isinstance(content, Captioned):
        yield from checks.optional("caption", content.caption, CAPTION)
    if isinstance(content, Document):
        yield from checks.optional("filename", content.filename, NAME)


_CHECKS: Mapping[type[Content], Callable[[Any], Iterable[FieldError]]] = {
    Location: _location,
    Buttons: _buttons,
    ListMessage: _list,
    CtaUrl: _cta_url,
    Flow: _flow,
    LocationRequest: _location_request,
    Contacts: _contacts,
    Reaction: _reaction,
    TemplateMessage: message_faults,
    **dict.fromkeys((Image, Video, Document, Audio, Sticker), _media),
}
