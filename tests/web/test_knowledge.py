"""The knowledge page on the real product: files and questions in, passages and a search over them out."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import FilePayload, Page, expect
from tests.web.api import LiveApi
from tests.web.conftest import PHONE, LiveApp
from tests.web.looks import expect_good_on_both
from tests.web.pages import Lent

PRICES = b"# Prices\n\nA litre of cow milk costs 62 rupees.\n\n# Delivery\n\nWe deliver before seven."


@pytest.fixture
async def page(pages: Lent, live_app: LiveApp, live_api: LiveApi) -> AsyncIterator[Page]:
    yield await pages(live_app.url + "/knowledge", live_api.token)
    for source in (await live_api.call("GET", "/knowledge/sources?limit=200"))["items"]:
        await live_api.call("DELETE", f"/knowledge/sources/{source['id']}")


async def _upload(page: Page, name: str, data: bytes) -> None:
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=data)
    await page.get_by_test_id("source-files").set_input_files(file)


async def test_a_file_is_read_opened_and_found(page: Page) -> None:
    await _upload(page, "milk.md", PRICES)
    source = page.get_by_test_id("source").filter(has_text="milk.md")
    await expect(source).to_have_attribute("data-state", "completed")
    await page.get_by_label("Question", exact=True).fill("how much is a litre of cow milk?")
    await page.get_by_role("button", name="Ask", exact=True).click()
    answer = page.get_by_test_id("answer")
    await expect(answer).to_have_attribute("data-outcome", "answered")
    await expect(answer).to_contain_text(re.compile(r"62 rupees.*\d+ % sure", re.DOTALL))
    used = page.get_by_test_id("considered").filter(has_text="used in the answer")
    await expect(used).to_contain_text("milk.md")
    await used.click()
    marked = page.locator("[data-testid=passage][aria-current]")
    await expect(marked).to_contain_text("62 rupees")
    await page.reload()
    await expect(marked).to_contain_text("62 rupees")


async def test_what_nobody_wrote_down_calls_a_person(page: Page) -> None:
    await _upload(page, "milk.md", PRICES)
    await expect(page.get_by_test_id("source")).to_have_attribute("data-state", "completed")
    await page.get_by_label("Question", exact=True).fill("do you repair bicycles?")
    await page.get_by_role("button", name="Ask", exact=True).click()
    answer = page.get_by_test_id("answer")
    await expect(answer).to_have_attribute("data-outcome", "unknown")
    await expect(answer).to_contain_text("sure that your records do not answer this")
    await _upload(page, "milk.md", PRICES.replace(b"62", b"64"))
    asked = page.get_by_role("dialog", name="Replace what is there?")
    await expect(asked).to_contain_text("There is already: milk.md.")
    await asked.get_by_role("button", name="Replace").click()
    await page.get_by_role("button", name="Passages of milk.md").click()
    await expect(page.get_by_test_id("passage").first).to_contain_text("64 rupees")


async def test_what_cannot_be_read_says_why_and_is_replaced(page: Page) -> None:
    await _upload(page, "broken.pdf", b"%PDF-1.7 and then nothing of it")
    source = page.get_by_test_id("source").filter(has_text="broken.pdf")
    await expect(source).to_have_attribute("data-state", "failed")
    await expect(source).to_contain_text("Correct the file and replace it")
    async with page.expect_file_chooser() as chooser:
        await source.get_by_role("button", name="More for broken.pdf").click()
        await page.get_by_role("menuitem", name="Replace the file").click()
    mended = FilePayload(name="mended.md", mimeType="text/markdown", buffer=PRICES)
    await (await chooser.value).set_files(mended)
    await expect(page.get_by_test_id("source").first).to_have_attribute("data-state", "completed")


async def test_questions_are_written_and_removed(page: Page) -> None:
    await page.get_by_role("button", name="Write questions and answers").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Question 1").fill("Do you deliver on Sunday?")
    await form.get_by_role("button", name="Add", exact=True).click()
    await expect(form.get_by_role("alert")).to_contain_text("to each its answer")
    await form.get_by_label("Answer 1").fill("Yes, before eight.")
    await form.get_by_role("button", name="Add", exact=True).click()
    source = page.get_by_test_id("source").first
    await expect(source).to_have_attribute("data-state", "completed")
    await source.get_by_role("button", name=re.compile("^More for")).click()
    await page.get_by_role("menuitem", name="Delete").click()
    await expect(page.get_by_text("Nothing known yet")).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(source).to_have_attribute("data-state", "completed")


async def test_an_agent_sees_and_cannot_change(pages: Lent, live_app: LiveApp, live_api: LiveApi) -> None:
    page = await pages(live_app.url + "/knowledge", await live_api.somebody("viewer"))
    await page.get_by_text("Only owners and admins change the knowledge.").wait_for()
    assert await page.get_by_test_id("drop").count() == 0


@pytest.mark.parametrize("path", ["/knowledge", "/knowledge?form=faq"])
async def test_is_accessible(pages: Lent, live_app: LiveApp, live_api: LiveApi, path: str) -> None:
    page = await pages(live_app.url + path, live_api.token, size=PHONE)
    await expect_good_on_both(page, "Ask as a customer would")
