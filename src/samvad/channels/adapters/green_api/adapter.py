"""Green API as a `ChannelAdapter` that can also be asked for news."""

import hmac
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import ClassVar, Self

import orjson

from samvad.channels.adapters import files
from samvad.channels.adapters.green_api import (
    limits,
    notifications,
    pairing,
    payloads,
    people,
    uploads,
)
from samvad.channels.adapters.green_api.api import Green
from samvad.channels.adapters.green_api.form import FORM, GUIDE, OFFICIAL, POLL
from samvad.channels.adapters.green_api.probe import probe
from samvad.channels.adapters.green_api.states import States
from samvad.channels.adapters.kit import Kit
from samvad.channels.adapters.reading import ident
from samvad.channels.errors import FileGone, MalformedBody, OutcomeUnknown, Transient
from samvad.channels.types import (
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
    IncomingFile,
    Item,
    JsonObject,
    Media,
    Outbound,
    OutgoingFile,
    Pairing,
    ProbeStep,
    Provider,
    RawRequest,
    SendReceipt,
)
from samvad.kernel.clock import Clock
from samvad.kernel.errors import FieldError

_HEADER = "authorization"
_CLOCKS_DIFFER = timedelta(minutes=5)
_WAIT = 5  # seconds that Green holds a question open while nothing is new
_PAUSE = 0.5


class GreenAdapter:
    """Parsing is pure but for the clock, which tells times that cannot be right."""

    provider: ClassVar[Provider] = Provider("green-api")
    family: ClassVar[str] = "green-api"
    title: ClassVar[str] = "WhatsApp (Green API)"
    form: ClassVar[Sequence[FormField]] = FORM
    guide: ClassVar[Guide] = GUIDE
    proofs: ClassVar[Sequence[str]] = ("webhook_token",)
    handshake_word: ClassVar[str] = ""
    kept: ClassVar[frozenset[str]] = frozenset()  # the header is the secret itself
    acknowledgement: ClassVar[Acknowledgement] = Acknowledgement()
    capabilities: ClassVar[Capabilities] = Capabilities(
        by_phone=True,
        window=False,
        templates=False,
        mark_read=True,
        typing=False,
        text_limit=limits.TEXT,
        per_second=1,  # a private number that writes faster is soon restricted
        kinds=payloads.KINDS,
    )

    def __init__(self, green: Green, clock: Clock) -> None:
        self._green = green
        self._clock = clock
        self._states = States(green, clock)

    @classmethod
    def build(cls, kit: Kit) -> Self:
        return cls(Green(kit.http, kit.allow, kit.timeout), kit.clock)

    @property
    def official(self) -> str:
        return OFFICIAL

    @property
    def house_secret(self) -> str:
        return ""

    def complete(self, values: Mapping[str, str]) -> Mapping[str, str]:
        given = {name: value for name, value in values.items() if value}
        return {"api_url": OFFICIAL, "receive": POLL, **given}

    @staticmethod
    def faults(content: Content) -> Sequence[FieldError]:
        return limits.faults(content)

    def verify(self, request: RawRequest, *, secret: str) -> bool:
        """Green sends the token as it is; some proxies and consoles put a scheme before it."""
        given = request.headers.get(_HEADER, "")
        bare = given.partition(" ")[2].strip() if given.lower().startswith(("bearer ", "basic ")) else given
        return bool(secret) and hmac.compare_digest(bare.encode("utf-8", "replace"), secret.encode())

    def addresses(self, request: RawRequest) -> frozenset[str]:
        return frozenset({found} if (found := notifications.address(request.body)) else ())

    def parse(self, request: RawRequest) -> Sequence[Item]:
        return [notifications.parse(request.body, latest=self._clock.now() + _CLOCKS_DIFFER)]

    def offered(self, query: Mapping[str, str]) -> str:
        return ""

    def challenge(self, query: Mapping[str, str], *, verify_token: str) -> str | None:
        return None

    async def send(self, message: Outbound, *, via: ChannelCredentials) -> SendReceipt:
        method, body = payloads.message(message)
        await self._states.check(via)
        return _receipt(str(body["chatId"]), await self._green.send(method, body, via=via))

    @staticmethod
    def file_rules() -> Sequence[FileRule]:
        return uploads.RULES

    async def send_file(
        self, message: Outbound, file: OutgoingFile, *, via: ChannelCredentials
    ) -> SendReceipt:
        chat, kind, body = uploads.form(message, file)
        await self._states.check(via)
        return _receipt(chat, await self._green.upload(kind, body, via=via))

    async def mark_read(self, external_id: str, *, via: ChannelCredentials, typing: bool) -> None:
        chat, _, message = external_id.partition("_")
        await self._green.ask("readChat", via=via, body={"chatId": chat, "idMessage": message})

    async def probe(self, via: ChannelCredentials) -> Sequence[ProbeStep]:
        return await probe(self._green, self._states, via)

    def open_file(
        self, media: Media, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        return self._opened(media, None)

    def resume_file(
        self, media: Media, broken: Broken, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        return self._opened(media, broken)

    def _opened(self, media: Media, broken: Broken | None) -> AbstractAsyncContextManager[IncomingFile]:
        """Green's storage is public to whoever knows the address, for some days."""
        if not media.url:
            raise FileGone("the message names no file")
        return files.opened(self._green.http, media.url, headers={}, allow=self._green.allow, broken=broken)

    async def pair(self, via: ChannelCredentials) -> Pairing:
        return await pairing.code(self._green, self._states, via)

    def test_handshake(self, via: ChannelCredentials, *, nonce: str) -> str | None:
        return None

    def test_event(self, via: ChannelCredentials, *, nonce: str) -> RawRequest | None:
        if via.option("receive") == POLL:
            return None
        instance = {"idInstance": via.address}
        body = {
            "typeWebhook": notifications.TEST,
            "instanceData": instance,
            "nonce": nonce,
        }
        headers = {_HEADER: via.secret("webhook_token"), "content-type": "application/json"}
        return RawRequest(headers, orjson.dumps(body))

    def poll_pause(self, given: Connection) -> float | None:
        return _PAUSE if given.options.get("receive", POLL) == POLL else None

    async def fetch(self, via: ChannelCredentials, cursor: str) -> Fetched:
        """One notification: they come in order, and the next one only after this one is settled."""
        told = await self._green.next_notification(via=via, wait=_WAIT)
        try:
            receipt = notifications.receipt(told)
        except MalformedBody as broken:
            raise Transient(f"Green API's answer cannot be read: {broken}") from broken
        if receipt is None:
            return Fetched(cursor=cursor)
        if word := notifications.state(told):
            self._states.note(via.address, word)
        return Fetched(RawRequest({}, told), cursor=receipt, more=True)

    async def settle(self, via: ChannelCredentials, fetched: Fetched) -> None:
        await self._green.forget(fetched.cursor, via=via)


def _receipt(chat: str, answer: JsonObject) -> SendReceipt:
    """Raises OutcomeUnknown."""
    sent = ident(answer, "idMessage")
    if sent is None:
        raise OutcomeUnknown("the answer names no message id")
    return SendReceipt(people.external_id(chat, sent))
