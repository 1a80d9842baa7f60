"""How commands answer: aligned columns for people, JSON for programs; and how they take a password."""

import sys
from collections.abc import Mapping, Sequence
from typing import Annotated

import orjson
import typer
from pydantic import BaseModel

from samvad.kernel.errors import FieldError, Invalid

Json = Annotated[bool, typer.Option("--json", help="answer as JSON")]
TenantOption = Annotated[
    str | None, typer.Option("--tenant", help="the tenant's short name; not needed when there is one only")
]
PasswordOption = Annotated[
    str | None,
    typer.Option("--password", help="other users of this machine can see it in the process list"),
]
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="read the password from standard input")
]

Row = Mapping[str, object]


def show(answer: Row, *, as_json: bool, text: str) -> None:
    typer.echo(orjson.dumps(answer, default=_plain).decode() if as_json else text)


def show_all(rows: Sequence[Row], columns: Sequence[str], *, as_json: bool) -> None:
    """JSON: `{"items": [...]}` with every field; else a table of `columns`."""
    if as_json:
        typer.echo(orjson.dumps({"items": rows}, default=_plain).decode())
        return
    table = [list(columns), *([_cell(row[name]) for name in columns] for row in rows)]
    widths = [max(len(line[i]) for line in table) for i in range(len(columns))]
    for line in table:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def row(model: BaseModel) -> Row:
    return model.model_dump(mode="json")


def read_password(password: str | None, *, stdin: bool) -> str | None:
    """The password given by option or standard input, or None. Raises Invalid when given twice."""
    if password is not None and stdin:
        raise Invalid(errors=[FieldError("password", "give it once")])
    return sys.stdin.readline().rstrip("\r\n") if stdin else password


def why(failure: Exception) -> str:
    """For one line on standard error; of a file that cannot be used, which one."""
    if isinstance(failure, OSError) and failure.filename:
        return f"{failure.filename}: {failure.strerror}"
    return str(failure)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _plain(value: object) -> str:
    return str(value)
