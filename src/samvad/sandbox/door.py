"""What the three doors share: bodies with a cap, JSON answers, problems, bearer tokens."""

import hmac
import logging
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from samvad.kernel.errors import Conflict, Forbidden, Invalid, NotFound, SamvadError, Unauthenticated
from samvad.sandbox.jsonio import BadField, Fields, JsonObject, JsonValue, answer_bytes, parse_object

log = logging.getLogger("samvad.sandbox")
Handler = Callable[[Request], Awaitable[Response]]
BODY_CAP = 8_000_000
_STATUS: dict[type[SamvadError], int] = {
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Invalid: 422,
}


class TooLarge(Exception):
    pass


def answer(value: JsonValue, *, status: int = 200, cls: type[Response] = Response) -> Response:
    return cls(answer_bytes(value), status_code=status, media_type="application/json")


async def read_body(request: Request, *, cap: int = BODY_CAP) -> bytes:
    """Raises TooLarge."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > cap:
            raise TooLarge
        chunks.append(chunk)
    return b"".join(chunks)


async def read_fields(request: Request) -> Fields:
    return parse_object(await read_body(request))


def bearer(request: Request) -> str:
    """The token of `Authorization: Bearer`, or nothing."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def same(given: str, expected: str) -> bool:
    """In constant time."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def query_integer(request: Request, name: str, *, default: int, low: int = 0, high: int = 2**53) -> int:
    """Raises BadField."""
    text = request.query_params.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 17 and low <= int(text) <= high):
        raise BadField(name, f"must be a whole number from {low} to {high}")
    return int(text)


def guarded(handler: Handler) -> Handler:
    """Failures as problem+json; what nobody expected is logged and is a 500."""

    async def guard(request: Request) -> Response:
        try:
            return await handler(request)
        except BadField as failure:
            return problem(422, "invalid", str(failure))
        except UnicodeEncodeError:
            return problem(422, "invalid", "an id or a name holds half a surrogate pair")
        except TooLarge:
            return problem(413, "too_large", f"The body is larger than {BODY_CAP} bytes")
        except SamvadError as failure:
            return problem(_STATUS.get(type(failure), 400), failure.code, failure.detail)
        except Exception:
            log.exception("sandbox request failed: %s", request.url.path)
            return problem(500, "error", "The sandbox failed; its log says why")

    return guard


def problem(status: int, code: str, detail: str) -> Response:
    body: JsonObject = {
        "type": "about:blank",
        "title": code,
        "status": status,
        "code": code,
        "detail": detail,
    }
    return Response(answer_bytes(body), status_code=status, media_type="application/problem+json")
