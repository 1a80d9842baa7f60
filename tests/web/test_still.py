"""A slow server: what comes last moves nothing of what is there already."""

import asyncio

import pytest
from playwright.async_api import Page, Route
from tests.web.api import LiveApi
from tests.web.conftest import DESK, PHONE, LiveApp, OpenPage
from tests.web.looks import JUMPS, shifted
from tests.web.pages import Lent

LATE_S = 0.7  # the others are here by then, as a rule; where not, nothing is proven and nothing fails


async def _late(route: Route) -> None:
    await asyncio.sleep(LATE_S)
    await route.continue_()


async def _reopened(page: Page, late: str, text: str) -> None:
    """Once more, with one answer last."""
    address = f"**/api/v1/{late}"
    await page.route(address, _late)
    async with page.expect_response(address):
        await page.reload()
    await page.get_by_text(text).first.wait_for()
    assert await shifted(page) <= JUMPS


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    ("path", "late", "text"),
    [
        ("/settings/business", "tenant", "A business to try"),
        ("/settings/business", "demo", "A business to try"),
        ("/settings/audit", "members*", "signed in"),
        ("/knowledge", "knowledge/sources*", "Ask as a customer would"),
    ],
)
async def test_the_last_answer_finds_its_place(
    pages: Lent,
    live_app: LiveApp,
    live_api: LiveApi,
    path: str,
    late: str,
    text: str,
    size: tuple[int, int],
) -> None:
    await _reopened(await pages(live_app.url + path, live_api.token, size=size), late, text)


async def test_the_questions_of_a_demo_come_to_an_empty_phone_at_once(
    pages: Lent, live_app: LiveApp, live_api: LiveApi
) -> None:
    await live_api.call("POST", "/demo", {"name": "property"})
    try:
        page = await pages(live_app.url + "/simulator", live_api.token)
        await page.get_by_test_id("sim-customer").filter(has_text="Kavya").click()
        await _reopened(page, "demo", "Can I visit a flat on Sunday?")
    finally:
        await live_api.call("DELETE", "/demo")


@pytest.mark.parametrize("path", ["/inbox", "/inbox?q=nobody"], ids=["rows", "nothing found"])
async def test_the_offer_to_call_moves_nothing_of_the_list(signed_in: OpenPage, path: str) -> None:
    page = await signed_in(path, PHONE)
    await _reopened(page, "conversations/counts*", "Want to hear when a person is ")
