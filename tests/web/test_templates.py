"""Templates on the screen: listed, read as a customer, written, deleted; chosen in a closed window."""

from typing import Any

import pytest
from playwright.async_api import Page, expect
from tests.web.conftest import OpenPage, Site
from tests.web.peer_data import CHANNEL, NAMES, conversation_id
from tests.web.peer_templates import template

CLOSED = f"/inbox/{conversation_id(4)}"
TEMPLATES = "/settings/templates"


def rows(page: Page) -> Any:
    return page.get_by_test_id("template")


async def test_a_closed_window_offers_templates_and_sends_one(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(CLOSED)
    await expect(page.get_by_test_id("composer")).to_have_count(0)
    await page.get_by_role("button", name="Choose a template").click()
    dialog, picks = page.get_by_role("dialog"), page.get_by_test_id("pick")
    await expect(picks).to_have_count(2)  # only approved ones
    await dialog.get_by_label("Find a template").fill("order up")
    await picks.get_by_role("button").click()
    await dialog.get_by_role("button", name="Send", exact=True).click()
    await expect(dialog.get_by_text("Needed.")).to_have_count(4)
    await dialog.get_by_label("Value of {{1}} in the header").fill("1042")
    await dialog.get_by_label("Value of {{2}}").fill("Friday")
    await dialog.get_by_label("End of the link of").fill("1042")
    await dialog.get_by_role("button", name="Name").first.click()
    name = NAMES[4]
    preview = dialog.get_by_test_id("template-preview")
    await expect(preview).to_contain_text(f"Hello {name}, your order arrives on Friday.")
    await expect(preview).to_contain_text("https://dairy.example/o/1042")
    await dialog.get_by_role("button", name="Send", exact=True).click()
    await expect(dialog).to_have_count(0)
    sent = page.get_by_test_id("message").last
    await expect(sent).to_contain_text(f"Hello {name}, your order arrives on Friday.")
    await expect(sent.get_by_test_id("message-choices")).to_have_text("YesFollow it")
    made = site.peer.world.messages[conversation_id(4)][-1]
    assert made["content"]["values"]["body.1"] == name


async def test_marketing_is_not_offered_for_who_opted_out(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.rows[conversation_id(4)]["contact"]["opted_out"] = True
    page = await signed_in(CLOSED)
    await page.get_by_role("button", name="Choose a template").click()
    offer = page.get_by_test_id("pick").filter(has_text="festival_offer")
    await expect(offer.get_by_role("button")).to_be_disabled()
    await expect(offer).to_contain_text("who opted out")


async def test_automations_are_given_a_template_for_closed_windows(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/settings/channels")
    await page.get_by_text("Automatic messages are held for a person.").wait_for()
    await page.get_by_role("button", name="Choose a template").click()
    dialog = page.get_by_role("dialog", name="After 24 hours of silence")
    which = dialog.get_by_label("Template")
    await expect(which.get_by_role("option")).to_have_count(2)  # none, and the one that is no marketing
    await which.select_option(label="order_update (English)")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_text("Needed.")).to_have_count(4)
    await dialog.get_by_label("Value of {{1}} in the header").fill("1042")
    await dialog.get_by_role("button", name="Name").first.click()
    await dialog.get_by_role("button", name="Reply").last.click()
    await dialog.get_by_label("End of the link of").fill("1042")
    await expect(dialog.get_by_test_id("template-preview")).to_contain_text("Hello Asha")
    await dialog.get_by_role("button", name="Save").click()
    await page.get_by_text("Automatic messages are sent as the template order_update.").wait_for()
    values = {"header.1": "1042", "body.1": "{{contact.name}}", "body.2": "{{reply}}", "button.1": "1042"}
    chosen = {"name": "order_update", "language": "en", "values": values}
    assert site.peer.world.channels[0]["window_template"] == chosen


async def test_a_held_message_is_dropped(signed_in: OpenPage, site: Site) -> None:
    last = site.peer.world.messages[conversation_id(4)][-1]
    last |= {"status": "held", "reason": "window_closed", "direction": "out", "author": "assistant"}
    page = await signed_in(CLOSED)
    await page.get_by_text("Held: the 24-hour window is closed").wait_for()
    await page.get_by_role("button", name="Drop").click()
    await page.get_by_text("Skipped: somebody dropped it").wait_for()


async def test_a_channel_without_templates_says_so(signed_in: OpenPage, site: Site) -> None:
    site.peer.templates.channel = {}
    page = await signed_in(CLOSED)
    await page.get_by_text("This channel has no templates in Samvad yet.").wait_for()
    await expect(page.get_by_role("button", name="Choose a template")).to_be_disabled()
    await page.goto(f"{site.url}{TEMPLATES}")
    await page.get_by_text("No number of yours has templates").wait_for()


async def test_they_are_filtered_read_and_deleted(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"{TEMPLATES}?review=approved")
    await expect(rows(page)).to_have_count(2)
    await page.get_by_label("Status").select_option("")
    await expect(rows(page)).to_have_count(5)
    await expect(rows(page).filter(has_text="win_a_cow")).to_contain_text("ABUSIVE_CONTENT")
    await page.get_by_label("Name").fill("order")
    await rows(page).get_by_role("button").click()
    panel = page.get_by_test_id("template-panel")
    await expect(panel).to_contain_text("Hello Asha, your order arrives on Tuesday.")
    await panel.get_by_label("As this customer reads it").select_option(label="Daniel Brooks")
    await expect(panel).to_contain_text("Hello Daniel Brooks, your order arrives on Tuesday.")
    await panel.get_by_role("button", name="Delete").click()
    await page.get_by_role("dialog", name="Delete order_update").get_by_role("button", name="Delete").click()
    await expect(panel).to_have_count(0)
    await expect(page.get_by_text("No template fits these filters")).to_be_visible()
    assert len(site.peer.templates.items) == 4


async def test_one_is_written_with_its_preview(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(TEMPLATES)
    await page.get_by_role("button", name="New template").click()
    form, preview = page.get_by_role("form", name="New template"), page.get_by_test_id("template-preview")
    await form.get_by_role("button", name="Send for review").click()
    await expect(form.get_by_text("Needed.")).to_have_count(2)
    await form.get_by_label("Name", exact=True).fill("Round News")
    await form.get_by_role("textbox", name="Message").fill("Hello {{1}}, we come again.")
    await form.get_by_label("Example for {{1}}").fill("Asha")
    await expect(preview).to_contain_text("Hello Asha, we come again.")
    await form.get_by_role("button", name="Add a button").click()
    await form.get_by_label("Text of button 1").fill("Fine")
    await expect(preview.get_by_role("listitem")).to_have_text("Fine")
    await form.get_by_role("button", name="Send for review").click()
    panel = page.get_by_test_id("template-panel")
    await expect(panel).to_contain_text("In review")
    made = site.peer.templates.items[-1]
    button = {"act": "quick_reply", "text": "Fine", "url": "", "phone": "", "example": "", "code": ""}
    layout = {"body": "Hello {{1}}, we come again.", "buttons": [button], "examples": {"1": "Asha"}}
    assert (made["name"], made["layout"]) == ("round_news", layout)


PNG: Any = {"name": "gauri.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
COW: Any = {"header": {"format": "image"}, "body": "This is {{1}} today.", "examples": {"1": "Gauri"}}


async def test_one_with_a_picture_is_written(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"{TEMPLATES}?template=new")
    form = page.get_by_role("form", name="New template")
    await form.get_by_label("Name", exact=True).fill("cow")
    await form.get_by_role("textbox", name="Message").fill("A cow.")
    await form.get_by_label("Header", exact=True).select_option("image")
    await form.get_by_role("button", name="Send for review").click()
    await expect(form.get_by_text("Needed.")).to_have_count(1)
    await form.locator("input[type=file]").set_input_files([PNG])
    await expect(page.get_by_test_id("template-preview")).to_contain_text("gauri.png")
    await form.get_by_role("button", name="Send for review").click()
    await expect(page.get_by_test_id("template-panel")).to_contain_text("In review")
    header = {"format": "image", "example": "4:gauri.png"}
    assert site.peer.templates.items[-1]["layout"]["header"] == header


async def test_where_reviewers_follow_links_one_is_asked_for(signed_in: OpenPage, site: Site) -> None:
    """Twilio's way. Where only the end of an address is free, no file of one's own can stand."""
    site.peer.templates.channel |= {"takes_examples": False, "links_examples": True}
    page = await signed_in(f"{TEMPLATES}?template=new")
    form = page.get_by_role("form", name="New template")
    await form.get_by_label("Name", exact=True).fill("cow")
    await form.get_by_role("textbox", name="Message").fill("A cow.")
    await form.get_by_label("Header", exact=True).select_option("image")
    await expect(form.locator("input[type=file]")).to_have_count(0)
    await form.get_by_label("Link to an example file").fill("https://dairy.example/cow.png")
    await expect(page.get_by_test_id("template-preview")).to_contain_text("cow.png")
    await form.get_by_role("button", name="Send for review").click()
    await expect(page.get_by_test_id("template-panel")).to_contain_text("In review")
    header = {"format": "image", "example": "https://dairy.example/cow.png"}
    assert site.peer.templates.items[-1]["layout"]["header"] == header
    part = {"header": {"format": "image", "link": "https://dairy.example/{{1}}"}, "body": "See."}
    site.peer.templates.items.append(template("at_home", "approved", layout=part))
    page = await signed_in(CLOSED)
    await page.get_by_role("button", name="Choose a template").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_test_id("pick").filter(has_text="at_home").get_by_role("button").click()
    await expect(dialog.get_by_label("what comes after https://dairy.example/")).to_be_visible()
    await expect(dialog.locator("input[type=file]")).to_have_count(0)


async def test_the_picker_asks_for_the_picture(signed_in: OpenPage, site: Site) -> None:
    site.peer.templates.items.append(template("cow_of_the_day", "approved", layout=COW))
    page = await signed_in(CLOSED)
    await page.get_by_role("button", name="Choose a template").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_test_id("pick").filter(has_text="cow_of_the_day").get_by_role("button").click()
    await dialog.get_by_label("Value of {{1}}").fill("Gauri")
    await dialog.get_by_role("button", name="Send", exact=True).click()
    await expect(dialog.get_by_text("Needed.")).to_have_count(1)
    await dialog.locator("input[type=file]").set_input_files([PNG])
    await expect(dialog.get_by_label("Or a link to it")).to_have_count(0)
    await dialog.get_by_role("button", name="Send", exact=True).click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_test_id("message").last).to_contain_text("This is Gauri today.")
    sent = site.peer.world.messages[conversation_id(4)][-1]
    assert (sent["media"]["filename"], sent["content"]["values"]) == ("gauri.png", {"body.1": "Gauri"})


@pytest.mark.parametrize("role", ["viewer", "owner"])
async def test_troubles_are_told_and_readers_write_nothing(
    signed_in: OpenPage, site: Site, role: str
) -> None:
    site.peer.world.role = role
    site.peer.templates.channel["problem"] = "The provider refused the access token"
    page = await signed_in(TEMPLATES)
    trouble = f"{CHANNEL['name']}: the provider could not be asked the last time. The provider refused"
    await page.get_by_text(trouble).wait_for()
    count = 1 if role == "owner" else 0
    await expect(page.get_by_role("button", name="New template")).to_have_count(count)
    await expect(page.get_by_role("button", name="Sync now")).to_have_count(count)
