"""What Twilio refuses in a message, told before it is sent.

From twilio.com/docs: messaging/api/message-resource, whatsapp/guidance-whatsapp-media-messages,
content/twilio-quick-reply and content/twiliolist-picker.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from samvad.channels.adapters import checks
from samvad.channels.adapters.meta import limits as whatsapp
from samvad.channels.adapters.twilio import template_limits
from samvad.channels.types import (
    Audio,
    Buttons,
    Content,
    Document,
    Framed,
    Image,
    ListMessage,
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
ID = 200  # of buttons and rows


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


def _choice(content: Buttons | ListMessage) -> Iterator[FieldError]:
    """WhatsApp's own limits, less what Twilio has no place for."""
    own = [*_unframed(content), *(_ids(content) if isinstance(content, Buttons) else _one_section(content))]
    yield from own
    told = {fault.field for fault in own} | {f"sections.{at}.title" for at in range(whatsapp.SECTIONS)}
    bare = replace(content, header="", footer="")
    yield from (fault for fault in whatsapp.faults(bare) if fault.field not in told)


def _unframed(content: Framed) -> Iterator[FieldError]:
    for field, given in (("header", content.header), ("footer", content.footer)):
        if given:
            yield FieldError(field, "is given, but Twilio shows none here: write it into the body")


def _ids(content: Buttons) -> Iterator[FieldError]:
    for at, button in enumerate(content.buttons):
        yield from checks.optional(f"buttons.{at}.id", button.id, ID)


def _one_section(content: ListMessage) -> Iterator[FieldError]:
    if len(content.sections) > 1:
        yield FieldError("sections", f"holds {len(content.sections)}, but Twilio's lists have one alone")
    elif content.sections and content.sections[0].title:
        yield FieldError("sections.0.title", "is given, but Twilio shows none: leave it out")


_CHECKS: Mapping[type[Content], Callable[[Any], Iterable[FieldError]]] = {
    Location: _location,
    Buttons: _choice,
    ListMessage: _choice,
    Image: _captioned,
    Video: _captioned,
    Document: _document,
    Audio: _link,
    Sticker: _link,
    TemplateMessage: template_limits.message_faults,
}
