"""The `samvad` command."""

from collections.abc import Callable

import typer
from pydantic import ValidationError

from samvad.cli import (
    ai,
    api_key,
    backup,
    channel,
    consents,
    delivery,
    member,
    message,
    processes,
    template,
    tenant,
)
from samvad.cli.chat import chat
from samvad.cli.doctor import doctor
from samvad.cli.evaluate import evaluate
from samvad.cli.openapi import openapi
from samvad.cli.runtime import Runtime, from_settings


def build(runtime: Callable[[], Runtime] = from_settings) -> typer.Typer:
    """All commands; `runtime` is called by those that need an installation."""
    app = typer.Typer(
        name="samvad", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
    )

    @app.callback()
    def samvad(context: typer.Context) -> None:
        """The WhatsApp CRM that never loses, doubles or invents a message."""
        context.obj = runtime

    groups = (tenant, member, api_key, channel, template, delivery, message, ai, backup, consents)
    for group in groups:
        app.add_typer(group.app)
    app.command("openapi")(openapi)
    app.command("doctor")(doctor)
    app.command("restore")(backup.restore)
    app.command("settle")(backup.settle)
    app.command("chat")(chat)
    app.command("eval")(evaluate)
    for name, command in processes.COMMANDS.items():
        app.command(name)(command)
    return app


def main() -> None:
    try:
        build()()
    except ValidationError as wrong:
        reasons = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'settings'}: {e['msg']}" for e in wrong.errors()
        )
        typer.echo(f"samvad: {reasons}", err=True)
        raise SystemExit(2) from wrong
