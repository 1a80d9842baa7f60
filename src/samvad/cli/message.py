"""`samvad message`: send a failed or held message again."""

from typing import Annotated
from uuid import UUID

import typer

from samvad.cli.output import Json, Row, TenantOption, show
from samvad.cli.runtime import Runtime, run, work_in
from samvad.conversations.service import agents, reading

app = typer.Typer(name="message", help="Messages to customers.", no_args_is_help=True)


@app.callback()
def messages() -> None:
    """Messages to customers."""


@app.command()
def retry(
    context: typer.Context,
    message: Annotated[UUID, typer.Argument(help="its id")],
    tenant: TenantOption = None,
    as_json: Json = False,
) -> None:
    """Send a failed or held message again; one of unknown outcome is never repeated."""
    answer = run(_retry(context.obj(), message, tenant))
    show(answer, as_json=as_json, text=f"Message {message} is {answer['status']}.")


async def _retry(runtime: Runtime, message: UUID, slug: str | None) -> Row:
    async with work_in(runtime, slug) as scope:
        return reading.shown(await agents.retry(scope, message, at=runtime.clock.now()))
