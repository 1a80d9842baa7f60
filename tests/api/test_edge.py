"""The edge owns the transaction: an answer means it is stored; the wrapping of every request."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import asyncpg
import pytest
from prometheus_client import REGISTRY
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as AsgiScope

from samvad.api.app import create_app
from samvad.api.services import ApiServices
from samvad.kernel.ids import new_id
from samvad.platform.db import Database, Scope
from samvad.tenancy.deps import room_router, writes
from samvad.tenancy.types import Permission, Role
from tests.api.client import Client
from tests.tenancy.factories import House

router = room_router("test")


@router.post("/lost")
async def lost(scope: Annotated[Scope, writes(Permission.SELF)]) -> dict[str, bool]:
    """Writes, then loses its connection: the commit must fail."""
    await scope.db.execute(
        "INSERT INTO outlets (tenant_id, id, name, created_at) VALUES ($1, $2, 'Lost', now())",
        scope.tenant, new_id(),
    )  # fmt: skip
    scope.db.terminate()
    return {"stored": True}


@router.post("/broken")
async def broken(scope: Annotated[Scope, writes(Permission.SELF)]) -> None:
    await scope.db.execute(
        "INSERT INTO outlets (tenant_id, id, name, created_at) VALUES ($1, $2, 'Broken', now())",
        scope.tenant, new_id(),
    )  # fmt: skip
    raise RuntimeError("secret detail of the inside")


@pytest.fixture
def client(services: ApiServices, house: House) -> Client:
    app = create_app(replace(services, routers=(*services.routers, router)))
    return Client(app, house.tokens[Role.OWNER])


async def test_a_failed_commit_is_an_error(client: Client) -> None:
    answer = await client.post("/api/v1/lost")
    assert answer.status == 503
    assert answer.json()["code"] == "commit_unknown"
    assert answer.headers["retry-after"]
    assert (await client.get("/api/v1/outlets")).json()["items"] == []


async def test_the_unexpected_leaks_nothing_and_stores_nothing(client: Client) -> None:
    answer = await client.post("/api/v1/broken")
    assert answer.status == 500
    assert answer.json()["code"] == "internal"
    assert b"secret detail" not in answer.body
    assert answer.headers["x-request-id"]
    assert (await client.get("/api/v1/outlets")).json()["items"] == []


async def test_stored_before_answered(app: ASGIApp, house: House, database_url: str) -> None:
    seen: list[int] = []

    async def spying(scope: AsgiScope, receive: Receive, send: Send) -> None:
        async def spy(message: Message) -> None:
            if message["type"] == "http.response.start":
                other = await asyncpg.connect(database_url)
                seen.append(await other.fetchval("SELECT count(*) FROM outlets"))
                await other.close()
            await send(message)

        await app(scope, receive, spy)

    answer = await Client(spying, house.tokens[Role.OWNER]).post("/api/v1/outlets", {"name": "Shop"})
    assert answer.status == 201
    assert seen == [1]


async def test_database_away_is_503(services: ApiServices, passwords: dict[str, str]) -> None:
    away = Database("postgresql://x@127.0.0.1:1/nothing", passwords)
    away._app = away._system = asyncpg.create_pool("postgresql://x@127.0.0.1:1/nothing", min_size=0)
    client = Client(create_app(replace(services, database=away)), f"svs_{'0' * 32}_x")
    answer = await client.get("/api/v1/me")
    assert answer.status == 503
    assert answer.json()["code"] in ("database_down", "unavailable")


async def test_request_ids_come_back_and_odd_ones_are_replaced(anybody: Client) -> None:
    async def given(value: str) -> str:
        return (await anybody.get("/api/v1/me", headers={"x-request-id": value})).headers["x-request-id"]

    assert await given("abc-123") == "abc-123"
    for odd in ("a b", "x" * 65, "a\nb", "é", ""):
        assert await given(odd) != odd


async def test_headers_of_every_answer(anybody: Client) -> None:
    for path in ("/", "/api/v1/me", "/api/docs", "/nothing", "/api/openapi.json"):
        headers = (await anybody.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"


async def test_no_other_origin(owner: Client) -> None:
    answer = await owner.get("/api/v1/me", headers={"origin": "https://evil.test"})
    assert "access-control-allow-origin" not in answer.headers
    asked = await owner.call("OPTIONS", "/api/v1/me", headers={"origin": "https://evil.test"})
    assert asked.status == 405
    assert "access-control-allow-origin" not in asked.headers


async def test_requests_are_counted_by_route(owner: Client) -> None:
    def count() -> float:
        labels = {"route": "/members/{member_id}", "method": "GET", "status": "404"}
        return REGISTRY.get_sample_value("samvad_http_requests_total", labels) or 0

    before = count()
    await owner.get(f"/api/v1/members/{new_id()}")
    assert count() == before + 1


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><script>theme()</script><div id=root></div>")
    (tmp_path / "assets" / "app-1a2b.js").write_text("go()")
    (tmp_path.parent / "outside.txt").write_text("outside")
    return tmp_path


async def test_the_web_app(services: ApiServices, built: Path) -> None:
    client = Client(create_app(replace(services, web_dir=built)))
    page = await client.get("/")
    assert (page.status, page.headers["cache-control"]) == (200, "no-cache")
    assert "'sha256-" in page.headers["content-security-policy"]
    asset = await client.get("/assets/app-1a2b.js")
    assert "immutable" in asset.headers["cache-control"]
    inner = await client.get("/inbox/abc")
    assert (inner.status, inner.body) == (200, page.body)
    assert (await client.get("/assets/gone.js")).status == 404
    assert (await client.get("/api/v1/gone")).headers["content-type"] == "application/problem+json"
    for path in ("/../outside.txt", "/%2e%2e/outside.txt", "/assets/../../outside.txt"):
        assert b"outside" not in (await client.get(path)).body


@pytest.mark.parametrize(
    ("accepted", "encoding", "body"),
    [
        ("gzip, deflate, br, zstd", "br", b"brotli"),
        ("gzip;q=1.0, br;q=0", "gzip", b"gzip"),
        ("GZIP", "gzip", b"gzip"),
        ("identity", None, b"go()"),
        ("", None, b"go()"),
    ],
)
async def test_a_browser_gets_the_copy_that_it_takes(
    services: ApiServices, built: Path, accepted: str, encoding: str | None, body: bytes
) -> None:
    for suffix, said in ((".br", b"brotli"), (".gz", b"gzip")):
        (built / "assets" / f"app-1a2b.js{suffix}").write_bytes(said)
    client = Client(create_app(replace(services, web_dir=built)))
    answer = await client.get("/assets/app-1a2b.js", headers={"accept-encoding": accepted})
    assert (answer.status, answer.body) == (200, body)
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert (answer.headers["vary"], "immutable" in answer.headers["cache-control"]) == (
        "Accept-Encoding",
        True,
    )
    page = await client.get("/inbox", headers={"accept-encoding": accepted})
    assert "content-encoding" not in page.headers, "it has no copies here"


async def test_without_a_web_app_the_page_says_why(services: ApiServices, tmp_path: Path) -> None:
    error = tmp_path / "web-error.txt"
    error.write_text("npm <failed>: no network")
    answer = await Client(create_app(replace(services, web_dir=tmp_path / "no", web_error=error))).get("/")
    assert answer.status == 503
    assert b"npm &lt;failed&gt;: no network" in answer.body
    assert (await Client(create_app(services)).get("/inbox")).status == 404


async def test_docs_name_every_operation(anybody: Client) -> None:
    page = (await anybody.get("/api/docs")).body.decode()
    paths: Sequence[str] = list((await anybody.get("/api/openapi.json")).json()["paths"])
    assert all(path in page for path in paths)
    assert "<script" not in page
    assert "https://" not in page
