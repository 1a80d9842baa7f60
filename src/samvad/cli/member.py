"""`samvad member`: create, list, link, password, role, disable, enable."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from samvad.cli.output import (
    Json,
    PasswordOption,
    PasswordStdin,
    Row,
    TenantOption,
    read_password,
    row,
    show,
    show_all,
)
from samvad.cli.runtime import Runtime, all_of, run, work_in
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.ids import MemberId
from samvad.platform.db import Scope
from samvad.platform.db.paging import MAX_LIMIT
from samvad.tenancy import rules
from samvad.tenancy.schemas import MemberOut
from samvad.tenancy.service import members
from samvad.tenancy.service.members import LinkAddress, MemberChange, NewMember, locate
from samvad.tenancy.types import LinkPurpose, Role

app = typer.Typer(name="member", help="The people of a business.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(help="the member's e-mail address")]


@app.command()
def create(
    context: typer.Context,
    email: Email,
    role: Annotated[Role, typer.Option(help="what they may do")] = Role.AGENT,
    name: Annotated[str, typer.Option(help="shown to the team")] = "",
    tenant: TenantOption = None,
    password: PasswordOption = None,
    password_stdin: PasswordStdin = False,
    as_json: Json = False,
) -> None:
    """Add someone. Without a password, give them a link: `samvad member link EMAIL`."""
    answer = run(_create(context.obj(), NewMember(email, name, role), tenant, password, stdin=password_stdin))
    show(answer, as_json=as_json, text=f"{answer['email']} is now {answer['role']}.")


async def _create(
    runtime: Runtime, new: NewMember, slug: str | None, password: str | None, *, stdin: bool
) -> Row:
    secret = read_password(password, stdin=stdin)
    hashed = None if secret is None else await _hashed(runtime, secret)
    whole = NewMember(new.email, new.name, new.role, hashed)
    async with work_in(runtime, slug) as scope:
        return row(MemberOut.of(await members.add_member(scope, whole, now=runtime.clock.now())))


async def _hashed(runtime: Runtime, password: str) -> str:
    rules.check_password(password)
    return await runtime.hasher.hash(password)


@app.command("list")
def list_(context: typer.Context, tenant: TenantOption = None, as_json: Json = False) -> None:
    """Everybody of a business."""
    show_all(run(_list(context.obj(), tenant)), ("email", "role", "name", "disabled", "id"), as_json=as_json)


async def _list(runtime: Runtime, slug: str | None) -> list[Row]:
    async with work_in(runtime, slug) as scope:
        found = await all_of(lambda cursor: members.list_members(scope, cursor=cursor, limit=MAX_LIMIT))
    return [row(MemberOut.of(one)) for one in found]


@app.command()
def link(context: typer.Context, email: Email, as_json: Json = False) -> None:
    """Print a one-time sign-in link, good for 15 minutes."""
    answer = run(_link(context.obj(), email))
    show(answer, as_json=as_json, text=str(answer["url"]))


async def _link(runtime: Runtime, email: str) -> Row:
    async def make(scope: Scope, member: MemberId) -> Row:
        made = await members.make_link(scope, member, purpose=LinkPurpose.SIGN_IN, now=runtime.clock.now())
        return {"url": LinkAddress(runtime.base_url).of(made), "expires_at": made.expires_at}

    return await _with(runtime, email, make)


@app.command()
def password(
    context: typer.Context,
    email: Email,
    password: PasswordOption = None,
    password_stdin: PasswordStdin = False,
    as_json: Json = False,
) -> None:
    """Set a password; ends all of the member's sessions. Asks for it when it is not given."""
    if password is None and not password_stdin:
        password = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
    answer = run(_password(context.obj(), email, password, stdin=password_stdin))
    show(answer, as_json=as_json, text=f"The password of {email} is set.")


async def _password(runtime: Runtime, email: str, given: str | None, *, stdin: bool) -> Row:
    secret = read_password(given, stdin=stdin)
    if secret is None:
        raise Invalid(errors=[FieldError("password", "give one")])
    hashed = await _hashed(runtime, secret)

    async def change(scope: Scope, member: MemberId) -> Row:
        await members.set_password(scope, member, hashed, now=runtime.clock.now())
        return row(MemberOut.of(await members.get_member(scope, member)))

    return await _with(runtime, email, change)


@app.command()
def role(context: typer.Context, email: Email, role: Role, as_json: Json = False) -> None:
    """Give another role."""
    answer = run(_change(context.obj(), email, MemberChange(role=role)))
    show(answer, as_json=as_json, text=f"{email} is now {role}.")


@app.command()
def disable(context: typer.Context, email: Email, as_json: Json = False) -> None:
    """Lock someone out at once; ends their sessions and links."""
    answer = run(_change(context.obj(), email, MemberChange(disabled=True)))
    show(answer, as_json=as_json, text=f"{email} is disabled.")


@app.command()
def enable(context: typer.Context, email: Email, as_json: Json = False) -> None:
    """Let a disabled member in again."""
    answer = run(_change(context.obj(), email, MemberChange(disabled=False)))
    show(answer, as_json=as_json, text=f"{email} may sign in again.")


async def _change(runtime: Runtime, email: str, change: MemberChange) -> Row:
    async def apply(scope: Scope, member: MemberId) -> Row:
        now = runtime.clock.now()
        return row(MemberOut.of(await members.change_member(scope, member, change, now=now)))

    return await _with(runtime, email, apply)


async def _with(runtime: Runtime, email: str, work: Callable[[Scope, MemberId], Awaitable[Row]]) -> Row:
    async with runtime.open_database() as database:
        tenant, member = await locate(database, email)
        async with database.unit_of_work(tenant) as scope:
            return await work(scope, member)
