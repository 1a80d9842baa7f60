"""Numbers with their rules, kept in memory too: every send reads them."""

import sqlite3
from dataclasses import replace

import orjson

from samvad.sandbox.behaviour import Behaviour, merge
from samvad.sandbox.jsonio import Fields
from samvad.sandbox.repository.ledger import Ledger
from samvad.sandbox.types import Fault, Number, Rule

_COLUMNS = (
    "phone_number_id, waba_id, display_phone_number, access_token, app_secret, webhook_url, verify_token, "
    "tenant, subscribed, verified, clock_offset_ms, behaviour"
)
_SAVE = f"""
INSERT INTO numbers ({_COLUMNS}, changed, sequence)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
  coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'sequence ' || ?1), 0))
ON CONFLICT (phone_number_id) DO UPDATE SET waba_id = excluded.waba_id,
  display_phone_number = excluded.display_phone_number, access_token = excluded.access_token,
  app_secret = excluded.app_secret, webhook_url = excluded.webhook_url, verify_token = excluded.verify_token,
  tenant = excluded.tenant, subscribed = excluded.subscribed, verified = excluded.verified,
  clock_offset_ms = excluded.clock_offset_ms, behaviour = excluded.behaviour, changed = excluded.changed
"""
_KEEP_SEQUENCE = """
INSERT INTO meta SELECT 'sequence ' || phone_number_id, sequence FROM numbers WHERE phone_number_id = ?
ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""


class Numbers:
    """Reads come from memory; changes are written inside a unit of work and take hold at once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._rules: dict[str, list[Rule]] = {}
        for row in ledger.db.execute(
            "SELECT phone_number_id, id, fault, remaining, code, http_status, recipient, kind "
            "FROM rules ORDER BY id"
        ):
            self._rules.setdefault(row[0], []).append(Rule(row[1], Fault(row[2]), *row[3:]))
        self._known = {
            row[0]: self._number(row)
            for row in ledger.db.execute(f"SELECT {_COLUMNS} FROM numbers ORDER BY rowid")
        }

    def _number(self, row: tuple[str, ...]) -> Number:
        id_, waba_id, display, access_token, app_secret, url, verify_token, tenant, *rest = row
        subscribed, verified, offset, behaviour = rest
        return Number(
            phone_number_id=id_,
            waba_id=waba_id,
            display_phone_number=display,
            access_token=access_token,
            app_secret=app_secret,
            webhook_url=url,
            verify_token=verify_token,
            tenant=tenant,
            subscribed=bool(subscribed),
            verified=bool(verified),
            clock_offset_ms=int(offset),
            behaviour=merge(Behaviour(), Fields(orjson.loads(behaviour))),
            rules=tuple(self._rules.get(id_, ())),
        )

    def all(self) -> list[Number]:
        return list(self._known.values())

    def find(self, phone_number_id: str) -> Number | None:
        return self._known.get(phone_number_id)

    def save(self, db: sqlite3.Connection, number: Number) -> None:
        db.execute(
            _SAVE,
            (number.phone_number_id, number.waba_id, number.display_phone_number, number.access_token,
             number.app_secret, number.webhook_url, number.verify_token, number.tenant, number.subscribed,
             number.verified, number.clock_offset_ms, orjson.dumps(number.behaviour).decode(),
             self._ledger.next_change()),
        )  # fmt: skip
        self._known[number.phone_number_id] = number

    def add_rule(self, db: sqlite3.Connection, number: Number, rule: Rule) -> Rule:
        cursor = db.execute(
            "INSERT INTO rules (phone_number_id, fault, remaining, code, http_status, recipient, kind) "
            "VALUES (?,?,?,?,?,?,?)",
            (
                number.phone_number_id,
                rule.fault,
                rule.remaining,
                rule.code,
                rule.http_status,
                rule.recipient,
                rule.kind,
            ),
        )
        made = replace(rule, id=cursor.lastrowid or 0)
        self._keep(number.phone_number_id, (*number.rules, made))
        return made

    def use_rule(self, db: sqlite3.Connection, phone_number_id: str, rule: Rule) -> None:
        """One hit less; a spent rule is gone."""
        number = self._known[phone_number_id]
        if rule.remaining is None:
            return
        left = rule.remaining - 1
        db.execute("UPDATE rules SET remaining = ? WHERE id = ?", (left, rule.id))
        db.execute("DELETE FROM rules WHERE id = ? AND remaining <= 0", (rule.id,))
        spent = replace(rule, remaining=left)
        rules = (spent if r.id == rule.id else r for r in number.rules)
        self._keep(phone_number_id, tuple(r for r in rules if r.remaining != 0))

    def drop_rules(self, db: sqlite3.Connection, phone_number_id: str) -> None:
        db.execute("DELETE FROM rules WHERE phone_number_id = ?", (phone_number_id,))
        self._keep(phone_number_id, ())

    def _keep(self, phone_number_id: str, rules: tuple[Rule, ...]) -> None:
        self._known[phone_number_id] = replace(self._known[phone_number_id], rules=rules)

    def next_sequence(self, db: sqlite3.Connection, phone_number_id: str) -> int:
        """Numbers the ids that this number gives away."""
        row = db.execute(
            "UPDATE numbers SET sequence = sequence + 1 WHERE phone_number_id = ? RETURNING sequence",
            (phone_number_id,),
        ).fetchone()
        return int(row[0])

    def clear(self, db: sqlite3.Connection, phone_number_id: str, *, restart_ids: bool) -> None:
        """All that happened on a number; itself stays."""
        for table in ("offers_stopped", "blocks"):
            db.execute(
                f"DELETE FROM {table} WHERE customer_id IN "
                "(SELECT id FROM customers WHERE phone_number_id = ?)",
                (phone_number_id,),
            )
        for table in ("rules", "customers", "messages", "refusals", "webhooks", "media"):
            db.execute(f"DELETE FROM {table} WHERE phone_number_id = ?", (phone_number_id,))
        if restart_ids:
            db.execute("UPDATE numbers SET sequence = 0 WHERE phone_number_id = ?", (phone_number_id,))
        fresh = replace(self._known[phone_number_id], rules=(), behaviour=Behaviour(), clock_offset_ms=0)
        self.save(db, fresh)

    def forget(self, db: sqlite3.Connection, phone_number_id: str) -> None:
        """All of it but the count of its ids: should it come back, it repeats none."""
        self.clear(db, phone_number_id, restart_ids=False)
        db.execute(_KEEP_SEQUENCE, (phone_number_id,))
        db.execute("DELETE FROM numbers WHERE phone_number_id = ?", (phone_number_id,))
        del self._known[phone_number_id]

    def changed_at(self, phone_number_id: str) -> int:
        row = self._ledger.db.execute(
            "SELECT changed FROM numbers WHERE phone_number_id = ?", (phone_number_id,)
        ).fetchone()
        return int(row[0]) if row else 0

    def seed(self, default: int) -> int:
        row = self._ledger.db.execute("SELECT value FROM meta WHERE key = 'seed'").fetchone()
        return int(row[0]) if row else default

    def set_seed(self, db: sqlite3.Connection, seed: int) -> None:
        db.execute(
            "INSERT INTO meta VALUES ('seed', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (str(seed),),
        )
