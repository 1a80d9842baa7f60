"""How many people the numbers of one account may write to first within 24 hours, and how many they have."""

from datetime import datetime, timedelta

from samvad.kernel.ids import TenantId
from samvad.platform.db import Scope, SystemScope

DAY = timedelta(hours=24)

_ROOM = """
UPDATE account_limits l SET room = l.daily - (SELECT count(*)::int FROM account_recipients r
  WHERE r.tenant_id = l.tenant_id AND r.account = l.account AND r.at > $3)
WHERE l.tenant_id = $1 AND l.account = $2
"""


async def put(scope: Scope, account: str, *, daily: int, at: datetime) -> None:
    await scope.db.execute(
        """INSERT INTO account_limits (tenant_id, account, daily, room, told_at) VALUES ($1, $2, $3, $3, $4)
           ON CONFLICT (tenant_id, account)
           DO UPDATE SET daily = excluded.daily, told_at = excluded.told_at""",
        scope.tenant,
        account,
        daily,
        at,
    )
    await scope.db.execute(_ROOM, scope.tenant, account, at - DAY)


async def daily(scope: Scope, account: str) -> int | None:
    """None: no limit is known."""
    found: int | None = await scope.db.fetchval(
        "SELECT daily FROM account_limits WHERE tenant_id = $1 AND account = $2", scope.tenant, account
    )
    return found


async def lift(scope: Scope, account: str) -> None:
    await scope.db.execute(
        "DELETE FROM account_limits WHERE tenant_id = $1 AND account = $2", scope.tenant, account
    )


async def purge(scope: SystemScope, *, now: datetime) -> None:
    await scope.db.execute("DELETE FROM account_recipients WHERE at <= $1", now - DAY)


async def all_accounts(scope: SystemScope) -> list[tuple[TenantId, str]]:
    rows = await scope.db.fetch("SELECT tenant_id, account FROM account_limits ORDER BY tenant_id, account")
    return [(TenantId(row["tenant_id"]), row["account"]) for row in rows]


async def recount(scope: SystemScope, tenant: TenantId, account: str, *, now: datetime) -> None:
    """In a transaction: the gate, which takes from `room`, waits until the count is written."""
    await scope.db.execute(
        "SELECT FROM account_limits WHERE tenant_id = $1 AND account = $2 FOR UPDATE", tenant, account
    )
    await scope.db.execute(_ROOM, tenant, account, now - DAY)
