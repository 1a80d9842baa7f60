"""The rules page on the real product: ordered, written, tried; conflicts said, a deletion taken back."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect
from tests.web.api import LiveApi
from tests.web.conftest import LiveApp
from tests.web.pages import Lent


@pytest.fixture
async def page(pages: Lent, live_app: LiveApp, live_api: LiveApi) -> AsyncIterator[Page]:
    """The list as it was at the start, whatever a test does to it."""
    before = [rule["id"] for rule in await _rules(live_api)]
    yield await pages(live_app.url + "/settings/rules", live_api.token)
    for rule in await _rules(live_api):
        if rule["id"] not in before:
            await live_api.call("DELETE", f"/rules/{rule['id']}")
    await live_api.call("PUT", "/rules/order", {"ids": before})


async def _rules(api: LiveApi) -> list[dict[str, str]]:
    found: list[dict[str, str]] = (await api.call("GET", "/rules?limit=200"))["items"]
    return found


async def _names(page: Page) -> list[str]:
    rows = page.get_by_test_id("rule").get_by_role("button", name=re.compile("^Edit "))
    return [
        label.removeprefix("Edit ") for label in await rows.evaluate_all("all => all.map(e => e.ariaLabel)")
    ]


async def _fill(page: Page, name: str, *phrases: str) -> None:
    form = page.get_by_role("form")
    await form.get_by_label("Name").fill(name)
    for phrase in phrases:
        await form.get_by_label("Phrases").fill(phrase)
        await form.get_by_label("Phrases").press("Enter")


async def test_a_rule_is_written_tried_and_counts(page: Page, live_api: LiveApi) -> None:
    await page.get_by_role("button", name="Add a rule").click()
    form = page.get_by_role("form", name="New rule")
    await form.get_by_role("button", name="Add rule").click()
    await expect(form.get_by_label("Name")).to_be_focused()
    await expect(form.get_by_text("A rule that replies needs something to say.")).to_be_visible()
    await _fill(page, "Opening hours", "open today", "opening hours", "opening hours")
    await expect(form.get_by_test_id("phrase")).to_have_count(2)
    await form.get_by_label("Text", exact=True).fill("We open at 7.")
    await form.get_by_label("Add a language").select_option("es")
    await form.get_by_role("textbox", name="Text in Spanish").fill("Abrimos a las 7.")
    await form.get_by_role("button", name="Add rule").click()
    await page.get_by_text("Rule added").wait_for()
    made = next(rule for rule in await _rules(live_api) if rule["name"] == "Opening hours")
    assert (made["phrases"], made["texts"]) == (["open today", "opening hours"], {"es": "Abrimos a las 7."})
    await page.get_by_label("Messages").fill("hello\nare you open today?")
    trial = page.get_by_test_id("trial")
    await expect(trial).to_contain_text("“Opening hours” answers")
    await expect(trial).to_contain_text("We open at 7.")
    await page.get_by_label("Messages").fill("what colour is the sky over the sea")
    await expect(trial).to_contain_text("No rule answers this")


async def test_order_changes_by_keys_and_by_drag(page: Page, live_api: LiveApi) -> None:
    await _ready(page)
    first, second, third = (await _names(page))[:3]
    await page.get_by_role("button", name=f"Move {second}").press("ArrowUp")
    await expect(page.get_by_text(f"{second} is now number 1")).to_be_attached()
    assert (await _names(page))[:3] == [second, first, third]
    await _dragged(page, third, above=second)
    await expect(page.get_by_text(f"{third} is now number 1")).to_be_attached()
    await page.reload()
    await _ready(page)
    assert (await _names(page))[:3] == [third, second, first]
    assert [rule["name"] for rule in await _rules(live_api)][:3] == [third, second, first]


async def _ready(page: Page) -> None:
    await page.get_by_test_id("rule").first.wait_for()


async def _dragged(page: Page, name: str, *, above: str) -> None:
    handle = page.get_by_role("button", name=f"Move {name}")
    target = page.get_by_role("button", name=f"Move {above}")
    start, end = await handle.bounding_box(), await target.bounding_box()
    assert start is not None and end is not None
    await page.mouse.move(start["x"] + 8, start["y"] + 8)
    await page.mouse.down()
    for part in range(1, 9):
        await page.mouse.move(start["x"] + 8, start["y"] + 8 + (end["y"] - start["y"]) * part / 8)
    await page.mouse.up()


async def test_a_switched_off_rule_says_nothing(page: Page, live_api: LiveApi) -> None:
    switch = page.get_by_role("switch", name="Use Greeting")
    await switch.click()
    await expect(switch).not_to_be_checked()
    await page.get_by_label("Messages").fill("hello")
    await expect(page.get_by_test_id("trial")).to_contain_text("No rule answers this")
    await switch.click()
    await expect(page.get_by_test_id("trial")).to_contain_text("“Greeting” answers")
    await expect(switch).to_be_checked()
    assert all(rule["enabled"] for rule in await _rules(live_api))


async def test_a_phrase_that_an_earlier_rule_takes_is_named(page: Page, live_api: LiveApi) -> None:
    body = {"name": "Delivery", "phrases": ["home delivery"], "action": "reply", "text": "Yes."}
    await live_api.call("POST", "/rules", body)
    await page.reload()
    await page.get_by_role("button", name="Add a rule").click()
    await _fill(page, "Late delivery", "home delivery is late", "my parcel is late")
    conflicts = page.get_by_test_id("conflicts")
    await expect(conflicts).to_contain_text("“home delivery is late” meets “Delivery” first")
    await expect(conflicts.get_by_role("listitem")).to_have_count(1)


async def test_an_expression_that_cannot_be_read_is_named(page: Page) -> None:
    await page.get_by_role("button", name="Add a rule").click()
    await _fill(page, "Order number", "[0-9")
    await page.get_by_label("Listens for").select_option("regex")
    await page.get_by_label("Text", exact=True).fill("Thank you.")
    await page.get_by_role("button", name="Add rule").click()
    await expect(page.get_by_text(re.compile(r"\[0-9: .+"))).to_be_visible()
    await expect(page.get_by_role("form")).to_be_visible()


async def test_a_deletion_is_taken_back_to_its_place(page: Page, live_api: LiveApi) -> None:
    for name in ("Parking", "Wi-Fi"):
        body = {"name": name, "phrases": [f"the {name} here"], "action": "reply", "text": "Yes."}
        await live_api.call("POST", "/rules", body)
    await page.reload()
    await _ready(page)
    before = await _names(page)
    await page.get_by_role("button", name="Edit Parking").click()
    await page.get_by_role("button", name="Delete").click()
    await page.get_by_role("button", name="Undo").click()
    await page.get_by_text("Parking is back").wait_for()
    await page.reload()
    await _ready(page)
    assert await _names(page) == before
    await page.get_by_role("button", name="Edit Greeting").click()
    await page.get_by_text("can be changed and switched off, not deleted").wait_for()
    assert await page.get_by_role("button", name="Delete").count() == 0


async def test_a_rule_that_is_gone_says_so(page: Page, live_app: LiveApp) -> None:
    await page.goto(f"{live_app.url}/settings/rules?rule=0190aaaa-0000-7000-8000-000000000000")
    await page.get_by_text("This rule is gone").wait_for()
    await page.get_by_role("button", name="All rules").click()
    await _ready(page)
