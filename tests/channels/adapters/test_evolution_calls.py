"""What leaves for an Evolution API gateway, what its answers amount to, how its link is looked after."""

from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest

from samvad.channels import errors
from samvad.channels.adapters.evolution.adapter import EvolutionAdapter
from samvad.channels.adapters.evolution.people import message_id
from samvad.channels.adapters.registry import adapters
from samvad.channels.codec import content_from_json
from samvad.channels.types import (
    ChannelCredentials,
    Connection,
    Delivery,
    Fetched,
    Health,
    Identity,
    IdentityKind,
    Kind,
    LinkState,
    Media,
    Outbound,
    OutgoingFile,
    Pairing,
    PairingState,
    Provider,
    Reachable,
    Sought,
)
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.http import HostPolicy, HttpClient
from tests.channels.adapters.peer import Answer, Peer, running_peer
from tests.support.contents import CONTENTS
from tests.support.kit import kit

EVOLUTION = Provider("evolution")
KEY, SECRET = "key-of-the-gateway", "secret-of-the-webhook"
OUR_ID = UUID("0199c9b0-0000-7000-8000-000000000001")
JID, LID = "919876543210@s.whatsapp.net", "77777777777777@lid"
ASHA = (Identity(IdentityKind.WA_ID, "919876543210"), Identity(IdentityKind.PHONE, "+919876543210"))
HELLO = Outbound(OUR_ID, to=ASHA, kind=Kind.TEXT, text="Namaste 🙏")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def answer(body: Any, status: int = 200, **headers: str) -> Answer:
    return Answer(status, orjson.dumps(body), headers)


def state(word: str) -> Answer:
    return answer({"instance": {"instanceName": "shop", "state": word}})


def about(code: int | None = None, owner: str | None = "919800000042:7@s.whatsapp.net") -> Answer:
    told = {"name": "shop", "ownerJid": owner, "profileName": "Dairy", "disconnectionReasonCode": code}
    return answer([{"name": "another", "ownerJid": None}, told])


def accepted(chat: str = JID, id: str = "3EB0NEW") -> Answer:
    return answer({"key": {"remoteJid": chat, "fromMe": True, "id": id}, "status": "PENDING"}, 201)


OPEN = state("open")


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with running_peer() as running:
        yield running


@pytest.fixture
async def adapter(peer: Peer, clock: FrozenClock) -> AsyncIterator[EvolutionAdapter]:
    async with HttpClient() as http:
        made = adapters(kit(http, clock, allow=HostPolicy().including("127.0.0.1", peer.port)))[EVOLUTION]
        assert isinstance(made, EvolutionAdapter)
        yield made


@pytest.fixture
def via(peer: Peer) -> ChannelCredentials:
    return ChannelCredentials(
        channel=ChannelId(UUID(int=1)),
        tenant=TenantId(UUID(int=2)),
        provider=EVOLUTION,
        address=f"shop@127.0.0.1:{peer.port}",
        account="",
        base_url=peer.base_url,
        webhook_url="https://crm.example/webhooks/evolution/key",
        options={"instance": "shop", "phone": "+91 98000 00042"},
        secrets={"api_key": KEY, "webhook_secret": SECRET},
    )


def asked(peer: Peer) -> list[tuple[str, str]]:
    return [(one.method, one.path) for one in peer.asked]


async def test_a_text_leaves_with_our_id_and_its_quote(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    peer.answers = [OPEN, accepted(LID)]
    receipt = await adapter.send(replace(HELLO, reply_to=f"{JID}_3EB0AA"), via=via)
    assert asked(peer) == [("GET", "/instance/connectionState/shop"), ("POST", "/message/sendText/shop")]
    assert peer.asked[1].headers["apikey"] == KEY
    assert orjson.loads(peer.asked[1].body) == {
        "number": "919876543210", "text": "Namaste 🙏", "messageId": message_id(OUR_ID), "delay": 401,
        "quoted": {"key": {"id": "3EB0AA"}},
    }  # fmt: skip
    assert receipt.external_id == f"{JID}_3EB0NEW"
    assert set(receipt.recipient) == {*ASHA, Identity(IdentityKind.LID, "77777777777777")}


async def test_who_is_known_by_a_hidden_name_alone_is_written_to(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    peer.answers = [OPEN, accepted(LID)]
    hidden = replace(HELLO, to=(Identity(IdentityKind.LID, "77777777777777"),))
    assert (await adapter.send(hidden, via=via)).external_id == f"{LID}_3EB0NEW"
    assert orjson.loads(peer.asked[1].body)["number"] == LID
    with pytest.raises(errors.RecipientUnreachable):
        await adapter.send(replace(HELLO, to=(Identity(IdentityKind.BSUID, "IN.77"),)), via=via)


BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "location": ("sendLocation", CONTENTS["location"]),
    "contacts": ("sendContact", {"contact": [{
        "fullName": "Ravi Kumar", "wuid": "12025550188", "phoneNumber": "+1 202-555-0188",
        "organization": "Shubhra Dairy", "email": "ravi@dairy.example",
    }]}),
    "image": ("sendMedia", {"mediatype": "image", "media": "https://dairy.example/cow.jpg",
                            "fileName": "cow.jpg", "caption": "Our cow"}),
    "document": ("sendMedia", {"mediatype": "document", "media": "https://dairy.example/prices.pdf",
                               "fileName": "prices.pdf", "caption": "From May"}),
    "audio": ("sendMedia", {"mediatype": "audio", "media": "https://dairy.example/moo.mp3",
                            "fileName": "moo.mp3"}),
    "sticker": ("sendSticker", {"sticker": "https://dairy.example/cow.webp"}),
}  # fmt: skip


async def test_each_kind(adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer) -> None:
    peer.answers = [OPEN, *[accepted() for _ in BODIES]]
    for kind, (path, wanted) in BODIES.items():
        content = content_from_json(Kind(kind), CONTENTS[kind])
        message = replace(HELLO, kind=content.kind, text=content.text, content=content.as_json())
        await adapter.send(message, via=via)
        assert peer.asked[-1].path == f"/message/{path}/shop"
        body = orjson.loads(peer.asked[-1].body)
        assert body == {"number": "919876543210", "messageId": message_id(OUR_ID), "delay": 401, **wanted}


async def test_a_reaction_names_its_message_by_the_whole_key(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    peer.answers = [OPEN, accepted(), accepted()]
    for emoji in ("👍", ""):
        content = {"message_id": str(OUR_ID), **({"emoji": emoji} if emoji else {})}
        message = replace(HELLO, kind=Kind.REACTION, text="", content=content, target=f"{LID}_3EB0AA")
        await adapter.send(message, via=via)
        assert orjson.loads(peer.asked[-1].body) == {
            "key": {"remoteJid": LID, "fromMe": False, "id": "3EB0AA"}, "reaction": emoji,
        }  # fmt: skip


async def test_a_file_of_ours_leaves_as_base64(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    peer.answers = [OPEN, accepted()]
    cow = OutgoingFile("cow.jpg", "image/jpeg", b"bytes of a cow")
    message = replace(HELLO, kind=Kind.IMAGE, text="our cow", content={"caption": "our cow"}, file=True)
    await adapter.send_file(message, cow, via=via)
    body = orjson.loads(peer.asked[1].body)
    assert (body["media"], body["mimetype"]) == (b64encode(cow.content).decode(), "image/jpeg")


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("image", {"link": "http://x.example/a.jpg"}, "link"),
        ("video", {"link": "https://x.example/get?id=7"}, "link"),
        ("document", {"link": "https://x.example/a.pdf", "caption": "c" * 1025}, "caption"),
        ("location", {"latitude": 91, "longitude": 0}, "latitude"),
        (
            "contacts",
            {"contacts": [{"name": {"formatted_name": "R"}, "phones": [{"phone": "123"}]}]},
            "contacts.0.phones",
        ),
        ("contacts", {"contacts": []}, "contacts"),
        ("reaction", {"message_id": str(OUR_ID), "emoji": "ok"}, "emoji"),
    ],
)
def test_what_would_be_refused_is_named(kind: str, given: Any, field: str) -> None:
    found = EvolutionAdapter.faults(content_from_json(Kind(kind), given))
    assert field in {fault.field for fault in found}


def refusal(message: Any, status: int = 400) -> Answer:
    return answer({"status": status, "error": "Bad Request", "response": {"message": message}}, status)


ANSWERS: list[tuple[Answer, type[errors.SendError], str]] = [
    (refusal([{"jid": JID, "exists": False, "number": "919"}]), errors.RecipientUnreachable, "not on"),
    (refusal([['instance requires property "number"']]), errors.Rejected, "requires property"),
    (refusal(["Text is required"]), errors.Rejected, "Text is required"),
    (refusal(["Error: Connection Closed"]), errors.Transient, "Connection Closed"),
    (refusal(["Error: Timed Out"]), errors.OutcomeUnknown, "Timed Out"),
    (refusal(["PrismaClientKnownRequestError: x"]), errors.OutcomeUnknown, "Prisma"),
    (refusal("Unauthorized", 401), errors.CredentialsRejected, "Unauthorized"),
    (refusal("Forbidden", 403), errors.CredentialsRejected, "Forbidden"),
    (refusal(['The "shop" instance does not exist'], 404), errors.ChannelBlocked, "does not exist"),
    (Answer(404, b"<html>nginx</html>"), errors.ChannelBlocked, "404"),
    (answer({"message": "slow"}, 429, **{"Retry-After": "7"}), errors.NumberThrottled, "slow"),
    (refusal(["AxiosError: Request failed with status code 404"], 500), errors.Transient, "Axios"),
    (Answer(500, b""), errors.OutcomeUnknown, "500"),
    (Answer(502, b"<html>"), errors.OutcomeUnknown, "502"),
    (Answer(hang_up=True), errors.OutcomeUnknown, ""),
    (answer({}), errors.OutcomeUnknown, "no message id"),
    (refusal(f"wrong key {KEY}", 403), errors.CredentialsRejected, "wrong key ***"),
]


async def test_every_answer(adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer) -> None:
    peer.answers = [OPEN, *[given for given, _, _ in ANSWERS]]
    for given, failure, said in ANSWERS:
        with pytest.raises(failure) as caught:
            await adapter.send(HELLO, via=via)
        assert isinstance(caught.value, failure), given
        assert caught.value.code == failure.code, given
        assert said in caught.value.detail
    assert len(peer.asked) == 1 + len(ANSWERS)  # none of them was sent twice


STATES: list[tuple[list[Answer], LinkState, type[errors.SendError] | None]] = [
    ([OPEN, about()], LinkState.OPEN, None),
    ([state("connecting"), about()], LinkState.CONNECTING, errors.Transient),
    ([state("connecting"), about(owner=None)], LinkState.UNLINKED, errors.ChannelBlocked),
    ([state("close"), about(owner=None)], LinkState.UNLINKED, errors.ChannelBlocked),
    *[([state("close"), about(code)], LinkState.DROPPED, errors.Transient)
      for code in (None, 408, 428, 503, 515)],
    ([state("close"), about(401)], LinkState.LOGGED_OUT, errors.ChannelBlocked),
    ([state("close"), about(440)], LinkState.REPLACED, errors.ChannelBlocked),
    ([state("close"), about(403)], LinkState.BANNED, errors.ChannelBlocked),
    ([state("close"), about(402)], LinkState.RESTRICTED, errors.SpamLimited),
    ([state("close"), about(500)], LinkState.BROKEN, errors.ChannelBlocked),
    ([state("close"), about(411)], LinkState.BROKEN, errors.ChannelBlocked),
]  # fmt: skip


async def test_how_the_link_stands_decides_whether_anything_is_sent(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer, clock: FrozenClock
) -> None:
    for answers, wanted, failure in STATES:
        peer.answers, peer.asked = [*answers], []
        found = await adapter.linked(via)
        assert (found.state, bool(found.detail)) == (wanted, failure is not None)
        if failure:
            with pytest.raises(failure):
                await adapter.send(HELLO, via=via)  # by what was just learned
        assert {method for method, _ in asked(peer)} == {"GET"}
        clock.advance(timedelta(seconds=21))
    peer.answers, peer.asked = [OPEN, accepted(), accepted()], []
    await adapter.send(HELLO, via=via)
    await adapter.send(HELLO, via=via)
    assert [method for method, _ in asked(peer)] == ["GET", "POST", "POST"]


PNG = b"\x89PNG\r\n\x1a\n and so on"
QR = f"data:image/png;base64,{b64encode(PNG).decode()}"
UNLINKED = [state("close"), about(owner=None)]
PAIRINGS: list[tuple[list[Answer], Pairing]] = [
    ([*UNLINKED, answer({"base64": QR, "code": "2@x", "count": 1, "pairingCode": "WZYEH1YY"})],
     Pairing(PairingState.CODE, PNG, 40, code="WZYEH1YY")),
    ([*UNLINKED, answer({"base64": QR, "count": 3, "pairingCode": None})],
     Pairing(PairingState.CODE, PNG, 20)),
    ([*UNLINKED, answer({"base64": QR, "count": 3, "pairingCode": "<b>"})],
     Pairing(PairingState.CODE, PNG, 20)),
    ([*UNLINKED, answer({"count": 0})],
     Pairing(PairingState.LATER, detail="The gateway gives no code just now")),
    ([*UNLINKED, answer({"error": True, "message": "busy"})], Pairing(PairingState.LATER, detail="busy")),
    ([*UNLINKED, answer({"instance": {"state": "open"}})], Pairing(PairingState.PAIRED)),
    ([OPEN, about()], Pairing(PairingState.PAIRED)),
    ([state("close"), about(403)], Pairing(PairingState.BLOCKED, detail="WhatsApp has banned this number")),
    ([state("close"), about(500), refusal("not connected"), answer({"base64": QR, "count": 1})],
     Pairing(PairingState.CODE, PNG, 40)),
]  # fmt: skip


async def test_the_code_that_links_a_phone(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    for answers, pairing in PAIRINGS:
        peer.answers, peer.asked = [*answers], []
        assert await adapter.pair(via) == pairing
        if pairing.state is PairingState.CODE:
            assert asked(peer)[-1] == ("GET", "/instance/connect/shop?number=919800000042")
            assert "PNG" not in repr(pairing)
            assert "WZYE" not in repr(pairing)


async def test_an_instance_that_is_not_there_is_made(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    gone = refusal(['The "shop" instance does not exist'], 404)
    peer.answers = [gone, answer({}, 201), *UNLINKED, answer({"base64": QR, "count": 1})]
    assert (await adapter.pair(via)).state is PairingState.CODE
    assert asked(peer)[1] == ("POST", "/instance/create")
    made = orjson.loads(peer.asked[1].body)
    assert (made["instanceName"], made["integration"]) == ("shop", "WHATSAPP-BAILEYS")
    assert made["webhook"]["headers"] == {"x-webhook-secret": SECRET}
    assert "QRCODE_UPDATED" not in made["webhook"]["events"]


async def test_a_test_of_the_channel_tells_the_gateway_where_to_call(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    peer.answers = [OPEN, about(), answer({"url": via.webhook_url}, 201)]
    steps = await adapter.probe(via)
    assert [(step.name, step.ok) for step in steps] == [
        ("connection", True), ("token", True), ("settings", True), ("instance", True),
    ]  # fmt: skip
    wanted = orjson.loads(peer.asked[2].body)["webhook"]
    assert (wanted["url"], wanted["enabled"], wanted["base64"]) == (via.webhook_url, True, False)
    for answers, step, advice in (
        ([Answer(503, b"")], "connection", "gateway URL"),
        ([refusal("Unauthorized", 401)], "token", "AUTHENTICATION_API_KEY"),
        ([refusal("no such instance", 404)], "instance", "Link the phone"),
        ([OPEN, about(), refusal('Invalid "url" property')], "settings", "Invalid"),
        ([OPEN, about(), answer({"url": "https://elsewhere.example"}, 201)], "settings", "another"),
        ([*UNLINKED, answer({"url": via.webhook_url}, 201)], "instance", "scan the code"),
    ):
        peer.answers = [*answers]
        *_, last = await adapter.probe(via)
        assert (last.name, last.ok) == (step, False)
        assert advice in last.detail


async def test_reading_and_typing_are_shown(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    peer.answers = [answer({"read": "success"}, 201), answer({"presence": "composing"}, 201)]
    await adapter.mark_read(f"{LID}_3EB0AA", via=via, typing=True)
    read, typed = (orjson.loads(one.body) for one in peer.asked)
    assert read == {"readMessages": [{"remoteJid": LID, "fromMe": False, "id": "3EB0AA"}]}
    assert (typed["number"], typed["presence"]) == (LID, "composing")


async def test_health_numbers_and_the_end_of_the_link(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    peer.answers = [answer({"status": 200, "version": "2.3.7"}), answer({"hello": 1}), Answer(502, b"")]
    good, other, bad = [await adapter.health(via) for _ in range(3)]
    assert replace(good, milliseconds=0) == Health(True, "2.3.7")
    assert (other.ok, bad.ok) == (False, False)
    assert "no Evolution API" in other.detail
    told = [{"number": "919800011122", "exists": False}, {"number": "919876543210", "exists": True}]
    peer.answers, peer.asked = [answer(told), answer(told[:1])], []
    phones = ["+919876543210", "+919800011122"]
    assert await adapter.reachable(via, phones) == [Reachable(phones[0], True), Reachable(phones[1], False)]
    with pytest.raises(errors.Transient):
        await adapter.reachable(via, phones)
    peer.answers, peer.asked = [answer({"status": "SUCCESS"}), refusal("not connected")], []
    await adapter.log_out(via)
    await adapter.log_out(via)  # one that has ended is no failure
    assert asked(peer) == [("DELETE", "/instance/logout/shop")] * 2


def record(id: str, text: str, at: datetime, *, chat: str = JID, me: bool = True, **more: Any) -> Any:
    key = {"remoteJid": chat, "fromMe": me, "id": id}
    message = {"conversation": text}
    return {"key": key, "message": message, "messageTimestamp": int(at.timestamp()), **more}


def found(*records: Any) -> Answer:
    return answer({"messages": {"total": len(records), "pages": 1, "records": [*records]}})


async def test_a_lost_link_is_asked_for_and_what_was_missed_is_fetched(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer, clock: FrozenClock
) -> None:
    peer.answers = [OPEN, about()]
    first = await adapter.fetch(via, "")
    assert first == Fetched(cursor="2026-06-01T11:58:00Z")  # a new channel begins with now
    peer.answers, peer.asked = [state("close"), about(428), answer({})], []
    with pytest.raises(errors.Transient):
        await adapter.fetch(via, first.cursor)
    assert asked(peer)[-1] == ("GET", "/instance/connect/shop")
    clock.advance(timedelta(minutes=10))
    at = NOW + timedelta(minutes=3)
    older = record("OLD", "long ago", NOW - timedelta(days=2), me=False)
    peer.answers = [OPEN, about(), found(record("M2", "b", at, me=False), record("M1", "a", at), older)]
    second = await adapter.fetch(via, first.cursor)
    assert (second.cursor, second.more) == ("2026-06-01T12:08:00Z", False)
    assert second.call
    assert [item.external_id for item in adapter.parse(second.call)] == [f"{JID}_M1", f"{JID}_M2"]
    peer.answers = [*UNLINKED]
    assert await adapter.fetch(via, second.cursor) == Fetched(cursor=second.cursor)
    peer.answers = [state("close"), about(401)]
    with pytest.raises(errors.ChannelBlocked):
        await adapter.fetch(via, second.cursor)
    assert adapter.poll_pause(Connection("", "", "", "", {}, {})) == 60


async def test_a_send_without_an_answer_is_found_by_its_id_else_by_its_words(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    sought = Sought(UUID(int=3), HELLO, NOW - timedelta(seconds=30), NOW)
    other, same = (
        record("A", "another", NOW),
        record("B", "Namaste 🙏", NOW, MessageUpdate=[{"status": "READ"}]),
    )
    stranger = record("C", "Namaste 🙏", NOW, chat="12025550188@s.whatsapp.net")
    named = record(message_id(OUR_ID), "Namaste 🙏", NOW)
    peer.answers = [found(other, same, stranger), found(same, named), found(other), found()]
    (by_words,) = await adapter.sent_like(via, sought)
    assert (by_words.external_id, by_words.state) == (f"{JID}_B", Delivery.READ)
    (by_id,) = await adapter.sent_like(via, sought)
    assert (by_id.bare_id, by_id.state) == (message_id(OUR_ID), Delivery.SENT)
    assert await adapter.sent_like(via, sought) == []
    assert await adapter.sent_like(via, replace(sought, message=replace(HELLO, text=""))) == []
    where = orjson.loads(peer.asked[0].body)["where"]
    assert where["key"] == {"fromMe": True}
    assert where["messageTimestamp"] == {"gte": "2026-06-01T11:58:30Z", "lte": "2026-06-01T12:01:00Z"}


async def test_a_file_is_decoded_as_it_comes_in(
    adapter: EvolutionAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    content = bytes(range(256)) * 1000
    told = {"mediaType": "imageMessage", "caption": '"base64":"', "base64": b64encode(content).decode()}
    peer.answers = [answer({**told, "buffer": None}, 201), answer({**told, "base64": "####"}, 201),
                    refusal("Message not found"), answer({}), Answer(502, b"")]  # fmt: skip
    media = Media("3EB0AA", "image/jpeg")
    async with adapter.open_file(media, via=via) as file:
        assert b"".join([chunk async for chunk in file.chunks]) == content
        assert file.mime_type == "image/jpeg"
    assert orjson.loads(peer.asked[0].body)["message"] == {"key": {"id": "3EB0AA"}}
    with pytest.raises(errors.Transient):
        async with adapter.open_file(media, via=via) as file:
            [chunk async for chunk in file.chunks]
    for failure in (errors.FileGone, errors.FileGone, errors.Transient):
        with pytest.raises(failure):
            async with adapter.open_file(media, via=via):
                pass
