"""Messages that are more than text, over HTTP: what goes out, what is refused with its reason, sent once."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from samvad.kernel.ids import new_id
from tests.conversations.conftest import heard, until
from tests.door.stage import Said, Shop
from tests.support.contents import CONTENTS, OURS, TEXTS, WIRE

ASHA, RAVI = "919811200001", "919811200002"
LOCATION = CONTENTS["location"]


class Talk:
    """A conversation whose customer wrote."""

    def __init__(self, shop: Shop, id_: str, items: Sequence[dict[str, Any]]) -> None:
        self.shop, self.id = shop, id_
        (self.question,) = [m for m in items if m["direction"] == "in"]

    async def write(self, kind: str, content: object, **more: Any) -> Said:
        body = {"kind": kind, "content": content, "client_id": f"c-{new_id().hex}", **more}
        return await self.shop.api("POST", f"/conversations/{self.id}/messages", body)

    def content(self, kind: str) -> dict[str, Any]:
        """The example; a reaction is for what the customer wrote."""
        named = {"message_id": self.question["id"]} if kind == "reaction" else {}
        return {**CONTENTS[kind], **named}

    async def message(self, id_: str) -> dict[str, Any]:
        items = (await self.shop.get(f"/conversations/{self.id}/messages"))["items"]
        return next(item for item in items if item["id"] == id_)

    async def settled(self, id_: str, status: str = "sent") -> dict[str, Any]:
        async def reached() -> dict[str, Any] | None:
            found = await self.message(id_)
            return found if found["status"] == status else None

        return await until(reached)

    async def queued(self) -> int:
        return await self.shop.stage.superuser.fetchval(
            "SELECT count(*) FROM outbound WHERE conversation_id = $1", self.id
        )

    def sent(self, id_: str) -> list[dict[str, Any]]:
        return [b for b in self.shop.stage.graph.sends if b.get("biz_opaque_callback_data") == id_]


@pytest.fixture
async def talk(shop: Shop) -> Talk:
    (found,) = await heard(shop, ASHA)
    items = (await shop.get(f"/conversations/{found['id']}/messages"))["items"]
    return Talk(shop, found["id"], items)


def faults(said: Said) -> dict[str, str]:
    return {error["field"]: error["detail"] for error in said.json["errors"]}


@pytest.mark.parametrize("kind", CONTENTS)
async def test_every_kind_leaves_as_the_provider_wants_it(talk: Talk, kind: str) -> None:
    said = await talk.write(kind, talk.content(kind))
    assert said.status == 201, said.text
    assert (said.json["kind"], said.json["text"]) == (kind, TEXTS[kind])
    assert said.json["content"] == talk.content(kind)
    assert (said.json["author"], said.json["direction"], said.json["status"]) == ("agent", "out", "queued")
    sent = await talk.settled(said.json["id"])
    (body,) = talk.sent(sent["id"])
    asked = talk.question["external_id"]
    wanted = {"type": "reaction", "reaction": {"message_id": asked, "emoji": "👍"}}
    wire = wanted if kind == "reaction" else json.loads(json.dumps(WIRE[kind]).replace(OURS, sent["id"]))
    assert {name: body[name] for name in wire} == wire
    assert sent["target"] == (asked if kind == "reaction" else None)


@pytest.mark.parametrize("kind", [*(kind for kind in CONTENTS if kind != "reaction"), "text"])
async def test_every_kind_but_a_reaction_may_quote(talk: Talk, kind: str) -> None:
    quoted = {"reply_to": talk.question["id"]}
    if kind == "text":
        body = {"text": "this one", "client_id": "q", **quoted}
        said = await talk.shop.api("POST", f"/conversations/{talk.id}/messages", body)
    else:
        said = await talk.write(kind, CONTENTS[kind], **quoted)
    assert said.status == 201, said.text
    assert said.json["reply_to"] == talk.question["external_id"]
    await talk.settled(said.json["id"])
    (body,) = talk.sent(said.json["id"])
    assert body["context"] == {"message_id": talk.question["external_id"]}


async def test_a_reaction_is_taken_back(talk: Talk) -> None:
    said = await talk.write("reaction", {"message_id": talk.question["id"], "emoji": ""})
    await talk.settled(said.json["id"])
    (body,) = talk.sent(said.json["id"])
    assert body["reaction"]["emoji"] == ""


PREVIEWS = [("location", "Shubhra Dairy, 4 Market Road, Delhi"), ("buttons", "Shall we deliver tomorrow?"),
            ("audio", "")]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), PREVIEWS)
async def test_the_inbox_previews_them(talk: Talk, kind: str, text: str) -> None:
    await talk.write(kind, talk.content(kind))
    preview = (await talk.shop.get(f"/conversations/{talk.id}"))["preview"]
    assert (preview["kind"], preview["text"], preview["direction"]) == (kind, text, "out")


async def test_a_reaction_is_no_news(talk: Talk) -> None:
    before = (await talk.shop.get(f"/conversations/{talk.id}"))["preview"]
    await talk.write("reaction", talk.content("reaction"))
    assert (await talk.shop.get(f"/conversations/{talk.id}"))["preview"] == before


BAD: list[tuple[str, object, str, str]] = [
    ("location", {"latitude": 91, "longitude": 0}, "content.latitude", "is 91, from -90 to 90 are allowed"),
    ("location", {"latitude": 1}, "content.longitude", "Field required"),
    ("location", {**LOCATION, "zoom": 3}, "content.zoom", "Unexpected keyword argument"),
    ("location", {**LOCATION, "name": 3}, "content.name", "Input should be a valid string"),
    ("location", "here", "content", "Input should be a dictionary or an instance of Location"),
    ("contacts", {"contacts": []}, "content.contacts", "holds 0, from 1 to 257 are allowed"),
    ("buttons", {"body": "x", "buttons": [{"id": "1", "title": "t" * 21}]}, "content.buttons.0.title",
     "has 21 characters, at most 20 are allowed"),
    ("buttons", {"body": "x", "buttons": [{"id": "1"}]}, "content.buttons.0.title", "Field required"),
    ("list", {"body": "x", "button": "b", "sections": []}, "content.sections",
     "holds 0, from 1 to 10 are allowed"),
    ("cta_url", {"body": "x", "display_text": "t", "url": "tel:1"}, "content.url",
     "is no https or http address: it begins with 'tel:1'"),
    ("location_request", {"body": ""}, "content.body", "is empty: 1 to 1024 characters are needed"),
    ("flow", {"body": "x", "cta": "Go", "flow_id": "1", "mode": "live"}, "content.mode",
     "Input should be 'published' or 'draft'"),
    ("flow", {"body": "x", "cta": "Go", "flow_id": "1", "data": {"a": 1}}, "content.data",
     "is for a first screen, and none is named: give `screen`"),
    ("image", {"link": "http://x.example/a"}, "content.link",
     "is no https address: it begins with 'http://x.example/a'"),
    ("audio", {"link": "https://x.example/a", "caption": "no"}, "content.caption",
     "Unexpected keyword argument"),
    ("reaction", {"message_id": "1"}, "content.message_id",
     "Input should be a valid UUID"),
    ("reaction", {"message_id": str(new_id())}, "content.message_id",
     "there is no such message in this conversation"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "content", "field", "detail"), BAD)
async def test_what_cannot_be_sent_is_named_and_nothing_is_queued(
    talk: Talk, kind: str, content: object, field: str, detail: str
) -> None:
    said = await talk.write(kind, content)
    assert (said.status, said.json["code"]) == (422, "invalid"), said.text
    assert said.headers["content-type"].startswith("application/problem+json")
    assert faults(said)[field].startswith(detail)
    assert await talk.queued() == 0


async def test_every_fault_is_told_at_once(talk: Talk) -> None:
    buttons = [{"id": "a", "title": "Yes"}, {"id": "a", "title": "x" * 30}]
    said = await talk.write("buttons", {"body": "", "footer": "f" * 70, "buttons": buttons})
    assert set(faults(said)) == {
        "content.body", "content.footer", "content.buttons.1.title", "content.buttons.1.id",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "hologram", "content": {}, "client_id": "c"}, "kind"),
        ({"kind": "order", "content": {}, "client_id": "c"}, "kind"),
        ({"kind": 1, "client_id": "c"}, "kind"),
        ({"kind": "location", "client_id": "c"}, "content"),
        ({"kind": "location", "content": LOCATION}, "client_id"),
        ({"kind": "location", "content": LOCATION, "client_id": "c", "private": True}, "private"),
        ({"kind": "location", "content": LOCATION, "client_id": "c", "text": "x"}, "text"),
        ({"kind": "text", "content": {"body": "x"}, "client_id": "c"}, "text"),
        ({"text": "x", "client_id": "c", "reply_to": "wamid.x"}, "reply_to"),
        ({"text": "x", "client_id": "c", "reply_to": str(new_id())}, "reply_to"),
        ({"text": "x", "client_id": "c", "reply_to": str(new_id()), "private": True}, "private"),
    ],
)
async def test_a_body_that_is_no_message_names_the_field(
    talk: Talk, body: dict[str, Any], field: str
) -> None:
    said = await talk.shop.api("POST", f"/conversations/{talk.id}/messages", body)
    assert said.status == 422, said.text
    assert field in faults(said), said.text


async def test_only_what_the_customer_has_is_quoted_or_reacted_to(talk: Talk) -> None:
    note = {"text": "for us", "client_id": "n", "private": True}
    noted = (await talk.shop.api("POST", f"/conversations/{talk.id}/messages", note)).json["id"]
    assert "reply_to" in faults(await talk.write("location", LOCATION, reply_to=noted))
    ours = (await talk.write("location", LOCATION)).json["id"]
    await talk.settled(ours)
    assert (await talk.write("location", LOCATION, reply_to=ours)).status == 201
    said = await talk.write("reaction", {"message_id": ours, "emoji": "👍"})
    assert "messages of the customer" in faults(said)["content.message_id"]
    mixed = await talk.write("reaction", talk.content("reaction"), reply_to=talk.question["id"])
    assert "reply_to" in faults(mixed)
    *_, other = await heard(talk.shop, RAVI)
    theirs = (await talk.shop.get(f"/conversations/{other['id']}/messages"))["items"][-1]["id"]
    assert "reply_to" in faults(await talk.write("location", LOCATION, reply_to=theirs))


async def test_a_message_of_another_tenant_is_none(talk: Talk) -> None:
    other = await talk.shop.stage.shop()
    (theirs,) = await heard(other, RAVI)
    message = (await other.get(f"/conversations/{theirs['id']}/messages"))["items"][-1]["id"]
    for id_ in (message, str(new_id())):
        said = await talk.write("location", LOCATION, reply_to=id_)
        assert faults(said) == {"reply_to": "there is no such message in this conversation"}
        said = await talk.write("reaction", {"message_id": id_, "emoji": "👍"})
        assert faults(said) == {"content.message_id": "there is no such message in this conversation"}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("location", {**LOCATION, "name": "a\x00b"}),
        ("buttons", {**CONTENTS["buttons"], "header": "a\x00b"}),
        ("list", {**CONTENTS["list"], "body": "a\x00b"}),
        ("flow", {**CONTENTS["flow"], "data": {"a": ["b\x00"]}}),
        ("flow", {**CONTENTS["flow"], "data": {"a": 2**60}}),
    ],
)
async def test_what_cannot_be_stored_is_refused(talk: Talk, kind: str, content: object) -> None:
    said = await talk.write(kind, content)
    assert (said.status, said.json["code"]) == (422, "invalid"), said.text
    assert await talk.queued() == 0


async def test_after_thirty_days_no_reaction_arrives(talk: Talk) -> None:
    await talk.shop.stage.superuser.execute(
        "UPDATE messages SET sort_at = sort_at - interval '31 days' WHERE id = $1", talk.question["id"]
    )
    said = await talk.write("reaction", talk.content("reaction"))
    assert "30 days" in faults(said)["content.message_id"]


@pytest.mark.parametrize("kind", ["buttons", "reaction", "contacts"])
async def test_the_same_client_id_sends_once(talk: Talk, kind: str) -> None:
    content = talk.content(kind)
    answers = [await talk.write(kind, content, client_id="once") for _ in range(3)]
    assert {a.status for a in answers} == {201}
    assert len({a.json["id"] for a in answers}) == 1
    await talk.settled(answers[0].json["id"])
    assert len(talk.sent(answers[0].json["id"])) == 1
    for other, given in (("location", LOCATION), (kind, None)):
        changed = given or {**content, **_another(kind)}
        said = await talk.write(other, changed, client_id="once")
        assert (said.status, said.json["code"]) == (409, "client_id_reused"), said.text


def _another(kind: str) -> dict[str, Any]:
    card = {"name": {"formatted_name": "Asha R", "last_name": "R"}}
    return {"buttons": {"footer": "other"}, "reaction": {"emoji": "👎"}, "contacts": {"contacts": [card]}}[
        kind
    ]


async def test_a_closed_window_refuses_them_like_text(talk: Talk) -> None:
    await talk.shop.stage.superuser.execute(
        "UPDATE send_facts SET window_until = now() - interval '1 minute' WHERE conversation_id = $1", talk.id
    )
    said = await talk.write("buttons", CONTENTS["buttons"])
    assert (said.status, said.json["code"]) == (409, "window_closed")
    assert await talk.queued() == 0


@pytest.mark.parametrize("kind", ["list", "reaction", "document"])
async def test_a_failed_one_is_sent_again_as_it_was(talk: Talk, kind: str) -> None:
    talk.shop.stage.graph.next_answers.append(talk.shop.stage.graph.refuse(131026))
    said = await talk.write(kind, talk.content(kind))
    await talk.settled(said.json["id"], "failed")
    assert (await talk.shop.api("POST", f"/messages/{said.json['id']}/retry")).status == 200
    await talk.settled(said.json["id"])
    first, again = [
        b for b in talk.shop.stage.graph.calls if b.get("biz_opaque_callback_data") == said.json["id"]
    ]
    assert first == again


async def test_they_leave_in_the_order_in_which_they_were_written(talk: Talk) -> None:
    kinds = ["image", "buttons", "location", "list", "sticker"]
    ids = [(await talk.write(kind, CONTENTS[kind])).json["id"] for kind in kinds]
    await talk.settled(ids[-1])
    sent = [b["biz_opaque_callback_data"] for b in talk.shop.stage.graph.sends]
    assert [id_ for id_ in sent if id_ in ids] == ids


async def test_writing_one_takes_over(talk: Talk) -> None:
    assert (await talk.shop.api("PUT", f"/conversations/{talk.id}/mode", {"mode": "ai"})).status == 200
    await talk.write("location", LOCATION)
    assert (await talk.shop.get(f"/conversations/{talk.id}"))["mode"] == "human"
