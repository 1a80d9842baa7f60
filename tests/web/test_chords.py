"""Keys with Alt: the same commands, also while somebody writes."""

import re

import pytest
from playwright.async_api import Page, expect
from tests.web.conftest import OpenPage, Site
from tests.web.peer_data import conversation_id

FIRST, SECOND = conversation_id(0), conversation_id(1)


async def writing(page: Page) -> Page:
    """In the composer, with half a thought."""
    composer = page.get_by_test_id("composer")
    await composer.fill("half a thought")
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    await expect(composer).to_be_focused()
    return page


async def test_they_move_from_row_to_row(signed_in: OpenPage) -> None:
    page = await writing(await signed_in(f"/inbox/{FIRST}"))
    await page.keyboard.press("Alt+j")
    await expect(page.locator(f'[data-row="{SECOND}"]')).to_be_focused()
    await page.keyboard.press("Alt+k")
    await expect(page.locator(f'[data-row="{FIRST}"]')).to_be_focused()
    await page.keyboard.press("Alt+l")
    await expect(page.get_by_test_id("composer")).to_be_focused()


async def test_a_note_and_a_reply_keep_what_is_written(signed_in: OpenPage) -> None:
    page = await writing(await signed_in(f"/inbox/{FIRST}"))
    await page.keyboard.press("Alt+p")
    await page.get_by_role("button", name="Add note").wait_for()
    await page.keyboard.press("Alt+l")
    await page.get_by_role("button", name="Send", exact=True).wait_for()
    await expect(page.get_by_test_id("composer")).to_have_value("half a thought")


async def test_they_snooze_and_resolve(signed_in: OpenPage, site: Site) -> None:
    page = await writing(await signed_in(f"/inbox/{FIRST}"))
    await page.keyboard.press("Alt+m")
    dialog = page.get_by_role("dialog", name="Snooze")
    await dialog.wait_for()
    await page.keyboard.press("Alt+e")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    assert site.peer.world.rows[FIRST]["status"] == "open"
    await page.keyboard.press("Alt+e")
    await page.get_by_text("Resolved.").wait_for()
    assert site.peer.world.rows[FIRST]["status"] == "resolved"


async def test_resolve_and_next(signed_in: OpenPage, site: Site) -> None:
    page = await writing(await signed_in(f"/inbox/{FIRST}"))
    await page.keyboard.press("Control+Alt+e")
    await expect(page).to_have_url(re.compile(SECOND))
    await page.get_by_text("Resolved.").wait_for()
    assert site.peer.world.rows[FIRST]["status"] == "resolved"


_PRESSED = """(area, init) => !area.dispatchEvent(
  new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))"""


@pytest.mark.parametrize(
    ("init", "taken"),
    [
        ({"key": "p", "code": "KeyP", "altKey": True}, True),
        ({"key": "ł", "code": "KeyL", "altKey": True}, False),  # Option on a Polish Mac
        ({"key": "e", "code": "KeyE", "altKey": True, "ctrlKey": True, "modifierAltGraph": True}, False),
        ({"key": "P", "code": "KeyP", "altKey": True, "shiftKey": True}, False),
    ],
    ids=["alt", "option writes", "AltGr", "shift"],
)
async def test_letters_that_alt_writes_are_left_alone(
    signed_in: OpenPage, init: dict[str, object], taken: bool
) -> None:
    page = await writing(await signed_in(f"/inbox/{FIRST}"))
    assert await page.get_by_test_id("composer").evaluate(_PRESSED, init) is taken


async def test_option_is_a_chord_where_nobody_writes(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await page.get_by_test_id("composer").wait_for()
    option = {"key": "∆", "code": "KeyJ", "altKey": True}
    assert await page.locator("main").evaluate(_PRESSED, option) is True


async def test_help_shows_them_beside_the_single_keys(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await page.get_by_test_id("composer").wait_for()
    await page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    await dialog.locator("kbd").first.wait_for()
    shown = set(await dialog.locator("kbd").all_inner_texts())
    assert shown >= {"Alt J", "Alt K", "Alt E", "Alt P", "Alt L", "Alt M", "Ctrl Alt E"}
