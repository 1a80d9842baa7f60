"""Files that our people send: checked before anything is queued, handed over, and kept with the message."""

import os
from typing import Any
from urllib.parse import unquote

import aiohttp
import pytest

from samvad.kernel.ids import new_id
from samvad.tenancy.types import Role
from tests.conversations.conftest import heard, until
from tests.door.stage import Shop

ASHA = "919811700001"
JPEG = b"\xff\xd8\xff\xe0" + os.urandom(300)


class Desk:
    """A shop's open conversation."""

    def __init__(self, shop: Shop, talk: str) -> None:
        self.shop, self.talk = shop, talk
        self.graph = shop.stage.graph

    async def post(
        self, content: bytes | None, kind: str = "image/jpeg", name: str = "cow.jpg", *,
        role: Role = Role.OWNER, talk: str = "", **fields: str,
    ) -> tuple[int, Any]:  # fmt: skip
        form = aiohttp.FormData(quote_fields=False)  # as browsers write names
        for field, value in ({"client_id": new_id().hex} | fields).items():
            form.add_field(field, value)
        if content is not None:
            form.add_field("file", content, content_type=kind, filename=name)
        url = f"{self.shop.stage.url}/api/v1/conversations/{talk or self.talk}/files"
        token = {"authorization": f"Bearer {self.shop.house.tokens[role]}"}
        async with self.shop.stage.http.post(url, data=form, headers=token) as answer:
            return answer.status, await answer.json()

    async def settled(self, id_: str, status: str = "sent") -> dict[str, Any]:
        async def reached() -> Any:
            items = (await self.shop.get(f"/conversations/{self.talk}/messages"))["items"]
            found = next(item for item in items if item["id"] == id_)
            return found if found["status"] == status else None

        found: dict[str, Any] = await until(reached)
        return found

    async def count(self) -> int:
        found: int = await self.shop.stage.superuser.fetchval(
            "SELECT count(*) FROM messages WHERE tenant_id = $1 AND author = 'agent'", self.shop.house.tenant
        )
        return found


@pytest.fixture
async def desk(shop: Shop) -> Desk:
    (talk,) = await heard(shop, ASHA)
    return Desk(shop, talk["id"])


async def test_a_picture_leaves_with_its_words_and_is_kept(desk: Desk) -> None:
    status, made = await desk.post(JPEG, caption="our cow")
    assert (status, made["kind"], made["text"], made["status"]) == (201, "image", "our cow", "queued")
    assert made["media"]["size"] == len(JPEG) and made["media"]["state"] == "stored"
    await desk.settled(made["id"])
    sent = desk.graph.sends[-1]
    assert set(sent["image"]) == {"id", "caption"} and sent["image"]["caption"] == "our cow"
    assert desk.graph.uploads[sent["image"]["id"]] == ("image/jpeg", "cow.jpg", JPEG)
    headers = {"authorization": f"Bearer {desk.shop.house.tokens[Role.VIEWER]}"}
    url = f"{desk.shop.stage.url}/api/v1/messages/{made['id']}/file"
    async with desk.shop.stage.http.get(url, headers=headers) as answer:
        assert (answer.status, await answer.read()) == (200, JPEG)
        assert unquote(answer.headers["content-disposition"]).endswith("cow.jpg")
    conversation = await desk.shop.get(f"/conversations/{desk.talk}")
    assert conversation["mode"] == "human"


async def test_a_file_of_several_parts_and_an_odd_name_arrives_whole(desk: Desk) -> None:
    content, name = os.urandom(2_500_000), 'Preis"liste दूध.pdf'
    _, made = await desk.post(content, "application/pdf; charset=x", name)
    await desk.settled(made["id"])
    document = desk.graph.sends[-1]["document"]
    kind, _, arrived = desk.graph.uploads[document["id"]]
    assert (kind, arrived) == ("application/pdf", content)
    assert document["filename"] == made["media"]["filename"]
    assert "दूध.pdf" in document["filename"]


async def test_the_same_client_id_sends_once_and_another_file_is_refused(desk: Desk) -> None:
    first = (await desk.post(JPEG, client_id="one", caption="x"))[1]["id"]
    status, again = await desk.post(JPEG, client_id="one", caption="x")
    assert (status, again["id"]) == (201, first)
    status, problem = await desk.post(JPEG + b"x", client_id="one", caption="x")
    assert (status, problem["code"]) == (409, "client_id_reused")
    assert await desk.count() == 1
    await desk.settled(first)
    assert desk.graph.count_of()[first] == 1


async def test_an_upload_that_fails_is_tried_again_and_sends_once(desk: Desk) -> None:
    desk.graph.next_uploads.extend([desk.graph.refuse(131000, status=500), desk.graph.accept_and_hang()])
    desk.graph.uploads.clear()
    before = len(desk.graph.sends)
    _, made = await desk.post(JPEG)
    await desk.settled(made["id"])
    mine = [body for body in desk.graph.sends[before:] if "image" in body]
    assert len(mine) == 1
    assert len(desk.graph.uploads) == 3


@pytest.mark.parametrize(
    ("content", "kind", "fields", "said"),
    [
        (None, "", {}, "give it a file name"),
        (b"", "image/jpeg", {}, "is empty"),
        (JPEG, "image/svg+xml", {}, "of a type that cannot be sent here (image/svg+xml). Can be: .jpg, .png"),
        (JPEG, "", {}, "(unknown)"),
        (b"x" * (5 * 2**20 + 1), "image/png", {}, "at most 5 MB"),
        (JPEG, "image/jpeg", {"caption": "x" * 1025}, "1024"),
        (JPEG, "image/jpeg", {"client_id": ""}, "at least 1"),
        (JPEG, "image/jpeg", {"colour": "red"}, "xtra"),
        (JPEG, "image/jpeg", {"reply_to": "no-uuid"}, "UUID"),
        (JPEG, "audio/ogg", {"caption": "words"}, "sound has no words"),
    ],
)
async def test_what_cannot_be_sent_is_said_and_nothing_is_queued(
    desk: Desk, content: bytes | None, kind: str, fields: dict[str, str], said: str
) -> None:
    status, problem = await desk.post(content, kind, **fields)
    assert status == 422, problem
    assert said in str(problem), problem
    assert await desk.count() == 0


async def test_only_who_may_write_and_only_in_an_open_window(desk: Desk) -> None:
    assert (await desk.post(JPEG, role=Role.VIEWER))[0] == 403
    assert (await desk.post(JPEG, talk=str(new_id())))[0] == 404
    await desk.shop.stage.superuser.execute(
        "UPDATE send_facts SET window_until = now() - interval '1 hour' WHERE tenant_id = $1",
        desk.shop.house.tenant,
    )
    status, problem = await desk.post(JPEG)
    assert (status, problem["code"]) == (409, "window_closed")
    assert await desk.count() == 0


async def test_a_failed_one_is_sent_again_with_its_file(desk: Desk) -> None:
    desk.graph.next_answers.append(desk.graph.refuse(131053))
    _, made = await desk.post(JPEG)
    await desk.settled(made["id"], "failed")
    again = await desk.shop.api("POST", f"/messages/{made['id']}/retry")
    assert again.status == 200, again.text
    await desk.settled(made["id"])
    assert desk.graph.uploads[desk.graph.sends[-1]["image"]["id"]][2] == JPEG
