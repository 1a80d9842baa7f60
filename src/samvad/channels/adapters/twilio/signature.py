"""Twilio's proof: HMAC-SHA1 over the URL that it called and the parameters that it sent.

https://www.twilio.com/docs/usage/security. What its libraries do beyond that page: names sorted as a whole,
the values of a name sorted and each once, empty values count, a body that is no form is covered by its digest
in the query, and the URL may stand with or without its port.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from samvad.channels.adapters.twilio import parameters
from samvad.channels.errors import MalformedBody
from samvad.channels.types import RawRequest

HEADER = "x-twilio-signature"

_DIGEST = "bodySHA256"
_PORTS = {"https": 443, "http": 80}


def sign(url: str, pairs: Iterable[tuple[str, str]], *, token: str) -> str:
    """The header's value. `url` as Twilio was given it, without its fragment, which is never sent."""
    values: dict[str, set[str]] = {}
    for name, value in pairs:
        values.setdefault(name, set()).add(value)
    said = "".join(name + value for name in sorted(values) for value in sorted(values[name]))
    signed = (url.partition("#")[0] + said).encode("utf-8", "surrogateescape")
    return base64.b64encode(hmac.new(token.encode(), signed, hashlib.sha1).digest()).decode()


def fits(request: RawRequest, *, public_url: str, tokens: Iterable[str]) -> bool:
    """Whether one of `tokens` signed this call; constant time. An empty token signs nothing.

    The URL is what we told the world (`public_url`) with path and query as they came: what a proxy says of
    the host proves nothing.
    """
    header = request.headers.get(HEADER, "").encode("utf-8", "replace")
    covered = _covered(request)
    if covered is None:
        return False
    expected = [
        sign(url, covered, token=token)
        for token in tokens
        if token
        for url in _urls(public_url, request.target)
    ]
    return any([hmac.compare_digest(one.encode(), header) for one in expected])  # noqa: C419 - looks at all


def _covered(request: RawRequest) -> list[tuple[str, str]] | None:
    """The parameters that the signature covers; None when it cannot cover this body."""
    digest = next(iter(parse_qs(request.query).get(_DIGEST, [])), None)
    if digest is not None:
        return [] if hashlib.sha256(request.body).hexdigest() == digest.lower() else None  # no secret in it
    try:
        return parameters.pairs(request.body)
    except MalformedBody:
        return None


def _urls(public_url: str, target: str) -> list[str]:
    """The URL with its port and without: Twilio signs what was configured, its libraries accept both."""
    parts = urlsplit(public_url)
    bare = parts.netloc.removesuffix(f":{parts.port}") if parts.port else parts.netloc
    ported = f"{bare}:{parts.port or _PORTS.get(parts.scheme, 443)}"
    prefix = parts.path.rstrip("/")
    path = target if prefix and target.startswith(f"{prefix}/") else prefix + target
    return [f"{parts.scheme}://{host}{path}" for host in (bare, ported)]
