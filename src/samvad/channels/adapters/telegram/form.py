"""What connecting a bot takes: its token. The bot's id stands in it."""

import re

from samvad.channels.types import FieldRole, FormField, Guide
from samvad.kernel.errors import FieldError, Invalid

OFFICIAL = "https://api.telegram.org"
TOKEN = r"\d{3,19}:[A-Za-z0-9_-]{20,100}"  # noqa: S105 - the form of one
POLL, WEBHOOK = "poll", "webhook"

FORM = (
    FormField(
        "bot_token",
        FieldRole.SECRET,
        "Bot token",
        help="@BotFather gives it when a bot is made, and again with /token.",
        pattern=TOKEN,
        longest=128,
        required=True,
    ),
    FormField("bot_id", FieldRole.ADDRESS, "Bot ID", fixed=True, asked=False),
    FormField(
        "bot_name",
        FieldRole.DISPLAY,
        "Bot's name",
        help="As people search for it, such as @govind_dairy_bot.",
        longest=64,
        fixed=True,
        advanced=True,
    ),
    FormField(
        "receive",
        FieldRole.OPTION,
        "How messages come",
        help="The second one needs an https address that Telegram can reach.",
        choices=(
            (POLL, "We ask Telegram for them: works anywhere"),
            (WEBHOOK, "Telegram calls this installation"),
        ),
        advanced=True,
    ),
    FormField(
        "webhook_secret",
        FieldRole.SECRET,
        "Webhook secret",
        help="Made here and told to Telegram by the channel's test.",
        made=True,
        asked=False,
    ),
    FormField(
        "base_url",
        FieldRole.BASE_URL,
        "Base URL",
        help="Of a Bot API server of your own.",
        pattern=r"https?://[^\s/?#]+(:\d+)?(/[^\s?#]*)?",
        longest=300,
        advanced=True,
    ),
)

GUIDE = Guide(
    "In Telegram write to @BotFather: /newbot makes a bot and names its token, /token names it again.",
    ("Run the channel's test: it tells Telegram how messages come here.",),
)


def bot_of(token: str) -> str:
    """The id of the bot that a token is for. Raises Invalid."""
    if not token.isascii() or not re.fullmatch(TOKEN, token):
        raise Invalid(errors=[FieldError("bot_token", "is no bot token: digits, a colon, and a long word")])
    return token.partition(":")[0]
