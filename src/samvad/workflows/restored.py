"""After a restore: what the backup still had to say is not said again, and live events begin anew.

Between the backup and the restore the old installation may have sent what waited, and answered whoever had
written. So what waited to leave is held for a person, what was under way is unknown until evidence comes, and
messages written before the restore are not answered by the assistant (`reply/decide.py`, step `restored`).
What customers agreed to and withdrew since the backup is brought back from the log beside the database
(`consent_copies.py`); where that may lack something, templates and bulk wait for a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from samvad.channels.service import outbox
from samvad.channels.types import SendResult
from samvad.conversations.service.outcomes import MessageOutcomes
from samvad.kernel.ids import TenantId
from samvad.platform import events
from samvad.platform.backup.consent_log import ConsentLog
from samvad.platform.backup.repository import mark_settled
from samvad.platform.db import Database
from samvad.tenancy.service.tenants import all_tenants
from samvad.workflows.consent_copies import Consents, bring_back, hold

_MOST = 500


@dataclass(slots=True)
class Settled:
    """How many messages were held back, and of how many nobody knows whether they were sent."""

    held: int = 0
    unknown: int = 0
    consents: Consents = field(default_factory=Consents)


async def settle(database: Database, logs: Sequence[ConsentLog], *, at: datetime) -> Settled:
    """May be repeated; until it has ended nothing starts on this database."""
    settled = Settled()
    async with database.system() as system:
        tenants = [TenantId(tenant.id) for tenant in await all_tenants(system)]
    settled.consents = await bring_back(database, logs, tenants, at=at)
    for tenant in tenants:
        while await _settle_some(database, tenant, settled, at):
            pass
        if not settled.consents.complete:
            async with database.unit_of_work(tenant) as scope:
                await hold(scope, settled.consents, at=at)
    async with database.system() as system:
        await events.renew_epoch(system)
        await mark_settled(system.db)
    return settled


async def _settle_some(database: Database, tenant: TenantId, settled: Settled, at: datetime) -> bool:
    async with database.unit_of_work(tenant) as scope:
        outcomes = await outbox.hold_interrupted(scope, at=at, most=_MOST)
        if outcomes:
            await MessageOutcomes().record(scope, outcomes)
    unknown = sum(outcome.result is SendResult.UNKNOWN for outcome in outcomes)
    settled.unknown += unknown
    settled.held += len(outcomes) - unknown
    return bool(outcomes)
