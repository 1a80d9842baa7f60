"""A contact card of WhatsApp: a vCard, of which people need the name and the numbers."""

import re

from samvad.channels.adapters.reading import words
from samvad.channels.types import JsonObject, JsonValue

_LINE = re.compile(r"^(?:item\d+\.)?(FN|TEL)([^:\r\n]*):([^\r\n]*)$", re.MULTILINE | re.IGNORECASE)
_WAID = re.compile(r";waid=(\d{5,15})", re.IGNORECASE)
_MOST = 16_384  # characters that are looked at
_MOST_PHONES = 20


def read(given: JsonObject) -> JsonObject:
    """`displayName` and `vcard` in our words; the whole card comes along."""
    vcard = words(given, "vcard") or ""
    lines = [(name.upper(), traits, value.strip()) for name, traits, value in _LINE.findall(vcard[:_MOST])]
    name = words(given, "displayName") or next((value for key, _, value in lines if key == "FN"), "")
    phones: list[JsonValue] = [_phone(traits, value) for key, traits, value in lines if key == "TEL"]
    card: JsonObject = {"name": {"formatted_name": name}, "phones": phones[:_MOST_PHONES]}
    return card | ({"vcard": vcard} if vcard else {})


def _phone(traits: str, value: str) -> JsonObject:
    known = _WAID.search(traits)
    return {"phone": value, **({"wa_id": known[1]} if known else {})}
