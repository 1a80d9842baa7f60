"""The topics under which a subscriber may follow the stream: each is there once per thing that happened."""

from collections.abc import Mapping
from enum import StrEnum


class Topic(StrEnum):
    INCOMING = "incoming"  # a customer wrote
    OUTGOING = "outgoing"  # something is said to a customer
    DOCUMENT_UPLOADED = "document_uploaded"
    CONVERSATION_COMPLETED = "conversation_completed"


def topic_of(type_: str, data: Mapping[str, object]) -> Topic | None:
    """None: a change that only screens need."""
    if type_ == "knowledge.source.uploaded":
        return Topic.DOCUMENT_UPLOADED
    if type_ == "conversation.state" and data.get("status") == "resolved":
        return Topic.CONVERSATION_COMPLETED
    message = data.get("message")
    if type_ != "message.created" or not isinstance(message, Mapping):
        return None
    if message.get("direction") == "in":
        return Topic.INCOMING
    return None if message.get("private") or message.get("author") == "system" else Topic.OUTGOING
