"""By Green API the whole way, fetched and called: a message in, a rule's answer out, its statuses back."""

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest
from aiohttp import web

from samvad.bootstrap.tenants import on_tenant_created
from samvad.channels.adapters.multipart import encoded
from samvad.channels.types import Channel, OutgoingFile
from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from samvad.tenancy.types import Role
from tests.door.stage import Said, Stage, stage
from tests.door.stage import Shop as Desk
from tests.support import green
from tests.support.forms import Form
from tests.support.green import GreenPeer, green_peer
from tests.tenancy.factories import House, make_house


@dataclass
class Shop:
    stage: Stage
    peer: GreenPeer
    house: House
    number: Channel

    async def until(self, holds: Callable[[], Awaitable[object]]) -> None:
        async with asyncio.timeout(30):  # a safety net, not a measurement
            while not await holds():  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.02)

    async def value(self, query: str, *more: object) -> object:
        return await self.stage.superuser.fetchval(query, self.house.tenant, *more)

    async def until_sent_is(self, word: str) -> str:
        """The external id of the answer, once it is so far."""
        found = "SELECT external_id FROM messages WHERE tenant_id = $1 AND direction = 'out' AND status = $2"
        await self.until(lambda: self.value(found, word))
        return str(await self.value(found, word))

    async def called(self, body: object, *, token: str = green.HOOK) -> int:
        path = f"/webhooks/green-api/{self.number.key}"
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return (await self.stage.ask("POST", path, raw, headers=headers)).status


@pytest.fixture
async def opened(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[tuple[Stage, GreenPeer]]:
    async with (
        cluster.database(template=template) as name,
        green_peer() as peer,
        stage(cluster.dsn(name), keyring, working=True, beside=peer.url) as there,
    ):
        yield there, peer


async def shop(opened: tuple[Stage, GreenPeer], receive: str) -> Shop:
    there, peer = opened
    clock = FrozenClock(SystemClock().now())
    house = await make_house(there.parts.database, clock, "green", then=on_tenant_created(there.parts))
    number = await green.connect(there.parts, house.tenant, peer.url, receive=receive)
    return Shop(there, peer, house, number)


async def test_a_greeting_is_fetched_answered_and_followed_until_it_is_read(
    opened: tuple[Stage, GreenPeer],
) -> None:
    there = await shop(opened, "poll")
    there.peer.push(green.said("hello", id="IN1"))
    there.peer.push(green.said("hello", id="IN1"))  # told twice: one message, one answer
    external = await there.until_sent_is("sent")
    ((name, sent),) = there.peer.sends
    assert (name, sent["chatId"]) == ("sendMessage", green.ASHA)
    assert external.startswith(f"{green.ASHA}_")
    id_ = external.partition("_")[2]
    there.peer.push(green.said(sent["message"], id=id_, word="outgoingAPIMessageReceived"))
    for word in ("delivered", "sent", "read"):
        there.peer.push(green.status(id_, word))
    assert await there.until_sent_is("read") == external
    assert await there.value("SELECT mode FROM conversations WHERE tenant_id = $1") == "ai"
    assert await there.value("SELECT count(*) FROM messages WHERE tenant_id = $1") == 2
    await there.until(lambda: _none(there.peer.queue))
    assert len(there.peer.sends) == 1
    assert ("readChat", {"chatId": green.ASHA, "idMessage": "IN1"}) in there.peer.calls


async def test_what_is_told_of_the_same_chat_under_its_hidden_name_is_the_same_message(
    opened: tuple[Stage, GreenPeer],
) -> None:
    """By Green's own id: sent by number, told by `@lid`."""
    there = await shop(opened, "poll")
    there.peer.push(green.said("hello", id="IN1"))
    external = await there.until_sent_is("sent")
    id_, hidden = external.partition("_")[2], "77777777777777@lid"
    echo = green.said(
        there.peer.sends[0][1]["message"], id=id_, word="outgoingAPIMessageReceived", chat=hidden
    )
    there.peer.push(echo)
    there.peer.push(green.status(id_, "read", chat=hidden))
    assert await there.until_sent_is("read") == external
    await there.until(lambda: _none(there.peer.queue))
    messages, people = (
        "SELECT count(*) FROM messages WHERE tenant_id = $1",
        "SELECT mode FROM conversations WHERE tenant_id = $1",
    )
    assert (await there.value(messages), await there.value(people)) == (2, "ai")
    there.peer.push(green.said("from the phone", id="PHONE1", word="outgoingMessageReceived", chat=hidden))
    await there.until(lambda: _none(there.peer.queue))
    await there.until(lambda: there.value(f"{people} AND mode = 'human'"))
    assert await there.value("SELECT count(*) FROM contacts WHERE tenant_id = $1") == 1


async def test_a_quote_tells_whose_an_unknown_hidden_chat_is(opened: tuple[Stage, GreenPeer]) -> None:
    there = await shop(opened, "poll")
    there.peer.push(green.said("hello", id="IN1"))
    await there.until_sent_is("sent")
    echo = green.said("yes", id="PHONE1", word="outgoingMessageReceived", chat="88888888888888@lid")
    echo["messageData"] |= {"typeMessage": "quotedMessage", "quotedMessage": {"stanzaId": "IN1"},
                            "extendedTextMessageData": {"text": "yes", "stanzaId": "IN1"}}  # fmt: skip
    there.peer.push(echo)
    await there.until(
        lambda: there.value("SELECT mode FROM conversations WHERE tenant_id = $1 AND mode = 'human'")
    )
    assert await there.value("SELECT count(*) FROM contacts WHERE tenant_id = $1") == 1


async def _none(queue: object) -> bool:
    return not queue


async def test_an_echo_with_its_words_settles_a_send_that_had_no_answer(
    opened: tuple[Stage, GreenPeer],
) -> None:
    there = await shop(opened, "poll")

    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    there.peer.next_answers.append(hang_up)
    there.peer.push(green.said("hello", id="IN1"))
    unknown = "SELECT count(*) FROM messages WHERE tenant_id = $1 AND status = 'unknown'"
    await there.until(lambda: there.value(unknown))
    ((_, sent),) = there.peer.sends
    there.peer.push(green.said(sent["message"], id="BAE5ECHO", word="outgoingAPIMessageReceived"))
    assert await there.until_sent_is("sent") == f"{green.ASHA}_BAE5ECHO"
    assert len(there.peer.sends) == 1


async def test_a_file_of_ours_is_uploaded_once(opened: tuple[Stage, GreenPeer]) -> None:
    there = await shop(opened, "poll")
    there.peer.push(green.said("hello", id="IN1"))
    await there.until_sent_is("sent")
    desk = Desk(there.stage, there.house, there.number, "")
    (talk,) = (await desk.get("/conversations"))["items"]
    cow = OutgoingFile("cow", "image/jpeg", b"bytes of a cow")
    (asked,) = [one for one in (await desk.get(f"/conversations/{talk['id']}/messages"))["items"]
                if one["direction"] == "in"]  # fmt: skip
    form = {"client_id": "f", "caption": "our cow", "reply_to": asked["id"]}
    path = f"/conversations/{talk['id']}/files"
    said = await desk.api("POST", path, Form(*encoded(form, "file", cow)))
    assert said.status == 201, said.text
    done = "SELECT count(*) FROM messages WHERE tenant_id = $1 AND kind = 'image' AND status = 'sent'"
    await there.until(lambda: there.value(done))
    assert [call for call in there.peer.sends if call[0] == "sendFileByUpload"] == [
        (
            "sendFileByUpload",
            {
                "chatId": green.ASHA,
                "caption": "our cow",
                "fileName": "cow.jpg",
                "quotedMessageId": "IN1",
                "file": ("cow", cow.content),
            },
        )
    ]


async def test_a_message_from_the_phone_takes_the_conversation_over(opened: tuple[Stage, GreenPeer]) -> None:
    there = await shop(opened, "poll")
    there.peer.push(green.said("I am on my way", id="OUT9", word="outgoingMessageReceived"))
    await there.until(lambda: there.value("SELECT count(*) FROM messages WHERE tenant_id = $1"))
    assert await there.value("SELECT mode FROM conversations WHERE tenant_id = $1") == "human"


async def test_called_instead_of_asked(opened: tuple[Stage, GreenPeer]) -> None:
    there = await shop(opened, "webhook")
    assert await there.called(green.said("hello", id="IN1"), token="another") == 403
    assert await there.called(b"rubbish") == 200  # else Green sends nothing else until tomorrow
    assert await there.called(green.notification("avatarInfo")) == 200
    assert await there.called(green.said("hello", id="IN1")) == 200
    external = await there.until_sent_is("sent")
    assert await there.called(green.status(external.partition("_")[2], "delivered")) == 200
    assert await there.until_sent_is("delivered") == external
    kept = await there.stage.superuser.fetch("SELECT headers, body FROM deliveries")
    assert not [row for row in kept if green.HOOK in row["headers"]]
    assert there.peer.told == []


async def test_a_logged_out_instance_keeps_its_queue_and_says_what_to_do(
    opened: tuple[Stage, GreenPeer],
) -> None:
    there = await shop(opened, "poll")
    there.peer.state = "notAuthorized"
    there.peer.push(green.said("hello", id="IN1"))
    stopped = "SELECT count(*) FROM channel_send_facts WHERE tenant_id = $1 AND status = 'stopped'"
    await there.until(lambda: there.value(stopped))
    assert there.peer.sends == []
    detail = await there.value("SELECT detail FROM alerts WHERE tenant_id = $1 AND name = 'channel_blocked'")
    assert "scan the QR code" in str(detail)
    there.peer.state = "authorized"
    async with there.stage.parts.database.reading(there.house.tenant) as scope:
        number = await there.stage.parts.registry.get(scope, there.number.id)
    report = await there.stage.parts.selftest.run(there.house.tenant, there.house.actor(), number)
    assert [step.name for step in report.steps if step.ok] == [
        "connection", "token", "instance", "settings", "active",
    ]  # fmt: skip
    assert there.peer.settings["webhookUrl"] == ""
    await there.until_sent_is("sent")


async def test_the_code_that_links_a_phone_comes_by_the_api(opened: tuple[Stage, GreenPeer]) -> None:
    there = await shop(opened, "webhook")
    path = f"/api/v1/channels/{there.number.id}/pairing"

    async def asked(role: Role) -> Said:
        token = {"authorization": f"Bearer {there.house.tokens[role]}"}
        return await there.stage.ask("GET", path, headers=token)

    there.peer.state = "notAuthorized"
    png = b64encode(b"\x89PNG\r\n\x1a\n").decode()
    there.peer.qr = {"type": "qrCode", "message": png}
    said = await asked(Role.OWNER)
    assert said.json == {
        "state": "code", "image": f"data:image/png;base64,{png}", "seconds": 20, "detail": "", "code": "",
    }  # fmt: skip
    assert said.headers["cache-control"] == "no-store"
    assert (await asked(Role.VIEWER)).status == 403
    there.peer.qr = {"type": "alreadyLogged", "message": ""}
    assert (await asked(Role.OWNER)).json["state"] == "paired"
    there.peer.qr = {"type": "error", "message": "the instance is starting"}
    assert (await asked(Role.OWNER)).json["detail"] == "the instance is starting"
    there.peer.state = "authorized"
    assert (await asked(Role.OWNER)).json["state"] == "paired"
