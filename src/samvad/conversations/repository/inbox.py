"""The inbox: conversations with their contact, newest first, by keyset."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.conversations.repository import mentions
from samvad.conversations.types import ACTIVE, ConversationView, IdentityView, MemberView, Mode, State
from samvad.conversations.types.inbox import BLANK, Counts
from samvad.conversations.types.labels import Colour, Label
from samvad.conversations.types.mentions import Mentioned
from samvad.conversations.types.priorities import RANKED, Priority
from samvad.platform.db import ReadScope

_VIEW = """
SELECT c.id, c.channel_id, c.contact_id, c.mode, c.epoch, c.status, c.unread, c.needs_person_reason,
  c.summary, c.preview, c.last_message_at, c.assignee_id, c.created_at, p.name, p.opted_out_at,
  s.window_until, f.has_window, n.provider, c.snoozed_until, c.resolved_by, c.priority,
  a.name AS assignee_name,
  coalesce((SELECT array_agg(i.kind || ':' || i.value ORDER BY i.kind, i.value) FROM identities i
    WHERE i.tenant_id = $1 AND i.contact_id = c.contact_id), '{}') AS identities,
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name, 'colour', l.colour)
      ORDER BY lower(l.name), l.id)
    FROM conversation_labels w JOIN labels l ON l.tenant_id = $1 AND l.id = w.label_id
    WHERE w.tenant_id = $1 AND w.conversation_id = c.id), '[]') AS labels,
  coalesce((SELECT jsonb_agg(jsonb_build_object('member', t.member_id, 'seen', t.seen) ORDER BY t.member_id)
    FROM (SELECT member_id, bool_and(seen_at IS NOT NULL) AS seen FROM mentions
      WHERE tenant_id = $1 AND conversation_id = c.id GROUP BY member_id) t), '[]') AS mentions
FROM conversations c
JOIN contacts p ON p.tenant_id = $1 AND p.id = c.contact_id
JOIN send_facts s ON s.tenant_id = $1 AND s.conversation_id = c.id
JOIN channel_send_facts f ON f.tenant_id = $1 AND f.channel_id = c.channel_id
LEFT JOIN channels n ON n.tenant_id = $1 AND n.id = c.channel_id
LEFT JOIN members a ON a.tenant_id = $1 AND a.id = c.assignee_id
WHERE c.tenant_id = $1 AND c.merged_into IS NULL
"""

# Which of two ways to the conversations of a label is short depends on how many bear it, which a plan for all
# labels cannot know. So it is asked first, and neither way leaves the planner a choice of a page.
_FEW = 2_000  # are sorted; of more the newest are looked through
_COUNTABLE = 20_000
_BEARING = """
SELECT count(*) FROM (SELECT FROM conversation_labels WHERE tenant_id = $1 AND label_id = $2 LIMIT $3) w
"""
_BORNE_BY_FEW = """
FROM (SELECT conversation_id FROM conversation_labels WHERE tenant_id = $1 AND label_id = $2) w
CROSS JOIN LATERAL (
  SELECT id, channel_id, contact_id, mode, status, unread, needs_person_reason, last_message_at, last_sort_at,
    assignee_id, merged_into, priority
  FROM conversations WHERE tenant_id = $1 AND id = w.conversation_id OFFSET 0) c
WHERE c.merged_into IS NULL
"""
_ALL = "FROM conversations c WHERE c.tenant_id = $1 AND c.merged_into IS NULL"
_BORNE_BY_MANY = f"""
{_ALL} AND (SELECT true FROM conversation_labels w
  WHERE w.tenant_id = $1 AND w.conversation_id = c.id AND w.label_id = $2)
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: people by their names, conversations by their words. Either is enough."""

    contacts: Sequence[UUID]
    conversations: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Filter:
    """All conditions hold together; None and empty mean any."""

    mode: Mode | None = None
    states: frozenset[State] = frozenset()
    channel: UUID | None = None
    assignee: UUID | None = None
    unassigned: bool = False
    waiting: bool = False
    escalated: bool | None = None
    label: UUID | None = None
    priority: Priority | None = None
    contacts: Sequence[UUID] | None = None
    among: Sequence[UUID] | None = None  # conversations
    found: Found | None = None


def _view(row: asyncpg.Record) -> ConversationView:
    pairs = (text.split(":", 1) for text in row["identities"])
    return ConversationView(
        id=row["id"],
        channel=row["channel_id"],
        contact=row["contact_id"],
        contact_name=row["name"],
        identities=tuple(IdentityView(kind, value) for kind, value in pairs),
        opted_out=row["opted_out_at"] is not None,
        mode=Mode(row["mode"]),
        epoch=row["epoch"],
        state=State(row["status"]),
        unread=row["unread"],
        needs_person_reason=row["needs_person_reason"],
        summary=row["summary"] if row["needs_person_reason"] else None,
        preview=row["preview"],
        last_message_at=row["last_message_at"],
        assignee=row["assignee_id"] and MemberView(row["assignee_id"], row["assignee_name"] or ""),
        labels=tuple(Label(UUID(x["id"]), x["name"], Colour(x["colour"])) for x in row["labels"]),
        priority=RANKED[row["priority"]],
        mentions=tuple(Mentioned(UUID(x["member"]), x["seen"]) for x in row["mentions"]),
        snoozed_until=row["snoozed_until"],
        resolved_by=row["resolved_by"],
        window_until=row["window_until"],
        has_window=row["has_window"],
        provider=row["provider"],
        created_at=row["created_at"],
    )


async def some(scope: ReadScope, ids: Sequence[UUID]) -> list[ConversationView]:
    rows = await scope.db.fetch(f"{_VIEW} AND c.id = ANY($2)", scope.tenant, ids)
    return [_view(row) for row in rows]


Place = tuple[datetime, UUID]  # of a row: the time of its newest message, and its id


async def newest(
    scope: ReadScope, wanted: Filter, *, before: Place | None, limit: int
) -> list[ConversationView]:
    return await _sorted(scope, wanted, _Order(None, before), limit=limit)


@dataclass(frozen=True, slots=True)
class _Order:
    """Newest first; with a rank the more urgent before, and the last row seen is of this one."""

    rank: int | None
    before: Place | None


async def _sorted(scope: ReadScope, wanted: Filter, order: _Order, *, limit: int) -> list[ConversationView]:
    if wanted.label:
        ids = await _labelled(scope, wanted, wanted.label, order, limit=limit)
        found: dict[UUID, ConversationView] = {view.id: view for view in await some(scope, ids)}
        return [found[id] for id in ids if id in found]
    values: list[object] = [scope.tenant]
    page = _page(wanted, values, order, limit=limit)
    return [_view(row) for row in await scope.db.fetch(f"{_VIEW}{page}", *values)]


async def _labelled(
    scope: ReadScope, wanted: Filter, label: UUID, order: _Order, *, limit: int
) -> list[UUID]:
    source = _BORNE_BY_FEW if await _borne_by(scope, label, _FEW) else _BORNE_BY_MANY
    values: list[object] = [scope.tenant, label]
    page = _page(replace(wanted, label=None), values, order, limit=limit)
    return [row["id"] for row in await scope.db.fetch(f"SELECT c.id {source}{page}", *values)]


async def _borne_by(scope: ReadScope, label: UUID, most: int) -> bool:
    """Whether so many conversations bear it, or fewer."""
    bearing: int = await scope.db.fetchval(_BEARING, scope.tenant, label, most + 1)
    return bearing <= most


def _page(wanted: Filter, values: list[object], order: _Order, *, limit: int) -> str:
    conditions = _conditions(wanted, values)
    first = "c.priority, " if order.rank is not None else ""
    if order.before:
        place = (*([order.rank] if first else []), *order.before)
        marks = ", ".join(f"${len(values) + n}" for n in range(1, len(place) + 1))
        values += place
        conditions += f" AND ({first}c.last_message_at, c.id) < ({marks}::uuid)"
    values.append(limit)
    sort = f"{'c.priority DESC, ' if first else ''}c.last_message_at DESC, c.id DESC"
    return f"{conditions} ORDER BY {sort} LIMIT ${len(values)}"


async def escalated_first(
    scope: ReadScope, wanted: Filter, *, after: tuple[int, Place] | None, limit: int
) -> list[ConversationView]:
    """Those that need a person, the most urgent first, then the others, each newest first; `after` says where
    its row stands: 0 among the others, else one more than the rank of its priority."""
    standing, before = after or (1 + len(RANKED), None)
    rows: list[ConversationView] = []
    if standing:
        order = _Order(standing - 1, before)
        rows = await _sorted(scope, replace(wanted, escalated=True), order, limit=limit)
        before = None
    if len(rows) < limit:
        others = replace(wanted, escalated=False)
        rows += await newest(scope, others, before=before, limit=limit - len(rows))
    return rows


def _conditions(wanted: Filter, values: list[object]) -> str:
    """As SQL; appends to `values` what its parameters stand for."""

    def given(value: object) -> str:
        values.append(value)
        return f"${len(values)}"

    said = _spelled_out(wanted)
    if wanted.mode:
        said.append(f"c.mode = {given(wanted.mode)}")
    if wanted.channel:
        said.append(f"c.channel_id = {given(wanted.channel)}")
    if wanted.assignee:
        said.append(f"c.assignee_id = {given(wanted.assignee)}")
    if wanted.label:
        said.append(
            "EXISTS (SELECT FROM conversation_labels w WHERE w.tenant_id = $1"
            f" AND w.conversation_id = c.id AND w.label_id = {given(wanted.label)})"
        )
    if wanted.contacts is not None:
        said.append(f"c.contact_id = ANY({given(wanted.contacts)})")
    if wanted.among is not None:
        said.append(f"c.id = ANY({given(wanted.among)})")
    if wanted.found:
        people, talks = given(wanted.found.contacts), given(wanted.found.conversations)
        said.append(f"(c.contact_id = ANY({people}) OR c.id = ANY({talks}))")
    return "".join(f" AND {condition}" for condition in said)


def _spelled_out(wanted: Filter) -> list[str]:
    """What takes no parameters, so that the planner sees which partial index holds it."""
    said = []
    if wanted.contacts is None and wanted.found is None:  # who looks for somebody finds also what is blank
        said.append(f"c.last_sort_at > '{BLANK.isoformat()}'")
    if wanted.states:
        said.append(f"c.status IN ({', '.join(sorted(repr(s.value) for s in wanted.states))})")
    if wanted.unassigned:
        said.append("c.assignee_id IS NULL")
    if wanted.waiting:
        said.append("(c.needs_person_reason IS NOT NULL OR (c.mode = 'human' AND c.unread > 0))")
    if wanted.priority:
        said.append(f"c.priority = {wanted.priority.rank}")
    if wanted.escalated is not None:
        said.append(f"c.needs_person_reason IS {'NOT ' if wanted.escalated else ''}NULL")
    return said


async def counts(
    scope: ReadScope,
    states: frozenset[State],
    *,
    member: UUID | None,
    label: UUID | None,
    priority: Priority | None = None,
    most: int,
) -> Counts:
    """Of each tab, never more than `most`: nobody reads the difference between 1,000 and 90,000.

    Those that wait for a person are counted whatever label or priority is asked for."""
    asked = Filter(states=states, label=label, priority=priority)
    tabs = (
        replace(asked, assignee=member),
        replace(asked, unassigned=True),
        replace(asked, mode=Mode.AI),
        asked,
        Filter(states=ACTIVE, waiting=True),
    )
    if label and await _borne_by(scope, label, _COUNTABLE):
        *labelled, waits = tabs
        tallies = await _tallied(scope, [replace(tab, label=None) for tab in labelled], label)
        found = [min(tally, most) for tally in tallies] + await _counted(scope, [waits], most)
    else:
        found = await _counted(scope, tabs, most)
    mine, unassigned, ai, everything, waiting = found
    unseen = await mentions.count_unseen(scope, member, most=most) if member else 0
    return Counts(mine if member else 0, unassigned, ai, everything, unseen, waiting)


async def _counted(scope: ReadScope, tabs: Sequence[Filter], most: int) -> list[int]:
    values: list[object] = [scope.tenant, most]
    columns = ", ".join(
        f"(SELECT count(*) FROM (SELECT 1 {_ALL}{_conditions(tab, values)} LIMIT $2) t)" for tab in tabs
    )
    return list(await scope.db.fetchrow(f"SELECT {columns}", *values) or ())


async def _tallied(scope: ReadScope, tabs: Sequence[Filter], label: UUID) -> list[int]:
    """Of those that bear the label, in one walk."""
    values: list[object] = [scope.tenant, label]
    columns = ", ".join(f"count(*) FILTER (WHERE true{_conditions(tab, values)})" for tab in tabs)
    return list(await scope.db.fetchrow(f"SELECT {columns} {_BORNE_BY_FEW}", *values) or ())
