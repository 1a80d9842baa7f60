"""Database failures told by SQLSTATE, and the one retry that is always safe."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from samvad.kernel.errors import Unavailable

T = TypeVar("T")

DEADLOCK, SERIALIZATION = "40P01", "40001"
_DOWN_CLASSES = ("08", "57P", "53", "25P03")  # connection, intervention, resources, abandoned too long
_RETRIES = 5
# InternalClientError: an idle connection was told to go and we use it before its end has been read.
_CUT = (OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.InternalClientError)
DRIVER_FAILURES = (*_CUT, asyncpg.PostgresError)


class DatabaseDown(Unavailable):
    """PostgreSQL does not answer; nothing of this attempt was stored."""

    code = "database_down"
    title = "The database does not answer"


class CommitUnknown(Unavailable):
    """The connection broke during COMMIT: it may or may not be stored."""

    code = "commit_unknown"
    title = "The database was lost while saving; look before repeating"


def is_down(failure: BaseException) -> bool:
    """Whether the failure says that PostgreSQL is away, rather than that a statement is wrong."""
    if isinstance(failure, (DatabaseDown, *_CUT)):
        return True
    state = getattr(failure, "sqlstate", None) or ""
    return isinstance(failure, asyncpg.PostgresError) and state.startswith(_DOWN_CLASSES)


async def retrying(work: Callable[[], Awaitable[T]]) -> T:
    """Runs a whole transaction again after a deadlock or serialization failure, at most five times."""
    for attempt in range(_RETRIES):
        try:
            return await work()
        except asyncpg.PostgresError as failure:
            if failure.sqlstate not in (DEADLOCK, SERIALIZATION) or attempt == _RETRIES - 1:
                raise
            await asyncio.sleep(0.005 * 2**attempt)
    raise AssertionError("unreachable")
