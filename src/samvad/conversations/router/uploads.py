"""A file that a client gives to be sent: a form with the file and what belongs to it."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from pydantic import Field, Json, ValidationError
from starlette.requests import Request

from samvad.channels.service import uploads
from samvad.channels.types import TemplateChoice
from samvad.conversations.schemas import Strict
from samvad.conversations.service.file_links import FileLinks
from samvad.conversations.service.outgoing_files import SentFile
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.text import storable
from samvad.tenancy.deps import part

UPLOAD = uploads.described(
    "client_id",
    client_id={"type": "string", "minLength": 1, "maxLength": 100},
    caption={"type": "string", "maxLength": 1024},
    reply_to={"type": "string", "format": "uuid"},
    template={
        "type": "string",
        "description": "in whose header the file stands: name, language, values as JSON",
    },
)


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
    file, form = await uploads.form_of(request)
    said = _said({name: value for name, value in form.items() if name != "file"})
    if said.template and said.caption:
        raise Invalid(errors=[FieldError("caption", "is given beside a template, whose words these are")])
    found = await uploads.read(file)
    sent = SentFile(
        name=found.name,
        mime_type=found.mime_type,
        content=found.content,
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
