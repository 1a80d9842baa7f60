"""The outbound HTTP client against real local peers, and its guard against non-public addresses."""

import asyncio
import gzip
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from samvad.platform.http import (
    ConnectFailed,
    HostPolicy,
    HttpClient,
    HttpError,
    HttpResponse,
    RequestInterrupted,
    ResponseTooLarge,
    TargetRefused,
    is_public,
)

NOTHING = HostPolicy()
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


def local(port: int) -> HostPolicy:
    return NOTHING.including("127.0.0.1", port)


@asynccontextmanager
async def peer(handler: Handler) -> AsyncIterator[int]:
    """A raw TCP peer on a free port; its open connections are cut at the end."""
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@asynccontextmanager
async def site(handle: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[int]:
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def head(reader: asyncio.StreamReader) -> bytes:
    return await reader.readuntil(b"\r\n\r\n")


async def post(http: HttpClient, port: int, *, timeout: float = 5, path: str = "/x") -> HttpResponse:
    return await http.request(
        "POST", f"http://127.0.0.1:{port}{path}", body=b"{}", timeout=timeout, allow=local(port)
    )


class TestAnswers:
    async def test_status_headers_and_body_come_back_whole(self, http: HttpClient) -> None:
        async def handle(request: web.Request) -> web.Response:
            seen = await request.read()
            return web.Response(
                status=418, body=seen, headers={"Retry-After": "7", "X-Auth": request.headers["A"]}
            )

        async with site(handle) as port:
            answer = await http.request(
                "POST",
                f"http://127.0.0.1:{port}/a?b=c",
                headers={"A": "b"},
                body=b"\x00raw",
                timeout=5,
                allow=local(port),
            )
        assert (answer.status, answer.body) == (418, b"\x00raw")
        assert (answer.headers["retry-after"], answer.headers["x-auth"]) == ("7", "b")

    async def test_a_redirect_is_an_answer_not_a_journey(self, http: HttpClient) -> None:
        paths: list[str] = []

        async def handle(request: web.Request) -> web.Response:
            paths.append(request.path)
            return web.Response(status=307, headers={"Location": "/elsewhere"})

        async with site(handle) as port:
            answer = await post(http, port)
        assert (answer.status, paths) == (307, ["/x"])

    async def test_cookies_are_not_kept(self, http: HttpClient) -> None:
        seen: list[str | None] = []

        async def handle(request: web.Request) -> web.Response:
            seen.append(request.headers.get("Cookie"))
            return web.Response(headers={"Set-Cookie": "session=1"})

        async with site(handle) as port:
            await post(http, port)
            await post(http, port)
        assert seen == [None, None]


class TestPool:
    async def test_one_connection_serves_many_requests(self, http: HttpClient) -> None:
        peers: set[object] = set()

        async def handle(request: web.Request) -> web.Response:
            assert request.transport is not None
            peers.add(request.transport.get_extra_info("peername"))
            return web.Response()

        async with site(handle) as port:
            for _ in range(20):
                await post(http, port)
        assert len(peers) == 1

    async def test_a_connection_closed_while_idle_is_replaced(self, http: HttpClient) -> None:
        closed = asyncio.Event()
        requests = 0

        async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal requests
            await head(reader)
            requests += 1
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            writer.close()
            await writer.wait_closed()
            closed.set()

        async with peer(once) as port:
            await post(http, port)
            await closed.wait()
            await asyncio.sleep(0.05)  # the closing reaches our side
            assert (await post(http, port)).status == 200
        assert requests == 2

    async def test_a_hundred_at_once(self, http: HttpClient) -> None:
        arrived = 0
        together = asyncio.Event()

        async def handle(request: web.Request) -> web.Response:
            nonlocal arrived
            arrived += 1
            if arrived == 100:
                together.set()
            await together.wait()  # answers nobody before all hundred are here
            return web.Response(text=request.path)

        async with site(handle) as port:
            answers = await asyncio.gather(*(post(http, port, timeout=30, path=f"/{n}") for n in range(100)))
        assert [a.body.decode() for a in answers] == [f"/{n}" for n in range(100)]

    async def test_a_pooled_connection_does_not_lend_its_allowance(self, http: HttpClient) -> None:
        async def handle(_: web.Request) -> web.Response:
            return web.Response()

        async with site(handle) as port:
            await post(http, port)
            with pytest.raises(TargetRefused):
                await http.request("GET", f"http://127.0.0.1:{port}/", timeout=5, allow=NOTHING)


class TestFailures:
    async def test_nobody_listens(self, http: HttpClient) -> None:
        with pytest.raises(ConnectFailed, match="connection refused"):
            await post(http, free_port())

    async def test_no_tls_there(self, http: HttpClient) -> None:
        async def handle(_: web.Request) -> web.Response:
            return web.Response()

        async with site(handle) as port:
            with pytest.raises(ConnectFailed, match="no TLS connection"):
                await http.request("POST", f"https://127.0.0.1:{port}/", timeout=5, allow=local(port))

    async def test_tls_that_never_answers(self, http: HttpClient) -> None:
        async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        async with peer(swallow) as port:
            with pytest.raises(ConnectFailed):
                await http.request("POST", f"https://127.0.0.1:{port}/", timeout=0.2, allow=local(port))

    async def test_accepted_and_never_answered(self, http: HttpClient) -> None:
        requests: list[bytes] = []

        async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            requests.append(await head(reader))
            await reader.read()
            writer.close()

        async with peer(hang) as port:
            with pytest.raises(RequestInterrupted, match="no answer in time"):
                await post(http, port, timeout=0.3)
        assert len(requests) == 1

    async def test_closed_without_an_answer_is_not_repeated(self, http: HttpClient) -> None:
        requests = 0

        async def close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal requests
            await head(reader)
            requests += 1
            writer.close()

        async with peer(close) as port:
            with pytest.raises(RequestInterrupted, match="it hung up"):
                await post(http, port)
        assert requests == 1

    async def test_reset_in_the_middle_of_the_answer(self, http: HttpClient) -> None:
        async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await head(reader)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            await writer.drain()
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

        async with peer(reset) as port:
            with pytest.raises(RequestInterrupted):
                await post(http, port)

    async def test_not_http(self, http: HttpClient) -> None:
        async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await head(reader)
            writer.write(b"SSH-2.0-hello\r\n\r\n")
            await writer.drain()
            writer.close()

        async with peer(babble) as port:
            with pytest.raises(RequestInterrupted):
                await post(http, port)

    @pytest.mark.parametrize("packed", [False, True])
    async def test_an_endless_answer_is_cut_off(self, packed: bool) -> None:
        async def flood(_: web.Request) -> web.Response:
            body = bytes(300_000)
            if packed:
                return web.Response(body=gzip.compress(body), headers={"Content-Encoding": "gzip"})
            return web.Response(body=body)

        async with HttpClient(max_response_bytes=100_000) as http, site(flood) as port:
            with pytest.raises(ResponseTooLarge) as failure:
                await post(http, port)
        assert failure.value.status == 200

    async def test_errors_hold_neither_path_nor_query(self, http: HttpClient) -> None:
        with pytest.raises(HttpError) as failure:
            await post(http, free_port(), path="/waInstance1/sendMessage/TOKEN?key=SECRET")
        shown = f"{failure.value} {failure.value!r} {failure.value.__cause__}"
        assert "TOKEN" not in shown
        assert "SECRET" not in shown


class TestGuard:
    @pytest.mark.parametrize(
        "url",
        [
            "https://127.0.0.1:1/",
            "https://localhost:1/",
            "https://[::1]:1/",
            "https://[::ffff:127.0.0.1]:1/",
            "https://[::ffff:7f00:1]:1/",
            "https://[64:ff9b::7f00:1]:1/",
            "https://[fe80::1]:1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://10.0.0.1/",
            "https://0.0.0.0:1/",
            "https://127.1:1/",
            "https://0177.0.0.1:1/",
            "https://127。0。0。1:1/",
            "http://93.184.216.34/",
            "http://example.com/",
            "ftp://example.com/",
            "file:///etc/passwd",
            "//example.com/",
            "https://user:pass@example.com/",
            "https://",
            "https://[::1/",
            "https://example.com:99999/",
            "",
        ],
    )
    async def test_refused_before_anything_leaves(self, http: HttpClient, url: str) -> None:
        with pytest.raises(TargetRefused):
            await http.request("GET", url, timeout=5, allow=NOTHING)

    @pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0x7f000001", "017700000001"])
    async def test_odd_spellings_of_loopback_reach_nobody(self, http: HttpClient, host: str) -> None:
        with pytest.raises((TargetRefused, ConnectFailed)):  # depends on what the resolver makes of them
            await http.request("GET", f"https://{host}:1/", timeout=5, allow=NOTHING)

    @settings(max_examples=200)
    @given(rest=st.text(max_size=40))
    async def test_whatever_stands_in_a_url_is_refused_politely(self, rest: str) -> None:
        async with HttpClient() as http:
            with pytest.raises(TargetRefused):
                await http.request("GET", f"http://{rest}", timeout=1, allow=NOTHING)

    async def test_a_public_name_that_resolves_to_us_is_refused(self, http: HttpClient) -> None:
        reached = False

        async def handle(_: web.Request) -> web.Response:
            nonlocal reached
            reached = True
            return web.Response()

        async with site(handle) as port:
            with pytest.raises(TargetRefused):  # "localhost" stands for any name with such a record
                await http.request("GET", f"https://localhost:{port}/", timeout=5, allow=NOTHING)
        assert not reached

    async def test_the_port_is_part_of_the_allowance(self, http: HttpClient) -> None:
        with pytest.raises(TargetRefused):
            await http.request("GET", "http://127.0.0.1:2/", timeout=5, allow=local(1))

    @pytest.mark.parametrize(
        ("address", "public"),
        [
            ("8.8.8.8", True),
            ("2606:4700::1111", True),
            ("::ffff:8.8.8.8", True),
            ("64:ff9b::808:808", True),
            ("64:ff9b::a00:1", False),
            ("64:ff9b:1::1", False),
            ("::ffff:10.0.0.1", False),
            ("::1.2.3.4", False),
            ("2002:808:808::1", False),
            ("2001::1", False),
            ("100.64.0.1", False),
            ("192.168.1.1", False),
            ("172.16.0.1", False),
            ("224.0.0.1", False),
            ("255.255.255.255", False),
            ("198.18.0.1", False),
            ("0.0.0.0", False),
            ("::", False),
            ("fc00::1", False),
            ("fec0::1", False),
            ("ff0e::1", False),
            ("fe80::1%eth0", False),
            ("fd00:ec2::254", False),
        ],
    )
    def test_what_counts_as_public(self, address: str, public: bool) -> None:
        assert is_public(address) is public
