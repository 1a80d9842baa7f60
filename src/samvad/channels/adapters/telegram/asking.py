"""Asking for updates, for bots that nobody can call: Telegram answers when there is something to say."""

import orjson

from samvad.channels.adapters.reading import rows
from samvad.channels.adapters.telegram import updates
from samvad.channels.adapters.telegram.api import Bot
from samvad.channels.adapters.telegram.ids import whole
from samvad.channels.errors import OutcomeUnknown, SendError
from samvad.channels.types import ChannelCredentials, Fetched, JsonObject, JsonValue, RawRequest
from samvad.platform.logging import get_logger

log = get_logger("channels.telegram")

PAUSE = 0.2  # between two questions, each of which waits for an answer
WAITS = 20  # seconds that Telegram holds a question back


async def fetch(bot: Bot, via: ChannelCredentials, cursor: str) -> Fetched:
    """What came since; asking from `cursor` on is what makes Telegram forget the rest. Raises SendError."""
    try:
        found = await _ask(bot, via, cursor, most=updates.MOST, waits=WAITS)
    except OutcomeUnknown:  # perhaps longer than we read: one at a time then, and nothing is lost by asking
        found = await _ask(bot, via, cursor, most=1, waits=0)
    if not found:
        return Fetched(cursor=cursor)
    numbers = [int(number) for update in found if (number := whole(update, "update_id"))]
    if not numbers:
        raise OutcomeUnknown("the answer holds no update")
    body = orjson.dumps({updates.RESULT: found})
    return Fetched(RawRequest({}, body), cursor=str(max(numbers) + 1), more=True)


async def settle(bot: Bot, via: ChannelCredentials, fetched: Fetched) -> None:
    """Whoever pressed a button need not wait any longer; a press that is too old to be answered is none."""
    for query in updates.pressed(fetched.call.body) if fetched.call else ():
        try:
            await bot.call("answerCallbackQuery", {"callback_query_id": query}, via=via)
        except SendError as failure:
            log.info("telegram.press_unanswered", code=failure.code)


async def _ask(bot: Bot, via: ChannelCredentials, cursor: str, *, most: int, waits: int) -> list[JsonValue]:
    asked: JsonObject = {"limit": most, "timeout": waits, "allowed_updates": list(updates.WANTED)}
    if cursor:
        asked["offset"] = int(cursor)
    answer = await bot.call("getUpdates", asked, via=via, waits=waits)
    return rows({updates.RESULT: answer}, updates.RESULT)
