"""`samvad chat --scenario`: those that come along, in a house of their own; and files that are none."""

import asyncio
import json
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from typer.testing import CliRunner

from samvad.cli.main import build
from samvad.cli.runtime import Runtime
from samvad.workflows.scenarios import ready
from tests.bootstrap.test_up import environment, free_port, processes_of

FAILING = """\
name: Nothing of this comes
customer: Ravi
steps:
  - customer says: hello
  - expect reply:
      containing: a word that nobody says
      within: 2 s
"""


async def play(folder: Path, *arguments: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "samvad", "chat", *arguments,
        env=environment(folder, free_port(), TMPDIR=str(folder.parent)),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


@pytest.mark.timeout(400)
async def test_all_that_come_with_samvad_pass_in_a_house_of_their_own(tmp_path: Path) -> None:
    """And one that cannot, so that passing means something."""
    failing = tmp_path / "failing.yaml"
    failing.write_text(FAILING)
    asked = [part for name in (*ready.names(), str(failing)) for part in ("--scenario", name)]
    code, out, err = await play(tmp_path / "data", "--own", "--json", *asked)
    told = defaultdict(list)
    for line in map(json.loads, out.splitlines()):
        told[line["scenario"]].append(line)
    failed = {s["scenario"]: s["why"] for lines in told.values() for s in lines if s.get("state") == "failed"}
    assert list(failed) == ["Nothing of this comes"], (failed, err)
    assert "does not contain 'a word that nobody says'" in failed["Nothing of this comes"]
    assert [lines[-1]["event"] for lines in told.values()] == ["ended"] * (len(ready.names()) + 1)
    assert code == 1
    assert not processes_of(tmp_path)


def test_a_file_that_cannot_be_read_is_told_by_line(tmp_path: Path) -> None:
    file = tmp_path / "talk.yaml"
    file.write_text("name: n\nsteps:\n  - costumer says: hello\n  - wait: ever\n")
    asked = ["chat", "--scenario", str(file), "--scenario", "no-such-file"]
    said = CliRunner().invoke(build(nothing_runs), asked)
    assert (said.exit_code, said.stdout) == (2, "")
    assert f"{file}:3: 'costumer says' is not known here; did you mean 'customer says'?" in said.stderr
    assert f"{file}:4: 'wait' is a time" in said.stderr
    assert "no-such-file:1: No such file or directory; with Samvad come bad-day, blocked" in said.stderr


def nothing_runs() -> Runtime:
    raise AssertionError("files are read before anything else")
