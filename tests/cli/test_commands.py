"""`samvad tenant|member|api-key|openapi`, with and without --json."""

import asyncio
import json
from functools import partial
from pathlib import Path

from typer.testing import CliRunner

from samvad.cli.main import build
from samvad.kernel.clock import FrozenClock
from samvad.platform.db import Database
from samvad.platform.postgres.testing import Scratch
from samvad.tenancy.service import Gatekeeper
from samvad.tenancy.service.sign_in import SignIn
from samvad.tenancy.types import Permission
from tests.cli.conftest import Cli, runtime_at
from tests.tenancy.factories import PASSWORD, VISITOR, PlainHasher


async def made(cli: Cli, name: str = "Dairy Farm") -> dict:
    result = await cli("tenant", "create", name, "--email", "o@dairy.test", "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


async def test_a_new_tenant_comes_with_an_owner_and_a_link_that_works(
    cli: Cli, database: Database, clock: FrozenClock
) -> None:
    tenant = await made(cli)
    assert tenant["slug"] == "dairy-farm"
    assert tenant["owner"]["role"] == "owner"
    assert tenant["link"].startswith("https://crm.test/signin#token=svl_")
    token = tenant["link"].partition("#token=")[2]
    session = await SignIn(database, PlainHasher(), clock).with_link(token, visitor=VISITOR)
    _, caller = await Gatekeeper(database, clock).admit(session, Permission.AUDIT_READ)
    assert str(caller.member) == tenant["owner"]["id"]


async def test_tenant_with_password_from_standard_input(
    cli: Cli, database: Database, clock: FrozenClock
) -> None:
    result = await cli(
        "tenant", "create", "D", "--email", "o@d.test", "--password-stdin", stdin=f"{PASSWORD}\n"
    )
    assert result.exit_code == 0
    assert "link" not in result.stdout
    assert await SignIn(database, PlainHasher(), clock).with_password("o@d.test", PASSWORD, visitor=VISITOR)


async def test_taken_slug_bad_zone_and_short_password_are_one_sentence(cli: Cli) -> None:
    await made(cli)
    for arguments, word in (
        (("Dairy Farm", "--email", "x@y.test"), "short name"),
        (("Other", "--email", "o@dairy.test"), "e-mail"),
        (("Other", "--email", "x@y.test", "--time-zone", "Mars/Base"), "time_zone"),
        (("Other", "--email", "x@y.test", "--country", "XX"), "country"),
        (("Other", "--email", "nobody"), "email"),
        (("Other", "--email", "x@y.test", "--password", "short"), "password"),
    ):
        result = await cli("tenant", "create", *arguments)
        assert result.exit_code == 1
        assert word in result.stderr
        assert result.stderr.count("\n") == 1
    listed = json.loads((await cli("tenant", "list", "--json")).stdout)
    assert [t["slug"] for t in listed["items"]] == ["dairy-farm"]  # nothing half-made stays


async def test_suspend_and_resume_reach_the_send_gate(cli: Cli, database: Database) -> None:
    tenant = await made(cli)
    for command, suspended in (("suspend", True), ("resume", False)):
        answer = json.loads((await cli("tenant", command, "dairy-farm", "--json")).stdout)
        assert answer["suspended"] is suspended
        async with database.system() as scope:
            fact = await scope.db.fetchval(
                "SELECT suspended FROM tenant_send_facts WHERE tenant_id = $1", tenant["id"]
            )
        assert fact is suspended
    assert (await cli("tenant", "suspend", "nobody")).exit_code == 1


async def test_member_life(cli: Cli, database: Database, clock: FrozenClock) -> None:
    await made(cli)
    sign_in = SignIn(database, PlainHasher(), clock)
    added = await cli("member", "create", "a@dairy.test", "--role", "agent", "--password", PASSWORD, "--json")
    assert json.loads(added.stdout)["role"] == "agent"
    token = await sign_in.with_password("a@dairy.test", PASSWORD, visitor=VISITOR)
    assert (await cli("member", "password", "a@dairy.test", "--password", "something else")).exit_code == 0
    assert await sign_in.with_password("a@dairy.test", "something else", visitor=VISITOR) != token
    assert (
        json.loads((await cli("member", "role", "a@dairy.test", "viewer", "--json")).stdout)["role"]
        == "viewer"
    )
    link = (await cli("member", "link", "A@dairy.test")).stdout.strip()
    assert link.startswith("https://crm.test/signin#token=")
    assert json.loads((await cli("member", "disable", "a@dairy.test", "--json")).stdout)["disabled"] is True
    assert (await cli("member", "link", "a@dairy.test")).exit_code == 1
    assert "viewer" in (await cli("member", "list")).stdout


async def test_the_last_owner_stays(cli: Cli) -> None:
    await made(cli)
    for command in (("disable", "o@dairy.test"), ("role", "o@dairy.test", "admin")):
        result = await cli("member", *command)
        assert result.exit_code == 1
        assert "owner" in result.stderr


async def test_api_key_life(cli: Cli, database: Database, clock: FrozenClock) -> None:
    await made(cli)
    key = json.loads((await cli("api-key", "create", "shop", "--scope", "inbox:read", "--json")).stdout)
    door = Gatekeeper(database, clock)
    assert (await door.admit(key["key"], Permission.INBOX_READ))[1].api_key == key["id"]
    listed = (await cli("api-key", "list")).stdout
    assert "shop" in listed
    assert key["key"] not in listed
    assert (await cli("api-key", "revoke", key["id"])).exit_code == 0
    assert json.loads((await cli("api-key", "list", "--json")).stdout)["items"][0]["revoked_at"]
    assert (await cli("api-key", "create", "x", "--scope", "members:write")).exit_code == 1


async def test_two_tenants_need_a_name(cli: Cli) -> None:
    await made(cli)
    await cli("tenant", "create", "Second", "--email", "o@second.test")
    assert (await cli("member", "list")).exit_code == 1
    assert "o@second.test" in (await cli("member", "list", "--tenant", "second")).stdout


async def test_openapi_needs_no_database(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "openapi.json"
    assert (await cli("openapi", "--out", str(out))).exit_code == 0
    assert "/api/v1/me" in json.loads(out.read_text())["paths"]


async def test_a_database_that_was_not_prepared_is_one_sentence(
    cluster: Scratch, passwords: dict[str, str], clock: FrozenClock
) -> None:
    async with cluster.database() as empty:
        for dsn in (cluster.dsn(empty), cluster.dsn("there_is_none")):
            app = build(partial(runtime_at, dsn, passwords, clock))
            result = await asyncio.to_thread(CliRunner().invoke, app, ["tenant", "list"])
            assert result.exit_code == 1
            assert result.stderr.startswith("samvad: ")
            assert result.stderr.count("\n") == 1
