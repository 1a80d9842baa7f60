"""The outbound queue for the rooms above: put in, take back, ask what is under way, settle unknowns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from samvad.channels.repository import facts, outbound, polls, unanswered
from samvad.channels.rules import Reaction, outages, reaction
from samvad.channels.rules.claims import BY_STATUS
from samvad.channels.types import QueuedMessage, SendOutcome, SendResult
from samvad.kernel.ids import TenantId
from samvad.platform.db import Scope, SystemScope


class OutcomeSink(Protocol):
    """Writes outcomes on the messages themselves; the room of conversations implements it."""

    async def record(self, scope: Scope, outcomes: Sequence[SendOutcome]) -> None: ...


async def enqueue(scope: Scope, rows: Sequence[QueuedMessage], *, at: datetime) -> None:
    """In the transaction that made the messages. The sender is told after the commit, by Topic.OUTBOUND."""
    if rows:
        await outbound.enqueue(scope, rows, at=at)


async def withdraw_automatic(scope: Scope, conversation: UUID) -> list[UUID]:
    """Ids of the automatic messages that were still queued and will not leave."""
    return await outbound.withdraw_automatic(scope, conversation)


async def withdraw(scope: Scope, ids: Sequence[UUID]) -> set[UUID]:
    """Those of these messages that were still queued and will not leave."""
    return await outbound.withdraw(scope, ids) if ids else set()


async def refused(scope: Scope, ids: Sequence[UUID]) -> set[UUID]:
    """Those of these messages that the gate has refused, whether or not that is written on them yet."""
    return await outbound.refused(scope, ids) if ids else set()


async def withdraw_replies(scope: Scope, conversations: Sequence[UUID]) -> list[UUID]:
    """The same for several conversations, sparing consent confirmations."""
    return await outbound.withdraw_replies(scope, conversations)


async def under_way(scope: Scope, ids: Sequence[UUID]) -> set[UUID]:
    """Those of these messages whose provider call has begun and not been answered."""
    return await unanswered.under_way(scope, ids) if ids else set()


async def in_flight(scope: Scope, conversation: UUID) -> list[UUID]:
    """Ids of the automatic messages whose provider call may be under way. Ask after `withdraw_automatic`."""
    return await outbound.in_flight(scope, conversation)


async def unfinished(scope: Scope, conversations: Sequence[UUID]) -> set[UUID]:
    """Those of the conversations of which a send is under way or unknown."""
    return await outbound.unfinished(scope, conversations) if conversations else set()


async def states(scope: Scope, conversations: Sequence[UUID]) -> set[str]:
    """Of the rows of these conversations, which stay as they are until this transaction ends."""
    return await outbound.lock_states(scope, conversations)


async def give(scope: Scope, conversations: Sequence[UUID], *, to: UUID) -> None:
    """They are another contact's now, whose consent counts."""
    await outbound.give(scope, conversations, to=to)


async def move(scope: Scope, source: UUID, target: UUID, *, contact: UUID, after: int, epoch: int) -> int:
    """What waits in `source` to be sent waits in `target`, in its order, after place `after`. How many."""
    return await outbound.move(scope, source, target, contact=contact, after=after, epoch=epoch)


async def move_some(scope: Scope, ids: Sequence[UUID], target: UUID) -> None:
    """These messages wait in `target` instead; automatic ones have not its epoch and stay unsent."""
    if ids:
        await outbound.move_some(scope, ids, target)


async def settle(scope: Scope, outcomes: Sequence[SendOutcome]) -> None:
    """Moves the rows on: gone, queued again, or unknown."""
    retries = [o for o in outcomes if o.result is SendResult.RETRY]
    unknown = [o.id for o in outcomes if o.result is SendResult.UNKNOWN]
    over = [o.id for o in outcomes if o.result not in (SendResult.RETRY, SendResult.UNKNOWN)]
    if over:
        await outbound.forget(scope, over)
    if retries:
        await outbound.requeue(
            scope,
            [o.id for o in retries],
            [o.run_at or o.at for o in retries],
            [o.counted for o in retries],
        )
    if unknown:
        await outbound.mark_unknown(scope, unknown, at=outcomes[0].at)
        lost = sorted({o.channel for o in outcomes if o.result is SendResult.UNKNOWN})
        await polls.hasten(scope, lost, by=outcomes[0].at + BY_STATUS)


async def hold_interrupted(scope: Scope, *, at: datetime, most: int) -> list[SendOutcome]:
    """After a restore nothing that the backup still had to send may leave: what waited is held back, what was
    under way has an unknown outcome. The caller records these outcomes on the messages, and asks until there
    are none."""
    outcomes = [
        SendOutcome(
            tenant=scope.tenant,
            id=row,
            conversation=conversation,
            channel=channel,
            result=SendResult.UNKNOWN if begun else SendResult.REFUSED,
            at=at,
            reason="sender_died" if begun else "restored",
        )
        for row, conversation, channel, begun in await outbound.interrupted(scope, most=most)
    ]
    await settle(scope, outcomes)
    return outcomes


async def settled_by_evidence(scope: Scope, ids: Sequence[UUID]) -> list[UUID]:
    """A status or echo proved that these were sent: nothing is left to do for them. A row under way stays its
    sender's until the outcome is written.

    Conversations about which people were told, and need not be any more.
    """
    return sorted(await outbound.settle(scope, ids)) if ids else []


async def note_failure(scope: Scope, channel: UUID, *, at: datetime) -> None:
    """A send that failed as if the provider were down; several in a row mean that it is."""
    await facts.note_failure(
        scope, channel, at=at, most=outages.FAILURES, shortest=outages.SHORTEST, longest=outages.LONGEST
    )


async def note_answers(scope: Scope, channels: Sequence[UUID]) -> None:
    """Their provider takes messages: the queues of these numbers flow again."""
    await facts.note_answers(scope, channels)


async def stop_channel(scope: Scope, channel: UUID, *, reason: str) -> bool:
    """Nothing leaves any more, the queue is kept. Whether it was running until now."""
    return await facts.set_status(scope, channel, status="stopped", reason=reason)


def asked_by(failure: str) -> Reaction:
    """What a failure with this code asks for: stop, pause, alert."""
    return reaction(failure)


async def unknown_since(scope: SystemScope, *, before: datetime) -> list[TenantId]:
    """Tenants with sends whose outcome has been unknown since before then, and nobody was told."""
    return await outbound.unknown_since(scope, before=before)


async def tell_unknown(scope: Scope, *, before: datetime, at: datetime) -> list[UUID]:
    """Conversations with such sends, each send once: the caller tells people in this transaction."""
    return sorted(await outbound.tell_unknown(scope, before=before, at=at))
