"""Bad networks: nothing missed, nothing sent twice, and the person is told."""

from playwright.async_api import Page, expect
from tests.web.conftest import OpenPage, Site
from tests.web.peer_data import conversation_id

FIRST = conversation_id(0)


async def _live(page: Page) -> None:
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")


async def test_an_inbound_message_appears_in_thread_and_list(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await _live(page)
    site.peer.inbound(FIRST, "just now")
    await expect(page.get_by_test_id("message").last).to_contain_text("just now")
    await expect(page.locator(f'[data-row="{FIRST}"]')).to_contain_text("just now")


async def test_a_cut_stream_catches_up_from_its_cursor(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await _live(page)
    await site.peer.cut()
    for n in range(5):
        site.peer.inbound(FIRST, f"while away {n}")
    site.peer.down = False
    bodies = page.get_by_test_id("message")
    for n in range(5):
        await expect(bodies.get_by_text(f"while away {n}", exact=True)).to_have_count(1)
    newest = [m["id"] for m in site.peer.world.messages[FIRST][-8:] if m["author"] != "system"]
    shown = await page.locator("[data-message]").evaluate_all("all => all.map((one) => one.dataset.message)")
    assert [id_ for id_ in shown if id_ in newest] == newest


async def test_offline_sends_wait_and_leave_in_order_once(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await _live(page)
    await page.get_by_test_id("message").first.wait_for()
    await page.context.set_offline(True)
    await page.get_by_text("You are offline.").wait_for(timeout=2000)
    composer = page.get_by_test_id("composer")
    for n in range(3):
        await composer.fill(f"later {n}")
        await composer.press("Control+Enter")
        ticks = page.get_by_test_id("message").last.get_by_test_id("ticks")
        await expect(ticks).to_have_attribute("data-state", "queued")
    await page.context.set_offline(False)
    await expect(page.get_by_test_id("message").last.get_by_test_id("ticks")).to_have_attribute(
        "data-state", "read"
    )
    sent = [m["text"] for m in site.peer.world.messages[FIRST] if m["text"].startswith("later")]
    assert sent == ["later 0", "later 1", "later 2"]
    await _live(page)


async def test_unsent_messages_survive_a_reload(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await _live(page)
    await page.route(
        "**/messages", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    await page.get_by_test_id("composer").fill("before the reload")
    await page.get_by_test_id("composer").press("Control+Enter")
    await expect(page.get_by_text("before the reload")).to_be_visible()
    await page.unroute("**/messages")
    await page.reload()
    await expect(page.get_by_test_id("message").last.get_by_test_id("ticks")).to_have_attribute(
        "data-state", "read"
    )
    assert [m["text"] for m in site.peer.world.messages[FIRST]].count("before the reload") == 1


async def test_without_websocket_the_app_polls(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await _live(page)
    site.peer.refuses_sockets = True
    await site.peer.cut(down=False)
    await page.get_by_text("Live connection blocked").wait_for()
    site.peer.inbound(FIRST, "by polling")
    await expect(page.get_by_test_id("message").last).to_contain_text("by polling")
    site.peer.refuses_sockets = False
    await _live(page)


async def test_reset_reads_everything_again(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await _live(page)
    site.peer.world.add(site.peer.silent(FIRST, "written while nobody told"))
    site.peer.emit("reset", {})
    await expect(page.get_by_test_id("message").last).to_contain_text("written while nobody told")
