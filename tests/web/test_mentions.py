"""Colleagues called in by "@" in a note, and being called in oneself."""

from playwright.async_api import expect
from tests.web.conftest import PHONE, OpenPage, Site
from tests.web.looks import small_targets, violations_in_both
from tests.web.peer_care import TEAM
from tests.web.peer_data import ME, conversation_id

FIRST, SECOND = conversation_id(0), conversation_id(1)


async def test_a_colleague_is_mentioned_by_keys_and_only_in_a_note(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    composer = page.get_by_test_id("composer")
    options = page.get_by_role("listbox", name="Colleagues").get_by_role("option")
    await composer.press_sequentially("Hello @rav")
    await expect(options).to_have_count(0)
    await composer.fill("")
    await composer.blur()
    await page.keyboard.press("m")
    await expect(composer).to_be_focused()
    await page.keyboard.type("Please look, @")
    await expect(options).to_have_text(["RKRavi Kulkarni"])  # nobody calls themselves
    assert await violations_in_both(page) == []
    await page.keyboard.press("Escape")
    await expect(options).to_have_count(0)
    await page.keyboard.press("Backspace")
    await page.keyboard.type("@kul")
    await expect(composer).to_have_attribute(
        "aria-activedescendant", await options.first.get_attribute("id") or "none"
    )
    await page.keyboard.press("Enter")
    await expect(composer).to_have_value("Please look, @Ravi Kulkarni ")
    await expect(composer).to_be_focused()
    await page.keyboard.type("today")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_test_id("mention")).to_have_text("@Ravi Kulkarni")
    note = site.peer.world.messages[FIRST][-1]
    assert (note["private"], note["content"]["mentions"][0]["id"]) == (True, TEAM[1]["id"])
    await composer.fill("@Ravi Kulkarni is only a name here")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text("is only a name here")
    assert site.peer.world.messages[FIRST][-1]["content"] is None


async def test_who_is_mentioned_is_told_finds_it_and_sees_it(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/inbox", PHONE, fresh=True)
    await page.evaluate("""window.told = [];
      window.Notification = class {
        constructor(title, options) { window.told.push([title, options.body]); }
        close() {}
      };
      window.Notification.permission = "granted";
      window.Notification.requestPermission = async () => "granted";""")
    await page.get_by_role("button", name="Turn on").click()
    await expect(page.get_by_test_id("count-mentions")).to_have_text("0")
    site.peer.mentions.by_ravi(SECOND, ME["member"])
    row = page.locator(f'[data-row="{SECOND}"]')
    await expect(row.get_by_test_id("mentioned")).to_be_visible()
    await expect(page.get_by_test_id("count-mentions")).to_have_text("1")
    assert await page.evaluate("window.told") == [["Daniel Brooks", "Ravi Kulkarni mentions you in a note."]]
    await page.get_by_role("radio", name="Mentions").click()
    await expect(page.locator("[data-row]")).to_have_count(1)
    assert await violations_in_both(page) == []
    assert await small_targets(page) == []
    await row.click()
    await expect(page.get_by_test_id("mention")).to_have_text("@Kavita Rao")
    await expect(page.get_by_test_id("mentioned")).to_have_count(0)
    await page.go_back()
    await expect(row).to_be_visible()
    await expect(page.get_by_test_id("count-mentions")).to_have_text("0")
