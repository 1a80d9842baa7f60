"""A worker killed while it settles a lost send by the provider's list: the next one does it, once."""

import json
import signal
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from samvad.channels.types import Channel, Identity, IdentityKind, Kind, Outbound
from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.kernel.ids import MessageId, TenantId, new_id
from samvad.platform.crashpoints import Moment, Point
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from tests.crash.killing import killed
from tests.support.feed import polling

NUMBER, WORDS = "200300", "Come on Sunday."
_ROWS = (
    "INSERT INTO contacts (tenant_id, id, name, profile_name, created_at, updated_at)"
    " VALUES ($1, $2, '', '', now(), now())",
    """INSERT INTO conversations (tenant_id, id, channel_id, contact_id, mode, epoch, status, last_message_at,
         last_sort_at, created_at, updated_at)
       VALUES ($1, $2, $3, $2, 'human', 0, 'open', now(), now(), now(), now())""",
    """INSERT INTO messages (tenant_id, id, conversation_id, channel_id, direction, author, kind, text,
         status, sort_at, created_at)
       VALUES ($1, $2, $2, $3, 'out', 'agent', 'text', $4, 'unknown', now(), now())""",
    """INSERT INTO outbound (tenant_id, id, channel_id, conversation_id, contact_id, seq, priority, purpose,
         starts_reply, epoch, message, state, run_at, unknown_at, queued_at, correlation)
       VALUES ($1, $2, $3, $2, $2, 1, 0, 'agent', false, 0, $4, 'unknown', now(), now() - interval '40 s',
         now(), '')""",
)
_FOUND = """
SELECT status, external_id, (SELECT count(*) FROM outbound WHERE id = $1) AS left,
  (SELECT count(*) FROM jsonb_array_elements(trace) s WHERE s->>'verdict' = 'found in its list') AS found
FROM messages WHERE id = $1
"""


async def lost(database: Database, channel: Channel, tenant: TenantId) -> UUID:
    """A send whose answer was lost: one id for all of its rows."""
    id_ = MessageId(new_id())
    to = (Identity(IdentityKind.PHONE, "+919811500001"),)
    message = Outbound(id=id_, kind=Kind.TEXT, text=WORDS, to=to)
    async with database.unit_of_work(tenant) as scope:
        for statement, more in zip(_ROWS, ((), (channel.id,), (channel.id, WORDS), (channel.id, message)),
                                   strict=True):  # fmt: skip
            await scope.db.execute(statement, tenant, id_, *more)
    return id_


@pytest.mark.parametrize("place", [
    f"{Point.RECALL_ASK}:{Moment.AFTER}", f"{Point.RECALL_CLAIM}:{Moment.BEFORE}",
    f"{Point.RECALL_CLAIM}:{Moment.AFTER}",
])  # fmt: skip
async def test_the_next_worker_settles_it_once(
    database: Database, database_url: str, keyring: Keyring, tenant: TenantId, tmp_path: Path, place: str
) -> None:
    clock = FrozenClock(SystemClock().now())
    async with polling(database, keyring, clock, tmp_path) as scene:
        channel = await scene.connect(tenant, NUMBER)
        id_ = await lost(database, channel, tenant)
        (tmp_path / f"{NUMBER}.sent.json").write_text(json.dumps([["wamid.LOST", WORDS]]))
        assert await killed("tests.crash.poller", database_url, place, str(tmp_path)) == -signal.SIGKILL
        clock.advance(timedelta(minutes=3))
        await scene.ask()
        async with database.reading(tenant) as scope:
            row = await scope.db.fetchrow(_FOUND, id_)
        assert tuple(row) == ("sent", "wamid.LOST", 0, 1)
