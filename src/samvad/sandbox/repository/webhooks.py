"""The queue of webhooks: an item stays until its POST was answered with 2xx."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samvad.sandbox.jsonio import compact, parse_object
from samvad.sandbox.repository.ledger import Ledger
from samvad.sandbox.types import State, Webhook

_DUE = """
SELECT id, attempts, phone_number_id, lane, field, value, due_ms, message_id, state, bad_signatures
FROM webhooks w
WHERE next_ms <= :now
  AND phone_number_id NOT IN (SELECT value FROM json_each(:paused))
  AND id NOT IN (SELECT value FROM json_each(:flying))
  AND NOT EXISTS (SELECT 1 FROM webhooks e WHERE e.lane = w.lane AND (e.due_ms, e.id) < (w.due_ms, w.id))
ORDER BY next_ms, id LIMIT :limit
"""


_INSERT = """
INSERT INTO webhooks (phone_number_id, lane, field, value, due_ms, next_ms, bad_signatures, message_id, state)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Queued:
    id: int
    attempts: int
    webhook: Webhook


def _queued(row: tuple[Any, ...]) -> Queued:
    """From the columns of `_DUE`."""
    id_, attempts, number, lane, field, value, due_ms, message_id, state, bad_signatures = row
    content = parse_object(value.encode()).values
    reached = State(state) if state else None
    return Queued(
        id_, attempts, Webhook(number, lane, field, content, due_ms, message_id, reached, bad_signatures)
    )


class WebhookQueue:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, db: sqlite3.Connection, webhooks: Iterable[Webhook]) -> None:
        db.executemany(
            _INSERT,
            [
                (w.phone_number_id, w.lane, w.field, compact(w.value), w.due_ms, w.due_ms, w.bad_signatures,
                 w.message_id, w.state)
                for w in webhooks
            ],
        )  # fmt: skip

    def due(self, now_ms: int, *, paused: Sequence[str], flying: Iterable[int], limit: int) -> list[Queued]:
        """What may be posted now: the head of each lane, oldest first."""
        rows = self._ledger.db.execute(
            _DUE, {"now": now_ms, "paused": compact(paused), "flying": compact(list(flying)), "limit": limit}
        )
        return [_queued(row) for row in rows]

    def next_after(self, now_ms: int, *, paused: Sequence[str]) -> int | None:
        """When the clock alone makes something due; what is due already waits for another POST's answer."""
        row = self._ledger.db.execute(
            "SELECT min(next_ms) FROM webhooks WHERE next_ms > ? "
            "AND phone_number_id NOT IN (SELECT value FROM json_each(?))",
            (now_ms, compact(paused)),
        ).fetchone()
        return None if row[0] is None else int(row[0])

    def waiting_for(self, message_id: int) -> int:
        row = self._ledger.db.execute(
            "SELECT count(*) FROM webhooks WHERE message_id = ?", (message_id,)
        ).fetchone()
        return int(row[0])

    def answered(self, db: sqlite3.Connection, posted: Sequence[Queued]) -> None:
        db.executemany("DELETE FROM webhooks WHERE id = ?", [(q.id,) for q in posted])
        self._count(db, posted, "webhooks_answered")

    def again(self, db: sqlite3.Connection, posted: Sequence[Queued], *, at_ms: int) -> None:
        """Not before `at_ms`; a wrong signature was used up."""
        db.executemany(
            "UPDATE webhooks SET attempts = attempts + 1, next_ms = ?, "
            "bad_signatures = max(0, bad_signatures - 1) WHERE id = ?",
            [(at_ms, q.id) for q in posted],
        )
        # Those that wait behind come due no earlier, so that looking for due ones stays cheap in an outage.
        db.executemany(
            "UPDATE webhooks SET next_ms = ?1 WHERE lane = ?2 AND next_ms < ?1",
            [(at_ms, q.webhook.lane) for q in posted],
        )
        self._count(db, posted, "webhooks_refused")

    def _count(self, db: sqlite3.Connection, posted: Sequence[Queued], column: str) -> None:
        db.executemany(
            f"UPDATE numbers SET {column} = {column} + 1 WHERE phone_number_id = ?",
            [(q.webhook.phone_number_id,) for q in posted],
        )

    def hurry(self, db: sqlite3.Connection, phone_number_id: str, *, now_ms: int) -> None:
        """Retries now instead of at their time."""
        db.execute(
            "UPDATE webhooks SET next_ms = min(next_ms, max(due_ms, ?)) WHERE phone_number_id = ?",
            (now_ms, phone_number_id),
        )

    def tally(self, phone_number_id: str) -> tuple[int, int, int]:
        """(waiting, answered, refused or unanswered attempts)."""
        row = self._ledger.db.execute(
            "SELECT (SELECT count(*) FROM webhooks w WHERE w.phone_number_id = n.phone_number_id), "
            "webhooks_answered, webhooks_refused FROM numbers n WHERE phone_number_id = ?",
            (phone_number_id,),
        ).fetchone()
        return int(row[0]), int(row[1]), int(row[2])
