"""How urgent a conversation is: by a key, for several, in the list, and taken back."""

from playwright.async_api import expect
from tests.web.conftest import PHONE, OpenPage, Site
from tests.web.looks import expect_good_on_both, violations_in_both
from tests.web.peer_data import conversation_id

FIRST, SECOND, THIRD = conversation_id(0), conversation_id(1), conversation_id(2)


async def test_it_is_set_by_keys_sorted_by_and_taken_back(signed_in: OpenPage, site: Site) -> None:
    for id_ in (FIRST, SECOND, THIRD):
        site.peer.world.rows[id_] |= {"needs_person": True, "needs_person_reason": "no_answer"}
    page = await signed_in(f"/inbox/{FIRST}?panel=open")
    rows = page.locator("[data-row]")
    await rows.first.wait_for()
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await page.keyboard.press("p")
    dialog = page.get_by_role("dialog", name="Priority")
    assert await violations_in_both(page) == []
    await page.keyboard.type("urg")
    await page.keyboard.press("Enter")
    await page.get_by_text("Priority: Urgent.", exact=True).wait_for()
    await expect(dialog).to_have_count(0)
    urgent = page.locator("[data-row]:has([data-priority=urgent])")
    await expect(urgent).to_have_count(1)
    changed = await urgent.get_attribute("data-row") or ""
    assert site.peer.world.rows[changed]["priority"] == "urgent"
    await expect(rows.first).to_have_attribute("data-row", changed)  # above what is newer
    await page.get_by_label("Filter by label or priority").select_option("Urgent")
    await expect(page.get_by_test_id("chosen-priority")).to_contain_text("Urgent")
    await expect(rows).to_have_count(1)
    assert "priority=urgent" in page.url
    await page.keyboard.press("z")
    await expect(rows).to_have_count(0)
    await page.get_by_role("button", name="Show all priorities").click()
    await expect(rows.nth(1)).to_be_visible()
    assert site.peer.world.rows[changed]["priority"] == "none"


async def test_each_is_told_by_its_shape_and_in_the_thread(signed_in: OpenPage, site: Site) -> None:
    for n, priority in enumerate(("urgent", "high", "medium", "low")):
        site.peer.world.rows[conversation_id(n)]["priority"] = priority
    page = await signed_in("/inbox", PHONE)
    await expect(page.get_by_test_id("priority").first).to_have_attribute("aria-label", "Priority: Urgent")
    await expect_good_on_both(page, "Asha Verma")
    await page.goto(f"{site.url}/inbox/{FIRST}?panel=open")
    panel = page.get_by_test_id("contact-panel")
    await expect(panel).to_contain_text("PriorityUrgent")
    await panel.get_by_role("button", name="Priority").click()
    await page.get_by_role("dialog").get_by_role("option", name="Low").click()
    await expect(page.get_by_text("Kavita Rao set the priority: Low")).to_be_visible()
    await expect(panel).to_contain_text("PriorityLow")
