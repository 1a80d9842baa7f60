"""The inbox by mouse, by keys and while things happen: a list that stays put, a thread that stays true."""

import asyncio
import re

import pytest
from playwright.async_api import Page, expect
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.web.looks import sticks_out, violations_in_both
from tests.web.peer_data import conversation_id

FIRST = conversation_id(0)


async def _rows(page: Page) -> list[str]:
    return list(await page.locator("[data-row]").evaluate_all("rows => rows.map((row) => row.dataset.row)"))


async def test_only_rows_in_sight_exist_and_more_come(signed_in: OpenPage) -> None:
    page = await signed_in()
    await page.locator("[data-row]").first.wait_for()
    assert await page.locator("[data-row]").count() < 30
    scroller = page.get_by_test_id("conversation-scroller")
    for _ in range(8):
        await scroller.evaluate("e => e.scrollTo(0, e.scrollHeight)")
        await page.wait_for_timeout(60)
    await page.locator(f'[data-row="{conversation_id(89)}"]').wait_for()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_who_needs_a_person_stands_first_with_the_reason(
    signed_in: OpenPage, site: Site, size: tuple[int, int]
) -> None:
    asking = {"needs_person": True, "needs_person_reason": "no_answer", "mode": "human", "status": "open"}
    old, newer = (site.peer.world.rows[conversation_id(n)] for n in (60, 8))
    old |= asking
    page = await signed_in(size=size)
    first = page.locator("[data-row]").first
    await expect(first).to_contain_text("The assistant knows no sure answer")
    await expect(first).to_have_attribute("data-row", old["id"])
    newer |= asking
    site.peer.emit("conversation.updated", {"conversation": dict(newer)})
    await expect(first).to_have_attribute("data-row", newer["id"])
    assert await violations_in_both(page) == []
    assert not await sticks_out(page)
    old |= {"needs_person": False, "needs_person_reason": None}
    site.peer.emit("conversation.updated", {"conversation": dict(old)})
    await expect(page.locator("[data-row]").nth(1)).to_have_attribute("data-row", FIRST)


async def test_filters_live_in_the_address(signed_in: OpenPage) -> None:
    page = await signed_in()
    await page.get_by_role("radio", name="Unassigned").click()
    await expect(page).to_have_url(re.compile("tab=unassigned"))
    await page.get_by_label("Status").select_option("resolved")
    await expect(page).to_have_url(re.compile("status=resolved"))
    shown = await _rows(page)
    await page.reload()
    await page.locator("[data-row]").first.wait_for()
    assert await _rows(page) == shown
    await page.go_back()
    await expect(page).not_to_have_url(re.compile("status=resolved"))


async def test_search_and_nothing_found(signed_in: OpenPage) -> None:
    page = await signed_in()
    await page.locator("[data-row]").first.wait_for()
    await page.keyboard.press("/")
    await page.keyboard.type("Daniel")
    await expect(page).to_have_url(re.compile("q=Daniel"))
    await expect(page.locator("[data-row]").first).to_contain_text("Daniel Brooks")
    await page.get_by_label("Search conversations").fill("nobody at all")
    await page.get_by_role("button", name="Clear filters").click()
    await expect(page.locator("[data-row]").first).to_contain_text("Asha Verma")


async def test_keys_move_open_write_and_keep_the_draft(signed_in: OpenPage) -> None:
    page = await signed_in()
    await page.locator("[data-row]").first.wait_for()
    for key in "jjk":
        await page.keyboard.press(key)
    await expect(page.locator(f'[data-row="{FIRST}"]')).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(FIRST))
    composer = page.get_by_test_id("composer")
    await composer.wait_for()
    await page.keyboard.press("r")
    await expect(composer).to_be_focused()
    await page.keyboard.type("jk? half a thought")
    await page.keyboard.press("Escape")
    await expect(composer).not_to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page).to_have_url(re.compile(r"/inbox$"))
    await page.goto(page.url + "/" + FIRST)
    await expect(composer).to_have_value("jk? half a thought")


async def test_help_lists_every_bound_key(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await page.get_by_test_id("composer").wait_for()
    await page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    await dialog.locator("kbd").first.wait_for()
    shown = set(await dialog.locator("kbd").all_inner_texts())
    assert shown >= {"J", "K", "R", "M", "T", "/", "?", "Esc", "Enter", "Ctrl K", "Ctrl Enter"}
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_the_palette_runs_what_it_names(signed_in: OpenPage) -> None:
    page = await signed_in()
    await page.locator("[data-row]").first.wait_for()
    await page.keyboard.press("Control+k")
    await page.get_by_placeholder("Type a command").fill("simul")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/simulator"))


async def test_single_keys_can_be_switched_off(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/settings/account")
    await page.get_by_label("Single-key shortcuts").uncheck()
    await page.keyboard.press("?")
    assert await page.get_by_role("dialog").count() == 0


async def test_customer_text_is_only_text(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{FIRST}", fresh=True)
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    await page.get_by_text("<script>alert('hi')</script>").first.wait_for()
    assert await page.locator("main script").count() == 0
    assert alerts == []
    names = page.locator("[data-row] bdi")
    heights = await page.locator("[data-row]").evaluate_all("rows => rows.map((r) => r.offsetHeight)")
    assert set(heights) == {64}
    assert await names.first.get_attribute("dir") == "auto"


async def test_mode_is_painted_at_once_and_undone(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    control = page.get_by_test_id("mode-control")
    await expect(control).to_have_attribute("data-mode", "ai")
    await page.keyboard.press("t")
    await expect(control).to_have_attribute("data-mode", "human")
    await page.get_by_role("button", name="Undo").click()
    await expect(control).to_have_attribute("data-mode", "ai")
    said = page.get_by_text("The AI answers again.")
    await said.wait_for()
    await page.get_by_test_id("composer").fill("I am here")
    await page.get_by_test_id("composer").press("Control+Enter")
    await expect(control).to_have_attribute("data-mode", "human")
    await expect(said).to_have_count(0)  # it is true no more


async def test_giving_back_takes_a_hint_and_the_focus_returns(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}", PHONE)
    control, hint = page.get_by_test_id("mode-control"), page.get_by_label("A hint for the AI")
    await control.get_by_role("radio", name="Human").click()
    await expect(hint).to_have_count(0)
    await control.get_by_role("radio", name="AI").click()
    await expect(page.get_by_test_id("give-hint")).to_contain_text("never repeated to them")
    await expect(hint).not_to_be_focused()
    assert await violations_in_both(page) == []
    await page.get_by_role("button", name="No hint").click()
    await control.get_by_role("radio", name="Human").click()
    await expect(control).to_have_attribute("data-mode", "human")
    human = control.get_by_role("radio", name="Human")
    await human.focus()
    await page.keyboard.press("Shift+T")
    await expect(hint).to_be_focused()
    await page.keyboard.type("wants delivery on Sunday")
    await page.keyboard.press("Enter")
    await page.get_by_text("For the AI: wants delivery on Sunday").wait_for()
    await expect(hint).to_have_count(0)
    await expect(human).to_be_focused()


async def test_a_refused_mode_springs_back(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    control = page.get_by_test_id("mode-control")
    await expect(control).to_have_attribute("data-mode", "ai")
    site.peer.down = True
    await control.get_by_role("radio", name="Human").click()
    await page.get_by_text("The mode could not be changed.").wait_for()
    await expect(control).to_have_attribute("data-mode", "ai")


async def test_a_reply_shows_at_once_and_its_ticks_advance(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    composer = page.get_by_test_id("composer")
    await composer.fill("On our way")
    await composer.press("Control+Enter")
    bubble = page.get_by_test_id("message").last
    await expect(bubble).to_contain_text("On our way")
    await expect(bubble.get_by_test_id("ticks")).to_have_attribute("data-state", "read")
    await expect(page.get_by_test_id("mode-control")).to_have_attribute("data-mode", "human")
    await expect(composer).to_have_value("")
    assert [m["text"] for m in site.peer.world.messages[FIRST]].count("On our way") == 1


async def test_ticks_never_go_back(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    sent = site.peer.world.messages[FIRST][-1]
    ticks = page.get_by_test_id("message").last.get_by_test_id("ticks")
    await expect(ticks).to_have_attribute("data-state", "sent")  # the peer forgets what it told
    for status, shown in (("read", "read"), ("delivered", "read"), ("sent", "read")):
        site.peer.emit("message.updated", {"conversation_id": FIRST, "message": sent | {"status": status}})
        site.peer.emit("typing", {"conversation_id": FIRST, "author": "assistant"}, kept=False)
        await page.get_by_test_id("typing").wait_for()
        await expect(ticks).to_have_attribute("data-state", shown)


async def test_a_note_is_marked_and_a_closed_window_says_why(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{conversation_id(4)}")
    await page.get_by_test_id("window-closed").wait_for()
    composer = page.get_by_test_id("composer")
    assert await composer.count() == 0
    await page.keyboard.press("m")
    await composer.fill("call him tomorrow")
    await page.get_by_role("button", name="Add note").click()
    note = page.get_by_test_id("message").last
    await expect(note).to_contain_text("Only your team sees this")
    assert await note.get_by_test_id("ticks").count() == 0


async def test_a_refused_message_says_why_and_can_go_again(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    composer = page.get_by_test_id("composer")
    await composer.wait_for()
    await page.wait_for_load_state("networkidle")  # the page has read that the window is open
    site.peer.world.rows[FIRST]["window"]["open"] = False
    await composer.fill("too late")
    await composer.press("Control+Enter")
    bubble = page.get_by_test_id("message").last
    await expect(bubble).to_contain_text("Not sent: The 24-hour window is closed")
    site.peer.world.rows[FIRST]["window"]["open"] = True
    site.peer.emit("conversation.updated", {"conversation": site.peer.world.rows[FIRST]})
    await bubble.get_by_role("button", name="Retry").click()
    await expect(bubble.get_by_test_id("ticks")).to_have_attribute("data-state", "read")
    assert [m["text"] for m in site.peer.world.messages[FIRST]].count("too late") == 1


async def test_a_message_the_provider_refused_is_sent_again_as_itself(
    signed_in: OpenPage, site: Site
) -> None:
    page = await signed_in(f"/inbox/{conversation_id(1)}")
    bubble = page.get_by_test_id("message").filter(has_text="We start on Monday.")
    await expect(bubble).to_contain_text("Not sent: this customer cannot be reached on WhatsApp")
    before = len(site.peer.world.messages[conversation_id(1)])
    await bubble.get_by_role("button", name="Retry").click()
    await expect(bubble.get_by_test_id("ticks")).to_have_attribute("data-state", "read")
    assert len(site.peer.world.messages[conversation_id(1)]) == before
    unknown = page.get_by_test_id("message").filter(has_text="Did you get the bill?")
    assert await unknown.get_by_role("button", name="Retry").count() == 0


async def test_rows_do_not_jump_while_somebody_reads_down(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in()
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    scroller = page.get_by_test_id("conversation-scroller")
    await scroller.evaluate("e => e.scrollTo(0, 640)")
    read = page.locator(f'[data-row="{conversation_id(16)}"]')
    await read.wait_for()
    before = await read.bounding_box()
    site.peer.inbound(conversation_id(60), "hello from below")
    await page.get_by_role("button", name="1 new").wait_for()
    assert await read.bounding_box() == before
    await page.get_by_role("button", name="1 new").click()
    await expect(page.locator("[data-row]").first).to_contain_text("hello from below")


async def test_the_trace_opens_from_the_message_and_closes_to_it(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    opener = page.locator('[data-author="assistant"]').last.get_by_role("button", name="Why this message")
    await opener.focus()
    await page.keyboard.press("Enter")
    await page.get_by_text("Business hours").wait_for()
    await expect(page).to_have_url(re.compile("trace="))
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_on_a_phone_one_pane_covers_the_other_and_back_keeps_the_scroll(signed_in: OpenPage) -> None:
    page = await signed_in("/inbox", PHONE)
    await page.locator("[data-row]").first.wait_for()
    scroller = page.get_by_test_id("conversation-scroller")
    await scroller.evaluate("e => e.scrollTo(0, 1280)")
    row = page.locator(f'[data-row="{conversation_id(28)}"]')
    await row.click()
    await page.get_by_test_id("composer").wait_for()
    await expect(scroller).not_to_be_visible()
    await page.get_by_role("button", name="Back to the list").click()
    await expect(row).to_be_visible()
    assert await scroller.evaluate("e => e.scrollTop") == 1280


async def test_others_who_write_are_seen(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in(f"/inbox/{FIRST}")
    await page.get_by_test_id("composer").wait_for()
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    here = {"conversation_id": FIRST, "member_id": "other", "name": "Ravi"}
    told = page.get_by_test_id("others-here").filter(has_text="Ravi is writing a reply")
    async with asyncio.timeout(20):  # a stream that begins anew is not told what was; people go on typing
        while not await told.count():
            site.peer.emit("presence", here | {"state": "typing"}, kept=False)
            await page.wait_for_timeout(200)
    site.peer.emit("presence", here | {"state": "left"}, kept=False)
    await expect(page.get_by_test_id("others-here")).to_have_text("")
