"""The Cloud API, and our own emulator of it, as one `ChannelAdapter` each."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import ClassVar, Self

from samvad.channels.adapters.kit import Kit
from samvad.channels.adapters.meta import (
    bodies,
    envelope,
    examples,
    files,
    limits,
    payloads,
    signature,
    standing,
    template_limits,
    templates,
    uploads,
)
from samvad.channels.adapters.meta.api import Graph
from samvad.channels.adapters.meta.form import FORM, GUIDE
from samvad.channels.adapters.meta.probe import point, probe
from samvad.channels.types import (
    SANDBOX,
    Acknowledgement,
    Broken,
    Capabilities,
    ChannelCredentials,
    Content,
    FileRule,
    FormField,
    Guide,
    IncomingFile,
    Item,
    Media,
    Outbound,
    OutgoingFile,
    ProbeStep,
    Provider,
    RawRequest,
    SendReceipt,
    Standing,
    TemplateDraft,
    TemplatePage,
    TemplateReceipt,
)
from samvad.kernel.clock import Clock
from samvad.kernel.errors import FieldError
from samvad.platform.settings import MetaSettings

_CLOCKS_DIFFER = timedelta(minutes=5)


class MetaAdapter:
    """Parsing is pure but for the clock, which tells times that cannot be right."""

    provider: ClassVar[Provider] = Provider("meta")
    family: ClassVar[str] = "meta"
    title: ClassVar[str] = "WhatsApp (Meta Cloud API)"
    form: ClassVar[Sequence[FormField]] = FORM
    guide: ClassVar[Guide] = GUIDE
    proofs: ClassVar[Sequence[str]] = ("app_secret",)
    handshake_word: ClassVar[str] = "verify_token"
    kept: ClassVar[frozenset[str]] = frozenset({signature.HEADER})
    acknowledgement: ClassVar[Acknowledgement] = Acknowledgement()
    capabilities: ClassVar[Capabilities] = Capabilities(
        by_phone=True,
        window=True,
        templates=True,
        mark_read=True,
        typing=True,
        text_limit=limits.TEXT,
        per_second=80,
        kinds=bodies.KINDS,
        counts_incoming=True,
    )

    def __init__(self, graph: Graph, clock: Clock, *, defaults: MetaSettings, house_secret: str = "") -> None:
        self._graph = graph
        self._clock = clock
        self._defaults = defaults
        self._house_secret = house_secret

    @classmethod
    def build(cls, kit: Kit) -> Self:
        secret = kit.settings.meta_app_secret
        return cls(
            Graph(kit.http, kit.allow, kit.timeout),
            kit.clock,
            defaults=kit.settings.meta,
            house_secret=secret.get_secret_value() if secret else "",
        )

    @property
    def official(self) -> str:
        return self._defaults.base_url

    @property
    def house_secret(self) -> str:
        return self._house_secret

    def complete(self, values: Mapping[str, str]) -> Mapping[str, str]:
        given = {name: value for name, value in values.items() if value}
        return {
            "base_url": self._defaults.base_url, "graph_version": self._defaults.graph_version, **given
        }  # fmt: skip

    @staticmethod
    def faults(content: Content) -> Sequence[FieldError]:
        return limits.faults(content)

    def verify(self, request: RawRequest, *, secret: str) -> bool:
        return signature.fits(request.headers.get(signature.HEADER, ""), request.body, app_secret=secret)

    def addresses(self, request: RawRequest) -> frozenset[str]:
        return envelope.addresses(request.body)

    def parse(self, request: RawRequest) -> Sequence[Item]:
        return envelope.parse(request.body, latest=self._clock.now() + _CLOCKS_DIFFER)

    def offered(self, query: Mapping[str, str]) -> str:
        return signature.offered(query)

    def challenge(self, query: Mapping[str, str], *, verify_token: str) -> str | None:
        return signature.challenge(query, verify_token=verify_token)

    async def send(self, message: Outbound, *, via: ChannelCredentials) -> SendReceipt:
        return await self._graph.send(message, via=via)

    @staticmethod
    def file_rules() -> Sequence[FileRule]:
        return uploads.RULES

    async def send_file(
        self, message: Outbound, file: OutgoingFile, *, via: ChannelCredentials
    ) -> SendReceipt:
        return await uploads.send(self._graph, message, file, via=via)

    async def mark_read(self, external_id: str, *, via: ChannelCredentials, typing: bool) -> None:
        await self._graph.mark_read(external_id, via=via, typing=typing)

    async def probe(self, via: ChannelCredentials) -> Sequence[ProbeStep]:
        return await probe(self._graph, via)

    async def point_webhook(self, via: ChannelCredentials) -> ProbeStep:
        return await point(self._graph, via)

    async def standing(self, via: ChannelCredentials) -> Standing:
        return await standing.ask(self._graph, via)

    def open_file(
        self, media: Media, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        return files.opened(self._graph, media, via)

    def resume_file(
        self, media: Media, broken: Broken, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        return files.opened(self._graph, media, via, broken=broken)

    @staticmethod
    def draft_faults(draft: TemplateDraft) -> Sequence[FieldError]:
        return template_limits.draft_faults(draft)

    @staticmethod
    def example_rules() -> Sequence[FileRule]:
        return examples.RULES

    async def upload_example(self, via: ChannelCredentials, file: OutgoingFile) -> str:
        return await examples.handle(self._graph, via, file)

    async def list_templates(self, via: ChannelCredentials, *, after: str) -> TemplatePage:
        return await templates.page(self._graph, via, after=after)

    async def create_template(self, via: ChannelCredentials, draft: TemplateDraft) -> TemplateReceipt:
        return await templates.create(self._graph, via, draft)

    async def edit_template(self, via: ChannelCredentials, external_id: str, draft: TemplateDraft) -> None:
        await templates.edit(self._graph, via, external_id, draft)

    async def delete_template(self, via: ChannelCredentials, *, external_id: str, name: str) -> None:
        await templates.delete(self._graph, via, external_id=external_id, name=name)

    def test_handshake(self, via: ChannelCredentials, *, nonce: str) -> str | None:
        return signature.handshake(nonce, verify_token=via.secret("verify_token"))

    def test_event(self, via: ChannelCredentials, *, nonce: str) -> RawRequest:
        body = payloads.test_event(via, nonce=nonce)
        signed = signature.sign(body, app_secret=via.secret("app_secret"))
        return RawRequest({signature.HEADER: signed, "content-type": "application/json"}, body)


class SandboxAdapter(MetaAdapter):
    """The same protocol; only its `Graph` may reach our own emulator."""

    provider: ClassVar[Provider] = SANDBOX
    title: ClassVar[str] = "Simulator"

    @classmethod
    def build(cls, kit: Kit) -> Self:
        ours = kit.allow.including(kit.settings.sandbox.host, kit.settings.sandbox.port)
        return cls(Graph(kit.http, ours, kit.timeout), kit.clock, defaults=kit.settings.meta)
