"""Thumbs on answers, from the sparkle to the knowledge that makes them right."""

from playwright.async_api import expect
from tests.web.conftest import PHONE, OpenPage, Site
from tests.web.looks import expect_good_on_both, violations_in_both
from tests.web.peer_data import NOW, conversation_id

SECOND = conversation_id(1)


async def test_an_answer_is_judged_wrong_and_the_right_one_written(signed_in: OpenPage, site: Site) -> None:
    cited = next(m["id"] for m in site.peer.world.messages[SECOND] if m["citations"])
    ravi = {"member": {"id": "r", "name": "Ravi Kulkarni"}, "at": NOW.isoformat()}
    site.peer.judging.said[cited] = [ravi | {"verdict": "down", "reason": "That is last year's price"}]
    page = await signed_in(f"/inbox/{SECOND}?trace={cited}", PHONE)
    drawer = page.get_by_role("dialog")
    judged = drawer.get_by_role("region", name="Was this answer right?")
    await expect(judged).to_contain_text("That is last year's price")
    right = judged.get_by_role("button", name="Right, say")
    wrong = judged.get_by_role("button", name="Wrong, say")
    await right.click()
    await expect(right).to_have_attribute("aria-pressed", "true")
    await expect(judged.get_by_label("What was wrong?")).to_have_count(0)
    await wrong.click()
    await expect(judged.get_by_role("button", name="Wrong, say 2")).to_have_attribute("aria-pressed", "true")
    await expect(right).to_have_attribute("aria-pressed", "false")
    await judged.get_by_label("What was wrong?").fill("Milk is 70 now")
    await page.keyboard.press("Enter")
    await page.get_by_text("Reason saved").wait_for()
    assert await violations_in_both(page) == []
    said = [(one["verdict"], one["reason"]) for one in site.peer.judging.said[cited]]
    assert said == [("down", "That is last year's price"), ("down", "Milk is 70 now")]

    await page.goto(f"{site.url}/knowledge")
    listed = page.get_by_test_id("wrong-answer")
    await expect(listed).to_contain_text("2 litres cow milk daily from Monday")
    await expect(listed).to_contain_text("Milk is 70 now")
    await expect_good_on_both(page, "Answers judged wrong")
    await listed.get_by_role("button", name="Dealt with").click()
    await expect(page.get_by_text("Nothing is waiting here.")).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await listed.get_by_role("link", name="Correct this answer").click()
    form = page.get_by_role("dialog")
    await expect(form.get_by_label("Question 1")).to_have_value("2 litres cow milk daily from Monday")
    await form.get_by_label("Answer 1").fill("Cow milk is ₹70 a litre.")
    await form.get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_text("Nothing is waiting here.")).to_be_visible()
    assert site.peer.judging.settled == {cited}
    await page.get_by_label("Show", exact=True).select_option("Dealt with")
    await listed.get_by_role("link", name="See the conversation").click()
    await expect(judged.get_by_label("What was wrong?")).to_have_value("Milk is 70 now")
