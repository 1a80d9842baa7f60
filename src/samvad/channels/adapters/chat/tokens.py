"""A visitor's pass: who they are, until when; signed with the channel's visitor secret, pure."""

import hashlib
import hmac

_PURPOSE = b"samvad chat visitor v1\n"


def sign(secret: str, *, key: str, visitor: str, expires_at: int) -> str:
    """`<visitor>.<expiry>.<hex>` for the channel with the public `key`; `expires_at` in Unix seconds."""
    claim = f"{visitor}.{expires_at}"
    return f"{claim}.{_mac(secret, key, claim)}"


def visitor_of(secret: str, token: str, *, key: str, now: int) -> str | None:
    """Whose pass it is; None: forged, of another channel, or expired. Never raises."""
    claim, _, mac = token.rpartition(".")
    good = hmac.compare_digest(_mac(secret, key, claim).encode(), mac.encode("utf-8", "replace"))
    if not secret or not good:
        return None
    visitor, _, expiry = claim.rpartition(".")
    return visitor if int(expiry) > now else None


def _mac(secret: str, key: str, claim: str) -> str:
    said = _PURPOSE + f"{key}\n{claim}".encode("utf-8", "replace")
    return hmac.new(secret.encode("utf-8", "replace"), said, hashlib.sha256).hexdigest()
