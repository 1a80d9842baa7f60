"""The Cloud API, and our own emulator of it, as one `ChannelAdapter` each."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from samvad.channels.adapters.meta import bodies, envelope, limits, payloads, signature
from samvad.channels.adapters.meta.api import Graph
from samvad.channels.adapters.meta.probe import probe
from samvad.channels.types import (
    Capabilities,
    ChannelCredentials,
    Content,
    Item,
    Outbound,
    ProbeStep,
    Provider,
    RawRequest,
    SendReceipt,
)
from samvad.kernel.clock import Clock
from samvad.kernel.errors import FieldError

_CLOCKS_DIFFER = timedelta(minutes=5)


class MetaAdapter:
    """Parsing is pure but for the clock, which tells times that cannot be right."""

    provider: ClassVar[Provider] = Provider.META
    capabilities: ClassVar[Capabilities] = Capabilities(
        window=True,
        templates=True,
        mark_read=True,
        typing=True,
        text_limit=limits.TEXT,
        per_second=80,
        kinds=bodies.KINDS,
    )

    def __init__(self, graph: Graph, clock: Clock) -> None:
        self._graph = graph
        self._clock = clock

    @staticmethod
    def faults(content: Content) -> Sequence[FieldError]:
        return limits.faults(content)

    def verify(self, request: RawRequest, *, app_secret: str) -> bool:
        header = request.headers.get(signature.HEADER, "")
        return signature.fits(header, request.body, app_secret=app_secret)

    def addresses(self, body: bytes) -> frozenset[str]:
        return envelope.addresses(body)

    def parse(self, body: bytes) -> Sequence[Item]:
        return envelope.parse(body, latest=self._clock.now() + _CLOCKS_DIFFER)

    def challenge(self, query: Mapping[str, str], *, verify_token: str) -> str | None:
        return signature.challenge(query, verify_token=verify_token)

    async def send(self, message: Outbound, *, via: ChannelCredentials) -> SendReceipt:
        return await self._graph.send(message, via=via)

    async def mark_read(self, external_id: str, *, via: ChannelCredentials, typing: bool) -> None:
        await self._graph.mark_read(external_id, via=via, typing=typing)

    async def probe(self, via: ChannelCredentials) -> Sequence[ProbeStep]:
        return await probe(self._graph, via)

    def test_event(self, via: ChannelCredentials, *, nonce: str) -> RawRequest:
        body = payloads.test_event(via, nonce=nonce)
        signed = signature.sign(body, app_secret=via.app_secret)
        return RawRequest({signature.HEADER: signed, "content-type": "application/json"}, body)


class SandboxAdapter(MetaAdapter):
    """The same protocol; only its `Graph` may reach our own emulator."""

    provider: ClassVar[Provider] = Provider.SANDBOX
