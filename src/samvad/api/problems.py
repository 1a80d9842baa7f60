"""Every failure as problem+json (RFC 9457), from one table."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

import asyncpg
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from samvad.kernel import errors
from samvad.kernel.errors import Invalid, SamvadError
from samvad.platform.db import is_down
from samvad.platform.logging import get_logger
from samvad.tenancy.once import Replayed

log = get_logger("api")

MEDIA_TYPE = "application/problem+json"
STATUS: tuple[tuple[type[SamvadError], int], ...] = (
    (errors.Unauthenticated, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.Invalid, 422),
    (errors.TooMany, 429),
    (errors.Unavailable, 503),
)
_HTTP = {
    400: ("bad_request", "The request cannot be read"),
    404: ("not_found", "Not found"),
    405: ("method_not_allowed", "This address does not take that method"),
    413: ("too_large", "The request is too large"),
}
_RETRY_AFTER = "1"
_SERIALIZATION = ("40001", "40P01")
_INTEGRITY = (asyncpg.UniqueViolationError, asyncpg.ForeignKeyViolationError)


class ProblemField(BaseModel):
    field: str
    code: str
    detail: str


class Problem(BaseModel):
    """`code` is stable; `errors` names the wrong fields."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[ProblemField] = []


def problem(
    status: int, code: str, title: str, *, detail: str = "", wrong: Sequence[ProblemField] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    body = Problem(
        type=f"urn:samvad:problem:{code}", title=title, status=status, code=code,
        detail=detail or title, errors=list(wrong),
    )  # fmt: skip
    return Response(body.model_dump_json(), status, headers, media_type=MEDIA_TYPE)


async def samvad_error(_: Request, failure: SamvadError) -> Response:
    status = next((status for kind, status in STATUS if isinstance(failure, kind)), 500)
    if status == 500:
        raise failure
    wrong = failure.errors if isinstance(failure, Invalid) else []
    return problem(
        status, failure.code, failure.title, detail=failure.detail, headers=_headers(failure),
        wrong=[ProblemField(field=e.field, code="invalid", detail=e.detail) for e in wrong],
    )  # fmt: skip


def _headers(failure: SamvadError) -> dict[str, str]:
    if isinstance(failure, errors.TooMany):
        return {"Retry-After": str(failure.retry_after)}
    if isinstance(failure, errors.Unavailable):
        return {"Retry-After": _RETRY_AFTER}
    return {"WWW-Authenticate": "Bearer"} if isinstance(failure, errors.Unauthenticated) else {}


async def validation_error(_: Request, failure: RequestValidationError) -> Response:
    """Names each field; never echoes the value, which may be a secret or unprintable."""
    found = failure.errors()
    wrong = [
        ProblemField(field=_path(error["loc"]), code=str(error["type"]), detail=str(error["msg"]))
        for error in found
    ]
    return problem(422, Invalid.code, Invalid.title, wrong=wrong)


def _path(location: Sequence[object]) -> str:
    """`("body", "limits", 0)` -> `limits.0`; a wrong body as a whole is `body`."""
    inner = location[1:] if len(location) > 1 and isinstance(location[1], str) else location[:1]
    return ".".join(_printable(str(step)) for step in inner)


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()[:100]


async def http_error(_: Request, failure: HTTPException) -> Response:
    code, title = _HTTP.get(failure.status_code, ("http_error", "The request was refused"))
    return problem(failure.status_code, code, title, headers=failure.headers)


async def database_error(request: Request, failure: Exception) -> Response:
    """What PostgreSQL refused: a value it cannot hold is the caller's, a lost server is nobody's."""
    if isinstance(failure, asyncpg.DataError | UnicodeEncodeError):
        return await samvad_error(
            request, Invalid("A value holds characters or numbers that cannot be stored")
        )
    if is_down(failure) or getattr(failure, "sqlstate", None) in _SERIALIZATION:
        log.warning("request.database_down", failure=type(failure).__name__)
        return await samvad_error(request, errors.Unavailable())
    if isinstance(failure, _INTEGRITY):
        log.warning("request.lost_race", constraint=getattr(failure, "constraint_name", None))
        return await samvad_error(request, errors.Conflict())
    raise failure


async def replayed(_: Request, first: Replayed) -> Response:
    return first.response


async def unexpected(_: Request, __: Exception) -> Response:
    """The 500 that leaks nothing; middleware.LastNet has the trace."""
    return problem(500, "internal", "Something went wrong on our side; it has been noted")


def too_large() -> Response:
    code, title = _HTTP[413]
    return problem(413, code, title)


Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]

HANDLERS: dict[int | type[Exception], Handler] = {
    SamvadError: samvad_error,
    RequestValidationError: validation_error,
    HTTPException: http_error,
    asyncpg.PostgresError: database_error,
    asyncpg.InterfaceError: database_error,
    asyncpg.InternalClientError: database_error,
    asyncpg.InternalClientError: database_error,
    ConnectionError: database_error,
    TimeoutError: database_error,
    UnicodeEncodeError: database_error,
    Replayed: replayed,
    Exception: unexpected,
}
