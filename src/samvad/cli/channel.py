"""`samvad channel`: create, list, test, delete."""

import secrets
from typing import Annotated
from uuid import UUID

import typer
from pydantic import ValidationError

from samvad.bootstrap.parts import Parts
from samvad.channels.schemas import ChannelIn, ChannelOut
from samvad.channels.service.registry import NewChannel
from samvad.channels.service.selftest import TestReport
from samvad.channels.service.vault import ChannelSecrets
from samvad.channels.types import Channel, Provider, ReplySettings
from samvad.cli.output import Json, Row, TenantOption, row, show, show_all
from samvad.cli.runtime import Runtime, all_of, chosen_tenant, run
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.ids import ChannelId
from samvad.platform.db.paging import MAX_LIMIT
from samvad.platform.db.scope import SYSTEM
from samvad.tenancy.service import audit

app = typer.Typer(name="channel", help="Numbers that customers write to.", no_args_is_help=True)

ChannelArgument = Annotated[UUID, typer.Argument(help="its id, from `samvad channel list`")]


@app.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="how people here call it")],
    phone_number_id: Annotated[str, typer.Option(envvar="META_PHONE_NUMBER_ID")],
    access_token: Annotated[str, typer.Option(envvar="META_ACCESS_TOKEN")],
    app_secret: Annotated[str, typer.Option(envvar="META_APP_SECRET")],
    waba_id: Annotated[str, typer.Option(envvar="META_WABA_ID", help="the account of the number")] = "",
    verify_token: Annotated[
        str | None, typer.Option(envvar="META_VERIFY_TOKEN", help="made when left out")
    ] = None,
    display_phone_number: Annotated[str, typer.Option(help="as people write it")] = "",
    graph_version: Annotated[str | None, typer.Option(help="such as v23.0")] = None,
    base_url: Annotated[str | None, typer.Option(help="of the Graph API, without the version")] = None,
    tenant: TenantOption = None,
    as_json: Json = False,
) -> None:
    """Connect a number at Meta. Give secrets by environment: options show in the process list."""
    given = {
        "provider": "meta",
        "name": name,
        "phone_number_id": phone_number_id,
        "waba_id": waba_id,
        "access_token": access_token,
        "app_secret": app_secret,
        "verify_token": verify_token or secrets.token_urlsafe(24),
        "display_phone_number": display_phone_number,
        "graph_version": graph_version,
        "base_url": base_url,
    }
    answer = run(_create(context.obj(), given, tenant))
    lines = [f"{answer['name']} is {answer['status']}; its id is {answer['id']}."]
    lines += [f"Webhook URL:  {answer['webhook_url']}", f"Verify token: {answer['verify_token']}"]
    show(answer, as_json=as_json, text="\n".join(lines))


async def _create(runtime: Runtime, given: dict[str, str | None], slug: str | None) -> Row:
    body = _checked(given)
    verify = str(given["verify_token"])
    async with runtime.open_parts() as built:
        tenant = await chosen_tenant(built.database, slug)
        meta, now = built.settings.meta, built.clock.now()
        new = NewChannel(
            provider=Provider(body.provider),
            name=body.name,
            address=body.phone_number_id,
            account=body.waba_id,
            secrets=ChannelSecrets(
                body.access_token.get_secret_value(), body.app_secret.get_secret_value(), verify
            ),
            base_url=body.base_url or meta.base_url,
            graph_version=body.graph_version or meta.graph_version,
            settings=ReplySettings(),
            display_address=body.display_phone_number,
        )
        async with built.database.unit_of_work(tenant) as scope:
            made = await built.registry.create(scope, new, at=now)
            subject = f"channel:{made.id}"
            await audit.record(scope, "channel.created", subject=subject, now=now, name=made.name)
        return {**_row(built, made), "verify_token": verify}


def _checked(given: dict[str, str | None]) -> ChannelIn:
    """By the rules of the API. Raises Invalid."""
    try:
        return ChannelIn.model_validate(given)
    except ValidationError as wrong:
        raise Invalid(
            errors=[FieldError(".".join(map(str, e["loc"])), e["msg"]) for e in wrong.errors()]
        ) from wrong


def _row(built: Parts, channel: Channel) -> Row:
    return row(ChannelOut.of(channel, webhook_url=built.selftest.webhook_url(channel)))


@app.command("list")
def list_(context: typer.Context, tenant: TenantOption = None, as_json: Json = False) -> None:
    """Numbers of a business, without their secrets."""
    columns = ("name", "provider", "phone_number_id", "status", "status_reason", "id")
    show_all(run(_list(context.obj(), tenant)), columns, as_json=as_json)


async def _list(runtime: Runtime, slug: str | None) -> list[Row]:
    async with runtime.open_parts() as built:
        tenant = await chosen_tenant(built.database, slug)
        async with built.database.reading(tenant) as scope:
            book = built.registry
            found = await all_of(lambda cursor: book.list(scope, cursor=cursor, limit=MAX_LIMIT))
        return [_row(built, channel) for channel in found]


@app.command("test")
def check(
    context: typer.Context, channel: ChannelArgument, tenant: TenantOption = None, as_json: Json = False
) -> None:
    """Ask the provider, subscribe, and knock at our own public URL. Exit status 1 when a step fails."""
    report = run(_test(context.obj(), ChannelId(channel), tenant))
    steps = [{"name": s.name, "ok": s.ok, "detail": s.detail} for s in report.steps]
    lines = [f"{'ok    ' if s.ok else 'FAILED'}  {s.name}  {s.detail}".rstrip() for s in report.steps]
    show({"ok": report.ok, "steps": steps}, as_json=as_json, text="\n".join(lines))
    if not report.ok:
        raise typer.Exit(1)


async def _test(runtime: Runtime, channel: ChannelId, slug: str | None) -> TestReport:
    async with runtime.open_parts() as built:
        tenant = await chosen_tenant(built.database, slug)
        async with built.database.reading(tenant) as scope:
            found = await built.registry.get(scope, channel)
        return await built.selftest.run(tenant, SYSTEM, found)


@app.command()
def delete(
    context: typer.Context, channel: ChannelArgument, tenant: TenantOption = None, as_json: Json = False
) -> None:
    """Disconnect a number; its conversations stay."""
    run(_delete(context.obj(), ChannelId(channel), tenant))
    show({"id": channel, "deleted": True}, as_json=as_json, text=f"Channel {channel} is deleted.")


async def _delete(runtime: Runtime, channel: ChannelId, slug: str | None) -> None:
    async with runtime.open_parts() as built:
        tenant, now = await chosen_tenant(built.database, slug), built.clock.now()
        async with built.database.unit_of_work(tenant) as scope:
            await built.registry.delete(scope, channel, at=now)
            await audit.record(scope, "channel.deleted", subject=f"channel:{channel}", now=now)
