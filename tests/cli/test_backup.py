"""`samvad backup` and `samvad restore`, from the first command to the last."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from samvad.cli.main import build
from samvad.kernel.clock import FrozenClock
from samvad.platform.db import Database
from samvad.platform.settings import Settings
from tests.cli.conftest import runtime_at
from tests.conftest import SECRET, make_tenant

WORDS = "a passphrase of the test"


@pytest.fixture
async def call(database_url: str, passwords: dict[str, str], clock: FrozenClock, tmp_path: Path) -> Any:
    async with Database(database_url, passwords) as database:
        await make_tenant(database)
    runtime = runtime_at(database_url, passwords, clock)
    settings = {"database_url": database_url, "secret_key": SECRET, "backup_dir": tmp_path / "kept"}

    async def call(*arguments: str, passphrase: str | None = WORDS) -> Result:
        said = Settings.model_validate(
            {**settings, "backup_passphrase": passphrase, "sandbox": {"enabled": False}}
        )
        app = build(lambda: replace(runtime, settings=said))
        return await asyncio.to_thread(CliRunner().invoke, app, list(arguments))

    return call


async def test_from_the_backup_to_the_restore(call: Any, tmp_path: Path, clock: FrozenClock) -> None:
    made = await call("backup", "create", "--keep", "3", "--json")
    assert made.exit_code == 0, made.output
    taken = json.loads(made.stdout)
    file = taken["file"]
    assert file == str(tmp_path / "kept" / f"samvad-{clock.now():%Y%m%dT%H%M%SZ}.backup")
    assert (taken["rows"]["tenants"], taken["deleted"]) == (1, [])
    assert "there already" in (await call("backup", "create")).stderr
    listed = json.loads((await call("backup", "list", "--json", passphrase=None)).stdout)
    assert [(row["file"], row["bytes"]) for row in listed["items"]] == [(file, taken["bytes"])]

    key, words = tmp_path / "key", tmp_path / "words"
    words.write_text(f"{WORDS}\n")
    done = await call(
        "backup", "key", file, "--out", str(key), "--passphrase-file", str(words), passphrase=None
    )
    assert done.exit_code == 0, done.output
    assert (key.read_text(), key.stat().st_mode & 0o777) == (SECRET, 0o600)

    for arguments, passphrase, said in (
        (("backup", "verify", file), "another passphrase", "passphrase does not open"),
        (("backup", "verify", file), None, "needs a passphrase"),
        (("backup", "verify", file, "--passphrase-file", "/nowhere"), None, "cannot be read"),
        (("backup", "verify", str(tmp_path / "none")), WORDS, "cannot be read"),
        (("backup", "key", file, "--out", str(key)), WORDS, "is there already"),
    ):
        failed = await call(*arguments, passphrase=passphrase)
        assert (failed.exit_code, failed.stderr.count("\n")) == (1, 1), failed.output
        assert said in failed.stderr

    settled = await call("settle", "--json")
    assert json.loads(settled.stdout) == {
        "held": 0,
        "unknown": 0,
        "consents": {"put_back": 0, "unreadable": 0, "through": None, "complete": False},
    }
    restored = await call("restore", file, "--replace", "--json")
    assert restored.exit_code == 0, restored.output
    assert json.loads(restored.stdout)["rows"] == taken["rows"]
    assert json.loads(restored.stdout)["held"] == 0
    assert json.loads(restored.stdout)["consents"]["complete"]  # the replaced database was asked
    erased = await call("consents", "erase", "+91 98765 43210", "--json")
    assert json.loads(erased.stdout) == {"erased": 0}
    shown = await call("consents", "show", "--json")
    assert json.loads(shown.stdout)["lines"] == 0
    accepted = await call("consents", "accept")
    assert accepted.stdout == "Templates and bulk leave again from 0 numbers.\n"
