"""A real Chromium for the pages, driven on the suite's own event loop, and the peer they talk to."""

import asyncio
import os
import secrets
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from tests import data_folders
from tests.web.api import LiveApi, api_of
from tests.web.pages import DESK as DESK
from tests.web.pages import PATIENCE_MS, Lent, Pages, new_context
from tests.web.pages import PHONE as PHONE
from tests.web.peer import DIST, EMAIL, PASSWORD, TOKEN, Peer, Theatre
from tests.web.peer_data import World

_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # No page lives long enough to earn back what is optimised; a page left is not kept for going back.
    "--js-flags=--no-maglev --no-opt --single-threaded-gc", "--disable-features=BackForwardCache,Translate",
]  # fmt: skip
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/web" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def _executable() -> str | None:
    return os.environ.get("CHROMIUM") or next((found for n in _NAMES if (found := shutil.which(n))), None)


def need(present: bool, what: str) -> None:
    if present:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    path = _executable()
    need(path is not None, "Chromium")
    need((DIST / "index.html").is_file(), "the built web app (npm --prefix web run build)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_ARGS)
        yield browser
        await browser.close()


@dataclass(frozen=True)
class Site:
    """An address with somebody who may sign in; `control` reaches behind the peer."""

    url: str
    email: str
    password: str
    peer: Peer


@pytest.fixture(scope="session")
async def theatre() -> AsyncIterator[Theatre]:
    async with Theatre() as open_:
        yield open_


@pytest.fixture
def site(theatre: Theatre) -> Site:
    return site_of(theatre, World(rows=90))


def site_of(theatre: Theatre, world: World) -> Site:
    peer = Peer(world)
    theatre.show(peer)
    return Site(theatre.url, EMAIL, PASSWORD, peer)


OpenContext = Callable[..., Awaitable[BrowserContext]]
OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture
async def contexts(chromium: Browser) -> AsyncIterator[OpenContext]:
    async with AsyncExitStack() as stack:

        async def make(size: tuple[int, int] = DESK, *, scheme: Any = "light") -> BrowserContext:
            context = await new_context(chromium, size, scheme)
            stack.push_async_callback(context.close)
            return context

        yield make


@pytest.fixture(scope="session")
async def used_pages(chromium: Browser) -> Pages:
    return Pages(chromium)


@pytest.fixture
async def pages(used_pages: Pages) -> AsyncIterator[Lent]:
    """Opens pages; a script error on any of them fails the test."""
    faults: list[str] = []
    async with used_pages.lending(faults) as open_:
        yield open_
    assert faults == []


@pytest.fixture
async def signed_in(pages: Lent, site: Site) -> OpenPage:
    """Pages of somebody signed in at the peer."""

    async def open_(path: str = "/inbox", size: tuple[int, int] = DESK, **how: Any) -> Page:
        return await pages(site.url + path, TOKEN, size, **how)

    return open_


@dataclass(frozen=True)
class LiveApp:
    """The whole product in processes of its own."""

    url: str
    admin_email: str
    admin_password: str


@pytest.fixture(scope="session")
async def live_app(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> AsyncIterator[LiveApp]:
    port, folder = _free_ports(2), tmp_path_factory.mktemp("live")
    await data_folders.copied(blank, folder / "data")
    app = LiveApp(f"http://127.0.0.1:{port}", "owner@example.test", secrets.token_urlsafe(16))
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
    ours = {
        "SAMVAD_DATA_DIR": str(folder / "data"),
        "SAMVAD_PORT": str(port),
        "SAMVAD_WEB_DIR": str(DIST),
        "SAMVAD_ADMIN_EMAIL": app.admin_email,
        "SAMVAD_ADMIN_PASSWORD": app.admin_password,
    }
    command = str(Path(sys.executable).with_name("samvad"))
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            command, "up", env=kept | ours, cwd=folder, stdout=log, stderr=log
        )
        try:
            await _answers(app.url, process, folder / "log")
            yield app
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


@pytest.fixture
async def live_api(live_app: LiveApp) -> AsyncIterator[LiveApi]:
    """The owner's own calls."""
    async with api_of(live_app.url, live_app.admin_email, live_app.admin_password) as api:
        yield api


def _free_ports(count: int) -> int:
    """The first of `count` neighbouring free ports: the sandbox takes the one after the app's."""
    while True:
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            with socket.socket() as second:
                try:
                    second.bind(("127.0.0.1", port + count - 1))
                except OSError:
                    continue
                return port


async def _answers(url: str, process: asyncio.subprocess.Process, log: Path) -> None:
    async with asyncio.timeout(90), aiohttp.ClientSession() as session:
        while process.returncode is None:
            try:
                async with session.get(f"{url}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.2)
    pytest.fail(f"samvad up ended: {log.read_text(errors='replace')[-2000:]}")  # noqa: ASYNC240
