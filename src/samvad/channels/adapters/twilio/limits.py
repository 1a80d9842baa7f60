"""What Twilio refuses in a message, told before it is sent.

From twilio.com/docs: messaging/api/message-resource and whatsapp/guidance-whatsapp-media-messages.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from samvad.channels.adapters import checks
from samvad.channels.adapters.twilio import template_limits
from samvad.channels.types import (
    Audio,
    Content,
    Document,
    Image,
    Location,
    MediaLink,
    Sticker,
    TemplateMessage,
    Video,
)
from samvad.kernel.errors import FieldError

TEXT = 1600
CAPTION = 1024  # WhatsApp's own
NAME = 1000  # of places: Twilio names none


def faults(content: Content) -> Sequence[FieldError]:
    """Every fault of it; none: Twilio takes it. Paths begin at the content."""
    return list(_CHECKS[type(content)](content))


def _location(content: Location) -> Iterator[FieldError]:
    yield from checks.degrees(content)
    yield from checks.optional("name", content.name, NAME)
    yield from checks.optional("address", content.address, NAME)


def _link(content: MediaLink) -> Iterator[FieldError]:
    yield from checks.url("link", content.link)


def _captioned(content: Image | Video) -> Iterator[FieldError]:
    yield from _link(content)
    yield from checks.optional("caption", content.caption, CAPTION)


def _document(content: Document) -> Iterator[FieldError]:
    """A file of ours, which has no link, is named by the answer that Twilio gets when it fetches it."""
    yield from _link(content)
    named = content.filename if content.link else ""
    for field, given in (("caption", content.caption), ("filename", named)):
        if given:
            yield FieldError(field, "is given, but Twilio shows none with documents: leave it out")


_CHECKS: Mapping[type[Content], Callable[[Any], Iterable[FieldError]]] = {
    Location: _location,
    Image: _captioned,
    Video: _captioned,
    Document: _document,
    Audio: _link,
    Sticker: _link,
    TemplateMessage: template_limits.message_faults,
}
