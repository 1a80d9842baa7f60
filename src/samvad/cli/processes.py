"""`samvad up | serve | worker | sandbox | migrate`: processes and the schema."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Annotated

import typer

from samvad.bootstrap import engine as engines
from samvad.bootstrap import processes
from samvad.bootstrap.engine import Schema
from samvad.bootstrap.parts import SANDBOX_SECRET
from samvad.kernel.errors import SamvadError
from samvad.platform import logging
from samvad.platform.crypto import Keyring
from samvad.platform.settings import Settings


def _settings() -> Settings:
    settings = Settings()  # type: ignore[call-arg]
    logging.configure(settings.log)
    return settings


Work = Callable[[asyncio.Event], Coroutine[object, object, None]]


def _run(work: Work) -> None:
    """On uvloop where it is there; an expected failure is one sentence and exit status 1."""
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_until_told(work))
    except SamvadError as failure:
        typer.echo(f"samvad: {failure.detail}", err=True)
        raise typer.Exit(1) from failure
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(130) from None


async def _until_told(work: Work) -> None:
    """SIGINT or SIGTERM asks to end in order, from the first moment on; asked twice, it ends at once."""
    told, task = asyncio.Event(), asyncio.current_task()

    def tell() -> None:
        if told.is_set() and task is not None:
            task.cancel()
        told.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, tell)
    await work(told)


def _loop_factory() -> "type[asyncio.AbstractEventLoop] | None":
    try:
        from uvloop import Loop  # noqa: PLC0415 - not on every platform
    except ImportError:
        return None
    return Loop


def _web() -> processes.Web:
    """By name: the HTTP side stands on our own floor, and a worker never loads it."""
    web: processes.Web = import_module("samvad.api.main").web
    return web


def _watched() -> processes.Watched:
    watched: processes.Watched = import_module("samvad.api.watched").watched
    return watched


def up() -> None:
    """Start everything: PostgreSQL, the sandbox, the web app, the workers."""
    settings = _settings()
    _run(lambda told: processes.up(settings, told, web=_web()))


def serve() -> None:
    """Start the HTTP door alone."""
    settings = _settings()
    _run(lambda told: processes.serve(settings, told, web=_web()))


def worker() -> None:
    """Start the workers alone."""
    settings = _settings()
    _run(lambda told: processes.work(settings, told, watched=_watched))


def sandbox() -> None:
    """Start the provider emulator alone, on this installation's ledger and secret."""
    settings = _settings()
    folder = settings.data_dir.absolute()
    try:
        secret = Keyring(engines.secret_of(settings)).token_for(SANDBOX_SECRET)
    except SamvadError as failure:
        typer.echo(f"samvad: {failure.detail}", err=True)
        raise typer.Exit(1) from failure
    config = import_module("samvad.sandbox.config").SandboxConfig(
        data_file=folder / "sandbox.sqlite",
        control_secret=secret,
        host=settings.sandbox.host,
        port=settings.sandbox.port or settings.port + 1,
    )
    import_module("samvad.sandbox.main").run(config)


def migrate(
    to: Annotated[str, typer.Option(help="a version, `head` or `base`")] = "head",
    backup: Annotated[
        bool | None, typer.Option(help="before an upgrade; unasked, an embedded database is backed up")
    ] = None,
) -> None:
    """Bring the database to a version; `base` removes everything."""

    async def work(_: asyncio.Event) -> None:
        settings = _settings()
        wanted = settings.database_url is None if backup is None else backup
        schema = Schema.UPGRADED if to == "head" else Schema.ANY
        async with engines.engine(settings, schema=schema, backup=wanted) as made:
            if to != "head":
                await engines.migrate(made, to=to)
        typer.echo(f"samvad: the database is at {to}")

    _run(work)


COMMANDS = {"up": up, "serve": serve, "worker": worker, "sandbox": sandbox, "migrate": migrate}
