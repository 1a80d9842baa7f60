"""A file of one's own that comes in a form, for the routers of every room that takes one."""

import re
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from samvad.channels.types import OutgoingFile
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.json import JsonObject
from samvad.kernel.text import storable

_MOST = 100 << 20  # the most that any provider takes
MOST_BODY = _MOST + (1 << 20)
_NAME = 200
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")  # RFC 6838


def described(required: str, **fields: JsonObject) -> dict[str, Any]:
    """Such a form in OpenAPI: `file`, and beside it `fields`, of which one is required."""
    schema = {
        "type": "object",
        "required": ["file", required],
        "properties": {"file": {"type": "string", "format": "binary"}, **fields},
    }
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


async def form_of(request: Request) -> tuple[UploadFile, FormData]:
    """The part `file`, not read yet, and the whole form. Raises Invalid."""
    form = await request.form(max_files=1, max_fields=10)
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise Invalid(errors=[FieldError("file", "name the part `file` and give it a file name")])
    return file, form


async def read(file: UploadFile) -> OutgoingFile:
    """Its type is empty where none was given that could be one. Raises Invalid."""
    content = await file.read(_MOST + 1)
    if not content:
        raise Invalid(errors=[FieldError("file", "is empty")])
    kind = (file.content_type or "").partition(";")[0].strip().lower()
    name = storable(file.filename or "file")[-_NAME:]
    return OutgoingFile(name, kind if _TYPE.fullmatch(kind) else "", content)
