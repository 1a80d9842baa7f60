"""Whom an account wrote to first, and who wants no offers."""

import sqlite3

from samvad.sandbox.jsonio import compact
from samvad.sandbox.repository.ledger import Ledger
from samvad.sandbox.types import Customer

_MARKETING = """
SELECT count(*) FROM messages WHERE customer_id = ? AND direction = 'out' AND kind = 'template' AND at_ms > ?
  AND state <> 'failed' AND json_extract(content, '$.category') = 'MARKETING'
"""
_SENT = """
SELECT count(*) FROM messages WHERE phone_number_id IN (SELECT value FROM json_each(?)) AND direction = 'out'
  AND kind = 'template' AND json_extract(content, '$.name') = ?
"""


class Portfolios:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def wrote_first(self, db: sqlite3.Connection, waba_id: str, person: str, *, at_ms: int) -> None:
        db.execute(
            "INSERT INTO recipients VALUES (?, ?, ?) "
            "ON CONFLICT (waba_id, person) DO UPDATE SET at_ms = excluded.at_ms",
            (waba_id, person, at_ms),
        )

    def used(self, waba_id: str, *, since_ms: int) -> int:
        """People, each counted once."""
        row = self._ledger.db.execute(
            "SELECT count(*) FROM recipients WHERE waba_id = ? AND at_ms > ?", (waba_id, since_ms)
        ).fetchone()
        return int(row[0])

    def knows(self, waba_id: str, person: str, *, since_ms: int) -> bool:
        row = self._ledger.db.execute(
            "SELECT 1 FROM recipients WHERE waba_id = ? AND person = ? AND at_ms > ?",
            (waba_id, person, since_ms),
        ).fetchone()
        return row is not None

    def forget(self, db: sqlite3.Connection, waba_id: str) -> None:
        db.execute("DELETE FROM recipients WHERE waba_id = ?", (waba_id,))

    def stop_offers(self, db: sqlite3.Connection, customer: Customer, *, stop: bool) -> None:
        if stop:
            db.execute("INSERT INTO offers_stopped VALUES (?) ON CONFLICT DO NOTHING", (customer.id,))
        else:
            db.execute("DELETE FROM offers_stopped WHERE customer_id = ?", (customer.id,))

    def wants_no_offers(self, customer: Customer) -> bool:
        row = self._ledger.db.execute(
            "SELECT 1 FROM offers_stopped WHERE customer_id = ?", (customer.id,)
        ).fetchone()
        return row is not None

    def block(self, db: sqlite3.Connection, customer: Customer, *, at_ms: int | None) -> None:
        """None: not any more."""
        db.execute("DELETE FROM blocks WHERE customer_id = ?", (customer.id,))
        if at_ms is not None:
            db.execute("INSERT INTO blocks VALUES (?, ?)", (customer.id, at_ms))

    def blocked(self, customer: Customer) -> bool:
        found = self._ledger.db.execute("SELECT 1 FROM blocks WHERE customer_id = ?", (customer.id,))
        return found.fetchone() is not None

    def blocks_since(self, phone_number_id: str, *, since_ms: int) -> int:
        """Customers of a number who blocked it since, and still do."""
        row = self._ledger.db.execute(
            "SELECT count(*) FROM blocks b JOIN customers c ON c.id = b.customer_id "
            "WHERE c.phone_number_id = ? AND b.at_ms > ?",
            (phone_number_id, since_ms),
        ).fetchone()
        return int(row[0])

    def offers_since(self, customer: Customer, *, since_ms: int) -> int:
        """Marketing messages that one customer got."""
        return int(self._ledger.db.execute(_MARKETING, (customer.id, since_ms)).fetchone()[0])

    def sent_of(self, numbers: list[str], name: str) -> int:
        """How often these numbers sent a template of this name."""
        return int(self._ledger.db.execute(_SENT, (compact(numbers), name)).fetchone()[0])
