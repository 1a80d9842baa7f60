"""Which adapter speaks for which provider: ours, and those of installed packages.

A package adds its own by an entry point of the group `samvad.channels` that names the adapter's class.
"""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol, cast

from samvad.channels.adapters.chat.adapter import ChatAdapter
from samvad.channels.adapters.evolution.adapter import EvolutionAdapter
from samvad.channels.adapters.green_api.adapter import GreenAdapter
from samvad.channels.adapters.kit import Kit
from samvad.channels.adapters.meta.adapter import MetaAdapter, SandboxAdapter
from samvad.channels.adapters.telegram.adapter import TelegramAdapter
from samvad.channels.adapters.twilio.adapter import TwilioAdapter
from samvad.channels.types import ChannelAdapter, Provider
from samvad.kernel.errors import SamvadError

GROUP = "samvad.channels"

_OURS: tuple[type[ChannelAdapter], ...] = (
    MetaAdapter, SandboxAdapter, TwilioAdapter, TelegramAdapter, GreenAdapter, EvolutionAdapter,
    ChatAdapter,
)  # fmt: skip


class ProviderTaken(SamvadError):
    """Two adapters call themselves the same."""

    code = "provider_taken"
    title = "Two installed adapters speak for one provider"


class Buildable(Protocol):
    """The class of an adapter, as the registry makes one of it."""

    @classmethod
    def build(cls, kit: Kit) -> ChannelAdapter: ...


@cache
def installed() -> Mapping[Provider, type[ChannelAdapter]]:
    """Every adapter's class, ours first. Raises ProviderTaken."""
    found: dict[Provider, type[ChannelAdapter]] = {}
    for kind in (*_OURS, *(point.load() for point in entry_points(group=GROUP))):
        if kind.provider in found:
            raise ProviderTaken(kind.provider)
        found[kind.provider] = kind
    return found


def adapters(kit: Kit) -> Mapping[Provider, ChannelAdapter]:
    """One adapter a provider."""
    return {name: cast(Buildable, kind).build(kit) for name, kind in installed().items()}
