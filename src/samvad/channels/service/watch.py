"""The watch over all numbers: each minute it raises what is new and ends what is over, one alert a cause."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from samvad.channels import alarms
from samvad.channels.repository import watch as seen
from samvad.channels.types.watch import Alarm, Finding
from samvad.kernel.clock import Clock
from samvad.kernel.ids import TenantId
from samvad.platform.db import Database, SystemScope
from samvad.platform.logging import get_logger
from samvad.platform.periodic import every
from samvad.tenancy.service import alerts

log = get_logger("channels.watch")

_PAUSE_SECONDS = 60.0

_Alert = tuple[TenantId, str, str]  # with name and subject


@dataclass(slots=True)
class _Changes:
    """Of one tenant."""

    begin: list[Finding] = field(default_factory=list)
    end: list[tuple[str, str]] = field(default_factory=list)


class Watch:
    """Any number of processes may watch: a cause that has its alert gets no other."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled."""
        await every(_PAUSE_SECONDS, self.look, log=log, event="watch.failed")

    async def look(self) -> None:
        now = self._clock.now()
        async with self._database.system() as scope:
            known = await alerts.open_or_resting(scope, list(Alarm), rested_since=now - alarms.REST)
            standing = {(alert.tenant, alert.name, alert.subject) for alert in known if alert.open}
            found = await self._findings(scope, standing)
        left_alone = {(alert.tenant, alert.name, alert.subject) for alert in known}
        changes: dict[TenantId, _Changes] = defaultdict(_Changes)
        for finding in found:
            if _alert(finding) not in left_alone:
                changes[finding.tenant].begin.append(finding)
        for tenant, name, subject in standing - {_alert(finding) for finding in found}:
            changes[tenant].end.append((name, subject))
        for tenant, change in changes.items():
            await self._apply(tenant, change)

    async def _findings(self, scope: SystemScope, standing: set[_Alert]) -> Sequence[Finding]:
        now = self._clock.now()
        late = now - alarms.LATE
        found = [alarms.unread(one) for one in await seen.unread(scope, since=now - alarms.KEPT)]
        for alarm, rows in (
            (Alarm.OUTBOUND_LATE, await seen.outbound(scope, before=late, now=now)),
            (Alarm.INBOUND_LATE, await seen.inbound(scope, before=late, now=now)),
            (Alarm.UNKNOWN, await seen.unknown(scope, before=now - alarms.UNKNOWN, now=now)),
        ):
            found += [alarms.late(alarm, one) for one in rows]
        found += [alarms.down(one) for one in await seen.down(scope, before=now - alarms.DOWN, now=now)]
        before = now - alarms.SHORTEST_SILENCE
        for one in await seen.quiet(scope, before=before, now=now, days=alarms.HISTORY_DAYS):
            known = (one.tenant, Alarm.SILENT.value, str(one.channel)) in standing
            silent = alarms.silent(one, known=known)
            if silent:
                found.append(silent)
        return found

    async def _apply(self, tenant: TenantId, change: _Changes) -> None:
        now = self._clock.now()
        async with self._database.unit_of_work(tenant) as scope:
            for finding in change.begin:
                subject = str(finding.channel)
                await alerts.raise_alert(
                    scope, finding.alarm, subject=subject, detail=finding.detail, now=now
                )
            for name, subject in change.end:
                await alerts.resolve_alerts_named(scope, name, subject=subject, now=now)


def _alert(finding: Finding) -> _Alert:
    return finding.tenant, finding.alarm.value, str(finding.channel)
