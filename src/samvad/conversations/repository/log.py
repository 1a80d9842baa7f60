"""The log of messages: newest first by keyset, each filter along an index of its own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.channels.types.numbers import UNTIL_ACCEPTED
from samvad.conversations.types import IdentityView, MessageStatus
from samvad.conversations.types.log import Hold, LogFilter, LogLine
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

# Every message belongs to one of a few numbers: the newest of each, then the newest of those.
_OF_ALL_NUMBERS = """
SELECT m.id, m.created_at FROM channels n CROSS JOIN LATERAL (
  SELECT m.id, m.created_at FROM messages m
  WHERE m.channel_id = n.id AND {conditions} {order} LIMIT {limit}) m
WHERE n.tenant_id = $1 {order} LIMIT {limit}
"""
_OF_MESSAGES = "SELECT m.id, m.created_at FROM messages m WHERE {conditions} {order} LIMIT {limit}"
_OF_DRIVER = """
SELECT m.id, m.created_at FROM outbound o JOIN messages m ON m.tenant_id = $1 AND m.id = o.id
WHERE o.tenant_id = $1 AND {driver} AND {conditions} {order} LIMIT {limit}
"""

_LINES = """
WITH page AS MATERIALIZED ({page})
SELECT m.id, m.conversation_id, m.channel_id, m.direction, m.author, m.kind, left(m.text, {longest}) AS text,
  CASE WHEN m.status = 'queued' AND o.state IN ('sending', 'unknown') THEN o.state
    ELSE m.status END AS status,
  m.reason, m.detail, m.provider_code, m.created_at, m.sent_at, m.delivered_at, m.read_at, m.failed_at,
  o.run_at, o.queued_at, greatest(f.paused_until, f.probe_at,
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
ORDER BY page.created_at DESC, page.id DESC
"""


async def newest(
    scope: ReadScope,
    wanted: LogFilter,
    *,
    now: datetime,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[LogLine]:
    values: list[object] = [scope.tenant]
    page = _page(wanted, values, before, limit)
    rows = await scope.db.fetch(_LINES.format(page=page, longest=_LONGEST), *values)
    return [_line(row, now) for row in rows]


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
        ("m.trouble = {}" if wanted.state in _TROUBLE else "m.status = {}", _stored(wanted.state)),
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


def _stored(state: MessageStatus | None) -> MessageStatus | None:
    """What the message itself says; of those on their way the driver row knows more."""
    return None if state in _DRIVER else state


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
    )


def _hold(row: asyncpg.Record, now: datetime) -> Hold | None:
    if row["number_status"] not in (None, "active"):
        return Hold.STOPPED
    if row["down_since"]:
        return Hold.DOWN
    if row["paused_until"] and row["paused_until"] >= UNTIL_ACCEPTED:
        return Hold.CONSENTS
    return Hold.PAUSED if row["paused_until"] and row["paused_until"] > now else None
