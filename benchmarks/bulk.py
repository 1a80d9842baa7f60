"""Many rows at once, by SQL: people with conversations and histories, and a full queue of sends."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncpg

    Connection = asyncpg.Connection[asyncpg.Record]

_PEOPLE = """
CREATE TEMP TABLE people AS
SELECT n, uuidv7() AS contact, uuidv7() AS talk FROM generate_series(1, $1) n
"""

_CONTACTS = """
INSERT INTO contacts (tenant_id, id, name, profile_name, created_at, updated_at, search)
SELECT $1::uuid, contact, 'Person ' || n, 'Person ' || n, now() - n * interval '1 second', now(),
  array_to_tsvector(ARRAY['t' || replace($1::uuid::text, '-', ''), 'person', n::text,
    (918000000000 + n)::text])
FROM people
"""

_IDENTITIES = """
INSERT INTO identities (tenant_id, kind, scope, value, contact_id, created_at)
SELECT $1, 'wa_id', '', (918000000000 + n)::text, contact, now() FROM people
"""

_TALKS = """
INSERT INTO conversations (tenant_id, id, channel_id, contact_id, mode, epoch, status, preview,
  last_message_at, last_inbound_at, last_sort_at, inbound_seq, answered_seq, created_at, updated_at)
SELECT $1, talk, $2, contact, CASE WHEN n % 20 = 0 THEN 'human' ELSE 'ai' END, 0,
  CASE WHEN n % 20 = 0 THEN 'open' WHEN n % 3 = 0 THEN 'resolved' ELSE 'pending' END,
  '{"text": "how much is it?", "author": "customer", "kind": "text", "direction": "in"}',
  now() - n * interval '1 second', now(), now(), $3, $3, now(), now() FROM people
"""

_FACTS = """
INSERT INTO send_facts (tenant_id, conversation_id, mode, epoch, window_until)
SELECT tenant_id, id, mode, epoch, now() + interval '1 day' FROM conversations
WHERE tenant_id = $1 AND id IN (SELECT talk FROM people)
"""

_MESSAGES = """
INSERT INTO messages (tenant_id, id, conversation_id, channel_id, external_id, direction, author, kind, text,
  status, seq, sort_at, sent_at, created_at, correlation, search)
SELECT $1::uuid, uuidv7(), talk, $2, 'wamid.OLD' || n || '.' || k,
  CASE WHEN k % 2 = 1 THEN 'in' ELSE 'out' END, CASE WHEN k % 2 = 1 THEN 'customer' ELSE 'assistant' END,
  'text', 'old message ' || k || ' of a longer history', CASE WHEN k % 2 = 1 THEN 'received' ELSE 'read' END,
  CASE WHEN k % 2 = 1 THEN (k + 1) / 2 END, now() - ($3 - k) * interval '1 hour' - n * interval '1 second',
  now(), now(), '',
  array_to_tsvector(ARRAY['t' || replace($1::uuid::text, '-', ''), 'old', 'message', k::text, 'of', 'a',
    'longer', 'history', 'n' || n])
FROM generate_series(1, $3) k CROSS JOIN people
"""

LABELLED = (20, 500)  # one conversation in so many

_LABELS = """
INSERT INTO labels (tenant_id, id, name, colour, created_at)
SELECT $1, uuidv7(), 'Every ' || every, 'red', now() FROM unnest($2::int[]) every ON CONFLICT DO NOTHING
"""

_LABELLED = """
INSERT INTO conversation_labels (tenant_id, conversation_id, label_id, at)
SELECT $1, c.id, l.id, now() FROM labels l CROSS JOIN
  (SELECT id, row_number() OVER (ORDER BY last_message_at, id) AS n FROM conversations WHERE tenant_id = $1) c
WHERE l.tenant_id = $1 AND c.n % replace(l.name, 'Every ', '')::int = 1 ON CONFLICT DO NOTHING
"""

_TABLES = ("contacts", "identities", "conversations", "send_facts", "messages")


async def load_people(
    connection: "Connection", tenant: str, channel: str, *, people: int, messages: int
) -> None:
    """`people` conversations with `messages` old messages each, and statistics that know of them."""
    await connection.execute("DROP TABLE IF EXISTS people")
    await connection.execute(_PEOPLE, people)
    await connection.execute(_CONTACTS, tenant)
    await connection.execute(_IDENTITIES, tenant)
    await connection.execute(_TALKS, tenant, channel, (messages + 1) // 2)
    await connection.execute(_FACTS, tenant)
    await connection.execute(_MESSAGES, tenant, channel, messages)
    await analyze(connection)


async def analyze(connection: "Connection") -> None:
    await connection.execute(f"VACUUM (ANALYZE) {', '.join((*_TABLES, 'outbound', 'events'))}")


def label_name(every: int) -> str:
    return f"Every {every}"


async def put_labels(connection: "Connection", tenant: str, every: Sequence[int] = LABELLED) -> None:
    """A label each: at first one that many conversations bear, one that few do; neither is of the newest."""
    await connection.execute(_LABELS, tenant, list(every))
    await connection.execute(_LABELLED, tenant)
    await connection.execute("VACUUM (ANALYZE) labels, conversation_labels")


_SAID = """
INSERT INTO messages (tenant_id, id, conversation_id, channel_id, direction, author, source, kind, text,
  status, sort_at, created_at)
SELECT $1, message, talk, $2, 'out', 'assistant', 'rule', 'text', 'offer ' || n, 'queued', now(), now()
FROM recipients
"""

_QUEUED = """
INSERT INTO outbound (tenant_id, id, channel_id, conversation_id, contact_id, seq, priority, purpose,
  starts_reply, epoch, message, state, run_at, queued_at, correlation)
SELECT $1, message, $2, talk, contact, $3, 0, 'reply', true, 0, jsonb_build_object('id', message,
  'to', jsonb_build_array(jsonb_build_object('kind', 'wa_id', 'value', (918000000000 + n)::text)),
  'kind', 'text', 'text', 'offer ' || n), 'queued', now(), now(), 'bench'
FROM recipients
"""

_RECIPIENTS = """
CREATE TEMP TABLE recipients AS
SELECT i.value::bigint - 918000000000 AS n, c.contact_id AS contact, c.id AS talk, uuidv7() AS message
FROM conversations c JOIN identities i ON i.tenant_id = c.tenant_id AND i.contact_id = c.contact_id
WHERE c.tenant_id = $1 AND c.mode = 'ai' ORDER BY c.last_message_at DESC LIMIT $2
"""


async def queue_sends(
    connection: "Connection", tenant: str, channel: str, *, count: int, turn: int = 1
) -> None:
    """The `turn`-th message to each of `count` people, as the app role in one transaction."""
    await connection.execute("DROP TABLE IF EXISTS recipients")
    await connection.execute(_RECIPIENTS, tenant, count)
    await connection.execute("GRANT SELECT ON recipients TO samvad_app")
    async with connection.transaction():
        await connection.execute(f"SET LOCAL ROLE samvad_app; SET LOCAL app.tenant = '{tenant}'")
        await connection.execute(_SAID, tenant, channel)
        await connection.execute(_QUEUED, tenant, channel, turn)
