"""The limit of an account: how many people its numbers together may write to first in a day."""

from datetime import datetime

from samvad.channels.repository import limits
from samvad.channels.types import UNLIMITED
from samvad.kernel.clock import Clock
from samvad.platform.db import Database, Scope
from samvad.platform.logging import get_logger
from samvad.platform.periodic import every

log = get_logger("channels.limits")

_PAUSE_SECONDS = 60.0


async def note(scope: Scope, account: str, daily: int, *, at: datetime) -> int:
    """The provider's word, in recipients within 24 hours or UNLIMITED: -1 when it is less than was known, 1
    when it is more."""
    known = await limits.daily(scope, account)
    if daily == UNLIMITED:
        await limits.lift(scope, account)
        return 1 if known is not None else 0
    await limits.put(scope, account, daily=daily, at=at)
    return 0 if known is None else (daily > known) - (daily < known)


class Recounter:
    """Gives back what was used a day ago. Any number of processes may count."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled."""
        await every(_PAUSE_SECONDS, self.count, log=log, event="limits.count_failed")

    async def count(self) -> None:
        now = self._clock.now()
        async with self._database.system_statement() as scope:
            await limits.purge(scope, now=now)
            accounts = await limits.all_accounts(scope)
        for tenant, account in accounts:
            async with self._database.system() as scope:
                await limits.recount(scope, tenant, account, now=now)
