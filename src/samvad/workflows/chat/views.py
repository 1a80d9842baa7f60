"""A thread in the public shape: the same for a program, the widget and a callback's reader."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, JsonValue

from samvad.channels.service.chat import own_id
from samvad.conversations.types.threads import Line, Thread


class MessageOut(BaseModel):
    """`id`: the visitor's own of their messages, ours of ours. `content`: what a kind beside text holds."""

    id: str
    by: Literal["visitor", "assistant", "person"]
    kind: str
    text: str
    content: dict[str, JsonValue]
    status: str = Field(description="visitor's: received, read; ours: sent, delivered, read, unknown")
    reply_to: str | None
    at: datetime

    @classmethod
    def of(cls, line: Line) -> Self:
        return cls(
            id=own_id(line.external_id) if line.incoming else str(line.id),
            by="visitor" if line.incoming else "person" if line.by_person else "assistant",
            kind=line.kind,
            text=line.text,
            content=dict(line.content),
            status=line.status,
            reply_to=own_id(line.reply_to) if line.reply_to else None,
            at=line.sort_at,
        )


class StateOut(BaseModel):
    """`answers`: who does; `joined`: a person has written; `pending`: an answer is on its way."""

    answers: Literal["assistant", "person"]
    joined: bool
    pending: bool

    @classmethod
    def of(cls, thread: Thread) -> Self:
        return cls(
            answers="person" if thread.person else "assistant", joined=thread.joined, pending=thread.pending
        )


def messages(lines: Sequence[Line]) -> list[MessageOut]:
    return [MessageOut.of(line) for line in lines]


def place(line: Line) -> tuple[str, UUID]:
    return line.sort_at.isoformat(), line.id
