"""Messages that a provider took and then refused because it was too busy: sent again, by the same queue.

Only where the provider's word says that it surely did not deliver, while the message still means something,
and as often as the failure's reaction allows. Each attempt has an id of the provider's own; the message keeps
those that are over, so that a status that comes twice, or late, neither repeats an attempt nor ends the next.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.service import outbox
from samvad.channels.types import Purpose, QueuedMessage
from samvad.conversations.repository import conversations, resends
from samvad.conversations.repository.messages import Messages
from samvad.conversations.repository.progress import Step
from samvad.conversations.repository.resends import Refused
from samvad.conversations.rules import MADE_BY_CONSENT, STALE
from samvad.conversations.service import outgoing, unknowns
from samvad.conversations.service.agents import recipients
from samvad.conversations.types import Conversation, MessageStatus, Mode, TraceStage
from samvad.platform.db import Scope


async def send_again(
    scope: Scope, steps: Sequence[Step], *, at: datetime, known: Mapping[UUID, Conversation]
) -> set[UUID]:
    """Ids of the messages that wait for another attempt instead of having failed. `known`: see
    `conversations.lock`."""
    asked = {s.id: s for s in steps if asks(s)}
    if not asked:
        return set()
    attempts = {id_: step.external_id or "" for id_, step in asked.items()}
    talks = await resends.conversations_of(scope, attempts)
    locked = await conversations.lock(scope, talks, known=known)
    found = [one for one in await resends.refused(scope, attempts) if one.conversation in locked]
    waits = {one.id: _wait(one, asked[one.id], locked[one.conversation], at) for one in found}
    again = [one for one in found if waits[one.id] is not None]
    if not again:
        return set()
    await unknowns.settle(scope, [one.id for one in again], at=at)  # nothing may stand in its place
    for one in again:
        wait = timedelta(seconds=waits[one.id] or 0)
        told = TraceStage("send", "sent again", 0, {"attempt": one.resent + 2, "in_s": wait.total_seconds()})
        await resends.begin_anew(scope, one.id, attempts[one.id], [*asked[one.id].trace, told])
    await _queue(scope, again, locked, {one.id: at + timedelta(seconds=waits[one.id] or 0) for one in again})
    await conversations.save(scope, [locked[one.conversation] for one in again], at=at)
    return {one.id for one in again}


async def of_earlier_attempts(scope: Scope, told: Sequence[tuple[UUID, str]]) -> set[UUID]:
    """Of these messages and ids of the provider those that are known and have nothing more to say."""
    return await resends.over(scope, told) if told else set()


def asks(step: Step) -> bool:
    """Whether it ends an attempt that may be made again."""
    failed = step.status is MessageStatus.FAILED and bool(step.external_id)
    return failed and outbox.asked_by(step.reason or "").resend is not None


def _wait(one: Refused, step: Step, talk: Conversation, at: datetime) -> float | None:
    """Seconds; None: it has failed."""
    backoff = outbox.asked_by(step.reason or "").resend
    if backoff is None or at - one.created_at > STALE:
        return None
    if one.automatic and (one.since or _spoken(talk, one.created_at)):
        return None  # a person decides now, or something newer is to be answered
    return backoff.wait(one.resent + 1, jitter=0)  # the number's own limit spreads them


def _spoken(talk: Conversation, since: datetime) -> bool:
    """By the customer, or by one of us."""
    return any(at is not None and at > since for at in (talk.last_inbound_at, talk.human_word_at))


async def _queue(
    scope: Scope, again: Sequence[Refused], locked: dict[UUID, Conversation], due: dict[UUID, datetime]
) -> None:
    to = await recipients(scope, [one.conversation for one in again])
    for message in await Messages(scope).some([one.id for one in again]):
        one = next(one for one in again if one.id == message.id)
        talk = locked[one.conversation]
        talk.out_seq += 1
        row = QueuedMessage(
            channel=talk.channel,
            conversation=talk.id,
            contact=talk.contact,
            seq=talk.out_seq,
            purpose=_purpose(one, talk),
            epoch=talk.epoch,
            starts_reply=False,
            message=outgoing.outbound(message, to.get(talk.id, [])),
            correlation=str(message.id),
        )
        await outbox.enqueue(scope, [row], at=due[message.id])


def _purpose(one: Refused, talk: Conversation) -> Purpose:
    """As it was: nobody has changed the mode since."""
    if not one.automatic:
        return Purpose.AGENT
    if one.first == MADE_BY_CONSENT:
        return Purpose.CONSENT
    return Purpose.HANDOFF if talk.mode is Mode.HUMAN else Purpose.REPLY
