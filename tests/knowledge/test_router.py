"""Sources over HTTP: uploads, texts, refusals, search."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from samvad.kernel.ids import new_id
from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from samvad.tenancy.types import Role
from tests.conversations.conftest import until
from tests.door.stage import Said, Shop, Stage, stage
from tests.knowledge import files

MENU = files.sheet(Menu=[["Item", "Price"], ["Cow milk", "Rs. 62"], ["Paneer", "Rs. 90"]])


@pytest.fixture(scope="module")
async def working(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[Stage]:
    async with (
        cluster.database(template=template) as name,
        stage(cluster.dsn(name), keyring, working=True) as opened,
    ):
        yield opened


@pytest.fixture
async def shop(working: Stage) -> Shop:
    return await working.shop()


async def upload(
    shop: Shop, name: str, data: bytes, *, method: str = "POST", path: str = "", field: str = "file"
) -> Said:
    form = aiohttp.FormData()
    form.add_field(field, data, filename=name)
    url = f"{shop.stage.url}/api/v1/knowledge/sources{path}"
    headers = {"authorization": f"Bearer {shop.house.tokens[Role.OWNER]}"}
    async with shop.stage.http.request(method, url, data=form, headers=headers) as answer:
        return Said(answer.status, answer.headers, await answer.text())


async def settled(shop: Shop, said: Said) -> dict[str, Any]:
    """The source when its indexing is over."""
    assert said.status in (200, 201), said.text

    async def over() -> dict[str, Any] | None:
        found = await shop.get(f"/knowledge/sources/{said.json['id']}")
        return found if found["status"] in ("completed", "failed") else None

    return dict(await until(over))


async def found(shop: Shop, question: str, **more: Any) -> list[dict[str, Any]]:
    said = await shop.api("POST", "/knowledge/search", {"question": question, **more})
    assert said.status == 200, said.text
    return list(said.json["items"])


async def test_an_upload_answers_at_once_and_is_found(shop: Shop) -> None:
    said = await upload(shop, "menu.xlsx", MENU)
    assert (said.status, said.json["status"], said.json["error"]) == (201, "pending", None)
    done = await settled(shop, said)
    assert (done["status"], done["kind"], done["passages"], done["size"]) == (
        "completed",
        "xlsx",
        2,
        len(MENU),
    )
    (first, *_) = await found(shop, "how much is paneer?")
    assert first["passage"]["source"] == "menu.xlsx"
    assert first["passage"]["fields"][1] == {"name": "Price", "value": "Rs. 90"}
    passages = await shop.get(f"/knowledge/sources/{done['id']}/passages?limit=1")
    assert [p["position"] for p in passages["items"]] == [0]
    rest = await shop.get(f"/knowledge/sources/{done['id']}/passages?cursor={passages['next_cursor']}")
    assert ([p["position"] for p in rest["items"]], rest["next_cursor"]) == ([1], None)


async def test_a_passage_is_shown_between_its_neighbours(shop: Shop) -> None:
    pairs = [{"question": f"May I ask number {n}?", "answer": f"Yes, {n}."} for n in range(4)]
    said = await shop.api("POST", "/knowledge/sources", {"name": "Asked", "faq": pairs})
    path = f"/knowledge/sources/{(await settled(shop, said))['id']}/passages?around="
    for asked, near in ((0, [0, 1]), (1, [0, 1, 2]), (3, [2, 3]), (9, [])):
        page = await shop.get(f"{path}{asked}")
        assert ([p["position"] for p in page["items"]], page["next_cursor"]) == (near, None)
    assert (await shop.api("GET", f"{path}-1")).status == 422
    assert (await shop.api("GET", f"/knowledge/sources/{new_id()}/passages?around=0")).status == 404


async def test_texts_and_questions_are_written_too(shop: Shop) -> None:
    text = await shop.api("POST", "/knowledge/sources", {"name": "Pets", "text": "Dogs wait outside."})
    pairs = [{"question": "Do you take cards, or only cash?", "answer": 'Both, "gladly".'}]
    faq = await shop.api("POST", "/knowledge/sources", {"name": "Paying", "faq": pairs})
    assert [(await settled(shop, said))["kind"] for said in (text, faq)] == ["text", "csv"]
    (first, *_) = await found(shop, "can I pay by card?")
    assert (first["passage"]["kind"], first["passage"]["text"]) == (
        "faq", 'Do you take cards, or only cash?\nBoth, "gladly".',
    )  # fmt: skip
    assert await found(shop, "can I pay by card?", min_score=1.0) == []
    only = await found(shop, "can I pay by card?", sources=[text.json["id"]], top_k=1)
    assert [one["passage"]["source"] for one in only] == ["Pets.txt"]


async def test_a_file_takes_the_place_of_another_and_goes(shop: Shop) -> None:
    first = await settled(shop, await upload(shop, "a.txt", b"We open at nine."))
    path = f"/{first['id']}"
    second = await settled(shop, await upload(shop, "b.txt", b"We open at ten.", method="PUT", path=path))
    assert (second["id"], second["name"], second["version"]) == (first["id"], "b.txt", 2)
    again = await settled(shop, await shop.api("POST", f"/knowledge/sources{path}/reindex"))
    assert again["version"] == 3
    assert (await shop.api("DELETE", f"/knowledge/sources{path}")).status == 204
    assert (await shop.api("GET", f"/knowledge/sources{path}")).status == 404
    assert await found(shop, "when do you open?") == []
    back = await shop.api("POST", f"/knowledge/sources{path}/restore")
    assert (back.status, back.json["status"], back.json["passages"]) == (200, "completed", 1)
    assert len(await found(shop, "when do you open?")) == 1
    assert (await shop.api("POST", f"/knowledge/sources{path}/restore")).status == 404


async def test_what_cannot_be_read_fails_with_a_reason(shop: Shop) -> None:
    done = await settled(shop, await upload(shop, "report.pdf", b"MZ\x90\x00" + bytes(100)))
    assert done["status"] == "failed"
    assert done["error"].startswith("The file is a program; Samvad reads PDF")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x"}, "text"),
        ({"name": "x", "text": "a", "faq": [{"question": "q", "answer": "a"}]}, "text"),
        ({"name": "", "text": "a"}, "name"),
        ({"name": "x", "faq": [{"question": "q"}]}, "faq.0.answer"),
        ({"name": "x", "text": "a", "more": 1}, "more"),
    ],
)
async def test_bad_texts_name_the_field(shop: Shop, body: dict[str, Any], field: str) -> None:
    said = await shop.api("POST", "/knowledge/sources", body)
    assert (said.status, [e["field"] for e in said.json["errors"]]) == (422, [field])


async def test_bad_uploads_are_refused(shop: Shop) -> None:
    assert (await upload(shop, "a.txt", b"")).status == 422
    assert (await upload(shop, "a.txt", b"x", field="attachment")).status == 422
    large = await upload(shop, "a.txt", b"x" * ((50 << 20) + 1))
    assert (large.status, large.json["errors"][0]["field"]) == (422, "file")
    assert (await shop.get("/knowledge/sources"))["items"] == []
    other = await shop.stage.ask(
        "POST", "/api/v1/knowledge/sources", b"hello",
        headers={"authorization": f"Bearer {shop.house.tokens[Role.OWNER]}", "content-type": "text/plain"},
    )  # fmt: skip
    assert other.status == 422


async def test_an_agent_searches_but_does_not_write(shop: Shop) -> None:
    body = {"name": "x", "text": "a"}
    assert (await shop.api("POST", "/knowledge/sources", body, role=Role.AGENT)).status == 403
    asked = await shop.api("POST", "/knowledge/search", {"question": "a"}, role=Role.VIEWER)
    assert (asked.status, asked.json) == (200, {"items": []})
    assert (await shop.api("DELETE", f"/knowledge/sources/{new_id()}")).status == 404
