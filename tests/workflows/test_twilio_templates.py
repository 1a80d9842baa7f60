"""Templates of Twilio's Content API the whole way: filled, with a file of ours above, in a closed window."""

from typing import Any

import orjson
import pytest

from samvad.channels.adapters.multipart import encoded
from samvad.channels.types import OutgoingFile
from tests.door.stage import Shop
from tests.support import twilio
from tests.support.forms import Form
from tests.workflows.test_twilio import Twilio, there

__all__ = ["there"]  # a fixture

NAMED = twilio.content(
    "dear", {"twilio/text": {"body": "Dear {{first_name}}, you asked: {{answer}} Your dairy."}},
    variables={"first_name": "Asha", "answer": "Yes."},
)  # fmt: skip
COW = twilio.content(
    "cow_of_the_day", {"twilio/card": {"title": "This is {{cow}} today.", "media": ["{{1}}"]}},
    variables={"cow": "Gauri", "1": "https://dairy.example/cow.png"},
)  # fmt: skip
AT_HOME = twilio.content(
    "at_home", {"twilio/media": {"body": "See.", "media": ["https://dairy.example/{{1}}"]}},
    variables={"1": "cow.png"},
)  # fmt: skip


@pytest.fixture
async def shop(there: Twilio) -> Shop:
    """With three templates, and a customer whose window is closed."""
    found = Shop(there.stage, there.house, there.number, "")
    there.peer.contents = [NAMED, COW, AT_HOME]
    synced = await found.api("POST", "/templates/sync", {"channel_id": str(there.number.id)})
    assert (synced.status, synced.json["total"]) == (200, 3), synced.text
    return found


async def greeted(there: Twilio) -> str:
    await there.say("hello")

    async def answered() -> bool:
        return await there.status_of() == "sent"

    await there.until(answered)
    (talk,) = (await Shop(there.stage, there.house, there.number, "").get("/conversations"))["items"]
    return str(talk["id"])


async def test_a_file_of_ours_fills_the_address_of_its_picture(there: Twilio, shop: Shop) -> None:
    slots = {one["name"]: [(slot["name"], slot["kind"]) for slot in one["slots"]]
             for one in (await shop.get("/templates"))["items"]}  # fmt: skip
    assert slots == {
        "dear": [("body.first_name", "text"), ("body.answer", "text")],
        "cow_of_the_day": [("header.link", "link"), ("body.cow", "text")],
        "at_home": [("header.link", "text")],
    }
    path = f"/conversations/{await greeted(there)}/files"

    def form(name: str, mime_type: str = "image/png", **values: str) -> Form:
        choice = orjson.dumps({"name": name, "language": "en", "values": values}).decode()
        file = OutgoingFile("gauri.png", mime_type, b"a picture of Gauri")
        return Form(*encoded({"client_id": f"{name} {mime_type}", "template": choice}, "file", file))

    values = {"body.cow": "Gauri"}
    for wrong, said in (
        (form("at_home"), "takes its file from https://dairy.example/ alone"),
        (form("cow_of_the_day", "application/pdf", **values), "type that cannot be sent here"),
        (form("dear", **{"body.first_name": "a", "body.answer": "b"}), "has no place"),
    ):
        refused = await shop.api("POST", path, wrong)
        assert (refused.status, said in refused.text) == (422, True), refused.text
    there.peer.answers = [(201, {"sid": "SMcow", "status": "queued"})]
    sent = await shop.api("POST", path, form("cow_of_the_day", **values))
    assert sent.status == 201, sent.text

    async def left() -> bool:
        return "ContentSid" in there.peer.sends[-1] and await there.status_of() == "sent"

    await there.until(left)
    given = there.peer.sends[-1]
    variables = orjson.loads(given["ContentVariables"])
    assert (given["ContentSid"], variables["cow"]) == (COW["sid"], "Gauri")
    assert variables["1"].startswith(f"{there.stage.url}/media/out/")
    assert "MediaUrl" not in given, "Twilio ignores one beside a content"
    fetched = await twilio.fetch(variables["1"])
    assert (fetched.statuses, fetched.content) == ((200, 200), b"a picture of Gauri")


@pytest.mark.parametrize("told", ["by the answer", "by a status"])
async def test_an_automatic_answer_goes_out_as_the_number_s_template(
    there: Twilio, shop: Shop, told: str
) -> None:
    """Twilio says 63016, at once or later: the words leave once, as the template for closed windows."""
    choice: dict[str, Any] = {"name": "dear", "language": "en", "values": {
        "body.first_name": "{{contact.name}}", "body.answer": "{{reply}}"}}  # fmt: skip
    path = f"/channels/{there.number.id}/window-template"
    chosen = await shop.api("PUT", path, {"template": choice})
    assert chosen.status == 200, chosen.text
    refusal = (400, {"code": 63016, "message": "outside the window"})
    first = refusal if told == "by the answer" else (201, {"sid": "SMlate", "status": "queued"})
    there.peer.answers = [first, (201, {"sid": "SMinstead", "status": "queued"})]
    await there.say("hello")

    async def asked() -> bool:
        return len(there.peer.sends) >= 1

    await there.until(asked)
    if told == "by a status":

        async def known() -> bool:
            return bool(await there.stage.superuser.fetchval(
                "SELECT 1 FROM messages WHERE external_id = 'SMlate' AND status = 'sent'"))  # fmt: skip

        await there.until(known)
        status = twilio.status(there.number, "SMlate", "failed", ErrorCode="63016")
        for _ in range(2):
            assert await there.call(there.peer.sends[0]["StatusCallback"], status) == 200

    async def instead() -> bool:
        found = await there.stage.superuser.fetch(
            "SELECT kind, status, reason FROM messages WHERE tenant_id = $1 AND direction = 'out'"
            " AND kind <> 'system' ORDER BY created_at, id", there.house.tenant,
        )  # fmt: skip
        rows = [tuple(row) for row in found]
        return rows == [("text", "skipped", "sent_as_template"), ("template", "sent", None)]

    await there.until(instead)
    words, template = there.peer.sends
    assert template["ContentSid"] == NAMED["sid"]
    said = orjson.loads(template["ContentVariables"])
    assert said == {"first_name": "Asha", "answer": " ".join(words["Body"].split())}
