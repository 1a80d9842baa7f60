"""A file that a client gives to be sent: a form with the file and what belongs to it."""

import re
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from pydantic import Field, Json, ValidationError
from starlette.datastructures import UploadFile
from starlette.requests import Request

from samvad.channels.types import TemplateChoice
from samvad.conversations.schemas import Strict
from samvad.conversations.service.file_links import FileLinks
from samvad.conversations.service.outgoing_files import SentFile
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.text import storable
from samvad.tenancy.deps import part

MOST_FILE = 100 << 20  # the most that any provider takes
MOST_BODY = MOST_FILE + (1 << 20)
_NAME = 200
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")  # RFC 6838

UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "client_id"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "client_id": {"type": "string", "minLength": 1, "maxLength": 100},
                        "caption": {"type": "string", "maxLength": 1024},
                        "reply_to": {"type": "string", "format": "uuid"},
                        "template": {
                            "type": "string",
                            "description": "in whose header the file stands: name, language, values as JSON",
                        },
                    },
                }
            }
        },
    }
}


class FileIn(Strict):
    client_id: str = Field(min_length=1, max_length=100)
    caption: str = Field("", max_length=1024)
    reply_to: UUID | None = None
    template: Json[TemplateChoice] | None = None


@dataclass(frozen=True, slots=True)
class Given:
    client_id: str
    reply_to: UUID | None
    file: SentFile


async def _given(request: Request, links: Annotated[FileLinks, Depends(part(FileLinks))]) -> Given:
    form = await request.form(max_files=1, max_fields=10)
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise Invalid(errors=[FieldError("file", "name the part `file` and give it a file name")])
    said = _said({name: value for name, value in form.items() if name != "file"})
    if said.template and said.caption:
        raise Invalid(errors=[FieldError("caption", "is given beside a template, whose words these are")])
    content = await file.read(MOST_FILE + 1)
    if not content:
        raise Invalid(errors=[FieldError("file", "is empty")])
    kind = (file.content_type or "").partition(";")[0].strip().lower()
    name = storable(file.filename or "file")[-_NAME:]
    sent = SentFile(
        name=name,
        mime_type=kind if _TYPE.fullmatch(kind) else "",
        content=content,
        caption=storable(said.caption).strip(),
        fetchable=links.public,
        template=said.template,
    )
    return Given(said.client_id, said.reply_to, sent)


def _said(fields: dict[str, Any]) -> FileIn:
    try:
        return FileIn.model_validate(fields)
    except ValidationError as wrong:
        errors = [{**error, "loc": ("body", *error["loc"])} for error in wrong.errors()]
        raise RequestValidationError(errors) from wrong


GivenFile = Annotated[Given, Depends(_given)]
