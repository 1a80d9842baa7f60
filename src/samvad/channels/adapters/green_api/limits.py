"""What Green API refuses in a message, told before it is sent (its pages SendMessage, SendFileByUrl,
SendLocation, SendContact, SendInteractiveButtonsReply)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from samvad.channels.adapters import checks
from samvad.channels.types import (
    Audio,
    Buttons,
    Captioned,
    Contacts,
    Content,
    Document,
    Image,
    Location,
    MediaLink,
    Video,
)
from samvad.kernel.errors import FieldError

TEXT = 4096  # Green takes 20,000, phones cut what is longer than this
CAPTION = 1024
NAME = 1000
BUTTONS, BUTTON, BUTTON_ID, EDGE = 3, 25, 256, 60
_DIGITS = re.compile(r"\d{7,15}")


def faults(content: Content) -> Sequence[FieldError]:
    """Every fault of it; none: Green takes it. Paths begin at the content."""
    return list(_CHECKS[type(content)](content))


def file_name(content: MediaLink) -> str:
    """With the ending that tells WhatsApp what it is; "" where neither name nor link has one."""
    named = content.filename if isinstance(content, Document) else ""
    return next((name for name in (named, _last(content.link)) if PurePosixPath(name).suffix), "")


def _last(link: str) -> str:
    try:
        return unquote(PurePosixPath(urlsplit(link).path).name)
    except ValueError:
        return ""


def phone(content: Contacts) -> str:
    """Digits of the card's first number; "" where there is none."""
    for one in content.contacts[0].phones if content.contacts else ():
        digits = one.wa_id or re.sub(r"\D", "", one.phone)
        if _DIGITS.fullmatch(digits):
            return digits
    return ""


def _location(content: Location) -> Iterator[FieldError]:
    yield from checks.degrees(content)
    yield from checks.optional("name", content.name, NAME)
    yield from checks.optional("address", content.address, NAME)


def _contacts(content: Contacts) -> Iterator[FieldError]:
    if len(content.contacts) != 1:
        yield FieldError("contacts", f"holds {len(content.contacts)}, one card a message is allowed")
    elif not phone(content):
        yield FieldError("contacts.0.phones", "holds no number with its country code: one is needed")


def _buttons(content: Buttons) -> Iterator[FieldError]:
    yield from checks.text("body", content.body, CAPTION)
    yield from checks.optional("header", content.header, EDGE)
    yield from checks.optional("footer", content.footer, EDGE)
    yield from checks.count("buttons", content.buttons, BUTTONS)
    paths = [f"buttons.{at}" for at in range(len(content.buttons))]
    for path, button in zip(paths, content.buttons, strict=True):
        yield from checks.identifier(f"{path}.id", button.id, BUTTON_ID)
        yield from checks.text(f"{path}.title", button.title, BUTTON)
    yield from checks.unique([f"{path}.id" for path in paths], [b.id for b in content.buttons])


def _media(content: MediaLink) -> Iterator[FieldError]:
    yield from checks.url("link", content.link)
    if isinstance(content, Captioned):
        yield from checks.optional("caption", content.caption, CAPTION)
    if isinstance(content, Document):
        yield from checks.optional("filename", content.filename, NAME)
    if not file_name(content):
        yield FieldError("link", "ends in no file name with an ending such as .jpg: one is needed")


_CHECKS: Mapping[type[Content], Callable[[Any], Iterable[FieldError]]] = {
    Location: _location,
    Contacts: _contacts,
    Buttons: _buttons,
    **dict.fromkeys((Image, Video, Document, Audio), _media),
}
