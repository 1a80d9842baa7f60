"""Files that customers send: fetched once, whole or not at all, shown to their own business only."""

import os
from collections import deque
from datetime import timedelta
from typing import Any

from samvad.conversations.service import files
from samvad.conversations.service.fetching import PART
from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.kernel.ids import new_id
from samvad.platform.wakeups import Topic
from samvad.tenancy.types import Role
from tests.conversations.conftest import until
from tests.door.stage import Shop, Stage
from tests.support import meta
from tests.support.graph import Kept

ASHA = "919811200001"
PICTURE = b"\xff\xd8\xff\xe0" + os.urandom(2000)


def picture(media: str, **more: Any) -> dict[str, Any]:
    image = {"id": media, "mime_type": "image/jpeg", "sha256": "x", "caption": "our cow", **more}
    return meta.message("", sender=ASHA, id=f"wamid.{new_id().hex}", type="image", image=image)


async def sent(shop: Shop, item: dict[str, Any]) -> str:
    """The id of the message."""
    assert (await shop.knock(shop.body(item))).status == 200

    async def there() -> str | None:
        found: str | None = await shop.stage.superuser.fetchval(
            "SELECT id::text FROM messages WHERE external_id = $1", item["id"]
        )
        return found

    return await until(there)


async def file_of(shop: Shop, message: str) -> dict[str, Any]:
    talks = (await shop.get("/conversations"))["items"]
    items = (await shop.get(f"/conversations/{talks[0]['id']}/messages"))["items"]
    return next(item["media"] for item in items if item["id"] == message)


async def settled(shop: Shop, message: str, state: str) -> dict[str, Any]:
    async def reached() -> dict[str, Any] | None:
        file = await file_of(shop, message)
        return file if file["state"] == state else None

    return await until(reached)


def fetches(working: Stage, media: str) -> list[tuple[str, str]]:
    return [fetch for fetch in working.graph.fetches if fetch[0].endswith(f"/{media}")]


async def parts_of(working: Stage, message: str) -> int:
    found: int = await working.superuser.fetchval(
        "SELECT count(*) FROM message_files WHERE message_id = $1", message
    )
    return found


async def raw(shop: Shop, message: str, *, role: Role = Role.OWNER) -> tuple[int, Any, bytes]:
    token = {"authorization": f"Bearer {shop.house.tokens[role]}"}
    url = f"{shop.stage.url}/api/v1/messages/{message}/file"
    async with shop.stage.http.get(url, headers=token) as answer:
        return answer.status, answer.headers, await answer.read()


async def test_a_picture_is_fetched_and_shown(shop: Shop, working: Stage) -> None:
    working.graph.files["m1"] = Kept(PICTURE)
    message = await sent(shop, picture("m1"))
    file = await settled(shop, message, "stored")
    assert file == {
        "state": "stored", "reason": None, "mime_type": "image/jpeg", "filename": None, "size": len(PICTURE),
        "kept_days": None,
    }  # fmt: skip
    status, headers, content = await raw(shop, message, role=Role.VIEWER)
    assert (status, content) == (200, PICTURE)
    assert headers["content-type"] == "image/jpeg"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-disposition"].startswith("attachment")
    assert fetches(working, "m1") == [("/cdn/m1", "Bearer token-of-the-test")]


async def test_a_long_file_comes_in_parts_and_leaves_whole(shop: Shop, working: Stage) -> None:
    film = os.urandom(PART * 2 + 17)
    working.graph.files["m2"] = Kept(film, mime_type="video/mp4")
    message = await sent(shop, picture("m2"))
    await settled(shop, message, "stored")
    parts = await working.superuser.fetchval(
        "SELECT count(*) FROM message_files WHERE message_id = $1", message
    )
    assert parts == 3
    status, headers, content = await raw(shop, message)
    assert (status, headers["content-length"]) == (200, str(len(film)))
    assert content == film


async def test_the_token_stays_with_the_provider(shop: Shop, working: Stage) -> None:
    working.graph.files["m3"] = Kept(PICTURE, elsewhere=True)
    await settled(shop, await sent(shop, picture("m3")), "stored")
    assert fetches(working, "m3") == [("/cdn/m3", "Bearer token-of-the-test"), ("/storage/m3", "")]


async def test_what_the_provider_no_longer_has_is_said_and_tried_again_when_asked(
    shop: Shop, working: Stage
) -> None:
    message = await sent(shop, picture("gone"))
    assert (await settled(shop, message, "failed"))["reason"] == "file_gone"
    status, _, body = await raw(shop, message)
    assert (status, b"file_not_here" in body) == (409, True)
    working.graph.files["gone"] = Kept(PICTURE)
    assert (await shop.api("POST", f"/messages/{message}/file")).status == 204
    assert (await settled(shop, message, "stored"))["reason"] is None
    assert (await shop.api("POST", f"/messages/{message}/file")).status == 204  # here: nothing happens
    assert (await file_of(shop, message))["state"] == "stored"
    assert (await shop.api("POST", f"/messages/{message}/file", role=Role.VIEWER)).status == 403


async def test_a_provider_that_stumbles_is_asked_again(shop: Shop, working: Stage) -> None:
    working.graph.files["m4"] = Kept(PICTURE, answers=deque([503]))
    message = await sent(shop, picture("m4"))

    async def tried() -> bool:
        await working.superuser.execute("UPDATE timers SET run_at = now() WHERE kind = 'file'")
        return bool((await file_of(shop, message))["state"] == "stored")

    await until(tried)
    assert (await raw(shop, message))[2] == PICTURE
    assert len(fetches(working, "m4")) == 2


async def test_a_file_that_was_altered_is_not_kept(shop: Shop, working: Stage) -> None:
    working.graph.files["m5"] = Kept(PICTURE, stated="0" * 64)
    message = await sent(shop, picture("m5"))

    async def given_up() -> bool:
        await working.superuser.execute("UPDATE timers SET run_at = now() WHERE kind = 'file'")
        return bool((await file_of(shop, message))["state"] == "failed")

    await until(given_up)
    assert (await file_of(shop, message))["reason"] == "file_altered"
    assert await parts_of(working, message) == 0
    assert len(fetches(working, "m5")) == 3


async def test_another_business_does_not_see_it(working: Stage, shop: Shop) -> None:
    working.graph.files["m6"] = Kept(PICTURE)
    message = await sent(shop, picture("m6"))
    await settled(shop, message, "stored")
    other = await working.shop()
    assert (await raw(other, message))[0] == 404
    assert (await other.api("POST", f"/messages/{message}/file")).status == 404


async def test_a_page_of_a_stranger_is_only_ever_saved(shop: Shop, working: Stage) -> None:
    working.graph.files["m7"] = Kept(b"<script>alert(1)</script>", mime_type="text/html")
    document = {"id": "m7", "mime_type": "text/html", "filename": 'a"b\r\nx: y.html'}
    item = meta.message("", sender=ASHA, id="wamid.page", type="document", document=document)
    message = await sent(shop, item)
    await settled(shop, message, "stored")
    _, headers, _ = await raw(shop, message)
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert "x" not in headers


async def test_a_text_has_no_file(shop: Shop) -> None:
    message = await sent(shop, meta.message("hello", sender=ASHA, id="wamid.text"))
    assert (await raw(shop, message))[0] == 404


async def brought(shop: Shop, message: str, state: str) -> dict[str, Any]:
    """Attempt after attempt, without the pauses between them."""

    async def reached() -> dict[str, Any] | None:
        await shop.stage.superuser.execute("UPDATE timers SET run_at = now() WHERE kind = 'file'")
        shop.stage.parts.wakeups.poke(Topic.FILES)
        file = await file_of(shop, message)
        return file if file["state"] == state else None

    return await until(reached)


async def test_a_broken_download_goes_on_where_it_broke(shop: Shop, working: Stage) -> None:
    film = os.urandom(PART * 3 + 17)
    working.graph.files["m8"] = Kept(film, breaks=deque([PART * 2 + 5, PART * 2 + 9]))
    begun = len(working.graph.ranges)
    message = await sent(shop, picture("m8"))
    await brought(shop, message, "stored")
    assert (await raw(shop, message))[2] == film
    assert working.graph.ranges[begun:] == ["", f"bytes={2 * PART}-", f"bytes={2 * PART}-"]


async def test_where_the_provider_has_no_ranges_or_another_file_it_begins_anew(
    shop: Shop, working: Stage
) -> None:
    film = os.urandom(PART + 17)
    working.graph.files["m9"] = Kept(film, breaks=deque([PART + 5]), ranges=False)
    message = await sent(shop, picture("m9"))
    await brought(shop, message, "stored")
    assert (await raw(shop, message))[2] == film

    working.graph.files["m10"] = Kept(film, breaks=deque([PART + 5]))
    message = await sent(shop, picture("m10"))
    await until(lambda: parts_of(working, message))
    other = os.urandom(PART + 17)
    working.graph.files["m10"] = Kept(other)  # another file, of the same size
    begun = len(working.graph.ranges)
    await brought(shop, message, "stored")
    assert (await raw(shop, message))[2] == other
    assert working.graph.ranges[begun:] == [""]


async def test_files_go_when_they_are_old_and_their_messages_say_so(shop: Shop, working: Stage) -> None:
    working.graph.files["m11"] = Kept(PICTURE)
    message = await sent(shop, picture("m11"))
    await settled(shop, message, "stored")
    clock = FrozenClock(SystemClock().now())
    for days, gone in ((31, 0), (29, 1)):
        async with working.parts.database.unit_of_work(shop.house.tenant) as scope:
            at = clock.now() + timedelta(days=30)
            assert await files.remove_older(scope, days=days, at=at, most=50) == gone
    file = await file_of(shop, message)
    assert (file["state"], file["reason"], file["kept_days"]) == ("removed", "file_removed", 29)
    status, _, body = await raw(shop, message)
    assert (status, b"it was removed after 29 days" in body) == (409, True)
    assert (await shop.api("POST", f"/messages/{message}/file")).status == 409
    assert await parts_of(working, message) == 0
