"""Request and answer bodies of labels."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from samvad.conversations.schemas import LabelOut, Strict
from samvad.conversations.types.labels import Colour, Label

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class LabelIn(Strict):
    name: Name
    colour: Colour | None = Field(None, description="when left out: the one that is used least")


class LabelChange(Strict):
    name: Name | None = None
    colour: Colour | None = None


class LabelList(BaseModel):
    """All of them, by name: there are at most 100."""

    items: list[LabelOut]


def shown(label: Label) -> LabelOut:
    return LabelOut(id=UUID(str(label.id)), name=label.name, colour=label.colour)
