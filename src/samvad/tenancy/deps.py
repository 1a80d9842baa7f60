"""The door of every route: `reads(...)` or `writes(...)` declares its one permission and opens its
transaction, which is committed before the answer leaves."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import structlog
from fastapi import APIRouter, Depends, Query, Request
from fastapi.params import Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes
from pydantic import AwareDatetime

from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.ids import TenantId, new_id
from samvad.platform.crashpoints import Point
from samvad.platform.db import Database, ReadScope, Scope
from samvad.platform.db.paging import DEFAULT_LIMIT, MAX_LIMIT
from samvad.tenancy import once
from samvad.tenancy.service import Caller, Gatekeeper
from samvad.tenancy.types import Permission

T = TypeVar("T")

_bearer = HTTPBearer(auto_error=False, scheme_name="bearer", description="Session token or API key")
_header = APIKeyHeader(name="X-API-Key", auto_error=False, scheme_name="apiKey", description="API key")


def part(kind: type[T]) -> Callable[[Request], T]:
    """A dependency on a thing that bootstrap built: `Depends(part(SignIn))`."""

    def find(request: Request) -> T:
        found = request.app.state.parts[kind]
        if not isinstance(found, kind):
            raise TypeError(f"{kind.__name__} was not handed over")
        return found

    return find


def _token(
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    key: Annotated[str | None, Depends(_header)],
) -> str | None:
    return bearer.credentials if bearer else key


Token = Annotated[str | None, Depends(_token)]
Door = Annotated[Gatekeeper, Depends(part(Gatekeeper))]


async def _reading(
    door: Door, token: Token, declared: SecurityScopes, request: Request
) -> AsyncIterator[ReadScope]:
    if once.key_of(request):
        async with door.writing(token, _one(declared)) as scope:
            await once.claim(request, scope, now=door.clock.now())
            yield scope
    else:
        async with door.reading(token, _one(declared)) as reading:
            yield reading


class AfterCommit:
    """What a route wants done when its transaction has committed and before its answer leaves."""

    def __init__(self, request: Request) -> None:
        request.state.after_commit = self
        self._calls: list[Callable[[], None]] = []

    def do(self, call: Callable[[], None]) -> None:
        self._calls.append(call)

    def run(self) -> None:
        for call in self._calls:
            call()


After = Annotated[AfterCommit, Depends(AfterCommit)]


def _writing(point: Point | None) -> Callable[..., AsyncIterator[Scope]]:
    async def write(
        door: Door, token: Token, declared: SecurityScopes, request: Request
    ) -> AsyncIterator[Scope]:
        async with door.writing(token, _one(declared), point=point) as scope:
            await once.claim(request, scope, now=door.clock.now())
            yield scope
        after: AfterCommit | None = getattr(request.state, "after_commit", None)
        if after:
            after.run()

    return write


@dataclass(frozen=True, slots=True)
class Admitted:
    """A caller whose permission is checked, and the means to open transactions: for routes that call
    other servers or compute for long, with no transaction open meanwhile."""

    database: Database
    tenant: TenantId
    caller: Caller

    def reading(self) -> AbstractAsyncContextManager[ReadScope]:
        return self.database.reading(self.tenant, self.caller)

    def unit_of_work(self, *, point: Point | None = None) -> AbstractAsyncContextManager[Scope]:
        return self.database.unit_of_work(self.tenant, self.caller, point=point)


async def _admitted(door: Door, token: Token, declared: SecurityScopes, request: Request) -> Admitted:
    tenant, caller = await door.admit(token, _one(declared))
    admitted = Admitted(door.database, tenant, caller)
    if once.key_of(request):
        async with admitted.reading() as scope:
            await once.ask(request, door.database, scope, now=door.clock.now())
    return admitted


def _one(declared: SecurityScopes) -> Permission:
    (permission,) = declared.scopes
    return Permission(permission)


def reads(permission: Permission) -> Security:
    """`scope: Annotated[ReadScope, reads(Permission.INBOX_READ)]`."""
    return Security(_reading, scope="function", scopes=[permission.value])


def writes(permission: Permission, *, point: Point | None = None) -> Security:
    """`scope: Annotated[Scope, writes(Permission.INBOX_WRITE)]`; `point` names the commit to crash tests."""
    return Security(_writing(point), scope="function", scopes=[permission.value])


def admits(permission: Permission) -> Security:
    """`call: Annotated[Admitted, admits(Permission.CHANNELS_WRITE)]`; opens no transaction."""
    return Security(_admitted, scopes=[permission.value])


def _now(door: Door) -> datetime:
    return door.clock.now()


def _correlation() -> str:
    """What joins this call's log lines with those of its later effects."""
    bound = structlog.contextvars.get_contextvars().get("correlation")
    return str(bound) if bound else str(new_id())


Now = Annotated[datetime, Depends(_now)]
Correlation = Annotated[str, Depends(_correlation)]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before")]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="most items of a page")]
PAGE = DEFAULT_LIMIT
From = Annotated[AwareDatetime | None, Query(alias="from", description="at or after")]
To = Annotated[AwareDatetime | None, Query(alias="to", description="before")]


def span(since: datetime | None, until: datetime | None) -> tuple[datetime | None, datetime | None]:
    """What From and To mean. Raises Invalid for a time that its offset moves out of the calendar."""
    return _moment(since, field="from"), _moment(until, field="to")


def _moment(given: datetime | None, *, field: str) -> datetime | None:
    try:
        return given.astimezone(UTC) if given else None
    except OverflowError:
        raise Invalid(errors=[FieldError(field, "this is no usable time")]) from None


def room_router(tag: str, *, prefix: str = "") -> APIRouter:
    """The router of a room: its routes honour Idempotency-Key."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=once.OnceRoute)
