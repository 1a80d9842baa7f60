"""Media that customers sent and the business uploaded."""

import sqlite3
from dataclasses import dataclass

from samvad.sandbox.repository.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Media:
    """`sha256` in base64, as webhooks carry it."""

    id: str
    phone_number_id: str
    mime_type: str
    filename: str | None
    sha256: str
    data: bytes
    expires_ms: int


class MediaStore:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, db: sqlite3.Connection, media: Media) -> None:
        db.execute(
            "INSERT INTO media VALUES (?,?,?,?,?,?,?)",
            (
                media.id,
                media.phone_number_id,
                media.mime_type,
                media.filename,
                media.sha256,
                media.data,
                media.expires_ms,
            ),
        )

    def find(self, media_id: str) -> Media | None:
        row = self._ledger.db.execute(
            "SELECT id, phone_number_id, mime_type, filename, sha256, data, expires_ms "
            "FROM media WHERE id = ?",
            (media_id,),
        ).fetchone()
        return Media(*row) if row else None
