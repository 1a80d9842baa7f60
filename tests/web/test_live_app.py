"""The pages on the real product: from sign-in to a customer's phone and back."""

import asyncio
import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import Page, Route, expect
from tests.web.api import LiveApi
from tests.web.conftest import DESK, PHONE, LiveApp, OpenContext
from tests.web.looks import sticks_out, violations, violations_in_both
from tests.web.simulated import add_customer, moved_clock, say


@pytest.fixture
async def page(contexts: OpenContext, live_app: LiveApp) -> Page:
    """Signed in by the form, at the simulator."""
    return await _sign_in(contexts, live_app)


async def _sign_in(contexts: OpenContext, app: LiveApp, size: tuple[int, int] = DESK) -> Page:
    opened = await (await contexts(size)).new_page()
    await opened.goto(f"{app.url}/simulator")
    await opened.get_by_label("E-mail").fill(app.admin_email)
    await opened.get_by_label("Password").fill(app.admin_password)
    await opened.get_by_role("button", name="Sign in").click()
    await opened.get_by_test_id("phone").wait_for()
    return opened


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_customer_is_answered_and_then_a_person_takes_over(
    contexts: OpenContext, live_app: LiveApp, live_api: LiveApi, size: tuple[int, int]
) -> None:
    """The newcomer's minute: a price with its source, what nobody wrote down, a person comes and goes."""
    prices = {"name": "prices", "text": "Item,Pack,Price\nFresh paneer,1 kg,₹420\nCow ghee,500 ml,₹380\n"}
    source = await live_api.call("POST", "/knowledge/sources", prices)
    try:
        page = await _sign_in(contexts, live_app, size)
        who = f"Farhan {size[0]}"
        await add_customer(page, who)
        on_phone = page.get_by_test_id("phone-message").and_(page.locator('[data-direction="out"]'))
        await say(page, "do you have paneer and what does 1 kg cost?")
        await expect(on_phone.first).to_contain_text("₹420")
        await say(page, "can you repair my bicycle?")
        await expect(on_phone.nth(1)).to_contain_text(re.compile("person", re.IGNORECASE))
        phone = page.url
        await page.goto(f"{live_app.url}/inbox")
        row = page.locator("[data-row]").filter(has_text=who)
        await expect(row.get_by_test_id("needs-person")).to_be_visible()
        await expect(page).to_have_title(re.compile(r"^\(\d+\) "))
        await row.click()
        in_thread = page.get_by_test_id("message")
        await expect(page.get_by_test_id("citation").filter(has_text="prices.txt")).to_be_visible()
        control = page.get_by_test_id("mode-control")
        await page.keyboard.press("t")
        await expect(control).to_have_attribute("data-mode", "human")
        await page.keyboard.press("m")
        await page.get_by_test_id("composer").fill("she is a regular")
        await page.get_by_role("button", name="Add note").click()
        await expect(in_thread.last).to_contain_text("Only your team sees this")
        await page.keyboard.press("Escape")
        await page.keyboard.press("r")
        await page.get_by_test_id("composer").fill("A person here, how can I help?")
        await page.get_by_test_id("composer").press("Control+Enter")
        await expect(in_thread.last).to_contain_text("A person here")
        assert await violations_in_both(page) == []
        assert not await sticks_out(page)
        await page.keyboard.press("Escape")
        await page.keyboard.press("t")
        await expect(control).to_have_attribute("data-mode", "ai")
        await page.goto(phone)
        await expect(on_phone.last).to_contain_text("A person here")
        assert await on_phone.filter(has_text="she is a regular").count() == 0
    finally:
        await live_api.call("DELETE", f"/knowledge/sources/{source['id']}")


async def test_a_customer_sends_files_and_a_place(page: Page, tmp_path: Path) -> None:
    await add_customer(page, "Farah")
    mine = page.get_by_test_id("phone-message").and_(page.locator('[data-direction="in"]'))
    for kind in ("Photo", "Voice message", "Document", "Location"):
        await page.get_by_role("button", name="Attach", exact=True).click()
        await page.get_by_role("menuitem", name=kind, exact=True).click()
    await expect(mine).to_have_count(4)
    await expect(mine.nth(0).locator("img")).to_have_js_property("naturalWidth", 240)
    await expect(mine.nth(2)).to_contain_text("document.pdf")
    await expect(mine.nth(3)).to_contain_text("28.6139, 77.2090")
    own = tmp_path / "price list.txt"
    own.write_text("milk 60")
    await page.get_by_test_id("phone-file").set_input_files(own)
    await expect(mine.last).to_contain_text("price list.txt")
    await expect(mine.last.get_by_test_id("ticks")).to_have_attribute(
        "data-state", re.compile("delivered|read")
    )
    async with page.expect_download() as saved:
        await mine.last.get_by_role("link", name="Save price list.txt").click()
    assert (await (await saved.value).path()).read_text() == "milk 60"
    await expect(page.locator('[data-testid=message][data-author="customer"]')).to_have_count(5)
    await page.get_by_role("button", name="Simulator tools").click()
    await page.get_by_role("menuitem", name="Empty the phone of Farah").click()
    await page.get_by_text("Say hello as Farah.").wait_for()
    await expect(page.locator('[data-testid=message][data-author="customer"]')).to_have_count(5)


async def test_a_late_answer_undoes_nothing_that_the_stream_has_brought(page: Page) -> None:
    """The answer to sending is held back until the ticks are blue: it knows of none."""
    held = asyncio.Event()

    async def hold(route: Route) -> None:
        answer = await route.fetch()
        await held.wait()
        await route.fulfill(response=answer)

    await add_customer(page, "Gita")
    await say(page, "hello")
    await page.locator('[data-author="assistant"]').first.wait_for()
    await page.route(re.compile(r"/conversations/[^/]+/messages$"), hold)
    await page.get_by_test_id("composer").fill("Are you still there?")
    await page.get_by_test_id("composer").press("Control+Enter")
    last = page.get_by_test_id("message").last.get_by_test_id("ticks")
    await expect(last).to_have_attribute("data-state", "read")
    async with page.expect_response(re.compile(r"/conversations/[^/]+/messages$")):
        held.set()
    await page.wait_for_function("localStorage.getItem('samvad.work.outbox') === null")
    await expect(last).to_have_attribute("data-state", "read")


async def test_a_day_later_only_a_template_may_go(page: Page) -> None:
    await add_customer(page, "Lalit")
    await say(page, "hello")
    await page.locator('[data-author="assistant"]').first.wait_for()
    await page.get_by_test_id("composer").wait_for()
    async with moved_clock(page):
        await page.get_by_role("button", name="Choose a template").wait_for()
        await expect(page.get_by_test_id("composer")).to_have_count(0)


async def test_a_scenario_is_played_stopped_and_played_again(page: Page) -> None:
    """Of the real product: what is stopped is over there too, or the second one would be refused."""
    await page.get_by_role("radio", name="Scenarios").click()
    await page.get_by_role("button", name="New", exact=True).click()
    text, outcome = page.get_by_test_id("scenario-text"), page.get_by_test_id("scenario-outcome")
    await text.fill("name: n\ncustomer: Hema\nsteps:\n  - customer says: hello\n  - wait: 60 s\n")
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(outcome).to_have_text("Step 2 of 2")
    await page.get_by_role("region", name="Phone of Hema").wait_for()
    await page.get_by_role("button", name="Stop", exact=True).click()
    await expect(outcome).to_have_text("Stopped")
    await page.get_by_role("button", name="Edit").click()
    await text.fill("name: n\nsteps:\n  - customer says: hello\n  - expect reply: hello\n")
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(outcome).to_contain_text("Passed")


async def test_the_trace_says_how_an_answer_came_about(page: Page) -> None:
    await add_customer(page, "Mohan")
    await say(page, "hello")
    answer = page.locator('[data-author="assistant"]').first
    await answer.get_by_role("button", name="Why this message").focus()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.locator("li").first).to_contain_text("ms")
    await page.reload()
    await expect(dialog.locator("li").first).to_contain_text("ms")


async def test_a_second_agent_sees_it_live_and_who_else_is_here(
    page: Page, contexts: OpenContext, live_app: LiveApp
) -> None:
    name = f"Nisha {uuid4().hex[:4]}"
    await add_customer(page, name)
    await say(page, "first words")
    other = await _sign_in(contexts, live_app)
    await other.goto(f"{live_app.url}/inbox")
    row = other.locator("[data-row]").filter(has_text=name)
    await row.click()
    await other.get_by_text("first words").last.wait_for()
    await expect(other.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    await say(page, "words for both")
    await expect(other.get_by_test_id("message").filter(has_text="words for both")).to_have_count(1)
    await expect(row).to_contain_text(re.compile("first words|Hello"))  # what a person is called for stays


async def test_a_cut_network_loses_nothing(page: Page) -> None:
    await add_customer(page, "Omar")
    await say(page, "hello")
    await page.locator('[data-author="assistant"]').first.wait_for()
    await page.context.set_offline(True)
    await page.get_by_text("You are offline.").wait_for()
    for n in range(3):
        await page.get_by_test_id("composer").fill(f"queued {n}")
        await page.get_by_test_id("composer").press("Control+Enter")
    await page.context.set_offline(False)
    on_phone = page.get_by_test_id("phone-message").filter(has_text="queued")
    await expect(on_phone).to_have_count(3)
    words = await on_phone.all_inner_texts()
    assert [re.search(r"queued \d", one).group() for one in words] == ["queued 0", "queued 1", "queued 2"]  # type: ignore[union-attr]


async def test_the_sandbox_channel_passes_its_self_test(page: Page, live_app: LiveApp) -> None:
    await page.goto(f"{live_app.url}/settings/channels")
    await page.get_by_role("button", name="Run self-test").click()
    await expect(page.get_by_test_id("self-test")).to_contain_text("All steps passed")


@pytest.mark.parametrize("path", ["/inbox", "/simulator", "/settings/channels", "/settings/account"])
async def test_real_screens_are_accessible_on_a_phone(
    contexts: OpenContext, live_app: LiveApp, path: str
) -> None:
    page = await _sign_in(contexts, live_app, PHONE)
    await page.goto(live_app.url + path)
    await page.get_by_role("heading").first.wait_for()
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    for here in await page.locator("a[aria-current=page]:visible").all():
        await expect(here).to_be_in_viewport()  # also among tabs that are wider than the phone
    assert await violations(page) == []
    assert not await sticks_out(page)
