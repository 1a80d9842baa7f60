"""How WhatsApp names people, whichever provider carries its messages."""

import re

from samvad.channels.types import Identity, IdentityKind

_BSUID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
_MAX = 140  # the longest BSUID; no address is longer


def address(value: str) -> Identity | None:
    """A business-scoped user id where it has the form of one, else a wa_id; None: it is neither."""
    value = value.strip().removeprefix("+")
    if not value or len(value) > _MAX:
        return None
    return Identity(IdentityKind.BSUID if _BSUID.fullmatch(value) else IdentityKind.WA_ID, value)
