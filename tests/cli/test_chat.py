"""`samvad chat` beside a real installation: lines in, messages with authors and ticks out."""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samvad.cli.chat import Phone, Talk
from samvad.cli.output import Row
from samvad.platform.http import HostPolicy, HttpClient
from tests.bootstrap.test_up import environment, free_port, running
from tests.data_folders import copied


async def chat(folder: Path, port: int, *arguments: str, said: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "samvad", "chat", *arguments, env=environment(folder, port),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate(said.encode())
    return process.returncode or 0, out.decode(), err.decode()


async def test_where_nothing_runs_it_says_how_to_start(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    code, out, err = await chat(folder, free_port(), said="hello\n")
    assert (code, out) == (1, "")
    assert "start it with `samvad up`" in err
    assert err.count("\n") == 1
    assert not folder.exists()


class EarlyNews(Phone):
    """A phone whose news of a message come before the answer to sending it."""

    async def ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        message = {"id": 7, "customer_id": 1, "direction": "in", "kind": "text", "text": "hello"}
        if method == "POST":
            await asyncio.sleep(0.05)
            return {**message, "state": "sent"}
        if path.startswith("/events?after=0"):
            return {"cursor": 1, "items": [{"message": {**message, "state": "delivered"}}]}
        return await asyncio.Event().wait()


async def test_a_tick_is_never_taken_back() -> None:
    told: list[Row] = []
    async with HttpClient() as http:
        talk = Talk(EarlyNews(http, "", HostPolicy()), customer=1, cursor=0, told=told.append)
        hearing = asyncio.create_task(talk.hear())
        lines = asyncio.Queue[str | None]()
        for line in ("hello", None):
            lines.put_nowait(line)
        await talk.speak(lines, wait=0)
        hearing.cancel()
    assert [row["state"] for row in told] == ["delivered"]


async def test_a_customer_is_answered_in_the_terminal(tmp_path: Path, blank: Path) -> None:
    folder, port = await copied(blank, tmp_path / "data"), free_port()
    async with running(folder, port):
        (code, out, err), (spoken_code, spoken, spoken_err), (code_of_nobody, _, why) = await asyncio.gather(
            chat(folder, port, "--json", "--wait", "5", said="hello\n\n"),
            chat(folder, port, "--as", "Mina", "--wait", "5", said="hello"),
            chat(folder, port, "--tenant", "nobody", said="hello"),
        )
        assert code == 0, err
        rows = [json.loads(line) for line in out.splitlines()]
        mine = [row["state"] for row in rows if row["direction"] == "in"]
        assert mine == [state for state in ("sent", "delivered", "read") if state in mine]  # ticks only go up
        assert {"delivered", "read"} & set(mine)
        (answer,) = [row for row in rows if row["direction"] == "out"]
        assert answer["author"] == "assistant"
        assert answer["text"]
        assert spoken_code == 0, spoken_err
        assert spoken.startswith("You: hello\n")
        assert "\nAssistant: " in spoken
        assert (code_of_nobody, why.count("\n")) == (1, 1)
