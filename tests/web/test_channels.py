"""Connecting a number: faults at their fields, secrets out of sight, a self-test that names what failed."""

import re

from playwright.async_api import Locator, expect
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.web.looks import sticks_out, violations_in_both
from tests.web.peer_alerts import alert
from tests.web.peer_data import NOW

VALUES = {
    "name": "Main shop", "phone_number_id": "106540352242922", "waba_id": "102290129340398",
    "access_token": "EAAG-token", "app_secret": "shh",
}  # fmt: skip


async def test_faults_stand_at_their_fields(signed_in: OpenPage) -> None:
    page = await signed_in("/settings/channels")
    await page.get_by_role("button", name="Connect a number").click()
    form = page.get_by_role("dialog")
    await _choose(form)
    await form.locator("[name=phone_number_id]").fill("+91 98")
    await form.get_by_role("button", name="Next").click()
    await expect(form.locator("[name=name]")).to_be_focused()
    await expect(form.get_by_text("This does not look like one")).to_be_visible()
    await form.locator("[name=phone_number_id]").fill("106540352242922")
    await form.locator("[name=name]").fill("Main shop")
    await form.get_by_role("button", name="Next").click()
    await expect(form.locator("[name=access_token]")).to_be_focused()
    await expect(form.locator("[name=access_token]")).to_have_attribute("type", "password")
    await form.get_by_role("button", name="Connect").click()
    await expect(form.get_by_text("Needed.")).to_have_count(2)
    await form.get_by_role("button", name="Back").click()
    await expect(form.locator("[name=name]")).to_have_value("Main shop")


async def _choose(form: Locator, provider: str = "Meta Cloud API") -> None:
    await form.get_by_role("button", name=provider).click()


async def _asked(form: Locator, **changes: str) -> None:
    """The two steps that ask, up to Connect."""
    values = VALUES | changes
    for name in ("name", "phone_number_id", "waba_id"):
        await form.locator(f"[name={name}]").fill(values[name])
    await form.get_by_role("button", name="Next").click()
    for name in ("access_token", "app_secret"):
        await form.locator(f"[name={name}]").fill(values[name])
    await form.get_by_role("button", name="Connect").click()


async def test_a_number_is_connected_and_tested_step_by_step(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/settings/channels?form=new")
    form = page.get_by_role("dialog")
    await _choose(form)
    await _asked(form, phone_number_id="999")
    await expect(form.get_by_text("This number is connected already")).to_be_visible()  # back at its step
    await form.locator("[name=phone_number_id]").fill(VALUES["phone_number_id"])
    await form.get_by_role("button", name="Next").click()
    await expect(form.locator("[name=access_token]")).to_have_value(VALUES["access_token"])
    await form.get_by_role("button", name="Connect").click()
    await expect(form.get_by_role("listitem").filter(has_text="Webhook").first).to_have_attribute(
        "aria-current", "step"
    )
    url, token = await _shown(form)
    assert url == site.peer.world.channels[-1]["webhook_url"]
    await form.get_by_role("button", name="Done, test it").click()
    await expect(form.get_by_test_id("self-test")).to_contain_text("Failed at: Webhook reached from outside")
    await form.get_by_role("button", name="Back").click()
    assert await _shown(form) == (url, token)
    await form.get_by_role("button", name="Later").click()
    card = page.get_by_test_id("channel").filter(has_text="Main shop")
    assert await _shown(card) == (url, token)
    await card.get_by_role("button", name="Run self-test").click()
    await expect(card.get_by_test_id("self-test")).to_contain_text("Failed at: Webhook reached from outside")


async def test_a_provider_that_this_page_knows_nothing_of(signed_in: OpenPage, site: Site) -> None:
    """Its form comes from the server; it sets its webhook by itself, so the test follows at once."""
    page = await signed_in("/settings/channels?form=new")
    form = page.get_by_role("dialog")
    await _choose(form, "Pigeon post")
    await expect(form.get_by_text("Ask the keeper of the loft.")).to_be_visible()
    await form.locator("[name=name]").fill("Loft")
    await form.locator("[name=loft]").fill("12")
    await form.get_by_label("Flight").select_option("By night")
    await form.get_by_role("button", name="Next").click()
    await form.locator("[name=whistle]").fill("tweet")
    await form.get_by_role("button", name="Connect").click()
    await form.get_by_role("button", name="Run self-test").click()
    await expect(form.get_by_test_id("self-test")).to_be_visible()
    assert site.peer.world.channels[-1]["fields"] == {"loft": "12", "flight": "night"}
    await form.get_by_role("button", name="Later").click()
    card = page.get_by_test_id("channel").filter(has_text="Pigeon post")
    await expect(card).to_contain_text("Loft 12")
    await expect(card.get_by_label("Webhook URL")).to_have_count(0)
    await card.get_by_role("button", name="Edit").click()
    await expect(form.get_by_label("Flight")).to_have_value("night")
    await expect(form.locator("[name=loft]")).to_have_count(0)


async def _shown(where: Locator) -> tuple[str, str]:
    """URL and token to paste at Meta."""
    url, token = (where.get_by_label(name, exact=True) for name in ("Webhook URL", "Verify token"))
    return await url.input_value(), await token.input_value()


async def test_the_steps_are_accessible(signed_in: OpenPage) -> None:
    for size in (DESK, PHONE):
        page = await signed_in("/settings/channels?form=new", size)
        form = page.get_by_role("dialog")
        await _choose(form)
        await _asked(form, phone_number_id=f"10654035224{size[0]}")
        await form.get_by_label("Webhook URL", exact=True).wait_for()
        assert await violations_in_both(page) == []
        assert not await sticks_out(page)
        await form.get_by_role("button", name="Done, test it").click()
        await form.get_by_test_id("self-test").wait_for()
        assert await violations_in_both(page) == []


async def test_a_phone_is_linked_on_the_way(signed_in: OpenPage, site: Site) -> None:
    """Only after the risk was taken in so many words. The code is asked for again until the phone has seen
    it, with what is left of its life; a page that stays open shows none for ever."""
    site.peer.pairings = [("later", "The instance is starting"), ("code", ""), ("code", ""), ("paired", "")]
    page = await signed_in("/settings/channels?form=new", fresh=True)
    await page.clock.install()
    form = page.get_by_role("dialog")
    await _choose(form, "WhatsApp (linked device, Evolution API)")
    risk = form.get_by_role("checkbox", name="I accept that WhatsApp may ban this number")
    await expect(risk).not_to_be_checked()
    await expect(form.get_by_text("restricts or bans numbers")).to_be_visible()
    for name, value in (("name", "Roof"), ("base_url", "https://gateway.example"), ("instance", "roof")):
        await form.locator(f"[name={name}]").fill(value)
    await form.get_by_role("button", name="Next").click()
    await expect(risk).to_be_focused()
    await expect(form.get_by_text("Tick this to go on.")).to_be_visible()
    assert await violations_in_both(page) == []
    await risk.check()
    await form.get_by_role("button", name="Next").click()
    await form.locator("[name=api_key]").fill("key")
    await form.get_by_role("button", name="Connect").click()
    await form.get_by_text("The instance is starting").wait_for()
    assert site.peer.world.channels[-1]["fields"]["ban_risk"] == "yes"
    await page.clock.run_for(6_000)
    await form.get_by_alt_text("Code to be scanned with the phone").wait_for()
    await expect(form.get_by_test_id("typed-code")).to_have_text("WZYE H1YY")
    await page.clock.run_for(3_000)
    await expect(form.get_by_test_id("seconds-left")).to_have_text(re.compile(r"Good for 1[5-8] seconds"))
    await page.clock.run_for(9_000)
    await form.get_by_text("The phone is linked").wait_for()
    await form.get_by_role("button", name="Done, test it").click()
    await form.get_by_test_id("self-test").wait_for()


async def test_a_linked_phone_stands_on_its_card_and_is_logged_out(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.channels[0] |= {"provider": "evolution", "fields": {"instance": "roof"}}
    page = await signed_in("/settings/channels", fresh=True)
    device = page.get_by_test_id("device")
    await expect(device).to_contain_text("Phone linked+919800000042 (Gokul Dairy)")
    await expect(device).to_contain_text("Sent today: 17")
    assert await violations_in_both(page) == []
    await device.get_by_role("button", name="Log out the phone").click()
    await page.get_by_role("dialog").get_by_role("button", name="Log out the phone").click()
    await expect(device).to_have_attribute("data-state", "logged_out")
    await expect(device).to_contain_text("Link it again under Link the phone")
    await expect(device.get_by_role("button")).to_have_count(0)


async def test_a_code_expires_and_a_banned_number_says_so(signed_in: OpenPage, site: Site) -> None:
    site.peer.pairings = [("code", "")]
    site.peer.world.channels[0] |= {"provider": "pigeon"}
    page = await signed_in("/settings/channels", fresh=True)
    await page.clock.install()
    await page.get_by_role("button", name="Link the phone").click()
    dialog = page.get_by_role("dialog", name="Link the phone")
    await dialog.get_by_alt_text("Code to be scanned with the phone").wait_for()
    assert await violations_in_both(page) == []
    await page.clock.run_for(181_000)
    await dialog.get_by_text("The code has expired").wait_for()
    site.peer.pairings = [("blocked", "WhatsApp has banned this number")]
    await dialog.get_by_role("button", name="Show a new code").click()
    await dialog.get_by_text("The number is blocked").wait_for()


async def test_alerts_say_what_to_do_and_who_looks_after_them(signed_in: OpenPage, site: Site) -> None:
    number = site.peer.world.channels[0]["id"]
    said = "Error validating access token"
    over = [alert("provider_down", number, resolved_at=NOW.isoformat()) for _ in range(12)]
    site.peer.alerts.items = [
        alert("credentials_rejected", number, said),
        alert("provider_flows", number),
        *over,
    ]
    page = await signed_in("/settings/channels")
    alerts = page.get_by_test_id("alert")
    await expect(alerts).to_have_count(2)
    token = alerts.filter(has_text="The provider refuses the access token")
    await expect(token).to_contain_text(said)
    await expect(token).to_contain_text("Enter a valid one under Edit")
    await expect(token).to_contain_text("Nobody looks after it yet.")
    await token.get_by_role("button", name="I look after it").click()
    await expect(token).to_contain_text("looks after it, since")
    await token.get_by_role("button", name="Done").click()
    await expect(alerts).to_have_count(1)
    assert await violations_in_both(page) == []
    await page.get_by_role("button", name="Past alerts").click()
    past = page.get_by_role("dialog").get_by_test_id("past-alert")
    await expect(past).to_have_count(10)
    await expect(past.first).to_contain_text("Ended by")
    await page.get_by_role("button", name="Show older ones").click()
    await expect(past).to_have_count(13)
    await expect(past.last).to_contain_text("Ended by itself")
