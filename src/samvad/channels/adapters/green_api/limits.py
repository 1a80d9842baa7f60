"""What Green API refuses in a message, told before it is sent (its pages SendMessage, SendFileByUrl,
SendLocation, SendContact, SendInteractiveButtonsReply)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from samvad.channels.adapters import by_link, checks
from samvad.channels.adapters.by_link import CAPTION
from samvad.channels.types import (
    Audio,
    Buttons,
    Contacts,
    Content,
    Document,
    Image,
    Location,
    Video,
)
from samvad.kernel.errors import FieldError

TEXT = 4096  # Green takes 20,000, phones cut what is longer than this
BUTTONS, BUTTON, BUTTON_ID, EDGE = 3, 25, 256, 60
_DIGITS = re.compile(r"\d{7,15}")


def faults(content: Content) -> Sequence[FieldError]:
    """Every fault of it; none: Green takes it. Paths begin at the content."""
    return list(_CHECKS[type(content)](content))


def phone(content: Contacts) -> str:
    """Digits of the card's first number; "" where there is none."""
    for one in content.contacts[0].phones if content.contacts else ():
        digits = one.wa_id or re.sub(r"\D", "", one.phone)
        if _DIGITS.fullmatch(digits):
            return digits
    return ""


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


_CHECKS: Mapping[type[Content], Callable[[Any], Iterable[FieldError]]] = {
    Location: by_link.location,
    Contacts: _contacts,
    Buttons: _buttons,
    **dict.fromkeys((Image, Video, Document, Audio), by_link.media),
}
