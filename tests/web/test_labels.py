"""Labels in the inbox: put on by keys, made on the way, filtered by; canned replies; both in the settings."""

import re

from playwright.async_api import Page, expect
from tests.web.conftest import PHONE, OpenPage, Site
from tests.web.looks import expect_good_on_both, violations_in_both
from tests.web.peer_data import conversation_id
from tests.web.peer_labels import PALETTE, label

FIRST, SECOND, THIRD = conversation_id(0), conversation_id(1), conversation_id(2)


async def opened(page: Page) -> Page:
    await page.locator(f'[data-row="{FIRST}"]').wait_for()
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    return page


async def test_labels_are_made_put_on_and_taken_off_by_keys(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.labels = [label("Refund", "red"), label("Urgent", "orange")]
    page = await opened(await signed_in(f"/inbox/{FIRST}?panel=open"))
    row, dialog = page.locator(f'[data-row="{FIRST}"]'), page.get_by_role("dialog", name="Labels")
    await page.keyboard.press("l")
    await page.get_by_placeholder("Find or create a label").fill("urg")
    await page.keyboard.press("Enter")
    await expect(row.get_by_test_id("labels")).to_have_text("Urgent")
    for name in ("refund", "Bulk order"):  # the first is there already, the second is new
        await page.get_by_placeholder("Find or create a label").fill(name)
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_role("option").filter(has=page.get_by_label("Chosen now"))).to_have_count(
            2 if name == "refund" else 3
        )
    await expect(row.get_by_test_id("labels")).to_contain_text("and 1 more label")
    assert [one["name"] for one in site.peer.world.rows[FIRST]["labels"]] == [
        "Bulk order",
        "Refund",
        "Urgent",
    ]
    await dialog.get_by_role("option", name="Refund").click()
    await expect(row.get_by_test_id("labels")).to_have_text("Bulk orderUrgent")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("contact-panel")).to_contain_text("Bulk order")
    await page.keyboard.press("z")
    await expect(row.get_by_test_id("labels")).to_contain_text("and 1 more label")


async def test_the_list_is_narrowed_to_a_label_live(signed_in: OpenPage, site: Site) -> None:
    urgent = label("Urgent", "orange")
    site.peer.world.labels = [urgent]
    site.peer.world.rows[SECOND]["labels"] = [urgent]
    page = await opened(await signed_in())
    await page.get_by_label("Filter by label").select_option("Urgent")
    await expect(page.locator("[data-row]")).to_have_count(1)
    await expect(page.get_by_test_id("chosen-label")).to_contain_text("Urgent")
    site.peer.world.rows[THIRD]["labels"] = [urgent]
    site.peer.emit("conversation.updated", {"conversation": site.peer.world.rows[THIRD]})
    await expect(page.locator("[data-row]")).to_have_count(2)
    await page.locator(f'[data-row="{SECOND}"]').click()
    await page.get_by_test_id("composer").wait_for()
    await page.keyboard.press("l")
    await page.get_by_role("dialog").get_by_role("option", name="Urgent").click()
    await expect(page.locator("[data-row]")).to_have_count(1)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Show all labels").click()
    await expect(page.locator(f'[data-row="{SECOND}"]')).to_be_visible()


async def test_several_are_labelled_at_once_and_it_is_taken_back(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in())
    await page.locator("li").filter(has=page.locator(f'[data-row="{FIRST}"]')).hover()
    for id_ in (FIRST, SECOND):
        await page.locator("li").filter(has=page.locator(f'[data-row="{id_}"]')).locator("label").click()
    await page.get_by_test_id("selection-bar").get_by_role("button", name="Label").click()
    await page.get_by_placeholder("Find or create a label").fill("Refund")
    await page.get_by_role("option", name="Create “Refund”").click()
    await page.get_by_text("2 labelled Refund.").wait_for()
    await expect(page.get_by_test_id("labels")).to_have_count(2)
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_test_id("labels")).to_have_count(0)
    assert site.peer.world.rows[FIRST]["labels"] == []


async def test_every_colour_can_be_read(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.labels = [label(colour.title(), colour) for colour in PALETTE]
    for n, of_row in enumerate((0, 1, 2, 4)):  # the one between is resolved
        site.peer.world.rows[conversation_id(of_row)]["labels"] = site.peer.world.labels[2 * n :]
    page = await signed_in(f"/inbox?label={site.peer.world.labels[6]['id']}", PHONE)
    await expect_good_on_both(page, "Asha Verma")


async def test_the_settings_rename_recolour_and_delete(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.labels = [label("Refund", "red"), label("Urgent", "orange")]
    page = await signed_in("/settings/labels", PHONE)
    await expect_good_on_both(page, "Refund")
    await page.get_by_label("Name of Refund").fill("Money back")
    await page.get_by_label("Colour of Refund").select_option("Teal")
    await page.get_by_role("button", name="Save Refund").click()
    await page.get_by_text("Label saved").wait_for()
    await page.get_by_label("New label").fill("Bulk order")
    await page.get_by_role("button", name="Add").click()
    await expect(page.get_by_test_id("label")).to_have_count(3)
    await page.get_by_role("button", name="Delete Urgent").click()
    assert await violations_in_both(page) == []
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_test_id("label")).to_have_count(2)
    kept = [(one["name"], one["colour"]) for one in site.peer.world.labels]
    assert kept == [("Money back", "teal"), ("Bulk order", "purple")]


async def test_a_canned_reply_is_written_and_used_by_keys(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.canned = [
        {"id": str(n), "shortcut": shortcut, "name": f"About {shortcut}", "text": f"All about {shortcut}."}
        for n, shortcut in enumerate(("hello", "thanks"))
    ]
    page = await signed_in("/settings/canned-replies", PHONE)
    await page.get_by_role("button", name="Delete /thanks").click()
    await expect(page.get_by_test_id("canned-reply")).to_have_count(1)
    await page.get_by_role("button", name="Undo").click()
    await expect_good_on_both(page, "All about thanks.")
    await page.get_by_role("button", name="New canned reply").click()
    form = page.get_by_role("dialog", name="New canned reply")
    await form.get_by_label("Shortcut").fill("hello")
    await form.get_by_label("Name").fill("Greeting")
    await form.get_by_label("Text").fill("Namaste ")
    await form.get_by_role("button", name="{{contact.first_name}}").click()
    await page.keyboard.type(", this is {{agent.name|us}} of {{business.name}}.")
    await form.get_by_role("button", name="Create").click()
    await expect(form.get_by_text("There is a canned reply of this shortcut")).to_be_visible()
    await expect(form.get_by_label("Shortcut")).to_be_focused()
    assert await violations_in_both(page) == []
    await form.get_by_label("Shortcut").fill("/here")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("canned-reply")).to_have_count(3)
    await page.get_by_role("searchbox", name="Search canned replies").fill("namaste")
    await expect(page.get_by_test_id("canned-reply")).to_have_count(1)

    await page.get_by_role("link", name="Inbox").first.click()
    await page.locator(f'[data-row="{FIRST}"]').click()
    composer = page.get_by_test_id("composer")
    options = page.get_by_role("listbox", name="Canned replies").get_by_role("option")
    await composer.fill("It is/")
    await expect(options).to_have_count(0)
    await composer.fill("One\n")
    await composer.press_sequentially("/")
    await expect(options).to_have_count(3)
    assert await violations_in_both(page) == []
    await composer.press("Escape")
    await expect(options).to_have_count(0)
    await composer.fill("One\n")
    await composer.press_sequentially("/he")
    await expect(options).to_have_text([re.compile("/hello"), re.compile("/here")])
    await composer.press("ArrowDown")
    await expect(composer).to_have_attribute(
        "aria-activedescendant", await options.nth(1).get_attribute("id") or "none"
    )
    await composer.press("Tab")
    said = "Namaste Asha, this is Kavita Rao of Gokul Dairy."
    await expect(composer).to_have_value(f"One\n{said}")
    await page.get_by_role("radio", name="Note").click()
    await composer.fill("")
    await composer.press_sequentially("/thanks")
    await options.click()
    await expect(composer).to_have_value("All about thanks.")
    await expect(composer).to_be_focused()
    await composer.blur()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_contain_text("Canned replies, in an empty line of a message/")
    await expect(page.get_by_role("dialog")).to_contain_text("Search conversations/")
