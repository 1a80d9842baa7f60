"""What Meta refuses in a message, told before it is sent: field, limit, and what was given.

From Meta's pages under developers.facebook.com/documentation/business-messaging/whatsapp/messages:
interactive-reply-buttons-messages, interactive-list-messages, interactive-cta-url-messages,
location-request-messages, contacts-messages, location-messages, reaction-messages, image-messages and so on.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from samvad.channels.types import (
    Audio,
    Buttons,
    Captioned,
    ContactCard,
    Contacts,
    Content,
    CtaUrl,
    Document,
    Framed,
    Image,
    ListMessage,
    ListRow,
    Location,
    LocationRequest,
    MediaLink,
    Reaction,
    Sticker,
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
URL = 2000  # Meta names none; every browser takes as many
NAME = 1000  # of places, files, people: Meta names none

_PICTURE = r"(?![\U0001f1e6-\U0001f1ff])[\xa9\xae\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_ONE = rf"{_PICTURE}\ufe0f?[\U0001f3fb-\U0001f3ff]?"
_EMOJI = re.compile(
    rf"{_ONE}(\u200d{_ONE})*[\U000e0020-\U000e007f]*|[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3"
)
_DIGITS = re.compile(r"\d{5,15}")


def faults(content: Content) -> Sequence[FieldError]:
    """Every fault of it; none: Meta takes it. Paths begin at the content."""
    return list(_CHECKS[type(content)](content))


def _text(field: str, text: str, most: int, *, needed: bool = True) -> Iterator[FieldError]:
    if needed and not text.strip():
        yield FieldError(field, f"is empty: 1 to {most} characters are needed")
    if len(text) > most:
        yield FieldError(field, f"has {len(text)} characters, at most {most} are allowed")


def _optional(field: str, text: str, most: int) -> Iterator[FieldError]:
    yield from _text(field, text, most, needed=bool(text))


def _count(field: str, given: Sequence[object], most: int) -> Iterator[FieldError]:
    if not 1 <= len(given) <= most:
        yield FieldError(field, f"holds {len(given)}, from 1 to {most} are allowed")


def _unique(fields: Sequence[str], values: Sequence[str]) -> Iterator[FieldError]:
    for at, value in enumerate(values):
        if value in values[:at]:
            yield FieldError(
                fields[at], f"is the same as {fields[values.index(value)]}: each must be another"
            )


def _url(field: str, url: str, *, schemes: tuple[str, ...] = ("https",)) -> Iterator[FieldError]:
    yield from _text(field, url, URL)
    scheme, host = _parts(url)
    if scheme not in schemes or not host or not url.isprintable() or " " in url:
        yield FieldError(field, f"is no {' or '.join(schemes)} address: it begins with {url[:20]!r}")


def _parts(url: str) -> tuple[str, str | None]:
    try:
        found = urlsplit(url)
        return found.scheme.lower(), found.hostname
    except ValueError:
        return "", None


def _location(content: Location) -> Iterator[FieldError]:
    for field, degrees, bound in (("latitude", content.latitude, 90), ("longitude", content.longitude, 180)):
        if not -bound <= degrees <= bound:
            yield FieldError(field, f"is {degrees:g}, from -{bound} to {bound} are allowed")
    yield from _optional("name", content.name, NAME)
    yield from _optional("address", content.address, NAME)
    if content.address and not content.name:
        yield FieldError("name", "is empty: an address is shown under a name only")


def _framed(content: Framed) -> Iterator[FieldError]:
    yield from _text("body", content.body, BODY)
    yield from _optional("header", content.header, EDGE)
    yield from _optional("footer", content.footer, EDGE)


def _buttons(content: Buttons) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from _count("buttons", content.buttons, BUTTONS)
    paths = [f"buttons.{at}" for at in range(len(content.buttons))]
    for path, button in zip(paths, content.buttons, strict=True):
        yield from _id(f"{path}.id", button.id, BUTTON_ID)
        yield from _text(f"{path}.title", button.title, BUTTON)
    yield from _unique([f"{path}.id" for path in paths], [b.id for b in content.buttons])
    yield from _unique([f"{path}.title" for path in paths], [b.title for b in content.buttons])


def _id(field: str, id_: str, most: int) -> Iterator[FieldError]:
    yield from _text(field, id_, most)
    if id_ != id_.strip():
        yield FieldError(field, f"is {id_[:40]!r}: it may not begin or end with a space")


def _list(content: ListMessage) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from _text("button", content.button, BUTTON)
    yield from _count("sections", content.sections, SECTIONS)
    rows: list[tuple[str, ListRow]] = []
    for at, section in enumerate(content.sections):
        path = f"sections.{at}"
        if len(content.sections) > 1 or section.title:
            yield from _text(f"{path}.title", section.title, SECTION)
        yield from _count(f"{path}.rows", section.rows, ROWS)
        rows += [(f"{path}.rows.{n}", row) for n, row in enumerate(section.rows)]
    if len(rows) > ROWS and len(content.sections) > 1:
        yield FieldError("sections", f"hold {len(rows)} rows, at most {ROWS} in all are allowed")
    for path, row in rows:
        yield from _row(path, row)
    yield from _unique([f"{path}.id" for path, _ in rows], [row.id for _, row in rows])


def _row(path: str, row: ListRow) -> Iterator[FieldError]:
    yield from _id(f"{path}.id", row.id, ROW_ID)
    yield from _text(f"{path}.title", row.title, ROW)
    yield from _optional(f"{path}.description", row.description, DESCRIPTION)


def _cta_url(content: CtaUrl) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from _text("display_text", content.display_text, BUTTON)
    yield from _url("url", content.url, schemes=("https", "http"))


def _location_request(content: LocationRequest) -> Iterator[FieldError]:
    yield from _text("body", content.body, BODY)


def _contacts(content: Contacts) -> Iterator[FieldError]:
    yield from _count("contacts", content.contacts, CARDS)
    for at, card in enumerate(content.contacts):
        yield from _card(f"contacts.{at}", card)


def _card(path: str, card: ContactCard) -> Iterator[FieldError]:
    yield from _text(f"{path}.name.formatted_name", card.name.formatted_name, NAME)
    if len(card.name.as_json()) < 2:
        yield FieldError(f"{path}.name", "holds formatted_name alone: one more part of the name is needed")
    for at, phone in enumerate(card.phones):
        yield from _text(f"{path}.phones.{at}.phone", phone.phone, NAME)
        if phone.wa_id and not _DIGITS.fullmatch(phone.wa_id):
            yield FieldError(
                f"{path}.phones.{at}.wa_id", f"is {phone.wa_id[:20]!r}: 5 to 15 digits are needed"
            )
    for at, email in enumerate(card.emails):
        yield from _text(f"{path}.emails.{at}.email", email.email, NAME)
    for at, url in enumerate(card.urls):
        yield from _text(f"{path}.urls.{at}.url", url.url, URL)
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
    yield from _url("link", content.link)
    if isinstance(content, Captioned):
        yield from _optional("caption", content.caption, CAPTION)
    if isinstance(content, Document):
        yield from _optional("filename", content.filename, NAME)


_CHECKS: Mapping[type[Content], Callable[[Any], Iterable[FieldError]]] = {
    Location: _location,
    Buttons: _buttons,
    ListMessage: _list,
    CtaUrl: _cta_url,
    LocationRequest: _location_request,
    Contacts: _contacts,
    Reaction: _reaction,
    **dict.fromkeys((Image, Video, Document, Audio, Sticker), _media),
}
