"""Files in a thread: a picture is seen, a recording plays when asked, what did not come says why."""

from typing import Any

import pytest
from playwright.async_api import Page, expect
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.web.looks import small_targets, sticks_out, violations_in_both
from tests.web.peer_data import ME, conversation_id, message

from samvad.sandbox.samples import sample

FIRST = conversation_id(0)
NAME = "A very long name of a price list 2026.pdf"


def attached(kind: str, state: str, **more: Any) -> dict[str, Any]:
    media = {"state": state, "reason": None, "mime_type": None, "filename": None, "size": None, **more}
    words = "our cow" if kind == "image" else ""
    return message(FIRST, words, author="customer", status="received") | {"kind": kind, "media": media}


@pytest.fixture
def thread(site: Site) -> dict[str, dict[str, Any]]:
    made = {
        "picture": attached("image", "stored", mime_type="image/png", size=1200),
        "coming": attached("image", "pending"),
        "gone": attached("document", "failed", reason="file_gone", filename="bill.pdf"),
        "old": attached("document", "removed", filename="old.pdf", kept_days=90),
        "bill": attached("document", "stored", filename=NAME, size=2_400_000),
        "voice": attached("voice", "stored", mime_type="audio/ogg", size=9000),
    }  # fmt: skip
    site.peer.world.messages[FIRST] = list(made.values())
    for one in made.values():
        site.peer.world.files[one["id"]] = sample("image")[2]
    return made


async def opened(signed_in: OpenPage, size: tuple[int, int]) -> Page:
    page = await signed_in(f"/inbox/{FIRST}", size)
    await expect(page.get_by_role("button", name="Open our cow").locator("img")).to_be_visible()
    return page


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_every_file_says_what_it_is(
    signed_in: OpenPage, thread: dict[str, dict[str, Any]], size: tuple[int, int]
) -> None:
    page = await opened(signed_in, size)
    files = page.get_by_test_id("message-file")
    await expect(files.filter(has_text="Photo: being fetched")).to_be_visible()
    await expect(files.filter(has_text="The provider no longer has it.")).to_be_visible()
    removed = files.filter(has_text="old.pdf: removed, since files are kept for 90 days.")
    await expect(removed).to_be_visible()
    await expect(removed.get_by_role("button")).to_have_count(0)
    await expect(files.filter(has_text="2.4 MB")).to_be_visible()
    assert await violations_in_both(page) == []
    assert not await sticks_out(page)
    if size == PHONE:
        assert await small_targets(page) == []


async def test_a_picture_is_opened_and_a_document_kept(
    signed_in: OpenPage, thread: dict[str, dict[str, Any]]
) -> None:
    page = await opened(signed_in, DESK)
    await page.get_by_role("button", name="Open our cow").click()
    shown = page.get_by_role("dialog")
    await expect(shown.get_by_role("img", name="our cow")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Open our cow")).to_be_focused()
    async with page.expect_download() as kept:
        await page.get_by_role("button", name="Save A very long name").click()
    assert (await kept.value).suggested_filename == thread["bill"]["media"]["filename"]


async def test_what_did_not_come_is_fetched_again(
    signed_in: OpenPage, site: Site, thread: dict[str, dict[str, Any]]
) -> None:
    page = await opened(signed_in, DESK)
    await page.get_by_role("button", name="Fetch again").click()
    await expect(page.get_by_text("bill.pdf: being fetched")).to_be_visible()
    gone = thread["gone"] | {"media": thread["gone"]["media"] | {"state": "stored", "size": 5000}}
    site.peer.emit("message.updated", {"conversation_id": FIRST, "message": gone})
    await expect(page.get_by_role("button", name="Save bill.pdf")).to_be_visible()


async def test_a_recording_that_cannot_be_played_can_be_kept(
    signed_in: OpenPage, thread: dict[str, dict[str, Any]]
) -> None:
    page = await opened(signed_in, DESK)
    await page.get_by_role("button", name="Play voice message").click()
    await expect(page.get_by_text("This browser cannot play it.")).to_be_visible()


async def test_where_a_provider_could_not_fetch_a_file_the_composer_says_so(
    signed_in: OpenPage, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = conversation_id(1)
    monkeypatch.setitem(ME, "public", False)
    monkeypatch.setitem(site.peer.world.rows[other], "fetches_files", True)
    page = await signed_in(f"/inbox/{other}", PHONE)
    why = page.get_by_role("button", name="Files cannot be attached here")
    await why.click()
    await expect(page.get_by_role("status").filter(has_text="SAMVAD_PUBLIC_URL is not set")).to_be_visible()
    await expect(page.get_by_test_id("attach-input")).to_have_count(0)
    assert not await sticks_out(page)
    assert await violations_in_both(page) == []
