"""Larger JSON is compressed for whoever asks; streams, files and small answers go as they are."""

import gzip

import orjson
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from samvad.api.compressing import SMALLEST, Compressed
from tests.api.client import Client

LARGE = {"items": ["namaste"] * 500}


async def large(_: Request) -> Response:
    return JSONResponse(LARGE, 201, headers={"x-kept": "yes"})


async def small(_: Request) -> Response:
    return JSONResponse({"ok": True})


async def refused(_: Request) -> Response:
    return JSONResponse(LARGE, 409, media_type="application/problem+json")


async def stream(_: Request) -> Response:
    async def lines():  # type: ignore[no-untyped-def]
        for _ in range(3):
            yield orjson.dumps(LARGE) + b"\n"

    return StreamingResponse(lines(), media_type="application/json")


async def file(_: Request) -> Response:
    return Response(b"x" * 5000, media_type="application/octet-stream")


ROUTES = {"large": large, "small": small, "refused": refused, "stream": stream, "file": file}
APP = Compressed(Starlette(routes=[Route(f"/{at}/{n}", f) for n, f in ROUTES.items() for at in ("api", "x")]))


@pytest.mark.parametrize(("path", "status"), [("large", 201), ("refused", 409)])
async def test_it_is_smaller_and_the_same(path: str, status: int) -> None:
    answer = await Client(APP).call("GET", f"/api/{path}", headers={"accept-encoding": "br, gzip;q=0.8"})
    assert (answer.status, answer.headers["content-encoding"], answer.headers["vary"]) == (
        status, "gzip", "Accept-Encoding",
    )  # fmt: skip
    assert int(answer.headers["content-length"]) == len(answer.body) < SMALLEST
    assert orjson.loads(gzip.decompress(answer.body)) == LARGE


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        ("/api/large", ""), ("/api/large", "gzip;q=0"), ("/api/large", "br"), ("/api/small", "gzip"),
        ("/api/stream", "gzip"), ("/api/file", "gzip"), ("/x/large", "gzip"),
    ],
)  # fmt: skip
async def test_the_rest_goes_as_it_is(path: str, accepted: str) -> None:
    plain = await Client(APP).call("GET", path)
    answer = await Client(APP).call("GET", path, headers={"accept-encoding": accepted})
    assert "content-encoding" not in answer.headers
    assert answer.body == plain.body
    assert answer.headers.get("x-kept") == plain.headers.get("x-kept")
