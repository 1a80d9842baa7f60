"""A package that somebody else installed: nothing here knows it, and a customer of its provider is answered.

It is put where an installer would put it, then Samvad is started in a process of its own.
"""

import asyncio
import hashlib
import hmac
import json
import os
import shutil
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from samvad.channels.adapters.registry import installed
from samvad.channels.testing.peer import Answer, Asked, Peer, running
from samvad.platform.postgres.testing import Scratch

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SECONDS = 30  # a safety net, not a measurement
NUMBER, CUSTOMER = "+15550100001", "+15550100002"
SECRET = "ring-of-a-pigeon"


def pigeon(asked: Asked) -> Answer:
    return (
        Answer(201, b'{"id":"sent"}') if asked.path == "/v1/messages" else Answer(200, b'{"name":"A shop"}')
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `pip install samvad-pigeon` leaves behind."""
    folder = tmp_path_factory.mktemp("site")
    project = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]
    shutil.copytree(HERE / "samvad_pigeon", folder / "samvad_pigeon", ignore=shutil.ignore_patterns("__*__"))
    shutil.copy(HERE / "samvad_pigeon" / "__init__.py", folder / "samvad_pigeon")
    info = folder / "samvad_pigeon-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    points = project["entry-points"]["samvad.channels"]
    lines = [f"{name} = {target}" for name, target in points.items()]
    (info / "entry_points.txt").write_text("\n".join(["[samvad.channels]", *lines, ""]))
    return folder


def environment(site: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT / "src"), str(ROOT)])}


@dataclass
class Installation:
    url: str
    token: str
    http: aiohttp.ClientSession

    async def api(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        headers = {"authorization": f"Bearer {self.token}"}
        async with self.http.request(
            method, f"{self.url}/api/v1{path}", json=body, headers=headers
        ) as answer:
            return answer.status, await answer.json()


@asynccontextmanager
async def started(site: Path, dsn: str, peer: Peer) -> AsyncIterator[Installation]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(HERE / "serve.py"), dsn, peer.url, env=environment(site),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        said = json.loads(await asyncio.wait_for(process.stdout.readline(), SECONDS))
        async with aiohttp.ClientSession() as http:
            yield Installation(said["url"], said["token"], http)
    finally:
        process.stdin.close()
        await asyncio.wait_for(process.wait(), SECONDS)


async def test_it_is_connected_written_to_and_answers(cluster: Scratch, template: str, site: Path) -> None:
    assert "pigeon" not in installed()  # nothing of ours knows it
    async with (
        running(pigeon) as peer,
        cluster.database(template=template) as name,
        started(site, cluster.dsn(name), peer) as samvad,
    ):
        _, offered = await samvad.api("GET", "/channel-providers")
        form = next(one for one in offered["items"] if one["provider"] == "pigeon")
        assert [field["name"] for field in form["fields"]] == [
            "number", "api_key", "signing_secret", "base_url",
        ]  # fmt: skip
        values = {"number": NUMBER, "api_key": "key", "signing_secret": SECRET, "base_url": peer.url}
        status, channel = await samvad.api(
            "POST", "/channels", {"provider": "pigeon", "name": "Loft", **values}
        )
        assert status == 201, channel
        status, tested = await samvad.api("POST", f"/channels/{channel['id']}/test")
        assert tested["ok"], tested

        said = {"id": "p1", "from": CUSTOMER, "text": "hello", "at": 1780000000}
        body = json.dumps({"to": NUMBER, "messages": [said]}).encode()
        signed = {"X-Pigeon-Signature": hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}
        for headers, expected in (({}, 403), (signed, 200), (signed, 200)):
            async with samvad.http.post(
                f"{samvad.url}/webhooks/pigeon", data=body, headers=headers
            ) as answer:
                assert answer.status == expected
        reply = json.loads((await _sent(peer)).body)
        assert (reply["from"], reply["to"]) == (NUMBER, CUSTOMER)
        assert reply["text"]
        await _is_sent(samvad)
        assert (
            len([one for one in peer.asked if one.path == "/v1/messages"]) == 1
        )  # twice told, once answered


async def _sent(peer: Peer) -> Asked:
    async with asyncio.timeout(SECONDS):
        while True:
            for asked in peer.asked:
                if asked.path == "/v1/messages":
                    return asked
            await asyncio.sleep(0.02)


async def _is_sent(samvad: Installation) -> None:
    """By the delivery log."""
    async with asyncio.timeout(SECONDS):
        while True:
            _, page = await samvad.api("GET", "/messages")
            if [one for one in page["items"] if (one["direction"], one["status"]) == ("out", "sent")]:
                return
            await asyncio.sleep(0.05)


async def test_it_passes_the_suite_by_itself(site: Path, tmp_path: Path) -> None:
    """As its author runs it: an own folder, an own pytest, nothing of our tests."""
    shutil.copy(HERE / "test_pigeon.py", tmp_path)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_pigeon.py",
        cwd=tmp_path, env={**environment(site), "PYTHONPATH": f"{site}{os.pathsep}{ROOT / 'src'}"},
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await asyncio.wait_for(process.communicate(), SECONDS)
    assert process.returncode == 0, said.decode()
    assert b" passed" in said


@pytest.mark.parametrize("name", ["pyproject.toml", "samvad_pigeon/__init__.py", "test_pigeon.py"])
def test_the_page_shows_the_package_as_it_is(name: str) -> None:
    assert (HERE / name).read_text().strip() in (ROOT / "docs" / "ADDING_A_CHANNEL.md").read_text()
