"""The chat API and the web widget as a `ChannelAdapter`."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar, Self

import orjson

from samvad.channels.adapters.chat import calls, limits
from samvad.channels.adapters.chat import form as forms
from samvad.channels.adapters.chat.callback import Callback
from samvad.channels.adapters.kit import Kit
from samvad.channels.adapters.outgoing import content_of, text_of
from samvad.channels.errors import RecipientUnreachable, Rejected, SendError
from samvad.channels.types import (
    Acknowledgement,
    Capabilities,
    ChannelCredentials,
    Content,
    FormField,
    Guide,
    IdentityKind,
    Item,
    JsonObject,
    Kind,
    Outbound,
    ProbeStep,
    Provider,
    RawRequest,
    SendReceipt,
)
from samvad.kernel.errors import FieldError

CHAT = Provider("chat")
WIDGET = "web-"  # visitors of the widget: their browser fetches, their replies are pushed to nobody
_BEARER = "Bearer "
_CLOCKS_DIFFER = timedelta(minutes=5)


class ChatAdapter:
    """The other side is a program of the tenant's own, or our widget: both fetch what was said from the
    timeline, so a send without a callback has nothing left to do."""

    provider: ClassVar[Provider] = CHAT
    family: ClassVar[str] = "chat"
    title: ClassVar[str] = "Website chat and API"
    form: ClassVar[Sequence[FormField]] = forms.FORM
    guide: ClassVar[Guide] = forms.GUIDE
    proofs: ClassVar[Sequence[str]] = ("api_key",)
    handshake_word: ClassVar[str] = ""
    kept: ClassVar[frozenset[str]] = frozenset()  # the header that proves a call is the key itself
    acknowledgement: ClassVar[Acknowledgement] = Acknowledgement()
    capabilities: ClassVar[Capabilities] = Capabilities(
        window=False,
        templates=False,
        mark_read=False,
        typing=False,
        text_limit=limits.TEXT,
        per_second=50,
        kinds=frozenset({Kind.TEXT, Kind.BUTTONS, Kind.LIST, Kind.CTA_URL, Kind.IMAGE, Kind.DOCUMENT}),
    )

    def __init__(self, callback: Callback) -> None:
        self._callback = callback

    @classmethod
    def build(cls, kit: Kit) -> Self:
        return cls(Callback(kit))

    @property
    def official(self) -> str:
        return ""  # there is no provider whose word could prove anything

    @property
    def house_secret(self) -> str:
        return ""

    def complete(self, values: Mapping[str, str]) -> Mapping[str, str]:
        return forms.complete(values)

    @staticmethod
    def faults(content: Content) -> Sequence[FieldError]:
        return limits.faults(content)

    def verify(self, request: RawRequest, *, secret: str) -> bool:
        given = request.headers.get("authorization", "").encode("utf-8", "replace")
        return bool(secret) and hmac.compare_digest(given, (_BEARER + secret).encode("utf-8", "replace"))

    def addresses(self, request: RawRequest) -> frozenset[str]:
        self.parse(request)
        return frozenset()  # none is named: each channel has its own key

    def parse(self, request: RawRequest) -> Sequence[Item]:
        latest = self._callback.clock.now() + _CLOCKS_DIFFER
        return [Item("", "", event) for event in calls.events(request.body, latest=latest)]

    def offered(self, query: Mapping[str, str]) -> str:
        return ""

    def challenge(self, query: Mapping[str, str], *, verify_token: str) -> str | None:
        return None

    def test_handshake(self, via: ChannelCredentials, *, nonce: str) -> str | None:
        return None

    def test_event(self, via: ChannelCredentials, *, nonce: str) -> RawRequest | None:
        headers = {"authorization": _BEARER + via.secret("api_key"), "content-type": "application/json"}
        return RawRequest(headers, orjson.dumps({calls.TEST: nonce}))

    async def send(self, message: Outbound, *, via: ChannelCredentials) -> SendReceipt:
        said = _said(message)
        visitor = next((one.value for one in message.to if one.kind is IdentityKind.VISITOR), None)
        if visitor is None:
            raise RecipientUnreachable("the contact has never written by this chat")
        if via.base_url and not visitor.startswith(WIDGET):
            body: JsonObject = {
                "type": "message",
                "channel": via.address,
                "visitor": visitor,
                "message": said,
            }
            await self._callback.push(body, str(message.id), via=via)
        return SendReceipt(str(message.id))

    async def mark_read(self, external_id: str, *, via: ChannelCredentials, typing: bool) -> None:
        return None  # a thread says itself how far its messages are

    async def probe(self, via: ChannelCredentials) -> Sequence[ProbeStep]:
        if not via.base_url:
            return [ProbeStep("connection", True, "no callback: replies are returned and fetched")]
        nonce = f"{self._callback.clock.now().timestamp():.0f}"
        try:
            await self._callback.push({"type": "ping", "id": nonce}, nonce, via=via)
        except SendError as broken:
            advice = 'The callback must answer a POST with 200 and {"received": "<the id>"}'
            return [ProbeStep("connection", False, f"{advice} ({broken.detail})")]
        return [ProbeStep("connection", True, "the callback answers")]


def _said(message: Outbound) -> JsonObject:
    """A message as a program is told it. Raises Rejected."""
    if message.kind not in ChatAdapter.capabilities.kinds:
        raise Rejected(f"a chat channel does not send {message.kind.value}")
    said: JsonObject = {"id": str(message.id), "kind": message.kind.value}
    if message.kind is Kind.TEXT:
        said["text"] = text_of(message, most=limits.TEXT)
    else:
        content = content_of(message, limits.faults)
        said |= {"text": content.text, "content": content.as_json()}
    return said | ({"reply_to": calls.own_id(message.reply_to)} if message.reply_to else {})
