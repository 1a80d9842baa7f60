"""Which demo a tenant has, and its footprint."""

from datetime import datetime

from pydantic import TypeAdapter

from samvad.platform.db import ReadScope, Scope
from samvad.workflows.demo.types import Brought, DemoName, Loaded

_BROUGHT = TypeAdapter(Brought)


class Demo:
    def __init__(self, scope: ReadScope) -> None:
        self._db = scope.db
        self._tenant = scope.tenant

    async def get(self) -> Loaded | None:
        return await self._find("")

    async def _find(self, lock: str) -> Loaded | None:
        row = await self._db.fetchrow(
            f"SELECT name, loaded_at, brought FROM demos WHERE tenant_id = $1{lock}", self._tenant
        )
        if row is None:
            return None
        return Loaded(DemoName(row["name"]), row["loaded_at"], _BROUGHT.validate_python(row["brought"]))


class DemoWriter(Demo):
    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)

    async def lock(self) -> Loaded | None:
        return await self._find(" FOR UPDATE")

    async def claim(self, name: DemoName, *, now: datetime) -> bool:
        """Makes whoever loads or removes one meanwhile wait for us; False: somebody was faster."""
        done = await self._db.execute(
            """INSERT INTO demos (tenant_id, name, brought, loaded_at) VALUES ($1, $2, 'null', $3)
               ON CONFLICT (tenant_id) DO NOTHING""",
            self._tenant, name.value, now,
        )  # fmt: skip
        return done == "INSERT 0 1"

    async def keep(self, brought: Brought) -> None:
        """In the transaction of the claim."""
        await self._db.execute(
            "UPDATE demos SET brought = $2 WHERE tenant_id = $1",
            self._tenant, _BROUGHT.dump_python(brought, mode="json"),
        )  # fmt: skip

    async def remove(self) -> None:
        await self._db.execute("DELETE FROM demos WHERE tenant_id = $1", self._tenant)
