"""What leaves for Green API, byte by byte, what its answers amount to, and that its token shows nowhere."""

import logging
import traceback
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest

from samvad.channels import errors
from samvad.channels.adapters.green_api.adapter import GreenAdapter
from samvad.channels.adapters.registry import adapters
from samvad.channels.codec import content_from_json
from samvad.channels.rules import REACTIONS
from samvad.channels.types import (
    ChannelCredentials,
    Connection,
    Content,
    Fetched,
    Identity,
    IdentityKind,
    Ignored,
    Kind,
    Media,
    Outbound,
    Pairing,
    PairingState,
    Provider,
    RawRequest,
)
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.http import HostPolicy, HttpClient
from tests.channels.adapters.peer import Answer, Peer, running_peer
from tests.support.contents import CONTENTS
from tests.support.kit import kit

GREEN = Provider("green-api")
INSTANCE, TOKEN = "7103000042", "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"
OUR_ID = UUID("0199c9b0-0000-7000-8000-000000000001")
ASHA = (Identity(IdentityKind.WA_ID, "919876543210"), Identity(IdentityKind.PHONE, "+919876543210"))
HIDDEN = Identity(IdentityKind.LID, "83120000456701")
HELLO = Outbound(OUR_ID, to=ASHA, kind=Kind.TEXT, text="Namaste 🙏")


def answer(body: Any, status: int = 200, **headers: str) -> Answer:
    return Answer(status, orjson.dumps(body), headers)


AUTHORIZED = answer({"stateInstance": "authorized"})
ACCEPTED = answer({"idMessage": "3EB0C767D097B7C7C030"})


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime(2026, 5, 4, tzinfo=UTC))


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with running_peer() as running:
        yield running


@pytest.fixture
async def adapter(peer: Peer, clock: FrozenClock) -> AsyncIterator[GreenAdapter]:
    async with HttpClient() as http:
        made = adapters(kit(http, clock, allow=HostPolicy().including("127.0.0.1", peer.port)))[GREEN]
        assert isinstance(made, GreenAdapter)
        yield made


@pytest.fixture
def via(peer: Peer) -> ChannelCredentials:
    return ChannelCredentials(
        channel=ChannelId(UUID(int=1)),
        tenant=TenantId(UUID(int=2)),
        provider=GREEN,
        address=INSTANCE,
        account="",
        base_url=peer.base_url,
        webhook_url="https://crm.example/webhooks/green-api/key",
        options={"receive": "webhook"},
        secrets={"api_token": TOKEN, "webhook_token": "hook"},
    )


def outbound(content: Content, **more: Any) -> Outbound:
    return Outbound(OUR_ID, ASHA, content.kind, text=content.text, content=content.as_json(), **more)


class TestSend:
    async def test_the_request(self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer) -> None:
        peer.answers = [AUTHORIZED, ACCEPTED]
        quoting = replace(HELLO, reply_to="919876543210@c.us_3EB0AA")
        receipt = await adapter.send(quoting, via=via)
        state, sent = peer.asked
        assert (state.method, state.path) == ("GET", f"/waInstance{INSTANCE}/getStateInstance/{TOKEN}")
        assert (sent.method, sent.path) == ("POST", f"/waInstance{INSTANCE}/sendMessage/{TOKEN}")
        assert sent.headers["content-type"] == "application/json"
        assert sent.body.decode() == (
            '{"chatId":"919876543210@c.us","message":"Namaste 🙏","quotedMessageId":"3EB0AA"}'
        )
        assert receipt.external_id == "919876543210@c.us_3EB0C767D097B7C7C030"

    @pytest.mark.parametrize(
        ("to", "chat"),
        [
            ((HIDDEN,), "83120000456701@lid"),
            ((HIDDEN, *ASHA), "919876543210@c.us"),
            ((Identity(IdentityKind.PHONE, "+14155550100"),), "14155550100@c.us"),
        ],
    )
    async def test_the_chat(
        self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, to: Any, chat: str
    ) -> None:
        peer.answers = [AUTHORIZED, ACCEPTED]
        receipt = await adapter.send(replace(HELLO, to=to), via=via)
        assert orjson.loads(peer.asked[1].body)["chatId"] == chat
        assert receipt.external_id.startswith(f"{chat}_")

    @pytest.mark.parametrize(
        ("kind", "given", "method", "body"),
        [
            (
                "image",
                {"link": "https://x.example/a/cow%20one.jpg?v=1", "caption": "our cow"},
                "sendFileByUrl",
                {
                    "urlFile": "https://x.example/a/cow%20one.jpg?v=1",
                    "fileName": "cow one.jpg",
                    "caption": "our cow",
                },
            ),
            (
                "document",
                {"link": "https://x.example/get?id=7", "filename": "prices.pdf"},
                "sendFileByUrl",
                {"urlFile": "https://x.example/get?id=7", "fileName": "prices.pdf"},
            ),
            (
                "audio",
                {"link": "https://x.example/a.ogg"},
                "sendFileByUrl",
                {"urlFile": "https://x.example/a.ogg", "fileName": "a.ogg"},
            ),
            (
                "location",
                {"latitude": 19.07, "longitude": 72.87, "name": "Dairy", "address": "4 Market Road"},
                "sendLocation",
                {"latitude": 19.07, "longitude": 72.87, "nameLocation": "Dairy", "address": "4 Market Road"},
            ),
            (
                "contacts",
                {
                    "contacts": [
                        {
                            "name": {"formatted_name": "Ravi K", "first_name": "Ravi", "last_name": "K"},
                            "phones": [{"phone": "+91 98000 11122"}],
                            "org": {"company": "Dairy"},
                        }
                    ]
                },
                "sendContact",
                {
                    "contact": {
                        "phoneContact": 919800011122,
                        "firstName": "Ravi",
                        "lastName": "K",
                        "company": "Dairy",
                    }
                },
            ),
            (
                "buttons",
                {"body": "Which?", "header": "Milk", "buttons": [{"id": "c", "title": "Cow"}]},
                "sendInteractiveButtonsReply",
                {"body": "Which?", "buttons": [{"buttonId": "c", "buttonText": "Cow"}], "header": "Milk"},
            ),
        ],
    )
    async def test_each_kind(
        self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, kind: str, given: Any, method: str,
        body: Any,
    ) -> None:  # fmt: skip
        peer.answers = [AUTHORIZED, ACCEPTED]
        await adapter.send(outbound(content_from_json(Kind(kind), given)), via=via)
        assert peer.asked[1].path == f"/waInstance{INSTANCE}/{method}/{TOKEN}"
        assert orjson.loads(peer.asked[1].body) == {"chatId": "919876543210@c.us", **body}

    @pytest.mark.parametrize(
        ("kind", "given", "field"),
        [
            ("image", {"link": "https://x.example/get?id=7"}, "link"),
            ("image", {"link": "http://x.example/a.jpg"}, "link"),
            ("document", {"link": "https://x.example/get", "filename": "prices"}, "link"),
            ("video", {"link": "https://x.example/a.mp4", "caption": "c" * 1025}, "caption"),
            ("location", {"latitude": 91, "longitude": 0}, "latitude"),
            ("contacts", {"contacts": [{"name": {"formatted_name": "R"}}]}, "contacts.0.phones"),
            ("contacts", {"contacts": []}, "contacts"),
            ("buttons", {"body": "x", "buttons": [{"id": "a", "title": "t" * 26}]}, "buttons.0.title"),
            ("buttons", {"body": "x", "buttons": []}, "buttons"),
        ],
    )
    async def test_what_green_would_refuse_is_named(
        self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, kind: str, given: Any, field: str
    ) -> None:
        content = content_from_json(Kind(kind), given)
        assert field in {fault.field for fault in adapter.faults(content)}
        with pytest.raises(errors.Rejected):
            await adapter.send(outbound(content), via=via)
        assert peer.asked == []

    @pytest.mark.parametrize(
        ("message", "failure"),
        [
            (replace(HELLO, text="x" * 4097), errors.Rejected),
            (replace(HELLO, text=" \n"), errors.Rejected),
            (replace(HELLO, kind=Kind.REACTION), errors.Rejected),
            (replace(HELLO, to=(Identity(IdentityKind.BSUID, "IN.77"),)), errors.RecipientUnreachable),
        ],
    )
    async def test_refused_by_us(
        self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, message: Outbound,
        failure: type[errors.SendError],
    ) -> None:  # fmt: skip
        with pytest.raises(failure):
            await adapter.send(message, via=via)
        assert peer.asked == []

    @pytest.mark.parametrize(
        "kind", sorted(set(CONTENTS) & {k.value for k in GreenAdapter.capabilities.kinds})
    )
    async def test_every_kind_has_limits(self, adapter: GreenAdapter, kind: str) -> None:
        assert isinstance(adapter.faults(content_from_json(Kind(kind), CONTENTS[kind])), list)


class TestStates:
    @pytest.mark.parametrize(
        ("word", "failure"),
        [
            ("notAuthorized", errors.ChannelBlocked),
            ("blocked", errors.ChannelBlocked),
            ("yellowCard", errors.SpamLimited),
            ("suspended", errors.SpamLimited),
            ("sleepMode", errors.NumberThrottled),
            ("starting", errors.NumberThrottled),
        ],
    )
    async def test_a_message_waits_here_and_not_in_greens_queue(
        self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, word: str,
        failure: type[errors.SendError],
    ) -> None:  # fmt: skip
        peer.answers = [answer({"stateInstance": word}), ACCEPTED]
        with pytest.raises(failure):
            await adapter.send(HELLO, via=via)
        assert len(peer.asked) == 1
        assert REACTIONS[failure.code].outcome == "retry"

    async def test_it_is_remembered_for_twenty_seconds(
        self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, clock: FrozenClock
    ) -> None:
        peer.answers = [AUTHORIZED, ACCEPTED, ACCEPTED, AUTHORIZED, ACCEPTED]
        await adapter.send(HELLO, via=via)
        await adapter.send(HELLO, via=via)
        clock.advance(timedelta(seconds=21))
        await adapter.send(HELLO, via=via)
        assert [asked.method for asked in peer.asked] == ["GET", "POST", "POST", "GET", "POST"]

    async def test_a_fetched_notification_tells_it_at_once(
        self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        news = {"typeWebhook": "stateInstanceChanged", "stateInstance": "yellowCard"}
        peer.answers = [AUTHORIZED, ACCEPTED, answer({"receiptId": 7, "body": news})]
        await adapter.send(HELLO, via=via)
        await adapter.fetch(via, "")
        with pytest.raises(errors.SpamLimited):
            await adapter.send(HELLO, via=via)

    @pytest.mark.parametrize(
        ("given", "failure"),
        [
            (Answer(hang_up=True), errors.Transient),
            (answer({}, 502), errors.Transient),
            (answer({"message": "Unauthorized"}, 401), errors.CredentialsRejected),
            (answer({"message": "slow down"}, 429), errors.NumberThrottled),
            (answer({}), errors.Transient),
        ],
    )
    async def test_without_an_answer_nothing_is_sent(
        self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, given: Answer,
        failure: type[errors.SendError],
    ) -> None:  # fmt: skip
        peer.answers = [given, given]  # a GET that was cut is asked once more
        with pytest.raises(failure):
            await adapter.send(HELLO, via=via)
        assert {asked.method for asked in peer.asked} == {"GET"}


QUOTA = {
    "correspondentsStatus": {"status": "CORRESPONDENTS_QUOTE_EXCEEDED", "description": "3 chats a month"}
}
ANSWERS: list[tuple[Answer, type[errors.SendError], str]] = [
    (answer({"statusCode": 400, "message": "Validation failed: 'chatId'"}, 400), errors.Rejected, "'chatId'"),
    (answer({"message": "Unauthorized"}, 401), errors.CredentialsRejected, "Unauthorized"),
    (answer({"message": "Forbidden"}, 403), errors.CredentialsRejected, "Forbidden"),
    (Answer(404, b"<html>nginx</html>"), errors.ChannelBlocked, "404"),
    (
        answer({"message": "Too many requests"}, 429, **{"Retry-After": "7"}),
        errors.NumberThrottled,
        "Too many",
    ),
    (answer(QUOTA, 466), errors.ChannelBlocked, "3 chats a month"),
    (answer({"message": "oops"}, 500), errors.OutcomeUnknown, "oops"),
    (Answer(502, b""), errors.OutcomeUnknown, "502"),
    (Answer(504, b""), errors.OutcomeUnknown, "504"),
    (Answer(hang_up=True), errors.OutcomeUnknown, ""),
    (answer({}), errors.OutcomeUnknown, "no message id"),
    (Answer(200, b"rubbish"), errors.OutcomeUnknown, "no message id"),
    (Answer(302, b"", {"Location": "https://elsewhere.example"}), errors.ChannelBlocked, "302"),
]


@pytest.mark.parametrize(("given", "failure", "said"), ANSWERS)
async def test_every_answer(
    adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, given: Answer,
    failure: type[errors.SendError], said: str,
) -> None:  # fmt: skip
    peer.answers = [AUTHORIZED, given]
    with pytest.raises(failure) as caught:
        await adapter.send(HELLO, via=via)
    assert type(caught.value) is failure
    assert said in caught.value.detail
    if isinstance(caught.value, errors.NumberThrottled):
        assert caught.value.retry_after == 7


@pytest.mark.parametrize(
    "given",
    [
        answer({"message": f"Cannot POST /waInstance{INSTANCE}/sendMessage/{TOKEN}"}, 404),
        answer({"message": f"bad token {TOKEN}"}, 403),
        answer({"correspondentsStatus": {"description": f"/{TOKEN}/"}}, 466),
        answer({"message": TOKEN}, 500),
        Answer(hang_up=True),
    ],
)
async def test_the_token_shows_nowhere(
    adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, given: Answer,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    peer.answers = [AUTHORIZED, given]
    with caplog.at_level(logging.DEBUG), pytest.raises(errors.SendError) as caught:
        await adapter.send(HELLO, via=via)
    whole = "".join(traceback.format_exception(caught.value)) + caught.value.detail + repr(caught.value)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("aiohttp.access")]
    assert TOKEN not in whole + repr(via) + "".join(ours) + "".join(capfd.readouterr())


class TestNews:
    async def test_one_after_the_other(
        self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        told = (
            b'{"receiptId":17,"body":{"typeWebhook":"deviceInfo","instanceData":{"idInstance":7103000042}}}'
        )
        peer.answers = [Answer(200, told), answer({"result": True}), Answer(200, b"null")]
        first = await adapter.fetch(via, "")
        assert first == Fetched(RawRequest({}, told), cursor="17", more=True)
        assert first.call
        (item,) = adapter.parse(first.call)
        assert (item.address, type(item.event)) == (INSTANCE, Ignored)
        await adapter.settle(via, first)
        assert await adapter.fetch(via, "17") == Fetched(None, cursor="17", more=False)
        assert [(asked.method, asked.path) for asked in peer.asked] == [
            ("GET", f"/waInstance{INSTANCE}/receiveNotification/{TOKEN}?receiveTimeout=5"),
            ("DELETE", f"/waInstance{INSTANCE}/deleteNotification/{TOKEN}/17"),
            ("GET", f"/waInstance{INSTANCE}/receiveNotification/{TOKEN}?receiveTimeout=5"),
        ]

    @pytest.mark.parametrize(
        ("given", "failure"),
        [
            (Answer(200, b"<html>"), errors.Transient),
            (Answer(503, b""), errors.Transient),
            (Answer(hang_up=True), errors.Transient),
            (answer({"message": "Forbidden"}, 403), errors.CredentialsRejected),
        ],
    )
    async def test_failures_are_never_of_unknown_outcome(
        self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, given: Answer,
        failure: type[errors.SendError],
    ) -> None:  # fmt: skip
        peer.answers = [given, given]
        with pytest.raises(failure):
            await adapter.fetch(via, "")

    def test_who_is_asked(self, adapter: GreenAdapter) -> None:
        values = {"instance_id": INSTANCE, "api_token": TOKEN}
        given = Connection.of(adapter.form, adapter.complete(values))
        assert (given.base_url, given.options["receive"]) == ("https://api.green-api.com", "poll")
        assert adapter.poll_pause(given) == 0.5
        called = Connection.of(adapter.form, adapter.complete({**values, "receive": "webhook"}))
        assert adapter.poll_pause(called) is None

    async def test_reading_is_shown(self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer) -> None:
        peer.answers = [answer({"setRead": True})]
        await adapter.mark_read("919876543210@c.us_3EB0AA", via=via, typing=False)
        assert peer.asked[0].path == f"/waInstance{INSTANCE}/readChat/{TOKEN}"
        assert orjson.loads(peer.asked[0].body) == {"chatId": "919876543210@c.us", "idMessage": "3EB0AA"}


class TestProbe:
    async def test_it_sets_green_up(self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer) -> None:
        saved = answer({"saveSettings": True})
        peer.answers = [AUTHORIZED, answer({"webhookUrl": "", "incomingWebhook": "no"}), saved]
        steps = await adapter.probe(via)
        assert [(step.name, step.ok) for step in steps] == [
            ("connection", True), ("token", True), ("instance", True), ("settings", True),
        ]  # fmt: skip
        wanted = orjson.loads(peer.asked[2].body)
        assert wanted["webhookUrl"] == "https://crm.example/webhooks/green-api/key"
        assert (wanted["webhookUrlToken"], wanted["incomingWebhook"]) == ("hook", "yes")
        peer.answers, peer.asked = [AUTHORIZED, answer(wanted)], []
        assert all(step.ok for step in await adapter.probe(via))
        assert len(peer.asked) == 2  # to set them again would start the instance anew

    @pytest.mark.parametrize(
        ("answers", "step", "advice"),
        [
            ([Answer(503, b"")], "connection", "API URL"),
            ([answer({"message": "Forbidden"}, 403)], "token", "apiTokenInstance"),
            ([answer({"stateInstance": "notAuthorized"})], "instance", "scan the QR code"),
            ([answer({"stateInstance": "blocked"})], "instance", "banned"),
            ([AUTHORIZED, answer({}), answer({"saveSettings": False})], "settings", "did not confirm"),
            ([AUTHORIZED, answer({}), Answer(500, b"")], "settings", "500"),
        ],
    )
    async def test_the_step_that_fails_says_what_to_do(
        self, adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, answers: list[Answer], step: str,
        advice: str,
    ) -> None:  # fmt: skip
        peer.answers = answers
        *before, last = await adapter.probe(via)
        assert all(one.ok for one in before)
        assert (last.name, last.ok) == (step, False)
        assert advice in last.detail

    def test_its_own_event_is_believed_and_without_effect(
        self, adapter: GreenAdapter, via: ChannelCredentials
    ) -> None:
        assert adapter.test_event(replace(via, options={"receive": "poll"}), nonce="n") is None
        event = adapter.test_event(via, nonce="n")
        assert event
        assert adapter.verify(event, secret="hook")
        (item,) = adapter.parse(event)
        assert (item.address, type(item.event)) == (INSTANCE, Ignored)
        assert adapter.addresses(event) == {INSTANCE}


PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.mark.parametrize(
    ("given", "pairing"),
    [
        ({"type": "qrCode", "message": b64encode(PNG).decode()}, Pairing(PairingState.CODE, PNG, 20)),
        (
            {"type": "qrCode", "message": f"data:image/png;base64,{b64encode(PNG).decode()}"},
            Pairing(PairingState.CODE, PNG, 20),
        ),
        (
            {"type": "alreadyLogged", "message": "already authorized"},
            Pairing(PairingState.PAIRED),
        ),
        ({"type": "error", "message": "wait"}, Pairing(PairingState.LATER, detail="wait")),
        (
            {"type": "qrCode", "message": "<script>"},
            Pairing(PairingState.LATER, detail="Green API gives no code just now"),
        ),
        (None, Pairing(PairingState.LATER, detail="Green API gives no code just now")),
    ],
)
async def test_the_code_that_links_a_phone(
    adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, given: Any, pairing: Pairing
) -> None:
    peer.answers = [answer({"stateInstance": "notAuthorized"}), answer(given)]
    assert await adapter.pair(via) == pairing
    assert (peer.asked[1].method, peer.asked[1].path) == ("GET", f"/waInstance{INSTANCE}/qr/{TOKEN}")
    assert "PNG" not in repr(pairing)


@pytest.mark.parametrize(
    ("word", "state", "detail"),
    [
        ("authorized", PairingState.PAIRED, ""),
        ("yellowCard", PairingState.PAIRED, "WhatsApp restricts this number for spam"),
        ("blocked", PairingState.BLOCKED, "WhatsApp has banned this number"),
        ("starting", PairingState.LATER, "The instance is starting"),
        ("sleepMode", PairingState.LATER, "The instance sleeps"),
    ],
)
async def test_only_an_instance_that_waits_for_it_is_asked_for_a_code(
    adapter: GreenAdapter, via: ChannelCredentials, peer: Peer, word: str, state: PairingState, detail: str
) -> None:
    peer.answers = [answer({"stateInstance": word})]
    pairing = await adapter.pair(via)
    assert (pairing.state, pairing.detail.startswith(detail)) == (state, True)
    assert len(peer.asked) == 1


async def test_a_file_is_fetched_without_the_token(
    adapter: GreenAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    peer.answers = [Answer(200, b"jpeg", {"Content-Type": "image/jpeg"}), Answer(404)]
    media = Media(None, "image/jpeg", url=f"{peer.base_url}/7103000042/8ed3.jpg")
    async with adapter.open_file(media, via=via) as found:
        assert (found.mime_type, found.size) == ("image/jpeg", 4)
        assert b"".join([chunk async for chunk in found.chunks]) == b"jpeg"
    assert TOKEN not in peer.asked[0].path + str(peer.asked[0].headers)
    with pytest.raises(errors.FileGone):
        async with adapter.open_file(media, via=via):
            pass
    with pytest.raises(errors.FileGone):
        adapter.open_file(Media(None, None), via=via)
