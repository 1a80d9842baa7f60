"""What the gateway or WhatsApp would refuse in a message, told before it is sent."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from samvad.channels.adapters import checks
from samvad.channels.types import (
    Audio,
    Captioned,
    ContactCard,
    Contacts,
    Content,
    Document,
    Image,
    Location,
    MediaLink,
    Reaction,
    Sticker,
    Video,
)
from samvad.kernel.errors import FieldError

TEXT = 4096  # WhatsApp takes 65,536, phones fold what is longer than this
CAPTION = 1024
NAME = 1000
CARDS = 10
_DIGITS = re.compile(r"\d{10,15}")  # the gateway takes no shorter one for a card


def faults(content: Content) -> Sequence[FieldError]:
    """Every fault of it; none: it can be sent. Paths begin at the content."""
    return list(_CHECKS[type(content)](content))


def file_name(content: MediaLink) -> str:
    """With its ending; "" where neither name nor link has one."""
    named = content.filename if isinstance(content, Document) else ""
    return next((name for name in (named, _last(content.link)) if PurePosixPath(name).suffix), "")


def _last(link: str) -> str:
    try:
        return unquote(PurePosixPath(urlsplit(link).path).name)
    except ValueError:
        return ""


def phone(card: ContactCard) -> tuple[str, str]:
    """(digits, as it is written) of the card's first number that is one; ("", "") where there is none."""
    for one in card.phones:
        digits = one.wa_id or re.sub(r"\D", "", one.phone)
        if _DIGITS.fullmatch(digits):
            return digits, one.phone
    return "", ""


def _location(content: Location) -> Iterator[FieldError]:
    yield from checks.degrees(content)
    yield from checks.optional("name", content.name, NAME)
    yield from checks.optional("address", content.address, NAME)


def _contacts(content: Contacts) -> Iterator[FieldError]:
    yield from checks.count("contacts", content.contacts, CARDS)
    for at, card in enumerate(content.contacts):
        yield from checks.text(f"contacts.{at}.name.formatted_name", card.name.formatted_name, NAME)
        if not phone(card)[0]:
            yield FieldError(
                f"contacts.{at}.phones", "holds no number of ten digits or more with its country code"
            )


def _reaction(content: Reaction) -> Iterator[FieldError]:
    if content.emoji and content.emoji.isascii():
        yield FieldError("emoji", f"is {content.emoji[:20]!r}: only an emoji is taken")
    yield from checks.optional("emoji", content.emoji, 32)


def _media(content: MediaLink) -> Iterator[FieldError]:
    yield from checks.url("link", content.link)
    if isinstance(content, Captioned):
        yield from checks.optional("caption", content.caption, CAPTION)
    if isinstance(content, Document):
        yield from checks.optional("filename", content.filename, NAME)
    if not isinstance(content, Sticker) and not file_name(content):
        yield FieldError("link", "ends in no file name with an ending such as .jpg: one is needed")


_CHECKS: Mapping[type[Content], Callable[[Any], Iterable[FieldError]]] = {
    Location: _location,
    Contacts: _contacts,
    Reaction: _reaction,
    **dict.fromkeys((Image, Video, Document, Audio, Sticker), _media),
}
