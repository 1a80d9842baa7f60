"""What Telegram refuses in a message, told before it is sent (core.telegram.org/bots/api)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from samvad.channels.adapters import checks
from samvad.channels.adapters.telegram import wording
from samvad.channels.types import (
    Audio,
    Buttons,
    Captioned,
    Contacts,
    Content,
    CtaUrl,
    Document,
    Framed,
    Image,
    ListMessage,
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
BUTTONS = 100  # of one message
TITLE = 64  # Telegram names none; more is cut off on a phone
DATA = 64  # bytes that come back when a button is pressed
NAME = 1000  # of places and people: Telegram names none

# What a bot may react with; the others are for people who pay.
REACTIONS = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓"
    "🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
) | {"❤\u200d🔥", "👨\u200d💻", "🤷\u200d♂", "🤷\u200d♀"}


def faults(content: Content) -> Sequence[FieldError]:
    """Every fault of it; none: Telegram takes it. Paths begin at the content."""
    return list(_CHECKS[type(content)](content))


def emoji(content: Reaction) -> str:
    """As Telegram spells it: without the mark that asks for a coloured picture."""
    return content.emoji.replace("\ufe0f", "")


def _location(content: Location) -> Iterator[FieldError]:
    yield from checks.degrees(content)
    yield from checks.optional("name", content.name, NAME)
    yield from checks.optional("address", content.address, NAME)
    if content.address and not content.name:
        yield FieldError("name", "is empty: an address is shown under a name only")


def _framed(content: Framed) -> Iterator[FieldError]:
    yield from checks.text("body", content.body, TEXT)
    whole = wording.of(content)
    if len(content.body) <= TEXT < len(whole):
        yield FieldError(
            "body", f"and what stands around it have {len(whole)} characters, {TEXT} are allowed"
        )


def _buttons(content: Buttons) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from checks.count("buttons", content.buttons, BUTTONS)
    paths = [f"buttons.{at}" for at in range(len(content.buttons))]
    yield from _pressed(paths, [(button.id, button.title) for button in content.buttons])


def _list(content: ListMessage) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from checks.count("sections", content.sections, BUTTONS)
    rows = {
        f"sections.{at}.rows.{n}": (row.id, row.title)
        for at, section in enumerate(content.sections)
        for n, row in enumerate(section.rows)
    }
    yield from checks.count("sections", [*rows], BUTTONS)
    yield from _pressed([*rows], [*rows.values()])


def _pressed(paths: Sequence[str], given: Sequence[tuple[str, str]]) -> Iterator[FieldError]:
    """`given`: id and title of each."""
    for path, (id_, title) in zip(paths, given, strict=True):
        yield from checks.identifier(f"{path}.id", id_, DATA)
        size = len(id_.encode("utf-8", "replace"))
        if len(id_) <= DATA < size:
            yield FieldError(f"{path}.id", f"has {size} bytes, at most {DATA} are allowed")
        yield from checks.text(f"{path}.title", title, TITLE)
    yield from checks.unique([f"{path}.id" for path in paths], [id_ for id_, _ in given])


def _cta_url(content: CtaUrl) -> Iterator[FieldError]:
    yield from _framed(content)
    yield from checks.text("display_text", content.display_text, TITLE)
    yield from checks.url("url", content.url, schemes=("https", "http"))


def _location_request(content: LocationRequest) -> Iterator[FieldError]:
    yield from checks.text("body", content.body, TEXT)


def _contacts(content: Contacts) -> Iterator[FieldError]:
    """One person in one message, with a phone number."""
    yield from checks.count("contacts", content.contacts, 1)
    for card in content.contacts[:1]:
        yield from checks.text("contacts.0.name.formatted_name", card.name.formatted_name, NAME)
        if not card.phones or not card.phones[0].phone.strip():
            yield FieldError("contacts.0.phones", "holds no number: Telegram takes people with one only")


def _reaction(content: Reaction) -> Iterator[FieldError]:
    if content.emoji and emoji(content) not in REACTIONS:
        yield FieldError(
            "emoji", f"is {content.emoji[:20]!r}: Telegram lets bots react with another few only"
        )


def _media(content: MediaLink) -> Iterator[FieldError]:
    yield from checks.url("link", content.link, schemes=("https", "http"))
    if isinstance(content, Captioned):
        yield from checks.optional("caption", content.caption, CAPTION)


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
