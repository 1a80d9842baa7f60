"""The real commands against a fresh database; each runs in its own thread and event loop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from click.testing import Result
from typer.testing import CliRunner

from samvad.bootstrap.engine import Engine
from samvad.bootstrap.parts import Parts, parts
from samvad.cli.main import build
from samvad.cli.runtime import Founding, Runtime
from samvad.kernel.clock import FrozenClock
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from samvad.platform.settings import Settings
from tests.conftest import SECRET
from tests.tenancy.factories import PlainHasher

Cli = Callable[..., Awaitable[Result]]


def runtime_at(dsn: str, passwords: dict[str, str], clock: FrozenClock) -> Runtime:
    """Every command opens the database anew, in its own loop."""

    @asynccontextmanager
    async def open_founding() -> AsyncIterator[Founding]:
        async with Database(dsn, passwords) as database:
            yield Founding(database)

    settings = Settings(sandbox={"enabled": False}, _env_file=None)  # type: ignore[call-arg]

    @asynccontextmanager
    async def open_parts() -> AsyncIterator[Parts]:
        async with parts(settings, Engine(dsn, Keyring(SECRET)), clock=clock) as built:
            yield built

    return Runtime(
        lambda: Database(dsn, passwords),
        open_founding,
        open_parts,
        settings,
        "https://crm.test",
        clock,
        PlainHasher(),
    )


@pytest.fixture
def cli(database_url: str, passwords: dict[str, str], clock: FrozenClock) -> Cli:
    app = build(lambda: runtime_at(database_url, passwords, clock))

    async def call(*arguments: str, stdin: str | None = None) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, list(arguments), input=stdin)

    return call
