"""Pages of the whole product, opened as somebody who is signed in."""

import json

from playwright.async_api import Page
from tests.web.conftest import DESK, LiveApp, OpenContext


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
