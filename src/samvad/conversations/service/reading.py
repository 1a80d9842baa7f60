"""Lists and single looks at conversations and messages, in the public shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvad.contacts import service as contacts
from samvad.conversations import rules
from samvad.conversations.repository import finding, inbox, mentions, messages
from samvad.conversations.repository.messages import Messages
from samvad.conversations.types import ConversationView, Message, Mode, State, TraceStage
from samvad.conversations.types.inbox import Counts, Hit
from samvad.conversations.types.priorities import RANKED, Priority
from samvad.conversations.views import conversation_view, match_view, message_view
from samvad.kernel.errors import NotFound
from samvad.kernel.json import JsonObject
from samvad.kernel.words import words
from samvad.platform.db import Page, ReadScope
from samvad.platform.db.paging import page_of, pair, ranked

MOST_HITS = 200  # conversations found by the words of their messages; those with the newest first
MOST_MENTIONS = 500  # conversations that mention a member; those with the newest
COUNTED = 1000
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Search:
    """What the inbox is asked for; None means any."""

    mode: Mode | None = None
    states: frozenset[State] = frozenset()
    channel: UUID | None = None
    assignee: UUID | None = None
    unassigned: bool = False
    phone: str | None = None
    label: UUID | None = None
    priority: Priority | None = None
    words: str | None = None
    mentioned: UUID | None = None  # a member
    escalated_first: bool = False


async def list_conversations(
    scope: ReadScope, search: Search, *, cursor: str | None, limit: int, now: datetime
) -> Page[JsonObject]:
    """Newest first; on demand those that need a person before the others. Raises Invalid for a cursor that
    is not ours."""
    asked = words(search.words or "")[:_MOST_WORDS]
    hits = {hit.conversation: hit for hit in await _hits(scope, asked)}
    wanted = inbox.Filter(
        mode=search.mode,
        states=search.states,
        channel=search.channel,
        assignee=search.assignee,
        unassigned=search.unassigned,
        label=search.label,
        priority=search.priority,
        contacts=await contacts.with_phone(scope, search.phone) if search.phone else None,
        among=await mentions.conversations(scope, search.mentioned, most=MOST_MENTIONS)
        if search.mentioned
        else None,
        found=inbox.Found(await contacts.named(scope, search.words), list(hits)) if search.words else None,
    )
    if search.escalated_first:
        rows = await inbox.escalated_first(
            scope, wanted, after=ranked(cursor, most=len(RANKED)), limit=limit + 1
        )
    else:
        rows = await inbox.newest(scope, wanted, before=pair(cursor), limit=limit + 1)

    def shown(view: ConversationView) -> JsonObject:
        hit = hits.get(view.id)
        match = match_view(hit, rules.snippet(hit.text, asked)) if hit else {}
        return conversation_view(view, now=now) | match

    return page_of(rows, limit, _ranked_key if search.escalated_first else _key).map(shown)


async def _hits(scope: ReadScope, asked: Sequence[str]) -> list[Hit]:
    return await finding.newest(scope, asked, most=MOST_HITS) if asked else []


async def count_conversations(
    scope: ReadScope,
    states: frozenset[State],
    *,
    member: UUID | None,
    label: UUID | None = None,
    priority: Priority | None = None,
) -> Counts:
    """Of each tab of the inbox, up to COUNTED."""
    return await inbox.counts(scope, states, member=member, label=label, priority=priority, most=COUNTED)


def _key(view: ConversationView) -> tuple[str, str]:
    return view.last_message_at.isoformat(), str(view.id)


def _ranked_key(view: ConversationView) -> tuple[int, str, str]:
    return (1 + view.priority.rank if view.needs_person_reason else 0), *_key(view)


async def get_conversation(scope: ReadScope, conversation: UUID, *, now: datetime) -> JsonObject:
    """Raises NotFound."""
    found = await inbox.some(scope, [conversation])
    if not found:
        raise NotFound
    return conversation_view(found[0], now=now)


async def list_messages(
    scope: ReadScope, conversation: UUID, *, cursor: str | None, limit: int
) -> Page[JsonObject]:
    """Newest first. Raises NotFound, Invalid."""
    if not await inbox.some(scope, [conversation]):
        raise NotFound
    rows = await Messages(scope).newest(conversation, before=pair(cursor), limit=limit + 1)
    return page_of(rows, limit, lambda m: (m.sort_at.isoformat(), str(m.id))).map(message_view)


async def trace_of(scope: ReadScope, message: UUID) -> list[TraceStage]:
    """Raises NotFound."""
    stages = await Messages(scope).trace(message)
    if stages is None:
        raise NotFound
    return stages


async def with_external_id(scope: ReadScope, channel: UUID, external_id: str) -> Message | None:
    """The message that the provider knows by this id."""
    found = await messages.known_external(scope, channel, [external_id])
    return next(iter(await Messages(scope).some(list(found.values()))), None)


def shown(message: Message) -> JsonObject:
    return message_view(message)
