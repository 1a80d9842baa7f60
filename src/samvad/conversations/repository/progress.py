"""What happens to a message after it was made: send outcomes, provider statuses, edits, withdrawals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvad.conversations.repository import finding
from samvad.conversations.repository.messages import BARE, COLUMNS, JOIN, message_of, stages_json
from samvad.conversations.types import Message, MessageStatus, TraceStage
from samvad.kernel.json import JsonObject
from samvad.platform.db import ReadScope, Scope

# A status event may have overtaken the send's answer: then the answer only adds the id.
_OUTCOME = f"""
UPDATE messages m SET
  status = CASE WHEN m.status IN ('queued', 'unknown') THEN o.status ELSE m.status END,
  external_id = coalesce(m.external_id, o.external_id),
  bare_id = {BARE.format(id="coalesce(m.external_id, o.external_id)")},
  reason = CASE WHEN m.status IN ('queued', 'unknown') THEN o.reason ELSE m.reason END,
  detail = CASE WHEN m.status IN ('queued', 'unknown') THEN o.detail ELSE m.detail END,
  provider_code = CASE WHEN m.status IN ('queued', 'unknown') THEN o.code ELSE m.provider_code END,
  sent_at = CASE WHEN o.status = 'sent' THEN coalesce(m.sent_at, o.at) ELSE m.sent_at END,
  failed_at = CASE WHEN o.status = 'failed' THEN o.at ELSE m.failed_at END,
  trace = m.trace || o.trace::jsonb
FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[],
  $9::text[]) AS o (id, status, external_id, reason, detail, at, trace, code)
WHERE m.tenant_id = $1 AND m.id = ANY($10) AND m.id = o.id RETURNING m.*
"""

SENT_AGAIN = TraceStage("agent", "sent again")  # from then on it is a person's message

# Ranks as in channels.rules: failed is final only if nothing higher ever comes. What the provider refused for
# its closed window is held, or said by a template, and has failed as far as its news are concerned.
_RANK = """CASE {column} WHEN 'sent' THEN 1 WHEN 'failed' THEN 2 WHEN 'delivered' THEN 3
  WHEN 'read' THEN 4 ELSE 0 END"""
_NEWS = f"CASE WHEN s.status = 'held' THEN 2 ELSE {_RANK.format(column='s.status')} END"
_SO_FAR = f"""CASE WHEN m.status IN ('held', 'skipped') AND m.reason IN ('window_closed', 'sent_as_template')
  THEN 2 ELSE {_RANK.format(column="m.status")} END"""

# Of an attempt that was refused and made again only this counts: that it arrived all the same.
_OVER = """s.status NOT IN ('delivered', 'read') AND s.external_id IS NOT NULL
  AND s.external_id = ANY(m.resent_ids) AND s.external_id IS DISTINCT FROM m.external_id"""

_STATUS = f"""
UPDATE messages m SET
  status = CASE WHEN {_NEWS} > {_SO_FAR}
    THEN s.status ELSE m.status END,
  external_id = coalesce(m.external_id, s.external_id),
  bare_id = {BARE.format(id="coalesce(m.external_id, s.external_id)")},
  reason = CASE WHEN s.status IN ('failed', 'held') AND {_SO_FAR} < 2 THEN s.reason
    WHEN {_NEWS} > 2 OR (s.status = 'sent' AND m.status = 'sent') THEN NULL ELSE m.reason END,
  detail = CASE WHEN s.status IN ('failed', 'held') AND {_SO_FAR} < 2 THEN s.detail
    ELSE m.detail END,
  provider_code = CASE WHEN s.status IN ('failed', 'held') AND {_SO_FAR} < 2 THEN s.code
    WHEN {_NEWS} > 2 THEN NULL ELSE m.provider_code END,
  sent_at = coalesce(m.sent_at, CASE WHEN s.status = 'sent' THEN s.at END),
  delivered_at = coalesce(m.delivered_at, CASE WHEN s.status = 'delivered' THEN s.at END),
  read_at = coalesce(m.read_at, CASE WHEN s.status = 'read' THEN s.at END),
  failed_at = coalesce(m.failed_at, CASE WHEN s.status = 'failed' THEN s.at END),
  trace = m.trace || s.trace::jsonb
FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[],
  $9::text[]) AS s (id, status, external_id, reason, detail, at, trace, code)
WHERE m.tenant_id = $1 AND m.id = ANY($10) AND m.id = s.id AND m.direction = 'out'
  AND NOT ({_OVER}) RETURNING m.*
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A step forward of one message."""

    id: UUID
    status: MessageStatus
    at: datetime
    external_id: str | None = None
    reason: str | None = None
    detail: str = ""
    trace: Sequence[TraceStage] = ()
    provider_code: str | None = None


async def apply_outcomes(scope: Scope, steps: Sequence[Step]) -> list[Message]:
    """The messages as they are now."""
    return await _apply(scope, _OUTCOME, steps)


async def apply_statuses(scope: Scope, steps: Sequence[Step]) -> list[Message]:
    """The messages as they are now. One step a message and call: the caller folds several events first."""
    return await _apply(scope, _STATUS, steps)


async def _apply(scope: Scope, statement: str, steps: Sequence[Step]) -> list[Message]:
    ids = [s.id for s in steps]
    rows = await scope.db.fetch(
        f"WITH m AS ({statement}) SELECT {COLUMNS} FROM m {JOIN} ORDER BY m.sort_at, m.id",
        scope.tenant,
        ids,
        [s.status for s in steps],
        [s.external_id for s in steps],
        [s.reason for s in steps],
        [s.detail for s in steps],
        [s.at for s in steps],
        [stages_json(s.trace) for s in steps],
        [s.provider_code for s in steps],
        ids,
    )
    return [message_of(row) for row in rows]


async def failing(scope: Scope, steps: Sequence[Step]) -> dict[UUID, tuple[UUID, bool]]:
    """message -> (conversation, whether automatic), of those for which `failed` would be news."""
    rows = await scope.db.fetch(
        f"""SELECT m.id, m.conversation_id, m.author <> 'agent' AS automatic
           FROM unnest($2::uuid[], $3::text[], $4::text[]) AS s (id, external_id, status)
           JOIN messages m ON m.id = s.id
           WHERE m.tenant_id = $1 AND m.direction = 'out' AND m.status IN ('queued', 'unknown', 'sent')
             AND NOT ({_OVER})""",
        scope.tenant,
        [s.id for s in steps],
        [s.external_id for s in steps],
        [s.status for s in steps],
    )
    return {row["id"]: (row["conversation_id"], row["automatic"]) for row in rows}


async def requeue(scope: Scope, message: UUID) -> None:
    """A person sends a failed or held message again."""
    await scope.db.execute(
        """UPDATE messages SET status = 'queued', reason = NULL, detail = '', provider_code = NULL,
             sent_at = NULL, failed_at = NULL, external_id = NULL, bare_id = NULL, trace = trace || $3::jsonb,
             resent_ids = array_remove(array_append(resent_ids, external_id), NULL)
           WHERE tenant_id = $1 AND id = $2""",
        scope.tenant,
        message,
        [SENT_AGAIN],
    )


async def drop(scope: Scope, message: UUID, *, reason: str) -> None:
    """A person lets a held message be."""
    await scope.db.execute(
        """UPDATE messages SET status = 'skipped', reason = $3, detail = '', trace = trace || $4::jsonb
           WHERE tenant_id = $1 AND id = $2""",
        scope.tenant,
        message,
        reason,
        [TraceStage("agent", reason)],
    )


@dataclass(frozen=True, slots=True)
class Target:
    """The customer's message that a change is for, and the conversation in which it came."""

    channel: UUID
    external_id: str
    conversation: UUID


@dataclass(frozen=True, slots=True)
class Changed:
    """A message that the customer edited or deleted, with its words before."""

    id: UUID
    kind: str
    text: str


# The customer's own words; their chat may have had another name when they were said.
_CHANGE = f"""
UPDATE messages m SET text = coalesce($4, m.text), search = array_to_tsvector($5::text[]),
  content = coalesce(m.content, '{{}}') || $6::jsonb
FROM (SELECT id, kind, text FROM messages
  WHERE tenant_id = $1 AND channel_id = $2 AND direction = 'in'
    AND (external_id = $3 OR (bare_id = {BARE.format(id="$3::text")} AND conversation_id = $7))
  ORDER BY external_id = $3 DESC LIMIT 1 FOR UPDATE) old
WHERE m.tenant_id = $1 AND m.id = old.id RETURNING old.id, old.kind, old.text
"""


async def edit(scope: Scope, target: Target, *, text: str) -> Changed | None:
    """The new words, marked as edited. None: the message is not here."""
    found = finding.lexemes(scope.tenant, text)
    return await _change(scope, target, text, found, {"edited": True})


async def revoke(scope: Scope, target: Target) -> Changed | None:
    """The team sees that it was withdrawn, and no search finds it. None: as above."""
    return await _change(scope, target, None, [], {"revoked": True})


async def unfind(scope: Scope, message: UUID) -> None:
    """No search finds it by its words any more."""
    statement = "UPDATE messages SET search = '' WHERE tenant_id = $1 AND id = $2"
    await scope.db.execute(statement, scope.tenant, message)


async def _change(
    scope: Scope, target: Target, text: str | None, found: Sequence[str], mark: JsonObject
) -> Changed | None:
    row = await scope.db.fetchrow(
        _CHANGE, scope.tenant, target.channel, target.external_id, text, found, mark, target.conversation
    )
    return Changed(row["id"], row["kind"], row["text"]) if row else None


async def of_bare(
    scope: ReadScope, pairs: Sequence[tuple[UUID, str]], *, theirs: bool = False
) -> dict[tuple[UUID, str], UUID]:
    """(channel, the provider's own id) -> our id, where one message of ours alone has it in whatever chat;
    `theirs`: a customer's message counts too."""
    rows = await scope.db.fetch(
        """SELECT m.channel_id, m.bare_id, (array_agg(m.id))[1] AS id
           FROM (SELECT DISTINCT * FROM unnest($2::uuid[], $3::text[]) AS u (channel_id, bare_id)) p
           JOIN messages m ON m.channel_id = p.channel_id AND m.bare_id = p.bare_id
           WHERE m.tenant_id = $1 AND (m.direction = 'out' OR $4)
           GROUP BY m.channel_id, m.bare_id HAVING count(*) = 1""",
        scope.tenant,
        [channel for channel, _ in pairs],
        [bare for _, bare in pairs],
        theirs,
    )
    return {(row["channel_id"], row["bare_id"]): row["id"] for row in rows}


async def of_external(scope: Scope, pairs: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], UUID]:
    """(channel, external id) -> our id."""
    rows = await scope.db.fetch(
        """SELECT m.channel_id, m.external_id, m.id
           FROM unnest($2::uuid[], $3::text[]) AS p (channel_id, external_id)
           JOIN messages m ON m.channel_id = p.channel_id AND m.external_id = p.external_id
           WHERE m.tenant_id = $1""",
        scope.tenant,
        [channel for channel, _ in pairs],
        [external for _, external in pairs],
    )
    return {(row["channel_id"], row["external_id"]): row["id"] for row in rows}
