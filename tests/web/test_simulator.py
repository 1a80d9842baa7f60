"""The customer's phone: several customers, what they send, ticks and typing, beside the team's side."""

import re

from playwright.async_api import expect
from tests.web.conftest import PHONE, OpenPage, Site
from tests.web.looks import small_targets, sticks_out, violations_in_both


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


async def test_a_customer_edits_deletes_and_sends_whatever_there_is(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/simulator?customer=2")
    mine = page.locator('[data-testid=phone-message][data-direction="in"]')
    for words in ("two litres on Sundey", "wrong chat"):
        await page.get_by_test_id("phone-input").fill(words)
        await page.get_by_role("button", name="Send as customer").click()
    await expect(mine.last).to_contain_text("wrong chat")
    menu = page.get_by_role("button", name="What the customer does to it")
    await menu.nth(-2).click()
    await page.get_by_role("menuitem", name="Edit").click()
    await page.get_by_label("New words of the message").fill("two litres on Sunday")
    await page.get_by_role("button", name="Edit", exact=True).click()
    await expect(mine.nth(-2)).to_contain_text("two litres on Sunday")
    await menu.last.click()
    await page.get_by_role("menuitem", name="Delete").click()
    await expect(mine.last).to_contain_text("This message was deleted")
    for kind in ("Video", "Sound", "Sticker", "Contact card", "Order from the catalogue", "Answer to a form",
                 'Button "Yes" of an unknown message', "Something unsupported"):  # fmt: skip
        await page.get_by_role("button", name="Attach", exact=True).first.click()
        await page.get_by_role("menuitem", name=kind).click()
    await page.get_by_test_id("phone-input").fill("Hello from the counter")
    await page.get_by_role("button", name="Attach", exact=True).first.click()
    await page.get_by_role("menuitem", name="by the business on its own phone").click()
    await expect(page.get_by_test_id("phone-input")).to_have_value("")
    await page.get_by_role("button", name="Simulator tools").click()
    await page.get_by_role("menuitem", name="Daniel Brooks changes their number").click()
    await page.get_by_text("Daniel Brooks writes from").wait_for()
    kinds = [one["kind"] for one in site.peer.world.phone if one["customer_id"] == 2]
    assert kinds[-12:] == [
        "edit", "revoke", "video", "audio", "sticker", "contacts", "order", "nfm_reply", "button",
        "unsupported", "echo", "number_change",
    ]  # fmt: skip


async def test_what_the_provider_allows_is_set_beside_the_phone(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/simulator")
    tools = page.get_by_role("button", name="Simulator tools")
    await tools.click()
    await page.get_by_role("menuitem", name="Asha Verma stops your offers").click()
    await page.get_by_text("Asha Verma gets no marketing any more").wait_for()
    await tools.click()
    await page.get_by_role("menuitem", name="Asha Verma wants offers again").wait_for()
    await page.get_by_role("menuitem", name="What the provider allows").click()
    await page.get_by_text("3 in the last 24 hours").wait_for()
    await page.get_by_label("People written to first in a day").select_option("1,000")
    await page.get_by_role("switch", name="Pace to one person").click()
    await page.get_by_label("Quality").first.select_option("Low")
    await page.get_by_test_id("provider-template").last.get_by_label("Status").select_option("Paused")
    await expect(page.get_by_test_id("provider-template").last.get_by_label("Status")).to_have_value("PAUSED")
    assert (site.peer.provider.policy["tier"], site.peer.provider.policy["quality"]) == (1000, "RED")
    assert site.peer.provider.policy["pair_rate"] is True
    assert [one["status"] for one in site.peer.provider.templates] == ["APPROVED", "PAUSED"]
    assert await violations_in_both(page) == []
    await page.set_viewport_size({"width": 390, "height": 844})
    small = [target for target in await small_targets(page) if not target.startswith("Close toast")]
    assert small == []
    assert not await sticks_out(page)


async def test_somebody_may_show_no_number(signed_in: OpenPage) -> None:
    page = await signed_in("/simulator")
    await page.get_by_role("button", name="New customer").click()
    await page.get_by_label("Name").fill("Meera")
    await page.get_by_label("Shows no phone number").check()
    await expect(page.get_by_label("Phone number", exact=True)).to_be_disabled()
    async with page.expect_request(lambda asked: asked.url.endswith("/phone/customers")) as made:
        await page.get_by_role("button", name="Add customer").click()
    assert (await made.value).post_data_json == {"name": "Meera", "phone": None}
