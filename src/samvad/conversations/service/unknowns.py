"""Messages of which nobody knows whether they arrived: a person is called, and dismissed by evidence."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.channels.service import outbox
from samvad.conversations.repository import conversations
from samvad.conversations.service.announce import announce
from samvad.platform.db import Scope

NAME = "outcome_unknown"  # the reason in the inbox


async def call_people(scope: Scope, *, before: datetime, at: datetime) -> None:
    """Once for each send of this tenant that has been unknown since `before`."""
    told = await outbox.tell_unknown(scope, before=before, at=at)
    locked = await conversations.lock(scope, told)
    for conversation in locked.values():
        conversation.call_person(conversation.needs_person_reason or NAME)
    await conversations.save(scope, list(locked.values()), at=at)
    await announce(scope, at=at, conversations=list(locked))


async def settle(scope: Scope, messages: Sequence[UUID], *, at: datetime) -> None:
    """A status or echo proved that these were sent: nobody has to look at them any more."""
    settled = await outbox.settled_by_evidence(scope, messages)
    locked = await conversations.lock(scope, settled) if settled else {}
    calmed = [c for c in locked.values() if c.needs_person_reason == NAME]
    for conversation in calmed:
        conversation.needs_person_reason = None
    await conversations.save(scope, calmed, at=at)
    await announce(scope, at=at, conversations=[c.id for c in calmed])
