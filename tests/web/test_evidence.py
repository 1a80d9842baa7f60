"""Where an answer's words come from: numbered sources, the passage itself, and the word for none."""

import re
import uuid
from urllib.parse import parse_qs

import pytest
from playwright.async_api import Page, expect
from tests.web.conftest import DESK, PHONE, OpenPage, Site
from tests.web.looks import sticks_out, violations_in_both
from tests.web.peer_data import Row, conversation_id

SECOND = conversation_id(1)


async def answer(page: Page, words: str) -> None:
    await page.get_by_test_id("message").filter(has_text=words).scroll_into_view_if_needed()


async def test_a_chip_opens_its_passage(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{SECOND}")
    await answer(page, "Cow milk is ₹68 a litre, buffalo")
    chips = page.get_by_test_id("citation")
    await expect(chips).to_have_count(2)
    await expect(chips.first).to_contain_text(re.compile(r"1\s*Price list 2026\.pdf\s*p\. 2"))
    await chips.nth(1).click()
    await expect(page).to_have_url(re.compile("cite=2"))
    chosen = page.get_by_role("dialog").locator('[data-testid=passage][aria-current="true"]')
    await expect(chosen).to_contain_text("Yes, it is ₹82 a litre.")
    await expect(chosen).to_contain_text("Confidence: Medium")
    await expect(chosen.locator("mark")).to_have_count(1)
    await page.get_by_role("dialog").get_by_text("Business hours").wait_for()
    correct = page.get_by_role("dialog").get_by_role("link", name="Correct this answer")
    href = await correct.get_attribute("href") or ""
    written = parse_qs(href.partition("?")[2])
    assert (written["form"], written["answer"][0][:9]) == (["faq"], "Cow milk "), href
    assert written["question"] == ["2 litres cow milk daily from Monday"]
    await page.keyboard.press("Escape")
    await expect(chips.nth(1)).to_be_focused()


def _stored(citation: Row, text: str, at: int) -> Row:
    kept = {name: citation[name] for name in ("source", "source_id", "heading", "page")}
    id_ = citation["passage_id"] if at == citation["position"] else str(uuid.UUID(int=100 + at))
    return kept | {"id": id_, "position": at, "kind": "text", "text": text, "fields": [], "superseded": False}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_passage_stands_between_its_neighbours(
    signed_in: OpenPage, site: Site, size: tuple[int, int]
) -> None:
    cited = next(m for m in site.peer.world.messages[SECOND] if m["citations"])
    texts = ("Curd: ₹40 a cup.", cited["citations"][0]["passage"], "Ghee: ₹600 a kilo.")
    stored = [_stored(cited["citations"][0], text, at) for at, text in enumerate(texts, 3)]
    page = await signed_in(f"/inbox/{SECOND}", size)
    await page.route(
        "**/knowledge/sources/*/passages?around=4",
        lambda route: route.fulfill(json={"items": stored, "next_cursor": None}),
    )
    await answer(page, "Cow milk is ₹68 a litre, buffalo")
    await page.get_by_test_id("citation").first.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("region", name="Before it")).to_contain_text("Curd: ₹40 a cup.")
    await expect(dialog.get_by_role("region", name="After it")).to_contain_text("Ghee: ₹600 a kilo.")
    assert await violations_in_both(page) == []
    assert not await sticks_out(page)


async def test_the_address_brings_the_passage_back(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{SECOND}", PHONE)
    await answer(page, "Cow milk is ₹68 a litre, buffalo")
    await page.get_by_test_id("citation").first.click()
    chosen = page.locator('[data-testid=passage][aria-current="true"]')
    await expect(chosen).to_contain_text("Price list 2026.pdf")
    await page.reload()
    await expect(chosen).to_contain_text("Cow milk: ₹68 a litre.")


async def test_an_answer_without_a_source_says_so_and_a_rule_does_not(signed_in: OpenPage) -> None:
    page = await signed_in(f"/inbox/{SECOND}")
    bare = page.get_by_test_id("message").filter(has_text="We are open until 8.")
    await expect(bare).to_contain_text("No source")
    rule = page.get_by_test_id("message").filter(has_text="Shall I start it on Monday?")
    await expect(rule).not_to_contain_text("No source")


async def test_customers_words_in_a_passage_are_only_text(signed_in: OpenPage, site: Site) -> None:
    cited = next(m for m in site.peer.world.messages[SECOND] if m["citations"])
    cited["citations"] = [{"source": "<b>x</b>", "passage": "<script>alert(1)</script>", "score": 1}]
    page = await signed_in(f"/inbox/{SECOND}?trace={cited['id']}&cite=1")
    passage = page.get_by_role("dialog").get_by_test_id("passage")
    await expect(passage).to_contain_text("<script>alert(1)</script>")
    await expect(passage).to_contain_text("<b>x</b>")
