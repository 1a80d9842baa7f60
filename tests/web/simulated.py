"""Customers of the simulator: made and made to speak from its page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, expect


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


@asynccontextmanager
async def moved_clock(page: Page) -> AsyncIterator[None]:
    """A day and an hour later at the provider; set back at the end, whatever came, as others use it too."""
    await _tool(page, "Move the clock 25 hours ahead")
    await expect(page.get_by_test_id("sim-clock")).to_have_text("+25 h")
    try:
        yield
    finally:
        await _tool(page, "Reset simulator")
        await page.get_by_role("dialog").get_by_role("button", name="Reset simulator").click()
        await expect(page.get_by_test_id("sim-clock")).to_have_count(0)


async def _tool(page: Page, name: str) -> None:
    await page.get_by_role("button", name="Simulator tools").click()
    await page.get_by_role("menuitem", name=name).click()
