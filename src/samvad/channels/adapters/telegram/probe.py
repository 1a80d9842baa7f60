"""The self-test of a bot: each step says what to do when it failed."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from samvad.channels.adapters.reading import words
from samvad.channels.adapters.telegram.api import Bot
from samvad.channels.adapters.telegram.form import OFFICIAL, WEBHOOK
from samvad.channels.adapters.telegram.updates import WANTED
from samvad.channels.errors import ChannelBlocked, CredentialsRejected, SendError
from samvad.channels.types import ChannelCredentials, JsonObject, JsonValue, ProbeStep

_PORTS = frozenset({None, 443, 80, 88, 8443})


async def probe(bot: Bot, via: ChannelCredentials) -> Sequence[ProbeStep]:
    """Whether Telegram answers and knows the token, and gives us its updates."""
    try:
        known = await bot.call("getMe", {}, via=via)
    except SendError as failure:
        return _unknown(failure)
    return [
        ProbeStep("connection", True),
        ProbeStep("token", True),
        ProbeStep("number", True, _named(known)),
        await _subscribe(bot, via),
    ]


def _named(known: JsonValue) -> str:
    username, name = words(known, "username"), words(known, "first_name")
    return ", ".join(part for part in (f"@{username}" if username else "", name) if part)


def _unknown(failure: SendError) -> list[ProbeStep]:
    said = f" ({failure.detail})"
    if isinstance(failure, CredentialsRejected):
        advice = "Ask @BotFather for the bot's token with /token, and paste it here"
        return [ProbeStep("connection", True), ProbeStep("token", False, advice + said)]
    if isinstance(failure, ChannelBlocked):
        return [ProbeStep("connection", False, "Check the base URL" + said)]
    return [ProbeStep("connection", False, "Telegram does not answer usably; try again in a minute" + said)]


async def _subscribe(bot: Bot, via: ChannelCredentials) -> ProbeStep:
    return await (_be_called(bot, via) if via.option("receive") == WEBHOOK else _be_asked(bot, via))


async def _be_asked(bot: Bot, via: ChannelCredentials) -> ProbeStep:
    """A bot that calls somebody cannot be asked; what waits for it is kept."""
    try:
        await bot.call("deleteWebhook", {"drop_pending_updates": False}, via=via)
    except SendError as failure:
        advice = "Telegram does not end the bot's webhook; try again in a minute"
        return ProbeStep("subscription", False, f"{advice} ({failure.detail})")
    return ProbeStep("subscription", True, "we ask Telegram")


async def _be_called(bot: Bot, via: ChannelCredentials) -> ProbeStep:
    """Tells Telegram our URL, the word that proves its calls, and what to send."""
    if why := _unfit(via):
        return ProbeStep("subscription", False, why)
    asked: JsonObject = {
        "url": via.webhook_url,
        "secret_token": via.secret("webhook_secret"),
        "allowed_updates": list(WANTED),
    }
    try:
        await bot.call("setWebhook", asked, via=via)
    except SendError as failure:
        advice = "Telegram does not take the webhook URL: is SAMVAD_PUBLIC_URL right?"
        return ProbeStep("subscription", False, f"{advice} ({failure.detail})")
    return ProbeStep("subscription", True, via.webhook_url)


def _unfit(via: ChannelCredentials) -> str:
    """Why Telegram itself could never call this URL; a Bot API server of one's own may."""
    url = urlsplit(via.webhook_url)
    if via.base_url.rstrip("/") != OFFICIAL or (url.scheme == "https" and url.port in _PORTS):
        return ""
    return (
        f"{via.webhook_url} cannot be called: Telegram needs https on port 443, 80, 88 or 8443; "
        "set SAMVAD_PUBLIC_URL to where this installation is reached, or let us ask Telegram"
    )
