"""Messages of both directions; the sends among them are the ledger that proofs compare with."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samvad.sandbox.jsonio import JsonObject, compact, parse_object
from samvad.sandbox.repository.ledger import Ledger
from samvad.sandbox.types import Direction, Message, State

_SELECT = (
    "SELECT id, wamid, customer_id, direction, kind, content, state, at_ms, reply_to, client_id, error_code,"
    " changed FROM messages "
)
_INSERT = """
INSERT INTO messages (phone_number_id, customer_id, wamid, direction, kind, content, reply_to, client_id,
  state, fault, at_ms, begun_us, changed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'sent', ?, ?, ?, ?)
"""
_ADVANCE = """
UPDATE messages SET state = ?1, changed = ?2
WHERE id = ?3
  AND coalesce(json_extract(?4, '$.' || ?1), 0) > coalesce(json_extract(?4, '$.' || state), 9)
"""
PACED = "paced"  # in place of a fault: kept back until more is known of its template
_PACED = (
    _SELECT
    + """WHERE phone_number_id = ? AND direction = 'out' AND fault = 'paced' AND state = 'sent'
  AND json_extract(content, '$.name') = ? ORDER BY id"""
)
_RANKS = '{"sent": 1, "delivered": 2, "read": 3}'
_SENDS = """
SELECT m.id, wamid, client_id, customer_id, coalesce(c.phone, c.bsuid), kind, content, reply_to, state,
  error_code, fault, at_ms, begun_us
FROM messages m JOIN customers c ON c.id = m.customer_id
WHERE m.phone_number_id = ? AND direction = 'out' AND m.id > ? ORDER BY m.id LIMIT ?
"""
_COUNT_SENDS = """
SELECT count(*), count(DISTINCT client_id) FROM messages WHERE phone_number_id = ? AND direction = 'out'
"""
_UNSEEN = "customer_id = ? AND direction <> 'in' AND seen = 0 AND state <> 'failed'"
_COUNT_UNSEEN = "SELECT count(*) FROM messages WHERE " + _UNSEEN
_SEE = "UPDATE messages SET seen = 1, changed = ? WHERE " + _UNSEEN


@dataclass(frozen=True, slots=True)
class NewMessage:
    phone_number_id: str
    customer_id: int
    wamid: str
    direction: Direction
    kind: str
    content: JsonObject
    at_ms: int
    reply_to: str | None = None
    client_id: str | None = None
    fault: str | None = None
    begun_us: int | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """One accepted send. `begun_us`: when its request reached us, in microseconds of the machine's clock."""

    cursor: int
    wamid: str
    client_id: str | None
    customer_id: int
    to: str
    kind: str
    content: JsonObject
    reply_to: str | None
    state: State
    error_code: int | None
    fault: str | None
    at_ms: int
    begun_us: int


def _message(row: tuple[Any, ...]) -> Message:
    id_, wamid, customer_id, direction, kind, content, state, *rest = row
    body = _content(content)
    return Message(id_, wamid, customer_id, Direction(direction), kind, body, State(state), *rest)


def _content(text: object) -> JsonObject:
    return parse_object(str(text).encode()).values


def _send(row: tuple[Any, ...]) -> Send:
    """From the columns of `Messages.sends`."""
    cursor, wamid, client_id, customer_id, to, kind, content, reply_to, state, *rest = row
    body = _content(content)
    return Send(cursor, wamid, client_id, customer_id, to, kind, body, reply_to, State(state), *rest)


class Messages:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, db: sqlite3.Connection, new: NewMessage) -> int:
        cursor = db.execute(
            _INSERT,
            (new.phone_number_id, new.customer_id, new.wamid, new.direction.value, new.kind,
             compact(new.content), new.reply_to, new.client_id, new.fault, new.at_ms, new.begun_us,
             self._ledger.next_change()),
        )  # fmt: skip
        return cursor.lastrowid or 0

    def find(self, phone_number_id: str, wamid: str) -> Message | None:
        row = self._ledger.db.execute(
            _SELECT + "WHERE phone_number_id = ? AND wamid = ? ORDER BY id LIMIT 1",
            (phone_number_id, wamid),
        ).fetchone()
        return _message(row) if row else None

    def thread(self, customer_id: int, *, after: int, limit: int) -> list[Message]:
        rows = self._ledger.db.execute(
            _SELECT + "WHERE customer_id = ? AND id > ? ORDER BY id LIMIT ?",
            (customer_id, after, limit),
        )
        return [_message(row) for row in rows]

    def last(self, customer_id: int) -> Message | None:
        row = self._ledger.db.execute(
            _SELECT + "WHERE customer_id = ? ORDER BY id DESC LIMIT 1",
            (customer_id,),
        ).fetchone()
        return _message(row) if row else None

    def changed_since(self, phone_number_id: str, after: int, *, limit: int) -> list[Message]:
        rows = self._ledger.db.execute(
            _SELECT + "WHERE phone_number_id = ? AND changed > ? ORDER BY changed LIMIT ?",
            (phone_number_id, after, limit),
        )
        return [_message(row) for row in rows]

    def unseen(self, customer_id: int) -> int:
        """Messages of the business that the customer has not opened."""
        row = self._ledger.db.execute(
            _COUNT_UNSEEN,
            (customer_id,),
        ).fetchone()
        return int(row[0])

    def see(self, db: sqlite3.Connection, customer_id: int) -> list[Message]:
        """The customer opens the chat: what was new to them. Failed ones never reached them."""
        rows = db.execute(
            _SELECT + f"WHERE {_UNSEEN} ORDER BY id",
            (customer_id,),
        ).fetchall()
        db.execute(
            _SEE,
            (self._ledger.next_change(), customer_id),
        )
        return [_message(row) for row in rows]

    def advance(self, db: sqlite3.Connection, message_id: int, state: State) -> None:
        """Forward only."""
        db.execute(_ADVANCE, (state.value, self._ledger.next_change(), message_id, _RANKS))

    def fail(self, db: sqlite3.Connection, message_id: int, code: int) -> None:
        db.execute(
            "UPDATE messages SET state = 'failed', error_code = ?, changed = ? WHERE id = ?",
            (code, self._ledger.next_change(), message_id),
        )

    def paced(self, phone_number_id: str, name: str) -> list[Message]:
        """What is kept back of a template."""
        return [_message(row) for row in self._ledger.db.execute(_PACED, (phone_number_id, name))]

    def let_go(self, db: sqlite3.Connection, message_id: int) -> None:
        db.execute("UPDATE messages SET fault = NULL WHERE id = ?", (message_id,))

    def clear(self, db: sqlite3.Connection, customer_id: int) -> None:
        """The whole chat of one customer, with what was still to be told of it."""
        db.execute(
            "DELETE FROM webhooks WHERE message_id IN (SELECT id FROM messages WHERE customer_id = ?)",
            (customer_id,),
        )
        db.execute("DELETE FROM messages WHERE customer_id = ?", (customer_id,))

    def drop(self, db: sqlite3.Connection, customer_id: int) -> None:
        """The chat of somebody who goes; what is still to be told of it is told."""
        db.execute("DELETE FROM messages WHERE customer_id = ?", (customer_id,))

    def read_up_to(self, db: sqlite3.Connection, message: Message) -> None:
        """The business read this one and, as on a phone, those of the customer before it."""
        rows = db.execute(
            "SELECT id FROM messages "
            "WHERE customer_id = ? AND id <= ? AND direction = 'in' AND state <> 'read'",
            (message.customer_id, message.id),
        ).fetchall()
        for (message_id,) in rows:
            self.advance(db, message_id, State.READ)

    def refused(self, db: sqlite3.Connection, phone_number_id: str, code: int) -> None:
        db.execute(
            "INSERT INTO refusals VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
            (phone_number_id, code),
        )

    def refusals(self, phone_number_id: str) -> dict[str, int]:
        rows = self._ledger.db.execute(
            "SELECT code, count FROM refusals WHERE phone_number_id = ? ORDER BY code", (phone_number_id,)
        )
        return {str(code): int(count) for code, count in rows}

    def sends(self, phone_number_id: str, *, after: int, limit: int) -> list[Send]:
        rows = self._ledger.db.execute(
            _SENDS,
            (phone_number_id, after, limit),
        )
        return [_send(row) for row in rows]

    def count_sends(self, phone_number_id: str) -> tuple[int, int]:
        """(accepted sends, different client ids among them)."""
        row = self._ledger.db.execute(
            _COUNT_SENDS,
            (phone_number_id,),
        ).fetchone()
        return int(row[0]), int(row[1])

    def counts_by_client_id(
        self, phone_number_id: str, *, after: str, at_least: int, limit: int
    ) -> Sequence[tuple[str, int]]:
        return self._ledger.db.execute(
            """SELECT client_id, count(*) FROM messages
               WHERE phone_number_id = ? AND direction = 'out' AND client_id > ?
               GROUP BY client_id HAVING count(*) >= ? ORDER BY client_id LIMIT ?""",
            (phone_number_id, after, at_least, limit),
        ).fetchall()
