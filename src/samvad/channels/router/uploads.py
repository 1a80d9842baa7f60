"""An example file for the review of a template, as a form with the file and the number it is for."""

import re
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from starlette.datastructures import UploadFile
from starlette.requests import Request

from samvad.channels.types import OutgoingFile
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.text import storable

MOST_FILE = 100 << 20  # the most that any provider takes
MOST_BODY = MOST_FILE + (1 << 20)
_NAME = 200
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")  # RFC 6838

EXAMPLE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "channel_id"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "channel_id": {"type": "string", "format": "uuid"},
                    },
                }
            }
        },
    }
}


@dataclass(frozen=True, slots=True)
class Example:
    channel: UUID
    file: OutgoingFile


async def _given(request: Request) -> Example:
    form = await request.form(max_files=1, max_fields=10)
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise Invalid(errors=[FieldError("file", "name the part `file` and give it a file name")])
    try:
        channel = UUID(str(form.get("channel_id")))
    except ValueError:
        raise Invalid(errors=[FieldError("channel_id", "must be the id of a channel")]) from None
    content = await file.read(MOST_FILE + 1)
    if not content:
        raise Invalid(errors=[FieldError("file", "is empty")])
    kind = (file.content_type or "").partition(";")[0].strip().lower()
    name = storable(file.filename or "file")[-_NAME:]
    return Example(channel, OutgoingFile(name, kind if _TYPE.fullmatch(kind) else "", content))


GivenExample = Annotated[Example, Depends(_given)]
