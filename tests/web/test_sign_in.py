"""Signing in and out: plain words for what is wrong, no token left in an address."""

import re

from playwright.async_api import Page, expect
from tests.web.conftest import OpenPage, Site
from tests.web.pages import Lent


async def _try(page: Page, email: str, password: str) -> None:
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def test_a_password_returns_to_where_one_wanted_to_be(pages: Lent, site: Site) -> None:
    page = await pages(f"{site.url}/settings/channels", None)
    await _try(page, site.email, "wrong")
    await expect(page.get_by_role("alert")).to_have_text("E-mail or password is not right.")
    await _try(page, site.email, site.password)
    await expect(page).to_have_url(f"{site.url}/settings/channels")


async def test_another_site_is_never_returned_to(pages: Lent, site: Site) -> None:
    for evil in ("//evil.example", "https://evil.example", "/\\evil.example"):
        page = await pages(f"{site.url}/signin?next={evil}", None)
        await _try(page, site.email, site.password)
        await expect(page).to_have_url(f"{site.url}/inbox")


async def test_a_lock_out_says_how_long(pages: Lent, site: Site) -> None:
    site.peer.failed_logins = 5
    page = await pages(f"{site.url}/signin", None)
    await _try(page, site.email, site.password)
    await expect(page.get_by_role("alert")).to_have_text(
        re.compile(r"Too many attempts\. Try again in \d+ (min|s)\.")
    )
    await expect(page.get_by_role("button", name="Sign in")).to_be_disabled()


async def test_a_link_signs_in_once_and_leaves_the_address(pages: Lent, site: Site) -> None:
    for form in ("#token=one-time", "?token=one-time"):
        page = await pages(f"{site.url}/signin{form}", None)
        await expect(page).to_have_url(f"{site.url}/signin")
        await page.get_by_role("button", name="Continue").click()
        await expect(page).to_have_url(f"{site.url}/inbox")
    site.peer.demo_loaded = {"name": "dairy", "label": "Dairy shop in Pune", "ask": ["What is ghee?"]}
    await page.goto(site.url)
    await expect(page).to_have_url(f"{site.url}/inbox")
    site.peer.world.rows.clear()  # a demo that nobody has tried yet
    await page.goto(site.url)
    await expect(page).to_have_url(f"{site.url}/simulator")


async def test_a_spent_link_offers_the_password(pages: Lent, site: Site) -> None:
    page = await pages(f"{site.url}/signin#token=spent", None)
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_text("This link was already used or is too old.").wait_for()
    await page.get_by_role("button", name="Sign in with a password").click()
    await page.get_by_label("E-mail").wait_for()


async def test_signing_out_forgets_drafts_in_every_tab(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/inbox")
    await page.locator("[data-row]").first.click()
    await page.get_by_test_id("composer").fill("secret thought")
    await page.get_by_role("button", name="Account").click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await page.get_by_role("button", name="Sign in").wait_for()
    assert await page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('samvad.work'))") == []
    assert await page.evaluate("localStorage.getItem('samvad.token')") is None


async def test_a_refused_token_asks_to_sign_in_again(pages: Lent, site: Site) -> None:
    page = await pages(f"{site.url}/inbox", "stale")
    await expect(page).to_have_url(re.compile(r"/signin\?next="))
