"""Webhooks and the delivery log on the real product: what the simulated customer wrote."""

import re

from playwright.async_api import Page, expect
from tests.web.api import LiveApi
from tests.web.conftest import LiveApp
from tests.web.pages import Lent
from tests.web.simulated import add_customer, say


async def test_what_a_customer_wrote_is_found_opened_and_driven_again(
    pages: Lent, live_app: LiveApp, live_api: LiveApi
) -> None:
    page = await pages(live_app.url + "/simulator", live_api.token)
    await add_customer(page, "Jaya")
    await say(page, "hello")
    answered = page.get_by_test_id("message").and_(page.locator('[data-author="assistant"]'))
    await expect(answered.first.get_by_test_id("ticks")).to_have_attribute("data-state", "read")
    await _the_log_has_both(page, live_app)
    await _the_webhook_is_driven_again(page, live_app)


async def _the_log_has_both(page: Page, app: LiveApp) -> None:
    await page.goto(f"{app.url}/settings/log?direction=in")
    line = page.get_by_test_id("log-line").filter(has_text="Jaya").first
    await expect(line).to_have_attribute("data-state", "received")
    await page.get_by_label("Direction").select_option("To customers")
    await expect(page.get_by_test_id("log-line").filter(has_text="Jaya").first).to_contain_text("Read")
    await page.get_by_test_id("log-line").filter(has_text="Jaya").first.click()
    panel = page.get_by_test_id("log-panel")
    await expect(panel).to_contain_text("The customer has read it.")
    steps = re.compile("Queued.*Taken by the provider.*Delivered.*Read", re.DOTALL)
    await expect(panel).to_contain_text(steps)
    await page.keyboard.press("Escape")


async def _the_webhook_is_driven_again(page: Page, app: LiveApp) -> None:
    await page.goto(f"{app.url}/settings/webhooks?verdict=accepted")
    await page.get_by_test_id("delivery").first.click()
    panel = page.get_by_test_id("delivery-panel")
    await expect(panel.get_by_label("Body")).to_contain_text('"object": "whatsapp_business_account"')
    await panel.get_by_role("button", name="Drive again").click()
    await expect(panel.get_by_role("status")).to_contain_text("went in again.")
    await expect(panel.get_by_text("Driven again")).to_be_visible()
