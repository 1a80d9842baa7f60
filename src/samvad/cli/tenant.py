"""`samvad tenant`: create, list, suspend, resume."""

from typing import Annotated

import typer

from samvad.cli.output import Json, PasswordOption, PasswordStdin, Row, read_password, row, show, show_all
from samvad.cli.runtime import Runtime, run
from samvad.kernel.language import Language
from samvad.tenancy import rules
from samvad.tenancy.schemas import MemberOut, TenantOut
from samvad.tenancy.service import get_tenant
from samvad.tenancy.service.members import LinkAddress, make_link
from samvad.tenancy.service.tenants import (
    NewTenant,
    all_tenants,
    create_tenant,
    resume_tenant,
    suspend_tenant,
    tenant_by_slug,
)
from samvad.tenancy.types import LinkPurpose, TenantSettings

app = typer.Typer(name="tenant", help="Businesses of this installation.", no_args_is_help=True)


@app.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="the business's name")],
    email: Annotated[str, typer.Option("--email", "--owner-email", help="the first owner's e-mail address")],
    slug: Annotated[str | None, typer.Option(help="short name; made from the name when left out")] = None,
    owner_name: Annotated[str, typer.Option(help="the first owner's name")] = "",
    time_zone: Annotated[str, typer.Option(help="IANA name")] = "Asia/Kolkata",
    country: Annotated[str, typer.Option(help="ISO 3166-1 alpha-2")] = "IN",
    currency: Annotated[str, typer.Option(help="ISO 4217")] = "INR",
    language: Annotated[Language, typer.Option(help="what the business writes in")] = Language.ENGLISH,
    password: PasswordOption = None,
    password_stdin: PasswordStdin = False,
    as_json: Json = False,
) -> None:
    """Make a business and its first owner. Without a password a one-time sign-in link is printed."""
    settings = TenantSettings(name, time_zone, country.upper(), currency.upper(), language)
    new = NewTenant(slug or rules.slug_of(name), settings, email, owner_name)
    answer = run(_create(context.obj(), new, password=password, stdin=password_stdin))
    lines = [f"Tenant {answer['slug']} is there; its owner is {email}."]
    if answer["link"]:
        lines.append(f"One-time sign-in link, 15 minutes: {answer['link']}")
    show(answer, as_json=as_json, text="\n".join(lines))


async def _create(runtime: Runtime, new: NewTenant, *, password: str | None, stdin: bool) -> Row:
    secret = read_password(password, stdin=stdin)
    hashed = None
    if secret is not None:
        rules.check_password(secret)
        hashed = await runtime.hasher.hash(secret)
    now = runtime.clock.now()
    whole = NewTenant(new.slug, new.settings, new.owner_email, new.owner_name, hashed)
    async with runtime.open_founding() as founding:
        database = founding.database
        tenant, owner = await create_tenant(database, whole, now=now, then=founding.hooks)
        async with database.unit_of_work(tenant) as scope:
            made = row(TenantOut.of(await get_tenant(scope)))
            if hashed:
                return {**made, "owner": row(MemberOut.of(owner)), "link": None}
            link = await make_link(scope, owner.id, purpose=LinkPurpose.SIGN_IN, now=now)
    return {**made, "owner": row(MemberOut.of(owner)), "link": LinkAddress(runtime.base_url).of(link)}


@app.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """All businesses."""
    rows = run(_list(context.obj()))
    show_all(rows, ("slug", "name", "time_zone", "suspended", "id"), as_json=as_json)


async def _list(runtime: Runtime) -> list[Row]:
    async with runtime.open_database() as database, database.system() as scope:
        return [row(TenantOut.of(tenant)) for tenant in await all_tenants(scope)]


@app.command()
def suspend(context: typer.Context, slug: str, as_json: Json = False) -> None:
    """Stop everything this business sends; its people can still read."""
    answer = run(_switch(context.obj(), slug, on=False))
    show(answer, as_json=as_json, text=f"Tenant {slug} is suspended: nothing leaves.")


@app.command()
def resume(context: typer.Context, slug: str, as_json: Json = False) -> None:
    """Let a suspended business send again."""
    answer = run(_switch(context.obj(), slug, on=True))
    show(answer, as_json=as_json, text=f"Tenant {slug} may send again.")


async def _switch(runtime: Runtime, slug: str, *, on: bool) -> Row:
    async with runtime.open_database() as database:
        async with database.system() as system:
            tenant = await tenant_by_slug(system, slug)
        async with database.unit_of_work(tenant.id) as scope:
            await (resume_tenant if on else suspend_tenant)(scope, now=runtime.clock.now())
            return row(TenantOut.of(await get_tenant(scope)))
