"""What adapters are built from, in a test."""

from functools import cache

from samvad.channels.adapters.kit import Kit
from samvad.kernel.clock import Clock
from samvad.platform.http import HostPolicy, HttpClient
from samvad.platform.settings import SandboxSettings, Settings, WorkerSettings


def kit(
    http: HttpClient, clock: Clock, *, allow: HostPolicy, timeout: float = 2, sandbox_port: int = 0
) -> Kit:
    return Kit(http, clock, allow, _settings(timeout, sandbox_port))


@cache
def _settings(timeout: float, sandbox_port: int) -> Settings:
    return Settings(
        worker=WorkerSettings(send_timeout=timeout),
        sandbox=SandboxSettings(port=sandbox_port),
        _env_file=None,
    )
