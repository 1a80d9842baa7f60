"""From an odd webhook to its one right effect: through the door, the lanes, the reply and the provider."""

import itertools
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from samvad.assistant.service.rules import add_rule
from samvad.assistant.types import Action, Match, RuleDetails
from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from tests.support import meta
from tests.support.house import House, house

_people = itertools.count(919_800_000_001)


@pytest.fixture(scope="module")
async def live(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[House]:
    async with cluster.database(template=template) as name, house(cluster.dsn(name), keyring) as built:
        yield built


@pytest.fixture
def person() -> str:
    return str(next(_people))


async def raw(live: House, value: dict[str, Any]) -> int:
    body = json.dumps(meta.envelope(live.channel.address, live.channel.account, value)).encode()
    return await live.knock(body)


async def answered(live: House, person: str, times: int = 1) -> list[str]:
    async def enough() -> bool:
        return len(live.graph.texts_to(person)) >= times

    await live.eventually(enough)
    await live.idle()
    return live.graph.texts_to(person)


async def inbound(live: House, person: str) -> list[Any]:
    return await live.rows(
        """SELECT m.* FROM messages m JOIN conversations c ON c.id = m.conversation_id
           JOIN identities i ON i.contact_id = c.contact_id AND i.kind = 'wa_id' AND i.value = $1
           WHERE m.direction = 'in' ORDER BY m.sort_at, m.id""",
        person,
    )


async def test_a_customer_without_a_number_is_answered_by_user_id(live: House) -> None:
    message = {**meta.message("hello", sender="x"), "from_user_id": "US.13491208655302741918"}
    del message["from"]
    contact = {"profile": {"name": "Asha", "username": "@asha"}, "user_id": "US.13491208655302741918"}
    assert await raw(live, {"contacts": [contact], "messages": [message]}) == 200

    async def sent() -> list[dict[str, Any]]:
        return [b for b in live.graph.calls if b.get("recipient") == "US.13491208655302741918"]

    (body,) = await live.eventually(sent)
    assert "to" not in body
    assert "Govind Dairy" in body["text"]["body"]
    kinds = await live.rows(
        """SELECT kind, value FROM identities WHERE contact_id =
             (SELECT contact_id FROM identities WHERE kind = 'bsuid' AND value = $1)""",
        "US.13491208655302741918",
    )
    assert [(row["kind"], row["value"]) for row in kinds] == [("bsuid", "US.13491208655302741918")]


async def test_one_person_by_number_and_by_user_id(live: House, person: str) -> None:
    """First both, then the user id alone: one contact, one conversation, and the number is used."""
    await live.say("hello", sender=person, from_user_id=f"IN.{person}")
    await answered(live, person)
    message = {**meta.message("hi", sender="x"), "from_user_id": f"IN.{person}"}
    del message["from"]
    assert await raw(live, {"messages": [message]}) == 200
    assert len(await answered(live, person, 2)) == 2
    assert len({row["conversation_id"] for row in await inbound(live, person)}) == 1


async def test_the_same_id_with_another_text_changes_nothing(live: House, person: str) -> None:
    await live.say("hello", sender=person, id=f"wamid.same{person}")
    await answered(live, person)
    for text in ("hello", "STOP", "human"):
        assert await live.say(text, sender=person, id=f"wamid.same{person}") == 200
    await live.idle()
    assert [row["text"] for row in await inbound(live, person)] == ["hello"]
    assert len(live.graph.texts_to(person)) == 1


@pytest.mark.parametrize("stamp", [0, 1, 4_102_444_800])
async def test_a_wrong_clock_is_answered_all_the_same(live: House, person: str, stamp: int) -> None:
    before = datetime.now(UTC)
    await live.say("hello", sender=person, at=stamp)
    assert len(await answered(live, person)) == 1
    (row,) = await inbound(live, person)
    assert before <= row["sort_at"] <= datetime.now(UTC)


async def test_bidi_zero_width_nul_and_surrogates_reach_the_timeline(live: House, person: str) -> None:
    text = "he\u202ello\u200b \x00 \ud83d ok"
    body = meta.messages(live.channel.address, live.channel.account, meta.message(text, sender=person),
                         name="As\u202eha\u200b \x00\ud83d")  # fmt: skip
    assert await live.knock(body) == 200

    async def there() -> list[Any]:
        return await inbound(live, person)

    (row,) = await live.eventually(there)
    assert row["text"] == "he\u202ello\u200b  \ufffd ok"
    assert await live.value("SELECT name FROM contacts WHERE id = (SELECT contact_id FROM identities "
                            "WHERE kind = 'wa_id' AND value = $1)", person) == "Asha \ufffd"  # fmt: skip


@pytest.mark.parametrize("text", ["", " ", "\u200b\u200b", "\x00", "\n\n", "\u2800"])
async def test_a_message_without_a_visible_character_costs_nothing(
    live: House, person: str, text: str
) -> None:
    await live.say(text, sender=person)
    await live.idle()

    async def there() -> list[Any]:
        return await inbound(live, person)

    await live.eventually(there)
    await live.idle()
    assert live.graph.texts_to(person) == []


async def test_a_new_profile_name_replaces_the_old_one(live: House, person: str) -> None:
    for name in ("Asha", "Asha D", "Asha Devi"):
        body = meta.messages(live.channel.address, live.channel.account, meta.message("hello", sender=person),
                             name=name)  # fmt: skip
        assert await live.knock(body) == 200
        await live.idle()

    async def renamed() -> bool:
        return (
            await live.value(
                """SELECT c.name FROM contacts c JOIN identities i ON i.contact_id = c.id
               WHERE i.kind = 'wa_id' AND i.value = $1""",
                person,
            )
            == "Asha Devi"
        )

    await live.eventually(renamed)
    former = await live.rows(
        """SELECT f.name FROM former_names f JOIN identities i ON i.contact_id = f.contact_id
           WHERE i.kind = 'wa_id' AND i.value = $1 ORDER BY f.until DESC""",
        person,
    )
    assert [row["name"] for row in former] == ["Asha D", "Asha"]


async def test_an_unknown_status_word_changes_nothing(live: House, person: str) -> None:
    await live.say("hello", sender=person)
    await answered(live, person)
    before = await live.rows("SELECT id, status FROM messages ORDER BY id")
    external = await live.value(
        "SELECT external_id FROM messages WHERE direction = 'out' ORDER BY id DESC LIMIT 1"
    )
    assert await live.tell(meta.status(external, "in_orbit"), meta.status(external, "")) == 200
    await live.idle()
    assert await live.rows("SELECT id, status FROM messages ORDER BY id") == before


async def test_a_reply_that_the_provider_could_not_deliver_calls_a_person_once(
    live: House, person: str
) -> None:
    await live.say("hello", sender=person)
    await answered(live, person)
    talk, external = (
        await live.rows(
            """SELECT conversation_id, external_id FROM messages
               WHERE direction = 'out' ORDER BY id DESC LIMIT 1"""
        )
    )[0]

    async def fails() -> str | None:
        error = {"code": 131026, "title": "Message undeliverable"}
        assert await live.tell({**meta.status(external, "failed"), "errors": [error]}) == 200
        await live.idle()
        reason: str | None = await live.value(
            "SELECT needs_person_reason FROM conversations WHERE id = $1", talk
        )
        return reason

    assert await fails() == "recipient_unreachable"
    assert await live.value("SELECT name FROM alerts WHERE subject = $1", str(talk)) == "message_not_sent"
    async with live.parts.database.unit_of_work(live.tenant) as scope:
        await scope.db.execute("UPDATE conversations SET needs_person_reason = NULL WHERE id = $1", talk)
    assert await fails() is None  # somebody has seen it


@pytest.mark.parametrize("tail", ["👨‍👩‍👧‍👦", "🇮🇳", "👍🏽", "नि"])
async def test_a_reply_is_never_cut_inside_a_character(live: House, person: str, tail: str) -> None:
    """A rule's text whose 280th character lies inside one visible character."""
    text = "x" * 279 + tail + "y" * 50
    await teach(live, person, text)
    await live.say(f"tell {person}", sender=person)
    parts = await answered(live, person, 2)
    assert "".join(parts) == text
    assert any(tail in part for part in parts)


async def test_a_long_link_stays_whole(live: House, person: str) -> None:
    link = "https://pay.example.org/" + "a1-_" * 69
    assert len(link) == 300
    await teach(live, person, f"Pay here: {link} Thank you!")
    await live.say(f"tell {person}", sender=person)
    parts = await answered(live, person, 2)
    assert [part for part in parts if link in part], parts
    assert next(b for b in live.graph.sends if link in b["text"]["body"])["text"]["preview_url"] is True


async def teach(live: House, word: str, text: str) -> None:
    """A rule that answers "tell {word}"."""
    details = RuleDetails(f"tell {word}", Match.PHRASE, (f"tell {word}",), Action.REPLY, text)
    async with live.parts.database.unit_of_work(live.tenant) as scope:
        await add_rule(scope, details, order=None, at=live.parts.clock.now())
