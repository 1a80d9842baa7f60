"""A Samvad of real processes to kill: supervised PostgreSQL, sandbox with its own ledger, API, workers."""

import asyncio
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from tests.support.nursery import Process

from samvad.bootstrap.engine import Engine
from samvad.bootstrap.parts import SANDBOX_SECRET, Parts, parts
from samvad.bootstrap.tenants import on_tenant_created
from samvad.channels.service import numbers
from samvad.kernel.ids import TenantId
from samvad.platform.crashpoints import VARIABLE
from samvad.platform.crypto import Keyring
from samvad.platform.migrations.migrate import migrate
from samvad.platform.postgres import Supervisor
from samvad.platform.postgres.processes import read_postmaster
from samvad.platform.postgres.settings_text import Tuning
from samvad.platform.settings import SandboxSettings, Settings, WorkerSettings
from samvad.tenancy.service.api_keys import NewApiKey, create_api_key
from samvad.tenancy.service.tenants import NewTenant, create_tenant
from samvad.tenancy.types import TenantSettings

SECRET = "only for trials: " + "0123456789abcdef" * 2
LEASE_SECONDS, SEND_TIMEOUT = 2, 3
_START_SECONDS = 60.0  # a safety net


@dataclass(frozen=True, slots=True)
class Child:
    """A process of ours. `place` is the crash point that it dies at."""

    role: str
    place: str | None
    process: Process

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()

    async def end(self) -> int | None:
        """Told to end in order; its status."""
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), _START_SECONDS)


@dataclass(slots=True)
class Installation:
    """`parts` is our own look at the same database; children share nothing with it."""

    folder: Path
    parts: Parts
    http: aiohttp.ClientSession
    port: int
    sandbox_url: str
    secret: str
    tenant: TenantId
    number: str
    api_key: str
    env: dict[str, str]
    children: list[Child] = field(default_factory=list)

    async def start(
        self, role: str, place: str | None = None, *, env: Mapping[str, str] | None = None
    ) -> Child:
        """`serve` or `worker`, armed with a crash point or not; `env` is its host's own."""
        armed = {} if place is None else {VARIABLE: place}
        env = {**self.env, **(env or {}), **armed}
        child = Child(role, place, await Process.begin(role, env, self.folder / "children.log"))
        self.children.append(child)
        return child

    def kill_postmaster(self) -> bool:
        found = read_postmaster((self.folder / "postgres" / "cluster").resolve())
        if found is None:
            return False
        with suppress(ProcessLookupError):
            os.kill(found.pid, signal.SIGKILL)
        return True

    async def control(self, method: str, path: str, body: object = None) -> Any:
        """The emulator's control door of our number."""
        url = f"{self.sandbox_url}/_sandbox/numbers/{self.number}{path}"
        headers = {"authorization": f"Bearer {self.secret}"}
        async with self.http.request(method, url, json=body, headers=headers) as answer:
            if answer.status >= 300:
                raise RuntimeError(f"the sandbox answered {answer.status}: {await answer.text()}")
            return await answer.json()

    async def api(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """(status, body) of our own API; status 0: nobody answered."""
        url = f"http://127.0.0.1:{self.port}/api/v1{path}"
        headers = {"authorization": f"Bearer {self.api_key}"}
        try:
            async with self.http.request(method, url, json=body, headers=headers) as answer:
                return answer.status, await answer.json()
        except (aiohttp.ClientError, TimeoutError):
            return 0, None

    async def listening(self) -> None:
        """Until the API answers. One that ended by itself, as where it found PostgreSQL recovering from a
        kill, is started again, as whoever keeps a service running does."""
        try:
            async with asyncio.timeout(_START_SECONDS):
                while (await self.api("GET", "/conversations?limit=1"))[0] != 200:
                    if self.children and not any(c.alive for c in self.children if c.role == "serve"):
                        await self.start("serve")
                    await asyncio.sleep(0.05)
        except TimeoutError:
            tail = (self.folder / "children.log").read_text()[-3000:]
            raise RuntimeError(f"the API does not answer; the last words of all:\n{tail}") from None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def installation() -> AsyncIterator[Installation]:
    """A fresh one with one tenant and its sandbox number; no API and no worker runs yet."""
    folder = Path(tempfile.mkdtemp(prefix="samvad-chaos-"))
    keyring = Keyring(SECRET)
    async with AsyncExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        made = Engine(await stack.enter_async_context(_postgres(folder / "postgres")), keyring)
        await migrate(made.url, made.passwords)
        secret = keyring.token_for(SANDBOX_SECRET)
        sandbox_port = await stack.enter_async_context(_sandbox(folder, secret))
        settings = Settings(
            port=free_port(),
            sandbox=SandboxSettings(enabled=True, port=sandbox_port),
            worker=WorkerSettings(lease_seconds=LEASE_SECONDS, send_timeout=SEND_TIMEOUT),  # type: ignore[call-arg]
            _env_file=None,
        )
        built = await stack.enter_async_context(parts(settings, made))
        http = await stack.enter_async_context(
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=30))
        )
        ready = await _tenant(built, folder, http, secret)
        ready.env = _environment(made.url, folder, settings)
        await ready.control("PUT", "/faults", {"webhooks": {"retry_base_ms": 100, "retry_cap_ms": 1000}})
        try:
            yield ready
        finally:
            await asyncio.gather(*(child.kill() for child in ready.children))


@asynccontextmanager
async def _postgres(folder: Path) -> AsyncIterator[str]:
    """The superuser's URL of a durable server that is restarted when it is killed."""
    supervisor = Supervisor(folder, tuning=Tuning(durable=True), outlive=False)
    cluster = await supervisor.start()
    watching = asyncio.create_task(supervisor.watch())
    try:
        connection = await cluster.connect()
        await connection.execute("CREATE DATABASE samvad")
        await connection.close()
        yield cluster.dsn(database="samvad", user=cluster.superuser)
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await supervisor.stop()


@asynccontextmanager
async def _sandbox(folder: Path, secret: str) -> AsyncIterator[int]:
    """Its port. Never killed: its ledger is the judge."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "samvad.sandbox", "--data-file", str(folder / "sandbox.sqlite"),
        "--port", str(port), env={**os.environ, "SAMVAD_SANDBOX_SECRET": secret},
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(_START_SECONDS):
            while not await _answers(port):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        yield port
    finally:
        process.kill()
        await process.wait()


async def _answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def _tenant(built: Parts, folder: Path, http: aiohttp.ClientSession, secret: str) -> Installation:
    now = built.clock.now()
    tenant, _ = await create_tenant(
        built.database,
        NewTenant("trial", TenantSettings("Govind Dairy"), "owner@example.org"),
        now=now,
        then=on_tenant_created(built),
    )
    async with built.database.unit_of_work(tenant) as scope:
        _, key = await create_api_key(scope, NewApiKey("trial"), now=now)
        (channel,) = await numbers.every(scope)
    if not await built.simulator.register_all(built.database, [tenant]):
        raise RuntimeError("the sandbox did not take the number")
    url = f"http://127.0.0.1:{built.settings.sandbox.port}"
    return Installation(
        folder, built, http, built.settings.port, url, secret, tenant, channel.address, key, env={}
    )


def _environment(url: str, folder: Path, settings: Settings) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMVAD_")}
    return {
        **kept,
        "SAMVAD_DATABASE_URL": url,
        "SAMVAD_SECRET_KEY": SECRET,
        "SAMVAD_DATA_DIR": str(folder / "data"),
        "SAMVAD_PORT": str(settings.port),
        "SAMVAD_SANDBOX__PORT": str(settings.sandbox.port),
        "SAMVAD_WORKER__LEASE_SECONDS": str(LEASE_SECONDS),
        "SAMVAD_WORKER__SEND_TIMEOUT": str(SEND_TIMEOUT),
        "SAMVAD_LOG__LEVEL": "warning",
    }
