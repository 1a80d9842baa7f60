"""What the commands load: each start, also of `samvad up`, pays for it in time and memory."""

import subprocess
import sys

import pytest

READERS = {"openpyxl", "docx", "lxml", "pypdfium2", "tokenizers", "numpy"}
WEB = {"fastapi", "samvad.api.app"}


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    code = "import sys, samvad.cli.main; print(*sys.modules)"
    return set(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
    )


@pytest.mark.parametrize("heavy", sorted(READERS | WEB))
def test_no_command_loads_what_only_some_need(loaded: set[str], heavy: str) -> None:
    assert "samvad.cli.main" in loaded
    assert heavy not in loaded
