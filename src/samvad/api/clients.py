"""Who is behind a proxy: the address that a trusted peer passes on becomes the request's client."""

from collections.abc import Collection, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

Network = IPv4Network | IPv6Network
_MOST_HOPS = 20


class BehindProxies:
    """Sets `client` of requests that come from `trusted` networks; all others keep their own address."""

    def __init__(self, app: ASGIApp, *, trusted: Collection[Network]) -> None:
        self._app = app
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._trusted and scope["type"] in ("http", "websocket") and scope.get("client"):
            peer = scope["client"][0]
            found = client_behind(peer, Headers(scope=scope), trusted=self._trusted)
            if found != peer:
                scope["client"] = (found, 0)
        await self._app(scope, receive, send)


def client_behind(peer: str, headers: Headers, *, trusted: Collection[Network]) -> str:
    """The last address on the way from `peer` backwards that no trusted hop stands for.

    Whoever is not trusted could have written what stands before their own address, so it is not read;
    neither is what stands before a hop that is no address.
    """
    found = peer
    for hop in (peer, *_hops(headers)):
        address = _address(hop)
        if address is None:
            break
        found = str(address)
        if not any(address in network for network in trusted):
            break
    return found


def _hops(headers: Headers) -> Iterator[str]:
    """Nearest first, of X-Forwarded-For, else of Forwarded."""
    plain = ",".join(headers.getlist("x-forwarded-for"))
    written = plain or ",".join(headers.getlist("forwarded"))
    for hop in reversed(written.split(",")[-_MOST_HOPS:]):
        yield hop if plain else _for(hop)


def _for(element: str) -> str:
    """The address of one element of Forwarded (RFC 7239): `for="[2001:db8::1]:4711";proto=https`."""
    for pair in element.split(";"):
        name, _, value = pair.partition("=")
        if name.strip().lower() == "for":
            return value.strip().strip('"')
    return ""


def _address(hop: str) -> IPv4Address | IPv6Address | None:
    """Without port and brackets; an IPv4 address in IPv6 clothes is an IPv4 address."""
    bare = hop.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
