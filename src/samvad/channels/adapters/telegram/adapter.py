"""Telegram's Bot API as a `ChannelAdapter`."""

import hmac
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import ClassVar, Self

import orjson

from samvad.channels.adapters.kit import Kit
from samvad.channels.adapters.telegram import asking, bodies, files, limits, updates, uploads
from samvad.channels.adapters.telegram.api import Bot
from samvad.channels.adapters.telegram.form import FORM, GUIDE, OFFICIAL, POLL, WEBHOOK, bot_of
from samvad.channels.adapters.telegram.probe import probe
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
    Media,
    Outbound,
    OutgoingFile,
    ProbeStep,
    Provider,
    RawRequest,
    SendReceipt,
)
from samvad.kernel.clock import Clock
from samvad.kernel.errors import FieldError, Invalid

HEADER = "x-telegram-bot-api-secret-token"
_CLOCKS_DIFFER = timedelta(minutes=5)


class TelegramAdapter:
    """Bots are asked for news (`Polls`) or called. Calls are not signed: a word of ours comes with each. They
    name no bot, so each bot has its own URL and word. Nothing of a call but its body is kept: the header
    would be the word itself."""

    provider: ClassVar[Provider] = Provider("telegram")
    family: ClassVar[str] = "telegram"
    title: ClassVar[str] = "Telegram"
    form: ClassVar[Sequence[FormField]] = FORM
    guide: ClassVar[Guide] = GUIDE
    proofs: ClassVar[Sequence[str]] = ("webhook_secret",)
    handshake_word: ClassVar[str] = ""
    kept: ClassVar[frozenset[str]] = frozenset()
    acknowledgement: ClassVar[Acknowledgement] = Acknowledgement()
    capabilities: ClassVar[Capabilities] = Capabilities(
        window=False,
        templates=False,
        mark_read=False,
        typing=True,
        text_limit=limits.TEXT,
        per_second=25,
        kinds=bodies.KINDS,
    )

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock

    @classmethod
    def build(cls, kit: Kit) -> Self:
        return cls(Bot(kit.http, kit.allow, kit.timeout), kit.clock)

    @property
    def official(self) -> str:
        return OFFICIAL

    @property
    def house_secret(self) -> str:
        return ""

    def complete(self, values: Mapping[str, str]) -> Mapping[str, str]:
        given = {name: value for name, value in values.items() if value}
        bot = bot_of(given.get("bot_token", ""))
        if given.get("bot_id", bot) != bot:
            detail = "belongs to another bot: connect that one as a channel of its own"
            raise Invalid(errors=[FieldError("bot_token", detail)])
        return {"base_url": OFFICIAL, "receive": POLL, **given, "bot_id": bot}

    @staticmethod
    def faults(content: Content) -> Sequence[FieldError]:
        return limits.faults(content)

    def verify(self, request: RawRequest, *, secret: str) -> bool:
        offered = request.headers.get(HEADER, "").encode("utf-8", "replace")
        return bool(secret) and hmac.compare_digest(offered, secret.encode("utf-8", "replace"))

    def addresses(self, request: RawRequest) -> frozenset[str]:
        updates.enclosed(request.body)
        return frozenset()  # none is named

    def parse(self, request: RawRequest) -> Sequence[Item]:
        return updates.parse(request.body, latest=self._clock.now() + _CLOCKS_DIFFER)

    def acknowledge(self, request: RawRequest) -> Acknowledgement:
        """Telegram does what an answer asks for: whoever pressed a button need not wait any longer."""
        for query in updates.pressed(request.body)[:1]:
            said = {"method": "answerCallbackQuery", "callback_query_id": query}
            return Acknowledgement("application/json", orjson.dumps(said))
        return self.acknowledgement

    def poll_pause(self, given: Connection) -> float | None:
        return None if given.options.get("receive") == WEBHOOK else asking.PAUSE

    async def fetch(self, via: ChannelCredentials, cursor: str) -> Fetched:
        return await asking.fetch(self._bot, via, cursor)

    async def settle(self, via: ChannelCredentials, fetched: Fetched) -> None:
        await asking.settle(self._bot, via, fetched)

    def open_file(
        self, media: Media, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        return files.opened(self._bot, media, via)

    def resume_file(
        self, media: Media, broken: Broken, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        return files.opened(self._bot, media, via, broken=broken)

    def offered(self, query: Mapping[str, str]) -> str:
        return ""

    def challenge(self, query: Mapping[str, str], *, verify_token: str) -> str | None:
        return None

    async def send(self, message: Outbound, *, via: ChannelCredentials) -> SendReceipt:
        return await self._bot.send(message, via=via)

    @staticmethod
    def file_rules() -> Sequence[FileRule]:
        return uploads.RULES

    async def send_file(
        self, message: Outbound, file: OutgoingFile, *, via: ChannelCredentials
    ) -> SendReceipt:
        return await self._bot.send_file(message, file, via=via)

    async def mark_read(self, external_id: str, *, via: ChannelCredentials, typing: bool) -> None:
        if typing:
            await self._bot.show_typing(external_id, via=via)

    async def probe(self, via: ChannelCredentials) -> Sequence[ProbeStep]:
        return await probe(self._bot, via)

    def test_handshake(self, via: ChannelCredentials, *, nonce: str) -> str | None:
        return None

    def test_event(self, via: ChannelCredentials, *, nonce: str) -> RawRequest | None:
        if via.option("receive") != WEBHOOK:
            return None
        headers = {HEADER: via.secret("webhook_secret"), "content-type": "application/json"}
        return RawRequest(headers, orjson.dumps({updates.TEST: nonce}))
