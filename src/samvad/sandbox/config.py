"""What the sandbox is told when it starts."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SandboxConfig:
    """`seed` decides every id and draw of a fresh ledger; a new ledger for an old app needs a new seed."""

    data_file: Path
    control_secret: str
    host: str = "127.0.0.1"
    port: int = 8401
    seed: int = 1
    webhook_timeout: float = 10.0
    webhook_slots: int = 32
    hold_seconds: float = 120.0
