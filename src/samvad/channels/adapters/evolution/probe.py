"""The self-test of an instance: each step says what to do when it failed; one sets the gateway up."""

from collections.abc import Sequence

from samvad.channels.adapters.evolution import settings, states
from samvad.channels.adapters.evolution.api import Gateway, NoInstance
from samvad.channels.adapters.reading import words
from samvad.channels.errors import CredentialsRejected, SendError
from samvad.channels.types import ChannelCredentials, LinkState, ProbeStep

_UNSENDABLE = frozenset(LinkState) - {LinkState.OPEN}


async def probe(gateway: Gateway, known: states.States, via: ChannelCredentials) -> Sequence[ProbeStep]:
    """Whether the gateway answers, knows the key and the instance, calls us, and has a phone linked."""
    try:
        linked = await known.ask(via)
    except SendError as failure:
        return _unanswered(failure)
    steps = [ProbeStep("connection", True), ProbeStep("token", True), await point(gateway, via)]
    if not steps[-1].ok:
        return steps
    said = linked.detail if linked.state in _UNSENDABLE else linked.number
    return [*steps, ProbeStep("instance", linked.state is LinkState.OPEN, said)]


def _unanswered(failure: SendError) -> list[ProbeStep]:
    said = f" ({failure.detail})"
    if isinstance(failure, CredentialsRejected):
        advice = "Copy AUTHENTICATION_API_KEY of the gateway, or the token of the instance, again"
        return [ProbeStep("connection", True), ProbeStep("token", False, advice + said)]
    if isinstance(failure, NoInstance):
        advice = "The gateway has no such instance yet: Link the phone makes it"
        return [ProbeStep("connection", True), ProbeStep("instance", False, advice + said)]
    return [ProbeStep("connection", False, "Check the gateway URL; if it is right, is it running?" + said)]


async def point(gateway: Gateway, via: ChannelCredentials) -> ProbeStep:
    """Has it call the channel's own door, with the secret."""
    try:
        answer = await gateway.ask("POST", "/webhook/set/", via=via, body=settings.webhook(via))
    except SendError as failure:
        return ProbeStep("settings", False, f"The gateway did not take where to call ({failure.detail})")
    if words(answer, "url") not in (None, via.webhook_url):
        return ProbeStep("settings", False, "The gateway calls another address than it was told")
    return ProbeStep("settings", bool(answer), "" if answer else "The gateway did not confirm where to call")
