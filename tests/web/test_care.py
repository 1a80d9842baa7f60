"""Looking after conversations: assign, snooze, resolve, details, being called; by mouse and by keys."""

import re

import pytest
from playwright.async_api import Page, expect
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.web.looks import violations_in_both
from tests.web.peer_data import conversation_id

FIRST, SECOND, THIRD = conversation_id(0), conversation_id(1), conversation_id(2)
TABLET = (1000, 800)


async def opened(page: Page) -> Page:
    await page.get_by_test_id("composer").wait_for()
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "live")
    return page


async def test_tabs_count_and_hold_what_they_say(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in(f"/inbox/{FIRST}"))
    await expect(page.get_by_test_id("count-mine")).to_have_text("0")
    await page.keyboard.press("i")
    await page.get_by_text("Assigned to Kavita Rao.").wait_for()
    await expect(page.get_by_test_id("count-mine")).to_have_text("1")
    await page.get_by_role("radio", name="Mine").click()
    await expect(page.locator("[data-row]")).to_have_count(1)
    site.peer.world.rows[FIRST] |= {"assignee_id": None, "assignee": None}
    site.peer.emit("conversation.updated", {"conversation": site.peer.world.rows[FIRST]})
    await expect(page.locator("[data-row]")).to_have_count(0)


async def test_a_colleague_is_chosen_by_typing_and_undone_by_z(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in(f"/inbox/{FIRST}"))
    await page.keyboard.press("a")
    await page.get_by_placeholder("Find a colleague").fill("rav")
    await page.keyboard.press("Enter")
    await page.get_by_text("Assigned to Ravi Kulkarni.").wait_for()
    row = page.locator(f'[data-row="{FIRST}"]')
    await expect(row.get_by_role("img", name="Assigned to Ravi Kulkarni")).to_be_visible()
    await page.keyboard.press("z")
    await expect(row.get_by_role("img", name="Assigned to")).to_have_count(0)
    assert site.peer.world.rows[FIRST]["assignee_id"] is None


WANTED = {"wants": "Can I pay monthly?", "known": "unsure", "values": {"source": "Price list.pdf"}}


async def test_what_is_wanted_stands_over_the_thread_and_survives_resolving(
    signed_in: OpenPage, site: Site
) -> None:
    called = {"needs_person": True, "needs_person_reason": "no_answer", "needs_person_summary": WANTED}
    site.peer.world.rows[SECOND] |= called | {"mode": "human", "assignee": None}
    page = await opened(await signed_in(f"/inbox/{SECOND}"))
    row, strip = page.locator(f'[data-row="{SECOND}"]'), page.get_by_test_id("needs-person-strip")
    await expect(row.get_by_test_id("wants")).to_have_text("Can I pay monthly?")
    await expect(row.get_by_test_id("preview")).to_be_visible()
    await expect(strip).to_contain_text("“Price list.pdf” may speak of it, but not surely enough to answer.")
    write = strip.get_by_role("link", name="Write the answer down")
    await expect(write).to_have_attribute("href", re.compile(r"/knowledge\?form=faq&question=Can"))
    assert await violations_in_both(page) == []
    await page.keyboard.press("t")  # whoever was called comes, and does not send the caller back to the AI
    await page.get_by_text(re.compile(r"^Assigned to .+\.$")).wait_for()
    await expect(strip).to_be_visible()
    assert site.peer.world.rows[SECOND]["mode"] == "human"
    await page.keyboard.press("e")
    await expect(row).to_have_count(0)
    await expect(strip).to_have_count(0)
    await page.keyboard.press("z")
    await expect(strip).to_contain_text("“Can I pay monthly?”")
    await expect(row.get_by_test_id("needs-person")).to_be_visible()
    assert site.peer.world.rows[SECOND]["needs_person_reason"] == "no_answer"


async def test_resolved_it_leaves_the_list_and_undo_brings_it_back(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in(f"/inbox/{SECOND}"))
    row = page.locator(f'[data-row="{SECOND}"]')
    await page.get_by_test_id("resolve").click()
    await expect(row).to_have_count(0)
    await expect(page.get_by_test_id("mode-control")).to_have_attribute("data-mode", "ai")
    await page.get_by_role("button", name="Undo").click()
    await expect(row).to_have_count(1)
    assert site.peer.world.rows[SECOND]["mode"] == "human"
    await page.keyboard.press("e")
    await expect(row).to_have_count(0)
    await page.keyboard.press("e")
    await page.get_by_text("Open again.").wait_for()
    await expect(row).to_have_count(1)


async def test_shift_e_goes_on_to_the_next(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in(f"/inbox/{FIRST}"))
    await page.keyboard.press("Shift+E")
    await expect(page).to_have_url(re.compile(SECOND))
    await expect(page.locator(f'[data-row="{FIRST}"]')).to_have_count(0)
    assert site.peer.world.rows[FIRST]["status"] == "resolved"


async def test_snoozed_until_a_time_of_ones_own(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in(f"/inbox/{FIRST}"))
    await page.keyboard.press("s")
    own = page.get_by_label("Another time")
    await own.fill("2020-01-01T09:00")
    await page.get_by_text("Choose a time to come.").wait_for()
    await own.fill("2100-01-01T09:00")
    await page.get_by_role("dialog").get_by_role("button", name="Snooze").click()
    await page.get_by_text("Snoozed until").first.wait_for()
    assert site.peer.world.rows[FIRST]["snoozed_until"].startswith("2100-01-01")
    await page.get_by_label("Status").select_option("snoozed")
    await expect(page.locator(f'[data-row="{FIRST}"]').get_by_role("img", name="Snoozed")).to_be_visible()


async def test_a_refused_change_moves_nothing(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in(f"/inbox/{FIRST}"))
    site.peer.down = True
    await page.keyboard.press("e")
    await page.get_by_text("That could not be changed.").wait_for()
    await expect(page.locator(f'[data-row="{FIRST}"]')).to_have_count(1)


async def test_the_details_are_a_pane_or_a_drawer(signed_in: OpenPage) -> None:
    page = await opened(await signed_in(f"/inbox/{SECOND}"))
    panel = page.get_by_test_id("contact-panel")
    await expect(panel).to_contain_text("+919199900001")
    assert await page.get_by_role("dialog").count() == 0
    await page.keyboard.press("[")
    await expect(panel).to_have_count(0)
    await page.reload()
    await opened(page)
    await expect(panel).to_have_count(0)
    await page.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
    await page.locator('[aria-haspopup="dialog"][aria-expanded="false"]').wait_for()  # a drawer by now
    await page.keyboard.press("[")
    await expect(page.get_by_role("dialog").get_by_test_id("contact-panel")).to_contain_text("First seen")
    await page.go_back()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_an_opted_out_customer_is_told_apart_with_their_words(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{conversation_id(6)}", PHONE)
    await page.get_by_role("button", name="Details of").click()
    panel = page.get_by_test_id("contact-panel")
    await expect(panel).to_contain_text("Opted out on")
    await expect(panel).to_contain_text("STOP please")
    await panel.get_by_role("button", name="Assign").click()
    await page.get_by_role("option", name="Ravi Kulkarni").click()
    await expect(panel).to_contain_text("Ravi Kulkarni")


async def test_n_goes_to_what_is_unread(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in()
    await page.locator("[data-row]").first.wait_for()
    site.peer.world.rows[THIRD]["unread"] = 3
    site.peer.emit("conversation.updated", {"conversation": site.peer.world.rows[THIRD]})
    await page.keyboard.press("n")
    await expect(page).to_have_url(re.compile(FIRST))
    await opened(page)
    await page.keyboard.press("n")
    await expect(page).to_have_url(re.compile(THIRD))


async def test_two_keys_go_to_a_place(signed_in: OpenPage) -> None:
    page = await opened(await signed_in(f"/inbox/{FIRST}"))
    await page.keyboard.press("g")
    await page.keyboard.press("s")
    await expect(page).to_have_url(re.compile("/settings"))
    await page.keyboard.press("g")
    await page.keyboard.press("i")
    await expect(page).to_have_url(re.compile("/inbox$"))


async def test_writing_while_the_ai_answers_offers_to_take_over(signed_in: OpenPage, site: Site) -> None:
    page = await opened(await signed_in(f"/inbox/{FIRST}"))
    await page.get_by_test_id("composer").fill("let me see")
    offer = page.get_by_test_id("ai-replies")
    await expect(offer).to_contain_text("AI is replying. Take over?")
    await offer.get_by_role("button", name="Take over").click()
    await expect(page.get_by_test_id("mode-control")).to_have_attribute("data-mode", "human")
    await expect(offer).to_have_count(0)
    await expect(page.get_by_test_id("composer")).to_have_value("let me see")
    assert site.peer.world.rows[FIRST]["mode"] == "human"


async def test_drafts_stay_with_their_conversations(signed_in: OpenPage) -> None:
    page = await opened(await signed_in(f"/inbox/{FIRST}"))
    composer = page.get_by_test_id("composer")
    await composer.fill("for Asha")
    await page.locator(f'[data-row="{SECOND}"]').click()
    await expect(composer).to_have_value("")
    await composer.fill("for Daniel")
    await page.locator(f'[data-row="{FIRST}"]').click()
    await expect(composer).to_have_value("for Asha")
    await page.goto(page.url.replace(FIRST, SECOND))
    await expect(composer).to_have_value("for Daniel")


async def test_enter_sends_where_one_chose_so(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/settings/account")
    await page.get_by_label("Enter sends").check()
    await page.goto(f"{site.url}/inbox/{FIRST}")
    composer = page.get_by_test_id("composer")
    await composer.fill("first line")
    await composer.press("Shift+Enter")
    await expect(composer).to_have_value("first line\n")
    await composer.press("Enter")
    await expect(composer).to_have_value("")
    await expect(page.get_by_test_id("message").last).to_contain_text("first line")


async def test_the_tab_says_how_many_wait(signed_in: OpenPage, site: Site) -> None:
    for row in site.peer.world.rows.values():
        row |= {"needs_person": False, "unread": 0}
    page = await opened(await signed_in(f"/inbox/{FIRST}"))
    await expect(page).to_have_title("Asha Verma · Samvad")
    site.peer.world.rows[SECOND] |= {"needs_person": True}
    site.peer.emit("conversation.updated", {"conversation": site.peer.world.rows[SECOND]})
    await expect(page).to_have_title("(1) Asha Verma · Samvad")


_SPY = """window.told = []; window.chimes = 0;
  window.Notification = class { constructor(title, options) { window.told.push([title, options.body]); }
    static permission = 'granted'; close() {}
    static requestPermission() { return Promise.resolve('granted'); } };
  window.AudioContext = class { constructor() { window.chimes += 1; } currentTime = 0; destination = {};
    createOscillator() { return { frequency: {}, connect: (x) => x, start() {}, stop() {} }; }
    createGain() { return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {},
      exponentialRampToValueAtTime() {} }, connect: (x) => x }; } };"""


async def test_a_person_is_called_only_when_they_said_so(signed_in: OpenPage, site: Site) -> None:
    page = await signed_in("/signin", fresh=True)
    await page.add_init_script(_SPY)
    await page.goto(f"{site.url}/inbox/{FIRST}")
    await opened(page)
    calm = site.peer.world.rows[THIRD] | {"needs_person": False}
    needed = calm | {"needs_person": True, "needs_person_reason": "no_answer", "status": "open"}

    async def need() -> None:
        for row in (calm, needed):
            site.peer.world.rows[THIRD].update(row)
            site.peer.emit("conversation.updated", {"conversation": row})
        await expect(page.locator(f'[data-row="{THIRD}"]').get_by_test_id("needs-person")).to_be_visible()

    await need()
    assert await page.evaluate("[window.told.length, window.chimes]") == [0, 0]
    await page.get_by_role("button", name="Turn on").click()
    await need()
    await page.wait_for_function("window.told.length === 1")
    assert await page.evaluate("window.told[0]") == ["Meera Nair", "The assistant knows no sure answer"]
    assert await page.evaluate("window.chimes") == 1
    await page.reload()
    await opened(page)
    assert await page.get_by_role("button", name="Turn on").count() == 0


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_viewer_sees_and_changes_nothing(
    signed_in: OpenPage, site: Site, size: tuple[int, int]
) -> None:
    site.peer.world.role = "viewer"
    page = await signed_in(f"/inbox/{SECOND}", size)
    await page.get_by_text("Your role can read this conversation but not reply.").wait_for()
    for gone in ("resolve", "assign"):
        assert await page.get_by_test_id(gone).count() == 0
    await page.keyboard.press("e")
    await page.keyboard.press("i")
    assert site.peer.world.rows[SECOND]["status"] != "resolved"


async def test_earlier_names_stand_in_the_panel(signed_in: OpenPage, site: Site) -> None:
    until = "2026-11-05T09:00:00Z"
    site.peer.world.former_names = [{"name": name, "until": until} for name in ("Asha V.", "<b>Asha</b>")]
    page = await opened(await signed_in(f"/inbox/{FIRST}"))
    panel = page.get_by_test_id("contact-panel").last
    await expect(panel.get_by_text("Earlier names")).to_be_visible()
    await expect(panel).to_contain_text("Asha V. until 5 November 2026")
    await expect(panel).to_contain_text("<b>Asha</b>")
    assert await violations_in_both(page) == []
