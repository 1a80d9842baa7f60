"""Builders of the statements that every table needs: forced row-level security, grants, policies."""

from collections.abc import Iterator

APP, SYSTEM, OWNER = "samvad_app", "samvad_system", "samvad_owner"
TENANT = "nullif(current_setting('app.tenant', true), '')::uuid"


def tenant_table(name: str, *, column: str = "tenant_id", rights: str = "SELECT, INSERT, UPDATE, DELETE",
                 system: str | None = None) -> Iterator[str]:  # fmt: skip
    """One tenant sees one tenant; `system` names the rights of the system role, if it has any."""
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    yield readable(name)
    yield f"GRANT {rights} ON {name} TO {APP}"
    yield (
        f"CREATE POLICY one_tenant ON {name} TO {APP} "
        f"USING ({column} = {TENANT}) WITH CHECK ({column} = {TENANT})"
    )
    if system:
        yield from system_access(name, system)


def system_table(name: str, rights: str) -> Iterator[str]:
    """A table that belongs to no tenant and that only the system role sees."""
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    yield readable(name)
    yield from system_access(name, rights)


def readable(name: str) -> str:
    """For backups: the owner role, which nobody signs in as, sees every row and may change none."""
    return f"CREATE POLICY backup ON {name} FOR SELECT TO {OWNER} USING (true)"


def system_access(name: str, rights: str) -> Iterator[str]:
    yield f"GRANT {rights} ON {name} TO {SYSTEM}"
    yield f"CREATE POLICY system ON {name} TO {SYSTEM} USING (true) WITH CHECK (true)"
