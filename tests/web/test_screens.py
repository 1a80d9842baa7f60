"""Every screen, light and dark, desk and phone: accessible, no sideways scroll, targets to touch."""

import pytest
from tests.web.conftest import DESK, PHONE, OpenContext, OpenPage, Site, site_of
from tests.web.looks import expect_good_on_both, sticks_out, violations, violations_in_both
from tests.web.pages import Lent
from tests.web.peer import Theatre
from tests.web.peer_data import NAMES, World, conversation_id

SCREENS = {
    "inbox": ("/inbox", "Asha Verma"),
    "thread": (f"/inbox/{conversation_id(0)}", "Reply window"),
    "fates": (f"/inbox/{conversation_id(1)}", "Checking whether it arrived"),
    "sources": (f"/inbox/{conversation_id(1)}?trace=any", "Business hours"),
    "window closed": (f"/inbox/{conversation_id(4)}", "The 24-hour window closed"),
    "trace": (f"/inbox/{conversation_id(0)}?trace=any", "Business hours"),
    "details": (f"/inbox/{conversation_id(6)}?panel=open", "Opted out on"),
    "found words": ("/inbox?q=litres", "litres"),
    "nothing found": ("/inbox?q=nobody", "Nothing matches"),
    "gone": ("/inbox/none", "There is nothing at this address"),
    "channels": ("/settings/channels", "Sandbox number"),
    "channel form": ("/settings/channels?form=new", "WhatsApp (Meta Cloud API)"),
    "templates": ("/settings/templates", "win_a_cow"),
    "template form": ("/settings/templates?template=new", "WhatsApp reviews it"),
    "webhooks": ("/settings/webhooks", "the body is not JSON"),
    "delivery log": ("/settings/log", "This number cannot be reached"),
    "account": ("/settings/account", "New password"),
    "simulator": ("/simulator", "What would you like?"),
    "not found": ("/nowhere", "There is nothing at this address"),
}


@pytest.fixture
def site(theatre: Theatre) -> Site:
    """A row of each kind: one more of a kind is looked at as long and says nothing new."""
    return site_of(theatre, World(rows=len(NAMES)))


@pytest.mark.parametrize("name", SCREENS)
async def test_is_accessible(signed_in: OpenPage, name: str) -> None:
    path, text = SCREENS[name]
    await expect_good_on_both(await signed_in(path, PHONE), text)


@pytest.mark.parametrize(("key", "text"), [("a", "Find a colleague"), ("s", "Another time"), ("?", "Snooze")])
async def test_a_dialog_is_accessible(signed_in: OpenPage, key: str, text: str) -> None:
    page = await signed_in(f"/inbox/{conversation_id(1)}", PHONE)
    await page.get_by_test_id("composer").wait_for()
    await page.keyboard.press(key)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text(text).or_(dialog.get_by_placeholder(text)).first.wait_for()
    assert await violations_in_both(page) == []
    for width, height in (PHONE, DESK):
        await page.set_viewport_size({"width": width, "height": height})
        assert not await sticks_out(page)
    assert await violations_in_both(page) == []


@pytest.mark.parametrize("path", ["/signin", "/signin#token=once"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_sign_in_is_accessible(pages: Lent, site: Site, path: str, size: tuple[int, int]) -> None:
    page = await pages(site.url + path, None, size)
    await page.get_by_role("heading").wait_for()
    assert await violations(page) == []
    assert not await sticks_out(page)


async def test_empty_inbox_offers_the_next_step(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.rows.clear()
    page = await signed_in()
    await page.get_by_role("link", name="Open the simulator").click()
    await page.get_by_role("heading", name="Simulator").wait_for()


async def test_a_failing_server_is_said_and_retried(signed_in: OpenPage, site: Site) -> None:
    site.peer.down = True
    page = await signed_in()
    alert = page.get_by_role("alert").first
    await alert.wait_for()
    site.peer.down = False
    await alert.get_by_role("button", name="Try again").click()
    await page.get_by_text("Asha Verma").first.wait_for()


async def test_a_viewer_reads_and_cannot_write(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.role = "viewer"
    page = await signed_in(f"/inbox/{conversation_id(0)}")
    await page.get_by_text("Your role can read this conversation but not reply.").wait_for()
    assert await page.get_by_test_id("composer").count() == 0
    assert await page.get_by_test_id("mode-control").get_by_role("radio", name="Human").is_disabled()
    await page.goto(f"{site.url}/settings/channels")
    await page.get_by_text("Only owners and admins change channels.").wait_for()
    assert await page.get_by_role("button", name="Connect a number").count() == 0


async def test_theme_follows_the_system_until_chosen(contexts: OpenContext, site: Site) -> None:
    context = await contexts(scheme="dark")
    page = await context.new_page()
    await page.goto(f"{site.url}/signin")
    theme = "document.documentElement.dataset.theme"
    assert await page.evaluate(theme) == "dark"
    await page.get_by_label("E-mail").fill(site.email)
    await page.get_by_label("Password").fill(site.password)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("button", name="Account").click()
    await page.get_by_role("menuitem", name="Use light colours").click()
    assert await page.evaluate(theme) == "light"
    await page.reload()
    assert await page.evaluate(theme) == "light"
