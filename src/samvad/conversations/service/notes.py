"""Private notes, and the colleagues whom they call in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.channels.types import Kind
from samvad.conversations.repository import conversations, messages
from samvad.conversations.repository import mentions as repository
from samvad.conversations.repository.messages import Messages
from samvad.conversations.service import outgoing
from samvad.conversations.service.agents import earlier, lock_one
from samvad.conversations.service.announce import announce
from samvad.conversations.service.wordings import Wording
from samvad.conversations.types import Author, Message, MessageStatus, NewMessage
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.ids import MessageId, new_id
from samvad.kernel.json import JsonObject
from samvad.platform.db import Scope
from samvad.tenancy.rules import PERMISSIONS
from samvad.tenancy.service import members as team
from samvad.tenancy.types import Permission


async def note(
    scope: Scope,
    conversation: UUID,
    text: str,
    *,
    client_id: str,
    at: datetime,
    mentions: Sequence[UUID] = (),
) -> Message:
    """A private note: in the timeline of the team, never in any queue. Raises NotFound, Invalid where
    somebody mentioned may not read it, ClientIdReused."""
    locked = await lock_one(scope, conversation)
    content = await _mentioning(scope, mentions)
    known = await earlier(scope, locked, client_id, Wording(Kind.TEXT, text, content), private=True)
    if known:
        return known
    row = NewMessage(
        id=MessageId(new_id()),
        conversation=locked.id,
        channel=locked.channel,
        direction="out",
        author=Author.AGENT,
        kind=Kind.TEXT,
        text=text,
        status=MessageStatus.SENT,
        sort_at=outgoing.next_sort(locked, at),
        created_at=at,
        client_id=client_id,
        member=scope.actor.member,
        private=True,
        content=content,
    )
    await messages.insert(scope, [row])
    await repository.add(scope, locked.id, row.id, mentions, at=at)
    await conversations.save(scope, [locked], at=at)
    await announce(scope, at=at, created=[row.id], conversations=[locked.id])
    return (await Messages(scope).some([row.id]))[0]


async def _mentioning(scope: Scope, mentions: Sequence[UUID]) -> JsonObject | None:
    if not mentions:
        return None
    found = await team.some(scope, mentions)
    may = [m for m in found if not m.disabled_at and Permission.INBOX_READ in PERMISSIONS[m.role]]
    if len(may) < len(mentions):
        raise Invalid(
            errors=[FieldError("mentions", "one of them cannot read conversations, or is not there")]
        )
    return {"mentions": [{"id": str(one.id), "name": one.name or one.email} for one in may]}


async def see_mentions(scope: Scope, conversation: UUID, *, at: datetime) -> None:
    """The caller has it open. Raises NotFound; of nobody, as of a key, nothing is to be seen."""
    locked = await lock_one(scope, conversation)
    member = scope.actor.member
    if member and await repository.see(scope, locked.id, member, at=at):
        await announce(scope, at=at, conversations=[locked.id])
