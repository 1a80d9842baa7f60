"""Connections and pools as the type checker sees them (asyncpg's classes are generic in its stubs only)."""

from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    Record = asyncpg.Record
    Connection = asyncpg.Connection[Record] | asyncpg.pool.PoolConnectionProxy[Record]
    Pool = asyncpg.Pool[Record]
else:
    Connection = asyncpg.Connection
    Pool = asyncpg.Pool
