"""Customers of the simulator: made and made to speak from its page."""

from playwright.async_api import Page


async def add_customer(page: Page, name: str) -> None:
    """A customer of this test's own."""
    await page.get_by_role("button", name="New customer").click()
    await page.get_by_label("Name").fill(name)
    await page.get_by_role("button", name="Add customer").click()
    await page.get_by_role("region", name=f"Phone of {name}").wait_for()


async def say(page: Page, text: str) -> None:
    await page.get_by_test_id("phone-input").fill(text)
    await page.get_by_role("button", name="Send as customer").click()


async def answered(page: Page) -> None:
    """The business has replied: what the assistant decides is decided."""
    await page.locator("[data-testid=phone-message][data-direction=out]").first.wait_for()
