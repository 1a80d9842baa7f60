"""Message ids that are unique for a bot: Telegram's own count within one chat only."""

import re
from dataclasses import dataclass
from typing import Self

from samvad.channels.adapters.reading import words
from samvad.channels.types import JsonValue

_WHOLE = re.compile(r"-?\d{1,19}")
_QUERY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ID = re.compile(r"(\d{1,19}):(\d{1,19})(?::([a-z])([A-Za-z0-9_-]{1,64}))?")

CALLBACK = "c"  # a pressed button
EDIT = "e"
REACTION = "r"
OURS = "o"  # a reaction of ours, which Telegram gives no id


@dataclass(frozen=True, slots=True)
class Place:
    """A message in a private chat; `mark` and `rest` tell apart what else happened to it."""

    chat: str
    message: str
    mark: str = ""
    rest: str = ""

    def __str__(self) -> str:
        plain = f"{self.chat}:{self.message}"
        return f"{plain}:{self.mark}{self.rest}" if self.mark else plain

    @classmethod
    def of(cls, external_id: str) -> Self | None:
        """None: no id that this adapter made."""
        found = _ID.fullmatch(external_id)
        return cls(found[1], found[2], found[3] or "", found[4] or "") if found else None


def whole(node: JsonValue, key: str) -> str | None:
    """node[key] as digits; Telegram's numbers need up to 52 bits."""
    found = words(node, key) or ""
    return found if found.isascii() and _WHOLE.fullmatch(found) else None


def is_query(text: str) -> bool:
    """Whether it can be the id of a callback query."""
    return bool(_QUERY.fullmatch(text))
