"""What leaves for Twilio, byte by byte, and what each of its answers amounts to."""

import base64
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl
from uuid import UUID

import orjson
import pytest

from samvad.channels import errors
from samvad.channels.adapters.registry import adapters, installed
from samvad.channels.adapters.twilio.api import host
from samvad.channels.types import (
    ChannelAdapter,
    ChannelCredentials,
    Connection,
    Document,
    Identity,
    IdentityKind,
    Ignored,
    Image,
    JsonObject,
    Kind,
    Location,
    Outbound,
    Provider,
)
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.http import HostPolicy, HttpClient
from tests.channels.adapters.peer import Answer, Peer, running_peer
from tests.support.kit import kit

TWILIO = Provider("twilio")
ACCOUNT = "AC0f3a8c1e5d7b49268a0c4e2d6f8b1a35"
OUR_ID = UUID("0199c9b0-0000-7000-8000-000000000001")
ASHA = (Identity(IdentityKind.WA_ID, "919876543210"), Identity(IdentityKind.PHONE, "+919876543210"))
BSUID = Identity(IdentityKind.BSUID, "IN.13491208655302741918")
HELLO = Outbound(OUR_ID, to=ASHA, kind=Kind.TEXT, text="Namaste 🙏")
CLOCK = FrozenClock(datetime(2026, 5, 4, tzinfo=UTC))
ACCEPTED = Answer(201, b'{"sid":"SM01","status":"queued","error_code":null,"error_message":null}')


def refused(status: int, code: int | None, message: str = "refused") -> Answer:
    body = {"message": message, "more_info": "https://www.twilio.com/docs/errors", "status": status}
    return Answer(status, orjson.dumps(body | ({"code": code} if code is not None else {})))


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with running_peer() as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


@pytest.fixture
def adapter(http: HttpClient, peer: Peer) -> ChannelAdapter:
    return adapters(kit(http, CLOCK, allow=HostPolicy().including("127.0.0.1", peer.port)))[TWILIO]


@pytest.fixture
def via(peer: Peer) -> ChannelCredentials:
    return ChannelCredentials(
        channel=ChannelId(UUID(int=1)),
        tenant=TenantId(UUID(int=2)),
        provider=TWILIO,
        address=f"{ACCOUNT}/+14155550100",
        account=ACCOUNT,
        base_url=peer.base_url,
        webhook_url="http://127.0.0.1:8400/webhooks/twilio/key",
        secrets={"auth_token": "the-token"},
    )


def form(peer: Peer) -> dict[str, str]:
    return dict(parse_qsl(peer.asked[-1].body.decode(), keep_blank_values=True))


class TestSend:
    async def test_the_request(self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer) -> None:
        peer.answers = [ACCEPTED]
        receipt = await adapter.send(replace(HELLO, reply_to="SM00"), via=via)
        (asked,) = peer.asked
        assert (asked.method, asked.path) == ("POST", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json")
        basic = base64.b64encode(f"{ACCOUNT}:the-token".encode()).decode()
        assert asked.headers["authorization"] == f"Basic {basic}"
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
        assert asked.body.decode() == (
            "To=whatsapp%3A%2B919876543210&From=whatsapp%3A%2B14155550100&Body=Namaste+%F0%9F%99%8F"
            "&StatusCallback=http%3A%2F%2F127.0.0.1%3A8400%2Fwebhooks%2Ftwilio%2Fkey"
            "%3Fid%3D0199c9b0-0000-7000-8000-000000000001"
        )
        assert (receipt.external_id, receipt.recipient) == ("SM01", ())

    @pytest.mark.parametrize(
        ("to", "expected"),
        [
            ((BSUID,), "whatsapp:IN.13491208655302741918"),
            ((BSUID, *ASHA), "whatsapp:+919876543210"),
            ((Identity(IdentityKind.WA_ID, "551199990000"),), "whatsapp:+551199990000"),
            (
                (
                    Identity(IdentityKind.WA_ID, "551199990000"),
                    Identity(IdentityKind.PHONE, "+5511999990000"),
                ),
                "whatsapp:+5511999990000",
            ),
        ],
    )
    async def test_the_recipient(
        self,
        adapter: ChannelAdapter,
        via: ChannelCredentials,
        peer: Peer,
        to: tuple[Identity, ...],
        expected: str,
    ) -> None:
        peer.answers = [ACCEPTED]
        await adapter.send(replace(HELLO, to=to), via=via)
        assert form(peer)["To"] == expected

    async def test_through_a_messaging_service_it_is_still_our_number(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        peer.answers = [ACCEPTED]
        service = "MG4b1d0e9c7a5f43128d6e0f2c4a8b6d19"
        await adapter.send(HELLO, via=replace(via, options={"messaging_service_sid": service}))
        assert (form(peer)["MessagingServiceSid"], form(peer)["From"]) == (service, "whatsapp:+14155550100")

    @pytest.mark.parametrize(
        ("kind", "content", "expected"),
        [
            (Kind.IMAGE, Image(link="https://x.example/a.jpg"), {"MediaUrl": "https://x.example/a.jpg"}),
            (
                Kind.IMAGE,
                Image(link="https://x.example/a.jpg", caption="fresh & cold"),
                {"Body": "fresh & cold", "MediaUrl": "https://x.example/a.jpg"},
            ),
            (
                Kind.DOCUMENT,
                Document(link="https://x.example/a.pdf"),
                {"MediaUrl": "https://x.example/a.pdf"},
            ),
            (
                Kind.LOCATION,
                Location(latitude=18.92, longitude=72.83, name="Gateway", address="Colaba"),
                {"Body": "Gateway", "PersistentAction": "geo:18.920000,72.830000|Colaba"},
            ),
            (
                Kind.LOCATION,
                Location(latitude=-1e-5, longitude=0),
                {"Body": "-0.000010,0.000000", "PersistentAction": "geo:-0.000010,0.000000"},
            ),
        ],
    )
    async def test_content(
        self,
        adapter: ChannelAdapter,
        via: ChannelCredentials,
        peer: Peer,
        kind: Kind,
        content: Image | Document | Location,
        expected: dict[str, str],
    ) -> None:
        peer.answers = [ACCEPTED]
        await adapter.send(replace(HELLO, kind=kind, text="", content=content.as_json()), via=via)
        left = {k: v for k, v in form(peer).items() if k not in ("To", "From", "StatusCallback")}
        assert left == expected


class TestRefusedByUs:
    @pytest.mark.parametrize(
        ("message", "failure"),
        [
            (replace(HELLO, text="x" * 1601), errors.Rejected),
            (replace(HELLO, text=" \n\x00"), errors.Rejected),
            (replace(HELLO, kind=Kind.IMAGE), errors.Rejected),  # without its link
            (replace(HELLO, kind=Kind.REACTION), errors.Rejected),
            (replace(HELLO, to=()), errors.RecipientUnreachable),
            (replace(HELLO, to=(Identity(IdentityKind.USERNAME, "asha"),)), errors.RecipientUnreachable),
        ],
    )
    async def test_no_call_is_made(
        self,
        adapter: ChannelAdapter,
        via: ChannelCredentials,
        peer: Peer,
        message: Outbound,
        failure: type[errors.SendError],
    ) -> None:
        with pytest.raises(failure):
            await adapter.send(message, via=via)
        assert peer.asked == []

    @pytest.mark.parametrize("token", ["", "  ", "a\r\nX-Evil: 1", "tökén"])
    async def test_a_token_that_is_none(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer, token: str
    ) -> None:
        with pytest.raises(errors.CredentialsRejected):
            await adapter.send(HELLO, via=replace(via, secrets={"auth_token": token}))
        assert peer.asked == []

    def test_what_would_be_lost_is_refused(self) -> None:
        named = Document(link="https://x.example/a.pdf", filename="bill.pdf", caption="your bill")
        assert [fault.field for fault in installed()[TWILIO].faults(named)] == ["caption", "filename"]

    def test_limits_are_told(self) -> None:
        far = Location(latitude=91, longitude=0)
        assert [fault.field for fault in installed()[TWILIO].faults(far)] == ["latitude"]
        bad = Image(link="ftp://x", caption="x" * 1025)
        assert [fault.field for fault in installed()[TWILIO].faults(bad)] == ["link", "caption"]


VERDICTS = [
    *((refused(400, code), errors.CredentialsRejected) for code in (20003, 63001)),
    (refused(401, 20003), errors.CredentialsRejected),
    (refused(404, 20404), errors.CredentialsRejected),
    *(
        (refused(400, code), errors.ChannelBlocked)
        for code in (20005, 21212, 21606, 21609, 21660, 21702, 63007, 63020, 63051, 30002)
    ),
    (refused(429, 20429), errors.NumberThrottled),
    (refused(400, 63018), errors.NumberThrottled),
    (refused(429, None), errors.NumberThrottled),
    *((refused(400, code), errors.Transient) for code in (63009, 63010, 63012, 30008)),
    (refused(500, 20500), errors.Transient),
    (refused(503, None), errors.Transient),
    (refused(400, 63016), errors.WindowClosed),
    *((refused(400, code), errors.TryTomorrow) for code in (63032, 63049)),
    *((refused(400, code), errors.RecipientOptedOut) for code in (21610, 63014, 63033)),
    *((refused(400, code), errors.RecipientUnreachable) for code in (21211, 21614, 63003, 63015, 63024)),
    *((refused(400, code), errors.Rejected) for code in (21617, 21620, 63005, 63019, 63021, 63034)),
    *((refused(400, code), errors.TemplateStopped) for code in (63040, 63041, 63042)),
    *((refused(400, code), errors.TemplateMissing) for code in (21655, 63027, 92006)),
    *((refused(400, code), errors.TemplateRejected) for code in (21656, 63028)),
    (refused(400, 99999), errors.Rejected),
    (refused(401, 99999), errors.CredentialsRejected),
    (refused(404, 99999), errors.Rejected),
    (Answer(404, b"<html>"), errors.ChannelBlocked),
    (Answer(302, b"", {"location": "https://evil.example/"}), errors.ChannelBlocked),
    (Answer(201, b"<html>"), errors.OutcomeUnknown),
    (Answer(201, b'{"status":"queued"}'), errors.OutcomeUnknown),
    (Answer(201, b"[]"), errors.OutcomeUnknown),
    (Answer(201, b'{"sid":"SM1","status":"failed","error_code":63016}'), errors.WindowClosed),
    (Answer(504, b""), errors.OutcomeUnknown),
    (Answer(hang_up=True), errors.OutcomeUnknown),
    (Answer(500, b"x" * (1024 * 1024 + 1)), errors.Transient),
    (Answer(201, b"x" * (1024 * 1024 + 1)), errors.OutcomeUnknown),
]


class TestVerdicts:
    @pytest.mark.parametrize(
        ("answer", "failure"), VERDICTS, ids=lambda value: getattr(value, "__name__", "")
    )
    async def test_of_an_answer(
        self,
        adapter: ChannelAdapter,
        via: ChannelCredentials,
        peer: Peer,
        answer: Answer,
        failure: type[errors.SendError],
    ) -> None:
        peer.answers = [answer]
        with pytest.raises(errors.SendError) as raised:
            await adapter.send(HELLO, via=via)
        assert type(raised.value) is failure
        assert "the-token" not in repr(raised.value)

    async def test_retry_after_is_kept(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        answer = refused(429, 20429)
        peer.answers = [replace(answer, headers={"Retry-After": "7"})]
        with pytest.raises(errors.NumberThrottled) as raised:
            await adapter.send(HELLO, via=via)
        assert (raised.value.retry_after, raised.value.provider_code) == (7, 20429)

    async def test_twilios_words_are_kept(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        peer.answers = [refused(400, 21211, "The 'To' number is not valid")]
        with pytest.raises(errors.RecipientUnreachable, match="HTTP 400: The 'To' number is not valid"):
            await adapter.send(HELLO, via=via)

    async def test_nobody_there(self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with pytest.raises(errors.ChannelBlocked):  # private, and not allowed
            await adapter.send(HELLO, via=replace(via, base_url=f"http://127.0.0.1:{port}"))


def told(**answer: object) -> Answer:
    return Answer(200, json.dumps(answer).encode())


def senders(*pairs: tuple[str, str]) -> Answer:
    return told(senders=[{"sender_id": f"whatsapp:{number}", "status": status} for number, status in pairs])


ACTIVE = told(friendly_name="Govind Dairy", status="active", type="Full")


class TestProbe:
    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ([ACTIVE, senders(("+14155550100", "ONLINE"))], ["connection", "token", "number"]),
            (
                [ACTIVE, senders(("+1", "ONLINE"), ("+14155550100", "ONLINE:UPDATING"))],
                ["connection", "token", "number"],
            ),
            ([ACTIVE, refused(403, 20003)], ["connection", "token", "number"]),
            ([ACTIVE, senders(("+14155550199", "ONLINE"))], ["connection", "token", "!number"]),
            ([ACTIVE, senders(("+14155550100", "OFFLINE"))], ["connection", "token", "!number"]),
            ([told(status="suspended")], ["connection", "!token"]),
            ([refused(401, 20003)], ["connection", "!token"]),
            ([refused(404, 20404)], ["connection", "!token"]),
            ([Answer(404, b"<html>")], ["!connection"]),
            ([Answer(503)], ["!connection"]),
            ([Answer(hang_up=True)], ["!connection"]),
        ],
    )
    async def test_steps(
        self,
        adapter: ChannelAdapter,
        via: ChannelCredentials,
        peer: Peer,
        answers: list[Answer],
        expected: list[str],
    ) -> None:
        peer.answers = answers
        steps = await adapter.probe(via)
        assert [step.name if step.ok else f"!{step.name}" for step in steps] == expected
        assert all(step.ok or step.detail for step in steps)
        assert peer.asked[0].path == f"/2010-04-01/Accounts/{ACCOUNT}.json"

    async def test_the_sandboxs_number_is_on_no_list(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        peer.answers = [ACTIVE]
        steps = await adapter.probe(replace(via, address=f"{ACCOUNT}/+14155238886"))
        assert [step.ok for step in steps] == [True, True, True]
        assert len(peer.asked) == 1

    def test_its_event_is_signed_and_has_no_effect(
        self, adapter: ChannelAdapter, via: ChannelCredentials
    ) -> None:
        event = replace(adapter.test_event(via, nonce="cafe"), path="/webhooks/twilio/key")
        assert adapter.verify(event, secret="the-token\nthe-other")
        assert not adapter.verify(event, secret="the-other")
        (item,) = adapter.parse(event)
        assert (item.address, type(item.event)) == (via.address, Ignored)


def test_every_product_has_its_own_host() -> None:
    assert host("https://api.twilio.com", "messaging") == "https://messaging.twilio.com"
    assert host("https://api.dublin.ie1.twilio.com/", "content") == "https://content.dublin.ie1.twilio.com"
    assert host("http://127.0.0.1:1", "messaging") == "http://127.0.0.1:1"


def test_a_form_becomes_a_connection(adapter: ChannelAdapter) -> None:
    given: JsonObject = {"account_sid": ACCOUNT, "sender": "+14155550100", "auth_token": "t"}
    found = Connection.of(adapter.form, adapter.complete({k: str(v) for k, v in given.items()}))
    assert (found.address, found.account) == (f"{ACCOUNT}/+14155550100", ACCOUNT)
    assert (found.display_address, found.base_url) == ("+14155550100", "https://api.twilio.com")
    assert adapter.official == found.base_url
    assert dict(found.secrets) == {"auth_token": "t"}
    assert "the-token" not in repr(found)
