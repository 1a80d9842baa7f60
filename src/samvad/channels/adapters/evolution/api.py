"""Calls of an Evolution API gateway; every failure is one of `channels.errors`."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import orjson

from samvad.channels.adapters import calling
from samvad.channels.adapters.reading import TooDeep, clean, decode_any, objekt, rows, words
from samvad.channels.errors import (
    ChannelBlocked,
    CredentialsRejected,
    MalformedBody,
    OutcomeUnknown,
    RecipientUnreachable,
    Rejected,
    SendError,
    Transient,
)
from samvad.channels.types import ChannelCredentials, JsonObject, JsonValue
from samvad.platform.http import HostPolicy, HttpClient, HttpDownload, HttpError, HttpResponse

_HIDDEN = "***"
_FAILED_INSIDE = re.compile(r"\w*(Error|Exception)\b")  # what a program says that stumbled over itself
_NOT_SENT = "connection closed"  # of Baileys, before anything of a message leaves
_MOST_ANSWER = 16 << 20
_IDLE, _TOTAL = 60.0, 600.0


class NoInstance(ChannelBlocked):
    """The gateway does not know an instance of this name."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """One way out for all instances; `timeout` in seconds for a whole call."""

    http: HttpClient
    allow: HostPolicy
    timeout: float

    async def send(
        self, path: str, body: JsonObject, *, via: ChannelCredentials, timeout: float = 0
    ) -> JsonObject:
        """Has a message sent. What the gateway stumbles over may come after it was. Raises SendError."""
        response = await self._call("POST", _of(path, via), via=via, body=body, timeout=timeout)
        return _object(_accepted(response, via, sending=True))

    async def ask(
        self,
        method: str,
        path: str,
        *,
        via: ChannelCredentials,
        body: JsonObject | None = None,
        query: str = "",
    ) -> JsonObject:
        """A call that may be repeated: whatever is unknown of it is only Transient. Raises SendError."""
        where = _of(path, via) + (f"?{query}" if query else "")
        return _object(await self._again(method, where, via=via, body=body))

    async def answers(self, path: str, body: JsonObject, *, via: ChannelCredentials) -> list[JsonValue]:
        """As `ask`, where a list is answered."""
        return _list(await self._again("POST", _of(path, via), via=via, body=body))

    async def listed(self, path: str, *, via: ChannelCredentials) -> list[JsonValue]:
        """As `ask`, of all instances that the key may see. Raises SendError."""
        query = urlencode({"instanceName": via.option("instance")})
        return _list(await self._again("GET", f"{path}?{query}", via=via))

    async def root(self, *, via: ChannelCredentials) -> JsonObject:
        """What the gateway says of itself. Raises SendError."""
        return _object(await self._again("GET", "/", via=via))

    async def create(self, body: JsonObject, *, via: ChannelCredentials) -> None:
        """Makes the instance. Raises SendError."""
        await self._again("POST", "/instance/create", via=via, body=body)

    async def found(self, body: JsonObject, *, via: ChannelCredentials) -> JsonObject:
        """Messages that the gateway keeps; an answer may be as long as their pictures are many."""
        async with self.opened("/chat/findMessages/", body, via=via) as answer:
            whole = bytearray()
            try:
                async for chunk in answer.chunks():
                    whole += chunk
                    if len(whole) > _MOST_ANSWER:
                        raise Transient("the gateway answered too much")
            except HttpError as broken:
                raise Transient(broken.detail) from broken
        said = decoded(_accepted(HttpResponse(answer.status, answer.headers, bytes(whole)), via))
        if not isinstance(said, dict):
            raise Transient("the gateway's answer cannot be read")
        return said

    @asynccontextmanager
    async def opened(
        self, path: str, body: JsonObject, *, via: ChannelCredentials
    ) -> AsyncIterator[HttpDownload]:
        """An answer still to be read, whatever its status. Raises SendError."""
        try:
            async with self.http.download(
                _url(_of(path, via), via),
                headers=_headers(via),
                body=orjson.dumps(body),
                idle=_IDLE,
                total=_TOTAL,
                allow=self.allow,
            ) as answer:
                yield answer
        except HttpError as failure:
            unanswered = calling.unanswered(failure, of_status=_of_status)
            raise _only_later(unanswered) from failure

    async def _again(
        self, method: str, path: str, *, via: ChannelCredentials, body: JsonObject | None = None
    ) -> JsonValue:
        try:
            return decoded(_accepted(await self._call(method, path, via=via, body=body), via))
        except OutcomeUnknown as unknown:
            raise _only_later(unknown) from unknown

    async def _call(
        self,
        method: str,
        path: str,
        *,
        via: ChannelCredentials,
        body: JsonObject | None = None,
        timeout: float = 0,
    ) -> HttpResponse:
        try:
            return await self.http.request(
                method,
                _url(path, via),
                headers=_headers(via),
                body=None if body is None else orjson.dumps(body),
                timeout=timeout or self.timeout,
                allow=self.allow,
            )
        except HttpError as failure:
            raise calling.unanswered(failure, of_status=_of_status) from failure


def decoded(body: bytes) -> JsonValue:
    """What is no JSON is no acceptance."""
    try:
        return clean(decode_any(body))
    except (MalformedBody, TooDeep):
        return None


def refused(status: int, body: bytes, via: ChannelCredentials) -> SendError:
    """What an answer other than a success amounts to, for a call that may be repeated."""
    try:
        _accepted(HttpResponse(status, {}, body), via)
    except SendError as failure:
        return _only_later(failure)
    return Transient(f"HTTP {status} without an explanation")


def _object(said: JsonValue | bytes) -> JsonObject:
    found = decoded(said) if isinstance(said, bytes) else said
    return found if isinstance(found, dict) else {}


def _list(said: JsonValue) -> list[JsonValue]:
    return said if isinstance(said, list) else []


def _only_later(failure: SendError) -> SendError:
    return Transient(failure.detail) if isinstance(failure, OutcomeUnknown) else failure


def _of(path: str, via: ChannelCredentials) -> str:
    """A path that ends in a slash is of the instance."""
    return path + quote(via.option("instance"), safe="") if path.endswith("/") else path


def _url(path: str, via: ChannelCredentials) -> str:
    return via.base_url.rstrip("/") + path


def _headers(via: ChannelCredentials) -> dict[str, str]:
    key = via.secret("api_key").strip()
    if not key or not key.isascii() or not key.isprintable():
        raise CredentialsRejected("the API key is empty or holds characters that no key has")
    return {"apikey": key, "Content-Type": "application/json"}


def _accepted(response: HttpResponse, via: ChannelCredentials, *, sending: bool = False) -> bytes:
    if response.status in (200, 201):
        return response.body
    answer = calling.answered(response.body)
    told = [words(one, "text") or "" for one in _told(answer)]
    said = "; ".join(one for one in told if one) or words(answer, "error") or ""
    for secret in via.secrets.values():
        said = said.replace(secret, _HIDDEN) if secret else said
    kind = _kind(response.status, answer, said, sending=sending)
    if kind is RecipientUnreachable:
        said = "this number is not on WhatsApp"
    raise calling.failure(
        kind, status=response.status, said=said, retry_after=response.headers.get("retry-after", "")
    )


def _told(answer: JsonObject) -> Sequence[JsonObject]:
    """The gateway's own words, which stand in one of four shapes."""
    found: list[JsonValue] = []
    for node in (objekt(answer, "response"), answer):
        found += rows(node, "message") or ([node["message"]] if isinstance(node.get("message"), str) else [])
    flat = [one for entry in found for one in (entry if isinstance(entry, list) else [entry])]
    return [one if isinstance(one, dict) else {"text": one} for one in flat]


def _kind(status: int, answer: JsonObject, said: str, *, sending: bool) -> type[SendError]:
    if status == 404 and answer:
        return NoInstance
    if status == 400 and any(one.get("exists") is False for one in _told(answer)):
        return RecipientUnreachable
    if answer and status in (400, 500) and _NOT_SENT in said.lower():
        return Transient
    if answer and status == 400:
        return OutcomeUnknown if _FAILED_INSIDE.match(said) else Rejected
    if status == 500 and answer:
        return Transient  # before a message is handed to WhatsApp: a file could not be read, say
    if status >= 500 and sending:
        return OutcomeUnknown
    return calling.refused(status, spoken=bool(answer))


def _of_status(status: int) -> SendError:
    return calling.failure(_kind(status, {}, "", sending=True), status=status, said="")
