"""Builders of the statements that every table needs: forced row-level security, grants, policies."""

from collections.abc import Iterator

APP, SYSTEM = "samvad_app", "samvad_system"
TENANT = "nullif(current_setting('app.tenant', true), '')::uuid"


def tenant_table(name: str, *, column: str = "tenant_id", rights: str = "SELECT, INSERT, UPDATE, DELETE",
                 system: str | None = None) -> Iterator[str]:  # fmt: skip
    """One tenant sees one tenant; `system` names the rights of the system role, if it has any."""
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
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
    yield from system_access(name, rights)


def system_access(name: str, rights: str) -> Iterator[str]:
    yield f"GRANT {rights} ON {name} TO {SYSTEM}"
    yield f"CREATE POLICY system ON {name} TO {SYSTEM} USING (true) WITH CHECK (true)"
