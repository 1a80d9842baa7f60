"""Two contacts made one by hand in the panel, and parted again, on the real product."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect
from tests.conversations.conftest import heard
from tests.door.stage import Stage, stage
from tests.web.conftest import PHONE, LiveApp
from tests.web.looks import sticks_out, violations
from tests.web.pages import Lent
from tests.web.peer import DIST

from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from samvad.tenancy.types import Role


@pytest.fixture(scope="module")
async def live(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[Stage]:
    async with (
        cluster.database(template=template) as name,
        stage(cluster.dsn(name), keyring, working=True, web_dir=DIST) as opened,
    ):
        yield opened


async def test_two_are_made_one_and_parted_again(pages: Lent, live: Stage) -> None:
    shop = await live.shop()
    one, _ = await heard(shop, "919999900041", "919999900042")
    app = LiveApp(live.url, "", "")
    page = await pages(app.url + f"/inbox/{one['id']}", shop.house.tokens[Role.AGENT], size=PHONE)
    await page.get_by_role("button", name="Details of").click()
    await page.get_by_role("button", name="Merge with another contact").click()
    dialog = page.get_by_role("dialog").last
    await dialog.get_by_label("Name or number").fill("919999900042")
    await dialog.get_by_role("option").first.click()
    await expect(dialog).to_contain_text("It can be undone.")
    assert await violations(page) == []
    await dialog.get_by_role("button", name="Merge", exact=True).click()
    joined = page.get_by_role("list", name="The same person")
    await expect(joined).to_contain_text("Merged by a colleague")
    await expect(page.get_by_test_id("contact-panel").last).to_contain_text("+919999900042")
    assert len((await shop.get("/conversations"))["items"]) == 1
    assert not await sticks_out(page)
    await joined.get_by_role("button", name="Part again").click()
    await expect(joined).to_have_count(0)
    assert len((await shop.get("/conversations"))["items"]) == 2
