"""Updates: one in a call, many in an answer. None says which bot it is for: the channel does."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from samvad.channels.adapters.reading import TooDeep, clean, decode, moment, objekt, rows, words
from samvad.channels.adapters.telegram import kinds
from samvad.channels.adapters.telegram.ids import CALLBACK, EDIT, REACTION, Place, is_query, whole
from samvad.channels.adapters.telegram.people import is_bot, sender
from samvad.channels.errors import MalformedBody
from samvad.channels.types import (
    Event,
    Ignored,
    Item,
    JsonObject,
    JsonValue,
    Kind,
    MarketingPreference,
    MessageReceived,
    Sender,
    Unparsable,
)
from samvad.kernel.text import storable

TEST = "samvad_test"  # our own field, see `adapter.test_event`
RESULT = "result"  # where the updates stand that were asked for
MOST = 100  # updates that Telegram gives at a time


class Reader(Protocol):
    def __call__(self, found: JsonObject, update: str, /, *, latest: datetime) -> Event:
        """The event of an update's own field; `update` is its id."""
        ...


def parse(body: bytes, *, latest: datetime) -> Sequence[Item]:
    """One item an update; times after `latest` cannot be right. Raises MalformedBody."""
    return [Item("", "", _read(update, latest=latest)) for update in enclosed(body)]


def enclosed(body: bytes) -> Sequence[JsonObject]:
    """The update that Telegram calls us with, or those that it answers with. Raises MalformedBody."""
    whole_body = decode(body)
    found = rows(whole_body, RESULT) if RESULT in whole_body else [whole_body]
    if len(found) > MOST:
        raise MalformedBody(f"more than {MOST} updates")
    updates = [update for update in found if isinstance(update, dict)]
    if len(updates) < len(found) or not all(TEST in one or whole(one, "update_id") for one in updates):
        raise MalformedBody("the body is no update of Telegram's")
    return updates


def _read(update: JsonObject, *, latest: datetime) -> Event:
    try:
        cleaned = clean(update)
    except TooDeep:
        return Unparsable("nested too deeply")
    number = whole(update, "update_id")
    if number is None:
        return Ignored("self-test", {"nonce": words(cleaned, TEST)})
    return _event(cleaned, number, latest=latest)


def pressed(body: bytes) -> Sequence[str]:
    """Ids of the pressed buttons in it, for answerCallbackQuery."""
    try:
        found = [words(objekt(update, "callback_query"), "id") or "" for update in enclosed(body)]
    except MalformedBody:
        return []
    return [query for query in found if is_query(query)]


def _event(update: JsonValue, number: str, *, latest: datetime) -> Event:
    found = update if isinstance(update, dict) else {}
    for word, value in found.items():
        if word in _READERS:
            if not isinstance(value, dict):
                return Unparsable(f"{word} is not an object", value)
            return _READERS[word](value, number, latest=latest)
        if word in _IGNORED:
            return Ignored(_IGNORED[word], {"type": word})
    named = next((word for word in found if word != "update_id"), "")
    return Unparsable(f"unknown update {storable(named[:64])!r}", found)


def _message(found: JsonObject, update: str, *, latest: datetime) -> Event:
    place, author = _place(found), _author(found)
    if not isinstance(place, Place):
        return place
    if not isinstance(author, Sender):
        return author
    said = kinds.read(found)
    return MessageReceived(
        external_id=str(place),
        sender=author,
        kind=said.kind,
        sent_at=moment(found, "date", latest=latest),
        text=said.text,
        media=said.media,
        reply_to=_quoted(found, place),
        content=said.content,
    )


def _edited(found: JsonObject, update: str, *, latest: datetime) -> Event:
    """The message as it is now."""
    event = _message(found, update, latest=latest)
    if not isinstance(event, MessageReceived):
        return event
    if event.kind is Kind.LOCATION:
        return Ignored("a live location moved", {"message": event.external_id})
    return replace(
        event,
        external_id=f"{event.external_id}:{EDIT}{update}",
        kind=Kind.EDIT,
        sent_at=moment(found, "edit_date", latest=latest),
        target=event.external_id,
        content={**event.content, "kind": event.kind.value},
    )


def _pressed(found: JsonObject, update: str, *, latest: datetime) -> Event:
    """A button under a message of ours; a press has no time of its own."""
    message, query = objekt(found, "message"), words(found, "id") or ""
    if not message:
        return Ignored("a button outside a chat with the bot", {"type": "callback_query"})
    place, author = _place(message), sender(found.get("from"))
    if not isinstance(place, Place):
        return place
    if author is None or not is_query(query):
        return Unparsable("the pressed button names no person or no id", found)
    data = words(found, "data")
    return MessageReceived(
        external_id=str(replace(place, mark=CALLBACK, rest=query)),
        sender=author,
        kind=Kind.UNSUPPORTED if data is None else Kind.BUTTON_REPLY,
        sent_at=None,
        text=_title(message, data or "") or data or "",
        reply_to=str(place),
        content={"type": "game"} if data is None else {"id": data},
    )


def _reacted(found: JsonObject, update: str, *, latest: datetime) -> Event:
    """All reactions of a person to a message, as they are now; none: taken back."""
    place, author = _place(found), sender(found.get("user"))
    if not isinstance(place, Place):
        return place
    if author is None:
        return Unparsable("the reaction names no person", found)
    now = rows(found, "new_reaction")
    emoji = "".join(words(one, "emoji") or "" for one in now)
    content: JsonObject = {"removed": True}
    if now:
        content = {} if emoji else {"reactions": now}
    return MessageReceived(
        external_id=str(replace(place, mark=REACTION, rest=update)),
        sender=author,
        kind=Kind.REACTION,
        sent_at=moment(found, "date", latest=latest),
        text=emoji,
        target=str(place),
        content=content,
    )


def _standing(found: JsonObject, update: str, *, latest: datetime) -> Event:
    """Whether a person lets the bot write: their own wish, which they take back themselves."""
    if words(objekt(found, "chat"), "type") != "private":
        return Ignored("groups and channels are not served", {"type": "my_chat_member"})
    status = words(objekt(found, "new_chat_member"), "status") or ""
    if status not in ("member", "kicked"):
        return Unparsable("a standing of the bot that we do not know", found)
    person = sender(found.get("from"))
    if person is None:
        return Unparsable("the standing of the bot names no person", found)
    return MarketingPreference(person, stop=status == "kicked", at=moment(found, "date", latest=latest))


def _place(found: JsonObject) -> Place | Ignored | Unparsable:
    chat = objekt(found, "chat")
    kind, number, message = words(chat, "type"), whole(chat, "id"), whole(found, "message_id")
    if kind in _GROUPS:
        return Ignored("groups and channels are not served", {"chat": number, "type": kind})
    if number is None or message is None or number.startswith("-") or message.startswith("-"):
        return Unparsable("the message names no chat or has no usable id", found)
    return Place(number, message)


def _author(found: JsonObject) -> Sender | Ignored | Unparsable:
    """In a private chat the chat itself is named after the person."""
    user = objekt(found, "from")
    if is_bot(user):
        return Ignored("message of a bot", {"user": whole(user, "id")})
    return sender(user) or sender(objekt(found, "chat")) or Unparsable("the message has no sender", found)


def _quoted(found: JsonObject, place: Place) -> str | None:
    quoted = whole(objekt(found, "reply_to_message"), "message_id")
    return str(Place(place.chat, quoted)) if quoted and not quoted.startswith("-") else None


def _title(message: JsonObject, data: str) -> str:
    """What stood on the button that brought `data`."""
    lines = rows(objekt(message, "reply_markup"), "inline_keyboard")
    buttons = [button for line in lines if isinstance(line, list) for button in line]
    return next((words(b, "text") or "" for b in buttons if words(b, "callback_data") == data), "")


_GROUPS = frozenset({"group", "supergroup", "channel"})

_READERS: Mapping[str, Reader] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _pressed,
    "message_reaction": _reacted,
    "my_chat_member": _standing,
}
WANTED = tuple(_READERS)  # what we ask Telegram for

_IGNORED: Mapping[str, str] = {
    **dict.fromkeys(("channel_post", "edited_channel_post"), "groups and channels are not served"),
    **dict.fromkeys(("chat_member", "chat_join_request", "chat_boost", "removed_chat_boost"),
                    "groups and channels are not served"),
    "message_reaction_count": "groups and channels are not served",
    **dict.fromkeys(("business_connection", "business_message", "edited_business_message",
                     "deleted_business_messages"), "chats of a person's own account are not served"),
    **dict.fromkeys(("inline_query", "chosen_inline_result"), "inline mode is not served"),
    **dict.fromkeys(("shipping_query", "pre_checkout_query", "purchased_paid_media"),
                    "payments are not served"),
    **dict.fromkeys(("poll", "poll_answer"), "polls are not served"),
}  # fmt: skip
