"""`samvad channel`: create, list, test, tunnel, delete."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from pydantic import ValidationError

from samvad.bootstrap.parts import Parts
from samvad.channels.adapters.registry import installed
from samvad.channels.provider_schemas import FieldOut, ProviderOut, connecting, invalid
from samvad.channels.schemas import ChannelIn, ChannelOut
from samvad.channels.service.registry import NewChannel
from samvad.channels.service.selftest import TestReport
from samvad.channels.types import SANDBOX, Channel, ChannelAdapter, Provider, ReplySettings
from samvad.cli import tunnel as tunnels
from samvad.cli.output import Json, Row, TenantOption, row, show, show_all
from samvad.cli.runtime import Runtime, all_of, chosen_tenant, run
from samvad.kernel.errors import Invalid
from samvad.kernel.ids import ChannelId
from samvad.platform.db.paging import MAX_LIMIT
from samvad.platform.db.scope import SYSTEM
from samvad.tenancy.service import audit

app = typer.Typer(name="channel", help="Numbers that customers write to.", no_args_is_help=True)

ChannelArgument = Annotated[UUID, typer.Argument(help="its id, from `samvad channel list`")]


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="how people here call it")],
    provider: Annotated[str, typer.Option(help="see `samvad channel providers`")] = "meta",
    tenant: TenantOption = None,
    as_json: Json = False,
) -> None:
    """Connect a number. Each field of the provider is an option (--access-token), or a variable of the
    environment (META_ACCESS_TOKEN). Give secrets by environment: options show in the process list."""
    answer, labels = run(_create(context.obj(), context.args, {"provider": provider, "name": name}, tenant))
    lines = [f"{answer['name']} is {answer['status']}; its id is {answer['id']}."]
    lines.append(f"Webhook URL: {answer['webhook_url']}")
    lines += [f"{label}: {answer['made'][name]}" for name, label in labels.items()]
    show(answer, as_json=as_json, text="\n".join(lines))


def _kind(provider: str) -> type[ChannelAdapter]:
    """Raises Invalid."""
    kind = installed().get(Provider(provider))
    if kind is None or provider == SANDBOX:
        raise Invalid(f"There is no provider {provider}: see `samvad channel providers`")
    return kind


def _from_environment(kind: type[ChannelAdapter]) -> dict[str, str]:
    prefix = kind.provider.replace("-", "_").upper()
    named = {
        field.name: os.environ.get(f"{prefix}_{field.name.upper()}") for field in kind.form if field.asked
    }
    return {name: value for name, value in named.items() if value}


def _options(words: Sequence[str]) -> dict[str, str]:
    """`--phone-number-id 1 --waba-id=2` by the names of the form. Raises Invalid."""
    found: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        option, given, value = word.partition("=")
        if not option.startswith("--") or not (given or rest):
            raise Invalid(f"{word} is no option with a value")
        found[option[2:].replace("-", "_")] = value if given else rest.pop(0)
    return found


def _checked(kind: type[ChannelAdapter], given: dict[str, str]) -> ChannelIn:
    """By the rules of the API. Raises Invalid."""
    try:
        return connecting(kind).model_validate(given)
    except ValidationError as wrong:
        raise invalid(wrong) from wrong


async def _create(
    runtime: Runtime, words: Sequence[str], given: dict[str, str], slug: str | None
) -> tuple[dict[str, Any], dict[str, str]]:
    """The channel with what was made for it, and the labels of these."""
    kind = _kind(given["provider"])
    body = _checked(kind, {**_from_environment(kind), **_options(words), **given})
    async with runtime.open_parts() as built:
        tenant, now = await chosen_tenant(built.database, slug), built.clock.now()
        new = NewChannel(
            provider=kind.provider, name=body.name, values=body.values(), settings=ReplySettings()
        )
        async with built.database.unit_of_work(tenant) as scope:
            created = await built.registry.create(scope, new, at=now)
            subject = f"channel:{created.channel.id}"
            await audit.record(scope, "channel.created", subject=subject, now=now, name=new.name)
        labels = {field.name: field.label for field in kind.form if field.made and field.asked}
        return {**_row(built, created.channel), "made": dict(created.made)}, labels


@app.command()
def providers(as_json: Json = False) -> None:
    """What can be connected, and the fields that it takes."""
    offered = [ProviderOut.of(kind) for name, kind in installed().items() if name != SANDBOX]
    lines = []
    for one in offered:
        lines.append(f"{one.provider}: {one.title}")
        lines += [
            f"  --{f.name.replace('_', '-')}{'' if f.required else ' (optional)'}  {f.help}"
            for f in one.fields
        ]
    show({"items": [row(one) for one in offered]}, as_json=as_json, text="\n".join(lines))


def _field_line(field: FieldOut) -> str:
    optional = "" if field.required else " (optional)"
    return f"  --{field.name.replace('_', '-')}{optional}  {field.help or field.label}"


def _row(built: Parts, channel: Channel) -> Row:
    kind = installed()[channel.provider]
    return row(
        ChannelOut.of(
            channel,
            webhook_url=built.vault.webhook_url(channel),
            form=kind.form,
            by_phone=kind.capabilities.by_phone,
        )
    )


@app.command("list")
def list_(context: typer.Context, tenant: TenantOption = None, as_json: Json = False) -> None:
    """Numbers of a business, without their secrets."""
    columns = ("name", "provider", "display_address", "status", "status_reason", "id")
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
def tunnel(
    context: typer.Context,
    channel: ChannelArgument,
    url: Annotated[str, typer.Argument(help="the tunnel's address, https://...")],
    save: Annotated[bool, typer.Option("--save", help="also into .env of this folder")] = False,
    tenant: TenantOption = None,
    as_json: Json = False,
) -> None:
    """Webhooks through a tunnel to this machine: tested, told to the provider where it can be, and what is
    left to do by hand. Exit status 1 when a step fails."""
    base = run(_public(url))
    done = run(tunnels.point(context.obj(), channel, base, tenant))
    if save:
        tunnels.save(base, Path(".env"))
    steps = [{"name": s.name, "ok": s.ok, "detail": s.detail} for s in done.steps]
    lines = [f"{'ok    ' if s.ok else 'FAILED'}  {s.name}  {s.detail}".rstrip() for s in done.steps]
    lines += [f"Webhook URL: {done.webhook_url}", *(f"Left to do: {one}" for one in done.left)]
    answer = {"ok": done.ok, "webhook_url": done.webhook_url, "steps": steps, "left": list(done.left)}
    show(answer, as_json=as_json, text="\n".join(lines))
    if not done.ok:
        raise typer.Exit(1)


async def _public(url: str) -> str:
    return tunnels.public(url)


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
