"""WhatsApp by Twilio as a `ChannelAdapter`."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import ClassVar, Self

from samvad.channels.adapters.kit import Kit
from samvad.channels.adapters.twilio import (
    choices,
    envelope,
    files,
    limits,
    missed,
    payloads,
    recalled,
    signature,
    template_limits,
    templates,
    uploads,
)
from samvad.channels.adapters.twilio.api import Twilio
from samvad.channels.adapters.twilio.form import FORM, GUIDE, OFFICIAL, complete
from samvad.channels.adapters.twilio.probe import probe
from samvad.channels.adapters.twilio.sent_choices import SentChoices
from samvad.channels.types import (
    TARGET,
    Acknowledgement,
    Broken,
    Capabilities,
    ChannelCredentials,
    Connection,
    Content,
    Fetched,
    FileRule,
    FormField,
    Guide,
    HeaderFormat,
    IncomingFile,
    Item,
    Media,
    Outbound,
    ProbeStep,
    Provider,
    RawRequest,
    SendReceipt,
    Sought,
    StatusReceived,
    TemplateDraft,
    TemplatePage,
    TemplateReceipt,
)
from samvad.kernel.clock import Clock
from samvad.kernel.errors import FieldError

_ENCODED = "application/x-www-form-urlencoded"


class TwilioAdapter:
    """Twilio signs the URL that it calls: `public_url` is where it reaches us."""

    provider: ClassVar[Provider] = Provider("twilio")
    family: ClassVar[str] = "twilio"
    title: ClassVar[str] = "WhatsApp (Twilio)"
    form: ClassVar[Sequence[FormField]] = FORM
    guide: ClassVar[Guide] = GUIDE
    proofs: ClassVar[Sequence[str]] = ("auth_token", "secondary_auth_token")
    handshake_word: ClassVar[str] = ""
    kept: ClassVar[frozenset[str]] = frozenset({signature.HEADER, "content-type", TARGET})
    acknowledgement: ClassVar[Acknowledgement] = Acknowledgement("text/xml; charset=utf-8", b"<Response/>")
    capabilities: ClassVar[Capabilities] = Capabilities(
        by_phone=True,
        window=True,
        templates=True,
        mark_read=False,
        typing=False,
        text_limit=limits.TEXT,
        per_second=80,
        kinds=payloads.KINDS,
    )

    def __init__(self, twilio: Twilio, clock: Clock, *, public_url: str) -> None:
        self._twilio = twilio
        self._choices = SentChoices(twilio)
        self._clock = clock
        self._public_url = public_url

    @classmethod
    def build(cls, kit: Kit) -> Self:
        twilio = Twilio(kit.http, kit.allow, kit.timeout)
        return cls(twilio, kit.clock, public_url=kit.settings.base_url)

    @property
    def official(self) -> str:
        return OFFICIAL

    @property
    def house_secret(self) -> str:
        return ""

    def complete(self, values: Mapping[str, str]) -> Mapping[str, str]:
        return complete(values)

    @staticmethod
    def faults(content: Content) -> Sequence[FieldError]:
        return limits.faults(content)

    def verify(self, request: RawRequest, *, secret: str) -> bool:
        return signature.fits(request, public_url=self._public_url, tokens=secret.split("\n"))

    def addresses(self, request: RawRequest) -> frozenset[str]:
        return envelope.addresses(request)

    def parse(self, request: RawRequest) -> Sequence[Item]:
        return envelope.parse(request)

    def offered(self, query: Mapping[str, str]) -> str:
        return ""

    def challenge(self, query: Mapping[str, str], *, verify_token: str) -> str | None:
        return None

    async def send(self, message: Outbound, *, via: ChannelCredentials) -> SendReceipt:
        if message.kind in choices.KINDS:
            return await self._choices.send(message, via=via)
        return await self._twilio.send(message, via=via)

    @staticmethod
    def file_rules() -> Sequence[FileRule]:
        return uploads.RULES

    async def send_link(self, message: Outbound, link: str, *, via: ChannelCredentials) -> SendReceipt:
        return await self._twilio.send(message, via=via, link=link)

    async def mark_read(self, external_id: str, *, via: ChannelCredentials, typing: bool) -> None:
        """Twilio has neither, as `capabilities` say."""

    async def probe(self, via: ChannelCredentials) -> Sequence[ProbeStep]:
        return await probe(self._twilio, via)

    def poll_pause(self, given: Connection) -> float | None:
        return missed.PAUSE

    async def fetch(self, via: ChannelCredentials, cursor: str) -> Fetched:
        return await missed.fetch(self._twilio, via, cursor, now=self._clock.now())

    async def settle(self, via: ChannelCredentials, fetched: Fetched) -> None:
        """Twilio keeps its list."""

    async def sent_like(self, via: ChannelCredentials, sought: Sought) -> Sequence[StatusReceived]:
        return await recalled.like(self._twilio, via, sought, clock=self._clock)

    def open_file(
        self, media: Media, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        return files.opened(self._twilio, media, via)

    def resume_file(
        self, media: Media, broken: Broken, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        return files.opened(self._twilio, media, via, broken=broken)

    @staticmethod
    def draft_faults(draft: TemplateDraft) -> Sequence[FieldError]:
        return template_limits.draft_faults(draft)

    @staticmethod
    def example_formats() -> Sequence[HeaderFormat]:
        return (HeaderFormat.IMAGE, HeaderFormat.VIDEO, HeaderFormat.DOCUMENT)

    async def list_templates(self, via: ChannelCredentials, *, after: str) -> TemplatePage:
        return await templates.page(self._twilio, via, after=after)

    async def create_template(self, via: ChannelCredentials, draft: TemplateDraft) -> TemplateReceipt:
        return await templates.create(self._twilio, via, draft)

    async def edit_template(self, via: ChannelCredentials, external_id: str, draft: TemplateDraft) -> None:
        raise templates.refuse_edit()

    async def delete_template(self, via: ChannelCredentials, *, external_id: str, name: str) -> None:
        await templates.delete(self._twilio, via, external_id=external_id)

    def test_handshake(self, via: ChannelCredentials, *, nonce: str) -> str | None:
        return None

    def test_event(self, via: ChannelCredentials, *, nonce: str) -> RawRequest:
        pairs = payloads.test_event(via, nonce=nonce)
        signed = signature.sign(via.webhook_url, pairs, token=via.secret("auth_token"))
        headers = {signature.HEADER: signed, "content-type": _ENCODED}
        return RawRequest(headers, payloads.encoded(dict(pairs)))
