"""What every repository of the room shares: its scope, and how a unique key or a cursor is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import asyncpg

from samvad.kernel.errors import Conflict, FieldError, Invalid
from samvad.kernel.ids import parse_id
from samvad.platform.db import ReadScope, Scope, decode_cursor


class Reader:
    def __init__(self, scope: ReadScope) -> None:
        self._db = scope.db
        self._tenant = scope.tenant


class Writer:
    def __init__(self, scope: Scope) -> None:
        self._db = scope.db
        self._tenant = scope.tenant
        self._actor = scope.actor


@contextmanager
def taken(failure: type[Conflict]) -> Iterator[None]:
    """A unique key that is taken already becomes `failure`."""
    try:
        yield
    except asyncpg.UniqueViolationError as collision:
        raise failure from collision


def after(cursor: str | None) -> UUID | None:
    """The id behind the cursor of a list that is ordered by id. Raises Invalid."""
    if cursor is None:
        return None
    found = parse_id(decode_cursor(cursor, 1)[0])
    if found is None:
        raise Invalid(errors=[FieldError("cursor", "use the next_cursor of an earlier answer")])
    return found
