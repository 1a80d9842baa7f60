"""Which adapter speaks for which provider."""

from collections.abc import Mapping

from samvad.channels.adapters.meta.adapter import MetaAdapter, SandboxAdapter
from samvad.channels.adapters.meta.api import Graph
from samvad.channels.types import ChannelAdapter, Provider
from samvad.kernel.clock import Clock
from samvad.platform.http import HostPolicy, HttpClient

FAMILIES: Mapping[Provider, type[ChannelAdapter]] = {
    Provider.META: MetaAdapter,
    Provider.SANDBOX: SandboxAdapter,
}


def adapters(
    http: HttpClient,
    clock: Clock,
    *,
    allow: HostPolicy,
    sandbox: tuple[str, int] | None,
    timeout: float,
) -> Mapping[Provider, ChannelAdapter]:
    """One adapter a provider; only the sandbox's may reach `sandbox` (host, port), our own emulator.

    `timeout`: seconds of one call, after which its outcome is unknown.
    """
    found: dict[Provider, ChannelAdapter] = {Provider.META: MetaAdapter(Graph(http, allow, timeout), clock)}
    if sandbox is not None:
        ours = allow.including(sandbox[0], sandbox[1])
        found[Provider.SANDBOX] = SandboxAdapter(Graph(http, ours, timeout), clock)
    return found
