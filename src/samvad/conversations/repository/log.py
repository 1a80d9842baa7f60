"""The log of messages: newest first by keyset, each filter along an index of its own.

What changes with every tick, or is worked out, has no index: so many of the newest are looked through, and
the next page goes on from there.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.channels.types.numbers import UNTIL_ACCEPTED
from samvad.conversations.types import IdentityView, MessageStatus
from samvad.conversations.types.log import Action, Hold, LogFilter, LogFound, LogLine
from samvad.kernel.ids import ContactId, ConversationId, MessageId
from samvad.platform.db import ReadScope

_LONGEST = 300  # characters of a message's words in a line

_TROUBLE = frozenset(
    {MessageStatus.FAILED, MessageStatus.UNKNOWN, MessageStatus.HELD, MessageStatus.SKIPPED}
)  # the column `trouble` holds these alone, so that ticks of other messages move no index
_DRIVER = {
    MessageStatus.QUEUED: "o.state IN ('queued', 'refused')",
    MessageStatus.SENDING: "o.state = 'sending'",
}

_ORDER = "ORDER BY m.created_at DESC, m.id DESC"

_AT_ONCE, _ACTIONS_AT_ONCE = 5_000, 500  # of each number, or of what else is searched

# Every message belongs to one of a few numbers: the newest of each, then the newest of those.
_OF_ALL_NUMBERS = """
SELECT m.id, m.created_at, m.status FROM channels n CROSS JOIN LATERAL (
  SELECT m.id, m.created_at, m.status FROM messages m
  WHERE m.channel_id = n.id AND {conditions} {order} LIMIT {limit}) m
WHERE n.tenant_id = $1 {order} LIMIT {limit}
"""
_OF_MESSAGES = "SELECT m.id, m.created_at, m.status FROM messages m WHERE {conditions} {order} LIMIT {limit}"
_OF_DRIVER = """
SELECT m.id, m.created_at, m.status FROM outbound o JOIN messages m ON m.tenant_id = $1 AND m.id = o.id
WHERE o.tenant_id = $1 AND {driver} AND {conditions} {order} LIMIT {limit}
"""

# What came of a customer's message, by its own trace and by what was said next.
_NEXT = """LEFT JOIN LATERAL (
  SELECT a.author, a.source, a.status FROM messages a
  WHERE a.tenant_id = $1 AND a.conversation_id = m.conversation_id AND m.direction = 'in'
    AND a.direction = 'out' AND NOT a.private AND (a.sort_at, a.id) > (m.sort_at, m.id)
  ORDER BY a.sort_at, a.id LIMIT 1) next ON true"""
_ACTION = """CASE
  WHEN m.direction <> 'in' THEN NULL
  WHEN m.trace @> '[{"name": "mode", "verdict": "blocked"}]' THEN 'blocked'
  WHEN m.trace @> '[{"name": "mode", "verdict": "human_mode"}]'
    OR m.trace @> '[{"name": "mode", "verdict": "opted_out"}]' THEN 'queued_for_human'
  WHEN NOT m.trace @> '[{"name": "reply", "verdict": "due"}]' THEN 'stopped'
  WHEN next.author IS NULL AND c.mode = 'ai' THEN
    CASE WHEN m.seq > c.answered_seq THEN 'waiting' ELSE 'stopped' END
  WHEN next.author = 'assistant' AND next.source IS NOT NULL
    AND next.status NOT IN ('skipped', 'held', 'failed') THEN 'ai_replied'
  ELSE 'queued_for_human' END"""

_SCANNED = """
WITH scanned AS MATERIALIZED ({page}), hits AS (
  SELECT s.id, s.created_at FROM scanned s {joins} WHERE {condition}
  ORDER BY s.created_at DESC, s.id DESC LIMIT {limit})
SELECT h.id, h.created_at, n.count, l.created_at AS last_at, l.id AS last_id
FROM (SELECT count(*) FROM scanned) n
LEFT JOIN LATERAL (SELECT created_at, id FROM scanned ORDER BY created_at, id LIMIT 1) l ON true
LEFT JOIN hits h ON true
"""
_BY_STATE = "s.status = {}"
_BY_ACTION = f"{_ACTION} = {{}}"
_WITH_TALKS = f"""JOIN messages m ON m.tenant_id = $1 AND m.id = s.id
JOIN conversations c ON c.tenant_id = $1 AND c.id = m.conversation_id {_NEXT}"""

_LINES = """
WITH page AS MATERIALIZED ({page})
SELECT m.id, m.conversation_id, m.channel_id, m.direction, m.author, m.kind, left(m.text, {longest}) AS text,
  CASE WHEN m.status = 'queued' AND o.state IN ('sending', 'unknown') THEN o.state
    ELSE m.status END AS status,
  m.reason, m.detail, m.provider_code, m.created_at, m.sent_at, m.delivered_at, m.read_at, m.failed_at,
  o.run_at, o.queued_at, {action} AS action, greatest(f.paused_until, f.probe_at,
    CASE WHEN o.priority > 0 OR m.kind = 'template' THEN f.bulk_rests_until END) AS paused_until,
  f.down_since, f.status AS number_status, c.contact_id, p.name AS contact_name,
  (SELECT count(*) FROM jsonb_array_elements(m.trace) s WHERE s ->> 'name' = 'send')
    + coalesce((o.state = 'sending')::int, 0) AS attempts,
  coalesce((SELECT array_agg(i.kind || ':' || i.value ORDER BY i.kind, i.value) FROM identities i
    WHERE i.tenant_id = $1 AND i.contact_id = c.contact_id), '{{}}') AS identities
FROM page JOIN messages m ON m.tenant_id = $1 AND m.id = page.id
JOIN conversations c ON c.tenant_id = $1 AND c.id = m.conversation_id
JOIN contacts p ON p.tenant_id = $1 AND p.id = c.contact_id
LEFT JOIN outbound o ON o.tenant_id = $1 AND o.id = m.id
LEFT JOIN channel_send_facts f ON f.tenant_id = $1 AND f.channel_id = m.channel_id
{next}
ORDER BY page.created_at DESC, page.id DESC
"""


async def newest(
    scope: ReadScope,
    wanted: LogFilter,
    *,
    now: datetime,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> LogFound:
    values: list[object] = [scope.tenant]
    if wanted.action is None and (
        wanted.state is None or wanted.state in _TROUBLE or wanted.state in _DRIVER
    ):
        page = _page(wanted, values, before, limit)
        return LogFound(await _lines(scope, page, values, now))
    at_once = _ACTIONS_AT_ONCE if wanted.action else _AT_ONCE
    direction = wanted.direction or ("in" if wanted.action else None)
    scan = _page(replace(wanted, state=None, action=None, direction=direction), values, before, at_once)
    if wanted.action:
        values.append(wanted.action)
        joins, condition = _WITH_TALKS, _BY_ACTION.replace("{}", f"${len(values)}")
    else:
        values.append(wanted.state)
        joins, condition = "", _BY_STATE.format(f"${len(values)}")
    query = _SCANNED.format(page=scan, joins=joins, condition=condition, limit=limit)
    rows = await scope.db.fetch(query, *values)
    reached = (rows[0]["last_at"], rows[0]["last_id"]) if rows[0]["count"] == at_once else None
    hits = [row["id"] for row in rows if row["id"]]
    page = "SELECT m.id, m.created_at FROM messages m WHERE m.tenant_id = $1 AND m.id = ANY($2)"
    lines = await _lines(scope, page, [scope.tenant, hits], now) if hits else []
    return LogFound(lines, reached)


async def _lines(scope: ReadScope, page: str, values: Sequence[object], now: datetime) -> list[LogLine]:
    query = _LINES.format(page=page, longest=_LONGEST, action=_ACTION, next=_NEXT)
    return [_line(row, now) for row in await scope.db.fetch(query, *values)]


async def talks_with(scope: ReadScope, contacts: Sequence[UUID]) -> list[UUID]:
    rows = await scope.db.fetch(
        "SELECT id FROM conversations WHERE tenant_id = $1 AND contact_id = ANY($2)", scope.tenant, contacts
    )
    return [row["id"] for row in rows]


def _page(wanted: LogFilter, values: list[object], before: tuple[datetime, UUID] | None, limit: int) -> str:
    conditions = _conditions(wanted, values, before)
    shape = {"conditions": conditions, "order": _ORDER, "limit": limit}
    if wanted.state in _DRIVER:
        return _OF_DRIVER.format(driver=_DRIVER[wanted.state], **shape)
    narrow = wanted.channel or wanted.conversations is not None or wanted.reason or wanted.state in _TROUBLE
    return (_OF_MESSAGES if narrow else _OF_ALL_NUMBERS).format(**shape)


def _conditions(wanted: LogFilter, values: list[object], before: tuple[datetime, UUID] | None) -> str:
    """As SQL; appends to `values` what its parameters stand for."""

    def given(value: object) -> str:
        values.append(value)
        return f"${len(values)}"

    said = ["m.tenant_id = $1", "NOT m.private", "m.author <> 'system'"]
    for condition, value in (
        ("m.direction = {}", wanted.direction),
        ("m.trouble = {}", wanted.state if wanted.state in _TROUBLE else None),
        ("m.channel_id = {}", wanted.channel),
        ("m.conversation_id = ANY({})", wanted.conversations),
        ("m.reason = {}", wanted.reason),
        ("m.created_at >= {}", wanted.since),
        ("m.created_at < {}", wanted.until),
    ):
        if value is not None:
            said.append(condition.format(given(value)))
    if before:
        said.append(f"(m.created_at, m.id) < ({given(before[0])}, {given(before[1])}::uuid)")
    return " AND ".join(said)


def _line(row: asyncpg.Record, now: datetime) -> LogLine:
    pairs = (text.split(":", 1) for text in row["identities"])
    outgoing = row["direction"] == "out"
    status = MessageStatus(row["status"])
    return LogLine(
        id=MessageId(row["id"]),
        conversation=ConversationId(row["conversation_id"]),
        channel=row["channel_id"],
        contact=ContactId(row["contact_id"]),
        contact_name=row["contact_name"],
        identities=tuple(IdentityView(kind, value) for kind, value in pairs),
        direction=row["direction"],
        author=row["author"],
        kind=row["kind"],
        text=row["text"],
        status=status,
        reason=row["reason"],
        detail=row["detail"],
        provider_code=row["provider_code"],
        hold=_hold(row, now) if status is MessageStatus.QUEUED else None,
        attempts=row["attempts"],
        created_at=row["created_at"],
        queued_at=(row["queued_at"] or row["created_at"]) if outgoing else None,
        sent_at=row["sent_at"],
        delivered_at=row["delivered_at"],
        read_at=row["read_at"],
        failed_at=row["failed_at"],
        run_at=row["run_at"],
        paused_until=row["paused_until"],
        action=Action(row["action"]) if row["action"] else None,
    )


def _hold(row: asyncpg.Record, now: datetime) -> Hold | None:
    if row["number_status"] not in (None, "active"):
        return Hold.STOPPED
    if row["down_since"]:
        return Hold.DOWN
    if row["paused_until"] and row["paused_until"] >= UNTIL_ACCEPTED:
        return Hold.CONSENTS
    return Hold.PAUSED if row["paused_until"] and row["paused_until"] > now else None
