"""Somebody new is written to: a number is typed in, mended, and their conversation opens."""

from playwright.async_api import expect
from tests.web.conftest import PHONE, OpenPage, Site
from tests.web.looks import expect_good_on_both
from tests.web.peer_data import CHANNEL


async def test_a_number_is_mended_and_its_conversation_offers_a_template(
    signed_in: OpenPage, site: Site
) -> None:
    page = await signed_in("/inbox", PHONE)
    await page.get_by_role("button", name="New message").click()
    dialog = page.get_by_role("dialog", name="New message")
    phone = dialog.get_by_label("Phone number")
    await expect(phone).to_be_focused()
    go = dialog.get_by_role("button", name="Continue")
    await go.click()
    await expect(dialog.get_by_text("Needed.")).to_be_visible()
    await phone.fill("98118 110")
    await go.click()
    await expect(dialog.get_by_text("its country gives out no such numbers")).to_be_visible()
    await expect(dialog.get_by_label("From")).to_have_count(0)  # there is one number
    await expect_good_on_both(page, "its country gives out no such numbers")
    await phone.fill("98118 11001")
    await go.click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("button", name="Choose a template")).to_be_visible()
    await expect(page.get_by_role("heading", name="+919811811001").first).to_be_visible()
    await page.go_back()
    await expect(page.locator("[data-row]").first).to_be_visible()
    await expect(page.locator("[data-row]").filter(has_text="+919811811001")).to_have_count(0)
    assert site.peer.starting.asked[-1] == {"channel_id": CHANNEL["id"], "phone": "98118 11001"}


async def test_from_which_number_is_asked_where_there_are_several(signed_in: OpenPage, site: Site) -> None:
    other = CHANNEL | {"id": CHANNEL["id"][:-1] + "7", "name": "Second number"}
    site.peer.world.channels += [other, CHANNEL | {"id": "widget", "name": "Site", "by_phone": False}]
    page = await signed_in("/inbox")
    await page.get_by_role("button", name="New message").wait_for()
    await page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="New message")
    options = dialog.get_by_label("From").locator("option")
    await expect(options).to_have_text([f"{one['name']} (+15550100000)" for one in (CHANNEL, other)])
    await dialog.get_by_label("Phone number").fill("+12025550123")
    await dialog.get_by_label("From").select_option(other["id"])
    await dialog.get_by_role("button", name="Continue").click()
    await expect(dialog).to_have_count(0)
    assert site.peer.starting.asked[-1]["channel_id"] == other["id"]


async def test_where_nobody_can_be_reached_by_number_it_says_so(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.channels[0]["by_phone"] = False
    page = await signed_in("/inbox")
    await page.get_by_role("button", name="New message").click()
    await page.get_by_text("None of your channels can write to somebody").wait_for()
