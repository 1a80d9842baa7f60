"""Pigeon, a provider that does not exist, as a channel of Samvad."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import orjson

from samvad.channels.adapters.calling import answered, failure, refused, unanswered
from samvad.channels.adapters.kit import Kit
from samvad.channels.adapters.outgoing import text_of
from samvad.channels.adapters.reading import TooDeep, clean, decode, ident, moment, rows, words
from samvad.channels.errors import (
    CredentialsRejected,
    MalformedBody,
    OutcomeUnknown,
    RecipientUnreachable,
    Rejected,
    SendError,
)
from samvad.channels.types import (
    Acknowledgement,
    Capabilities,
    ChannelCredentials,
    Content,
    Event,
    FieldRole,
    FormField,
    Guide,
    Identity,
    IdentityKind,
    Ignored,
    Item,
    JsonObject,
    JsonValue,
    Kind,
    MessageReceived,
    Outbound,
    ProbeStep,
    Provider,
    RawRequest,
    Sender,
    SendReceipt,
    Unparsable,
)
from samvad.kernel.errors import FieldError
from samvad.platform.http import HttpError

HEADER = "x-pigeon-signature"
LIMIT = 500


class PigeonAdapter:
    provider = Provider("pigeon")
    family = "pigeon"
    title = "Pigeon post"
    form = (
        FormField("number", FieldRole.ADDRESS, "Number", pattern=r"\+\d{8,15}", required=True, fixed=True),
        FormField("api_key", FieldRole.SECRET, "API key", required=True),
        FormField("signing_secret", FieldRole.SECRET, "Signing secret", required=True),
        FormField("base_url", FieldRole.BASE_URL, "Base URL", longest=300, advanced=True),
    )
    guide = Guide("The key and the signing secret stand in the console.", ("Enter the webhook URL there.",))
    proofs = ("signing_secret",)
    handshake_word = ""
    kept = frozenset({HEADER})
    acknowledgement = Acknowledgement()
    capabilities = Capabilities(
        window=False,
        templates=False,
        mark_read=False,
        typing=False,
        text_limit=LIMIT,
        per_second=10,
        kinds=frozenset({Kind.TEXT}),
    )
    official = "https://api.pigeon.example"
    house_secret = ""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    @classmethod
    def build(cls, kit: Kit) -> "PigeonAdapter":
        return cls(kit)

    def complete(self, values: Mapping[str, str]) -> Mapping[str, str]:
        return {"base_url": self.official, **{name: value for name, value in values.items() if value}}

    @staticmethod
    def faults(content: Content) -> Sequence[FieldError]:
        return []  # text is no content

    # what comes in

    def verify(self, request: RawRequest, *, secret: str) -> bool:
        given = request.headers.get(HEADER, "").encode("utf-8", "replace")
        return bool(secret) and hmac.compare_digest(_signature(request.body, secret).encode(), given)

    def addresses(self, request: RawRequest) -> frozenset[str]:
        return frozenset(item.address for item in self.parse(request) if item.address)

    def parse(self, request: RawRequest) -> Sequence[Item]:
        body = decode(request.body)
        number, latest = ident(body, "to") or "", self._kit.clock.now() + timedelta(minutes=5)
        if not isinstance(body.get("messages"), list):
            raise MalformedBody("the body is none of Pigeon's")
        return [Item(number, "", _event(entry, latest=latest)) for entry in rows(body, "messages")]

    def offered(self, query: Mapping[str, str]) -> str:
        return ""  # Pigeon does not ask whether a URL is ours

    def challenge(self, query: Mapping[str, str], *, verify_token: str) -> str | None:
        return None

    def test_handshake(self, via: ChannelCredentials, *, nonce: str) -> str | None:
        return None

    def test_event(self, via: ChannelCredentials, *, nonce: str) -> RawRequest:
        body = orjson.dumps({"to": via.address, "messages": [{"test": nonce}]})
        return RawRequest({HEADER: _signature(body, via.secret("signing_secret"))}, body)

    # what leaves

    async def send(self, message: Outbound, *, via: ChannelCredentials) -> SendReceipt:
        if message.kind is not Kind.TEXT:
            raise Rejected("pigeons carry text")
        text = text_of(message, most=LIMIT)
        asked = orjson.dumps({"from": via.address, "to": _phone(message), "text": text})
        sent = ident(await self._call("POST", "/v1/messages", asked, via), "id")
        if sent is None:
            raise OutcomeUnknown("the answer names no message")
        return SendReceipt(sent)

    async def mark_read(self, external_id: str, *, via: ChannelCredentials, typing: bool) -> None:
        return None  # `capabilities` say that there is nothing to show

    async def probe(self, via: ChannelCredentials) -> Sequence[ProbeStep]:
        try:
            account = await self._call("GET", "/v1/account", b"", via)
        except SendError as refusal:
            return [ProbeStep("connection", False, f"Check key and base URL ({refusal.detail})")]
        return [ProbeStep("connection", True, words(account, "name") or "")]

    async def _call(self, method: str, path: str, body: bytes, via: ChannelCredentials) -> JsonObject:
        """The object of an answer in the two hundreds. Raises SendError."""
        key = via.secret("api_key")
        if not key.strip() or not key.isascii() or not key.isprintable():
            raise CredentialsRejected("the API key is empty or holds characters that no key has")
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        try:
            answer = await self._kit.http.request(
                method, via.base_url + path, headers=headers, body=body,
                timeout=self._kit.timeout, allow=self._kit.allow,
            )  # fmt: skip
        except HttpError as broken:
            raise unanswered(broken, of_status=lambda status: _refusal(status, {})) from broken
        said = answered(answer.body)
        if 200 <= answer.status < 300 and said:
            return said
        raise _refusal(answer.status, said)


def _signature(body: bytes, secret: str) -> str:
    return hmac.new(secret.encode("utf-8", "replace"), body, hashlib.sha256).hexdigest()


def _event(entry: JsonValue, *, latest: datetime) -> Event:
    try:
        found = clean(entry)
    except TooDeep:
        return Unparsable("nested too deeply")
    if isinstance(found, dict) and "test" in found:
        return Ignored("self-test", {"test": words(found, "test")})
    external_id, sender = ident(found, "id"), ident(found, "from")
    if external_id is None or sender is None:
        return Unparsable("a message without id or sender", found)
    return MessageReceived(
        external_id=external_id,
        sender=Sender((Identity(IdentityKind.PHONE, sender),)),
        kind=Kind.TEXT,
        sent_at=moment(found, "at", latest=latest),
        text=words(found, "text") or "",
    )


def _phone(message: Outbound) -> str:
    found = next((one.value for one in message.to if one.kind is IdentityKind.PHONE), None)
    if found is None:
        raise RecipientUnreachable("the contact has no phone number")
    return found


def _refusal(status: int, said: JsonObject) -> SendError:
    words_of_theirs = words(said, "error") or ""
    return failure(refused(status, spoken=bool(words_of_theirs)), status=status, said=words_of_theirs)
