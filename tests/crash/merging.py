"""Makes contacts one, or parts them, in a process of its own, to be killed:
`python -m tests.crash.merging URL SECRET [TENANT CONTACT MERGE]`."""

import asyncio
import sys
from uuid import UUID

from samvad.api.identities import undo_merge
from samvad.kernel.clock import SystemClock
from samvad.kernel.ids import TenantId
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from samvad.platform.db.database import APP, SYSTEM_ROLE
from samvad.platform.db.scope import SYSTEM
from samvad.tenancy.deps import Admitted
from samvad.workflows.inbound.tenants import Tenants
from samvad.workflows.lifecycle import Lifecycle


async def main(url: str, secret: str, *parted: str) -> None:
    keyring, clock = Keyring(secret), SystemClock()
    passwords = {role: keyring.password_for(role) for role in (APP, SYSTEM_ROLE)}
    async with Database(url, passwords) as database:
        if parted:
            tenant, contact, merge = map(UUID, parted)
            await undo_merge(Admitted(database, TenantId(tenant), SYSTEM), clock.now(), contact, merge)
            return
        lifecycle = Lifecycle(database=database, tenants=Tenants(clock), clock=clock)
        while await lifecycle.round():
            pass


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
