"""Contacts over HTTP: who wrote, by any of their identities, found by words and numbers."""

import json
from itertools import pairwise
from typing import Any

import pytest

from samvad.kernel.ids import new_id
from samvad.tenancy.types import Role
from tests.conversations.conftest import heard, until
from tests.door.stage import Shop
from tests.support import meta

ASHA, RAVI = "919822200001", "919822200002"


async def contacts(shop: Shop, query: str = "") -> list[dict[str, Any]]:
    return (await shop.get(f"/contacts{query}"))["items"]


async def named(shop: Shop, sender: str, name: str) -> None:
    body = shop.body(meta.message("hello", sender=sender, id=f"wamid.{new_id().hex}"), name=name)
    assert (await shop.knock(body)).status == 200

    async def known() -> bool:
        return name in [c["name"] for c in await contacts(shop)]

    await until(known)


async def test_a_contact_has_the_promised_shape(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    (found,) = await contacts(shop)
    assert found["id"] == talk["contact"]["id"]
    assert found["name"] == found["profile_name"] == "Asha"
    assert found["opted_out_at"] is None
    assert found["identities"] == [
        {"kind": "phone", "value": f"+{ASHA}"},
        {"kind": "wa_id", "value": ASHA},
    ]
    assert found | {"former_names": []} == await shop.get(f"/contacts/{found['id']}")


async def test_names_of_before_are_told_with_the_person(shop: Shop) -> None:
    """The newest first, twenty at most, each once for each time that it was changed."""
    for name in ("Asha", "Asha Devi", "Asha", *(f"Asha {n}" for n in range(20))):
        await named(shop, ASHA, name)
    (found,) = await contacts(shop)
    former = (await shop.get(f"/contacts/{found['id']}"))["former_names"]
    assert [one["name"] for one in former] == [f"Asha {n}" for n in reversed(range(19))] + ["Asha"]
    assert all(one["until"] <= other["until"] for other, one in pairwise(former))


async def test_a_stop_shows_and_a_start_takes_it_back(shop: Shop) -> None:
    await heard(shop, ASHA, text="STOP")
    (found,) = await contacts(shop)
    assert found["opted_out_at"]
    assert (await shop.knock(shop.saying("START", sender=ASHA))).status == 200

    async def back() -> bool:
        return (await contacts(shop))[0]["opted_out_at"] is None

    await until(back)


@pytest.mark.parametrize("words", ["asha", "ASHA dev", "DEVI", "9822200001", "%2B91 98222", "áshà"])
async def test_a_contact_is_found_by_words_of_name_and_number(shop: Shop, words: str) -> None:
    await named(shop, ASHA, "Asha Devi")
    await named(shop, RAVI, "Ravi Kumar")
    found = await contacts(shop, f"?q={words}")
    if words in ("%2B91 98222",):
        assert {c["name"] for c in found} <= {"Asha Devi", "Ravi Kumar"}
    elif words == "9822200001":
        assert found == []  # a number is found from its beginning
    else:
        assert [c["name"] for c in found] == ["Asha Devi"]


@pytest.mark.parametrize(
    "words", ["'", "\\\\", "a'b", "' OR 1=1 --", ":*", "!", "&|!()", "<->", "%00x", "x" * 200]
)
async def test_words_are_words_and_no_query(shop: Shop, words: str) -> None:
    await named(shop, ASHA, "Asha Devi")
    said = await shop.api("GET", f"/contacts?q={words.replace('&', '%26')}")
    assert said.status in (200, 422), said.text
    if said.status == 200:
        assert [c for c in said.json["items"] if c["name"] != "Asha Devi"] == []
    assert (await shop.api("GET", f"/conversations?q={words.replace('&', '%26')}")).status in (200, 422)


async def test_pages(shop: Shop) -> None:
    for number in range(5):
        await named(shop, f"91982229{number:04d}", f"Customer {number}")
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await shop.get(f"/contacts?limit=2{cursor and '&cursor=' + cursor}")
        seen += [c["name"] for c in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [f"Customer {number}" for number in (4, 3, 2, 1, 0)]


async def test_one_person_with_a_number_and_a_user_id(shop: Shop) -> None:
    """Known by number first; once both come together, the user id alone is the same person."""
    await heard(shop, ASHA)
    body = json.loads(shop.saying("again", sender=ASHA))
    body["entry"][0]["changes"][0]["value"]["messages"][0]["from_user_id"] = "IN.77001"
    assert (await shop.knock(json.dumps(body).encode())).status == 200

    async def linked() -> bool:
        kinds = [i["kind"] for i in (await contacts(shop))[0]["identities"]]
        return "bsuid" in kinds

    await until(linked)
    assert len(await contacts(shop)) == 1


async def test_who_may_see_contacts(shop: Shop) -> None:
    await heard(shop, ASHA)
    for role in Role:
        assert (await shop.api("GET", "/contacts", role=role)).status == 200
    assert (await shop.stage.ask("GET", "/api/v1/contacts")).status == 401
    assert (await shop.api("GET", f"/contacts/{new_id()}")).status == 404
    assert (await shop.api("GET", "/contacts/nobody")).status == 422


async def test_the_consent_record_keeps_the_persons_own_words(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    path = f"/contacts/{talk['contact']['id']}/consents"
    assert (await shop.get(path))["items"] == []
    await shop.knock(shop.saying("STOP", sender=ASHA))

    async def recorded() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await shop.get(path))["items"]
        return items

    (line,) = await until(recorded)
    assert (line["change"], line["method"], line["words"]) == ("opt_out", "word", "STOP")
