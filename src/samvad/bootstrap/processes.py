"""What a process of Samvad is: everything (`up`), the HTTP door (`serve`), the workers (`worker`)."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext

import uvicorn
from starlette.types import ASGIApp

from samvad.bootstrap.consents import keep_copied
from samvad.bootstrap.engine import CannotStart, Schema, engine
from samvad.bootstrap.parts import SANDBOX_SECRET, Parts, parts
from samvad.bootstrap.regular_backups import keep_backing_up
from samvad.bootstrap.sandbox import known_port, sandbox
from samvad.bootstrap.tenants import first_boot, tell_sandbox
from samvad.bootstrap.workers import workers
from samvad.platform.garbage import spare_what_stays
from samvad.platform.health import Check
from samvad.platform.logging import get_logger
from samvad.platform.settings import Settings

log = get_logger("bootstrap")

Web = Callable[[Parts], AbstractAsyncContextManager[ASGIApp]]  # the floor above, handed in
Watched = Callable[[Parts, Check], ASGIApp]  # the same of a process that is only watched

_BACKLOG = 2048
_GRACE_SECONDS = 10


async def up(settings: Settings, told: asyncio.Event, *, web: Web) -> None:
    """PostgreSQL, sandbox, HTTP door and workers in one go, until told to end."""
    with _listening(settings.host, settings.port) as door:
        async with _installation(settings) as built, web(built) as app:
            link = await first_boot(built)
            server = _server(app)
            async with workers(built):
                beside = (
                    asyncio.create_task(_after_start(built, server, link)),
                    asyncio.create_task(keep_backing_up(built.settings, built.clock)),
                    asyncio.create_task(keep_copied(built)),
                )
                await _serve_until(told, server, door, leave=built.leave)
                for task in beside:
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)


async def serve(settings: Settings, told: asyncio.Event, *, web: Web) -> None:
    """The HTTP door alone; any number of them share one database."""
    settings = known_port(settings)
    with _listening(settings.host, settings.port) as door:
        async with (
            engine(settings, schema=Schema.CURRENT) as made,
            parts(settings, made) as built,
            web(built) as app,
        ):
            await _serve_until(told, _server(app), door, leave=built.leave)


async def work(settings: Settings, told: asyncio.Event, *, watched: Callable[[], Watched]) -> None:
    """The workers alone; any number of them share one database. They have a door where a port is set."""
    settings = known_port(settings)
    port = settings.worker.port
    listening = _listening(settings.host, port, setting="SAMVAD_WORKER__PORT") if port is not None else None
    with listening or nullcontext() as door:
        async with (
            engine(settings, schema=Schema.CURRENT) as made,
            parts(settings, made) as built,
            workers(built) as loops,
        ):
            log.info("worker.started")
            copying = asyncio.create_task(keep_copied(built))
            if door is None:
                spare_what_stays()
                await told.wait()
            else:
                await _serve_until(told, _server(watched()(built, loops)), door, leave=built.leave)
            copying.cancel()
            await asyncio.gather(copying, return_exceptions=True)


@asynccontextmanager
async def _installation(settings: Settings) -> AsyncIterator[Parts]:
    async with engine(settings) as made:
        folder = settings.data_dir.absolute()
        secret = made.keyring.token_for(SANDBOX_SECRET)
        async with sandbox(settings, folder=folder, secret=secret) as placed, parts(placed, made) as built:
            yield built


def _listening(host: str, port: int, *, setting: str = "SAMVAD_PORT") -> socket.socket:
    """Taken before anything is started, so that a taken port ends in one sentence at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(_BACKLOG)
    except OSError as taken:
        door.close()
        raise CannotStart(
            f"Cannot listen on {host}:{port} ({taken.strerror}): stop what uses it or set {setting}"
        ) from taken
    return door


class _Server(uvicorn.Server):
    """Signals are ours: uvicorn would raise them again after serving and cut our own closing short."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _serve_until(
    told: asyncio.Event, server: uvicorn.Server, door: socket.socket, *, leave: Callable[[], None]
) -> None:
    """`leave` lets go of the calls that only wait: an end in order is for those that work."""
    spare_what_stays()
    serving = asyncio.create_task(server.serve(sockets=[door]))
    waiting = asyncio.create_task(told.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    leave()
    waiting.cancel()
    await serving


def _server(app: ASGIApp) -> uvicorn.Server:
    """For a socket that listens already."""
    return _Server(
        uvicorn.Config(
            app,
            http="httptools",
            ws="websockets-sansio",
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
            ws_max_size=64 * 1024,
            ws_per_message_deflate=False,
        )
    )


async def _after_start(built: Parts, server: uvicorn.Server, link: str | None) -> None:
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.01)
    print(f"Samvad is ready: {built.settings.base_url}", flush=True)  # noqa: T201 - for a person
    if link:
        print(f"Sign in once with this link: {link}", flush=True)  # noqa: T201 - for a person
    for _ in range(20):
        try:
            if await tell_sandbox(built):
                return
        except Exception:
            log.exception("sandbox.not_told")
        await asyncio.sleep(0.5)
