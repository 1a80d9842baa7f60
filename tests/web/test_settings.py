"""The settings on the real product: changed, undone, refused to those who may not."""

import asyncio
import re

import pytest
from playwright.async_api import Page, Route, expect
from tests.web.api import LiveApi
from tests.web.conftest import PHONE, LiveApp
from tests.web.looks import expect_good_on_both
from tests.web.pages import Lent

PAGES = {
    "business": ("/settings/business", "Greetings use it"),
    "members": ("/settings/members", "owner@example.test"),
    "invite": ("/settings/members?form=new", "Samvad sends no e-mail"),
    "api keys": ("/settings/api-keys", "Create a key"),
    "api key form": ("/settings/api-keys?form=new", "Give it no more than it needs"),
    "audit": ("/settings/audit", "signed in"),
    "rules": ("/settings/rules", "Talk to a person"),
    "new rule": ("/settings/rules?rule=new", "For your team"),
}


@pytest.fixture
async def page(pages: Lent, live_app: LiveApp, live_api: LiveApi) -> Page:
    return await pages(live_app.url + "/settings", live_api.token)


async def test_business_is_saved_and_undone(page: Page, live_api: LiveApi) -> None:
    before = await live_api.call("GET", "/tenant")
    await expect(page).to_have_url(re.compile("/settings/business$"))
    name = page.get_by_label("Name")
    await name.fill("Corner Dairy")
    await page.get_by_label("Language").select_option("hi")
    await page.get_by_label("Time zone").select_option("Europe/Lisbon")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Settings saved").wait_for()
    saved = await live_api.call("GET", "/tenant")
    assert (saved["name"], saved["language"], saved["time_zone"]) == ("Corner Dairy", "hi", "Europe/Lisbon")
    await page.get_by_role("button", name="Undo").click()
    await expect(name).to_have_value(before["name"])
    assert await live_api.call("GET", "/tenant") == before


async def test_hours_take_several_spans_and_closed_days(page: Page, live_api: LiveApi) -> None:
    await live_api.call("PATCH", "/tenant", {"business_hours": {}})
    await page.reload()
    await page.get_by_label("Always open").uncheck()
    monday, saturday = page.get_by_test_id("hours-mon"), page.get_by_test_id("hours-sat")
    await expect(saturday).to_contain_text("Closed")
    await monday.get_by_label("Monday, closes, 1").fill("13:00")
    await monday.get_by_role("button", name="Add hours on Monday").click()
    await monday.get_by_label("Monday, closes, 2").fill("12:00")
    await monday.get_by_label("Monday, opens, 2").fill("11:00")
    await expect(monday.get_by_role("alert")).to_have_text("Two of these overlap.")
    await expect(page.get_by_role("button", name="Save")).to_be_disabled()
    await monday.get_by_label("Monday, opens, 2").fill("15:00")
    await monday.get_by_label("Monday, closes, 2").fill("02:00")
    await expect(monday).to_contain_text("next day")
    await page.get_by_role("switch", name="Open on Friday").click()
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Settings saved").wait_for()
    hours = (await live_api.call("GET", "/tenant"))["business_hours"]
    assert hours["mon"] == [["09:00", "13:00"], ["15:00", "02:00"]]
    assert sorted(hours) == ["mon", "thu", "tue", "wed"]
    await live_api.call("PATCH", "/tenant", {"business_hours": {}})


async def test_an_invitation_is_a_link_that_lets_in_once(page: Page, pages: Lent, live_app: LiveApp) -> None:
    await page.get_by_role("link", name="Members").click()
    await page.get_by_role("button", name="Invite a member").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Invite", exact=True).click()
    await expect(dialog.get_by_text("Needed.")).to_be_visible()
    await dialog.get_by_label("E-mail").fill("not an address")
    await dialog.get_by_role("button", name="Invite", exact=True).click()
    await expect(dialog.get_by_text("this is not an e-mail address")).to_be_visible()
    await dialog.get_by_label("E-mail").fill("tara@example.test")
    await dialog.get_by_label("Name").fill("Tara Rao")
    await dialog.get_by_label("Role").select_option("viewer")
    await dialog.get_by_role("button", name="Invite", exact=True).click()
    link = await page.get_by_role("textbox", name="One-time link").input_value()
    await page.keyboard.press("Escape")
    row = page.get_by_test_id("member").filter(has_text="Tara Rao")
    await expect(row).to_contain_text("Invited, has not signed in yet")
    guest = await pages(link, None)
    await guest.get_by_role("button", name="Continue").click()
    await guest.get_by_role("heading", name="Inbox").wait_for()
    await row.get_by_label("Role of Tara Rao").select_option("agent")
    await page.get_by_text("Tara Rao is now Agent").wait_for()
    await row.get_by_role("button", name="More for Tara Rao").click()
    await page.get_by_role("menuitem", name="Disable").click()
    await expect(row).to_contain_text("Disabled")
    await guest.reload()
    await guest.get_by_role("button", name="Sign in").wait_for()


async def test_the_last_owner_cannot_be_demoted(page: Page, live_app: LiveApp) -> None:
    await page.goto(f"{live_app.url}/settings/members")
    own = page.get_by_test_id("member").filter(has_text=live_app.admin_email)
    await expect(own.get_by_role("combobox")).to_be_disabled()
    await own.get_by_role("button", name=re.compile("^More for")).click()
    await expect(page.get_by_role("menuitem", name="Disable")).to_have_attribute("aria-disabled", "true")


async def test_a_key_is_shown_once_and_ends_when_revoked(
    page: Page, live_app: LiveApp, live_api: LiveApi
) -> None:
    await page.goto(f"{live_app.url}/settings/api-keys?form=new")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill("Web shop")
    await dialog.get_by_role("button", name="Create key").click()
    await expect(dialog.get_by_text("Choose at least one.")).to_be_visible()
    await dialog.get_by_label("Contacts: Read").check()
    await dialog.get_by_role("button", name="Create key").click()
    key = await page.get_by_label("API key", exact=True).input_value()
    assert (await live_api.answer("/contacts", key), await live_api.answer("/rules", key)) == (200, 403)
    await page.keyboard.press("Escape")
    await expect(page.get_by_text(key)).to_have_count(0)
    row = page.get_by_test_id("api-key").filter(has_text="Web shop")
    await expect(row).to_contain_text("Contacts (Read)")
    await row.get_by_role("button", name="Revoke").click()
    await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    await expect(row).to_contain_text("Revoked")
    assert await live_api.answer("/contacts", key) == 401


async def test_the_audit_log_names_people_and_deeds(page: Page, live_api: LiveApi) -> None:
    await live_api.call("PATCH", "/tenant", {"currency": "INR"})
    await page.get_by_role("link", name="Audit log").click()
    await expect(page.get_by_text("changed the business settings").first).to_be_visible()


async def test_a_viewer_sees_and_cannot_change(pages: Lent, live_app: LiveApp, live_api: LiveApi) -> None:
    token = await live_api.somebody("viewer")
    page = await pages(live_app.url + "/settings/business", token)
    await page.get_by_text("Only owners and admins change these settings.").wait_for()
    assert await page.get_by_role("button", name="Save").count() == 0
    await expect(page.get_by_label("Name")).to_be_disabled()
    tabs = await page.get_by_role("navigation", name="Settings pages").get_by_role("link").all_inner_texts()
    assert tabs == ["Business", "Channels", "Templates", "Labels", "Canned replies", "Rules", "Delivery log",
                    "Members", "Your account"]  # fmt: skip
    for path in ("/settings/api-keys", "/settings/audit"):
        await page.goto(live_app.url + path)
        await page.get_by_text("Your role does not include this").wait_for()
    await page.goto(f"{live_app.url}/settings/rules")
    await page.get_by_text("Only owners and admins change rules.").wait_for()
    assert await page.get_by_role("switch").count() == 0


FAILURES = {
    "/settings/business": ("tenant", "The settings could not be loaded."),
    "/settings/members": ("members", "The members could not be loaded."),
    "/settings/api-keys": ("api-keys", "The keys could not be loaded."),
    "/settings/audit": ("audit", "The audit log could not be loaded."),
    "/settings/templates": ("templates", "The templates could not be loaded."),
    "/settings/rules": ("rules", "The rules could not be loaded."),
}


async def test_a_failure_is_said_and_retried(page: Page, live_app: LiveApp) -> None:
    """All at the same time: each waits for the tries that the app makes before it says anything."""
    pages = [await page.context.new_page() for _ in FAILURES]
    failing = zip(pages, FAILURES.items(), strict=True)
    await asyncio.gather(*(_fails(one, live_app.url + path, *told) for one, (path, told) in failing))


async def _fails(page: Page, url: str, call: str, says: str) -> None:
    pattern = re.compile(rf"/api/v1/{call}(\?|$)")

    async def cut(route: Route) -> None:
        await route.abort()

    await page.route(pattern, cut)
    await page.goto(url)
    alert = page.get_by_role("alert").filter(has_text=says)
    await alert.wait_for()
    await page.unroute(pattern, cut)
    await alert.get_by_role("button", name="Try again").click()
    await expect(alert).to_have_count(0)


@pytest.mark.parametrize("name", PAGES)
async def test_pages_are_accessible(pages: Lent, live_app: LiveApp, live_api: LiveApi, name: str) -> None:
    path, text = PAGES[name]
    await expect_good_on_both(await pages(live_app.url + path, live_api.token, size=PHONE), text)
