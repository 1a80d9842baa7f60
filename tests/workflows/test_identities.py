"""One person by several addresses: made one late, in any order, and parted; nothing lost or said twice."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samvad.channels.types import (
    Identity,
    IdentityKind,
    Kind,
    MessageReceived,
    Purpose,
    Sender,
    SendOutcome,
    SendResult,
)
from samvad.contacts import service as contacts
from samvad.contacts.types import ConsentChange, ConsentMethod
from samvad.conversations.service import mode as modes
from samvad.conversations.service import outgoing, records, timeline
from samvad.conversations.service.agents import recipient
from samvad.conversations.service.outcomes import MessageOutcomes
from samvad.conversations.types import Author, Draft, InboundEntry, Mode
from samvad.kernel.ids import new_id
from samvad.platform.crypto import Keyring
from samvad.platform.db import Scope
from samvad.platform.postgres.testing import Scratch
from samvad.workflows.identities import evidence, told
from samvad.workflows.identities.told import LearningOutcomes
from samvad.workflows.lifecycle import Lifecycle
from tests.door.stage import Said, Shop, Stage, stage

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Word:
    """One message: the letters stand for addresses of its writer."""

    letters: str
    stop: bool = False
    human: bool = False


KINDS = {"a": IdentityKind.BSUID, "b": IdentityKind.PHONE, "c": IdentityKind.LID, "d": IdentityKind.VISITOR}


@dataclass
class People:
    """Writes to a shop as people whose addresses are new each time."""

    shop: Shop
    mark: int = field(default_factory=lambda: next(_numbers))

    def address(self, letter: str) -> Identity:
        number = f"+91990{self.mark:05d}{ord(letter) % 10}0"
        return Identity(KINDS[letter], number if letter == "b" else f"{letter}-{self.mark}")

    async def say(self, word: Word, *, queue: bool = False) -> None:
        channel, at = self.shop.channel, self.shop.stage.parts.clock.now()
        sender = Sender(tuple(self.address(letter) for letter in word.letters))
        async with self.shop.stage.parts.database.unit_of_work(self.shop.house.tenant) as scope:
            (known,) = await contacts.resolve(scope, [(sender, channel.account)], at=at)
            await evidence.expect(scope, [(known.id, known.others, False)], at=at)
            event = MessageReceived(f"wamid.{new_id().hex}", sender, Kind.TEXT, at, text=word.letters)
            (put,) = await timeline.append_inbound(
                scope, [InboundEntry(channel.id, known.id, event, at, at, "")], at=at
            )
            if word.stop:
                change = ConsentChange(known.id, "opt_out", ConsentMethod.WORD, "STOP", put.message, at)
                await contacts.opt_out(scope, change)
            if word.human:
                await modes.set_mode(scope, put.conversation.id, Mode.HUMAN, reason="test", at=at)
            if queue:
                await _answer(scope, put.conversation.id)

    async def weigh(self) -> None:
        """The timers that are due by and by, worked off now, until there are none."""
        parts = self.shop.stage.parts
        lifecycle = Lifecycle(database=parts.database, tenants=parts.tenants, clock=parts.clock)
        await self.shop.stage.superuser.execute(
            "UPDATE timers SET run_at = now() - interval '1 minute' WHERE kind = 'merge'"
        )
        while await lifecycle.round():
            pass

    async def rows(self, query: str) -> list[Any]:
        return list(await self.shop.stage.superuser.fetch(query, self.shop.house.tenant))


async def _answer(scope: Scope, conversation: UUID) -> None:
    locked = (await records.lock(scope, [conversation]))[conversation]
    draft = Draft(Purpose.REPLY, ["an answer"], None, Author.ASSISTANT)
    to = await recipient(scope, conversation)
    await outgoing.say(scope, locked, draft, to=to, at=locked.last_sort_at, correlation="")
    locked.answered_seq = locked.inbound_seq
    await records.save(scope, [locked], at=locked.last_sort_at)


@pytest.fixture(scope="module")
async def still(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[Stage]:
    """Without workers: what happens happens here."""
    async with cluster.database(template=template) as name, stage(cluster.dsn(name), keyring) as opened:
        yield opened


@pytest.fixture
async def people(still: Stage) -> People:
    return People(await still.shop())


TALKS = """SELECT c.id, c.contact_id, c.mode, c.epoch, c.inbound_seq, c.answered_seq, c.unread,
  (SELECT count(*) FROM messages m WHERE m.tenant_id = $1 AND m.conversation_id = c.id
    AND m.direction = 'in') AS messages
  FROM conversations c WHERE c.tenant_id = $1 AND c.merged_into IS NULL ORDER BY c.id"""
HELD = """SELECT i.kind || ':' || i.value AS address, c.id, c.merged_into, c.opted_out_at IS NOT NULL AS out
  FROM identities i JOIN contacts c ON c.tenant_id = $1 AND c.id = i.contact_id WHERE i.tenant_id = $1"""


WORDS = st.sampled_from(["a", "b", "c", "d", "ab", "bc", "cd", "ad", "abc"])


@example(said=[Word(letters) for letters in ("a", "c", "d", "cd", "ad")], pauses=[False] * 5)
@given(
    said=st.lists(st.builds(Word, WORDS, st.booleans(), st.booleans()), min_size=2, max_size=6),
    pauses=st.lists(st.booleans(), min_size=6, max_size=6),
)
@settings(max_examples=15, deadline=None)
async def test_in_any_order_whoever_is_named_together_is_one(
    still: Stage, said: Sequence[Word], pauses: Sequence[bool]
) -> None:
    """Addresses that messages name together are one contact with one conversation, with all messages, out if
    anybody of them is out, and with a person if a person had any of them."""
    people = People(await still.shop())
    for word, pause in zip(said, pauses, strict=False):
        await people.say(word)
        if pause:
            await people.weigh()
    await people.weigh()
    held = {row["address"]: row for row in await people.rows(HELD)}
    talks = {row["contact_id"]: row for row in await people.rows(TALKS)}
    for group in _groups([word.letters for word in said]):
        mine = [word for word in said if set(word.letters) & group]
        rows = [held[f"{(a := people.address(letter)).kind}:{a.value}"] for letter in group]
        assert len({row["id"] for row in rows}) == 1
        assert rows[0]["merged_into"] is None
        assert rows[0]["out"] == any(word.stop for word in mine)
        talk = talks.pop(rows[0]["id"])
        assert talk["messages"] == len(mine) == talk["unread"]
        assert (talk["mode"] == "human") == any(word.human for word in mine)
    assert talks == {}


def _groups(named: Sequence[str]) -> list[set[str]]:
    """Connected by what was named together."""
    found: list[set[str]] = []
    for letters in named:
        touched = [group for group in found if group & set(letters)]
        found = [group for group in found if group not in touched] + [set(letters).union(*touched)]
    return found


async def _two(people: People, *, human: bool = False, queue: bool = True) -> list[Any]:
    """A number and a user id write apart, the second one with an answer on its way."""
    await people.say(Word("b", human=human))
    await people.say(Word("a"), queue=queue)
    return await people.rows(TALKS)


async def test_what_the_answer_to_a_send_tells_of_the_recipient_is_theirs(people: People) -> None:
    """A number may be another one at WhatsApp, and its owner may have written under that one already."""
    await people.say(Word("a"))  # seen before without a number
    await people.say(Word("b"), queue=True)
    ((message, talk),) = await people.rows(
        "SELECT id, conversation_id FROM messages WHERE tenant_id = $1 AND direction = 'out'"
    )
    channel, at = people.shop.channel, people.shop.stage.parts.clock.now()
    named = (Identity(IdentityKind.WA_ID, f"55{people.mark:09d}"), people.address("a"))
    outcome = SendOutcome(
        people.shop.house.tenant, message, talk, channel.id, SendResult.SENT, at, Purpose.REPLY,
        external_id=f"wamid.{message}", recipient=named,
    )  # fmt: skip
    async with people.shop.stage.parts.database.unit_of_work(people.shop.house.tenant) as scope:
        await LearningOutcomes(MessageOutcomes()).record(scope, [outcome])
    await people.weigh()
    held = {row["address"]: row["id"] for row in await people.rows(HELD)}
    assert len(held) == 4  # with the number that the id is
    assert len(set(held.values())) == 1
    status = (channel.id, outcome.external_id or "", channel.account, Sender((people.address("c"),)))
    for _ in range(2):
        async with people.shop.stage.parts.database.unit_of_work(people.shop.house.tenant) as scope:
            await told.by_statuses(scope, [status, (channel.id, "another's", "", status[3])], at=at)
    held = {row["address"]: row["id"] for row in await people.rows(HELD)}
    assert len(held) == 5
    assert len(set(held.values())) == 1


async def test_what_is_on_its_way_leaves_once_and_what_waits_is_answered(people: People) -> None:
    first, second = await _two(people)
    await people.say(Word("ab"))
    await people.weigh()
    (talk,) = await people.rows(TALKS)
    assert (talk["id"], talk["messages"]) == (first["id"], 3)
    queued = await people.rows(
        "SELECT conversation_id, contact_id, state, epoch FROM outbound WHERE tenant_id = $1"
    )
    assert [tuple(row) for row in queued] == [(talk["id"], talk["contact_id"], "queued", talk["epoch"])]
    assert talk["inbound_seq"] - talk["answered_seq"] == 2, "the first one, and the one that told us"
    timers = await people.rows("SELECT kind FROM timers WHERE tenant_id = $1 AND kind = 'reply'")
    assert len(timers) == 1
    assert second["id"] != first["id"]


async def test_a_person_stays_with_it_and_nothing_automatic_leaves_over_their_head(people: People) -> None:
    await _two(people, human=True)
    await people.say(Word("ab"))
    await people.weigh()
    (talk,) = await people.rows(TALKS)
    assert talk["mode"] == "human"
    assert await people.rows("SELECT 1 FROM outbound WHERE tenant_id = $1") == []
    (message,) = await people.rows(
        "SELECT status, reason FROM messages WHERE tenant_id = $1 AND author = 'assistant'"
    )
    assert tuple(message) == ("skipped", "taken_over")


async def test_while_a_message_is_being_sent_the_merge_waits(people: People) -> None:
    await _two(people)
    await people.shop.stage.superuser.execute("UPDATE outbound SET state = 'sending'")
    await people.say(Word("ab"))
    await people.weigh()
    assert len(await people.rows(TALKS)) == 2
    one, other = [row["contact_id"] for row in await people.rows(TALKS)]
    said = await people.shop.api("POST", f"/contacts/{one}/merge", {"contact_id": str(other)})
    assert (said.status, said.json["code"]) == (409, "conversation_busy")
    await people.shop.stage.superuser.execute("DELETE FROM outbound")
    await people.weigh()
    assert len(await people.rows(TALKS)) == 1


async def test_by_hand_and_undone_each_has_again_what_was_theirs(people: People) -> None:
    await people.say(Word("b"))
    await people.say(Word("a", stop=True))
    kept, absorbed = [str(row["contact_id"]) for row in await people.rows(TALKS)]
    shop = people.shop
    since = (await shop.get(f"/contacts/{absorbed}"))["opted_out_at"]
    merged = await shop.api("POST", f"/contacts/{kept}/merge", {"contact_id": absorbed})
    assert merged.status == 200, merged.text
    found = await shop.get(f"/contacts/{kept}")
    assert {one["kind"] for one in found["identities"]} == {"phone", "bsuid"}
    assert found["opted_out_at"] == since, "the day they went, not that of the merge"
    assert [line["method"] for line in (await shop.get(f"/contacts/{kept}/consents"))["items"]] == [
        "merge",
        "word",
    ]
    assert (await shop.get(f"/contacts/{absorbed}"))["merged_into"] == kept
    assert [one["id"] for one in (await shop.get("/contacts"))["items"]] == [kept]
    assert len((await shop.get("/conversations"))["items"]) == 1
    await people.say(Word("a"))
    (record,) = (await shop.get(f"/contacts/{kept}/merges"))["items"]
    assert (record["how"], record["absorbed_id"], record["undone_at"]) == ("hand", absorbed, None)
    undone = await shop.api("POST", f"/contacts/{kept}/merges/{record['id']}/undo")
    assert undone.status == 200, undone.text
    assert (await shop.get(f"/contacts/{kept}"))["opted_out_at"] is None
    assert (await shop.get(f"/contacts/{absorbed}"))["opted_out_at"] is not None
    talks = {str(row["contact_id"]): row["messages"] for row in await people.rows(TALKS)}
    assert talks == {kept: 2, absorbed: 1}, "what was said since stays"
    again = await shop.api("POST", f"/contacts/{kept}/merges/{record['id']}/undo")
    assert (again.status, again.json["code"]) == (409, "merge_undone")
    await people.say(Word("ab"))
    await people.weigh()
    assert len(await people.rows(TALKS)) == 2, "nobody makes one by itself what a person parted"


async def test_parted_again_each_has_its_own_newest_message_and_call(people: People) -> None:
    await people.say(Word("b"))
    await people.say(Word("a"))
    shop = people.shop

    async def shown() -> dict[str, tuple[str, str, str | None]]:
        found = (await shop.get("/conversations"))["items"]
        return {
            c["contact"]["id"]: (c["preview"]["text"], c["last_message_at"], c["needs_person_reason"])
            for c in found
        }

    kept, absorbed = [str(row["contact_id"]) for row in await people.rows(TALKS)]
    calls = "UPDATE conversations SET needs_person_reason = 'no_answer' WHERE contact_id = $1"
    await shop.stage.superuser.execute(calls, UUID(absorbed))
    before = await shown()
    assert (before[kept][0], before[absorbed][0]) == ("b", "a")
    record = (await shop.api("POST", f"/contacts/{kept}/merge", {"contact_id": absorbed})).json
    assert await shown() == {kept: before[absorbed]}
    await shop.api("POST", f"/contacts/{kept}/merges/{record['id']}/undo")
    assert await shown() == before


async def test_whoever_rests_from_marketing_still_does_as_part_of_another(people: People) -> None:
    await people.say(Word("b"))
    await people.say(Word("a"))
    kept, absorbed = [row["contact_id"] for row in await people.rows(TALKS)]
    superuser, tenant = people.shop.stage.superuser, people.shop.house.tenant
    await superuser.execute(
        """INSERT INTO contact_send_facts (tenant_id, contact_id, marketing_rests_until)
           VALUES ($1, $2, 'tomorrow')""",
        tenant,
        absorbed,
    )
    await people.shop.api("POST", f"/contacts/{kept}/merge", {"contact_id": str(absorbed)})
    assert await superuser.fetchval(
        """SELECT marketing_rests_until = 'tomorrow' FROM contact_send_facts
           WHERE tenant_id = $1 AND contact_id = $2""",
        tenant,
        kept,
    )


async def test_who_said_stop_since_stays_out_on_both_sides(people: People) -> None:
    await people.say(Word("b"))
    await people.say(Word("a"))
    kept, absorbed = [str(row["contact_id"]) for row in await people.rows(TALKS)]
    merged = await people.shop.api("POST", f"/contacts/{kept}/merge", {"contact_id": absorbed})
    await people.say(Word("a", stop=True))
    await people.shop.api("POST", f"/contacts/{kept}/merges/{merged.json['id']}/undo")
    for one in (kept, absorbed):
        assert (await people.shop.get(f"/contacts/{one}"))["opted_out_at"] is not None


async def test_what_cannot_be_merged_says_why(people: People) -> None:
    await people.say(Word("b"))
    await people.say(Word("a"))
    one, other = [str(row["contact_id"]) for row in await people.rows(TALKS)]

    async def merge(kept: str, absorbed: str) -> Said:
        return await people.shop.api("POST", f"/contacts/{kept}/merge", {"contact_id": absorbed})

    assert (await merge(one, one)).status == 422
    assert (await merge(one, str(new_id()))).status == 404
    assert (await merge(one, other)).status == 200
    again = await merge(one, other)
    assert (again.status, again.json["code"]) == (409, "contact_merged")


async def test_a_message_beside_a_merge_finds_the_one_that_is_left(people: People) -> None:
    """Whoever looked before the merge may not begin a conversation of who is gone."""
    await people.say(Word("b"))
    await people.say(Word("a"))
    kept, absorbed = [row["contact_id"] for row in await people.rows(TALKS)]
    other = await people.shop.stage.connect(people.shop.house, number=f"2{people.mark}", secret="s")
    database = people.shop.stage.parts.database
    at = people.shop.stage.parts.clock.now()
    async with database.unit_of_work(people.shop.house.tenant) as scope:
        sender = Sender((people.address("a"),))
        (known,) = await contacts.resolve(scope, [(sender, people.shop.channel.account)], at=at)
        assert known.id == absorbed
        merging = asyncio.create_task(
            people.shop.api("POST", f"/contacts/{kept}/merge", {"contact_id": str(absorbed)})
        )
        assert (await merging).status == 200
        event = MessageReceived("wamid.late", sender, Kind.TEXT, at, text="late")
        with pytest.raises(contacts.Contended):
            await timeline.append_inbound(scope, [InboundEntry(other.id, known.id, event, at, at, "")], at=at)
