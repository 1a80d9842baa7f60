"""Which process runs which file, and when: what takes long begins first, what shares is together."""

from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).parent
# All talk to one running product, which takes longer to start than most of their tests.
LIVE = tuple(
    f"web/test_{name}.py"
    for name in (
        "settings", "live_contents", "live_app", "live_inbox", "live_journal", "rules", "knowledge", "demo",
        "still",
    )
)  # fmt: skip
# A process takes whole files (`scripts/test`), in this order: what takes a minute must not be begun last.
LONG = (
    LIVE[0], "cli/test_scenarios.py", "web/test_screens.py", "benchmarks/test_smoke.py", "api/test_fuzz.py",
    "crash/test_kills.py", "bootstrap/test_cut_off.py", "bootstrap/test_up.py", "races/test_order.py",
    "knowledge/test_search.py", "web", "cli/test_chat.py", "races", "platform/postgres", "crash",
    "evaluation", "cli", "knowledge", "setup", "docs", "api", "isolation",
)  # fmt: skip


class Scheduling(LoadFileScheduling):
    """One process a file, and one for all files of LIVE."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "live" if file.removeprefix(f"{ROOT.name}/") in LIVE else file


def make(config: pytest.Config, log: Producer) -> Scheduling | None:
    return Scheduling(config, log) if config.getvalue("dist") == "loadfile" else None


@cache
def place(file: Path) -> int:
    return next((at for at, long in enumerate(LONG) if file.is_relative_to(ROOT / long)), len(LONG))
