"""Request and answer bodies of canned replies."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from samvad.conversations.schemas import Strict
from samvad.conversations.types.canned import CannedReply

Shortcut = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=33, pattern=r"^/?[^\s/{}]{1,32}$"),
    AfterValidator(lambda said: said.removeprefix("/")),
    Field(description='one word; a leading "/" is left out', examples=["hours"]),
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4096),
    Field(
        description="may hold {{contact.name}}, {{contact.first_name}}, {{agent.name}}, {{business.name}};"
        " what follows | is said where it is not known: {{contact.first_name|there}}"
    ),
]


class CannedReplyIn(Strict):
    shortcut: Shortcut
    name: Name
    text: Text


class CannedReplyChange(Strict):
    shortcut: Shortcut | None = None
    name: Name | None = None
    text: Text | None = None


class CannedReplyOut(BaseModel):
    id: UUID
    shortcut: str
    name: str
    text: str


class CannedReplyList(BaseModel):
    """All of them, by shortcut: there are at most 500."""

    items: list[CannedReplyOut]


def shown(reply: CannedReply) -> CannedReplyOut:
    said = reply.details
    return CannedReplyOut(id=reply.id, shortcut=said.shortcut, name=said.name, text=said.text)
