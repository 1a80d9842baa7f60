"""`samvad up` as a process: starts, serves, ends in order, survives kill -9, refuses in one sentence."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.data_folders import copied

pytestmark = pytest.mark.timeout(400)

PATIENCE = 120  # seconds; a net under a busy machine, not a measurement
EMAIL, PASSWORD = "owner@example.org", "a-password-for-this-test-only"


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@dataclass
class Samvad:
    process: asyncio.subprocess.Process
    url: str
    output: Path

    async def get(self, path: str, token: str | None = None) -> Any:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        async with aiohttp.ClientSession() as http, http.get(self.url + path, headers=headers) as answer:
            return await answer.json()

    async def post(self, path: str, body: object, token: str | None = None) -> Any:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.url + path, json=body, headers=headers) as answer,
        ):
            return await answer.json()

    async def end(self) -> int:
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


def environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMVAD_")}
    return {**kept, "SAMVAD_DATA_DIR": str(folder), "SAMVAD_PORT": str(port), **more}


async def launch(env: dict[str, str], output: Path) -> asyncio.subprocess.Process:
    """To a file: what a killed parent leaves behind would hold a pipe open."""
    with output.open("wb") as said:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "samvad", "up", env=env, stdout=said, stderr=asyncio.subprocess.DEVNULL
        )


async def says(output: Path, words: str) -> str:
    """The first line with these words, as soon as it is there."""
    for _ in range(PATIENCE * 10):
        said = (await asyncio.to_thread(output.read_text)).splitlines()
        line = next((x for x in said if words in x), None)
        if line is not None:
            return line
        await asyncio.sleep(0.1)
    raise AssertionError(f"never said: {words}")


@asynccontextmanager
async def running(folder: Path, port: int | None = None, **more: str) -> AsyncIterator[Samvad]:
    port = port or free_port()
    output = folder.with_name(f"output-{port}")
    process = await launch(environment(folder, port, **more), output)
    await says(output, "Samvad is ready")
    try:
        yield Samvad(process, f"http://127.0.0.1:{port}", output)
    finally:
        if process.returncode is None:
            process.terminate()
            await asyncio.wait_for(process.wait(), PATIENCE)


def processes_of(folder: Path) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if str(folder) in line:
                found.append(line)
    return found


async def eventually_customers(samvad: Samvad, token: str) -> list[Any]:
    """The emulator starts beside us and learns of the number when it listens."""
    for _ in range(600):
        found = await samvad.get("/sandbox/phone/customers", token)
        if found.get("customers") or found.get("items"):
            return list(found.get("customers") or found["items"])
        await asyncio.sleep(0.1)
    raise AssertionError("the sandbox never knew the number")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


async def test_a_first_owner_signs_in_and_a_sandbox_customer_is_answered(folder: Path) -> None:
    admin = {"SAMVAD_ADMIN_EMAIL": EMAIL, "SAMVAD_ADMIN_PASSWORD": PASSWORD}
    async with running(folder, **admin) as samvad:
        ready = await samvad.get("/readyz")
        assert ready["components"]["database"]["status"] == "ok"
        signed_in = await samvad.post("/api/v1/auth/login", {"email": EMAIL, "password": PASSWORD})
        assert signed_in["token_type"] == "bearer"
        token = signed_in["access_token"]
        phone = await samvad.get("/api/v1/sandbox", token)
        first = (await eventually_customers(samvad, phone["token"]))[0]["id"]
        await samvad.post(
            f"/sandbox/phone/customers/{first}/messages",
            {"kind": "text", "content": {"body": "hello"}},
            phone["token"],
        )
        for _ in range(300):
            inbox = (await samvad.get("/api/v1/conversations", token))["items"]
            if inbox and inbox[0]["preview"]["direction"] == "out":
                break
            await asyncio.sleep(0.1)
        assert inbox[0]["preview"]["author"] == "assistant"
        assert inbox[0]["mode"] == "ai"
        assert await samvad.end() == 0
    assert not processes_of(folder)


async def test_without_a_password_a_link_is_printed_once(folder: Path, blank: Path) -> None:
    await copied(blank, folder)
    async with running(folder) as samvad:
        found = re.search(r"#token=(\S+)", await says(samvad.output, "Sign in once"))
        assert found
        token = found[1]
        assert "access_token" in await samvad.post("/api/v1/auth/link", {"token": token})
        assert (await samvad.post("/api/v1/auth/link", {"token": token}))["status"] == 401


async def test_after_kill_9_the_next_start_finds_everything(folder: Path, blank: Path) -> None:
    await copied(blank, folder)
    async with running(folder) as samvad:
        samvad.process.send_signal(signal.SIGKILL)
        await samvad.process.wait()
    assert processes_of(folder)  # PostgreSQL and sandbox were left behind
    async with running(folder) as again:
        assert (await again.get("/readyz"))["components"]["database"]["status"] == "ok"
        assert await again.end() == 0
    assert not processes_of(folder)


async def test_told_to_end_while_starting_it_ends(folder: Path) -> None:
    process = await launch(environment(folder, free_port()), folder.with_name("output"))
    await asyncio.sleep(1.5)
    process.terminate()
    assert await asyncio.wait_for(process.wait(), PATIENCE) is not None
    assert not processes_of(folder)


async def refused(env: dict[str, str]) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "samvad", "up", env=env,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode not in (0, None)
    text = said.decode()
    assert "Traceback" not in text
    return [line for line in text.splitlines() if line.startswith("samvad:")][-1]


async def test_a_taken_port_is_one_sentence(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Cannot listen on 127.0.0.1:{port}" in await refused(environment(folder, port))
    assert not await asyncio.to_thread(folder.exists)


async def test_a_data_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "data folder" in await refused(environment(tmp_path / "file", free_port()))


NOWHERE = "postgresql://nobody@127.0.0.1:1/x"


async def test_wrong_settings_are_one_sentence(folder: Path) -> None:
    env = environment(folder, free_port(), SAMVAD_DATABASE_URL=NOWHERE)
    assert "SAMVAD_SECRET_KEY" in await refused(env)
    env = {**env, "SAMVAD_SECRET_KEY": "k" * 40}
    assert "The database does not answer" in await refused(env)
