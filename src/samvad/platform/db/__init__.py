"""The database: two pools of two roles, units of work with a tenant, cursors, failures by SQLSTATE."""

from samvad.platform.db.connection import Connection
from samvad.platform.db.database import Database, savepoint
from samvad.platform.db.errors import CommitUnknown, DatabaseDown, is_down, retrying
from samvad.platform.db.paging import Page, decode_cursor, encode_cursor
from samvad.platform.db.scope import Actor, ReadScope, Scope, SystemScope

__all__ = [
    "Actor",
    "CommitUnknown",
    "Connection",
    "Database",
    "DatabaseDown",
    "Page",
    "ReadScope",
    "Scope",
    "SystemScope",
    "decode_cursor",
    "encode_cursor",
    "is_down",
    "retrying",
    "savepoint",
]
