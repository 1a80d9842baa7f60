"""Webhooks and the delivery log on screen: found by conditions in the address, opened, driven, sent again."""

import re

from playwright.async_api import expect
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.web.looks import small_targets, sticks_out, violations_in_both
from tests.web.peer_journal import STRANGER, delivery_id


async def test_webhooks_are_found_by_what_became_of_them(signed_in: OpenPage) -> None:
    page = await signed_in("/settings/webhooks")
    lines = page.get_by_test_id("delivery")
    await expect(lines).to_have_count(50)
    await page.get_by_role("button", name="Show older").click()
    await expect(lines).to_have_count(70)
    await page.get_by_label("What became of it").select_option("Not readable")
    await expect(page).to_have_url(re.compile("verdict=unparsable"))
    await expect(lines).to_have_count(1)
    await expect(lines).to_contain_text("the body is not JSON")
    await page.reload()
    await expect(lines).to_have_count(1)
    await page.get_by_label("From").fill("2030-01-01T00:00")
    await expect(page.get_by_text("No such webhook")).to_be_visible()


async def test_a_mistyped_number_is_named_and_its_webhook_kept(signed_in: OpenPage) -> None:
    page = await signed_in(f"/settings/webhooks?delivery={delivery_id(2)}")
    panel = page.get_by_test_id("delivery-panel")
    help_ = panel.get_by_test_id("unconnected")
    await expect(help_).to_contain_text(STRANGER)
    await expect(help_).to_contain_text("“Sandbox number” is connected with the number ID 100000000000001.")
    await expect(panel.get_by_label("Body")).to_contain_text('"body": "नमस्ते, <b>milk</b>"')
    assert await violations_in_both(page) == []
    await panel.get_by_role("button", name="Drive again").click()
    await expect(panel.get_by_role("alert")).to_contain_text(f"Number ID {STRANGER} is not connected here")
    await help_.get_by_role("link", name="Channels").click()
    await expect(page).to_have_url(re.compile("/settings/channels"))


async def test_what_came_before_and_what_still_waits_are_flagged(signed_in: OpenPage) -> None:
    page = await signed_in("/settings/webhooks")
    lines = page.get_by_test_id("delivery")
    await expect(lines.nth(4)).to_contain_text("Duplicate")
    await expect(lines.nth(4)).to_contain_text("2 had come before")
    await expect(lines.nth(5)).to_contain_text("Processed")
    await expect(lines.nth(6)).to_contain_text("Not worked off yet")
    await page.get_by_label("What became of it").select_option("duplicate")
    await expect(lines).to_have_count(1)


async def test_one_is_driven_again_and_a_forged_one_never(signed_in: OpenPage) -> None:
    page = await signed_in("/settings/webhooks", PHONE)
    await page.get_by_test_id("delivery").first.click()
    panel = page.get_by_test_id("delivery-panel")
    await panel.get_by_role("button", name="Drive again").click()
    await expect(panel.get_by_role("status")).to_have_text("2 items went in again.")
    await expect(panel).to_contain_text("Taken in")
    assert await small_targets(page) == []
    assert not await sticks_out(page)
    await page.keyboard.press("Escape")
    await page.get_by_test_id("delivery").filter(has_text="Forged").click()
    await expect(panel).to_contain_text("it is never driven again")
    await expect(panel).to_contain_text("Not kept: a stranger's text.")
    assert await panel.get_by_role("button").count() == 0


async def test_all_of_a_filter_are_driven_again_and_counted(signed_in: OpenPage) -> None:
    page = await signed_in("/settings/webhooks?verdict=failed")
    await page.get_by_role("button", name="Drive all of these again").click()
    said = page.get_by_role("status").filter(has_text="Driven again")
    await expect(said).to_have_text("Driven again: 1 webhook with 2 items. Not driven: 1 webhook.")
    await expect(page.get_by_text("1 webhook: It still cannot be read: no JSON")).to_be_visible()
    await expect(page.get_by_text("No such webhook")).to_be_visible()
    await page.get_by_label("What became of it").select_option("Forged")
    await expect(page.get_by_role("button", name="Drive all of these again")).to_have_count(0)


async def test_a_new_webhook_appears_by_itself(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/settings/webhooks", fresh=True)
    await page.get_by_test_id("delivery").first.wait_for()
    await page.clock.install()
    await page.reload()
    await page.get_by_test_id("delivery").first.wait_for()
    known = site.peer.journal.deliveries
    known.insert(0, known[-1] | {"id": delivery_id(99), "items": 8})
    await page.clock.fast_forward(11_000)
    await expect(page.get_by_test_id("delivery").first).to_contain_text("8 items")


async def test_the_log_says_why_and_sends_again(signed_in: OpenPage) -> None:
    page = await signed_in("/settings/log")
    await page.get_by_label("State").select_option("Not sent")
    await expect(page).to_have_url(re.compile("state=failed"))
    line = page.get_by_test_id("log-line")
    await expect(line).to_have_count(1)
    await expect(line).to_contain_text("This number cannot be reached on WhatsApp.")
    await line.click()
    panel = page.get_by_test_id("log-panel")
    for said in ("recipient_unreachable", "131026", "Message undeliverable", "Taken by the provider"):
        await expect(panel).to_contain_text(said)
    assert await violations_in_both(page) == []
    await panel.get_by_role("button", name="Send again").click()
    await page.get_by_text("It is on its way again.").wait_for()
    await expect(page.get_by_text("No such message")).to_be_visible()


async def test_the_log_of_one_customer_leads_to_the_conversation(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/settings/log", DESK)
    phone = page.get_by_label("Phone number")
    await phone.fill("+919199900001")
    await phone.press("Enter")
    await expect(page).to_have_url(re.compile(r"phone=%2B919199900001"))
    lines = page.get_by_test_id("log-line")
    await expect(lines.filter(has_not_text="Daniel Brooks")).to_have_count(0)
    await lines.filter(has_text="We start on Monday.").click()
    await page.get_by_role("link", name="Open the conversation").click()
    await expect(page.get_by_test_id("message").filter(has_text="We start on Monday.")).to_be_visible()


async def test_what_came_of_what_customers_wrote(signed_in: OpenPage) -> None:
    page = await signed_in("/settings/log?action=ai_replied", DESK)
    lines = page.get_by_test_id("log-line")
    await expect(lines.first).to_contain_text("AI replied")
    await expect(lines.filter(has_not_text="AI replied")).to_have_count(0)
    await page.get_by_label("What came of it").select_option("Blocked")
    await expect(page.get_by_text("None among the newest messages")).to_be_visible()
    await page.get_by_role("button", name="Show older").click()
    await expect(page.get_by_text("No such message")).to_be_visible()


async def test_a_failing_server_is_said_and_retried(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/settings/webhooks")
    await page.get_by_test_id("delivery").first.wait_for()
    site.peer.down = True
    await page.get_by_role("link", name="Delivery log").click()
    alert = page.get_by_role("alert").first
    await expect(alert).to_contain_text("The log could not be loaded.")
    site.peer.down = False
    await alert.get_by_role("button", name="Try again").click()
    await page.get_by_test_id("log-line").first.wait_for()


async def test_who_may_not_see_the_journal_is_told(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.role = "viewer"
    page = await signed_in("/settings/webhooks")
    await page.get_by_text("Your role does not include this").wait_for()
    await page.goto(f"{site.url}/settings/log?state=failed")
    await page.get_by_test_id("log-line").click()
    await page.get_by_test_id("log-panel").wait_for()
    assert await page.get_by_role("button", name="Send again").count() == 0
    assert await page.get_by_role("link", name="Webhooks").count() == 0
