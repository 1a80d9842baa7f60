"""An example file for the review of a template, as a form with the file and the number it is for."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request

from samvad.channels.service import uploads
from samvad.channels.types import OutgoingFile
from samvad.kernel.errors import FieldError, Invalid

EXAMPLE = uploads.described("channel_id", channel_id={"type": "string", "format": "uuid"})


@dataclass(frozen=True, slots=True)
class Example:
    channel: UUID
    file: OutgoingFile


async def _given(request: Request) -> Example:
    file, form = await uploads.form_of(request)
    try:
        channel = UUID(str(form.get("channel_id")))
    except ValueError:
        raise Invalid(errors=[FieldError("channel_id", "must be the id of a channel")]) from None
    return Example(channel, await uploads.read(file))


GivenExample = Annotated[Example, Depends(_given)]
