"""What a client gave as a source: an uploaded file, which stands on disk when it is large, or a text."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.requests import Request

from samvad.kernel.errors import FieldError, Invalid
from samvad.knowledge.schemas import FaqIn, TextIn
from samvad.knowledge.service.sources import File
from samvad.platform.settings import MOST_UPLOAD_MEGABYTES

MOST_BODY = (MOST_UPLOAD_MEGABYTES + 1) << 20
_MOST_JSON = 1 << 20
_UNNAMED = "upload"

_FILE = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}},
}
_TEXT = TextIn.model_json_schema()  # whole in itself: the API's own components do not know it
_TEXT["properties"]["faq"]["items"] = _TEXT.pop("$defs")[FaqIn.__name__]
UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {"schema": _FILE},
            "application/json": {"schema": _TEXT},
        },
    }
}


@dataclass(frozen=True, slots=True)
class Given:
    name: str
    file: File


class _Written:
    """A text as the file that it might have been."""

    def __init__(self, text: str) -> None:
        self._bytes = io.BytesIO(text.encode())

    async def read(self, size: int = -1) -> bytes:
        return self._bytes.read(size)

    async def seek(self, offset: int) -> None:
        self._bytes.seek(offset)


async def _given(request: Request) -> Given:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _uploaded(request)
    if kind == "application/json":
        return _written(await _body(request))
    raise Invalid(errors=[FieldError("body", "send multipart/form-data with a file, or JSON")])


async def _uploaded(request: Request) -> Given:
    form = await request.form(max_files=1, max_fields=10)
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise Invalid(errors=[FieldError("file", "name the part `file` and give it a file name")])
    return Given(file.filename or _UNNAMED, file)


async def _body(request: Request) -> TextIn:
    raw = await request.body()
    if len(raw) > _MOST_JSON:
        raise Invalid(errors=[FieldError("body", "write at most 1 MB; upload what is larger as a file")])
    try:
        return TextIn.model_validate_json(raw)
    except ValidationError as wrong:
        errors = [{**error, "loc": ("body", *error["loc"])} for error in wrong.errors()]
        raise RequestValidationError(errors) from wrong


def _written(body: TextIn) -> Given:
    if bool(body.text) == bool(body.faq):
        raise Invalid(errors=[FieldError("text", "give either a text or questions with answers in `faq`")])
    if body.faq:
        return Given(f"{body.name}.csv", _Written(_table(body.faq)))
    return Given(
        body.name if re.search(r"\.(txt|md)$", body.name) else f"{body.name}.txt", _Written(body.text)
    )


def _table(pairs: Sequence[FaqIn]) -> str:
    lines = io.StringIO()
    csv.writer(lines).writerows([("question", "answer"), *((pair.question, pair.answer) for pair in pairs)])
    return lines.getvalue()


GivenSource = Annotated[Given, Depends(_given)]
