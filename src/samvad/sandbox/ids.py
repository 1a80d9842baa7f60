"""Identifiers and random draws that depend on nothing but the seed and a name."""

import base64
import hashlib


def digest(seed: int, *names: object) -> bytes:
    return hashlib.sha256("\x1f".join(map(str, (seed, *names))).encode()).digest()


def wamid(seed: int, phone_number_id: str, sequence: int) -> str:
    """Looks like Meta's: `wamid.` and base64, with `+`, `/` and `=` where chance puts them."""
    raw = b"\x1c\x18\x12" + digest(seed, "wamid", phone_number_id, sequence)[:22]
    return f"wamid.{base64.b64encode(raw).decode()}"


def bsuid(seed: int, phone_number_id: str, name: str, *, country: str) -> str:
    """A business-scoped user id, `CC.digits`."""
    return f"{country}.{int.from_bytes(digest(seed, 'bsuid', phone_number_id, name)[:7])}"


def media_id(seed: int, phone_number_id: str, sequence: int) -> str:
    return str(10**14 + int.from_bytes(digest(seed, "media", phone_number_id, sequence)[:6]))


def template_id(seed: int, waba_id: str, change: int) -> str:
    return str(10**14 + int.from_bytes(digest(seed, "template", waba_id, change)[:6]))


def trace_id(seed: int, *names: object) -> str:
    return "A" + base64.urlsafe_b64encode(digest(seed, "trace", *names)[:17]).decode().rstrip("=")


def draw(seed: int, key: str, *, low: int, high: int) -> int:
    """A number from `low` to `high`, always the same for the same key."""
    if low >= high:
        return low
    return low + int.from_bytes(digest(seed, "draw", key)[:6]) % (high - low + 1)
