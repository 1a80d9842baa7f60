"""Replies pushed to a program: one signed POST each, taken when the answer names the message."""

import hashlib
import hmac

import orjson

from samvad.channels.adapters.calling import answered, failure, refused, unanswered
from samvad.channels.adapters.kit import Kit
from samvad.channels.adapters.reading import words
from samvad.channels.errors import CredentialsRejected, OutcomeUnknown, SendError
from samvad.channels.types import ChannelCredentials, JsonObject
from samvad.kernel.clock import Clock
from samvad.platform.http import HttpError

SIGNATURE = "X-Samvad-Signature"


def signature(body: bytes, secret: str, *, at: int) -> str:
    """`t=<Unix seconds>,v1=<hex>`: HMAC-SHA256 of `<t>.<body>`, so that an old call cannot be shown again."""
    mac = hmac.new(secret.encode("utf-8", "replace"), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


class Callback:
    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    @property
    def clock(self) -> Clock:
        return self._kit.clock

    async def push(self, said: JsonObject, ident: str, *, via: ChannelCredentials) -> None:
        """Returns when the other side says `{"received": ident}`. Raises SendError."""
        secret = via.secret("signing_secret")
        if not secret.strip() or not secret.isascii() or not secret.isprintable():
            raise CredentialsRejected("the signing secret is empty or holds characters that no secret has")
        body = orjson.dumps(said)
        at = int(self._kit.clock.now().timestamp())
        headers = {"Content-Type": "application/json", SIGNATURE: signature(body, secret, at=at)}
        try:
            answer = await self._kit.http.request(
                "POST", via.base_url, headers=headers, body=body,
                timeout=self._kit.timeout, allow=self._kit.allow,
            )  # fmt: skip
        except HttpError as broken:
            raise unanswered(broken, of_status=lambda status: _refusal(status, {})) from broken
        told = answered(answer.body)
        if 200 <= answer.status < 300 and words(told, "received") == ident:
            return
        if 200 <= answer.status < 300:
            raise OutcomeUnknown(f'HTTP {answer.status}, but not {{"received": "<the id>"}}')
        raise _refusal(answer.status, told, answer.headers.get("retry-after", ""))


def _refusal(status: int, told: JsonObject, retry_after: str = "") -> SendError:
    said = words(told, "error") or ""
    return failure(refused(status, spoken=bool(said)), status=status, said=said, retry_after=retry_after)
