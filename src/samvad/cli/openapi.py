"""`samvad openapi`: the description that the web app's types are made from; needs no database."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import orjson
import typer


def openapi(
    out: Annotated[Path | None, typer.Option(help="write it here instead of standard output")] = None,
) -> None:
    """Print the OpenAPI description of the HTTP API."""
    create_api = import_module("samvad.api.app").create_api  # a neighbour: started, not known
    text = orjson.dumps(create_api().openapi(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    if out is None:
        typer.echo(text.decode(), nl=False)
    else:
        out.write_bytes(text)
