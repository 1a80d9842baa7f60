"""The inbox on the real product: found, assigned, snoozed, resolved and reopened, beside a second person."""

import re

import pytest
from playwright.async_api import Page, expect
from tests.web.api import LiveApi
from tests.web.conftest import PHONE, LiveApp
from tests.web.looks import expect_good_on_both
from tests.web.pages import Lent
from tests.web.simulated import add_customer, answered, say


@pytest.fixture
async def page(pages: Lent, live_app: LiveApp, live_api: LiveApi) -> Page:
    """At the simulator."""
    return await pages(live_app.url + "/simulator", live_api.token)


async def in_inbox(page: Page, live_app: LiveApp, words: str) -> None:
    """Found by what they wrote, and opened."""
    await page.goto(f"{live_app.url}/inbox")
    await page.get_by_label("Search conversations").fill(words)
    await page.locator("[data-row] mark").first.wait_for()
    await expect(page.locator("[data-row]")).to_have_count(1)
    await page.locator("[data-row]").click()
    await page.get_by_test_id("composer").wait_for()


async def test_words_find_a_conversation_and_lead_to_the_message(page: Page, live_app: LiveApp) -> None:
    await add_customer(page, "Tara")
    await say(page, "do you have saffron kulfi")
    await page.get_by_test_id("message").filter(has_text="saffron kulfi").first.wait_for()
    await in_inbox(page, live_app, "saffron kul")
    await expect(page.locator("[data-row] mark").first).to_have_text("saffron")
    await expect(page).to_have_url(re.compile("message="))
    said = page.locator("[data-testid=message][data-author=customer]").filter(has_text="saffron kulfi")
    await expect(said).to_be_in_viewport()
    panel = page.get_by_test_id("contact-panel")
    await expect(panel).to_contain_text("Tara")
    await expect(panel).to_contain_text("Has not opted out.")


async def test_care_for_a_conversation_from_first_to_last(page: Page, live_app: LiveApp) -> None:
    await add_customer(page, "Uma")
    await say(page, "may I return the turmeric lassi")
    await page.get_by_test_id("message").filter(has_text="turmeric").first.wait_for()
    await answered(page)
    await in_inbox(page, live_app, "turmeric lassi")
    row = page.locator("[data-row]")
    await page.keyboard.press("i")
    await page.get_by_text("Assigned to").first.wait_for()
    await expect(page.get_by_test_id("contact-panel")).not_to_contain_text("Nobody")
    await page.get_by_role("radio", name="Mine").click()
    await expect(row).to_have_count(1)
    await page.keyboard.press("s")
    await page.get_by_role("option", name="Tomorrow morning").click()
    await expect(row.get_by_role("img", name="Snoozed until")).to_be_visible()
    await page.keyboard.press("z")
    await expect(row.get_by_role("img", name="Snoozed until")).to_have_count(0)
    await page.keyboard.press("e")
    await page.get_by_text("Resolved.").wait_for()
    await page.get_by_label("Status").select_option("resolved")
    await expect(row).to_have_count(1)
    await page.keyboard.press("e")
    await expect(row).to_have_count(0)


async def test_resolved_together_and_undone_each_has_whom_it_had(
    page: Page, live_app: LiveApp, live_api: LiveApi
) -> None:
    for name in ("Yamini", "Zubin"):
        await add_customer(page, name)
        await say(page, "a hamper of jaggery laddoo")
        await answered(page)
    await page.goto(f"{live_app.url}/inbox?q=jaggery+laddoo")
    rows = page.locator("[data-row]")
    await expect(rows).to_have_count(2)
    ids = await rows.evaluate_all("rows => rows.map((row) => row.dataset.row)")
    for id_, mode in zip(ids, ("human", "ai"), strict=True):
        await live_api.call("PUT", f"/conversations/{id_}/mode", {"mode": mode})
    await live_api.call("PUT", f"/conversations/{ids[0]}/assignee", {"assignee_id": None})
    names = ("mode", "status", "assignee_id", "snoozed_until")

    async def state() -> list[list[object]]:
        found = [await live_api.call("GET", f"/conversations/{id_}") for id_ in ids]
        return [[one[name] for name in names] for one in found]

    before = await state()
    await expect(rows.last.get_by_role("img", name="AI answers")).to_be_visible()
    await expect(rows.first.get_by_role("img", name="A person answers")).to_be_visible()
    await page.keyboard.press("j")
    await expect(rows.first).to_be_focused()
    await page.keyboard.press("x")
    await page.keyboard.press("Control+a")
    await expect(page.get_by_test_id("selection-bar")).to_contain_text("2 selected")
    await page.keyboard.press("e")
    await page.get_by_text("2 resolved.").wait_for()
    assert [status for _, status, *_ in await state()] == ["resolved", "resolved"]
    async with (
        page.expect_response(lambda answer: answer.url.endswith(f"{ids[0]}/assignee")),
        page.expect_response(lambda answer: answer.url.endswith(f"{ids[1]}/status")),
    ):
        await page.keyboard.press("z")
    assert await state() == before


async def test_an_opt_out_stands_in_the_details(page: Page, live_app: LiveApp) -> None:
    await add_customer(page, "Vimal")
    await say(page, "cardamom please")
    await say(page, "STOP")
    await page.get_by_text("Opted out").first.wait_for()
    await in_inbox(page, live_app, "cardamom")
    panel = page.get_by_test_id("contact-panel")
    await expect(panel).to_contain_text("Opted out on")
    await expect(panel).to_contain_text("“STOP”")


async def test_a_viewer_of_the_real_product_only_looks(
    pages: Lent, live_app: LiveApp, live_api: LiveApi, page: Page
) -> None:
    await add_customer(page, "Wasim")
    await say(page, "pistachio barfi")
    await page.get_by_test_id("message").filter(has_text="pistachio").first.wait_for()
    viewer = await pages(live_app.url + "/inbox?q=pistachio", await live_api.somebody("viewer"))
    await viewer.locator("[data-row]").click()
    await viewer.get_by_text("Your role can read this conversation but not reply.").wait_for()
    assert await viewer.get_by_test_id("resolve").count() == 0
    await expect(viewer.get_by_test_id("contact-panel")).to_contain_text("Wasim")


async def test_real_threads_look_as_they_should(
    pages: Lent, live_app: LiveApp, live_api: LiveApi, page: Page
) -> None:
    await add_customer(page, "Xenia")
    await say(page, "is the shop open at ten")
    await answered(page)
    looked = await pages(live_app.url + "/inbox?q=open at ten", live_api.token, size=PHONE)
    await looked.locator("[data-row]").first.click()
    await looked.get_by_test_id("composer").wait_for()
    await expect_good_on_both(looked, "Start of the conversation")
