"""Calls of Green API; every failure is one of `channels.errors`. The token is part of the URL, so no words of
an answer go on without being searched for it."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from urllib.parse import quote

import orjson

from samvad.channels.adapters import calling
from samvad.channels.adapters.green_api import uploads
from samvad.channels.adapters.reading import decode_any, objekt, words
from samvad.channels.errors import (
    ChannelBlocked,
    CredentialsRejected,
    MalformedBody,
    OutcomeUnknown,
    SendError,
    Transient,
)
from samvad.channels.types import ChannelCredentials, JsonObject, JsonValue
from samvad.platform.http import HostPolicy, HttpClient, HttpError, HttpResponse

_PLAN_SPENT = 466
_HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Green:
    """One way out for all instances; `timeout` in seconds for a whole call."""

    http: HttpClient
    allow: HostPolicy
    timeout: float

    async def send(self, method: str, body: JsonObject, *, via: ChannelCredentials) -> JsonObject:
        """Puts a message into the instance's queue. A failure of Green's own may come after that: then the
        outcome is unknown. Raises SendError."""
        answer = _json(await self._call("POST", (method,), via=via, body=body))
        return answer if isinstance(answer, dict) else {}

    async def upload(self, kind: str, body: bytes, *, via: ChannelCredentials) -> JsonObject:
        """Like `send`, with a file; `kind` is the type of the whole body. Raises SendError."""
        there = replace(via, base_url=uploads.host(via.base_url))
        sent = (kind, body)
        answer = _json(
            await self._call("POST", (uploads.METHOD,), via=there, sent=sent, timeout=uploads.SECONDS)
        )
        return answer if isinstance(answer, dict) else {}

    async def ask(self, method: str, *, via: ChannelCredentials, body: JsonObject | None = None) -> JsonValue:
        """A call that may be repeated: whatever is unknown of it is only Transient. Raises SendError."""
        verb = "GET" if body is None else "POST"
        return _json(await _again(self._call(verb, (method,), via=via, body=body)))

    async def next_notification(self, *, via: ChannelCredentials, wait: int) -> bytes:
        """As it came: {"receiptId", "body"}, or null when nothing was new for `wait` seconds."""
        query = f"receiveTimeout={wait}"
        timeout = self.timeout + wait
        return await _again(
            self._call("GET", ("receiveNotification",), via=via, query=query, timeout=timeout)
        )

    async def forget(self, receipt: str, *, via: ChannelCredentials) -> None:
        """Takes a fetched notification out of the queue; one that is gone already is no failure."""
        await _again(self._call("DELETE", ("deleteNotification", receipt), via=via))

    async def _call(
        self,
        verb: str,
        method: tuple[str, ...],  # with what stands after the token
        *,
        via: ChannelCredentials,
        body: JsonObject | None = None,
        sent: tuple[str, bytes] | None = None,  # a body that is no JSON, after its type
        query: str = "",
        timeout: float = 0,
    ) -> bytes:
        """The body of a 200."""
        if body is not None:
            sent = ("application/json", orjson.dumps(body))
        token = _token(via)
        name, *more = method
        parts = (f"waInstance{_part(via.address)}", name, _part(token), *(_part(part) for part in more))
        url = "/".join((via.base_url.rstrip("/"), *parts)) + (f"?{query}" if query else "")
        headers = {} if sent is None else {"Content-Type": sent[0]}
        try:
            response = await self.http.request(
                verb,
                url,
                headers=headers,
                body=None if sent is None else sent[1],
                timeout=timeout or self.timeout,
                allow=self.allow,
            )
        except HttpError as failure:
            raise calling.unanswered(failure, of_status=_of_status) from failure
        return _accepted(response, token)


async def _again(call: Awaitable[bytes]) -> bytes:
    try:
        return await call
    except OutcomeUnknown as unknown:
        raise Transient(unknown.detail) from unknown


def _part(text: str) -> str:
    return quote(text, safe="")


def _token(via: ChannelCredentials) -> str:
    token = via.secret("api_token").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise CredentialsRejected("the API token is empty or holds characters that no token has")
    return token


def _json(body: bytes) -> JsonValue:
    """What is no JSON is no acceptance."""
    try:
        return decode_any(body)
    except MalformedBody:
        return None


def _accepted(response: HttpResponse, token: str) -> bytes:
    if response.status == 200:
        return response.body
    answer = calling.answered(response.body)
    said = (words(answer, "message") or _quota(answer)).replace(token, _HIDDEN)
    kind = _kind(response.status, spoken=bool(answer))
    raise calling.failure(
        kind, status=response.status, said=said, retry_after=response.headers.get("retry-after", "")
    )


def _quota(answer: JsonObject) -> str:
    """The plan's own words, of messages or of correspondents."""
    found = (words(objekt(answer, key), "description") for key in ("invokeStatus", "correspondentsStatus"))
    return next((said for said in found if said), "")


def _kind(status: int, *, spoken: bool) -> type[SendError]:
    if status == _PLAN_SPENT:
        return ChannelBlocked
    if status >= 500:
        return OutcomeUnknown  # it may stand in the queue all the same
    return calling.refused(status, spoken=spoken)


def _of_status(status: int) -> SendError:
    return calling.failure(_kind(status, spoken=False), status=status, said="")
