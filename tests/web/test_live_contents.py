"""Messages with something to press, on the real product: sent by the API, pressed on the phone, seen."""

import base64
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect
from tests.support.contents import CONTENTS
from tests.web.api import LiveApi
from tests.web.conftest import PHONE, LiveApp
from tests.web.looks import expect_good_on_both
from tests.web.pages import Lent
from tests.web.simulated import add_customer, answered, say

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
async def page(pages: Lent, live_app: LiveApp, live_api: LiveApi) -> Page:
    """At the simulator."""
    return await pages(live_app.url + "/simulator", live_api.token)


async def begin(page: Page, live_api: LiveApi, name: str, words: str) -> str:
    """A customer who wrote these words and was answered; the conversation."""
    await add_customer(page, name)
    await say(page, words)
    await answered(page)
    found = await live_api.call("GET", f"/conversations?q={words.replace(' ', '+')}")
    return str(found["items"][0]["id"])


async def send(live_api: LiveApi, conversation: str, kind: str, content: Any = None) -> dict[str, Any]:
    body = {"kind": kind, "content": content or CONTENTS[kind], "client_id": uuid4().hex}
    return dict(await live_api.call("POST", f"/conversations/{conversation}/messages", body))


async def test_a_customer_presses_a_button_and_chooses_from_a_list(page: Page, live_api: LiveApi) -> None:
    talk = await begin(page, live_api, "Yamuna", "marigold garlands please")
    phone, team = page.get_by_test_id("phone"), page.get_by_test_id("message")
    mine = page.locator("[data-testid=phone-message][data-direction=in]").last
    await send(live_api, talk, "buttons")
    await expect(team.filter(has_text="Shall we deliver tomorrow?").last).to_contain_text("Not tomorrow")
    await phone.get_by_role("button", name="Not tomorrow").click()
    await expect(mine).to_contain_text("Not tomorrow")
    await expect(mine.get_by_test_id("phone-quote")).to_have_text("Shall we deliver tomorrow?")
    pressed = team.filter(has_text="Button pressed").last
    await expect(pressed).to_contain_text("Not tomorrow")
    await send(live_api, talk, "list")
    await phone.get_by_role("button", name="Choose").click()
    await phone.get_by_role("group", name="Cow").get_by_role("button", name="1 litre").click()
    await expect(page.get_by_test_id("phone-menu")).to_have_count(0)
    await expect(team.filter(has_text="Choice from a list").last).to_contain_text("1 litre")
    replies = (await live_api.call("GET", f"/conversations/{talk}/messages"))["items"]
    chosen, clicked = [m for m in replies if m["direction"] == "in"][:2]
    assert (chosen["kind"], chosen["content"]["id"]) == ("list_reply", "cow-1")
    assert (clicked["kind"], clicked["content"]["id"]) == ("button_reply", "no")


async def test_a_template_is_read_on_the_phone_and_its_button_comes_back(
    page: Page, live_api: LiveApi
) -> None:
    talk = await begin(page, live_api, "Xenia", "lotus stems please")
    number = (await live_api.call("GET", f"/conversations/{talk}"))["channel_id"]
    await live_api.call("POST", "/templates/sync", {"channel_id": number})
    values = {"header.1": "77", "body.1": "{{contact.name}}", "body.2": "Sunday", "button.2": "77"}
    await send(live_api, talk, "template", {"name": "order_update", "language": "en", "values": values})
    phone, team = page.get_by_test_id("phone"), page.get_by_test_id("message")
    shown = page.get_by_test_id("phone-message").filter(has_text="arrives on Sunday")
    for text in ("Order 77", "Hello Xenia, your order arrives on Sunday.", "From the sandbox", "Follow it"):
        await expect(shown).to_contain_text(text)
    await expect(team.filter(has_text="Order 77")).to_contain_text("order_update")
    await phone.get_by_role("button", name="Another day").click()
    pressed = team.filter(has_text="Button pressed").last
    await expect(pressed).to_contain_text("Another day")
    newest = (await live_api.call("GET", f"/conversations/{talk}/messages"))["items"]
    assert next(m for m in newest if m["direction"] == "in")["kind"] == "quick_reply"


async def test_a_file_is_attached_refused_replaced_and_seen_on_the_phone(
    page: Page, live_api: LiveApi
) -> None:
    await begin(page, live_api, "Vimala", "saffron please")
    composer, chip = page.get_by_test_id("composer"), page.get_by_test_id("attached")
    attach = page.get_by_test_id("attach-input")
    await attach.set_input_files({"name": "cow.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    await composer.press("Control+Enter")
    await expect(chip.get_by_role("alert")).to_contain_text("cannot be sent here")
    await expect(chip).to_contain_text("cow.svg")
    await attach.set_input_files({"name": "cow.png", "mimeType": "image/png", "buffer": PIXEL})
    await expect(chip.get_by_role("alert")).to_have_count(0)
    await composer.fill("our cow")
    await composer.press("Control+Enter")
    await expect(chip).to_have_count(0)
    await expect(composer).to_have_value("")
    shown = page.get_by_test_id("phone-message").filter(has_text="our cow")
    await expect(shown.get_by_role("img")).to_be_visible()
    mine = page.get_by_test_id("message").filter(has_text="our cow")
    await expect(mine.get_by_test_id("message-file")).to_have_attribute("data-state", "stored")


async def test_a_request_for_a_location_is_answered(page: Page, live_api: LiveApi) -> None:
    talk = await begin(page, live_api, "Zubin", "jasmine rice please")
    await send(live_api, talk, "location_request")
    await page.get_by_test_id("phone").get_by_role("button", name="Send location").click()
    await expect(page.get_by_test_id("message").filter(has_text="28.6139").last).to_be_visible()


async def test_a_form_is_filled_in_on_the_phone(page: Page, live_api: LiveApi) -> None:
    talk = await begin(page, live_api, "Farida", "saffron please")
    await send(live_api, talk, "flow")
    phone = page.get_by_test_id("phone")
    await phone.get_by_role("button", name="Order").click()
    await phone.get_by_label("litres").fill("two")
    await phone.get_by_role("button", name="Send the form").click()
    filled = page.get_by_test_id("form-answers").last
    await expect(filled).to_contain_text("litres: two")


SEEN = {
    "location": "28.6139, 77.209",
    "contacts": "+1 202-555-0188",
    "buttons": "Not tomorrow",
    "list": "Choose",
    "cta_url": "Prices",
    "flow": "Order",
    "location_request": "Asks for a location",
    "image": "Our cow",
    "video": "Video",
    "document": "prices.pdf",
    "audio": "Audio",
    "sticker": "Sticker",
}


async def test_every_kind_stands_in_the_thread_and_in_the_list(
    pages: Lent, live_app: LiveApp, live_api: LiveApi, page: Page
) -> None:
    name, words = "Aruna", "tuberose"
    talk = await begin(page, live_api, name, words)
    items = (await live_api.call("GET", f"/conversations/{talk}/messages"))["items"]
    question = next(item for item in items if item["direction"] == "in")
    for kind in SEEN:
        await send(live_api, talk, kind)
        await expect(page.get_by_test_id("phone-message").last).not_to_contain_text("unknown kind")
    await send(live_api, talk, "reaction", {"message_id": question["id"], "emoji": "👍"})
    looked = await pages(live_app.url + "/inbox", live_api.token, size=PHONE)
    row = looked.locator("[data-row]").filter(has_text=name)
    await expect(row.get_by_test_id("preview")).to_contain_text("Sticker")
    await row.click()
    thread = looked.get_by_test_id("message")
    for words_ in SEEN.values():
        await expect(thread.filter(has_text=words_).last).to_be_visible()
    await expect(thread.last).to_contain_text(words)  # what the reaction is for
    await expect(thread.filter(has_text="unsupported")).to_have_count(0)
    await expect(thread.filter(has_text="unknown kind")).to_have_count(0)
    await expect_good_on_both(looked, "Asks for a location")
