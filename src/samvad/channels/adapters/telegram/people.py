"""Who an update is about: Telegram's number of a person, and the username that they show."""

from samvad.channels.adapters.reading import words
from samvad.channels.adapters.telegram.ids import whole
from samvad.channels.types import Identity, IdentityKind, JsonValue, Sender
from samvad.kernel.text import display_name

_LONGEST = 1000  # of which `display_name` keeps 120


def sender(user: JsonValue) -> Sender | None:
    """A User, or a private Chat, which names the same. None: nobody."""
    number = whole(user, "id")
    if number is None or number.startswith("-"):
        return None
    identities = [Identity(IdentityKind.TELEGRAM, number)]
    if username := _shown(user, "username").removeprefix("@"):
        identities.append(Identity(IdentityKind.USERNAME, username))
    name = display_name(f"{_shown(user, 'first_name')} {_shown(user, 'last_name')}")
    return Sender(tuple(identities), name=name or None)


def is_bot(user: JsonValue) -> bool:
    return isinstance(user, dict) and user.get("is_bot") is True


def _shown(user: JsonValue, key: str) -> str:
    return display_name((words(user, key) or "")[:_LONGEST])
