"""The customer's phone: several customers, what they send, ticks and typing, beside the team's side."""

import re

from playwright.async_api import expect
from tests.web.conftest import PHONE, OpenPage, Site


async def test_a_customer_writes_attaches_and_presses(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/simulator")
    await expect(page.get_by_test_id("phone-typing")).to_contain_text("typing")
    await page.get_by_test_id("phone-input").fill("two litres please")
    await page.get_by_role("button", name="Send as customer").click()
    mine = page.locator('[data-testid=phone-message][data-direction="in"]').last
    await expect(mine).to_contain_text("two litres please")
    await expect(mine.get_by_test_id("ticks")).to_have_attribute("data-state", "delivered")
    await page.get_by_role("button", name="Attach", exact=True).click()
    await page.get_by_role("menuitem", name="Voice message").click()
    await expect(mine).to_contain_text("Voice message")
    await page.get_by_role("button", name="Talk to a person").click()
    await expect(mine).to_contain_text("Talk to a person")
    said = site.peer.world.phone[-1]
    assert (said["kind"], said["content"]["id"]) == ("button_reply", "human")
    assert said["reply_to"]


async def test_each_customer_has_a_phone_and_a_thread(signed_in: OpenPage) -> None:
    page = await signed_in("/simulator")
    await expect(page.get_by_test_id("mode-control")).to_be_visible()
    await page.get_by_test_id("sim-customer").nth(1).click()
    await expect(page).to_have_url(re.compile("customer=2"))
    await page.get_by_text("The conversation appears here").wait_for()
    await page.reload()
    await expect(page.get_by_test_id("sim-customer").nth(1)).to_have_attribute("aria-current", "true")


async def test_the_phone_shows_the_number_of_the_business(signed_in: OpenPage) -> None:
    page = await signed_in("/simulator?customer=2")
    header = page.get_by_test_id("phone").locator("header")
    await expect(header).to_contain_text("Gokul Dairy")
    await expect(header.get_by_test_id("phone-typing")).to_have_text("+15550100000")


async def test_on_a_phone_both_sides_take_turns(signed_in: OpenPage) -> None:
    page = await signed_in("/simulator", PHONE)
    await page.get_by_test_id("phone").wait_for()
    await page.get_by_role("radio", name="Inbox side").click()
    await expect(page).to_have_url(re.compile("pane=thread"))
    await expect(page.get_by_test_id("phone")).not_to_be_visible()
    await expect(page.get_by_test_id("mode-control")).to_be_visible()
