"""What leaves for Telegram, byte by byte, and what each of its answers amounts to."""

import traceback
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest

from samvad.channels import errors
from samvad.channels.adapters.registry import adapters
from samvad.channels.adapters.telegram import form, limits
from samvad.channels.codec import content_from_json
from samvad.channels.types import (
    ChannelAdapter,
    ChannelCredentials,
    Content,
    Fetched,
    FetchesFiles,
    Identity,
    IdentityKind,
    Kind,
    Media,
    Outbound,
    Polls,
    Provider,
)
from samvad.kernel.clock import FrozenClock
from samvad.kernel.errors import Invalid
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.http import HostPolicy, HttpClient
from tests.channels.adapters.peer import Answer, Peer, running_peer
from tests.support.contents import CONTENTS
from tests.support.kit import kit

TOKEN = "7104225518:AAF-token_of_the_test_0123456789abcd"
OUR_ID = UUID("0199c9b0-0000-7000-8000-000000000001")
ASHA = (Identity(IdentityKind.TELEGRAM, "5301447720"), Identity(IdentityKind.USERNAME, "asha_rao"))
HELLO = Outbound(OUR_ID, to=ASHA, kind=Kind.TEXT, text="Namaste 🙏")
CLOCK = FrozenClock(datetime(2025, 10, 9, tzinfo=UTC))
SENT = Answer(
    body=b'{"ok":true,"result":{"message_id":512,"date":1760000000,"chat":{"id":5301447720,"type":"private"}}}'
)
DONE = Answer(body=b'{"ok":true,"result":true}')


def refusal(code: int, said: str, *, status: int = 0, **parameters: int) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": said}
    if parameters:
        body["parameters"] = parameters
    return Answer(status or code, orjson.dumps(body))


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with running_peer() as running:
        yield running


@pytest.fixture
async def adapter(peer: Peer) -> AsyncIterator[ChannelAdapter]:
    async with HttpClient() as http:
        allow = HostPolicy().including("127.0.0.1", peer.port)
        yield adapters(kit(http, CLOCK, allow=allow))[Provider("telegram")]


@pytest.fixture
def via(peer: Peer) -> ChannelCredentials:
    return ChannelCredentials(
        channel=ChannelId(UUID(int=1)),
        tenant=TenantId(UUID(int=2)),
        provider=Provider("telegram"),
        address="7104225518",
        account="",
        base_url=peer.base_url,
        webhook_url="https://crm.example.org/webhooks/telegram/key",
        secrets={"bot_token": TOKEN, "webhook_secret": "word-of-the-webhook"},
    )


def content(kind: str, **change: Any) -> Content:
    return content_from_json(Kind(kind), CONTENTS[kind] | change)


def outbound(said: Content, **more: Any) -> Outbound:
    target = "5301447720:412" if said.kind is Kind.REACTION else None
    plain = replace(HELLO, kind=said.kind, text=said.text, content=said.as_json(), target=target)
    return replace(plain, **more)


def keyboard(*buttons: dict[str, str]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


ONE = [{"rows": [{"id": "1", "title": "One"}]}]
LINK = "https://dairy.example/"
CALLS: list[tuple[Outbound, str, dict[str, Any]]] = [
    (HELLO, "sendMessage", {"text": "Namaste 🙏"}),
    (replace(HELLO, reply_to="5301447720:411"), "sendMessage", {
        "text": "Namaste 🙏", "reply_parameters": {"message_id": 411, "allow_sending_without_reply": True},
    }),
    (replace(HELLO, reply_to="5301447720:447:c4382912283117329211"), "sendMessage", {
        "text": "Namaste 🙏", "reply_parameters": {"message_id": 447, "allow_sending_without_reply": True},
    }),
    (replace(HELLO, reply_to="wamid.of-another-channel"), "sendMessage", {"text": "Namaste 🙏"}),
    (outbound(content("location")), "sendVenue", {
        "latitude": 28.6139, "longitude": 77.209, "title": "Shubhra Dairy", "address": "4 Market Road, Delhi",
    }),
    (outbound(content("location", name="", address="")), "sendLocation", {
        "latitude": 28.6139, "longitude": 77.209,
    }),
    (outbound(content("location", address="")), "sendVenue", {
        "latitude": 28.6139, "longitude": 77.209, "title": "Shubhra Dairy", "address": "28.61390, 77.20900",
    }),
    (outbound(content("contacts")), "sendContact", {"phone_number": "+1 202-555-0188", "first_name": "Ravi"}),
    (outbound(content("reaction")), "setMessageReaction", {
        "message_id": 412, "reaction": [{"type": "emoji", "emoji": "👍"}],
    }),
    (outbound(content("reaction", emoji="❤️")), "setMessageReaction", {
        "message_id": 412, "reaction": [{"type": "emoji", "emoji": "❤"}],
    }),
    (outbound(content("reaction", emoji="")), "setMessageReaction", {"message_id": 412, "reaction": []}),
    (outbound(content("buttons")), "sendMessage", {
        "text": "Shall we deliver tomorrow?\n\nBefore nine",
        "reply_markup": keyboard({"text": "Yes", "callback_data": "yes"},
                                 {"text": "Not tomorrow", "callback_data": "no"}),
    }),
    (outbound(content("list")), "sendMessage", {
        "text": "Milk\n\nWhat shall we bring?\n\nCow\n• 1 litre: 60 rupees\n\nBuffalo\n• 1 litre",
        "reply_markup": keyboard({"text": "1 litre", "callback_data": "cow-1"},
                                 {"text": "1 litre", "callback_data": "buffalo-1"}),
    }),
    (outbound(content("list", header="", sections=ONE)), "sendMessage", {
        "text": "What shall we bring?", "reply_markup": keyboard({"text": "One", "callback_data": "1"}),
    }),
    (outbound(content("cta_url")), "sendMessage", {
        "text": "See our prices", "reply_markup": keyboard({"text": "Prices", "url": f"{LINK}prices?a=1"}),
    }),
    (outbound(content("location_request")), "sendMessage", {
        "text": "Where shall we deliver?",
        "reply_markup": {"keyboard": [[{"text": "📍", "request_location": True}]], "one_time_keyboard": True,
                         "resize_keyboard": True},
    }),
    (outbound(content("image")), "sendPhoto", {"photo": f"{LINK}cow.jpg", "caption": "Our cow"}),
    (outbound(content("video")), "sendVideo", {"video": f"{LINK}cow.mp4"}),
    (outbound(content("document")), "sendDocument", {"document": f"{LINK}prices.pdf", "caption": "From May"}),
    (outbound(content("audio")), "sendAudio", {"audio": f"{LINK}moo.mp3"}),
    (outbound(content("sticker")), "sendSticker", {"sticker": f"{LINK}cow.webp"}),
]  # fmt: skip


class TestSend:
    @pytest.mark.parametrize(("message", "method", "body"), CALLS)
    async def test_the_request(
        self,
        adapter: ChannelAdapter,
        via: ChannelCredentials,
        peer: Peer,
        message: Outbound,
        method: str,
        body: dict[str, Any],
    ) -> None:
        peer.answers = [DONE if method == "setMessageReaction" else SENT]
        receipt = await adapter.send(message, via=via)
        (asked,) = peer.asked
        assert (asked.method, asked.path) == ("POST", f"/bot{TOKEN}/{method}")
        assert asked.headers["content-type"] == "application/json"
        assert orjson.loads(asked.body) == {"chat_id": 5301447720, **body}
        reacted = f"5301447720:412:o{OUR_ID.hex}"
        assert receipt.external_id == (reacted if method == "setMessageReaction" else "5301447720:512")

    async def test_a_text_byte_by_byte(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        peer.answers = [SENT]
        await adapter.send(
            replace(HELLO, text="\ud83d" + "x" * 3), via=replace(via, base_url=via.base_url + "/")
        )
        assert peer.asked[0].body.decode() == '{"chat_id":5301447720,"text":"\ufffdxxx"}'
        assert peer.asked[0].path == f"/bot{TOKEN}/sendMessage"

    @pytest.mark.parametrize(
        ("message", "failure"),
        [
            (replace(HELLO, text="x" * 4097), errors.Rejected),
            (replace(HELLO, text=" \n"), errors.Rejected),
            (replace(HELLO, kind=Kind.ORDER), errors.Rejected),
            (replace(HELLO, kind=Kind.IMAGE), errors.Rejected),  # without its link
            (outbound(content("reaction"), target="wamid.1"), errors.Rejected),
            (replace(HELLO, to=()), errors.RecipientUnreachable),
            (replace(HELLO, to=ASHA[1:]), errors.RecipientUnreachable),
            (
                replace(HELLO, to=(Identity(IdentityKind.PHONE, "+919876543210"),)),
                errors.RecipientUnreachable,
            ),
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


E = errors
VERDICTS = [
    (refusal(400, "Bad Request: chat not found"), E.RecipientUnreachable),
    (refusal(400, "Bad Request: PEER_ID_INVALID"), E.RecipientUnreachable),
    (refusal(400, "Bad Request: message text is empty"), E.Rejected),
    (refusal(400, "Bad Request: wrong file identifier/HTTP URL specified"), E.Rejected),
    (refusal(401, "Unauthorized"), E.CredentialsRejected),
    (refusal(403, "Forbidden: bot was blocked by the user"), E.RecipientUnreachable),
    (refusal(403, "Forbidden: user is deactivated"), E.RecipientUnreachable),
    (refusal(403, "Forbidden: bot can't initiate conversation with a user"), E.RecipientUnreachable),
    (refusal(404, "Not Found"), E.CredentialsRejected),
    (refusal(409, "Conflict: terminated by other getUpdates request"), E.Transient),
    (refusal(413, "Request Entity Too Large"), E.Rejected),
    (refusal(429, "Too Many Requests: retry after 17", retry_after=17), E.NumberThrottled),
    (refusal(500, "Internal Server Error: restart"), E.OutcomeUnknown),
    (refusal(403, "Forbidden", status=200), E.RecipientUnreachable),
    (Answer(502, b"<html>bad gateway</html>"), E.OutcomeUnknown),
    (Answer(504), E.OutcomeUnknown),
    (Answer(200, b'{"ok":true}'), E.OutcomeUnknown),
    (Answer(200, b'{"ok":true,"result":{"message_id":512}}'), E.OutcomeUnknown),
    (Answer(200, b'{"ok":true,"result":true}'), E.OutcomeUnknown),
    (Answer(200, b'{"ok":true,"result":{"message_id":5'), E.OutcomeUnknown),
    (Answer(hang_up=True), E.OutcomeUnknown),
    (Answer(404, b"no such page"), E.ChannelBlocked),
    (Answer(302, headers={"Location": "/login"}), E.ChannelBlocked),
    (Answer(401), E.CredentialsRejected),
    (Answer(429), E.NumberThrottled),
    (Answer(400), E.Rejected),
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
        assert len(peer.asked) == 1
        assert TOKEN not in "".join(traceback.format_exception(raised.value))

    async def test_how_long_to_wait(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        peer.answers = [refusal(429, "Too Many Requests: retry after 17", retry_after=17)]
        with pytest.raises(errors.NumberThrottled) as raised:
            await adapter.send(HELLO, via=via)
        assert (raised.value.retry_after, raised.value.provider_code) == (17, 429)
        assert raised.value.detail == "HTTP 429: Too Many Requests: retry after 17"


class TestTyping:
    @pytest.mark.parametrize(
        ("external_id", "typing", "shown"),
        [
            ("5301447720:411", True, True),
            ("5301447720:447:c43829", True, True),
            ("5301447720:411", False, False),
            ("wamid.1", True, False),
        ],
    )
    async def test_is_shown_in_the_chat_of_a_message(
        self,
        adapter: ChannelAdapter,
        via: ChannelCredentials,
        peer: Peer,
        external_id: str,
        typing: bool,
        shown: bool,
    ) -> None:
        peer.answers = [DONE]
        await adapter.mark_read(external_id, via=via, typing=typing)
        asked = [(one.path.rpartition("/")[2], one.body) for one in peer.asked]
        assert asked == ([("sendChatAction", b'{"chat_id":5301447720,"action":"typing"}')] if shown else [])


ME = Answer(
    body=b'{"ok":true,"result":{"id":7104225518,"is_bot":true,"first_name":"Dairy","username":"govind_bot"}}'
)


class TestProbe:
    async def test_all_is_well(self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer) -> None:
        peer.answers = [ME, DONE]
        steps = await adapter.probe(replace(via, options={"receive": "webhook"}))
        assert [(step.name, step.ok) for step in steps] == [
            ("connection", True),
            ("token", True),
            ("number", True),
            ("subscription", True),
        ]
        assert steps[2].detail == "@govind_bot, Dairy"
        assert [asked.path.rpartition("/")[2] for asked in peer.asked] == ["getMe", "setWebhook"]
        assert orjson.loads(peer.asked[1].body) == {
            "url": "https://crm.example.org/webhooks/telegram/key",
            "secret_token": "word-of-the-webhook",
            "allowed_updates": [
                *("message", "edited_message", "callback_query", "message_reaction", "my_chat_member"),
            ],
        }

    @pytest.mark.parametrize(
        ("answers", "failed", "advice"),
        [
            ([refusal(401, "Unauthorized")], "token", "@BotFather"),
            ([Answer(404)], "connection", "base URL"),
            ([Answer(503)], "connection", "try again"),
            ([ME, refusal(400, "Bad Request: bad webhook")], "subscription", "SAMVAD_PUBLIC_URL"),
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
        *before, last = await adapter.probe(replace(via, options={"receive": "webhook"}))
        assert all(step.ok for step in before)
        assert (last.name, last.ok) == (failed, False)
        assert advice in last.detail

    async def test_a_bot_that_is_asked_calls_nobody(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        peer.answers = [ME, DONE]
        assert all(step.ok for step in await adapter.probe(via))
        assert [(one.path.rpartition("/")[2], one.body) for one in peer.asked] == [
            ("getMe", b"{}"),
            ("deleteWebhook", b'{"drop_pending_updates":false}'),
        ]


def updates(*numbers: int, **more: Any) -> Answer:
    """Each is a press of a button."""
    chat = {"id": 5301447720, "type": "private"}
    found = [
        {
            "update_id": number,
            "callback_query": {
                "id": str(number),
                "from": {"id": 5301447720},
                "message": {"message_id": 3, "chat": chat},
                "data": "yes",
                **more,
            },
        }
        for number in numbers
    ]
    return Answer(body=orjson.dumps({"ok": True, "result": found}))


class TestAsking:
    async def test_what_came_is_read_from_where_it_ended(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        assert isinstance(adapter, Polls)
        peer.answers = [updates(7, 8), updates(), DONE, DONE]
        first = await adapter.fetch(via, "")
        assert (first.cursor, first.more) == ("9", True)
        assert first.call is not None
        ids = [item.external_id for item in adapter.parse(first.call)]
        assert ids == ["5301447720:3:c7", "5301447720:3:c8"]
        assert await adapter.fetch(via, first.cursor) == Fetched(cursor="9")
        asked = [orjson.loads(one.body) for one in peer.asked]
        assert [(one["limit"], one["timeout"], one.get("offset")) for one in asked] == [
            (100, 20, None), (100, 20, 9),
        ]  # fmt: skip
        await adapter.settle(via, first)
        told = [(one.path.rpartition("/")[2], orjson.loads(one.body)) for one in peer.asked[2:]]
        assert told == [
            ("answerCallbackQuery", {"callback_query_id": "7"}),
            ("answerCallbackQuery", {"callback_query_id": "8"}),
        ]

    async def test_a_press_that_is_too_old_is_nobodys_failure(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        assert isinstance(adapter, Polls)
        peer.answers = [
            updates(7),
            refusal(400, "Bad Request: query is too old and response timeout expired"),
        ]
        await adapter.settle(via, await adapter.fetch(via, ""))

    async def test_an_answer_that_is_too_long_is_asked_for_one_by_one(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        assert isinstance(adapter, Polls)
        peer.answers = [Answer(body=b" " * 1_100_000), updates(7)]
        assert (await adapter.fetch(via, "5")).cursor == "8"
        asked = orjson.loads(peer.asked[1].body)
        assert (asked["limit"], asked["timeout"], asked["offset"]) == (1, 0, 5)

    async def test_another_program_asks_too(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        assert isinstance(adapter, Polls)
        peer.answers = [refusal(409, "Conflict: terminated by other getUpdates request")]
        with pytest.raises(errors.Transient, match="other getUpdates"):
            await adapter.fetch(via, "")


class TestFiles:
    """Read whole, with the type that the message named."""

    async def test_the_path_is_asked_for_and_fetched(
        self, adapter: ChannelAdapter, via: ChannelCredentials, peer: Peer
    ) -> None:
        assert isinstance(adapter, FetchesFiles)
        place = b'{"ok":true,"result":{"file_id":"F1","file_path":"photos/file 1.jpg"}}'
        stream = Answer(body=b"a picture", headers={"Content-Type": "application/octet-stream"})
        peer.answers = [Answer(body=place), stream]
        async with adapter.open_file(Media("F1", "image/jpeg"), via=via) as found:
            said = b"".join([chunk async for chunk in found.chunks])
        assert (said, found.mime_type, found.size) == (b"a picture", "image/jpeg", 9)
        assert [(one.method, one.path) for one in peer.asked] == [
            ("POST", f"/bot{TOKEN}/getFile"),
            ("GET", f"/file/bot{TOKEN}/photos/file%201.jpg"),
        ]

    @pytest.mark.parametrize(
        ("answers", "failure"),
        [
            ([refusal(400, "Bad Request: file is too big")], errors.FileGone),
            ([Answer(body=b'{"ok":true,"result":{"file_id":"F1"}}')], errors.FileGone),
            ([Answer(body=b'{"ok":true,"result":{"file_path":"x"}}'), Answer(404)], errors.FileGone),
            ([Answer(body=b'{"ok":true,"result":{"file_path":"x"}}'), Answer(502)], errors.Transient),
            ([refusal(401, "Unauthorized")], errors.CredentialsRejected),
        ],
    )
    async def test_what_cannot_be_had(
        self,
        adapter: ChannelAdapter,
        via: ChannelCredentials,
        peer: Peer,
        answers: list[Answer],
        failure: type[Exception],
    ) -> None:
        assert isinstance(adapter, FetchesFiles)
        peer.answers = answers
        with pytest.raises(failure) as raised:
            async with adapter.open_file(Media("F1", "image/jpeg"), via=via):
                pass
        assert TOKEN not in "".join(traceback.format_exception(raised.value))


def test_the_token_says_which_bot_it_is(adapter: ChannelAdapter) -> None:
    completed = adapter.complete({"bot_token": TOKEN})
    assert completed["bot_id"] == "7104225518"
    assert completed["base_url"] == form.OFFICIAL


@pytest.mark.parametrize(
    "given",
    [{}, {"bot_token": "7104225518"}, {"bot_token": TOKEN, "bot_id": "1"}, {"bot_token": TOKEN + "\n"}],
)
def test_a_token_that_is_none_or_another_bots(adapter: ChannelAdapter, given: dict[str, str]) -> None:
    with pytest.raises(Invalid) as raised:
        adapter.complete(given)
    assert [fault.field for fault in raised.value.errors] == ["bot_token"]


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("location", {"latitude": 91}, "latitude", "is 91"),
    ("location", {"name": ""}, "name", "is empty"),
    ("buttons", {"buttons": []}, "buttons", "holds 0, from 1 to 100"),
    ("buttons", {"buttons": [{"id": "x" * 65, "title": "A"}]}, "buttons.0.id", "has 65 characters"),
    ("buttons", {"buttons": [{"id": "न" * 22, "title": "A"}]}, "buttons.0.id", "has 66 bytes, at most 64"),
    ("buttons", {"buttons": [{"id": "x", "title": "t" * 65}]}, "buttons.0.title", "has 65 characters"),
    ("buttons", {"buttons": [{"id": "x", "title": "A"}] * 2}, "buttons.1.id", "is the same as buttons.0.id"),
    ("buttons", {"body": "x" * 4090}, "body", "and what stands around it have 4103 characters"),
    ("list", {"sections": []}, "sections", "holds 0"),
    ("list", {"sections": [{"rows": []}]}, "sections", "holds 0"),
    ("cta_url", {"url": "ftp://x"}, "url", "is no https or http address"),
    ("contacts", {"contacts": CONTENTS["contacts"]["contacts"] * 2}, "contacts", "holds 2, from 1 to 1"),
    (
        "contacts",
        {"contacts": [{"name": {"formatted_name": "Ravi"}}]},
        "contacts.0.phones",
        "holds no number",
    ),
    ("reaction", {"emoji": "🧀"}, "emoji", "another few only"),
    ("image", {"caption": "c" * 1025}, "caption", "has 1025 characters, at most 1024"),
    ("location_request", {"body": ""}, "body", "is empty"),
]


@pytest.mark.parametrize(("kind", "change", "field", "detail"), REFUSED)
def test_what_telegram_would_refuse_is_named(
    kind: str, change: dict[str, Any], field: str, detail: str
) -> None:
    found = limits.faults(content(kind, **change))
    assert [fault for fault in found if fault.field == field and detail in fault.detail], found
