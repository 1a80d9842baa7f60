"""What every screen is held to: accessible, no sideways scroll, targets to touch."""

from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page
from tests.web.pages import DESK, PHONE

from samvad.kernel.json import JsonObject

_SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime)).map((one) => one.finished))"""
_ONLY = {"resultTypes": ["violations"]}  # what passes is looked at all the same, but not written up
_CONTRAST = "color-contrast"  # three quarters of the work; all other rules together are the last one
_UNCOLOURED: JsonObject = {"rules": {_CONTRAST: {"enabled": False}}}
_DIALOG = "[role=dialog]"
_RUN = "([part, options]) => axe.run(part ?? document, options).then((found) => found.violations)"


async def violations(page: Page, options: JsonObject | None = None, *, part: str | None = None) -> list[str]:
    await page.evaluate(_SETTLED)
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    found = await page.evaluate(_RUN, [part, _ONLY | (options or {})])
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]} {v['nodes'][0]['failureSummary'][:240]}" for v in found
    ]


async def violations_in_both(page: Page) -> list[str]:
    """In the light, and of colours in the dark: nothing else changes with the theme. While a dialog is open
    the colours are its own: what lies in its shade waits to be read again."""
    found, part = await _violations_in_the_light(page), await _dialog(page)
    await _show(page, "dark")
    return found + await violations(page, {"runOnly": [_CONTRAST]}, part=part)


async def _violations_but_of_light_colours(page: Page) -> list[str]:
    """Of a page whose colours in the light were looked at in another size."""
    found, part = await violations(page, _UNCOLOURED), await _dialog(page)
    await _show(page, "dark")
    return found + await violations(page, {"runOnly": [_CONTRAST]}, part=part)


async def _violations_in_the_light(page: Page) -> list[str]:
    part = await _dialog(page)
    await _show(page, "light")
    if part is None:
        return await violations(page)
    found = await violations(page, _UNCOLOURED)
    return found + await violations(page, {"runOnly": [_CONTRAST]}, part=part)


async def _dialog(page: Page) -> str | None:
    return _DIALOG if await page.locator(_DIALOG).count() else None


async def _show(page: Page, scheme: Literal["light", "dark"]) -> None:
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await page.locator(f"html[data-theme={scheme}]").wait_for()


_STICKS_OUT = """(({ scrollWidth, scrollHeight }) => scrollWidth > innerWidth || scrollHeight > innerHeight)(
  document.documentElement)"""


async def sticks_out(page: Page) -> bool:
    """Whether the page itself can be scrolled, sideways or down to nothing: only what is in it may."""
    return bool(await page.evaluate(_STICKS_OUT))


_SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, [role=radio]')]
  .filter((e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .filter((e) => !e.closest('[inert]'))
  .map((e) => [e.closest('label') ?? e, e.getAttribute('aria-label') ?? e.textContent])
  .map(([e, name]) => [e.getBoundingClientRect(), name])
  .filter(([r]) => r.bottom > 0 && r.right > 0 && (r.width < 44 || r.height < 44))
  .map(([r, name]) => `${name}: ${Math.round(r.width)} x ${Math.round(r.height)}`)"""


async def small_targets(page: Page) -> list[str]:
    """What can be pressed and is under 44 px in a direction."""
    found: list[str] = await page.evaluate(_SMALL)
    return found


JUMPS = 0.005  # the sum of layout shifts that nobody notices: a tenth of the budget

_SHIFT = """() => new Promise((done) => { let sum = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) sum += shift.hadRecentInput ? 0 : shift.value;
  }).observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(sum))); })"""


async def shifted(page: Page) -> float:
    """How much of the page has jumped since it was opened: the sum of its layout shifts."""
    return float(await page.evaluate(_SHIFT))


async def expect_good(page: Page, text: str) -> None:
    """Still, accessible light and dark, not wider than the screen; on a phone all can be touched."""
    await page.get_by_text(text).first.wait_for()
    assert await shifted(page) <= JUMPS
    assert await violations_in_both(page) == []
    assert not await sticks_out(page)
    if page.viewport_size and page.viewport_size["width"] < DESK[0]:
        await _expect_touchable(page)


async def expect_good_on_both(page: Page, text: str) -> None:
    """Of a page opened on a phone: good there, and at a desk, where its colours in the dark are looked at.
    To open it twice would cost more than all the looking."""
    await page.get_by_text(text).first.wait_for()
    assert await shifted(page) <= JUMPS
    assert await _violations_in_the_light(page) == []
    await _expect_touchable(page)
    await page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    await page.get_by_text(text).first.wait_for()
    assert await _violations_but_of_light_colours(page) == []
    assert not await sticks_out(page)


async def _expect_touchable(page: Page) -> None:
    for width in (390, 375):
        await page.set_viewport_size({"width": width, "height": PHONE[1]})
        assert await small_targets(page) == []
        assert not await sticks_out(page)
