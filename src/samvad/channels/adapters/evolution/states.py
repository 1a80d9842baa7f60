"""How an instance stands with WhatsApp, by its state and the code with which its connection was closed.

Baileys' DisconnectReason and WhatsApp's own codes of a refused login; 515 is part of every pairing.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from samvad.channels.adapters.evolution.api import Gateway
from samvad.channels.adapters.evolution.people import jid
from samvad.channels.adapters.reading import ident, number, objekt, words
from samvad.channels.errors import ChannelBlocked, SendError, SpamLimited, Transient
from samvad.channels.types import ChannelCredentials, JsonObject, JsonValue, Linked, LinkState
from samvad.kernel.clock import Clock

_REMEMBER = timedelta(seconds=20)
_MOST = 10_000
_OPEN, _CONNECTING = "open", "connecting"

_BY_CODE: Mapping[int, LinkState] = {
    401: LinkState.LOGGED_OUT,
    406: LinkState.LOGGED_OUT,
    402: LinkState.RESTRICTED,
    403: LinkState.BANNED,
    411: LinkState.BROKEN,
    500: LinkState.BROKEN,
    440: LinkState.REPLACED,
}
_WORDS: Mapping[LinkState, tuple[type[SendError], str]] = {
    LinkState.UNLINKED: (ChannelBlocked, "The phone is not linked: scan the code under Link the phone"),
    LinkState.CONNECTING: (Transient, "The gateway is connecting to WhatsApp"),
    LinkState.DROPPED: (Transient, "The gateway has lost WhatsApp and was asked to connect again"),
    LinkState.LOGGED_OUT: (
        ChannelBlocked,
        "The phone has logged this device out: link it again under Link the phone",
    ),
    LinkState.REPLACED: (
        ChannelBlocked,
        "Another program has taken this session over: end it, then run the test",
    ),
    LinkState.BANNED: (ChannelBlocked, "WhatsApp has banned this number"),
    LinkState.RESTRICTED: (SpamLimited, "WhatsApp has banned this number for some time"),
    LinkState.BROKEN: (
        ChannelBlocked,
        "The session at the gateway is broken: link the phone again under Link the phone",
    ),
}


def state_of(word: str, code: int | None, *, linked: bool) -> LinkState:
    """`word`: the gateway's; `code`: with which the connection was closed; `linked`: a phone was."""
    if word == _OPEN:
        return LinkState.OPEN
    if word == _CONNECTING:
        return LinkState.CONNECTING if linked else LinkState.UNLINKED
    if code is not None and code in _BY_CODE:
        return _BY_CODE[code]
    return LinkState.DROPPED if linked else LinkState.UNLINKED


def failure(state: LinkState) -> SendError | None:
    """What keeps an instance in this state from sending."""
    if state not in _WORDS:
        return None
    kind, said = _WORDS[state]
    return kind(said)


def said_of(state: LinkState) -> str:
    return _WORDS[state][1] if state in _WORDS else ""


@dataclass(slots=True)
class States:
    """By instance, remembered for twenty seconds; several sends ask once."""

    gateway: Gateway
    clock: Clock
    _known: dict[str, tuple[datetime, LinkState]] = field(default_factory=dict)
    _asking: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def check(self, via: ChannelCredentials) -> None:
        """Raises SendError when the instance cannot send now, or says nothing about it."""
        async with self._asking.setdefault(via.address, asyncio.Lock()):
            state = self._remembered(via.address)
            if state is None:
                word = await self._word(via)
                state = LinkState.OPEN if word == _OPEN else (await self.ask(via, word)).state
                self.note(via.address, state)
        if refusal := failure(state):
            raise refusal

    async def ask(self, via: ChannelCredentials, word: str = "") -> Linked:
        """As the gateway says it now; `word`: what it just said. Raises SendError."""
        word = word or await self._word(via)
        about = await self._about(via)
        owner = jid(ident(about, "ownerJid") or "").partition("@")[0]
        code = number(about, "disconnectionReasonCode")
        state = state_of(word, code, linked=bool(owner))
        self.note(via.address, state)
        return Linked(
            state,
            detail=said_of(state),
            number=f"+{owner}" if owner else "",
            name=words(about, "profileName") or "",
        )

    async def _word(self, via: ChannelCredentials) -> str:
        told = await self.gateway.ask("GET", "/instance/connectionState/", via=via)
        word = words(objekt(told, "instance"), "state")
        if not word:
            raise Transient("The gateway does not say in which state the instance is")
        return word

    async def _about(self, via: ChannelCredentials) -> JsonObject:
        told = await self.gateway.listed("/instance/fetchInstances", via=via)
        found = (one for one in told if isinstance(one, dict) and _named(one, via.option("instance")))
        return next(found, {})

    def note(self, instance: str, state: LinkState) -> None:
        if len(self._known) > _MOST:
            self._known.clear()
            self._asking.clear()
        self._known[instance] = (self.clock.now() + _REMEMBER, state)

    def forget(self, instance: str) -> None:
        self._known.pop(instance, None)

    def _remembered(self, instance: str) -> LinkState | None:
        until, state = self._known.get(instance, (None, LinkState.OPEN))
        return state if until and until > self.clock.now() else None


def _named(node: JsonValue, instance: str) -> bool:
    return words(node, "name") == instance
