"""The chat on somebody else's site, whose own policy lets in our script and our calls and nothing more."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import Page, expect
from tests.door.stage import Shop, Stage, stage
from tests.web.conftest import DESK, PHONE, OpenContext
from tests.web.looks import sticks_out, violations
from tests.web.peer import DIST

from samvad.channels.testing.peer import Answer, Asked, running
from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch


@dataclass
class Site:
    """A page with the widget's line in it."""

    shop: Shop
    url: str = ""
    key: str = ""
    language: str = ""
    page: dict[str, str] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Answer:
        ours = self.shop.stage.url
        policy = f"default-src 'none'; script-src {ours}; connect-src {ours}"
        language = f' data-language="{self.language}"' if self.language else ""
        line = f'<script src="{ours}/widget/{self.key}.js"{language} async></script>'
        body = f'<!doctype html><html lang="en"><title>Shop</title><main><h1>A shop</h1></main>{line}</html>'
        return Answer(200, body.encode(), {"Content-Type": "text/html", "Content-Security-Policy": policy})


@pytest.fixture(scope="module")
async def live(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[Stage]:
    async with (
        cluster.database(template=template) as name,
        stage(cluster.dsn(name), keyring, working=True, web_dir=DIST) as opened,
    ):
        yield opened


@pytest.fixture
async def site(live: Stage) -> AsyncIterator[Site]:
    site = Site(await live.shop())
    async with running(site.answer) as peer:
        site.url = f"http://localhost:{peer.port}"
        form = {
            "provider": "chat", "name": "Govind Dairy", "settings": {"reply_quiet_ms": 0, "reply_cap_ms": 0},
            "allowed_origins": site.url, "greeting": "Namaste! Ask us about milk.", "accent": "#7c2d12",
            "quick_replies": "Opening hours|What does milk cost?",
        }  # fmt: skip
        made = await site.shop.api("POST", "/channels", form)
        site.key = made.json["fields"]["public_key"]
        rule = {"name": "h", "phrases": ["opening hours"], "action": "reply", "text": "From nine to six."}
        assert (await site.shop.api("POST", "/rules", rule)).status == 201
        yield site


async def opened(contexts: OpenContext, site: Site, size: tuple[int, int], scheme: str = "light") -> Page:
    page = await (await contexts(size, scheme=scheme)).new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    await page.goto(site.url)
    await page.get_by_role("button", name="Chat", exact=True).click()
    assert not [one for one in faults if "favicon" not in one], faults
    return page


async def test_the_script_is_small_and_asked_for_again_only_when_it_changed(site: Site) -> None:
    path = f"/widget/{site.key}.js"
    first = await site.shop.stage.ask("GET", path)
    assert (first.status, first.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    assert len(first.text) < 24_000
    again = await site.shop.stage.ask("GET", path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status, again.text) == (304, "")


async def test_a_visitor_presses_is_answered_and_finds_it_again(contexts: OpenContext, site: Site) -> None:
    page = await opened(contexts, site, DESK)
    chat = page.get_by_role("dialog", name="Govind Dairy")
    log = chat.get_by_role("log")
    await expect(log).to_contain_text("Namaste! Ask us about milk.")
    await expect(chat.get_by_label("Message", exact=True)).to_be_focused()
    await chat.get_by_role("button", name="Opening hours").click()
    await expect(log).to_contain_text("From nine to six.")
    await expect(log.get_by_title("Read")).to_be_visible()
    await expect(chat.get_by_role("button", name="Opening hours")).to_have_count(0)
    await chat.get_by_label("Message", exact=True).fill("I want to talk to a human")
    await page.keyboard.press("Enter")
    await expect(chat.get_by_role("status")).to_have_text("A person will answer")
    (talk,) = (await site.shop.get("/conversations"))["items"]
    said: dict[str, Any] = {"text": "Asha here, namaste!", "client_id": "c1"}
    assert (await site.shop.api("POST", f"/conversations/{talk['id']}/messages", said)).status == 201
    await expect(chat.get_by_role("status")).to_have_text("A person is here")
    await expect(log).to_contain_text("Asha here, namaste!")
    async with asyncio.timeout(20):
        path = f"/conversations/{talk['id']}/messages"
        while (await site.shop.get(path))["items"][0]["status"] != "read":  # noqa: ASYNC110 - no event here
            await asyncio.sleep(0.02)
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Chat with")).to_be_focused()
    await page.reload()
    await page.get_by_role("button", name="Chat with").click()
    await expect(log).to_contain_text("Asha here, namaste!")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fills_a_phone_and_can_be_read(contexts: OpenContext, site: Site, scheme: str) -> None:
    page = await opened(contexts, site, PHONE, scheme)
    await page.get_by_role("button", name="Opening hours").click()
    await expect(page.get_by_role("log")).to_contain_text("From nine to six.")
    box = await page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == PHONE
    assert not await sticks_out(page)
    assert await violations(page) == []


async def test_what_could_not_be_sent_is_said_and_sent_again(contexts: OpenContext, site: Site) -> None:
    page = await opened(contexts, site, DESK)
    await page.get_by_text("Namaste!").wait_for()
    await page.route("**/messages", lambda route: route.abort())
    await page.get_by_label("Message", exact=True).fill("opening hours please")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("Not sent.")
    await page.unroute("**/messages")
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("log")).to_contain_text("From nine to six.")
    await expect(page.get_by_text("opening hours please")).to_have_count(1)


async def test_it_speaks_the_language_of_the_business_or_of_the_site(
    contexts: OpenContext, site: Site
) -> None:
    said = await site.shop.api("PATCH", "/tenant", {"language": "es"})
    assert said.status == 200, said.text
    page = await (await contexts(DESK)).new_page()
    await page.goto(site.url)
    await page.get_by_role("button", name="Chat").click()
    await expect(page.get_by_placeholder("Escribe un mensaje")).to_be_visible()
    await expect(page.get_by_role("button", name="Chatear con Govind Dairy")).to_be_attached()
    await expect(page.get_by_role("button", name="Cerrar el chat")).to_be_visible()
    site.language = "ar"
    await page.reload()
    await page.get_by_role("button", name="محادثة").click()
    field = page.get_by_placeholder("اكتب رسالة")
    await expect(field).to_be_visible()
    assert await field.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert not await sticks_out(page)
