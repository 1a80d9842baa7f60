"""Conversations found by the words of their messages, with the line that has them."""

from typing import Any
from urllib.parse import quote

import pytest

from samvad.conversations import rules
from samvad.tenancy.types import Role
from tests.conversations.conftest import heard, until
from tests.door.stage import Shop

ASHA, RAVI = "919811300001", "919811300002"


async def found(shop: Shop, words: str, **more: str) -> list[dict[str, Any]]:
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    items: list[dict[str, Any]] = (await shop.get(f"/conversations?q={quote(words)}{rest}"))["items"]
    return items


def line(item: dict[str, Any]) -> str:
    return "".join(f"[{p['text'].strip()}]" if p["hit"] else p["text"] for p in item["match"]["parts"])


async def test_words_of_a_message_find_its_conversation(shop: Shop) -> None:
    (asha,) = await heard(shop, ASHA, text="Do you deliver Paneer, on Sundays?")
    await heard(shop, RAVI, text="what is the price of curd")
    (hit,) = await found(shop, "paneer")
    assert hit["id"] == asha["id"]
    assert "[Paneer,]" in line(hit)
    assert hit["match"]["message_id"]
    for words in ("PANEER sundays", "deliv", "sundays paneer deliver", "pan"):
        assert [c["id"] for c in await found(shop, words)] == [asha["id"]], words
    for words in ("paneer curd", "pane deliver", "aneer"):
        assert await found(shop, words) == [], words


async def test_a_name_is_found_beside_words_and_has_no_line(shop: Shop) -> None:
    await heard(shop, ASHA, text="hello")
    (hit,) = await found(shop, "ash")
    assert hit.get("match") is None
    assert await found(shop, "…!?") == []


@pytest.mark.parametrize("text", ["क्या दूध है", "هل يوجد حليب", "¿Tiene leche? Señor", "o'clock DON’T it's"])
async def test_any_script_is_found_as_it_was_written(shop: Shop, text: str) -> None:
    await heard(shop, ASHA, text=text)
    for word in text.split():
        assert len(await found(shop, word)) == 1, word


@pytest.mark.parametrize("words", ["'", "\\", "a:*", "' | 'x", "x" * 200, "!", "& |", "(", "a & !b"])
async def test_nothing_in_the_words_is_an_operator(shop: Shop, words: str) -> None:
    await heard(shop, ASHA, text="hello there")
    said = await shop.api("GET", f"/conversations?q={quote(words)}")
    assert said.status == 200, said.text


async def test_notes_are_found(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA, text="hello")
    note = {"text": "allergic to cashews", "client_id": "n", "private": True}
    await shop.api("POST", f"/conversations/{talk['id']}/messages", note)
    assert len(await found(shop, "cashews")) == 1


async def test_the_newest_message_with_the_words_is_shown(shop: Shop) -> None:
    await heard(shop, ASHA, text="first milk order")
    await shop.knock(shop.saying("second milk order", sender=ASHA))
    await until(lambda: found(shop, "second"))
    (hit,) = await found(shop, "milk order")
    assert line(hit) == "second [milk] [order]"


async def test_filters_hold_beside_the_words(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA, text="milk")
    assert len(await found(shop, "milk", status="open")) == 1
    assert await found(shop, "milk", status="resolved") == []
    assert await found(shop, "milk", assignee="me") == []
    assert len(await found(shop, "milk", phone=ASHA)) == 1
    assert await found(shop, "milk", phone=RAVI) == []
    said = await shop.api("GET", "/conversations?q=milk", role=Role.VIEWER)
    assert [c["id"] for c in said.json["items"]] == [talk["id"]]


async def test_another_tenants_words_are_not_found(shop: Shop) -> None:
    other = await shop.stage.shop()
    await heard(other, "919811300009", text="saffron for the neighbour")
    await heard(shop, ASHA, text="hello")
    assert len(await found(other, "saffron")) == 1
    assert await found(shop, "saffron") == []


def test_a_long_message_is_cut_around_its_hit() -> None:
    text = " ".join(f"word{n}" for n in range(100))
    parts = rules.snippet(text, ["word50"])
    assert [p["text"] for p in parts if p["hit"]] == ["word50"]
    assert (parts[0]["text"], parts[-1]["text"]) == ("… ", "…")
    assert len(parts) < 50
