"""What the gateway or WhatsApp would refuse in a message, told before it is sent."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from samvad.channels.adapters import by_link, checks
from samvad.channels.adapters.by_link import NAME
from samvad.channels.types import (
    Audio,
    ContactCard,
    Contacts,
    Content,
    Document,
    Image,
    Location,
    Reaction,
    Sticker,
    Video,
)
from samvad.kernel.errors import FieldError

TEXT = 4096  # WhatsApp takes 65,536, phones fold what is longer than this
CARDS = 10
_DIGITS = re.compile(r"\d{10,15}")  # the gateway takes no shorter one for a card


def faults(content: Content) -> Sequence[FieldError]:
    """Every fault of it; none: it can be sent. Paths begin at the content."""
    return list(_CHECKS[type(content)](content))


def phone(card: ContactCard) -> tuple[str, str]:
    """(digits, as it is written) of the card's first number that is one; ("", "") where there is none."""
    for one in card.phones:
        digits = one.wa_id or re.sub(r"\D", "", one.phone)
        if _DIGITS.fullmatch(digits):
            return digits, one.phone
    return "", ""


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


_CHECKS: Mapping[type[Content], Callable[[Any], Iterable[FieldError]]] = {
    Location: by_link.location,
    Contacts: _contacts,
    Reaction: _reaction,
    **dict.fromkeys((Image, Video, Document, Audio, Sticker), by_link.media),
}
