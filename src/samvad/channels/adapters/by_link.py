"""Files by link, and places, as gateways of WhatsApp take them: faults told before anything is sent."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from samvad.channels.adapters import checks
from samvad.channels.types import Captioned, Document, Location, MediaLink, Sticker
from samvad.kernel.errors import FieldError

CAPTION = 1024
NAME = 1000


def file_name(content: MediaLink) -> str:
    """With the ending that tells WhatsApp what it is; "" where neither name nor link has one."""
    named = content.filename if isinstance(content, Document) else ""
    return next((name for name in (named, _last(content.link)) if PurePosixPath(name).suffix), "")


def _last(link: str) -> str:
    try:
        return unquote(PurePosixPath(urlsplit(link).path).name)
    except ValueError:
        return ""


def location(content: Location) -> Iterator[FieldError]:
    yield from checks.degrees(content)
    yield from checks.optional("name", content.name, NAME)
    yield from checks.optional("address", content.address, NAME)


def media(content: MediaLink) -> Iterator[FieldError]:
    yield from checks.url("link", content.link)
    if isinstance(content, Captioned):
        yield from checks.optional("caption", content.caption, CAPTION)
    if isinstance(content, Document):
        yield from checks.optional("filename", content.filename, NAME)
    if not isinstance(content, Sticker) and not file_name(content):
        yield FieldError("link", "ends in no file name with an ending such as .jpg: one is needed")
