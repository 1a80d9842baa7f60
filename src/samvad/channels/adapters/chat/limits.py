"""What the widget shows and a program may be given; more is refused before it is queued."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from samvad.channels.adapters import checks
from samvad.channels.types import Buttons, Captioned, Content, CtaUrl, Document, Framed, Image, ListMessage
from samvad.kernel.errors import FieldError

TEXT = 4096
LINE = 60  # characters of headers and footers, as WhatsApp has them
TITLE = 64
ID = 256
BUTTONS = 10
ROWS = 30
CAPTION = 1024


def faults(content: Content) -> Sequence[FieldError]:
    check = _CHECKS.get(type(content))
    return list(check(content)) if check else [FieldError("kind", "is none that a chat channel sends")]


def _framed(content: Framed) -> Iterator[FieldError]:
    yield from checks.text("body", content.body, TEXT)
    yield from checks.optional("header", content.header, LINE)
    yield from checks.optional("footer", content.footer, LINE)


def _buttons(content: Buttons) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from checks.count("buttons", content.buttons, BUTTONS)
    paths = [f"buttons.{at}" for at in range(len(content.buttons))]
    yield from _pressed(paths, [(button.id, button.title) for button in content.buttons])


def _list(content: ListMessage) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from checks.text("button", content.button, TITLE)
    given = {
        f"sections.{at}.rows.{n}": (row.id, row.title)
        for at, section in enumerate(content.sections)
        for n, row in enumerate(section.rows)
    }
    yield from checks.count("sections", [*given], ROWS)
    yield from _pressed([*given], [*given.values()])


def _pressed(paths: Sequence[str], given: Sequence[tuple[str, str]]) -> Iterator[FieldError]:
    for path, (id_, title) in zip(paths, given, strict=True):
        yield from checks.identifier(f"{path}.id", id_, ID)
        yield from checks.text(f"{path}.title", title, TITLE)
    yield from checks.unique([f"{path}.id" for path in paths], [id_ for id_, _ in given])


def _cta_url(content: CtaUrl) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from checks.text("display_text", content.display_text, TITLE)
    yield from checks.url("url", content.url, schemes=("https", "http"))


def _media(content: Captioned) -> Iterator[FieldError]:
    yield from checks.url("link", content.link)
    yield from checks.optional("caption", content.caption, CAPTION)


_CHECKS: Mapping[type[Content], Callable[[Any], Iterable[FieldError]]] = {
    Buttons: _buttons,
    ListMessage: _list,
    CtaUrl: _cta_url,
    Image: _media,
    Document: _media,
}
