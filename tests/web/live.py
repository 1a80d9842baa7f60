"""Pages of the whole product, opened as somebody who is signed in, and what each is held to."""

import json

from playwright.async_api import Page
from tests.web.conftest import DESK, LiveApp, OpenContext
from tests.web.looks import JUMPS, scrolls_sideways, shifted, small_targets, violations_in_both


async def visit(
    contexts: OpenContext,
    app: LiveApp,
    path: str,
    token: str,
    *,
    size: tuple[int, int] = DESK,
    scheme: str = "light",
) -> Page:
    context = await contexts(size, scheme=scheme)
    await context.add_init_script(f"localStorage.setItem('samvad.token', {json.dumps(json.dumps(token))})")
    page = await context.new_page()
    await page.goto(app.url + path)
    return page


async def expect_good(page: Page, text: str) -> None:
    """Still, accessible light and dark, not wider than the screen; on a phone all can be touched."""
    await page.get_by_text(text).first.wait_for()
    assert await shifted(page) <= JUMPS
    found = await violations_in_both(page)
    assert not found, found
    assert not await scrolls_sideways(page)
    size = page.viewport_size
    if size is None or size["width"] >= 768:
        return
    for width in (390, 375):
        await page.set_viewport_size({"width": width, "height": size["height"]})
        small = await small_targets(page)
        assert not small, small
        assert not await scrolls_sideways(page)
