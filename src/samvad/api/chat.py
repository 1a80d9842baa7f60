"""The chat API of a tenant's own programs: a message in, its answer back, the thread to read again."""

from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import Depends, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from samvad.channels.service.chat import MESSAGE, NAME, TEXT, VISITOR, Line, foreign
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.phone import BadPhone, to_e164
from samvad.platform.db.paging import encode_cursor
from samvad.tenancy.deps import PAGE, Cursor, Limit, Token, part, room_router
from samvad.workflows.chat import rules
from samvad.workflows.chat.service import Chat, Words
from samvad.workflows.chat.views import MessageOut, StateOut, messages, place

router = room_router("chat", prefix="/chat/{public_key}")

Talk = Annotated[Chat, Depends(part(Chat))]
Key = Annotated[str, Path(max_length=64, description="the channel's public key")]
Who = Annotated[str, Path(pattern=f"^{VISITOR}$", description="the visitor as your program names them")]
Wait = Annotated[float, Query(ge=0, le=30, description="most seconds to wait for the answer")]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class VisitorIn(_Given):
    """`id`: your program's own, the same each time. `phone`: their number, if your program is sure of it: it
    makes them one contact with whoever wrote from it."""

    id: str = Field(pattern=f"^{VISITOR}$")
    name: str = Field("", max_length=NAME)
    phone: str = Field("", max_length=32)


class ButtonIn(_Given):
    id: str = Field(max_length=256)
    title: str = Field(min_length=1, max_length=TEXT)


class ChatMessageIn(_Given):
    """`id`: your program's own of this message; with the same one again nothing is said twice."""

    id: str = Field(pattern=f"^{MESSAGE}$")
    visitor: VisitorIn
    text: str = Field("", max_length=TEXT)
    button: ButtonIn | None = Field(None, description="what the visitor pressed, in place of a text")
    reply_to: str = Field("", max_length=128, description="the message of ours that is quoted")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = self.button.title if self.button else self.text
        if not said.strip() or (self.button and self.text):
            raise ValueError("give either a text that is not empty, or a button with a title")
        return self

    def words(self) -> Words:
        """Raises Invalid."""
        return Words(
            id=self.id,
            visitor=foreign(self.visitor.id),
            text=self.text,
            button=(self.button.id, self.button.title) if self.button else None,
            name=self.visitor.name,
            phone=_phone(self.visitor.phone),
            reply_to=self.reply_to,
        )


class ChatAnswerOut(BaseModel):
    """`message`: None where it is stored but not in its place yet; `messages_url`: where to read on."""

    message: MessageOut | None
    replies: list[MessageOut]
    state: StateOut
    messages_url: str


class ChatMessagesOut(BaseModel):
    """The newest first."""

    items: list[MessageOut]
    state: StateOut
    next_cursor: str | None


class ChatStatusIn(_Given):
    message_id: UUID
    visitor_id: str = Field(pattern=f"^{VISITOR}$")
    status: Literal["delivered", "read"]


async def _opened(talk: Talk, token: Token, public_key: Key) -> Line:
    return await talk.lines.program(public_key, token)


Opened = Annotated[Line, Depends(_opened)]


@router.post("/messages", summary="A visitor's message; 200 with the answer, 202 where it takes longer")
async def say_in_chat(
    response: Response, talk: Talk, line: Opened, body: ChatMessageIn, wait: Wait = 10
) -> ChatAnswerOut:
    words = body.words()
    await talk.say(line, words)
    thread, settled = await talk.answered(line, words, within=wait)
    message, replies = rules.replies(thread.lines, words.external_id)
    url = f"/api/v1/chat/{line.key}/visitors/{words.visitor}/messages"
    if not settled:
        response.status_code = 202
        response.headers["Location"] = url
    return ChatAnswerOut(
        message=MessageOut.of(message) if message else None,
        replies=messages(replies),
        state=StateOut.of(thread),
        messages_url=url,
    )


@router.get("/visitors/{visitor}/messages", summary="A visitor's thread, as the visitor sees it")
async def list_chat_messages(
    talk: Talk, line: Opened, visitor: Who, cursor: Cursor = None, limit: Limit = PAGE
) -> ChatMessagesOut:
    thread = await talk.thread(line, visitor, cursor=cursor, limit=limit + 1)
    more = len(thread.lines) > limit
    shown = list(reversed(thread.lines))[:limit]
    at, last = place(shown[-1]) if shown else ("", None)
    return ChatMessagesOut(
        items=messages(shown),
        state=StateOut.of(thread),
        next_cursor=encode_cursor(at, str(last)) if more else None,
    )


@router.post("/statuses", status_code=202, summary="How far one of our messages got with a visitor")
async def tell_chat_status(talk: Talk, line: Opened, body: ChatStatusIn) -> None:
    await talk.seen(line, body.visitor_id, body.message_id, body.status)


def _phone(given: str) -> str:
    if not given:
        return ""
    try:
        return to_e164(given)
    except BadPhone as wrong:
        raise Invalid(errors=[FieldError("visitor.phone", f"is no phone number: {wrong.reason}")]) from wrong
