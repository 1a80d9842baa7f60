"""Whether an instance can send now. Green takes messages whatever its state and keeps them for a day, so a
message to an instance that is logged out would leave a day late, or never."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from samvad.channels.adapters.green_api.api import Green
from samvad.channels.adapters.reading import words
from samvad.channels.errors import ChannelBlocked, NumberThrottled, SendError, SpamLimited, Transient
from samvad.channels.types import ChannelCredentials
from samvad.kernel.clock import Clock

AUTHORIZED = "authorized"
SCAN = "The phone is not linked: scan the QR code of the instance with WhatsApp, Linked devices"
_REMEMBER = timedelta(seconds=20)
_WAKES_UP = 60.0  # seconds; starting takes up to five minutes
_MOST = 10_000

_WORDS: Mapping[str, tuple[type[SendError], str]] = {
    "notAuthorized": (ChannelBlocked, SCAN),
    "blocked": (ChannelBlocked, "WhatsApp has banned this number"),
    "yellowCard": (SpamLimited, "WhatsApp restricts this number for spam: see the instance at Green API"),
    "suspended": (SpamLimited, "WhatsApp restricts this number for some time"),
    "sleepMode": (NumberThrottled, "The instance sleeps: the phone is off"),
    "starting": (NumberThrottled, "The instance is starting"),
}


def failure(word: str) -> SendError | None:
    """What keeps an instance in this state from sending; None: nothing, or a word that we do not know."""
    if word not in _WORDS:
        return None
    kind, said = _WORDS[word]
    return kind(said, retry_after=_WAKES_UP) if issubclass(kind, NumberThrottled) else kind(said)


@dataclass(slots=True)
class States:
    """By instance, remembered for twenty seconds; several sends ask once."""

    green: Green
    clock: Clock
    _known: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    _asking: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def check(self, via: ChannelCredentials) -> None:
        """Raises SendError when the instance cannot send now, or says nothing about it."""
        async with self._asking.setdefault(via.address, asyncio.Lock()):
            word = self._remembered(via.address)
            if word is None:
                word = await self.ask(via)
        if refusal := failure(word):
            raise refusal

    async def ask(self, via: ChannelCredentials) -> str:
        """The state as Green says it now. Raises SendError."""
        word = words(await self.green.ask("getStateInstance", via=via), "stateInstance")
        if not word:
            raise Transient("Green API does not say in which state the instance is")
        self.note(via.address, word)
        return word

    def note(self, instance: str, word: str) -> None:
        """A notification said it."""
        if len(self._known) > _MOST:
            self._known.clear()
            self._asking.clear()
        self._known[instance] = (self.clock.now() + _REMEMBER, word)

    def _remembered(self, instance: str) -> str | None:
        until, word = self._known.get(instance, (None, ""))
        return word if until and until > self.clock.now() else None
