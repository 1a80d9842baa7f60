"""Live events of conversations, written in the transaction that changed them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from samvad.conversations.repository import inbox
from samvad.conversations.repository.messages import Messages
from samvad.conversations.types import Conversation, Message
from samvad.conversations.views import conversation_view, message_view
from samvad.platform import events
from samvad.platform.db import Scope
from samvad.platform.events import NewEvent


async def announce(
    scope: Scope,
    *,
    at: datetime,
    created: Iterable[UUID] = (),
    updated: Iterable[UUID] = (),
    moved: Iterable[Message] = (),
    conversations: Iterable[UUID] = (),
    new_conversations: Iterable[UUID] = (),
    extra: Iterable[NewEvent] = (),
) -> None:
    """`created` and `updated` are messages, `moved` those that the caller has just read.

    Events carry what a browser needs to show the change.
    """
    made, changed = set(created), set(updated)
    read = await Messages(scope).some([*made, *(changed - made)]) if made or changed else []
    shown = [*read, *moved]
    found = [
        NewEvent(
            "message.created" if message.id in made else "message.updated",
            {"conversation_id": str(message.conversation), "message": message_view(message)},
        )
        for message in shown
    ]
    fresh = set(new_conversations)
    wanted = [*fresh, *(set(conversations) - fresh)]
    for view in await inbox.some(scope, wanted) if wanted else []:
        name = "conversation.created" if view.id in fresh else "conversation.updated"
        found.append(NewEvent(name, {"conversation": conversation_view(view, now=at)}))
    found.extend(extra)
    if found:
        await events.append(scope, found, at=at)


def mode_event(conversation: Conversation, *, by: str, reason: str) -> NewEvent:
    return NewEvent(
        "conversation.mode",
        {
            "conversation_id": str(conversation.id),
            "mode": conversation.mode.value,
            "epoch": conversation.epoch,
            "by": by,
            "reason": reason,
        },
    )
