"""What a person is told at a handover: each way to it, as a table."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

import pytest

from samvad.assistant.types import Rule
from samvad.channels.types import Kind
from samvad.conversations.types import Burst, BurstMessage, Mode, Said
from samvad.kernel.ids import ChannelId, ContactId, ConversationId, MessageId, new_id
from samvad.kernel.json import JsonValue
from samvad.kernel.language import Language
from samvad.workflows.reply.decide import Act, Situation, decide
from samvad.workflows.reply.escalation import LONGEST, summarised
from samvad.workflows.reply.types import Heard
from tests.assistant.builtin_rules import RULES

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WANTS_PANEER = Said(True, "Namaste. Do you have paneer?", ())


def looked(why: str, *sources: str) -> Heard:
    passages: JsonValue = [{"source": source, "score": 0.3} for source in sources]
    return Heard(says=False, reason="unknown", detail={"why": why, "passages": passages})


class Case(NamedTuple):
    name: str
    said: Sequence[str]
    wants: str
    known: str
    values: Mapping[str, str] = MappingProxyType({})
    heard: Heard | None = None
    before: Sequence[Said] = ()
    kind: Kind = Kind.TEXT
    late: timedelta = timedelta(0)
    restored: bool = False


CASES = (
    Case("nothing is written of it", ["Do you ship to Nepal?"], "Do you ship to Nepal?", "nothing",
         heard=looked("nothing_found")),
    Case("not sure enough", ["hi", "do you ship to Nepal"], "do you ship to Nepal", "unsure",
         {"source": "Delivery.pdf"}, looked("not_sure", "Delivery.pdf", "Prices.csv")),
    Case("the last question of several", ["What is paneer? How much is 1 kg? My wife loves it."],
         "How much is 1 kg?", "several", {"source": "Prices.csv"}, looked("too_many", "Prices.csv")),
    Case("a question without a mark", ["I paid Rs. 500 yesterday. price of 2 kg ghee"], "price of 2 kg ghee",
         "long", {"source": "Prices.csv"}, looked("too_long", "Prices.csv")),
    Case("a complaint as it was written", ["My order 1234 did not come.\nThis is the third time!"],
         "My order 1234 did not come. This is the third time!", "nothing", heard=looked("nothing_found")),
    Case("the verifier refused", ["क्या आप रविवार को खुले हैं?"], "क्या आप रविवार को खुले हैं?", "unverified",
         {"source": "Hours.txt"}, looked("unverified: time 9", "Hours.txt")),
    Case("the records were late", ["How much is ghee?"], "How much is ghee?", "busy",
         heard=Heard(says=False, reason="late")),
    Case("asked for a person, and before that for paneer", ["I want to talk to a human"],
         "Do you have paneer?", "rule", {"name": "Talk to a person"},
         before=[Said(False, "A person will answer.", ()), WANTS_PANEER]),
    Case("asked for a person, and for nothing else", ["talk to a human"], "talk to a human", "rule",
         {"name": "Talk to a person"}),
    Case("asked for a person with a question", ["Talk to a human. Where is my milk?"], "Where is my milk?",
         "rule", {"name": "Talk to a person"}, before=[WANTS_PANEER]),
    Case("a picture after a question", [""], "Do you have paneer?", "file", {"kind": "image"},
         before=[WANTS_PANEER], kind=Kind.IMAGE),
    Case("a picture and nothing else", [""], "", "file", {"kind": "image"}, kind=Kind.IMAGE),
    Case("a place on the map", [""], "", "file", {"kind": "location"}, kind=Kind.LOCATION),
    Case("only opened the chat", [""], "", "wordless", {"kind": "opened"}, kind=Kind.OPENED),
    Case("hours old", ["Are you open?"], "Are you open?", "late", late=timedelta(hours=2)),
    Case("written before a restore", ["Are you open?"], "Are you open?", "restored", restored=True),
    Case("a long story", ["I " + "really " * 60 + "need milk"], "I " + "really " * 22 + "rea…", "nothing",
         heard=looked("nothing_found")),
)  # fmt: skip


def situation(case: Case, rules: Sequence[Rule]) -> Situation:
    messages = tuple(
        BurstMessage(MessageId(new_id()), None, case.kind, text, NOW - case.late, NOW, (), "c")
        for text in case.said
    )
    ids = ConversationId(new_id()), ChannelId(new_id()), ContactId(new_id())
    burst = Burst(*ids, Mode.AI, 1, 1, False, messages)
    restored = NOW if case.restored else None
    zone = "Asia/Kolkata"
    return Situation(
        burst, rules, "Dairy", Language.ENGLISH, None, zone, restored_at=restored, heard=case.heard
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_person_is_told(case: Case) -> None:
    asked = situation(case, () if case.kind is Kind.OPENED else RULES)
    decision, _ = decide(asked)
    assert decision.act is Act.HANDOFF
    told = summarised(asked, decision, case.before)
    assert (told.wants, told.known, dict(told.values)) == (case.wants, case.known, dict(case.values))
    assert len(told.wants) <= LONGEST
