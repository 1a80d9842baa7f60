"""What every adapter is built from."""

from dataclasses import dataclass

from samvad.kernel.clock import Clock
from samvad.platform.http import HostPolicy, HttpClient
from samvad.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Kit:
    """`allow`: private targets that calls may reach; one call may take `timeout` seconds, after which its
    outcome is unknown."""

    http: HttpClient
    clock: Clock
    allow: HostPolicy
    settings: Settings

    @property
    def timeout(self) -> float:
        return self.settings.worker.send_timeout
