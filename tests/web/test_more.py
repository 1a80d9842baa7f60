"""What can be sent beside words and files: offered as the number allows, filled in, mended."""

import asyncio

from playwright.async_api import expect
from tests.web.conftest import PHONE, OpenPage, Site
from tests.web.looks import expect_good_on_both
from tests.web.peer_data import conversation_id

from samvad.channels.service.contents import sends_kinds

TALK = conversation_id(0)


async def test_a_form_is_filled_in_mended_and_sent(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{TALK}", PHONE)
    more = page.get_by_role("button", name="More to send")
    await more.click()
    kinds = [
        "Location",
        "Contact card",
        "Buttons",
        "List",
        "Link with a button",
        "Ask for a location",
        "Form (flow)",
    ]
    await expect(page.get_by_role("menuitem")).to_have_text(kinds)
    await page.get_by_role("menuitem", name="Form (flow)").click()
    dialog = page.get_by_role("dialog", name="Form (flow)")
    send = dialog.get_by_role("button", name="Send", exact=True)
    await send.click()
    await expect(dialog.get_by_text("Needed.")).to_have_count(3)
    await dialog.get_by_label("Flow").fill("order_form")
    await dialog.get_by_label("Words", exact=True).fill("What shall we bring?")
    await dialog.get_by_label("Words on the button").fill("Order milk for tomorrow")
    await dialog.get_by_label("First screen (optional)", exact=True).fill("ORDER")
    await dialog.get_by_label("Data for the first screen").fill('{"litres": 2}')
    await send.click()
    await expect(dialog.get_by_text("at most 20 are allowed")).to_be_visible()
    await expect(dialog.get_by_label("Words on the button")).to_be_focused()
    await expect_good_on_both(page, "at most 20 are allowed")
    await dialog.get_by_label("Words on the button").fill("Order")
    await send.click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_test_id("message").last).to_contain_text("What shall we bring?")
    sent = site.peer.world.messages[TALK][-1]
    assert (sent["kind"], sent["content"]["flow_name"], sent["content"]["data"]) == (
        "flow",
        "order_form",
        {"litres": 2},
    )


async def test_only_what_the_number_sends_and_never_in_a_note(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.rows[TALK]["sends_kinds"] = sends_kinds("twilio")
    page = await signed_in(f"/inbox/{TALK}")
    await page.get_by_role("button", name="More to send").click()
    await expect(page.get_by_role("menuitem")).to_have_text(["Location", "Buttons", "List"])
    await page.get_by_role("menuitem", name="Location").click()
    dialog = page.get_by_role("dialog", name="Location")
    await dialog.get_by_label("Latitude").fill("12,97")
    await dialog.get_by_label("Longitude").fill("east")
    await dialog.get_by_role("button", name="Send", exact=True).click()
    await dialog.get_by_label("Longitude").fill("77.59")
    await dialog.get_by_role("button", name="Send", exact=True).click()
    await expect(dialog).to_have_count(0)
    content = site.peer.world.messages[TALK][-1]["content"]
    assert (content["latitude"], content["longitude"]) == (12.97, 77.59)
    await page.get_by_role("radio", name="Note").click()
    await expect(page.get_by_role("button", name="More to send")).to_have_count(0)


async def test_a_text_beyond_the_number_s_limit_leaves_as_several_in_order(
    signed_in: OpenPage, site: Site
) -> None:
    """Cut at the ends of sentences, each within the limit; a note of that length stays refused."""
    site.peer.world.rows[TALK]["text_limit"] = 1600
    before = len(site.peer.world.messages[TALK])
    page = await signed_in(f"/inbox/{TALK}")
    words = [f"Sentence {n} says that the milk comes at six." for n in range(100)]
    await page.get_by_label("Message", exact=True).fill(" ".join(words))
    await expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    await page.get_by_role("radio", name="Note").click()
    await expect(page.get_by_role("button", name="Send as")).to_have_count(0)
    await page.get_by_role("radio", name="Reply").click()
    await page.get_by_role("button", name="Send as 3 messages").click()
    await expect(page.get_by_label("Message", exact=True)).to_have_value("")
    async with asyncio.timeout(20):  # a safety net, not a measurement
        while len(site.peer.world.messages[TALK]) < before + 3:  # noqa: ASYNC110 - the peer tells nobody
            await asyncio.sleep(0.02)
    sent = [one["text"] for one in site.peer.world.messages[TALK] if one["text"].startswith("Sentence")]
    assert " ".join(sent) == " ".join(words)
    assert all(len(text) <= 1600 and text.endswith("six.") for text in sent)
