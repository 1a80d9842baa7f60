"""An installation of a command's own, in a folder that is gone afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from samvad.kernel.errors import Unavailable

_PATIENCE = 180.0  # seconds until it is ready
_END = 30.0


@contextmanager
def own_house(demo: str) -> Iterator[Mapping[str, str]]:
    """Yields the environment that leads to it. Nothing of the user's own settings is taken over, so that it
    can never be their database that is written to. Raises Unavailable."""
    folder = Path(tempfile.mkdtemp(prefix="samvad-own-"))
    port = _free_ports()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMVAD_")}
    ours = {"SAMVAD_DATA_DIR": str(folder / "data"), "SAMVAD_PORT": str(port), "SAMVAD_DEMO": demo}
    log = folder / "log"
    signal.signal(signal.SIGTERM, _as_interrupt)  # else the house would outlive us
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "samvad", "up"], env=kept | ours, cwd=folder, stdout=said, stderr=said
        )
    try:
        _await_ready(process, f"http://127.0.0.1:{port}/readyz", log)
        yield kept | ours
    finally:
        process.terminate()
        try:
            process.wait(_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _as_interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def samvad(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """One of our commands in that environment; its exit status."""
    command = [sys.executable, "-m", "samvad", *arguments]
    return subprocess.run(command, env=dict(environment), cwd=Path.cwd(), check=False).returncode  # noqa: S603 - ourselves


def _await_ready(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - ours
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    last = log.read_text(errors="replace").strip().splitlines()[-1:]
    raise Unavailable(f"The house did not start: {last[0] if last else 'it said nothing'}")


def _free_ports() -> int:
    """The first of two free neighbours: the sandbox takes the one after."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
