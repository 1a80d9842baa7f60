"""What every screen is held to: accessible, no sideways scroll, targets to touch."""

from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

from samvad.kernel.json import JsonObject

_SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime)).map((one) => one.finished))"""
_ONLY = {"resultTypes": ["violations"]}  # what passes is looked at all the same, but not written up
_CONTRAST = "color-contrast"  # three quarters of the work; all other rules together are the last one
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
    part = _DIALOG if await page.locator(_DIALOG).count() else None
    await _show(page, "light")
    if part is None:
        found = await violations(page)
    else:
        found = await violations(page, {"rules": {_CONTRAST: {"enabled": False}}})
        found += await violations(page, {"runOnly": [_CONTRAST]}, part=part)
    await _show(page, "dark")
    return found + await violations(page, {"runOnly": [_CONTRAST]}, part=part)


async def _show(page: Page, scheme: Literal["light", "dark"]) -> None:
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await page.locator(f"html[data-theme={scheme}]").wait_for()


async def scrolls_sideways(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth > innerWidth"))


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
