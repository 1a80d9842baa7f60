"""What leaves for Meta, byte by byte, and what each of its answers amounts to."""

import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import orjson
import pytest

from samvad.channels import errors
from samvad.channels.adapters.registry import adapters, installed
from samvad.channels.types import (
    SANDBOX,
    ChannelAdapter,
    ChannelCredentials,
    Identity,
    IdentityKind,
    Ignored,
    Kind,
    Outbound,
    Provider,
)
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.http import HostPolicy, HttpClient
from tests.channels.adapters.peer import ACCEPTED, Answer, Peer, graph_error, running_peer
from tests.support.kit import kit

OUR_ID = UUID("0199c9b0-0000-7000-8000-000000000001")
ASHA = (Identity(IdentityKind.WA_ID, "919876543210"), Identity(IdentityKind.PHONE, "+919876543210"))
BSUID = Identity(IdentityKind.BSUID, "IN.13491208655302741918")
HELLO = Outbound(OUR_ID, to=ASHA, kind=Kind.TEXT, text="Namaste 🙏")
CLOCK = FrozenClock(datetime(2025, 10, 9, tzinfo=UTC))


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with running_peer() as running:
        yield running


META = Provider("meta")


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


@pytest.fixture
def adapter(http: HttpClient, peer: Peer) -> ChannelAdapter:
    allow = HostPolicy().including("127.0.0.1", peer.port)
    return adapters(kit(http, CLOCK, allow=allow))[META]


@pytest.fixture
def via(peer: Peer) -> ChannelCredentials:
    return ChannelCredentials(
        channel=ChannelId(UUID(int=1)),
        tenant=TenantId(UUID(int=2)),
        provider=META,
        address="106540352242922",
        account="102290129340398",
        base_url=peer.base_url,
        webhook_url="https://crm.example.org/webhooks/meta/key",
        options={"graph_version": "v23.0"},
        secrets={"access_token": "EAAG-token", "app_secret": "secret", "verify_token": "verify"},
    )


class TestSend:
    async def test_the_request(self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer) -> None:
        peer.answers = [ACCEPTED]
        await adapter.send(replace(HELLO, reply_to="wamid.IN1"), via=via)
        (asked,) = peer.asked
        assert (asked.method, asked.path) == ("POST", "/v23.0/106540352242922/messages")
        assert asked.headers["authorization"] == "Bearer EAAG-token"
        assert asked.headers["content-type"] == "application/json"
        assert asked.body.decode() == (
            '{"messaging_product":"whatsapp","recipient_type":"individual","to":"919876543210","type":"text",'
            '"text":{"body":"Namaste 🙏","preview_url":false},'
            '"biz_opaque_callback_data":"0199c9b0-0000-7000-8000-000000000001",'
            '"context":{"message_id":"wamid.IN1"}}'
        )

    async def test_the_receipt(self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer) -> None:
        peer.answers = [ACCEPTED]
        receipt = await adapter.send(HELLO, via=via)
        assert receipt.external_id == "wamid.NEW"
        assert {(i.kind.value, i.value) for i in receipt.recipient} == {
            ("wa_id", "551199990000"),
            ("phone", "+551199990000"),
            ("bsuid", "BR.77"),
        }

    @pytest.mark.parametrize(
        ("to", "expected"),
        [
            ((BSUID,), {"recipient": "IN.13491208655302741918"}),
            ((BSUID, *ASHA), {"to": "919876543210"}),
            ((Identity(IdentityKind.PHONE, "+14155550100"),), {"to": "14155550100"}),
        ],
    )
    async def test_the_recipient(
        self,
        adapter: ChannelAdapter,
        via: ChannelCredentials,
        peer: Peer,
        to: tuple[Identity, ...],
        expected: dict[str, str],
    ) -> None:
        peer.answers = [ACCEPTED]
        await adapter.send(replace(HELLO, to=to), via=via)
        body = orjson.loads(peer.asked[0].body)
        assert {key: body[key] for key in ("to", "recipient") if key in body} == expected

    @pytest.mark.parametrize(("text", "preview"), [("see https://x.example/a", True), ("http:// no", False)])
    async def test_links_get_a_preview(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer, text: str, preview: bool
    ) -> None:
        peer.answers = [ACCEPTED]
        await adapter.send(replace(HELLO, text=text), via=via)
        assert orjson.loads(peer.asked[0].body)["text"]["preview_url"] is preview

    async def test_a_base_url_may_end_in_a_slash_and_hold_a_path(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        peer.answers = [ACCEPTED]
        await adapter.send(HELLO, via=replace(via, base_url=f"{peer.base_url}/proxy/"))
        assert peer.asked[0].path == "/proxy/v23.0/106540352242922/messages"

    async def test_what_stands_in_the_path_stays_one_part_of_it(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        peer.answers = [ACCEPTED]
        await adapter.send(HELLO, via=replace(via, address="1/../2?x#"))
        assert peer.asked[0].path == "/v23.0/1%2F..%2F2%3Fx%23/messages"


class TestRefusedByUs:
    @pytest.mark.parametrize(
        ("message", "failure"),
        [
            (replace(HELLO, text="x" * 4097), errors.Rejected),
            (replace(HELLO, text=" \n\x00"), errors.Rejected),
            (replace(HELLO, kind=Kind.STICKER), errors.Rejected),  # without its link
            (replace(HELLO, kind=Kind.ORDER), errors.Rejected),
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

    async def test_4096_characters_pass_and_surrogates_are_mended(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        peer.answers = [ACCEPTED]
        await adapter.send(replace(HELLO, text="\ud83d" + "x" * 4095), via=via)
        assert orjson.loads(peer.asked[0].body)["text"]["body"].startswith("\ufffdxx")

    @pytest.mark.parametrize("token", ["", "  ", "a\r\nX-Evil: 1", "tökén"])
    async def test_a_token_that_is_none(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer, token: str
    ) -> None:
        with pytest.raises(errors.CredentialsRejected):
            await adapter.send(HELLO, via=replace(via, secrets={"access_token": token}))
        assert peer.asked == []


E = errors
VERDICTS = [
    *((graph_error(400, code), E.CredentialsRejected) for code in (0, 3, 10, 190, 200, 250, 299, 131005)),
    *((graph_error(400, code), E.NumberThrottled) for code in (4, 17, 613, 80007, 80008, 130429)),
    (graph_error(400, 131056), E.RecipientThrottled),
    (graph_error(429, 131056), E.RecipientThrottled),
    *((graph_error(400, code), E.SpamLimited) for code in (131048, 131064)),
    *((graph_error(500, code), E.Transient) for code in (1, 2, 131000, 131016, 131057)),
    (graph_error(400, 131047), E.WindowClosed),
    *((graph_error(400, code), E.TryTomorrow) for code in (130472, 131049)),
    (graph_error(400, 131050), E.RecipientOptedOut),
    *((graph_error(400, code), E.RecipientUnreachable) for code in (131021, 131026, 131030)),
    *((graph_error(400, code), E.Rejected) for code in (100, 131008, 131009, 131051, 131053, 131062)),
    *((graph_error(400, code), E.TemplateRejected) for code in (132000, 132005, 132007, 132012, 132018)),
    (graph_error(400, 132001), E.TemplateMissing),
    *((graph_error(400, code), E.TemplateStopped) for code in (132015, 132016, 132068, 132069)),
    *((graph_error(400, code), E.ChannelBlocked) for code in (368, 130497, 131031, 131037, 131044, 133010)),
    (graph_error(400, 100, subcode=33), E.CredentialsRejected),
    (graph_error(400, 199999), E.Rejected),
    (graph_error(400, None), E.Rejected),
    (graph_error(401, 199999), E.CredentialsRejected),
    (graph_error(404, 199999), E.Rejected),
    (graph_error(500, 199999), E.Transient),
    (Answer(500), E.Transient),
    (Answer(502, b"<html>bad gateway</html>"), E.Transient),
    (Answer(503, b"\x1f\x8b\x08"), E.Transient),
    (Answer(504), E.OutcomeUnknown),
    (Answer(200, b""), E.OutcomeUnknown),
    (Answer(200, b'{"messages":[{"id":"wami'), E.OutcomeUnknown),
    (Answer(200, b'{"messages":[]}'), E.OutcomeUnknown),
    (Answer(200, b'{"messages":[{"id":7.5}]}'), E.OutcomeUnknown),
    (Answer(200, b"[]"), E.OutcomeUnknown),
    (Answer(200, b'{"error":{"code":131047}}'), E.WindowClosed),
    (Answer(hang_up=True), E.OutcomeUnknown),
    (Answer(200, b" " * 1_100_000), E.OutcomeUnknown),
    (Answer(400, b" " * 1_100_000), E.Rejected),
    (Answer(302, headers={"Location": "/login"}), E.ChannelBlocked),
    (Answer(404, b"no such page"), E.ChannelBlocked),
    (Answer(401), E.CredentialsRejected),
    (Answer(429), E.NumberThrottled),
    (Answer(408), E.Transient),
    (Answer(413), E.Rejected),
]


class TestVerdicts:
    @pytest.mark.parametrize(("answer", "failure"), VERDICTS)
    async def test_each_answer(
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
        assert raised.type is failure
        assert len(peer.asked) == 1  # whatever it was, the call is not repeated here

    async def test_the_providers_own_words(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        peer.answers = [graph_error(400, 131026, error_data={"details": "Not on WhatsApp"})]
        with pytest.raises(errors.RecipientUnreachable) as raised:
            await adapter.send(HELLO, via=via)
        assert (raised.value.provider_code, raised.value.detail) == (131026, "HTTP 400: Not on WhatsApp")

    @pytest.mark.parametrize(("header", "seconds"), [("7", 7), ("99999999", 3600), ("soon", 0), ("-1", 0)])
    async def test_retry_after(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer, header: str, seconds: float
    ) -> None:
        peer.answers = [Answer(429, headers={"Retry-After": header})]
        with pytest.raises(errors.NumberThrottled) as raised:
            await adapter.send(HELLO, via=via)
        assert raised.value.retry_after == seconds

    async def test_nobody_listens(self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
        with pytest.raises(errors.ChannelBlocked, match="SAMVAD_HTTP__ALLOW_HOSTS"):
            await adapter.send(HELLO, via=replace(via, base_url=f"http://127.0.0.1:{port}"))
        with pytest.raises(errors.Transient):
            async with HttpClient() as http:
                allow = HostPolicy().including("127.0.0.1", port)
                other = adapters(kit(http, CLOCK, allow=allow))[META]
                await other.send(HELLO, via=replace(via, base_url=f"http://127.0.0.1:{port}"))


class TestSandbox:
    async def test_only_the_sandbox_may_reach_the_emulator(
        self, http: HttpClient, via: ChannelCredentials, peer: Peer
    ) -> None:
        both = adapters(kit(http, CLOCK, allow=HostPolicy(), sandbox_port=peer.port))
        peer.answers = [ACCEPTED]
        receipt = await both[SANDBOX].send(HELLO, via=replace(via, provider=SANDBOX))
        assert receipt.external_id == "wamid.NEW"
        with pytest.raises(errors.ChannelBlocked):
            await both[META].send(HELLO, via=via)
        assert len(peer.asked) == 1
        assert {kind: adapter.provider for kind, adapter in both.items()} == {
            kind: kind for kind in installed()
        }


class TestMarkRead:
    @pytest.mark.parametrize(
        ("typing", "body"),
        [
            (False, b'{"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN1"}'),
            (
                True,
                b'{"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN1",'
                b'"typing_indicator":{"type":"text"}}',
            ),
        ],
    )
    async def test_the_request(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer, typing: bool, body: bytes
    ) -> None:
        peer.answers = [Answer(body=b'{"success":true}')]
        await adapter.mark_read("wamid.IN1", via=via, typing=typing)
        assert (peer.asked[0].path, peer.asked[0].body) == ("/v23.0/106540352242922/messages", body)

    async def test_a_refusal_is_said(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        peer.answers = [graph_error(400, 131009)]
        with pytest.raises(errors.Rejected):
            await adapter.mark_read("wamid.IN1", via=via, typing=True)


RIGHTS = ["whatsapp_business_management", "whatsapp_business_messaging"]


def token(**known: object) -> Answer:
    return Answer(body=orjson.dumps({"data": {"is_valid": True, "expires_at": 0, "scopes": RIGHTS, **known}}))


NUMBER = Answer(body=b'{"display_phone_number":"+91 98100 12345","verified_name":"Dairy","id":"1"}')


class TestProbe:
    async def test_all_is_well(self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer) -> None:
        peer.answers = [NUMBER, token(), Answer(body=b'{"success":true}')]
        steps = await adapter.probe(via)
        assert [(step.name, step.ok) for step in steps] == [
            ("connection", True),
            ("token", True),
            ("number", True),
            ("subscription", True),
        ]
        assert steps[2].detail == "+91 98100 12345, Dairy"
        assert [(asked.method, asked.path) for asked in peer.asked] == [
            ("GET", "/v23.0/106540352242922?fields=display_phone_number,verified_name,quality_rating"),
            ("GET", "/v23.0/debug_token?input_token=EAAG-token"),
            ("POST", "/v23.0/102290129340398/subscribed_apps"),
        ]
        assert {asked.headers["authorization"] for asked in peer.asked} == {"Bearer EAAG-token"}

    @pytest.mark.parametrize(
        ("answers", "failed", "advice"),
        [
            ([graph_error(401, 190)], "token", "system user token"),
            ([graph_error(400, 100, subcode=33)], "number", "phone number id"),
            ([Answer(404)], "connection", "base URL"),
            ([Answer(503), Answer(503)], "connection", "try again"),
            ([NUMBER, token(), graph_error(403, 200)], "subscription", "whatsapp_business_management"),
            ([NUMBER, token(), Answer(body=b'{"success":false}')], "subscription", "by hand"),
        ],
    )
    async def test_the_failing_step_says_what_to_do(
        self,
        adapter: ChannelAdapter,
        via: ChannelCredentials,
        peer: Peer,
        answers: list[Answer],
        failed: str,
        advice: str,
    ) -> None:
        peer.answers = answers
        *before, last = await adapter.probe(via)
        assert all(step.ok for step in before)
        assert (last.name, last.ok) == (failed, False)
        assert advice in last.detail

    @pytest.mark.parametrize(
        ("answer", "ok", "detail"),
        [
            (token(expires_at=1791536000), True, "expires on 2026-10-09"),
            (token(scopes=RIGHTS[:1]), False, "Give the token these rights too: whatsapp_business_messaging"),
            (token(scopes=[]), True, ""),
            (token(expires_at="soon"), True, ""),
            (graph_error(400, 100), True, ""),
        ],
    )
    async def test_the_token(
        self,
        adapter: ChannelAdapter,
        via: ChannelCredentials,
        peer: Peer,
        answer: Answer,
        ok: bool,
        detail: str,
    ) -> None:
        peer.answers = [NUMBER, answer, Answer(body=b'{"success":true}')]
        step = (await adapter.probe(via))[1]
        assert (step.name, step.ok, step.detail) == ("token", ok, detail)

    async def test_a_target_that_is_not_allowed(self, http: HttpClient, via: ChannelCredentials) -> None:
        strict = adapters(kit(http, CLOCK, allow=HostPolicy()))[META]
        (step,) = await strict.probe(via)
        assert (step.name, step.ok) == ("connection", False)
        assert "SAMVAD_HTTP__ALLOW_HOSTS" in step.detail


class TestTestEvent:
    def test_is_signed_and_has_no_effect(self, adapter: ChannelAdapter, via: ChannelCredentials) -> None:
        request = adapter.test_event(via, nonce="n1")
        assert adapter.verify(request, secret="secret")
        assert not adapter.verify(request, secret="other")
        assert adapter.addresses(request) == {"106540352242922"}
        (item,) = adapter.parse(request)
        assert isinstance(item.event, Ignored)
        assert item.event.content["nonce"] == "n1"
        assert (item.address, item.account) == ("106540352242922", "102290129340398")
