"""How WhatsApp names people, whichever provider carries its messages."""

import re

from samvad.channels.types import FieldRole, FormField, Identity, IdentityKind

_BSUID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
BAN_RISK = FormField(
    "ban_risk",
    FieldRole.OPTION,
    "I accept that WhatsApp may ban this number",
    help="A linked device is not what WhatsApp provides for businesses. It restricts or bans numbers that "
    "write to many strangers or too fast, sometimes for good, and nobody can lift that. Use a number that "
    "you can do without, answer those who write, and write to few others.",
    required=True,
    fixed=True,
    accepted=True,
)  # of every transport that is a phone linked as a device

_MAX = 140  # the longest BSUID; no address is longer


def address(value: str) -> Identity | None:
    """A business-scoped user id where it has the form of one, else a wa_id; None: it is neither."""
    value = value.strip().removeprefix("+")
    if not value or len(value) > _MAX:
        return None
    return Identity(IdentityKind.BSUID if _BSUID.fullmatch(value) else IdentityKind.WA_ID, value)
