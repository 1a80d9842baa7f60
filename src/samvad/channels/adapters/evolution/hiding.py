"""A call as it may be kept: the gateway puts a key of its own and the address that it calls into each, and
into some the code that links a phone."""

import orjson

from samvad.channels.adapters.reading import decode
from samvad.channels.errors import MalformedBody

_HIDDEN = "***"
_BESIDE = ("apikey", "destination", "server_url")
_CODES = ("qrcode", "base64", "code", "pairingCode")


def kept(body: bytes) -> bytes:
    """What cannot be read is nobody's secret that we know of, and stays as it is."""
    try:
        found = decode(body)
    except MalformedBody:
        return body
    changed = {name: _HIDDEN if name in _BESIDE and value else value for name, value in found.items()}
    if str(found.get("event", "")).lower().replace("_", ".") == "qrcode.updated":
        changed |= {name: _HIDDEN for name in _CODES if name in found} | {"data": {}}
    if changed == found:
        return body
    try:
        return orjson.dumps(changed)
    except TypeError:
        return orjson.dumps({"event": _HIDDEN})
