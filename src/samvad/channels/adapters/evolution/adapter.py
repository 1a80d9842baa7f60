"""Evolution API as a `ChannelAdapter`: called with what happens, asked for what it could not tell, and the
link of its phone in our hands."""

import hmac
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import ClassVar, Self

import orjson

from samvad.channels.adapters.evolution import (
    events,
    files,
    hiding,
    limits,
    listed,
    pairing,
    payloads,
    people,
    probe,
    settings,
)
from samvad.channels.adapters.evolution.api import Gateway
from samvad.channels.adapters.evolution.form import FEW, FORM, GUIDE, PHONE, STRANGERS, complete
from samvad.channels.adapters.evolution.states import States, failure
from samvad.channels.adapters.kit import Kit
from samvad.channels.adapters.reading import ident, objekt, words
from samvad.channels.errors import OutcomeUnknown, Rejected, SendError, Transient
from samvad.channels.types import (
    Acknowledgement,
    Capabilities,
    ChannelCredentials,
    Connection,
    Content,
    Fetched,
    FileRule,
    FormField,
    Guide,
    Health,
    IncomingFile,
    Item,
    JsonObject,
    JsonValue,
    Linked,
    LinkState,
    Media,
    Outbound,
    OutgoingFile,
    Pairing,
    ProbeStep,
    Provider,
    RawRequest,
    Reachable,
    SendReceipt,
    Sought,
    StatusReceived,
)
from samvad.kernel.clock import Clock
from samvad.kernel.errors import FieldError

_CLOCKS_DIFFER = timedelta(minutes=5)
_TYPING = 1500  # milliseconds; the call takes as long
_WAITS = (LinkState.CONNECTING, LinkState.UNLINKED)


class EvolutionAdapter:
    """Parsing is pure but for the clock, which tells times that cannot be right."""

    provider: ClassVar[Provider] = Provider("evolution")
    family: ClassVar[str] = "evolution"
    title: ClassVar[str] = "WhatsApp (linked device, Evolution API)"
    form: ClassVar[Sequence[FormField]] = FORM
    guide: ClassVar[Guide] = GUIDE
    proofs: ClassVar[Sequence[str]] = ("webhook_secret",)
    handshake_word: ClassVar[str] = ""
    kept: ClassVar[frozenset[str]] = frozenset()  # the header is the secret itself
    acknowledgement: ClassVar[Acknowledgement] = Acknowledgement()
    capabilities: ClassVar[Capabilities] = Capabilities(
        by_phone=True,
        window=False,
        templates=False,
        mark_read=True,
        typing=True,
        text_limit=limits.TEXT,
        per_second=1,  # a private number that writes faster is soon restricted
        kinds=payloads.KINDS,
        shared_secret=True,
    )

    def __init__(self, gateway: Gateway, clock: Clock) -> None:
        self._gateway = gateway
        self._clock = clock
        self._states = States(gateway, clock)

    @classmethod
    def build(cls, kit: Kit) -> Self:
        return cls(Gateway(kit.http, kit.allow, kit.timeout), kit.clock)

    @property
    def official(self) -> str:
        """A gateway is the tenant's own program: its word proves nothing to others."""
        return ""

    @property
    def house_secret(self) -> str:
        return ""

    def complete(self, values: Mapping[str, str]) -> Mapping[str, str]:
        return complete(values)

    def strangers_daily(self, given: Connection) -> int:
        return int(given.options.get(STRANGERS) or FEW)

    @staticmethod
    def faults(content: Content) -> Sequence[FieldError]:
        return limits.faults(content)

    # what comes in

    def verify(self, request: RawRequest, *, secret: str) -> bool:
        given = request.headers.get(settings.HEADER, "")
        return bool(secret) and hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())

    def addresses(self, request: RawRequest) -> frozenset[str]:
        events.parse(request.body, latest=self._latest)
        return frozenset()

    def parse(self, request: RawRequest) -> Sequence[Item]:
        return events.parse(request.body, latest=self._latest)

    def redacted(self, body: bytes) -> bytes:
        return hiding.kept(body)

    def offered(self, query: Mapping[str, str]) -> str:
        return ""

    def challenge(self, query: Mapping[str, str], *, verify_token: str) -> str | None:
        return None

    def test_handshake(self, via: ChannelCredentials, *, nonce: str) -> str | None:
        return None

    def test_event(self, via: ChannelCredentials, *, nonce: str) -> RawRequest:
        body = orjson.dumps({"event": events.TEST, "data": {"nonce": nonce}})
        headers = {settings.HEADER: via.secret("webhook_secret"), "content-type": "application/json"}
        return RawRequest(headers, body)

    # what leaves

    async def send(self, message: Outbound, *, via: ChannelCredentials) -> SendReceipt:
        path, body = payloads.message(message)
        await self._states.check(via)
        return _receipt(message, await self._gateway.send(path, body, via=via))

    @staticmethod
    def file_rules() -> Sequence[FileRule]:
        return payloads.RULES

    async def send_file(
        self, message: Outbound, file: OutgoingFile, *, via: ChannelCredentials
    ) -> SendReceipt:
        path, body = payloads.file(message, file)
        await self._states.check(via)
        timeout = payloads.UPLOAD_SECONDS
        return _receipt(message, await self._gateway.send(path, body, via=via, timeout=timeout))

    async def mark_read(self, external_id: str, *, via: ChannelCredentials, typing: bool) -> None:
        chat, message = people.parts(external_id)
        if not chat:
            raise Rejected("the message's chat is not known")
        read: list[JsonValue] = [{"remoteJid": chat, "fromMe": False, "id": message}]
        await self._gateway.ask("POST", "/chat/markMessageAsRead/", via=via, body={"readMessages": read})
        if typing:
            shown: JsonObject = {"number": people.number(chat), "presence": "composing", "delay": _TYPING}
            await self._gateway.ask("POST", "/chat/sendPresence/", via=via, body=shown)

    async def probe(self, via: ChannelCredentials) -> Sequence[ProbeStep]:
        return await probe.probe(self._gateway, self._states, via)

    async def point_webhook(self, via: ChannelCredentials) -> ProbeStep:
        return await probe.point(self._gateway, via)

    def open_file(
        self, media: Media, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        return files.opened(self._gateway, media, via)

    # the link

    async def pair(self, via: ChannelCredentials) -> Pairing:
        phone = re.sub(r"\D", "", via.option(PHONE))
        return await pairing.code(self._gateway, self._states, via, phone=phone)

    async def health(self, via: ChannelCredentials) -> Health:
        began = time.perf_counter()
        try:
            said = await self._gateway.root(via=via)
        except SendError as refusal:
            return Health(False, detail=refusal.detail)
        took = int((time.perf_counter() - began) * 1000)
        version = words(said, "version") or ""
        if not version:
            return Health(False, milliseconds=took, detail="What answers there is no Evolution API")
        return Health(True, version[:40], took)

    async def linked(self, via: ChannelCredentials) -> Linked:
        return await self._states.ask(via)

    async def reconnect(self, via: ChannelCredentials) -> None:
        """A session that is there is used again: the gateway keeps it."""
        self._states.forget(via.address)
        await self._gateway.ask("GET", "/instance/connect/", via=via)

    async def log_out(self, via: ChannelCredentials) -> None:
        await pairing.forget_session(self._gateway, via)
        self._states.forget(via.address)

    async def reachable(self, via: ChannelCredentials, phones: Sequence[str]) -> Sequence[Reachable]:
        digits = [phone.removeprefix("+") for phone in phones]
        asked: JsonObject = {"numbers": [*digits]}
        told = await self._gateway.answers("/chat/whatsappNumbers/", asked, via=via)
        known = {words(one, "number"): isinstance(one, dict) and one.get("exists") is True for one in told}
        if not known.keys() >= set(digits):
            raise Transient("the gateway does not say of each number whether it exists")
        return [Reachable(phone, known[bare]) for phone, bare in zip(phones, digits, strict=True)]

    # what it could not tell

    def poll_pause(self, given: Connection) -> float | None:
        return listed.PAUSE

    async def fetch(self, via: ChannelCredentials, cursor: str) -> Fetched:
        """Looks after the link first: one that was lost is asked for again, each time later, for each such
        failure makes the next question wait longer."""
        state = (await self._states.ask(via)).state
        if state is LinkState.DROPPED:
            await self.reconnect(via)
        if (refusal := failure(state)) and state not in _WAITS:
            raise refusal
        if state is not LinkState.OPEN:
            return Fetched(cursor=cursor)
        return await listed.missed(self._gateway, via, cursor, now=self._clock.now())

    async def settle(self, via: ChannelCredentials, fetched: Fetched) -> None:
        """The gateway keeps its list."""

    async def sent_like(self, via: ChannelCredentials, sought: Sought) -> Sequence[StatusReceived]:
        return await listed.like(self._gateway, via, sought)

    @property
    def _latest(self) -> datetime:
        return self._clock.now() + _CLOCKS_DIFFER


def _receipt(message: Outbound, answer: JsonObject) -> SendReceipt:
    """The answer may name the chat otherwise than we did: by its hidden name, or as its country writes it.
    Raises OutcomeUnknown."""
    key = objekt(answer, "key")
    sent = ident(key, "id")
    if sent is None:
        raise OutcomeUnknown("the answer names no message id")
    named: JsonObject = {"remoteJid": ident(key, "remoteJid"), "remoteJidAlt": people.chat_of(message.to)}
    who = people.person(named)
    chat = people.chats(named)[0] if people.chats(named) else people.chat_of(message.to)
    return SendReceipt(people.external_id(chat, sent), who.identities if who else ())
