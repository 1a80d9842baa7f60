"""The three roles: owner (migrations only), app (tenant work under RLS), system (drivers, own policies)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import asyncpg

from samvad.platform.db.database import APP, OWNER, SYSTEM_ROLE

if TYPE_CHECKING:
    from samvad.platform.db.connection import Connection


class RolesMissing(Exception):
    """The migrating role may not create roles: `statements` are for an administrator to run."""

    def __init__(self, statements: tuple[str, ...]) -> None:
        super().__init__("This database role may not create the roles Samvad needs")
        self.statements = statements


class RoleTooStrong(Exception):
    """The app would run as a role that row-level security does not bind."""


def statements(database: str, migrator: str, passwords: Mapping[str, str]) -> tuple[str, ...]:
    """What makes the roles; the same text that an administrator is asked to run for `migrator`."""
    login = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD"
    return (
        f"CREATE ROLE {OWNER} NOLOGIN NOSUPERUSER NOBYPASSRLS",
        f"CREATE ROLE {APP} {login} '{passwords[APP]}'",
        f"CREATE ROLE {SYSTEM_ROLE} {login} '{passwords[SYSTEM_ROLE]}'",
        f'GRANT {OWNER} TO "{migrator}"',
        f'GRANT CONNECT, CREATE, TEMPORARY ON DATABASE "{database}" TO {OWNER}',
        f'GRANT CONNECT ON DATABASE "{database}" TO {APP}, {SYSTEM_ROLE}',
        f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}",
        f"GRANT USAGE ON SCHEMA public TO {APP}, {SYSTEM_ROLE}",
    )


async def ensure(connection: "Connection", passwords: Mapping[str, str]) -> None:
    """Creates what is missing and keeps passwords in step with the secret key. Raises RolesMissing."""
    database = await connection.fetchval("SELECT current_database()")
    migrator = await connection.fetchval("SELECT current_user")
    wanted = statements(database, migrator, passwords)
    present = set(await _present(connection))
    try:
        for statement in wanted:
            role = statement.split()[2]
            if statement.startswith("CREATE ROLE") and role in present:
                await _keep(connection, role, passwords)
            else:
                await connection.execute(statement)
    except asyncpg.InsufficientPrivilegeError as refused:
        if await _usable(connection):
            return
        raise RolesMissing(wanted) from refused


async def _present(connection: "Connection") -> list[str]:
    rows = await connection.fetch(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY($1)", [OWNER, APP, SYSTEM_ROLE]
    )
    return [row["rolname"] for row in rows]


async def _keep(connection: "Connection", role: str, passwords: Mapping[str, str]) -> None:
    if role in passwords:
        await connection.execute(f"ALTER ROLE {role} PASSWORD '{passwords[role]}'")


async def _usable(connection: "Connection") -> bool:
    """An administrator made the roles by hand: all there, and the migrating role is in the owner's."""
    if len(await _present(connection)) < 3:
        return False
    return bool(await connection.fetchval(f"SELECT pg_has_role(current_user, '{OWNER}', 'MEMBER')"))


async def check_bound(connection: "Connection") -> None:
    """Raises RoleTooStrong unless this connection's role obeys row-level security."""
    row = await connection.fetchrow(
        "SELECT rolname, rolsuper OR rolbypassrls AS strong FROM pg_roles WHERE rolname = current_user"
    )
    if row is None or row["strong"]:
        name = row["rolname"] if row else "?"
        raise RoleTooStrong(f"The role {name} bypasses row-level security; Samvad does not start with it")
