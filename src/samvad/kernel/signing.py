"""Signed, expiring passes for the sandbox phone: made by the app, checked by the sandbox, pure."""

import hashlib
import hmac

_PURPOSE = b"samvad sandbox phone v1\n"


class BadPhoneToken(Exception):
    """The pass is forged, malformed or expired; the message says which."""


def sign_phone_token(secret: str, phone_number_id: str, *, expires_at: int) -> str:
    """A pass for one number's phone page until `expires_at` (Unix seconds): `<id>.<expiry>.<hex>`."""
    claim = f"{phone_number_id}.{expires_at}"
    return f"{claim}.{_mac(secret, claim)}"


def verify_phone_token(secret: str, token: str, *, now: int) -> str:
    """The phone_number_id that `token` opens at `now` (Unix seconds). Raises BadPhoneToken."""
    claim, _, mac = token.rpartition(".")
    if not hmac.compare_digest(_mac(secret, claim).encode(), mac.encode("utf-8", "replace")):
        raise BadPhoneToken("forged")
    phone_number_id, _, expiry = claim.rpartition(".")
    if int(expiry) <= now:
        raise BadPhoneToken("expired")
    return phone_number_id


def _mac(secret: str, claim: str) -> str:
    return hmac.new(secret.encode(), _PURPOSE + claim.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
