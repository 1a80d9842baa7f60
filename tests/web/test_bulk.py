"""Several conversations selected in the list, and what is done with them together."""

import re

import pytest
from playwright.async_api import Locator, Page, expect
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.web.looks import JUMPS, shifted, small_targets, sticks_out, violations_in_both
from tests.web.peer_data import ME, conversation_id

IDS = [conversation_id(n) for n in range(12)]  # every fourth is resolved and not in the list of what is to do
REFUSAL = "Somebody else is changing it."


def row(page: Page, n: int) -> Locator:
    return page.locator(f'[data-row="{IDS[n]}"]')


def box(page: Page, n: int) -> Locator:
    return page.locator("li").filter(has=row(page, n)).get_by_role("checkbox")


def place(page: Page, n: int) -> Locator:
    """Where the mouse finds the checkbox."""
    return page.locator("li").filter(has=row(page, n)).locator("label")


def bar(page: Page) -> Locator:
    return page.get_by_test_id("selection-bar")


async def opened(page: Page) -> Page:
    await row(page, 0).wait_for()
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    return page


async def selected_three(page: Page) -> None:
    """The first three by keys: Asha answers by AI, Daniel by a person, Meera by AI."""
    await page.keyboard.press("j")
    await expect(row(page, 0)).to_be_focused()
    await page.keyboard.press("x")
    for _ in "jj":
        await page.keyboard.press("j")
    await expect(row(page, 2)).to_be_focused()
    await page.keyboard.press("Shift+X")
    await expect(bar(page)).to_contain_text("3 selected")


async def held(page: Page, n: int) -> None:
    """A finger that rests on a row."""
    there = await row(page, n).bounding_box()
    assert there
    at = {"x": there["x"] + 150, "y": there["y"] + 30}
    touch = await page.context.new_cdp_session(page)
    await touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    await expect(box(page, n)).to_be_checked()
    await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


async def test_keys_select_a_range_and_let_go(signed_in: OpenPage) -> None:
    page = await opened(await signed_in())
    await selected_three(page)
    for n in (0, 1, 2):
        await expect(box(page, n)).to_be_checked()
    await page.keyboard.press("x")
    await expect(bar(page)).to_contain_text("2 selected")
    await expect(box(page, 2)).not_to_be_checked()
    await page.keyboard.press("Escape")
    await expect(bar(page)).to_have_count(0)
    await expect(row(page, 2)).to_be_focused()


async def test_the_mouse_selects_by_checkbox_and_a_range_with_shift(signed_in: OpenPage) -> None:
    page = await opened(await signed_in())
    await row(page, 1).hover()
    await place(page, 1).click()
    await row(page, 5).click(modifiers=["Shift"])
    await expect(bar(page)).to_contain_text("4 selected")
    await place(page, 8).click(modifiers=["Shift"])
    await expect(bar(page)).to_contain_text("6 selected")
    await expect(page).to_have_url(re.compile("/inbox$"))
    assert len(page.context.pages) == 1
    await row(page, 1).click()
    await expect(page).to_have_url(re.compile(IDS[1]))
    await expect(bar(page)).to_contain_text("6 selected")


async def test_resolved_together_and_each_comes_back_as_it_was(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in())
    held_before = {id_: dict(site.peer.world.rows[id_]) for id_ in IDS[:3]}
    await selected_three(page)
    await bar(page).get_by_role("button", name="Resolve").click()
    await page.get_by_text("3 resolved.").wait_for()
    await expect(row(page, 1)).to_have_count(0)
    await expect(bar(page)).to_have_count(0)
    assert {site.peer.world.rows[id_]["status"] for id_ in IDS[:3]} == {"resolved"}
    async with page.expect_response(
        lambda answer: answer.url.endswith(f"{IDS[1]}/assignee")
    ):  # the last step
        await page.keyboard.press("z")
    for n in (0, 1, 2):
        await expect(row(page, n)).to_be_visible()
    await expect(page.locator("[data-sonner-toast]").filter(has_text="could not")).to_have_count(0)
    for id_, before in held_before.items():
        now = site.peer.world.rows[id_]
        for name in ("status", "mode", "assignee_id", "snoozed_until"):
            assert now[name] == before[name], name


async def test_what_is_selected_at_the_edge_stays_in_sight(signed_in: OpenPage) -> None:
    page = await opened(await signed_in(size=(1280, 500)))
    await page.get_by_role("button", name="Not now").click()  # so that nothing else is below the list
    edge = page.get_by_test_id("conversation-scroller")
    await edge.evaluate("list => list.scrollTo(0, 7 * 64 - list.clientHeight)")
    await row(page, 8).hover()
    await place(page, 8).click()
    await expect(bar(page)).to_contain_text("1 selected")
    await expect(row(page, 8)).to_be_in_viewport(ratio=1)


async def test_the_keys_go_on_where_the_selected_ones_were(signed_in: OpenPage) -> None:
    page = await opened(await signed_in())
    for at in (0, 1, 2):
        await page.keyboard.press("j")
        await expect(row(page, at)).to_be_focused()
    await page.keyboard.press("x")
    await bar(page).get_by_role("button", name="Resolve").press("Enter")
    await expect(row(page, 2)).to_have_count(0)
    await expect(page.get_by_test_id("conversation-scroller")).to_be_focused()
    await page.keyboard.press("j")
    await expect(row(page, 4)).to_be_focused()


async def test_assigned_together_and_undone_by_the_notice(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in())
    site.peer.world.rows[IDS[1]] |= {"assignee_id": ME["member"]["id"], "assignee": ME["member"]}
    site.peer.emit("conversation.updated", {"conversation": site.peer.world.rows[IDS[1]]})
    await expect(row(page, 1).get_by_role("img", name="Assigned to Kavita Rao")).to_be_visible()
    await selected_three(page)
    await page.keyboard.press("a")
    await page.get_by_role("dialog", name="Assign 3 conversations").wait_for()
    await page.get_by_placeholder("Find a colleague").fill("rav")
    await page.keyboard.press("Enter")
    await page.get_by_text("3 assigned to Ravi Kulkarni.").wait_for()
    for n in (0, 1, 2):
        await expect(row(page, n).get_by_role("img", name="Assigned to Ravi Kulkarni")).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(row(page, 0).get_by_role("img", name="Assigned to")).to_have_count(0)
    await expect(row(page, 1).get_by_role("img", name="Assigned to Kavita Rao")).to_be_visible()


async def test_snoozed_together_and_reopened_together(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in())
    await selected_three(page)
    await page.keyboard.press("s")
    await page.get_by_role("dialog", name="Snooze 3 conversations").wait_for()
    await page.get_by_label("Another time").fill("2100-01-01T09:00")
    await page.get_by_role("dialog").get_by_role("button", name="Snooze").click()
    await page.get_by_text(re.compile("3 snoozed until")).wait_for()
    await page.get_by_label("Status").select_option("snoozed")
    await expect(page.locator("[data-row]")).to_have_count(3)
    await selected_three(page)
    await bar(page).get_by_role("button", name="Reopen").click()
    await page.get_by_text("3 open again.").wait_for()
    assert {site.peer.world.rows[id_]["status"] for id_ in IDS[:3]} == {"open"}
    await page.keyboard.press("z")
    await expect(page.locator("[data-row]")).to_have_count(3)
    assert all(site.peer.world.rows[id_]["snoozed_until"].startswith("2100") for id_ in IDS[:3])


async def test_who_could_not_be_stays_selected_for_another_try(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in())
    await selected_three(page)
    site.peer.refused.add(IDS[1])
    await page.keyboard.press("e")
    await page.get_by_text("2 of 3 resolved.").wait_for()
    await expect(bar(page)).to_contain_text("1 selected")
    await expect(bar(page)).to_contain_text(f"1 could not be: {REFUSAL}")
    await expect(box(page, 1)).to_be_checked()
    assert await violations_in_both(page) == []
    site.peer.refused.clear()
    await bar(page).get_by_role("button", name="Retry").click()
    await expect(row(page, 1)).to_have_count(0)
    await expect(bar(page)).to_have_count(0)
    assert site.peer.world.rows[IDS[1]]["status"] == "resolved"


async def test_nothing_could_be_changed(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in())
    await selected_three(page)
    site.peer.refused.update(IDS)
    await page.keyboard.press("e")
    await expect(bar(page)).to_contain_text(f"3 could not be: {REFUSAL}")
    await expect(page.get_by_role("button", name="Undo")).to_have_count(0)


async def test_the_selection_lives_through_news_and_ends_with_the_list(
    signed_in: OpenPage, site: Site
) -> None:
    page = await opened(await signed_in())
    await selected_three(page)
    site.peer.inbound(IDS[2], "up to the top with me")
    await expect(page.locator("[data-row]").first).to_contain_text("up to the top")
    await expect(bar(page)).to_contain_text("3 selected")
    site.peer.world.rows[IDS[0]] |= {"status": "resolved"}
    site.peer.emit("conversation.updated", {"conversation": site.peer.world.rows[IDS[0]]})
    await expect(bar(page)).to_contain_text("2 selected")
    site.peer.world.rows[IDS[0]] |= {"status": "open"}
    site.peer.emit("conversation.updated", {"conversation": site.peer.world.rows[IDS[0]]})
    await expect(row(page, 0)).to_be_visible()
    await expect(bar(page)).to_contain_text("2 selected")
    await page.get_by_role("radio", name="Unassigned").click()
    await expect(bar(page)).to_have_count(0)
    await page.get_by_role("radio", name="All").click()
    await row(page, 0).wait_for()
    await expect(bar(page)).to_have_count(0)


async def test_all_means_all_that_are_loaded(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in())
    await row(page, 0).hover()
    await place(page, 0).click()
    await bar(page).get_by_role("button", name="Select all 50 loaded").click()
    await expect(bar(page)).to_contain_text("50 selected")
    await expect(bar(page)).to_contain_text("All that are loaded")
    await page.keyboard.press("e")
    await page.get_by_text("50 resolved.").wait_for()
    done = [r for r in site.peer.world.rows.values() if r["status"] == "resolved"]
    assert len(done) == 50 + 90 // 4
    await page.keyboard.press("z")
    await expect(row(page, 0)).to_be_visible()


async def test_keys_mean_the_selected_ones_also_beside_an_open_thread(
    signed_in: OpenPage, site: Site
) -> None:
    page = await opened(await signed_in(f"/inbox/{IDS[5]}"))
    await page.get_by_test_id("composer").wait_for()
    await row(page, 0).focus()
    await page.keyboard.press("x")
    await expect(bar(page)).to_contain_text("1 selected")
    await row(page, 2).click()
    await page.get_by_test_id("composer").wait_for()
    await page.keyboard.press("e")
    await expect(row(page, 0)).to_have_count(0)
    assert site.peer.world.rows[IDS[0]]["status"] == "resolved"
    assert site.peer.world.rows[IDS[2]]["status"] != "resolved"
    await expect(page).to_have_url(re.compile(IDS[2]))


async def test_on_touch_a_long_press_selects_and_taps_go_on(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in(size=PHONE))
    await held(page, 0)
    await row(page, 2).tap()
    await expect(bar(page)).to_contain_text("2 selected")
    await expect(page).to_have_url(re.compile("/inbox$"))
    await row(page, 2).tap()
    await expect(bar(page)).to_contain_text("1 selected")
    await bar(page).get_by_role("button", name="Assign").tap()
    await page.get_by_role("option", name="Ravi Kulkarni").tap()
    await page.get_by_text("Assigned to Ravi Kulkarni.").wait_for()
    await row(page, 2).tap()
    await expect(page).to_have_url(re.compile(IDS[2]))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_bar_is_accessible_and_moves_nothing(
    signed_in: OpenPage, site: Site, size: tuple[int, int]
) -> None:
    site.peer.world.rows[IDS[2]]["status"] = "resolved"
    page = await opened(await signed_in("/inbox?status=any", size))
    before = await row(page, 4).bounding_box()
    await selected_three(page)
    assert await row(page, 4).bounding_box() == before
    assert await shifted(page) <= JUMPS
    for name in ("Resolve", "Reopen", "Snooze", "Assign"):
        await expect(bar(page).get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    assert await violations_in_both(page) == []
    for width in (390, 375) if size == PHONE else ():
        await page.set_viewport_size({"width": width, "height": 812})
        assert await small_targets(page) == []
        assert not await sticks_out(page)


async def test_help_and_palette_know_the_keys(signed_in: OpenPage) -> None:
    page = await opened(await signed_in())
    await selected_three(page)
    await page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    await dialog.locator("kbd").first.wait_for()
    assert set(await dialog.locator("kbd").all_inner_texts()) >= {"X", "Shift X", "Ctrl A", "E", "S", "A"}
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(bar(page)).to_contain_text("3 selected")
    await page.keyboard.press("Control+k")
    await page.get_by_placeholder("Type a command").fill("all that are")
    await page.keyboard.press("Enter")
    await expect(bar(page)).to_contain_text("50 selected")


async def test_a_viewer_selects_nothing(signed_in: OpenPage, site: Site) -> None:
    site.peer.world.role = "viewer"
    page = await opened(await signed_in())
    await page.keyboard.press("j")
    await expect(row(page, 0)).to_be_focused()
    await page.keyboard.press("x")
    await page.keyboard.press("j")
    await expect(row(page, 1)).to_be_focused()
    await expect(page.locator("li").get_by_role("checkbox")).to_have_count(0)
    await expect(bar(page)).to_have_count(0)
