"""`samvad template`: list, sync."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

import typer

from samvad.channels.service import templates
from samvad.channels.service.template_desk import Synced
from samvad.channels.template_schemas import TemplateOut
from samvad.channels.types import TemplateFilter
from samvad.cli.output import Json, Row, TenantOption, row, show, show_all
from samvad.cli.runtime import Runtime, all_of, chosen_tenant, run
from samvad.kernel.ids import ChannelId
from samvad.platform.db.paging import MAX_LIMIT

app = typer.Typer(name="template", help="Message templates that the provider reviewed.", no_args_is_help=True)

ChannelArgument = Annotated[UUID, typer.Argument(help="a number of the account, from `samvad channel list`")]


@app.command("list")
def list_(context: typer.Context, tenant: TenantOption = None, as_json: Json = False) -> None:
    """As the provider had them when it was last asked."""
    columns = ("name", "language", "category", "status", "quality", "reason", "id")
    show_all(run(_list(context.obj(), tenant)), columns, as_json=as_json)


async def _list(runtime: Runtime, slug: str | None) -> list[Row]:
    async with runtime.open_parts() as built:
        tenant = await chosen_tenant(built.database, slug)
        async with built.database.reading(tenant) as scope:
            found = await all_of(
                lambda cursor: templates.list_templates(
                    scope, TemplateFilter(), channel=None, cursor=cursor, limit=MAX_LIMIT
                )
            )
            numbers = [channel for channel, _ in await templates.channels(scope)]
        return [row(TemplateOut.of(one, numbers)) for one in found]


@app.command()
def sync(
    context: typer.Context, channel: ChannelArgument, tenant: TenantOption = None, as_json: Json = False
) -> None:
    """Ask the provider for all templates of this number's account now."""
    synced = run(_sync(context.obj(), ChannelId(channel), tenant))
    counts = f"{synced.added} new, {synced.changed} changed, {synced.removed} gone"
    show(asdict(synced), as_json=as_json, text=f"{synced.total} templates: {counts}.")


async def _sync(runtime: Runtime, channel: ChannelId, slug: str | None) -> Synced:
    async with runtime.open_parts() as built:
        tenant = await chosen_tenant(built.database, slug)
        async with built.database.reading(tenant) as scope:
            found = await built.registry.get(scope, channel)
        return await built.templates.sync(tenant, found)
