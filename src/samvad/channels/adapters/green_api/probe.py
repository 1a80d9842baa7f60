"""The self-test of an instance: each step says what to do when it failed; the last one sets Green API up."""

from collections.abc import Sequence

from samvad.channels.adapters.green_api import states
from samvad.channels.adapters.green_api.api import Green
from samvad.channels.adapters.green_api.form import WEBHOOK
from samvad.channels.adapters.reading import words
from samvad.channels.errors import CredentialsRejected, SendError
from samvad.channels.types import ChannelCredentials, JsonObject, ProbeStep

_WANTED = (
    "incomingWebhook",
    "outgoingWebhook",
    "outgoingMessageWebhook",
    "outgoingAPIMessageWebhook",
    "stateWebhook",
    "editedMessageWebhook",
    "deletedMessageWebhook",
    "pollMessageWebhook",
    "incomingCallWebhook",
)


async def probe(green: Green, known: states.States, via: ChannelCredentials) -> Sequence[ProbeStep]:
    """Whether Green answers, knows the token, can send, and tells us what happens."""
    try:
        word = await known.ask(via)
    except SendError as failure:
        return _unanswered(failure)
    steps = [ProbeStep("connection", True), ProbeStep("token", True), _instance(word)]
    return [*steps, await _settings(green, via)] if steps[-1].ok else steps


def _unanswered(failure: SendError) -> list[ProbeStep]:
    said = f" ({failure.detail})"
    if isinstance(failure, CredentialsRejected):
        advice = "Copy idInstance and apiTokenInstance from Green API's console again"
        return [ProbeStep("connection", True), ProbeStep("token", False, advice + said)]
    return [ProbeStep("connection", False, "Check the API URL; if it is right, try again in a minute" + said)]


def _instance(word: str) -> ProbeStep:
    refusal = states.failure(word)
    return ProbeStep("instance", refusal is None, refusal.detail if refusal else word)


async def _settings(green: Green, via: ChannelCredentials) -> ProbeStep:
    """Only where they differ: to set them starts the instance anew."""
    wanted: JsonObject = {**_place(via), **dict.fromkeys(_WANTED, "yes")}
    try:
        found = await green.ask("getSettings", via=via)
        if all(words(found, key) == value for key, value in wanted.items()):
            return ProbeStep("settings", True)
        answer = await green.ask("setSettings", via=via, body=wanted)
    except SendError as failure:
        return ProbeStep("settings", False, f"Green API did not take its settings ({failure.detail})")
    if isinstance(answer, dict) and answer.get("saveSettings") is True:
        return ProbeStep("settings", True, "changed; Green API goes by them within five minutes")
    return ProbeStep("settings", False, "Green API did not confirm its settings; try again in a minute")


def _place(via: ChannelCredentials) -> JsonObject:
    """Where notifications go: to our door, or nowhere, so that they wait until they are fetched."""
    if via.option("receive") == WEBHOOK:
        return {"webhookUrl": via.webhook_url, "webhookUrlToken": via.secret("webhook_token")}
    return {"webhookUrl": "", "webhookUrlToken": ""}
