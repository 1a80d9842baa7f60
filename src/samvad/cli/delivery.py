"""`samvad delivery`: the journal of webhooks as they came; list, show, redrive."""

from typing import Annotated
from uuid import UUID

import typer

from samvad.channels.service import redriving
from samvad.channels.types import JournalFilter, Redriven, StoredDelivery, Verdict
from samvad.cli.output import Json, Row, TenantOption, show, show_all
from samvad.cli.runtime import Runtime, chosen_tenant, run

_REDRIVABLE = (Verdict.FAILED, Verdict.UNPARSABLE, Verdict.UNROUTED)
app = typer.Typer(name="delivery", help="Webhooks as they came in.", no_args_is_help=True)

DeliveryArgument = Annotated[UUID, typer.Argument(help="its id, from `samvad delivery list`")]


@app.command("list")
def list_(
    context: typer.Context,
    verdict: Annotated[Verdict | None, typer.Option(help="only these")] = None,
    nobodys: Annotated[bool, typer.Option("--nobodys", help="those that name no tenant")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    tenant: TenantOption = None,
    as_json: Json = False,
) -> None:
    """The newest first."""
    rows = run(_list(context.obj(), verdict, slug=tenant, nobodys=nobodys, limit=limit))
    show_all(rows, ("received_at", "verdict", "door", "items", "bytes", "note", "id"), as_json=as_json)


async def _list(
    runtime: Runtime, verdict: Verdict | None, *, slug: str | None, nobodys: bool, limit: int
) -> list[Row]:
    async with runtime.open_parts() as built:
        tenant = None if nobodys else await chosen_tenant(built.database, slug)
        found = await built.journal.newest(tenant, verdict=verdict, most=limit)
    return [_row(delivery) for delivery in found]


@app.command("show")
def show_(context: typer.Context, delivery: DeliveryArgument, as_json: Json = False) -> None:
    """One webhook with its body."""
    found = run(_one(context.obj(), delivery))
    body = found.body.decode(errors="replace")
    facts = {**_row(found), "headers": found.headers, "body": body}
    show(facts, as_json=as_json, text="\n".join(f"{name}: {value}" for name, value in facts.items()))


async def _one(runtime: Runtime, delivery: UUID) -> StoredDelivery:
    async with runtime.open_parts() as built:
        return await built.journal.one(delivery)


@app.command()
def redrive(
    context: typer.Context,
    deliveries: Annotated[list[UUID] | None, typer.Argument(help="ids, from `samvad delivery list`")] = None,
    verdict: Annotated[
        Verdict | None, typer.Option(help="all of failed, unparsable or unrouted, the oldest first")
    ] = None,
    tenant: TenantOption = None,
    as_json: Json = False,
) -> None:
    """Through today's parser again; what was handled before changes nothing."""
    if (verdict is None) == (not deliveries) or verdict not in (None, *_REDRIVABLE):
        raise typer.BadParameter("say which: ids, or --verdict failed, unparsable or unrouted")
    if verdict:
        done = run(_redrive_all(context.obj(), verdict, slug=tenant))
    else:
        items = run(_redrive(context.obj(), deliveries or []))
        done = Redriven(len(deliveries or []), items, [], None)
    answer = {"deliveries": done.tried, "items": done.items}
    refused = [{"id": str(id), "why": why} for id, why in done.refused]
    lines = [f"{done.items} items of {done.tried} deliveries went in again."]
    lines += [f"{one['id']}: {one['why']}" for one in refused]
    show({**answer, "refused": refused}, as_json=as_json, text="\n".join(lines))


async def _redrive_all(runtime: Runtime, verdict: Verdict, *, slug: str | None) -> Redriven:
    """One that cannot be driven keeps nothing back."""
    tried, items, refused, cursor = 0, 0, list[tuple[UUID, str]](), None
    async with runtime.open_parts() as built:
        tenant = await chosen_tenant(built.database, slug)
        while True:
            async with built.database.reading(tenant) as scope:
                ids, cursor = await redriving.found(scope, JournalFilter(verdict), cursor=cursor)
            done = await redriving.drive(built.journal, ids, next_cursor=cursor)
            tried, items, refused = tried + done.tried, items + done.items, [*refused, *done.refused]
            if cursor is None:
                return Redriven(tried, items, refused, None)


async def _redrive(runtime: Runtime, deliveries: list[UUID]) -> int:
    async with runtime.open_parts() as built:
        return sum([await built.journal.redrive(delivery) for delivery in deliveries])


def _row(delivery: StoredDelivery) -> Row:
    return {
        "id": str(delivery.id),
        "channel_id": str(delivery.channel) if delivery.channel else None,
        "received_at": delivery.received_at.isoformat(),
        "verdict": delivery.verdict.value,
        "door": delivery.door,
        "items": delivery.items,
        "bytes": len(delivery.body),
        "note": delivery.note,
    }
