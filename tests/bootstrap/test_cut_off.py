"""Without any network but the machine's own a shop answers: kernel namespaces deny the rest."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from tests.bootstrap import cut_off

ALONE = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
PRICE = "how much is 1 kg of fresh paneer?"
NOT_WRITTEN_DOWN = "do you sell motorcycle tyres?"


def may_be_alone() -> bool:
    try:
        return subprocess.run([*ALONE, "true"], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.timeout(400)
@pytest.mark.skipif(not may_be_alone(), reason="needs network namespaces")
async def test_a_customer_is_answered_on_a_machine_that_reaches_nobody(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *ALONE, sys.executable, "-m", cut_off.__name__, str(tmp_path / "data"), PRICE, NOT_WRITTEN_DOWN,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    rows = map(orjson.loads, out.splitlines())
    price, person = [row["text"] for row in rows if row["direction"] == "out" and row["state"] == "sent"]
    assert "420" in price
    assert "Shubhra Dairy" in person  # open or closed, by the hour of the run, decides about the rest
    assert "person" in person.casefold()
