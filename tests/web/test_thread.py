"""The thread at its end, on the way back and ten thousand messages deep."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.web.looks import small_targets, violations_in_both
from tests.web.peer_data import conversation_id, message

FIRST, SECOND = conversation_id(0), conversation_id(1)
BOTTOM = "e => Math.round(e.scrollHeight - e.scrollTop - e.clientHeight)"


def fill(site: Site, count: int) -> None:
    begin = datetime.now(UTC) - timedelta(days=30)
    site.peer.world.messages[FIRST] = [
        message(
            FIRST, f"number {n} " + "and more " * (n % 9), author=("customer", "agent")[n // 3 % 2],
            status="read", at=begin + timedelta(minutes=n * 3),
        )
        for n in range(count)
    ]  # fmt: skip


async def at_end(page: Page) -> None:
    scroller = page.get_by_test_id("thread-scroller")
    await expect(page.get_by_test_id("message").last).to_be_in_viewport()
    assert await scroller.evaluate(BOTTOM) <= 2


async def first_in_sight(page: Page) -> tuple[str, float]:
    """Which message is at the top edge, and where."""
    found: Any = await page.get_by_test_id("thread-scroller").evaluate(
        """e => { const top = e.getBoundingClientRect().top;
          const one = [...e.querySelectorAll('[data-message]')]
            .find((m) => m.getBoundingClientRect().bottom > top + 40);
          return [one.dataset.message, one.getBoundingClientRect().top]; }"""
    )
    return found[0], found[1]


async def test_it_opens_at_its_end_and_stays_there(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    await at_end(page)
    for n in range(3):
        site.peer.inbound(FIRST, f"news {n}")
        await expect(page.get_by_test_id("message").last).to_contain_text(f"news {n}")
    await at_end(page)
    await page.get_by_test_id("composer").fill("one\ntwo\nthree\nfour\nfive")
    await page.wait_for_timeout(100)
    await at_end(page)


async def test_a_short_thread_stands_above_the_composer(signed_in: OpenPage, site: Site) -> None:
    fill(site, 2)
    page = await signed_in(f"/inbox/{FIRST}")
    last, composer = page.get_by_test_id("message").last, page.get_by_test_id("composer")
    await last.wait_for()
    bottom, top = await last.bounding_box(), await composer.bounding_box()
    assert bottom is not None
    assert top is not None
    assert top["y"] - (bottom["y"] + bottom["height"]) < 120


async def settled(page: Page) -> tuple[str, float]:
    """What is at the top edge once rows that were guessed have been measured."""
    before = await first_in_sight(page)
    for _ in range(100):
        await page.wait_for_timeout(50)
        now = await first_in_sight(page)
        if now == before:
            break
        before = now
    return before


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_reply_that_is_due_can_be_stopped(
    signed_in: OpenPage, site: Site, size: tuple[int, int]
) -> None:
    page = await signed_in(f"/inbox/{FIRST}", size)
    await page.get_by_test_id("message").last.wait_for()
    await page.locator('[data-testid=connection][data-state="live"]').wait_for(state="attached")
    asked = message(FIRST, "And on Sundays?", author="customer", status="received")
    stop = page.get_by_role("button", name="Stop the AI")
    site.peer.emit("message.created", {"conversation_id": FIRST, "message": asked})
    await expect(page.get_by_test_id("typing")).to_have_text("AI is writing")
    assert await violations_in_both(page) == []
    assert size == DESK or await small_targets(page) == []
    await stop.click()
    await page.get_by_text("You answer now; the AI is silent.").wait_for()
    await expect(stop).to_have_count(0)
    assert site.peer.world.rows[FIRST]["mode"] == "human"


async def test_a_reply_can_be_stopped_while_its_parts_leave_and_after_a_reload(
    signed_in: OpenPage, site: Site
) -> None:
    site.peer.world.add(message(FIRST, "And on Sundays?", author="customer", status="received"))
    page = await signed_in(f"/inbox/{FIRST}")
    stop = page.get_by_role("button", name="Stop the AI")
    await expect(page.get_by_test_id("typing")).to_have_text("AI is writing")
    await page.locator('[data-testid=connection][data-state="live"]').wait_for(state="attached")
    parts = [message(FIRST, text, author="assistant", status="queued") for text in ("Yes.", "Until noon.")]
    for part in parts:
        site.peer.world.add(part)
        site.peer.emit("message.created", {"conversation_id": FIRST, "message": part})
    site.peer.emit("message.updated", {"conversation_id": FIRST, "message": parts[0] | {"status": "sent"}})
    await expect(page.get_by_test_id("typing")).to_have_text("AI is sending its reply")
    await stop.click()
    await expect(stop).to_have_count(0)
    assert site.peer.world.rows[FIRST]["mode"] == "human"


async def test_a_short_thread_that_outgrows_its_place_shows_its_end(signed_in: OpenPage, site: Site) -> None:
    short = conversation_id(5)
    page = await signed_in(f"/inbox/{short}")
    await page.get_by_test_id("message").last.wait_for()
    await page.locator('[data-testid=connection][data-state="live"]').wait_for(state="attached")
    for n in range(14):
        said = message(short, f"word {n} of many", author="customer", status="received")
        site.peer.emit("message.created", {"conversation_id": short, "message": said})
        await expect(page.get_by_text(f"word {n} of many").last).to_be_in_viewport()


async def test_older_pages_come_without_a_jump(signed_in: OpenPage, site: Site) -> None:
    """Each is held back until we know what is in sight, so that it surely comes in above it."""
    fill(site, 600)
    page = await signed_in(f"/inbox/{FIRST}")
    await at_end(page)
    scroller = page.get_by_test_id("thread-scroller")
    may_come = asyncio.Event()
    came = 0

    async def hold(route: Route) -> None:
        nonlocal came
        await may_come.wait()
        await route.continue_()
        came += 1

    await page.route(re.compile(r"/messages\?.*cursor="), hold)
    for number in range(3):
        may_come.clear()
        await scroller.evaluate("e => e.scrollTo(0, 300)")
        before = await settled(page)
        height = await scroller.evaluate("e => e.scrollHeight")
        may_come.set()
        await page.wait_for_function(
            "before => document.querySelector('[data-testid=thread-scroller]').scrollHeight > before + 500",
            arg=height,
        )
        after = await settled(page)
        assert came > number
        assert after[0] == before[0]
        assert abs(after[1] - before[1]) <= 2


async def test_three_thousand_messages_stay_light(signed_in: OpenPage, site: Site) -> None:
    fill(site, 3_000)
    page = await signed_in(f"/inbox/{FIRST}")
    await at_end(page)
    await page.evaluate(
        """() => { window.longest = 0; new PerformanceObserver((list) => {
          for (const one of list.getEntries()) window.longest = Math.max(window.longest, one.duration);
        }).observe({ type: 'longtask' }); }"""
    )
    scroller = page.get_by_test_id("thread-scroller")
    oldest = page.get_by_text("number 0 ")
    while not await oldest.is_visible():
        await scroller.evaluate("e => e.scrollTo(0, 0)")
        await page.wait_for_timeout(30)
    await expect(page.get_by_text("Start of the conversation")).to_be_visible()
    assert await page.locator("main *").count() < 1_500
    site.peer.inbound(FIRST, "the very newest")
    await page.get_by_role("button", name="1 new message").click()
    await expect(page.get_by_text("the very newest").last).to_be_in_viewport()
    await at_end(page)
    print("longest task", await page.evaluate("window.longest"))


async def test_what_came_while_away_is_counted(signed_in: OpenPage, site: Site) -> None:
    fill(site, 200)
    page = await signed_in(f"/inbox/{FIRST}")
    await at_end(page)
    await page.get_by_test_id("thread-scroller").evaluate("e => e.scrollTo(0, e.scrollTop - 900)")
    await page.get_by_role("button", name="Go to the latest message").wait_for()
    before = await first_in_sight(page)
    for n in range(3):
        site.peer.inbound(FIRST, f"meanwhile {n}")
    await page.get_by_role("button", name="3 new messages").wait_for()
    assert (await first_in_sight(page))[0] == before[0]
    await page.get_by_role("button", name="3 new messages").click()
    await expect(page.get_by_text("meanwhile 2").last).to_be_in_viewport()
    await at_end(page)


async def test_own_words_are_seen_wherever_one_was(signed_in: OpenPage, site: Site) -> None:
    fill(site, 200)
    page = await signed_in(f"/inbox/{FIRST}")
    await at_end(page)
    await page.get_by_test_id("thread-scroller").evaluate("e => e.scrollTo(0, e.scrollTop - 900)")
    await page.get_by_test_id("composer").fill("from above")
    await page.get_by_test_id("composer").press("Control+Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text("from above")
    await at_end(page)


async def test_a_found_message_is_gone_to_however_old(signed_in: OpenPage, site: Site) -> None:
    fill(site, 700)
    page = await signed_in("/inbox?q=number 12 and")
    await page.locator("mark").first.wait_for()
    await page.locator("[data-row]").first.click()
    await expect(page).to_have_url(re.compile("message="))
    found = page.get_by_test_id("message").filter(has_text="number 12 and")
    await expect(found).to_be_in_viewport()
    assert await found.locator(".outline-2").count() == 1


async def test_a_quote_goes_to_its_source(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{SECOND}", PHONE)
    await page.get_by_role("button", name="Customer this one please").click()
    source = page.get_by_test_id("message").filter(has_text="Photo")
    await expect(source).to_be_in_viewport()
    assert await source.locator(".outline-2").count() == 1


async def test_unread_messages_begin_at_a_line(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.rows[FIRST]["unread"] = 2
    page = await signed_in(f"/inbox/{FIRST}")
    fresh = page.get_by_role("separator", name="New")
    await fresh.scroll_into_view_if_needed()
    await expect(fresh).to_have_count(1)
