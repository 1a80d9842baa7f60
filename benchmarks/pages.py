"""What a person sees in a real Chromium, beside 100,000 conversations: from key or click until it is painted.

Times are of the page's own clock, from its input event to the frame after the change; a message that comes in
counts from the moment before its webhook is sent.
"""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from playwright.async_api import Page, async_playwright

from benchmarks import bulk
from benchmarks.figures import Figure, percentile, together
from benchmarks.installation import APP_SECRET, NUMBER, Installation
from benchmarks.peers.control import provider
from benchmarks.peers.load import Plan, webhook
from benchmarks.places import place, repeat
from benchmarks.scrolling import scrolled
from benchmarks.stock import stocked

_PATIENCE = 30.0  # seconds; what is measured is bound to less than one
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
_ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_WATCH = """
window.began = 0;
for (const kind of ['keydown', 'click', 'input'])
  addEventListener(kind, () => { window.began = performance.now(); }, { capture: true });
window.painted = (ready) => new Promise((done) => {
  const look = () => requestAnimationFrame(() => (ready() ? done(performance.now()) : look()));
  look();
});
"""
Trial = Callable[[Page, int], Awaitable[float]]


async def run(*, quick: bool) -> list[Figure]:
    people, times, rows = (1_100, 2, 150) if quick else (100_000, 20, 10_000)
    async with place() as folder, provider() as peer, Installation(folder, peer.allowed) as house:
        await stocked(house, peer.url, people=people, messages=10, keep=not quick)
        async with house.superuser() as connection:
            await bulk.put_labels(connection, house.tenant)
        talk = (await house.call("GET", "/conversations?limit=50&mode=human"))["items"][0]
        addresses = {each["kind"]: each["value"] for each in talk["contact"]["identities"]}
        token = house.http.headers["Authorization"].removeprefix("Bearer ")
        async with _browser(f"http://127.0.0.1:{house.port}", token) as page:
            trials: dict[str, tuple[str, Trial, float]] = {
                "first row after an address": ("/inbox", _first_row, 1000),
                "another status": ("/inbox", _filter, 200),
                "a label": ("/inbox", _label, 200),
                "search": ("/inbox", _search, 500),
                "AI or Human": (f"/inbox/{talk['id']}", _mode, 100),
                "own message": (f"/inbox/{talk['id']}", _own, 100),
                "a customer's message": (f"/inbox/{talk['id']}", _inbound(house, addresses["wa_id"]), 300),
            }
            figures = []
            for name, (path, trial, bound) in trials.items():
                seen = [await _p95(page, path, trial, times) for _ in repeat(quick=quick)]
                figures.append(Figure(f"page: {name}, p95 of {times}", "ms", seen, at_most=bound))
            flights = [await scrolled(page, rows=rows, times=times) for _ in repeat(quick=quick)]
    return [*figures, *together(flights)]


@asynccontextmanager
async def _browser(url: str, token: str) -> AsyncIterator[Page]:
    path = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise RuntimeError(f"pages are measured in Chromium, and none of {', '.join(_BROWSERS)} is here")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_ARGS)
        context = await browser.new_context(
            base_url=url, viewport={"width": 1280, "height": 800}, locale="en-GB"
        )
        await context.add_init_script(
            f"localStorage.setItem('samvad.token', JSON.stringify('{token}')); {_WATCH}"
        )
        yield await context.new_page()
        await browser.close()


async def _p95(page: Page, path: str, trial: Trial, times: int) -> float:
    await page.goto(path)
    await page.locator("[data-row]").first.wait_for()
    seen = []
    for number in range(times):
        try:
            async with asyncio.timeout(_PATIENCE):
                seen.append(await trial(page, number))
        except TimeoutError:
            raise RuntimeError(f"{trial} {number} never came to its end at {page.url}") from None
    return percentile(seen, 0.95)


async def _since_input(page: Page, ready: str, act: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds from the last input event of `act` to the frame in which the script `ready` holds."""
    await page.evaluate(f"window.shown = window.painted(() => {ready}); undefined")
    await act()
    return float(await page.evaluate("window.shown.then((at) => at - window.began)"))


async def _first_row(page: Page, _: int) -> float:
    """From the start of the navigation, with the app's files in the browser's cache after the first time."""
    await page.goto("/inbox", wait_until="commit")
    return float(await page.evaluate("window.painted(() => document.querySelector('[data-row]'))"))


async def _filter(page: Page, number: int) -> float:
    first = await page.locator("[data-row]").first.get_attribute("data-row")
    status = ("resolved", "open")[number % 2]
    ready = f"(document.querySelector('[data-row]')?.dataset.row ?? '{first}') !== '{first}'"
    return await _since_input(page, ready, lambda: page.get_by_label("Status").select_option(status))


async def _label(page: Page, number: int) -> float:
    first = await page.locator("[data-row]").first.get_attribute("data-row")
    every = bulk.LABELLED[number % 2]
    ready = f"(document.querySelector('[data-row]')?.dataset.row ?? '{first}') !== '{first}'"
    choice = page.get_by_label("Filter by label")
    return await _since_input(page, ready, lambda: choice.select_option(bulk.label_name(every)))


async def _search(page: Page, number: int) -> float:
    words = f"Person {1000 + number}"
    ready = f"document.querySelector('[data-row]')?.textContent.includes('{words}')"
    return await _since_input(page, ready, lambda: page.get_by_label("Search conversations").fill(words))


async def _mode(page: Page, number: int) -> float:
    wanted = ("AI", "Human")[number % 2]
    radio = page.get_by_test_id("mode-control").get_by_role("radio", name=wanted)
    checked = "[data-testid=mode-control] [role=radio][aria-checked=true]"
    ready = f"document.querySelector('{checked}')?.textContent.includes('{wanted}')"
    return await _since_input(page, ready, radio.click)


async def _own(page: Page, number: int) -> float:
    words = f"own words {time.monotonic_ns()} {number}"
    await page.get_by_test_id("composer").fill(words)
    return await _since_input(page, _in_thread(words), lambda: page.keyboard.press("Control+Enter"))


def _in_thread(words: str) -> str:
    every = "[...document.querySelectorAll('[data-testid=message]')]"
    return f"{every}.some((one) => one.textContent.includes('{words}'))"


def _inbound(house: Installation, phone: str) -> Trial:
    async def trial(page: Page, number: int) -> float:
        words = f"their words {time.monotonic_ns()} {number}"
        plan = Plan(
            port=house.port, number=NUMBER, secret=APP_SECRET, count=1, contacts=1, words=[words],
            run=f"page{time.monotonic_ns()}", first_contact=int(phone),
        )  # fmt: skip
        body = webhook(plan, 0)
        await page.evaluate(f"window.shown = window.painted(() => {_in_thread(words)}); undefined")
        began = await page.evaluate("performance.now()")
        await house.knock(body)
        return float(await page.evaluate("window.shown")) - float(began)

    return trial
