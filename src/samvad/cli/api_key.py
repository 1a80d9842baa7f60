"""`samvad api-key`: create, list, revoke."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import typer

from samvad.cli.output import Json, Row, TenantOption, row, show, show_all
from samvad.cli.runtime import Runtime, all_of, run, work_in
from samvad.platform.db.paging import MAX_LIMIT
from samvad.tenancy.schemas import ApiKeyOut
from samvad.tenancy.service import api_keys
from samvad.tenancy.service.api_keys import NewApiKey
from samvad.tenancy.types import Permission

app = typer.Typer(name="api-key", help="Keys for programs.", no_args_is_help=True)


@app.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="what it is for")],
    scope: Annotated[
        list[Permission] | None, typer.Option(help="what it may do; again for more; all when left out")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, max=3650, help="until it ends by itself")] = None,
    tenant: TenantOption = None,
    as_json: Json = False,
) -> None:
    """Make a key. It is shown here and never again."""
    answer = run(_create(context.obj(), name, tenant, scopes=scope or None, days=days))
    show(answer, as_json=as_json, text=str(answer["key"]))


async def _create(
    runtime: Runtime, name: str, slug: str | None, *, scopes: list[Permission] | None, days: int | None
) -> Row:
    now = runtime.clock.now()
    new = NewApiKey(name, scopes, now + timedelta(days=days) if days else None)
    async with work_in(runtime, slug) as scope:
        key, secret = await api_keys.create_api_key(scope, new, now=now)
    return {**row(ApiKeyOut.of(key)), "key": secret}


@app.command("list")
def list_(context: typer.Context, tenant: TenantOption = None, as_json: Json = False) -> None:
    """Keys, without their secrets."""
    columns = ("name", "prefix", "scopes", "last_used_at", "revoked_at", "id")
    show_all(run(_list(context.obj(), tenant)), columns, as_json=as_json)


async def _list(runtime: Runtime, slug: str | None) -> list[Row]:
    async with work_in(runtime, slug) as scope:
        found = await all_of(lambda cursor: api_keys.list_api_keys(scope, cursor=cursor, limit=MAX_LIMIT))
    return [row(ApiKeyOut.of(one)) for one in found]


@app.command()
def revoke(
    context: typer.Context,
    key: Annotated[UUID, typer.Argument(help="its id, from `samvad api-key list`")],
    tenant: TenantOption = None,
    as_json: Json = False,
) -> None:
    """End a key at once."""
    run(_revoke(context.obj(), key, tenant))
    show({"id": key, "revoked": True}, as_json=as_json, text=f"Key {key} is revoked.")


async def _revoke(runtime: Runtime, key: UUID, slug: str | None) -> None:
    async with work_in(runtime, slug) as scope:
        await api_keys.revoke_api_key(scope, key, now=runtime.clock.now())
