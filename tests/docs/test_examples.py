"""The examples of the API page, run in their order by a shell against a real `samvad up`."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.docs import pages

EMAIL, PASSWORD = "owner@dairy.test", "only for this test"
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def script() -> str:
    blocks = _BLOCK.findall((pages.ROOT / "docs" / "API.md").read_text())
    assert len(blocks) > 5
    return "set -eu\n" + "\n".join(blocks)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> Iterator[str]:
    """Its address."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(blank, folder / "data")
    port = _free_port()
    settings = {"HOST": "127.0.0.1", "PORT": str(port), "DATA_DIR": str(folder / "data"),
                "ADMIN_EMAIL": EMAIL, "ADMIN_PASSWORD": PASSWORD}  # fmt: skip
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("SAMVAD_") and k != "DATABASE_URL"}
    environment = inherited | {f"SAMVAD_{name}": value for name, value in settings.items()}
    command = [str(Path(sys.executable).with_name("samvad")), "up"]
    with (folder / "log").open("w") as log:
        running = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/readyz", running)
            yield url
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(30)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_for(url: str, running: "subprocess.Popen[bytes]") -> None:
    while running.poll() is None:  # the suite's own time limit ends this
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"samvad up ended with {running.returncode}")


@pytest.mark.skipif(not shutil.which("curl") or not shutil.which("openssl"), reason="needs curl and openssl")
def test_every_example_does_what_it_says(installation: str) -> None:
    environment = os.environ | {"URL": installation, "EMAIL": EMAIL, "PASSWORD": PASSWORD}
    ran = subprocess.run(["sh"], input=script(), env=environment, capture_output=True, text=True, timeout=90)
    assert ran.returncode == 0, ran.stderr[-2000:]
    said = ran.stdout.splitlines()
    for expected in ("owner", "403", "name", "message.created", "We are open from 7 to 21.", "42200"):
        assert expected in said
    assert any(line.startswith("Hello, welcome to ") for line in said)
    assert said.count("403") == 2  # a key without the scope, a bad signature
