"""Connecting a number: faults at their fields, secrets out of sight, a self-test that names what failed."""

from playwright.async_api import Locator, expect
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.web.looks import scrolls_sideways, violations_in_both

VALUES = {
    "name": "Main shop", "phone_number_id": "106540352242922", "waba_id": "102290129340398",
    "access_token": "EAAG-token", "app_secret": "shh",
}  # fmt: skip


async def test_faults_stand_at_their_fields(signed_in: OpenPage) -> None:
    page = await signed_in("/settings/channels")
    await page.get_by_role("button", name="Connect a number").click()
    form = page.get_by_role("dialog")
    await form.locator("[name=phone_number_id]").fill("+91 98")
    await form.get_by_role("button", name="Next").click()
    await expect(form.locator("[name=name]")).to_be_focused()
    await expect(form.get_by_text("Digits only.")).to_be_visible()
    await form.locator("[name=phone_number_id]").fill("106540352242922")
    await form.locator("[name=name]").fill("Main shop")
    await form.get_by_role("button", name="Next").click()
    await expect(form.locator("[name=access_token]")).to_be_focused()
    await expect(form.locator("[name=access_token]")).to_have_attribute("type", "password")
    await form.get_by_role("button", name="Connect").click()
    await expect(form.get_by_text("Needed.")).to_have_count(2)
    await form.get_by_role("button", name="Back").click()
    await expect(form.locator("[name=name]")).to_have_value("Main shop")


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


async def _shown(where: Locator) -> tuple[str, str]:
    """URL and token to paste at Meta."""
    url, token = (where.get_by_label(name, exact=True) for name in ("Webhook URL", "Verify token"))
    return await url.input_value(), await token.input_value()


async def test_the_steps_are_accessible(signed_in: OpenPage) -> None:
    for size in (DESK, PHONE):
        page = await signed_in("/settings/channels?form=new", size)
        form = page.get_by_role("dialog")
        await _asked(form, phone_number_id=f"10654035224{size[0]}")
        await form.get_by_label("Webhook URL", exact=True).wait_for()
        assert await violations_in_both(page) == []
        assert not await scrolls_sideways(page)
        await form.get_by_role("button", name="Done, test it").click()
        await form.get_by_test_id("self-test").wait_for()
        assert await violations_in_both(page) == []
