"""Meta's proofs: the signature of a webhook call and the challenge at its set-up."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

HEADER = "x-hub-signature-256"
_PREFIX = "sha256="
_LENGTH = len(_PREFIX) + 64


def sign(body: bytes, *, app_secret: str) -> str:
    """The header value for `body`: HMAC-SHA256 over the raw bytes."""
    return _PREFIX + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def fits(header: str, body: bytes, *, app_secret: str) -> bool:
    """Whether `header` signs exactly these bytes; constant time. An empty secret signs nothing."""
    if not app_secret or len(header) != _LENGTH or not header.startswith(_PREFIX):
        return False
    expected = sign(body, app_secret=app_secret)
    return hmac.compare_digest(expected.encode(), header.encode("utf-8", "replace"))


def offered(query: Mapping[str, str]) -> str:
    """The verify token that a handshake names."""
    return query.get("hub.verify_token", "")


def handshake(nonce: str, *, verify_token: str) -> str:
    """The query with which Meta asks for `nonce`."""
    asked = {"hub.mode": "subscribe", "hub.verify_token": verify_token, "hub.challenge": nonce}
    return urlencode(asked)


def challenge(query: Mapping[str, str], *, verify_token: str) -> str | None:
    """What to answer at set-up, or None when the token is not ours."""
    token = offered(query)
    if not verify_token or query.get("hub.mode") != "subscribe":
        return None
    if not hmac.compare_digest(verify_token.encode(), token.encode("utf-8", "replace")):
        return None
    return query.get("hub.challenge", "")
