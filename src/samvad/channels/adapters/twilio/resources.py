"""A message as Twilio's list tells it, in the words of its webhook."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from samvad.channels.adapters.reading import number, rows, words
from samvad.channels.adapters.twilio.parameters import Parameters
from samvad.channels.types import JsonObject

LISTED = "messages"  # under which name Twilio's list holds them
MEDIA = "media_list"  # of a message, as its own list names them

_NAMES = {
    "sid": "MessageSid",
    "account_sid": "AccountSid",
    "messaging_service_sid": "MessagingServiceSid",
    "from": "From",
    "to": "To",
    "body": "Body",
    "num_media": "NumMedia",
    "num_segments": "NumSegments",
    "status": "SmsStatus",
    "error_code": "ErrorCode",
    "error_message": "ErrorMessage",
}


def in_words(message: JsonObject) -> Parameters:
    found = {name: [value] for key, name in _NAMES.items() if (value := words(message, key)) is not None}
    if not words(message, "body") and not number(message, "num_media"):
        found["MessageType"] = ["unlisted"]  # a place, say, of which the list tells nothing: a person looks
    return found | dict(_files(message))


def _files(message: JsonObject) -> Iterator[tuple[str, list[str]]]:
    for at, file in enumerate(rows(message, MEDIA)):
        yield f"MediaUrl{at}", [words(file, "url") or ""]
        yield f"MediaContentType{at}", [words(file, "content_type") or ""]


def moment(message: JsonObject) -> datetime | None:
    """When Twilio had it, of one of ours when it last heard of it; None for no date."""
    ours = (words(message, "direction") or "").startswith("outbound")
    names = ("date_updated", "date_sent", "date_created") if ours else ("date_sent", "date_created")
    try:
        found = parsedate_to_datetime(next((at for name in names if (at := words(message, name))), ""))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
