"""Customers of a number, found by phone, wa_id or business-scoped id."""

import sqlite3

from samvad.sandbox.repository.ledger import Ledger
from samvad.sandbox.types import Customer

_COLUMNS = "id, name, phone, wa_id, bsuid, last_wrote_ms, typing_until_ms"
_SELECT = f"SELECT {_COLUMNS} FROM customers WHERE phone_number_id = ? "
_FIND = f"{_SELECT}AND phone = ? UNION ALL {_SELECT}AND wa_id = ? UNION ALL {_SELECT}AND bsuid = ? LIMIT 1"
_CHANGED = f"""
SELECT changed, {_COLUMNS} FROM customers WHERE phone_number_id = ? AND changed > ? ORDER BY changed LIMIT ?
"""
_INSERT = (
    "INSERT INTO customers (phone_number_id, name, phone, wa_id, bsuid, changed) VALUES (?, ?, ?, ?, ?, ?)"
)
_WROTE = "UPDATE customers SET last_wrote_ms = max(coalesce(last_wrote_ms, 0), ?), changed = ? WHERE id = ?"


class Customers:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def find(
        self, phone_number_id: str, *, phone: str | None = None, bsuid: str | None = None
    ) -> Customer | None:
        row = self._ledger.db.execute(
            _FIND,
            (phone_number_id, phone, phone_number_id, phone, phone_number_id, bsuid),
        ).fetchone()
        return Customer(*row) if row else None

    def get(self, phone_number_id: str, customer_id: int) -> Customer | None:
        row = self._ledger.db.execute(
            _SELECT + "AND id = ?",
            (phone_number_id, customer_id),
        ).fetchone()
        return Customer(*row) if row else None

    def all(self, phone_number_id: str, *, limit: int = 500) -> list[Customer]:
        """The latest writers first, then by age."""
        rows = self._ledger.db.execute(
            _SELECT + "ORDER BY coalesce(last_wrote_ms, 0) DESC, id LIMIT ?",
            (phone_number_id, limit),
        )
        return [Customer(*row) for row in rows]

    def changed_since(self, phone_number_id: str, after: int, *, limit: int) -> list[tuple[int, Customer]]:
        rows = self._ledger.db.execute(
            _CHANGED,
            (phone_number_id, after, limit),
        )
        return [(row[0], Customer(*row[1:])) for row in rows]

    def add(
        self,
        db: sqlite3.Connection,
        phone_number_id: str,
        *,
        name: str,
        phone: str | None,
        wa_id: str | None,
        bsuid: str,
    ) -> Customer:
        """Raises sqlite3.IntegrityError when the phone or the id is taken."""
        cursor = db.execute(
            _INSERT,
            (phone_number_id, name, phone, wa_id, bsuid, self._ledger.next_change()),
        )
        return Customer(cursor.lastrowid or 0, name, phone, wa_id, bsuid)

    def stand(self, db: sqlite3.Connection, phone_number_id: str, *, phone: str, name: str) -> None:
        """Somebody who is there again after a reset."""
        db.execute(
            "INSERT INTO standing VALUES (?, ?, ?) "
            "ON CONFLICT (phone_number_id, phone) DO UPDATE SET name = excluded.name",
            (phone_number_id, phone, name),
        )

    def stand_no_more(self, db: sqlite3.Connection, phone_number_id: str, *, phone: str | None) -> None:
        db.execute(
            "DELETE FROM standing WHERE phone_number_id = ?1 AND phone = coalesce(?2, phone)",
            (phone_number_id, phone),
        )

    def standing(self, phone_number_id: str) -> list[tuple[str, str]]:
        """(name, phone), in the order in which they came."""
        return self._ledger.db.execute(
            "SELECT name, phone FROM standing WHERE phone_number_id = ? ORDER BY rowid", (phone_number_id,)
        ).fetchall()

    def forget(self, db: sqlite3.Connection, customer: Customer) -> None:
        db.execute("DELETE FROM offers_stopped WHERE customer_id = ?", (customer.id,))
        db.execute("DELETE FROM blocks WHERE customer_id = ?", (customer.id,))
        db.execute("DELETE FROM customers WHERE id = ?", (customer.id,))

    def wrote(self, db: sqlite3.Connection, customer: Customer, *, at_ms: int) -> None:
        db.execute(
            _WROTE,
            (at_ms, self._ledger.next_change(), customer.id),
        )

    def wrote_nothing(self, db: sqlite3.Connection, customer: Customer) -> None:
        """As on the first day: no word yet, nobody types."""
        db.execute(
            "UPDATE customers SET last_wrote_ms = NULL, typing_until_ms = 0, changed = ? WHERE id = ?",
            (self._ledger.next_change(), customer.id),
        )

    def touch(self, db: sqlite3.Connection, customer: Customer) -> None:
        """Phones that are open hear of them."""
        changed = self._ledger.next_change()
        db.execute("UPDATE customers SET changed = ? WHERE id = ?", (changed, customer.id))

    def rename(self, db: sqlite3.Connection, customer: Customer, *, name: str) -> None:
        db.execute(
            "UPDATE customers SET name = ?, changed = ? WHERE id = ?",
            (name, self._ledger.next_change(), customer.id),
        )

    def move(self, db: sqlite3.Connection, customer: Customer, *, phone: str) -> None:
        """A new number for the same person. Raises sqlite3.IntegrityError when it is taken."""
        db.execute(
            "UPDATE customers SET phone = ?, wa_id = ?, changed = ? WHERE id = ?",
            (phone, phone, self._ledger.next_change(), customer.id),
        )

    def typing(self, db: sqlite3.Connection, customer_id: int, *, until_ms: int) -> None:
        db.execute(
            "UPDATE customers SET typing_until_ms = ?, changed = ? WHERE id = ?",
            (until_ms, self._ledger.next_change(), customer_id),
        )
