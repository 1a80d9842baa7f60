"""HTTP to the outside: pooled, bounded, and unable to reach our own network; the only owner of aiohttp."""

import errno
import ipaddress
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from samvad.kernel.errors import SamvadError

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_6TO4 = ipaddress.IPv6Network("2002::/16")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_CHUNK = 64 * 1024


class HttpError(SamvadError):
    """A request without a usable answer. Names host and port only: paths and queries may hold secrets."""

    code = "http_failed"
    title = "The other side could not be reached"


class TargetRefused(HttpError):
    """Never begun: the address is ours or private, not https, or no usable URL."""

    code = "target_refused"


class ConnectFailed(HttpError):
    """Surely nothing was sent: name unknown, refused, no TLS, or no connection in time."""

    code = "connect_failed"


class RequestInterrupted(HttpError):
    """Cut off after the request may have left: the other side may have acted on it."""

    code = "request_interrupted"


class ResponseTooLarge(HttpError):
    """The other side acted and answered more than we are willing to read; `status` is its verdict."""

    code = "response_too_large"

    def __init__(self, detail: str, *, status: int) -> None:
        super().__init__(detail)
        self.status = status


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """An answer read to its end. Header names are lower case; a repeated header keeps its first value."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class HttpDownload:
    """An answer whose body is still to be read. Header names as in HttpResponse."""

    status: int
    headers: Mapping[str, str]
    _answer: aiohttp.ClientResponse
    _where: str

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body, piece by piece. Raises RequestInterrupted."""
        try:
            async for chunk in self._answer.content.iter_chunked(_CHUNK):
                yield chunk
        except (aiohttp.ClientError, OSError) as failure:
            raise _named(failure, self._where) from None


@dataclass(frozen=True, slots=True)
class HostPolicy:
    """Which (host, port) may be reached although private or without TLS; every public https host may."""

    allowed: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    def including(self, host: str, port: int) -> "HostPolicy":
        return HostPolicy(self.allowed | {(host.lower(), port)})

    def allows(self, host: str, port: int) -> bool:
        return (host.lower(), port) in self.allowed


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet; one inside IPv6 (mapped, NAT64) is judged itself."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast
    if ip.ipv4_mapped is not None:
        return is_public(str(ip.ipv4_mapped))
    if ip in _NAT64:
        return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip in _GLOBAL_UNICAST and ip not in _6TO4 and ip.is_global


class _NotPublic(OSError):
    """An OSError, because that is what the connector passes on from its socket factory."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "address is not public")


def _guarded_socket(info: aiohttp.AddrInfoType) -> socket.socket:
    """The last step before connecting: whatever a name or a literal came to, it is judged here."""
    family, kind, proto, _, sockaddr = info
    if not is_public(sockaddr[0]):
        raise _NotPublic
    return socket.socket(family, kind, proto)


class HttpClient:
    """Two pools, so that a connection made under an allowance never serves a request without it."""

    def __init__(self, *, max_connections: int = 448, max_response_bytes: int = 1024 * 1024) -> None:
        self._max_connections = max_connections
        self._max_response = max_response_bytes
        self._guarded: aiohttp.ClientSession | None = None
        self._allowed: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._guarded = self._session(guarded=True)
        self._allowed = self._session(guarded=False)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for session in (self._guarded, self._allowed):
            if session is not None:
                await session.close()

    def _session(self, *, guarded: bool) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=self._max_connections,
            keepalive_timeout=4,  # below the 5 s of uvicorn and Node: no send meets a closing connection
            socket_factory=_guarded_socket if guarded else None,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            headers={"User-Agent": "samvad"},
        )

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float,
        allow: HostPolicy,
    ) -> HttpResponse:
        """One request, redirects not followed; `timeout` seconds in all, at most half of it to connect.

        Raises TargetRefused, ConnectFailed, RequestInterrupted, ResponseTooLarge.
        """
        target = _target(url)
        session = self._session_for(target, allow)
        where = f"{target.raw_host}:{target.port}"
        limits = aiohttp.ClientTimeout(total=timeout, connect=min(timeout / 2, 5))
        try:
            async with session.request(
                method, target, headers=headers, data=body, timeout=limits, allow_redirects=False
            ) as answer:
                return await self._read(answer, where)
        except (aiohttp.ClientError, OSError) as failure:
            raise _named(failure, where) from None  # aiohttp's own texts hold the whole URL

    @asynccontextmanager
    async def download(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        idle: float,
        total: float,
        allow: HostPolicy,
    ) -> AsyncIterator[HttpDownload]:
        """A call whose answer may be long, a POST where it has a body: `idle` seconds without a byte end it,
        and `total` seconds in all. Redirects are not followed. Raises TargetRefused, ConnectFailed,
        RequestInterrupted."""
        target = _target(url)
        session = self._session_for(target, allow)
        where = f"{target.raw_host}:{target.port}"
        limits = aiohttp.ClientTimeout(total=total, connect=min(idle, 5), sock_read=idle)
        try:
            answer = await session.request(
                "GET" if body is None else "POST",
                target,
                headers=headers,
                data=body,
                timeout=limits,
                allow_redirects=False,
            )
        except (aiohttp.ClientError, OSError) as failure:
            raise _named(failure, where) from None
        async with answer:
            yield HttpDownload(answer.status, _lowered(answer), answer, where)

    def _session_for(self, target: URL, allow: HostPolicy) -> aiohttp.ClientSession:
        if self._guarded is None or self._allowed is None:
            raise RuntimeError("HttpClient is used outside its `async with`")
        if allow.allows(target.host or "", target.port or 0):
            return self._allowed
        if target.scheme != "https":
            raise TargetRefused(f"{target.host}: only https leaves this machine")
        return self._guarded

    async def _read(self, answer: aiohttp.ClientResponse, where: str) -> HttpResponse:
        body = bytearray()
        async for chunk in answer.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > self._max_response:
                answer.close()
                raise ResponseTooLarge(f"{where} answered too much", status=answer.status)
        return HttpResponse(answer.status, _lowered(answer), bytes(body))


def _lowered(answer: aiohttp.ClientResponse) -> dict[str, str]:
    return {name.lower(): answer.headers[name] for name in answer.headers}


def _target(url: str) -> URL:
    try:
        target = URL(url)
        usable = target.scheme in _DEFAULT_PORTS and target.host and target.user is None
    except ValueError:
        usable = False
    if not usable:
        raise TargetRefused("not an http(s) URL with a host and without credentials")
    return target


def _named(failure: Exception, where: str) -> HttpError:
    """aiohttp's failure by what it says about the request: never begun, not sent, or perhaps sent."""
    if isinstance(failure, aiohttp.ClientConnectorError) and isinstance(failure.os_error, _NotPublic):
        return TargetRefused(f"{where} is not a public address")
    if isinstance(failure, aiohttp.InvalidURL):
        return TargetRefused(f"{where} is no usable address")
    if isinstance(failure, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return ConnectFailed(f"{where}: {_why(failure)}")
    return RequestInterrupted(f"{where}: {_why(failure)}")


_WHY: Sequence[tuple[type[Exception], str]] = (
    (aiohttp.ClientConnectorDNSError, "this name is not known here"),
    (aiohttp.ClientConnectorCertificateError, "its certificate is not trusted"),
    (aiohttp.ClientConnectorSSLError, "no TLS connection"),
    (aiohttp.ConnectionTimeoutError, "no connection in time"),
    (aiohttp.ServerDisconnectedError, "it hung up"),
    (TimeoutError, "no answer in time"),
    (ConnectionRefusedError, "connection refused"),
    (ConnectionResetError, "the connection was cut"),
)


def _why(failure: Exception) -> str:
    """In words that a person understands, without the URL that aiohttp's own hold."""
    inner = failure.os_error if isinstance(failure, aiohttp.ClientConnectorError) else failure
    found = (words for kind, words in _WHY if isinstance(failure, kind) or isinstance(inner, kind))
    return next(found, type(failure).__name__)
