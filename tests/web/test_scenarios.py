"""Scenarios beside the phone: written, kept, played, stopped; and what is wrong in one."""

from pathlib import Path

from playwright.async_api import Page, expect
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.web.looks import small_targets, sticks_out, violations_in_both

WRONG = "name: Milk\nsteps:\n  - costumer says: hello\n"
RIGHT = "name: Milk\nsteps:\n  - customer says: hello\n  - expect reply\n"


async def test_written_refused_by_line_kept_and_taken_home(
    signed_in: OpenPage, site: Site, tmp_path: Path
) -> None:
    page = await signed_in("/simulator?pane=scenarios")
    await page.get_by_text("No scenario of your own yet").wait_for()
    await page.get_by_role("button", name="New", exact=True).click()
    text = page.get_by_test_id("scenario-text")
    await text.fill(WRONG)
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_contain_text("Line 3: 'costumer says' is not known here")
    await page.get_by_role("button", name="All scenarios").click()
    await page.get_by_role("button", name="New", exact=True).click()
    await expect(text).to_have_value(WRONG)  # nothing is lost on the way
    await text.fill(RIGHT)
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("button", name="Delete").wait_for()  # it is kept
    await expect(page.get_by_role("button", name="Save")).to_be_disabled()
    assert [one["text"] for one in site.peer.scenarios.items] == [RIGHT]
    async with page.expect_download() as saved:
        await page.get_by_role("button", name="Download").click()
    download = await saved.value
    assert (download.suggested_filename, (await download.path()).read_text()) == ("milk.yaml", RIGHT)
    await page.get_by_role("button", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await page.get_by_text("No scenario of your own yet").wait_for()
    own = tmp_path / "own.yaml"
    own.write_text(RIGHT)
    await page.get_by_test_id("scenario-file").set_input_files(own)
    await expect(text).to_have_value(RIGHT)


async def test_played_step_by_step_until_one_fails_or_somebody_stops_it(
    signed_in: OpenPage, site: Site
) -> None:
    page = await signed_in("/simulator?pane=scenarios&scenario=stop")
    await page.get_by_role("button", name="Play", exact=True).click()
    steps, outcome = page.get_by_test_id("scenario-step"), page.get_by_test_id("scenario-outcome")
    await expect(outcome).to_have_text("Step 6 of 6")
    await expect(steps.nth(4)).to_have_attribute("data-state", "passed")
    await expect(page.get_by_test_id("sim-customer").nth(1)).to_have_attribute("aria-current", "true")
    await page.get_by_role("button", name="Stop", exact=True).click()
    await expect(outcome).to_have_text("Stopped")
    await site.peer.scenarios.hung_up.wait()
    site.peer.scenarios.go_on.set()
    await page.get_by_role("button", name="Play again").click()
    await expect(outcome).to_have_text("Failed · 3.4 s")
    await expect(steps.nth(5)).to_contain_text("Line 11: nothing came")


async def test_good_to_look_at(signed_in: OpenPage, site: Site) -> None:
    site.peer.scenarios.go_on.set()
    for size in (DESK, PHONE):
        page = await signed_in("/simulator?pane=scenarios", size)
        await page.get_by_text("No scenario of your own yet").wait_for()
        await _fine(page, size)
        await page.get_by_role("button", name="Open A day later").click()
        await page.get_by_test_id("scenario-text").wait_for()
        await _fine(page, size)
        await page.get_by_role("button", name="Play", exact=True).click()
        await expect(page.get_by_test_id("scenario-outcome")).to_contain_text("Failed")
        await _fine(page, size)


async def _fine(page: Page, size: tuple[int, int]) -> None:
    assert await violations_in_both(page) == []
    assert not await sticks_out(page)
    if size is PHONE:
        assert await small_targets(page) == []
