"""Opting out and in, across rooms: the record, the gate, what waits, and the one confirmation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvad.assistant.service import texts
from samvad.channels.service import consent as gate
from samvad.channels.types import Purpose
from samvad.contacts import service as contacts
from samvad.contacts.rules import Consent
from samvad.contacts.types import ConsentChange, ConsentMethod
from samvad.conversations.service import outgoing, records
from samvad.conversations.service.agents import recipient
from samvad.conversations.types import Author, Conversation, Draft, Source, TraceStage
from samvad.jobs import service as jobs
from samvad.jobs.types import TimerKind
from samvad.kernel.language import Language
from samvad.platform.db import Scope


@dataclass(frozen=True, slots=True)
class Wish:
    """What the contact asked for, and how we know."""

    change: Consent
    method: ConsentMethod
    words: str
    message: UUID | None


@dataclass(frozen=True, slots=True)
class Granted:
    """`changed` False: they were in that state already, and nothing is said again."""

    changed: bool
    messages: Sequence[UUID] = ()
    withdrawn: Sequence[UUID] = ()


async def grant(
    scope: Scope,
    conversation: Conversation,
    wish: Wish,
    *,
    language: Language,
    business: str,
    at: datetime,
    correlation: str,
    confirm: bool = True,
) -> Granted:
    """On a locked conversation; writes it back. The caller announces. `confirm=False`: it may have been
    confirmed already."""
    out = wish.change is Consent.OPT_OUT
    change = ConsentChange(
        contact=conversation.contact,
        change="opt_out" if out else "opt_in",
        method=wish.method,
        words=wish.words,
        message=wish.message,
        at=at,
    )
    conversation.answered_seq = conversation.inbound_seq
    changed = await (contacts.opt_out if out else contacts.opt_in)(scope, change)
    withdrawn: Sequence[UUID] = ()
    if changed and out:
        withdrawn = await _close(scope, conversation)
    elif changed:
        await gate.reopen(scope, conversation.contact)
    said: Sequence[UUID] = ()
    if changed and confirm:
        key = texts.Text.OPTED_OUT_CONFIRMED if out else texts.Text.OPTED_IN_CONFIRMED
        draft = Draft(
            Purpose.CONSENT,
            [texts.text(key, language, business=business)],
            Source.RULE,
            Author.ASSISTANT,
            trace=(TraceStage("consent", change.change, 0, {"method": wish.method.value}),),
        )
        to = await recipient(scope, conversation.id)
        said = await outgoing.say(scope, conversation, draft, to=to, at=at, correlation=correlation)
    await jobs.disarm(scope, TimerKind.REPLY, [conversation.id])
    await records.save(scope, [conversation], at=at)
    return Granted(changed, said, withdrawn)


async def _close(scope: Scope, conversation: Conversation) -> Sequence[UUID]:
    every = await records.of_contact(scope, conversation.contact)
    withdrawn = await gate.close(scope, conversation.contact, every)
    await outgoing.skip(scope, withdrawn, reason="opted_out")
    return withdrawn
