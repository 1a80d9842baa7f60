"""A Samvad of our own: started by its command, told by its API, looked into as PostgreSQL's superuser."""

import asyncio
import hashlib
import hmac
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, Self

import aiohttp
import asyncpg

from benchmarks import machine
from samvad.kernel.ids import new_id
from samvad.platform.postgres.cluster import Cluster

EMAIL, PASSWORD = "owner@bench.invalid", "only-for-benchmarks-Xq7"
NEIGHBOUR = "neighbour@bench.invalid"
APP_SECRET = "app-secret-of-the-benchmark"
NUMBER = "106540352242922"
_PATIENCE = 90.0
_LOOK = 0.2  # seconds between two looks at the queues
_WAITING = """
SELECT EXISTS (SELECT 1 FROM inbound_lanes) OR EXISTS (SELECT 1 FROM timers WHERE kind = 'reply')
  OR EXISTS (SELECT 1 FROM outbound WHERE state <> 'unknown')
"""

_RULE = """
INSERT INTO rules (tenant_id, id, name, match, phrases, action, text, position, enabled, created_at,
  updated_at)
VALUES ($1, $2, $3, 'phrase', ARRAY[$3], 'reply', 're ' || $3, $4, true, now(), now())
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Process(Protocol):
    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def terminate(self) -> None: ...

    def kill(self) -> None: ...

    async def wait(self) -> int | None: ...


async def _executed(command: str, env: Mapping[str, str], log: Path) -> Process:
    with log.open("ab") as said:
        return await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("samvad"), command,
            env=env, stdout=said, stderr=said, start_new_session=True,
        )  # fmt: skip


# How a process of Samvad is begun, from (command, environment, where its output goes); where nothing is
# measured there are quicker ways than its command.
begin: ContextVar[Callable[[str, Mapping[str, str], Path], Awaitable[Process]]] = ContextVar(
    "begin", default=_executed
)


@dataclass
class Installation:
    """One data folder. `start` runs `samvad up` (or `serve`, `worker`); several may follow each other."""

    folder: Path
    allow_hosts: str = ""
    port: int = field(default_factory=free_port)
    sandbox_port: int = field(default_factory=free_port)
    processes: list[Process] = field(default_factory=list)
    tenant: str = ""
    channel: str = ""
    email: str = EMAIL
    _session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(f"http://127.0.0.1:{self.port}")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        if self._session:
            await self._session.close()

    @property
    def http(self) -> aiohttp.ClientSession:
        assert self._session is not None
        return self._session

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.folder / "postgres" / "cluster", self.folder / "postgres" / "run")

    def environment(self) -> Mapping[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("SAMVAD_")}
        return own | {
            "SAMVAD_DATA_DIR": str(self.folder),
            "SAMVAD_PORT": str(self.port),
            "SAMVAD_SANDBOX__PORT": str(self.sandbox_port),
            "SAMVAD_ADMIN_EMAIL": EMAIL,
            "SAMVAD_ADMIN_PASSWORD": PASSWORD,
            "SAMVAD_HTTP__ALLOW_HOSTS": self.allow_hosts,
            "SAMVAD_LOG__FORMAT": "json",
        }

    async def start(self, command: str = "up") -> float:
        """Seconds until /readyz says yes (a worker has no door: until it runs)."""
        began, log = time.monotonic(), self.folder / f"{command}.log"
        process = await begin.get()(command, self.environment(), log)
        self.processes.append(process)
        while command != "worker" and not await self._ready():
            if process.returncode is not None or time.monotonic() - began > _PATIENCE:
                raise RuntimeError(f"`samvad {command}` did not start: {log.read_text()[-2000:]}")
            await asyncio.sleep(0.01)
        return time.monotonic() - began

    async def _ready(self) -> bool:
        try:
            async with self.http.get("/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def stop(self) -> None:
        for process in reversed(self.processes):
            with suppress(ProcessLookupError):
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), 30)
            except TimeoutError:
                process.kill()
                await process.wait()
        self.processes.clear()

    def pids(self) -> list[int]:
        """Everything: ours, the sandbox, compute, and PostgreSQL, which is a child of the first."""
        return [pid for process in self.processes for pid in machine.tree(process.pid)]

    def server_pid(self) -> int:
        return self.processes[0].pid

    def cpu_seconds(self) -> float:
        return machine.cpu_seconds(self.pids())

    def cpu_split(self) -> tuple[float, float]:
        """(our own processes, PostgreSQL's)."""
        pids = self.pids()
        postgres = [pid for pid in pids if "postgres" in machine.name_of(pid).split(" ", 1)[0]]
        own = [pid for pid in pids if pid not in postgres]
        return machine.cpu_seconds(own), machine.cpu_seconds(postgres)

    async def sign_in(self) -> None:
        """Also finds the first tenant."""
        told = await self.call("POST", "/auth/login", {"email": self.email, "password": PASSWORD})
        self.http.headers["Authorization"] = f"Bearer {told['access_token']}"
        self.tenant = (await self.call("GET", "/me"))["tenant"]["id"]

    async def call(self, method: str, path: str, body: object = None) -> Any:
        async with self.http.request(method, f"/api/v1{path}", json=body) as answer:
            if answer.status >= 400:
                raise RuntimeError(f"{method} {path}: {answer.status} {await answer.text()}")
            return await answer.json() if answer.status != 204 else None

    async def knock(self, body: bytes) -> None:
        """A webhook, signed as our number's provider signs."""
        digest = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        headers = {"content-type": "application/json", "x-hub-signature-256": f"sha256={digest}"}
        async with self.http.post("/webhooks/meta", data=body, headers=headers) as answer:
            answer.raise_for_status()

    async def neighbour(self) -> "Installation":
        """Another business of the same house, not signed in yet; this one started it and ends it."""
        process = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("samvad"), "tenant", "create", "Neighbour",
            "--email", NEIGHBOUR, "--password", PASSWORD,
            env=self.environment(), stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        if await process.wait():
            raise RuntimeError("`samvad tenant create` failed")
        return replace(self, processes=[], tenant="", channel="", email=NEIGHBOUR, _session=None)

    async def connect(
        self, provider: str, *, per_second: float = 1000, mark_read: str = "reply", number: str = NUMBER
    ) -> None:
        """A channel whose replies are due at once."""
        limits = {"per_second": per_second}
        settings = {"limits": limits, "reply_quiet_ms": 0, "reply_cap_ms": 0, "mark_read": mark_read}
        told = {
            "provider": "meta", "name": "Bench", "phone_number_id": number, "waba_id": "102290129340398",
            "access_token": "token-of-the-benchmark", "app_secret": APP_SECRET, "base_url": provider,
            "settings": settings,
        }  # fmt: skip
        self.channel = (await self.call("POST", "/channels", told))["id"]

    async def add_words(self, words: list[str]) -> None:
        """A rule a word, so that a reply tells which message it answers."""
        async with self.superuser() as connection:
            await connection.executemany(
                _RULE, [(self.tenant, new_id(), word, i) for i, word in enumerate(words)]
            )

    @asynccontextmanager
    async def superuser(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        connection = await self.cluster.connect("samvad", patience=600)
        try:
            yield connection
        finally:
            await connection.close()

    async def settle(self, *, patience: float = 120) -> None:
        """Until nothing waits between door and provider; one connection, few looks: we measure here."""
        until = time.monotonic() + patience
        async with self.superuser() as connection:
            waiting = await connection.prepare(_WAITING)
            while await waiting.fetchval() and time.monotonic() < until:  # noqa: ASYNC110 - rows, not events
                await asyncio.sleep(_LOOK)
