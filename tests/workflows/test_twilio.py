"""By Twilio the whole way: a webhook in, a rule's answer out, its statuses back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
import pytest

from samvad.channels.adapters.multipart import encoded
from samvad.channels.errors import KindNotSent
from samvad.channels.types import Channel, OutgoingFile
from samvad.conversations.service import agents
from samvad.conversations.service.outgoing_files import SentFile
from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.kernel.ids import new_id
from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from tests.door.stage import Shop, Stage, stage
from tests.support import twilio
from tests.support.forms import Form
from tests.tenancy.factories import House, make_house


@dataclass
class Twilio:
    stage: Stage
    peer: twilio.Peer
    house: House
    number: Channel

    async def call(self, url: str, parameters: dict[str, str]) -> int:
        """As Twilio calls a URL that it was given."""
        body, headers = twilio.signed(url, parameters)
        said = await self.stage.ask("POST", url.removeprefix(self.stage.url), body, headers=headers)
        return said.status

    async def say(self, text: str, **more: str) -> None:
        url = self.stage.parts.vault.webhook_url(self.number)
        assert await self.call(url, twilio.message(self.number, text, **more)) == 200

    async def until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(15):  # a safety net, not a measurement
            while not await holds():  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.02)

    async def texts(self) -> list[str]:
        rows = await self.stage.superuser.fetch(
            "SELECT text FROM messages WHERE tenant_id = $1 AND direction = 'in' ORDER BY text",
            self.house.tenant,
        )
        return [row["text"] for row in rows]

    async def status_of(self, direction: str = "out") -> str | None:
        return await self.stage.superuser.fetchval(
            "SELECT status FROM messages WHERE tenant_id = $1 AND direction = $2 ORDER BY id DESC LIMIT 1",
            self.house.tenant,
            direction,
        )


@pytest.fixture
async def there(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[Twilio]:
    async with (
        cluster.database(template=template) as name,
        twilio.twilio_peer() as peer,
        stage(cluster.dsn(name), keyring, working=True, public=True, beside=peer.url) as opened,
    ):
        house = await make_house(opened.parts.database, FrozenClock(SystemClock().now()), "twilio")
        number = await twilio.connect(opened.parts, house.tenant, peer.url, account_sid=twilio.account())
        yield Twilio(opened, peer, house, number)


async def test_a_greeting_is_answered_and_followed_until_it_is_read(there: Twilio) -> None:
    there.peer.answers = [(201, {"sid": "SMout1", "status": "queued"})]
    await there.say("hello")

    async def answered() -> bool:
        return await there.status_of() == "sent"

    await there.until(answered)
    (sent,) = there.peer.sends
    assert (sent["To"], sent["From"]) == (twilio.ASHA, f"whatsapp:{twilio.SENDER}")
    for word in ("read", "sent", "delivered", "queued"):
        assert await there.call(sent["StatusCallback"], twilio.status(there.number, "SMout1", word)) == 200

    async def read() -> bool:
        return await there.status_of() == "read"

    await there.until(read)


async def test_a_status_settles_a_send_that_had_no_answer(there: Twilio) -> None:
    there.peer.answers = [None]
    await there.say("hello")

    async def unknown() -> bool:
        return bool(there.peer.sends) and await there.status_of() == "unknown"

    await there.until(unknown)
    (sent,) = there.peer.sends
    assert await there.call(sent["StatusCallback"], twilio.status(there.number, "SMout2", "queued")) == 200

    async def settled() -> bool:
        return await there.status_of() == "sent"

    await there.until(settled)
    assert len(there.peer.sends) == 1


async def test_what_came_while_we_were_down_comes_once(there: Twilio) -> None:
    """The list tells again what a webhook brought; both are one."""
    now = there.stage.parts.clock.now()
    picture = f"/2010-04-01/Accounts/{there.number.account}/Messages/MM1/Media/ME1"
    there.peer.files["MM1"] = [{"sid": "ME1", "content_type": "image/png", "uri": f"{picture}.json"}]
    there.peer.listed = [
        twilio.sent(there.number.account, "SMout9", "read", now - timedelta(minutes=4)),
        twilio.resource(there.number, "missed", now - timedelta(minutes=5), sid="MM1", num_media="1"),
        twilio.resource(there.number, "hello", now - timedelta(minutes=6), sid="SMin2"),
        twilio.resource(there.number, "long ago", now - timedelta(hours=5)),
    ]
    there.peer.answers = [(201, {"sid": "SMout9", "status": "queued"})]
    await there.say("hello", MessageSid="SMin2")

    async def answered() -> bool:
        return await there.status_of() == "sent"

    await there.until(answered)
    await there.stage.superuser.execute(
        "UPDATE channel_polls SET cursor = $2, next_at = now(), gen = gen + 1 WHERE channel_id = $1",
        there.number.id,
        f"{now - timedelta(minutes=20):%Y-%m-%dT%H:%M:%SZ}",
    )

    async def came() -> bool:
        files = await there.stage.superuser.fetch(
            "SELECT media->>'state' AS state FROM messages WHERE tenant_id = $1 AND media IS NOT NULL",
            there.house.tenant,
        )
        return [row["state"] for row in files] == ["stored"] and await there.texts() == ["hello", "missed"]

    async def read() -> bool:  # which no callback said
        found: str | None = await there.stage.superuser.fetchval(
            "SELECT status FROM messages WHERE tenant_id = $1 AND external_id = 'SMout9'", there.house.tenant
        )
        return found == "read"

    await there.until(came)
    await there.until(read)


async def test_a_person_writes_as_much_as_twilio_takes(there: Twilio) -> None:
    await there.say("hello")

    async def answered() -> bool:
        return await there.status_of() == "sent"

    await there.until(answered)
    shop = Shop(there.stage, there.house, there.number, "")
    (talk,) = (await shop.get("/conversations"))["items"]
    assert talk["text_limit"] == 1600
    path, longest = f"/conversations/{talk['id']}/messages", "🙏" * 1600
    too_long = await shop.api("POST", path, {"text": longest + "x", "client_id": "long"})
    (fault,) = too_long.json["errors"]
    assert (too_long.status, fault["field"]) == (422, "text")
    assert fault["detail"].startswith(
        "has 1601 characters, at most 1600 are allowed on this number: send it as"
    )
    assert (await shop.api("POST", path, {"text": longest, "client_id": "longest"})).status == 201

    async def left() -> bool:
        return there.peer.sends[-1].get("Body") == longest and await there.status_of() == "sent"

    await there.until(left)
    await a_choice_is_offered_and_taken(there, shop, talk)


async def a_choice_is_offered_and_taken(there: Twilio, shop: Shop, talk: dict[str, Any]) -> None:
    """Its buttons are sent by a content, and what is tapped belongs to the message that had them."""
    assert {"buttons", "list"} <= set(talk["sends_kinds"])
    path = f"/conversations/{talk['id']}/messages"
    content: dict[str, Any] = {"body": "Tomorrow?", "buttons": [{"id": "day:1", "title": "Yes"}]}
    body = {"kind": "buttons", "client_id": "choice", "content": content | {"footer": "Before nine"}}
    refused = await shop.api("POST", path, body)
    assert (refused.status, [one["field"] for one in refused.json["errors"]]) == (422, ["content.footer"])
    there.peer.answers = [(201, {"sid": "SMchoice", "status": "queued"})]
    said = await shop.api("POST", path, body | {"content": content})
    assert said.status == 201, said.text

    async def offered() -> bool:
        return "ContentSid" in there.peer.sends[-1] and await there.status_of() == "sent"

    await there.until(offered)
    assert there.peer.sends[-1]["ContentSid"] == there.peer.contents[0]["sid"]
    variables = orjson.loads(there.peer.sends[-1]["ContentVariables"])
    assert variables == {"1": "Tomorrow?", "2": "Yes", "3": "day:1"}
    tapped = {"ButtonText": "Yes", "ButtonPayload": "day:1", "OriginalRepliedMessageSid": "SMchoice"}
    await there.say("Yes", **tapped)

    async def taken() -> bool:
        newest = await there.stage.superuser.fetchrow(
            "SELECT kind, text, content->>'id' AS choice, reply_to FROM messages"
            " WHERE tenant_id = $1 AND direction = 'in' ORDER BY id DESC LIMIT 1",
            there.house.tenant,
        )
        return newest is not None and tuple(newest.values()) == ("button_reply", "Yes", "day:1", "SMchoice")

    await there.until(taken)


async def test_a_message_told_twice_is_one(there: Twilio) -> None:
    await there.say("hello", MessageSid="SMin1")
    await there.say("hello", MessageSid="SMin1")

    async def answered() -> bool:
        left = await there.stage.superuser.fetchval("SELECT count(*) FROM inbound_lanes")
        return left == 0 and await there.status_of() == "sent"

    await there.until(answered)
    assert len(there.peer.sends) == 1


async def test_a_file_of_ours_is_fetched_by_twilio_and_by_nobody_who_guesses(there: Twilio) -> None:
    await there.say("hello")

    async def answered() -> bool:
        return await there.status_of() == "sent"

    await there.until(answered)
    shop = Shop(there.stage, there.house, there.number, "")
    (talk,) = (await shop.get("/conversations"))["items"]
    assert (talk["sends_files"], talk["fetches_files"]) == (True, True)
    assert (await shop.get("/me"))["public"] is True
    path = f"/conversations/{talk['id']}/files"
    content = bytes(range(256)) * 9000  # of three parts

    def form(kind: str, name: str, **fields: str) -> Form:
        file = OutgoingFile(name, kind, content)
        return Form(*encoded({"client_id": name, **fields}, "file", file))

    for kind, name, fields, said in (
        ("application/zip", "a.zip", {}, "Can be: .jpg, .png, .mp4"),
        ("application/pdf", "a.pdf", {"caption": "prices"}, "Twilio shows none with documents"),
    ):
        refused = await shop.api("POST", path, form(kind, name, **fields))
        assert (refused.status, said in refused.text) == (422, True), refused.text
    sent = await shop.api("POST", path, form("application/pdf", "Preisliste für दूध/Kühe 2026.pdf"))
    assert sent.status == 201, sent.text

    async def left() -> bool:
        return bool(there.peer.fetched) and await there.status_of() == "sent"

    await there.until(left)
    (found,) = there.peer.fetched
    assert (found.statuses, found.content) == ((200, 200), content)
    assert found.headers["content-type"] == "application/pdf"
    assert found.headers["content-disposition"] == 'inline; filename="Preisliste_f_r_K.pdf"'
    assert found.headers["cache-control"] == "private, no-store"
    assert "set-cookie" not in found.headers
    link = there.peer.sends[-1]["MediaUrl"]
    assert link.startswith(f"{there.stage.url}/media/out/")
    assert "Body" not in there.peer.sends[-1]
    stranger = there.stage.parts.file_links.link(there.house.tenant, new_id())
    for wrong in (link[:-1] + ("A" if link[-1] != "A" else "B"), link[:-4], f"{link}/", stranger):
        missed = await there.stage.ask("GET", wrong.removeprefix(there.stage.url))
        assert (missed.status, missed.json["code"]) == (404, "not_found"), wrong
    for _ in range(40):
        last = await there.stage.ask("HEAD", link.removeprefix(there.stage.url))
    assert (last.status, last.headers["retry-after"] != "") == (429, True)


async def test_without_an_address_that_others_reach_no_file_is_taken(there: Twilio) -> None:
    await there.say("hello")

    async def answered() -> bool:
        return await there.status_of() == "sent"

    await there.until(answered)
    here = SentFile("cow.jpg", "image/jpeg", b"x", fetchable=False)
    async with there.stage.parts.database.unit_of_work(there.house.tenant) as scope:
        talk = await scope.db.fetchval("SELECT id FROM conversations WHERE tenant_id = $1", scope.tenant)
        now = there.stage.parts.clock.now()
        with pytest.raises(KindNotSent, match="SAMVAD_PUBLIC_URL is not set"):
            await agents.write(scope, talk, here, client_id="1", at=now, correlation="")


async def test_a_template_is_synced_sent_by_its_content_and_stopped_by_a_status(there: Twilio) -> None:
    card = {
        "body": "Dear {{1}}, it is ready.",
        "actions": [{"type": "URL", "title": "Track", "url": "https://dairy.example/{{2}}"}],
    }
    there.peer.contents = [
        twilio.content("order_ready", {"whatsapp/card": card}, variables={"1": "Asha", "2": "17"})
    ]
    shop = Shop(there.stage, there.house, there.number, "")
    synced = await shop.api("POST", "/templates/sync", {"channel_id": str(there.number.id)})
    assert (synced.status, synced.json["total"]) == (200, 1), synced.text
    (listed,) = (await shop.get(f"/templates?channel_id={there.number.id}"))["items"]
    assert [slot["name"] for slot in listed["slots"]] == ["body.1", "button.0"]
    layout = {"category": "utility", "layout": {"body": "Dear {{1}}, yes.", "examples": {"1": "A"}}}
    refused = await shop.api("PUT", f"/templates/{listed['id']}", layout)
    assert (refused.status, refused.json["code"]) == (409, "provider_refused"), refused.text
    await there.say("hello")

    async def answered() -> bool:
        return await there.status_of() == "sent"

    await there.until(answered)
    (talk,) = (await shop.get("/conversations"))["items"]
    closing = "UPDATE send_facts SET window_until = now() - interval '1 hour' WHERE tenant_id = $1"
    await there.stage.superuser.execute(closing, there.house.tenant)
    values = {"body.1": "{{contact.name}}", "button.0": "o/17"}
    choice = {"name": "order_ready", "language": "en", "values": values}
    there.peer.answers = [(201, {"sid": "SMtemplate", "status": "queued"})]
    body = {"kind": "template", "client_id": "1", "content": choice}
    said = await shop.api("POST", f"/conversations/{talk['id']}/messages", body)
    assert said.status == 201, said.text
    await there.until(answered)
    sent = there.peer.sends[-1]
    assert sent["ContentSid"] == there.peer.contents[0]["sid"]
    assert orjson.loads(sent["ContentVariables"]) == {"1": "Asha", "2": "o/17"}
    assert "Body" not in sent
    timer = "FROM timers WHERE tenant_id = $1 AND kind = 'templates'"
    await there.stage.superuser.execute(
        "UPDATE timers SET run_at = now() + interval '6 hours' WHERE tenant_id = $1 AND kind = 'templates'",
        there.house.tenant,
    )
    status = twilio.status(there.number, "SMtemplate", "failed", ErrorCode="63041")
    assert await there.call(sent["StatusCallback"], status) == 200

    async def asked_soon() -> bool:
        soon = await there.stage.superuser.fetchval(
            f"SELECT run_at < now() + interval '1 minute' {timer}", there.house.tenant
        )
        return bool(soon) and await there.status_of() == "failed"

    await there.until(asked_soon)


async def test_a_status_that_says_too_fast_has_it_sent_again_once(there: Twilio) -> None:
    there.peer.answers = [(201, {"sid": "SMfast1"}), (201, {"sid": "SMfast2"})]
    await there.say("hello")

    async def sent() -> bool:
        return await there.status_of() == "sent"

    await there.until(sent)
    url = there.peer.sends[0]["StatusCallback"]
    failed = twilio.status(there.number, "SMfast1", "failed", ErrorCode="63018")
    for _ in range(2):
        assert await there.call(url, failed) == 200

    async def waiting() -> bool:
        rows = "SELECT count(*) FROM outbound WHERE tenant_id = $1"
        return bool(await there.stage.superuser.fetchval(rows, there.house.tenant))

    await there.until(waiting)
    for late in (
        "UPDATE channel_send_facts SET paused_until = NULL WHERE tenant_id = $1",
        "UPDATE outbound SET run_at = now() WHERE tenant_id = $1",
    ):
        await there.stage.superuser.execute(late, there.house.tenant)
    await there.until(sent)
    assert await there.call(url, failed) == 200
    assert await there.call(url, twilio.status(there.number, "SMfast2", "delivered")) == 200

    async def delivered() -> bool:
        return await there.status_of() == "delivered"

    await there.until(delivered)
    assert len(there.peer.sends) == 2
