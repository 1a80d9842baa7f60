"""Pages that are used again: one opens in half the time where a process has compiled the scripts already."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

from playwright.async_api import Browser, BrowserContext, Error, Page

DESK, PHONE = (1280, 800), (390, 844)
_TABLET = 768
PATIENCE_MS = 20_000  # for machines that do other things too; nothing waits that long
# Whoever was here before left something; only the first document of a page is told so.
_NOBODY = "localStorage.clear(); sessionStorage.clear();"
_SOMEBODY = _NOBODY + "localStorage.setItem('samvad.token', %s)"


async def new_context(browser: Browser, size: tuple[int, int], scheme: Any) -> BrowserContext:
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        has_touch=width < _TABLET,
        locale="en-GB",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


class Lent(Protocol):
    """Opens an address as whoever owns the token, or as nobody. `fresh`: for what cannot be undone."""

    async def __call__(
        self,
        address: str,
        token: str | None,
        size: tuple[int, int] = DESK,
        *,
        scheme: str = "light",
        fresh: bool = False,
    ) -> Page: ...


class Pages:
    """Of one browser; each in a context of its own, so that two of a test know nothing of each other."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[bool, list[Page]] = {True: [], False: []}  # those that can be touched, and others

    @asynccontextmanager
    async def lending(self, faults: list[str]) -> AsyncIterator[Lent]:
        """Pages for one test, taken back at its end; `faults` gets the errors of their scripts."""
        lent: list[tuple[Page, bool]] = []

        def fault(error: Error) -> None:
            faults.append(str(error))

        async def open_(
            address: str,
            token: str | None,
            size: tuple[int, int] = DESK,
            *,
            scheme: str = "light",
            fresh: bool = False,
        ) -> Page:
            page = await self._take(size, scheme, fresh)
            page.on("pageerror", fault)
            lent.append((page, fresh))
            first = _SOMEBODY % json.dumps(json.dumps(token)) if token else _NOBODY
            async with await page.add_init_script(first):
                await page.goto(address)
            return page

        try:
            yield open_
        finally:
            for page, fresh in lent:
                page.remove_listener("pageerror", fault)
                await self._take_back(page, fresh)

    async def _take(self, size: tuple[int, int], scheme: Any, fresh: bool) -> Page:
        idle = self._idle[size[0] < _TABLET]
        if fresh or not idle:
            return await (await new_context(self._browser, size, scheme)).new_page()
        page = idle.pop()
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        await page.emulate_media(color_scheme=scheme, reduced_motion="null")
        return page

    async def _take_back(self, page: Page, fresh: bool) -> None:
        context = page.context
        if fresh or page.is_closed():
            await context.close()
            return
        await page.unroute_all(behavior="ignoreErrors")
        await context.set_offline(False)
        for other in context.pages:
            if other is not page:
                await other.close()
        await page.goto("about:blank")
        await page.mouse.move(-1, -1)
        touched = bool(await page.evaluate("navigator.maxTouchPoints"))
        self._idle[touched].append(page)
