"""E-mails, UPI ids and links."""

import re
from collections.abc import Iterator

from samvad.kernel.facts.types import Fact, FactKind

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_ENDINGS = (
    "com|org|net|in|co|io|biz|info|shop|store|app|dev|ai|me|us|uk|br|mx|es|pt|fr|de|ar|cl|pe|ae|sa|sg|id"
    "|online|site|link|example|test"
)
_REST = r"[^\s<>()\"'\]]"
_LINK = re.compile(
    rf"https?://{_REST}+|\bwww\.{_REST}+"
    rf"|(?<![\w@.])[a-z0-9][\w-]*(?:\.[\w-]+)*\.(?:{_ENDINGS})\b(?:/{_REST}*)?",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?"


def emails(text: str) -> Iterator[Fact]:
    for found in _EMAIL.finditer(text):
        yield Fact(FactKind.EMAIL, found.start(), found.end(), found[0], found[0].lower())


def links(text: str) -> Iterator[Fact]:
    for found in _LINK.finditer(text):
        shown = found[0].rstrip(_TRAILING)
        yield Fact(FactKind.LINK, found.start(), found.start() + len(shown), shown, _bare(shown))


def _bare(link: str) -> str:
    """Host and path: with or without scheme, www and a last slash it is one address."""
    host, mark, path = re.sub(r"^https?://", "", link, flags=re.IGNORECASE).partition("/")
    return (host.lower().removeprefix("www.") + mark + path).rstrip("/")
