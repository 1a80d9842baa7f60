"""A chat that was opened, as `/start` does: greeted, and answered as ever once something is asked."""

from dataclasses import replace
from uuid import UUID

from samvad.assistant.types import Action, Builtin, Match, Rule
from samvad.channels.types import Kind
from samvad.conversations.types import Burst, BurstMessage, Mode
from samvad.kernel.clock import SystemClock
from samvad.kernel.ids import ChannelId, ContactId, ConversationId, MessageId
from samvad.kernel.language import Language
from samvad.workflows.reply.decide import Act, Situation, decide

_ID = UUID(int=7)
_AT = SystemClock().now()
_GREETING = Rule(
    _ID, "Greeting", Match.PHRASE, ("hello",), Action.REPLY, "Welcome to {business}.", {}, None, 1, True,
    Builtin.GREETING,
)  # fmt: skip


def situation(*said: tuple[Kind, str], rules: tuple[Rule, ...] = (_GREETING,)) -> Situation:
    messages = tuple(BurstMessage(MessageId(_ID), None, kind, text, _AT, _AT, (), "c") for kind, text in said)
    burst = Burst(
        ConversationId(_ID), ChannelId(_ID), ContactId(_ID), Mode.AI, 0, len(said), False, messages
    )  # fmt: skip
    return Situation(burst, rules, "Gokul Dairy", Language.ENGLISH, None, "Asia/Kolkata")


def test_it_is_greeted() -> None:
    decision, trace = decide(situation((Kind.OPENED, "")))
    assert (decision.act, decision.texts) == (Act.REPLY, ("Welcome to Gokul Dairy.",))
    assert trace[-1].name == "opened"


def test_what_is_asked_with_it_is_answered_instead() -> None:
    decision, _ = decide(situation((Kind.OPENED, ""), (Kind.TEXT, "are you open?")))
    assert decision.act is Act.ASK


def test_without_a_greeting_a_person_is_called() -> None:
    other = replace(_GREETING, builtin=None)
    assert decide(situation((Kind.OPENED, ""), rules=(other,)))[0].act is Act.HANDOFF
