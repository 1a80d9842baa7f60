"""One row behind every path parameter of the API, planted as the superuser: out of another tenant's reach.

A new `{something_id}` in a route needs a line in ROWS, or the isolation tests fail and say so.
"""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from samvad.kernel.ids import new_id
from samvad.platform.crypto import Keyring

_AT = "timestamptz '2026-03-01 00:00+00'"


@dataclass(frozen=True)
class Row:
    """`insert` takes the tenant as $1; `{id}` is the row's own id, `{parent_id}` one planted before."""

    table: str
    insert: str
    beside: tuple[str, ...] = ()  # rows of other tables without which it is not whole


ROWS = {
    "outlet_id": Row("outlets", "(tenant_id, id, name, created_at) VALUES ($1, '{id}', '{id}', {at})"),
    "member_id": Row(
        "members",
        """(tenant_id, id, email, name, role, created_at, updated_at)
           VALUES ($1, '{id}', 'planted@{id}', 'Planted', 'agent', {at}, {at})""",
    ),
    "key_id": Row(
        "api_keys",
        """(tenant_id, id, name, prefix, token_hash, scopes, created_at)
           VALUES ($1, '{id}', 'planted', 'svk', '{id}', ARRAY['inbox:read'], {at})""",
    ),
    "alert_id": Row(
        "alerts",
        """(tenant_id, id, name, subject, detail, first_at, last_at)
           VALUES ($1, '{id}', 'planted', '{id}', 'd', {at}, {at})""",
    ),
    "channel_id": Row(
        "channels",
        """(tenant_id, id, provider, name, key, address, account, credentials, base_url, options,
            settings, created_at, updated_at)
           VALUES ($1, '{id}', 'meta', 'Planted', '{id}', '{id}', '1', '{sealed}', 'http://127.0.0.1:1',
            jsonb_build_object(), jsonb_build_object(), {at}, {at})""",
        (
            """channel_send_facts (tenant_id, channel_id, has_window, per_second, tokens, refilled_at, status,
                version) VALUES ($1, '{id}', true, 80, 80, {at}, 'active', 1)""",
        ),
    ),
    "template_id": Row(
        "templates",
        """(tenant_id, id, provider, account, external_id, name, language, category, status, quality, reason,
            layout, created_at, updated_at)
           VALUES ($1, '{id}', 'meta', '1', '{id}', '{id}', 'en', 'utility', 'approved', 'unknown', '',
            jsonb_build_object('body', 'planted words'), {at}, {at})""",
    ),
    "delivery_id": Row(
        "deliveries",
        """(tenant_id, id, channel_id, door, received_at, headers, body, verdict, items)
           VALUES ($1, '{id}', '{channel_id}', 'meta/own', {at}, jsonb_build_object(), 'planted',
            'unparsable', 0)""",
    ),
    "scenario_id": Row(
        "scenarios",
        """(tenant_id, id, name, source, created_at, updated_at)
           VALUES ($1, '{id}', 'Planted', 'planted', {at}, {at})""",
    ),
    "contact_id": Row(
        "contacts",
        "(tenant_id, id, name, created_at, updated_at) VALUES ($1, '{id}', 'Planted', {at}, {at})",
        (
            "contact_send_facts (tenant_id, contact_id) VALUES ($1, '{id}')",
            "former_names (tenant_id, contact_id, until, name) VALUES ($1, '{id}', {at}, 'Planted once')",
        ),
    ),
    "merge_id": Row(
        "contact_merges",
        """(tenant_id, id, kept_id, absorbed_id, how, why, moved, actor, at)
           VALUES ($1, '{id}', '{contact_id}', '{contact_id}', 'hand', 'planted',
            jsonb_build_object('addresses', jsonb_build_array(), 'closed', false, 'line', null,
              'conversations', jsonb_build_array(), 'threads', jsonb_build_array()),
            'planted', {at})""",
    ),
    "conversation_id": Row(
        "conversations",
        """(tenant_id, id, channel_id, contact_id, mode, epoch, status, last_message_at, last_sort_at,
            created_at, updated_at)
           VALUES ($1, '{id}', '{channel_id}', '{contact_id}', 'ai', 1, 'open', {at}, {at}, {at}, {at})""",
        ("send_facts (tenant_id, conversation_id, mode, epoch) VALUES ($1, '{id}', 'ai', 1)",),
    ),
    "message_id": Row(
        "messages",
        """(tenant_id, id, conversation_id, channel_id, direction, author, kind, text, status, sort_at,
            created_at, media)
           VALUES ($1, '{id}', '{conversation_id}', '{channel_id}', 'in', 'customer', 'image',
            'planted words', 'received', {at}, {at}, jsonb_build_object('state', 'stored', 'size', 1))""",
        ("message_files (tenant_id, message_id, part, content) VALUES ($1, '{id}', 0, 'x')",),
    ),
    "label_id": Row(
        "labels",
        "(tenant_id, id, name, colour, created_at) VALUES ($1, '{id}', '{id}', 'blue', {at})",
        (
            """conversation_labels (tenant_id, conversation_id, label_id, at)
               VALUES ($1, '{conversation_id}', '{id}', {at})""",
        ),
    ),
    "canned_reply_id": Row(
        "canned_replies",
        """(tenant_id, id, shortcut, name, text, created_at, updated_at)
           VALUES ($1, '{id}', '{id}', 'planted', 'planted', {at}, {at})""",
    ),
    "rule_id": Row(
        "rules",
        """(tenant_id, id, name, match, phrases, action, position, enabled, created_at, updated_at)
           VALUES ($1, '{id}', 'planted', 'phrase', ARRAY['planted'], 'reply', 1, true, {at}, {at})""",
    ),
    "source_id": Row(
        "knowledge_sources",
        """(tenant_id, id, name, state, size, checksum, created_at, updated_at)
           VALUES ($1, '{id}', 'planted.txt', 'pending', 1, '', {at}, {at})""",
        ("knowledge_files (tenant_id, source_id, part, content) VALUES ($1, '{id}', 0, 'x')",),
    ),
}


async def plant(connection: asyncpg.Connection, tenant: UUID, *, keyring: Keyring) -> dict[str, UUID]:
    """One row of each kind; parents come first because ROWS lists them first."""
    planted: dict[str, UUID] = {}
    for name, row in ROWS.items():
        planted[name] = new_id()
        sealed = keyring.encrypt('["token", "secret", "verify"]', owner=str(planted[name]))
        words = {"at": _AT, "id": planted[name], "sealed": f"\\x{sealed.hex()}", **planted}
        for insert in (f"{row.table} {row.insert}", *row.beside):
            await connection.execute(f"INSERT INTO {insert.format(**words)}", tenant)
    return planted


async def snapshot(connection: asyncpg.Connection, tenant: UUID, planted: dict[str, UUID]) -> dict[str, str]:
    """Every planted row as text; proves that they are there, and afterwards that nobody touched them."""
    return {
        name: await connection.fetchval(
            f"SELECT to_jsonb(t)::text FROM {ROWS[name].table} t WHERE tenant_id = $1 AND id = $2",
            tenant, identity,
        )
        for name, identity in planted.items()
    }  # fmt: skip
