"""A business to try, on the real product: loaded, asked on the phone, taken back by one press."""

from playwright.async_api import expect
from tests.web.api import LiveApi
from tests.web.conftest import PHONE, LiveApp
from tests.web.looks import expect_good
from tests.web.pages import Lent


async def test_loaded_asked_and_taken_back(pages: Lent, live_app: LiveApp, live_api: LiveApi) -> None:
    before = await live_api.call("GET", "/tenant")
    page = await pages(live_app.url + "/settings/business", live_api.token)
    card = page.get_by_test_id("demo")
    await card.get_by_role("button", name="Dairy shop in Pune").click()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Shubhra Dairy")
    offered = (await live_api.call("GET", "/demo"))["loaded"]["ask"]

    await page.goto(f"{live_app.url}/simulator")
    await page.get_by_test_id("sim-customer").filter(has_text="Rohini").click()
    await page.get_by_test_id("phone").get_by_role("button", name=offered[0]).click()
    mine = page.locator('[data-testid=phone-message][data-direction="in"]').last
    await expect(mine).to_contain_text(offered[0])

    await page.goto(f"{live_app.url}/settings/business")
    await card.get_by_role("button", name="Take it back").click()
    await expect(page.get_by_label("Name", exact=True)).to_have_value(before["name"])
    assert await live_api.call("GET", "/tenant") == before
    await expect(card.get_by_role("button", name="Dairy shop in Pune")).to_be_visible()


async def test_the_card_and_the_questions_look_good(
    pages: Lent, live_app: LiveApp, live_api: LiveApi
) -> None:
    await live_api.call("POST", "/demo", {"name": "property"})
    try:
        page = await pages(live_app.url + "/settings/business", live_api.token, size=PHONE)
        await expect_good(page, "Take it back")
        await page.goto(f"{live_app.url}/simulator")
        await page.get_by_test_id("sim-customer").filter(has_text="Kavya").click()
        await expect_good(page, "Can I visit a flat on Sunday?")
    finally:
        await live_api.call("DELETE", "/demo")


async def test_who_may_not_change_the_business_sees_no_card(
    pages: Lent, live_app: LiveApp, live_api: LiveApi
) -> None:
    token = await live_api.somebody("agent")
    page = await pages(live_app.url + "/settings/business", token)
    await page.get_by_text("Greetings use it").wait_for()
    await expect(page.get_by_test_id("demo")).to_have_count(0)
