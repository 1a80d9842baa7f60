"""Every kind from the API through gate and sender to the customer's phone, and what is pressed there."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from samvad.sandbox.config import SandboxConfig
from tests.conversations.conftest import until
from tests.door.stage import TOKEN, VERIFY, Shop, stage
from tests.sandbox.support import running
from tests.support.contents import CONTENTS, TEXTS, WIRE
from tests.support.forms import with_file

SECRET, NUMBER, ACCOUNT, APP_SECRET = "control", "300000000000001", "400000000000001", "app-secret"
ASHA = "+919811300001"


@dataclass(frozen=True)
class Phone:
    """The emulator's control door, for one customer of one number; and the conversation with them."""

    url: str
    shop: Shop

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        async with (
            aiohttp.ClientSession(headers={"authorization": f"Bearer {SECRET}"}) as http,
            http.request(method, f"{self.url}/_sandbox/numbers/{NUMBER}{path}", json=body) as answer,
        ):
            assert answer.ok, await answer.text()
            return await answer.json()

    async def graph(self, path: str, body: object) -> None:
        """A call by the account's own people, beside us."""
        async with (
            aiohttp.ClientSession(headers={"authorization": f"Bearer {TOKEN}"}) as http,
            http.post(f"{self.url}/v23.0/{ACCOUNT}/{path}", json=body) as answer,
        ):
            assert answer.ok, await answer.text()

    async def says(self, kind: str, content: object, **more: Any) -> dict[str, Any]:
        body = {"customer": {"phone": ASHA, "name": "Asha"}, "kind": kind, "content": content, **more}
        return await self.ask("POST", "/messages", body)

    async def ledger(self) -> list[dict[str, Any]]:
        return (await self.ask("GET", "/ledger"))["items"]

    async def conversation(self) -> str | None:
        items = (await self.shop.get("/conversations"))["items"]
        return items[0]["id"] if items else None

    async def thread(self) -> list[dict[str, Any]]:
        """Newest first, without the lines that nobody sent."""
        items = (await self.shop.get(f"/conversations/{await self.conversation()}/messages"))["items"]
        return [item for item in items if item["kind"] != "system"]

    async def write(self, kind: str, content: object, **more: Any) -> dict[str, Any]:
        """Written by an agent; as it is when the customer has it."""
        body = {"kind": kind, "content": content, "client_id": f"{kind} {len(await self.thread())}", **more}
        said = await self.shop.api("POST", f"/conversations/{await self.conversation()}/messages", body)
        assert said.status == 201, said.text

        async def arrived() -> dict[str, Any] | None:
            found = next(item for item in await self.thread() if item["id"] == said.json["id"])
            assert found["status"] != "failed", found
            return found if found["status"] == ("sent" if kind == "reaction" else "delivered") else None

        return await until(arrived)

    async def heard(self, external_id: str) -> dict[str, Any]:
        """What the team sees of something that the customer sent."""

        async def there() -> dict[str, Any] | None:
            return next((item for item in await self.thread() if item["external_id"] == external_id), None)

        return await until(there)


@pytest.fixture
async def phone(cluster: Scratch, template: str, keyring: Keyring, tmp_path: Path) -> AsyncIterator[Phone]:
    config = SandboxConfig(data_file=tmp_path / "phone.sqlite", control_secret=SECRET, port=0)
    async with (
        cluster.database(template=template) as name,
        running(config) as url,
        stage(cluster.dsn(name), keyring, working=True, beside=url) as opened,
    ):
        shop = await opened.shop()
        channel = await opened.connect_at(url, shop.house, number=NUMBER, secret=APP_SECRET, account=ACCOUNT)
        made = Phone(url, replace(shop, channel=channel))
        await made.ask("PUT", "", {
            "waba_id": ACCOUNT, "display_phone_number": "+12025550100", "access_token": TOKEN,
            "app_secret": APP_SECRET, "verify_token": VERIFY, "tenant": str(shop.house.tenant),
            "webhook_url": f"{opened.url}/webhooks/meta/{channel.key}", "verify": False,
        })  # fmt: skip
        await made.says("text", {"body": "hello"})
        await until(made.conversation)
        yield made


async def test_every_kind_reaches_the_phone(phone: Phone) -> None:
    question = (await phone.thread())[-1]
    for kind, given in CONTENTS.items():
        content = {**given, "message_id": question["id"]} if kind == "reaction" else given
        quote = {} if kind == "reaction" else {"reply_to": question["id"]}
        message = await phone.write(kind, content, **quote)
        assert (message["kind"], message["text"]) == (kind, TEXTS[kind])
        got = (await phone.ledger())[-1]
        assert got["client_id"] == message["id"]
        assert got["kind"] == WIRE[kind]["type"]
        assert got["reply_to"] == (None if kind == "reaction" else question["external_id"])
    assert len({send["client_id"] for send in await phone.ledger()}) == len(await phone.ledger())


async def test_a_pressed_button_and_a_chosen_row_come_back_with_what_they_answer(phone: Phone) -> None:
    asked = await phone.write("buttons", CONTENTS["buttons"])
    pressed = await phone.says(
        "button_reply", {"id": "no", "title": "Not tomorrow"}, reply_to=asked["external_id"]
    )
    answer = await phone.heard(pressed["id"])
    assert (answer["kind"], answer["text"]) == ("button_reply", "Not tomorrow")
    assert (answer["content"]["id"], answer["reply_to"]) == ("no", asked["external_id"])
    offered = await phone.write("list", CONTENTS["list"])
    row = {"id": "cow-1", "title": "1 litre", "description": "60 rupees"}
    chosen = await phone.says("list_reply", row, reply_to=offered["external_id"])
    answer = await phone.heard(chosen["id"])
    assert (answer["kind"], answer["text"]) == ("list_reply", "1 litre")
    assert answer["content"] == {"id": "cow-1", "description": "60 rupees"}
    assert answer["reply_to"] == offered["external_id"]


async def test_a_picture_of_ours_stands_above_a_template(phone: Phone) -> None:
    """Its example shown to the reviewers by a handle, the picture itself handed over when it is sent."""
    await phone.ask("PUT", "/faults", {"templates": {"review_ms": 0}})
    shop, channel = phone.shop, str(phone.shop.channel.id)
    example = await shop.api("POST", "/templates/examples", with_file(channel_id=channel))
    assert (example.status, example.json["format"]) == (201, "image"), example.text
    draft = {"channel_id": channel, "name": "cow_of_the_day", "language": "en", "category": "utility"}
    for handle, status in (("4:unknown", 409), (example.json["handle"], 201)):
        layout = {"body": "This is {{1}} today.", "examples": {"1": "Gauri"},
                  "header": {"format": "image", "example": handle}}  # fmt: skip
        made = await shop.api("POST", "/templates", {**draft, "layout": layout})
        assert made.status == status, made.text
    await shop.api("POST", "/templates/sync", {"channel_id": channel})
    await phone.ask("POST", "/clock", {"advance_seconds": 25 * 3600})
    choice = {"name": "cow_of_the_day", "language": "en", "values": {"body.1": "Gauri"}}
    path = f"/conversations/{await phone.conversation()}/files"
    said = await shop.api("POST", path, with_file(client_id="cow", template=json.dumps(choice)))
    assert (said.status, said.json["kind"]) == (201, "template"), said.text
    again = await shop.api("POST", path, with_file(client_id="cow", template=json.dumps(choice)))
    assert again.json["id"] == said.json["id"]

    async def got() -> Any:
        found = (await phone.ledger())[-1]
        return found if found["client_id"] == said.json["id"] else None

    content = (await until(got))["content"]
    assert (content["mime_type"], content["shown"]["body"]) == ("image/jpeg", "This is Gauri today.")
    link = {**choice["values"], "header.link": "https://dairy.example/cow.jpg"}
    for given, field in (
        ({"template": json.dumps(choice | {"values": link})}, "content.values.header.link"),
        ({"template": json.dumps(choice), "caption": "Gauri"}, "caption"),
        ({"template": "{}"}, "template.name"),
    ):
        refused = await shop.api("POST", path, with_file(client_id="x", **given))
        assert refused.status == 422
        assert field in {error["field"] for error in refused.json["errors"]}


async def test_a_template_reaches_the_phone_outside_the_window_and_its_button_comes_back(
    phone: Phone,
) -> None:
    """Those that the emulator's account begins with, asked for over its Graph API."""
    channel = {"channel_id": str(phone.shop.channel.id)}
    assert (await phone.shop.api("POST", "/templates/sync", channel)).json["total"] == 3
    await phone.ask("POST", "/clock", {"advance_seconds": 25 * 3600})
    values = {"header.1": "1042", "body.1": "{{contact.name}}", "body.2": "Tuesday", "button.2": "1042"}
    choice = {"name": "order_update", "language": "en", "values": values}
    message = await phone.write("template", choice)
    shown = (await phone.ledger())[-1]["content"]["shown"]
    assert (shown["header"], shown["footer"]) == ("Order 1042", "From the sandbox")
    assert (
        shown["body"]
        == message["text"]
        == "Hello Asha, your order arrives on Tuesday. Will somebody be there?"
    )
    assert shown["buttons"][2]["url"] == "https://shop.example/orders/1042"
    pressed = await phone.says("button", {"payload": "Yes", "text": "Yes"}, reply_to=message["external_id"])
    answer = await phone.heard(pressed["id"])
    assert (answer["kind"], answer["text"], answer["reply_to"]) == (
        "quick_reply",
        "Yes",
        message["external_id"],
    )


async def test_a_template_is_written_reviewed_and_paused(phone: Phone) -> None:
    await phone.ask("PUT", "/faults", {"templates": {"review_ms": 0}})
    layout = {"body": "Dear {{1}}, come again.", "examples": {"1": "Asha"}}
    draft = {"name": "again", "language": "en", "category": "utility", "layout": layout}
    made = await phone.shop.api("POST", "/templates", {"channel_id": str(phone.shop.channel.id), **draft})
    assert made.status == 201, made.text

    async def is_now(status: str) -> bool:
        return (await phone.shop.get(f"/templates/{made.json['id']}"))["status"] == status

    await until(lambda: is_now("approved"))
    items = (await phone.ask("GET", "/templates"))["items"]
    external = next(item["id"] for item in items if item["name"] == "again")
    await phone.ask("PATCH", f"/templates/{external}", {"status": "PAUSED"})
    await until(lambda: is_now("paused"))
    assert "template_paused" in await phone.shop.alerts()


async def test_a_request_for_a_location_is_answered_with_one(phone: Phone) -> None:
    asked = await phone.write("location_request", CONTENTS["location_request"])
    sent = await phone.says("location", {"latitude": 1.5, "longitude": 2.5}, reply_to=asked["external_id"])
    answer = await phone.heard(sent["id"])
    assert (answer["kind"], answer["reply_to"]) == ("location", asked["external_id"])
    assert answer["content"]["latitude"] == 1.5


async def test_what_is_filled_into_a_form_belongs_to_the_form(phone: Phone) -> None:
    """By what it quotes, and by our token where it quotes nothing; an answer need not be an object."""
    asked = await phone.write("flow", CONTENTS["flow"])
    filled = {"flow_token": asked["id"], "litres": 2, "days": ["mon"]}
    sent = await phone.says("nfm_reply", {"response_json": filled})
    answer = await phone.heard(sent["id"])
    assert (answer["kind"], answer["reply_to"]) == ("form_reply", asked["external_id"])
    assert answer["content"]["response"] == filled
    for given, read in (('"yes"', "yes"), ("{broken", "{broken"), ('{"flow_token": 7}', {"flow_token": 7})):
        sent = await phone.says("nfm_reply", {"response_json": given})
        answer = await phone.heard(sent["id"])
        assert (answer["content"]["response"], answer["reply_to"]) == (read, None)
    sent = await phone.says("nfm_reply", {"response_json": "1"}, reply_to=asked["external_id"])
    assert (await phone.heard(sent["id"]))["reply_to"] == asked["external_id"]


async def test_a_form_opens_from_a_template_s_button_too(phone: Phone) -> None:
    """Written beside its flow, at the provider; what is filled in names the message that it stood in."""
    button = {"type": "FLOW", "text": "Order", "flow_id": "1", "navigate_screen": "ORDER"}
    parts = [{"type": "BODY", "text": "What shall we bring?"}, {"type": "BUTTONS", "buttons": [button]}]
    draft = {"name": "order_form", "language": "en", "category": "UTILITY", "components": parts}
    await phone.ask("PUT", "/faults", {"templates": {"review_ms": 0}})
    await phone.graph("message_templates", draft)
    channel = {"channel_id": str(phone.shop.channel.id)}
    assert (await phone.shop.api("POST", "/templates/sync", channel)).status == 200
    await phone.ask("POST", "/clock", {"advance_seconds": 25 * 3600})
    asked = await phone.write("template", {"name": "order_form", "language": "en", "values": {}})
    assert (await phone.ledger())[-1]["content"]["shown"]["buttons"] == [{"type": "FLOW", "text": "Order"}]
    sent = await phone.says("nfm_reply", {"response_json": {"flow_token": asked["id"], "litres": 2}})
    assert (await phone.heard(sent["id"]))["reply_to"] == asked["external_id"]


@pytest.mark.parametrize("kind", ["buttons", "location", "image"])
async def test_one_of_unknown_outcome_is_settled_by_its_status_and_not_repeated(
    phone: Phone, kind: str
) -> None:
    await phone.ask("POST", "/faults/rules", {"fault": "close_after_accept", "kind": WIRE[kind]["type"]})
    message = await phone.write(kind, CONTENTS[kind])
    assert message["external_id"]
    assert [send["client_id"] for send in await phone.ledger()].count(message["id"]) == 1


async def test_one_that_is_refused_for_now_is_tried_again(phone: Phone) -> None:
    await phone.ask("POST", "/faults/rules", {"fault": "server_error", "kind": "contacts"})
    message = await phone.write("contacts", CONTENTS["contacts"])
    assert [send["client_id"] for send in await phone.ledger()].count(message["id"]) == 1
