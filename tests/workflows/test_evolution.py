"""By a gateway of one's own the whole way: linked, written to, answered, dropped, restarted, logged out."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from samvad.bootstrap.tenants import on_tenant_created
from samvad.channels.types import Channel
from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.kernel.errors import Invalid
from samvad.kernel.ids import new_id
from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from samvad.platform.wakeups import Topic
from samvad.tenancy.types import Role
from tests.door.stage import Shop as Desk
from tests.door.stage import Stage, stage
from tests.support import evolution
from tests.support.evolution import ASHA, EvolutionPeer, evolution_peer
from tests.tenancy.factories import House, make_house

UNKNOWN = "15550009999"


@dataclass
class Shop:
    stage: Stage
    peer: EvolutionPeer
    house: House
    number: Channel

    @property
    def desk(self) -> Desk:
        return Desk(self.stage, self.house, self.number, "")

    @property
    def path(self) -> str:
        return f"/channels/{self.number.id}"

    async def until(self, holds: Callable[[], Awaitable[object]]) -> None:
        async with asyncio.timeout(30):  # a safety net, not a measurement
            while not await holds():  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.02)

    async def value(self, query: str, *more: object) -> Any:
        return await self.stage.superuser.fetchval(query, self.house.tenant, *more)

    async def until_value(self, query: str) -> None:
        await self.until(lambda: self.value(query))

    async def sent(self, count: int) -> list[dict[str, Any]]:
        async def enough() -> bool:
            return len(self.peer.sends) >= count

        await self.until(enough)
        return [body for _, body in self.peer.sends]

    async def test(self) -> list[tuple[str, bool]]:
        said = await self.desk.api("POST", f"{self.path}/test")
        return [(step["name"], step["ok"]) for step in said.json["steps"]]

    async def ask_for_news(self, cursor: str | None = None) -> None:
        await self.stage.superuser.execute(
            "UPDATE channel_polls SET next_at = now() - interval '1 minute', cursor = coalesce($1, cursor)",
            cursor,
        )
        self.stage.parts.wakeups.poke(Topic.POLLS)


async def test_a_phone_is_linked_answers_is_dropped_comes_back_and_is_logged_out(
    cluster: Scratch, template: str, keyring: Keyring
) -> None:
    async with cluster.database(template=template) as name, evolution_peer() as peer:
        opening = {"keyring": keyring, "working": True, "beside": peer.url, "public": True}
        async with stage(cluster.dsn(name), **opening) as there:  # type: ignore[arg-type]
            clock = FrozenClock(SystemClock().now())
            house = await make_house(
                there.parts.database, clock, "linked", then=on_tenant_created(there.parts)
            )
            number = await evolution.connect(there.parts, house.tenant, peer.url)
            await _first_day(Shop(there, peer, house, number))
        await peer.say("are you there?", id="WHILE-DOWN", tell=False)
        peer.kept[-1]["messageTimestamp"] -= 300
        async with stage(cluster.dsn(name), **opening) as there:  # type: ignore[arg-type]
            await _second_day(Shop(there, peer, house, number))


async def _first_day(there: Shop) -> None:
    peer, desk = there.peer, there.desk
    assert ("instance", False) in await there.test()  # there is none yet: Link the phone makes it
    code = await desk.get(f"{there.path}/pairing")
    assert (code["state"], code["seconds"], code["image"][:22]) == ("code", 40, "data:image/png;base64,")
    assert (await desk.get(f"{there.path}/connection"))["state"] == "unlinked"
    await peer.scan()
    assert (await desk.get(f"{there.path}/pairing"))["state"] == "paired"
    assert [ok for _, ok in await there.test()] == [True] * 6
    # a wrong secret, or none
    assert await peer.tell("messages.upsert", {}, **{"x-webhook-secret": "wrong"}) == 401
    assert await peer.tell("messages.upsert", {}, **{"x-other": "x"}) == 401
    await peer.say("hello", id="IN1")
    await peer.say("hello", id="IN1")  # told twice: one message, one answer
    (greeting,) = await there.sent(1)
    assert greeting["number"] == ASHA
    await there.until_value("SELECT count(*) FROM messages WHERE tenant_id = $1 AND status = 'sent'")
    (sent,) = [one for one in peer.kept if one["key"]["fromMe"]]
    await peer.tell("send.message", sent)
    status = {"keyId": sent["key"]["id"], "remoteJid": "77777777777777@lid", "fromMe": True, "status": "READ"}
    await peer.tell("messages.update", status)
    await there.until_value("SELECT count(*) FROM messages WHERE tenant_id = $1 AND status = 'read'")
    assert await there.value("SELECT count(*) FROM messages WHERE tenant_id = $1") == 2
    assert ("chat/markMessageAsRead", {"readMessages": [{
        "remoteJid": f"{ASHA}@s.whatsapp.net", "fromMe": False, "id": "IN1"}]}) in peer.calls  # fmt: skip
    # the connection is lost: asked for again, and what waits leaves then
    await peer.close(428)
    await there.ask_for_news()

    async def open_again() -> bool:
        return peer.state == "open"

    await there.until(open_again)
    assert (await desk.get(f"{there.path}/connection"))["state"] == "open"
    kept = await there.stage.superuser.fetch("SELECT headers, body FROM deliveries")
    assert not [
        row for row in kept if evolution.SECRET in row["headers"] or evolution.KEY.encode() in row["body"]
    ]
    assert set(peer.answered) == {200, 401}


async def _second_day(there: Shop) -> None:
    """After a restart nothing is scanned: the session is the gateway's. What came meanwhile is fetched."""
    peer, desk, shown = there.peer, there.desk, there.peer.codes_shown
    assert [ok for _, ok in await there.test()] == [True] * 6  # our address is another one now
    since = (SystemClock().now() - timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M:%SZ")
    await there.ask_for_news(since)
    await there.until_value("SELECT count(*) FROM messages WHERE tenant_id = $1 AND text = 'are you there?'")
    assert peer.codes_shown == shown
    # logged out here: the session is gone, the channel stopped, and only an owner may
    assert (await desk.api("POST", f"{there.path}/logout", role=Role.AGENT)).status == 403
    assert (await desk.api("POST", f"{there.path}/logout")).status == 204
    assert not peer.session
    assert (await desk.get(there.path))["status"] == "stopped"
    assert (await desk.get(f"{there.path}/connection"))["state"] == "logged_out"
    # linked again by a new code, it goes on
    assert (await desk.get(f"{there.path}/pairing"))["state"] == "code"
    await peer.scan()
    assert [ok for _, ok in await there.test()] == [True] * 6
    assert (await desk.get(there.path))["status"] == "active"
    # logged out on the phone: told by the gateway, an alert that says what to do
    await peer.close(401)
    said = "SELECT detail FROM alerts WHERE tenant_id = $1 AND name = 'provider_instance_logged_out'"
    await there.until_value(said)
    assert "Link the phone" in await there.value(said)


@pytest.fixture(scope="module")
async def standing(
    cluster: Scratch, template: str, keyring: Keyring
) -> AsyncIterator[tuple[Stage, EvolutionPeer]]:
    async with (
        cluster.database(template=template) as name,
        evolution_peer() as peer,
        stage(cluster.dsn(name), keyring, working=True, beside=peer.url, public=True) as there,
    ):
        yield there, peer


@pytest.fixture
async def opened(standing: tuple[Stage, EvolutionPeer]) -> AsyncIterator[Shop]:
    """A shop with a linked phone; the gateway is another shop's afterwards."""
    there, peer = standing
    clock = FrozenClock(SystemClock().now())
    name = f"linked-{new_id().hex}"
    house = await make_house(there.parts.database, clock, name, then=on_tenant_created(there.parts))
    number = await evolution.connect(there.parts, house.tenant, peer.url)
    peer.forget()
    peer.exists, peer.session, peer.state = True, True, "open"
    shop = Shop(there, peer, house, number)
    await shop.test()
    yield shop
    assert (await shop.desk.api("DELETE", shop.path)).status == 204


async def test_only_so_many_strangers_a_day_are_written_to(opened: Shop) -> None:
    """Whoever wrote does not count, nor whoever was written to already; what is too much is held."""
    there, peer, desk = opened, opened.peer, opened.desk
    assert (await desk.get(there.path))["account_limit"] == {"daily": 20, "used": 0}
    assert (await desk.api("PATCH", there.path, {"new_people_a_day": "2"})).status == 200
    strangers = [f"+91981234560{n}" for n in range(3)]
    peer.on_whatsapp |= {number.removeprefix("+") for number in strangers}
    await peer.say("hello", id="IN1")
    await there.sent(1)
    asked = {"text": "We open at nine.", "phones": [*strangers, f"+{ASHA}"]}
    said = await desk.api("POST", f"{there.path}/bulk", asked)

    async def done() -> bool:
        found = await desk.get(f"{there.path}/bulk?id={said.json['id']}")
        return found["counts"] == {"sent": 3, "held": 1}

    await there.until(done)
    (held,) = [one for one in (await desk.get(f"{there.path}/bulk"))["items"] if one["status"] == "held"]
    assert held["reason"] == "portfolio_limit"
    assert ASHA not in held["number"]
    assert (await desk.get(there.path))["account_limit"] == {"daily": 2, "used": 2}


async def test_a_change_that_names_the_chat_otherwise_finds_its_message(opened: Shop) -> None:
    """Said in a chat named by number and hidden name, edited and deleted in one of the hidden name."""
    there, peer = opened, opened.peer
    hidden = {"remoteJid": "77777777777777@lid", "fromMe": False}
    for id_ in ("EDITED", "DELETED"):
        message = evolution.record("two litres", id=id_)
        message["key"] |= {"remoteJidAlt": hidden["remoteJid"]}
        await peer.tell("messages.upsert", message)
    edit = {**hidden, "keyId": "EDITED", "message": {"editedMessage": {"message": {"conversation": "three"}}}}
    await peer.tell("messages.update", edit)
    await peer.tell("messages.delete", {**hidden, "id": "DELETED"})
    said = "SELECT count(*) FROM messages WHERE tenant_id = $1 AND external_id LIKE '%net_{}' AND {}"
    await there.until_value(said.format("EDITED", "text = 'three' AND content ? 'edited'"))
    await there.until_value(said.format("DELETED", "content ? 'revoked'"))


async def test_no_linked_device_is_connected_before_its_risk_was_accepted(opened: Shop) -> None:
    asked = {"provider": "evolution", "name": "Roof", "base_url": "https://gateway.example",
             "instance": "roof", "api_key": "k"}  # fmt: skip
    green = {"provider": "green-api", "name": "Roof", "instance_id": "7103000043", "api_token": "t"}
    for given in (asked, green):
        for more in ({}, {"ban_risk": ""}, {"ban_risk": "no"}):
            said = await opened.desk.api("POST", "/channels", {**given, **more})
            assert (said.status, [one["field"].rpartition(".")[2] for one in said.json["errors"]]) == (
                422, ["ban_risk"],
            )  # fmt: skip
        assert (await opened.desk.api("POST", "/channels", {**given, "ban_risk": "yes"})).status == 201
    with pytest.raises(Invalid):  # nor past the API
        await evolution.connect(opened.stage.parts, opened.house.tenant, opened.peer.url, ban_risk="no")


async def test_each_call_about_a_gateway_returns_what_is_documented(opened: Shop) -> None:
    there, desk = opened, opened.desk
    health = await desk.get(f"{there.path}/gateway")
    assert {**health, "milliseconds": 0} == {"ok": True, "version": "2.3.7", "milliseconds": 0, "detail": ""}
    assert await desk.get(f"{there.path}/connection") == {
        "state": "open", "detail": "", "number": "+919800000042", "name": "Dairy", "sent_today": 0,
    }  # fmt: skip
    phones = [f"+{ASHA}", "098765 43210", f"+{UNKNOWN}", "nonsense"]
    said = await desk.api("POST", f"{there.path}/numbers/check", {"phones": phones})
    assert [(one["number"], one["exists"]) for one in said.json["items"]] == [
        (f"+{ASHA}", True), (f"+{ASHA}", True), (None, False), (None, False),
    ]  # fmt: skip
    other = await there.stage.shop()
    assert (await other.api("GET", f"{there.path}/gateway")).status == 404
    official = f"/channels/{other.channel.id}"
    assert (await other.get(f"{official}/connection"))["state"] == "none"
    refused = await other.api("POST", f"{official}/logout")
    assert (refused.status, refused.json["code"]) == (409, "no_device")
    assert (await desk.api("POST", f"{there.path}/bulk", {}, role=Role.AGENT)).status == 403


async def test_one_text_to_many_leaves_once_each_and_tells_what_became_of_it(opened: Shop) -> None:
    there, peer, desk = opened, opened.peer, opened.desk
    peer.on_whatsapp |= {"919812345601", "919812345602"}
    opted_out, stranger = "+919812345602", "+919812345699"
    stop = evolution.record("STOP", id="S1", chat=opted_out.removeprefix("+"))
    await peer.tell("messages.upsert", stop)
    await there.until_value("SELECT count(*) FROM contacts WHERE tenant_id = $1 AND opted_out_at IS NOT NULL")
    before = len(await there.sent(1))  # the confirmation
    asked = {"text": "We open at nine.", "phones": [f"+{ASHA}", "9876543210", "+919812345601", opted_out,
                                                   stranger, "no number"]}  # fmt: skip
    key = {"idempotency-key": "offer-1"}
    first, again = [await desk.api("POST", f"{there.path}/bulk", asked, headers=key) for _ in range(2)]
    assert (first.status, again.json) == (202, first.json)
    assert [one["reason"] for one in first.json["items"]] == ["", "", "", "opted_out", "", "bad_phone"]
    assert (first.json["queued"], first.json["items"][0]["message_id"]) == (
        3, first.json["items"][1]["message_id"],
    )  # fmt: skip

    async def done() -> bool:
        found = await desk.get(f"{there.path}/bulk?id={first.json['id']}")
        return sum(found["counts"].get(word, 0) for word in ("sent", "failed")) == 3

    await there.until(done)
    found = await desk.get(f"{there.path}/bulk?id={first.json['id']}")
    assert {one["number"]: (one["status"], one["reason"]) for one in found["items"]} == {
        f"+{ASHA}": ("sent", None), "+919812345601": ("sent", None),
        stranger: ("failed", "recipient_unreachable"),
    }  # fmt: skip
    assert await desk.get(f"{there.path}/bulk") == found
    sends = [body["number"] for _, body in peer.sends][before:]
    assert sorted(sends) == ["919812345601", "919812345699", ASHA]
    assert (await desk.get(f"{there.path}/connection"))["sent_today"] == 3
    modes = await there.stage.superuser.fetch(
        "SELECT DISTINCT mode FROM conversations WHERE tenant_id = $1", there.house.tenant
    )
    assert [row["mode"] for row in modes] == ["ai"]


async def test_who_opts_out_while_it_waits_does_not_get_it(opened: Shop) -> None:
    there, peer, desk = opened, opened.peer, opened.desk
    await there.stage.superuser.execute("UPDATE channel_send_facts SET status = 'stopped'")
    said = await desk.api("POST", f"{there.path}/bulk", {"text": "An offer", "phones": [f"+{ASHA}"]})
    (row,) = await there.stage.superuser.fetch(
        "SELECT priority, purpose, state FROM outbound WHERE tenant_id = $1", there.house.tenant
    )
    assert tuple(row) == (10, "bulk", "queued")
    await peer.tell("messages.upsert", evolution.record("STOP", id="S1"))
    await there.until_value("SELECT count(*) FROM contacts WHERE tenant_id = $1 AND opted_out_at IS NOT NULL")
    await there.stage.superuser.execute("UPDATE channel_send_facts SET status = 'active'")
    there.stage.parts.wakeups.poke(Topic.OUTBOUND)

    async def skipped() -> bool:
        (one,) = (await desk.get(f"{there.path}/bulk?id={said.json['id']}"))["items"]
        return (one["status"], one["reason"]) == ("skipped", "opted_out")

    await there.until(skipped)
    assert [body["text"] for _, body in peer.sends if body["text"] == "An offer"] == []


async def test_a_send_without_an_answer_is_settled_by_the_gateways_own_list(opened: Shop) -> None:
    there, peer = opened, opened.peer

    async def lost(request: web.Request) -> web.StreamResponse:
        body = await request.json()
        sent = evolution.record(body["text"], id=body["messageId"], me=True)
        peer.kept.append(sent | {"MessageUpdate": [{"status": "DELIVERY_ACK"}]})
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    peer.next_answers.append(lost)
    await peer.say("hello", id="IN1")
    await there.until_value("SELECT count(*) FROM messages WHERE tenant_id = $1 AND status = 'unknown'")
    await there.stage.superuser.execute("UPDATE outbound SET unknown_at = unknown_at - interval '40 seconds'")
    await there.ask_for_news()
    await there.until_value("SELECT count(*) FROM messages WHERE tenant_id = $1 AND status = 'delivered'")
    assert len(peer.sends) == 1
