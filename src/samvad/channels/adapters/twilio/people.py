"""Who a call is about: numbers and user ids, with `whatsapp:` before them or not."""

import re

from samvad.channels.adapters.twilio.parameters import Parameters, one
from samvad.channels.adapters.whatsapp import address
from samvad.channels.types import Identity, IdentityKind, Sender
from samvad.kernel.phone import wa_id_to_phone
from samvad.kernel.text import display_name

WHATSAPP = "whatsapp:"

_NUMBER = re.compile(r"\+?[1-9]\d{4,14}")
_MAX_NAME = 1000  # of which `display_name` keeps 120
_SIGNS = ("WaId", "ProfileName", "ExternalUserId", "ChannelMetadata", "ChannelStatusMessage")


def by_whatsapp(parameters: Parameters) -> bool:
    """Whether WhatsApp carried it: an SMS to the same number comes to the same URL."""
    ends = (one(parameters, name).lower() for name in ("From", "To"))
    return any(end.startswith(WHATSAPP) for end in ends) or any(one(parameters, name) for name in _SIGNS)


def number(parameters: Parameters, name: str) -> str:
    """The number under `name` in E.164; "" where none stands."""
    found = _bare(one(parameters, name))
    return "+" + found.removeprefix("+") if _NUMBER.fullmatch(found) else ""


def sender(parameters: Parameters, name: str) -> Sender | None:
    """The person under `name`, with what else the call says of who wrote. None: it names nobody."""
    found: dict[IdentityKind, Identity] = {}
    for key in ("ExternalUserId", "WaId", name) if name == "From" else (name,):
        if identity := _identity(one(parameters, key)):
            found.setdefault(identity.kind, identity)
    if not found:
        return None
    wa_id = found.get(IdentityKind.WA_ID)
    if phone := number(parameters, name) or (wa_id and wa_id_to_phone(wa_id.value)):
        found[IdentityKind.PHONE] = Identity(IdentityKind.PHONE, phone)
    shown = display_name(one(parameters, "ProfileName")[:_MAX_NAME]) if name == "From" else ""
    return Sender(tuple(found.values()), name=shown or None)


def _identity(value: str) -> Identity | None:
    found = address(_bare(value))
    if found is None or found.kind is IdentityKind.BSUID or _NUMBER.fullmatch(found.value):
        return found
    return None


def _bare(value: str) -> str:
    value = value.strip()
    return value[len(WHATSAPP) :].strip() if value.lower().startswith(WHATSAPP) else value
