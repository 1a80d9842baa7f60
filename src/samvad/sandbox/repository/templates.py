"""Message templates of accounts."""

import sqlite3
from collections.abc import Sequence

import orjson

from samvad.sandbox.jsonio import compact
from samvad.sandbox.repository.ledger import Ledger
from samvad.sandbox.templates import Category, Quality, Status, Template

_COLUMNS = "id, waba_id, name, language, category, status, components, quality, reason, verdict, decided_ms"


def _template(row: tuple[str, ...]) -> Template:
    id_, waba_id, name, language, category, status, components, quality, reason, verdict, decided = row
    return Template(
        id=id_,
        waba_id=waba_id,
        name=name,
        language=language,
        category=Category(category),
        status=Status(status),
        components=orjson.loads(components),
        quality=Quality(quality),
        reason=reason,
        verdict=Status(verdict) if verdict else None,
        decided_ms=int(decided),
    )


class Templates:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def save(self, db: sqlite3.Connection, template: Template) -> None:
        db.execute(
            f"INSERT OR REPLACE INTO templates ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (template.id, template.waba_id, template.name, template.language, template.category,
             template.status, compact(template.components), template.quality, template.reason,
             template.verdict, template.decided_ms),
        )  # fmt: skip

    def page(self, waba_id: str, *, after: str, limit: int) -> Sequence[Template]:
        """In the order of their ids."""
        rows = self._ledger.db.execute(
            f"SELECT {_COLUMNS} FROM templates WHERE waba_id = ? AND id > ? ORDER BY id LIMIT ?",
            (waba_id, after, limit),
        )
        return [_template(row) for row in rows]

    def find(self, waba_id: str, name: str, language: str) -> Template | None:
        row = self._ledger.db.execute(
            f"SELECT {_COLUMNS} FROM templates WHERE waba_id = ? AND name = ? AND language = ?",
            (waba_id, name, language),
        ).fetchone()
        return _template(row) if row else None

    def get(self, id_: str) -> Template | None:
        row = self._ledger.db.execute(f"SELECT {_COLUMNS} FROM templates WHERE id = ?", (id_,)).fetchone()
        return _template(row) if row else None

    def delete(self, db: sqlite3.Connection, waba_id: str, name: str, *, id_: str | None) -> int:
        """Of that name all languages, or the one with that id; how many there were."""
        return db.execute(
            "DELETE FROM templates WHERE waba_id = ? AND name = ? AND (? IS NULL OR id = ?)",
            (waba_id, name, id_, id_),
        ).rowcount

    def clear(self, db: sqlite3.Connection, waba_id: str) -> None:
        db.execute("DELETE FROM templates WHERE waba_id = ?", (waba_id,))
        db.execute("DELETE FROM meta WHERE key = ?", (f"starters {waba_id}",))

    def begin(self, db: sqlite3.Connection, waba_id: str) -> bool:
        """Whether this account never had its first templates; from now on it had."""
        return (
            db.execute(
                "INSERT INTO meta VALUES (?, '1') ON CONFLICT DO NOTHING", (f"starters {waba_id}",)
            ).rowcount
            > 0
        )
